"""Revision 0020: transfers of results."""

from migrations.sql import run_file

revision = "0020"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Runs 0020_results.sql."""
    run_file("0020_results.sql")
