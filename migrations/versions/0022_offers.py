"""Revision 0022: offers that end."""

from migrations.sql import run_file

revision = "0022"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Runs 0022_offers.sql."""
    run_file("0022_offers.sql")
