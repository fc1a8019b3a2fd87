"""Revision 0029: who has which role."""

from migrations.sql import run_file

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Runs 0029_roles.sql."""
    run_file("0029_roles.sql")
