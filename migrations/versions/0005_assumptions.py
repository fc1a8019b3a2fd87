"""Revision 0005: borrowers who take loans over."""

from migrations.sql import run_file

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Runs 0005_assumptions.sql."""
    run_file("0005_assumptions.sql")
