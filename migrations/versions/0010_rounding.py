"""Revision 0010: lines below zero."""

from migrations.sql import run_file

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Runs 0010_rounding.sql."""
    run_file("0010_rounding.sql")
