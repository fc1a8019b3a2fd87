"""Revision 0004: stages of a loan."""

from migrations.sql import run_file

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Runs 0004_stages.sql."""
    run_file("0004_stages.sql")
