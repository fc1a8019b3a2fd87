"""Revision 0025: archived months of accrual lines."""

from migrations.sql import run_file

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Runs 0025_archive.sql."""
    run_file("0025_archive.sql")
