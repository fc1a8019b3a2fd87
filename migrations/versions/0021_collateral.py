"""Revision 0021: collateral and liens."""

from migrations.sql import run_file

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Runs 0021_collateral.sql."""
    run_file("0021_collateral.sql")
