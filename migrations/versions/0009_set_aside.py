"""Revision 0009: loans that are set aside."""

from migrations.sql import run_file

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Runs 0009_set_aside.sql."""
    run_file("0009_set_aside.sql")
