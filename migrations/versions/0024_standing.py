"""Revision 0024: standing instructions."""

from migrations.sql import run_file

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Runs 0024_standing.sql."""
    run_file("0024_standing.sql")
