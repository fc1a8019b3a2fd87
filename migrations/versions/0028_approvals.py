"""Revision 0028: commands that wait for approval."""

from migrations.sql import run_file

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Runs 0028_approvals.sql."""
    run_file("0028_approvals.sql")
