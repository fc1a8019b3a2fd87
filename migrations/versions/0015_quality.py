"""Revision 0015: how loans are classified."""

from migrations.sql import run_file

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Runs 0015_quality.sql."""
    run_file("0015_quality.sql")
