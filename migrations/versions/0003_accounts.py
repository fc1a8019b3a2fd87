"""Revision 0003: the components and accounts of all posting patterns."""

from migrations.sql import run_file

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Runs 0003_accounts.sql."""
    run_file("0003_accounts.sql")
