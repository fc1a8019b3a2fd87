"""Revision 0031: rules as data, the facts that they look at, contacts and refusals."""

from migrations.sql import run_file

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Runs 0031_rules.sql."""
    run_file("0031_rules.sql")
