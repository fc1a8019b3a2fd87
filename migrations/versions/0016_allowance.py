"""Revision 0016: what is set aside for losses."""

from migrations.sql import run_file

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Runs 0016_allowance.sql."""
    run_file("0016_allowance.sql")
