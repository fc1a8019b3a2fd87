"""Revision 0033: parties, loans and roles by branch."""

from migrations.sql import run_file

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Runs 0033_branches.sql."""
    run_file("0033_branches.sql")
