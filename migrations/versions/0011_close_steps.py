"""Revision 0011: what each step of a close did."""

from migrations.sql import run_file

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Runs 0011_close_steps.sql."""
    run_file("0011_close_steps.sql")
