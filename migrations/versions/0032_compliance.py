"""Revision 0032: monitoring, the registers of compliance, accounts of operational losses."""

from migrations.sql import run_file

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Runs 0032_compliance.sql."""
    run_file("0032_compliance.sql")
