"""Revision 0006: titles and first days of product versions."""

from migrations.sql import run_file

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Runs 0006_products.sql."""
    run_file("0006_products.sql")
