"""Revision 0026: turnover of whole days."""

from migrations.sql import run_file

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Runs 0026_day_turnover.sql."""
    run_file("0026_day_turnover.sql")
