"""Revision 0035: nights by whole numbers of 64 bits."""

from migrations.sql import run_file

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Runs 0035_nights.sql."""
    run_file("0035_nights.sql")
