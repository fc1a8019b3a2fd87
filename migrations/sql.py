"""Runs a SQL file that stands beside the revisions, verbatim."""

from pathlib import Path

from alembic import op


def run_file(name: str) -> None:
    """Sends the whole file as one script; it may hold functions and dollar quotes."""
    script = (Path(__file__).parent / name).read_text(encoding="utf-8")
    cursor = op.get_bind().connection.cursor()
    cursor.execute(script.encode())
