"""Revision 0034: keys of parties are wrapped and rotated."""

from migrations.sql import run_file

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Runs 0034_party_keys.sql."""
    run_file("0034_party_keys.sql")
