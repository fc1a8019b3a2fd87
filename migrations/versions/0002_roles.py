"""Revision 0002: least privilege."""

from migrations.sql import run_file

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Runs 0002_roles.sql."""
    run_file("0002_roles.sql")
