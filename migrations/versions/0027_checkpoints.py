"""Revision 0027: when checkpoints were kept, and time stamps over them."""

from migrations.sql import run_file

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Runs 0027_checkpoints.sql."""
    run_file("0027_checkpoints.sql")
