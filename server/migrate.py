"""Brings a database to the present schema, and tells whether it is there."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

import structlog
from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from psycopg.conninfo import conninfo_to_dict
from psycopg.errors import DeadlockDetected, LockNotAvailable
from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError

FOLDER = Path(__file__).resolve().parent.parent / "migrations"
#: A migration that finds a table in use leaves it alone for a while, so that postings go on.
TRIES, PAUSE_SECONDS = 30, 1.0
_RUN = "run `loanledger-server migrate` of this version first"
log = structlog.get_logger()


class MigrationError(Exception):
    """Why a database was not migrated, in one line; it is as it was before."""


def migrate(
    dsn: str,
    revision: str = "head",
    *,
    tries: int = TRIES,
    pause: Callable[[float], None] = time.sleep,
) -> None:
    """Runs the migrations that the database lacks, all of them or none; safe at every start.

    Postings may go on meanwhile: where a table is in use for longer than two seconds, all is
    undone and tried again. Raises MigrationError where that does not help, or where the schema is
    of a newer version.
    """
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("sqlalchemy.url", _url(dsn).replace("%", "%%"))
    for left in range(tries - 1, -1, -1):
        try:
            command.upgrade(config, revision)
            return
        except CommandError as error:
            raise MigrationError(f"the schema is of a newer version: {error}") from error
        except (OperationalError, LockNotAvailable, DeadlockDetected) as error:
            found = getattr(error, "orig", error)
            if not isinstance(found, LockNotAvailable | DeadlockDetected):
                raise found from None
            if not left:
                text = f"tables are in use; nothing was changed in {tries} tries: {found}"
                raise MigrationError(text) from error
            log.warning("migration_waits", tries_left=left)
            pause(PAUSE_SECONDS)


@cache
def newest() -> str:
    """The revision that this version of the server is written for."""
    return max(path.name[:4] for path in (FOLDER / "versions").glob("[0-9]*.py"))


def lacking(schema: str | None) -> str:
    """Why this version cannot serve a database whose schema is at a revision; "" where it can.

    None stands for a database with no schema. Revisions are numbers of four digits; a migration is
    safe while the previous version serves, so that a newer schema is no reason to refuse.
    """
    if schema is None:
        return f"the database has no schema; {_RUN}"
    if schema < newest():
        found = f"at revision {schema}" if schema else "older than any that says its revision"
        return f"the schema is {found}, this version needs {newest()}; {_RUN}"
    return ""


def _url(dsn: str) -> str:
    """A libpq DSN as SQLAlchemy wants it: everything as query parameters."""
    query = {key: str(value) for key, value in conninfo_to_dict(dsn).items() if value is not None}
    url = URL.create("postgresql+psycopg", query=query)
    return url.render_as_string(hide_password=False)
