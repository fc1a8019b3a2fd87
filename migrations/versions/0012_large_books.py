"""Revision 0012: what a large book needs."""

from migrations.sql import run_file

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Runs 0012_large_books.sql."""
    run_file("0012_large_books.sql")
