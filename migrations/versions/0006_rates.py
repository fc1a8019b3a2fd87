"""Revision 0006: rate indexes, fixings and resets."""

from migrations.sql import run_file

revision = "0006"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Runs 0006_rates.sql."""
    run_file("0006_rates.sql")
