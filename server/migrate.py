"""Brings a database to the present schema."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy.engine import URL

FOLDER = Path(__file__).resolve().parent.parent / "migrations"


def migrate(dsn: str, revision: str = "head") -> None:
    """Runs the migrations that the database lacks, all of them; safe to call at every start."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("sqlalchemy.url", _url(dsn).replace("%", "%%"))
    command.upgrade(config, revision)


def _url(dsn: str) -> str:
    """A libpq DSN as SQLAlchemy wants it: everything as query parameters."""
    query = {key: str(value) for key, value in conninfo_to_dict(dsn).items() if value is not None}
    url = URL.create("postgresql+psycopg", query=query)
    return url.render_as_string(hide_password=False)
