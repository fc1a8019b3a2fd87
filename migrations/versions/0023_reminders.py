"""Revision 0023: reminders."""

from migrations.sql import run_file

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Runs 0023_reminders.sql."""
    run_file("0023_reminders.sql")
