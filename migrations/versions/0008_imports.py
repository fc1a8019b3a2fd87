"""Revision 0008: the clearing account of imported loans."""

from migrations.sql import run_file

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Runs 0008_imports.sql."""
    run_file("0008_imports.sql")
