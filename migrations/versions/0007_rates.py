"""Revision 0007: rate indexes, fixings and resets."""

from migrations.sql import run_file

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Runs 0007_rates.sql."""
    run_file("0007_rates.sql")
