"""Revision 0014: credit policies, and how loans age by them."""

from migrations.sql import run_file

revision = "0014"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Runs 0014_delinquency.sql."""
    run_file("0014_delinquency.sql")
