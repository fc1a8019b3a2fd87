"""Revision 0001: the ledger's tables."""

from migrations.sql import run_file

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Runs 0001_ledger.sql."""
    run_file("0001_ledger.sql")
