"""Revision 0030: the server's role reads and writes the rows of one book."""

from migrations.sql import run_file

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Runs 0030_books_apart.sql."""
    run_file("0030_books_apart.sql")
