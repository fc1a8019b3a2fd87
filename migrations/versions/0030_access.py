"""Revision 0030: the server's role has the rows of one book; tokens are revoked."""

from migrations.sql import run_file

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Runs 0030_access.sql."""
    run_file("0030_access.sql")
