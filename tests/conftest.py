"""One PostgreSQL a process, one migrated template in it, and a fresh database for each test."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from loanledger import Client
from server.embedded import Embedded, start
from tests.book import Running, running_server
from tests.databases import database_of
from tests.examples import profile

TEMPLATE = "ledger_template"
# Nothing here outlives the run, so nothing need reach the disk.
SETTINGS = {"synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200"}

_numbers = count(1)
profile()


@pytest.fixture(scope="session")
def server_postgres() -> Iterator[Embedded]:
    """The server of this process, for tests that need more than a database."""
    with (
        tempfile.TemporaryDirectory(prefix="loanledger-tests-") as folder,
        start(Path(folder) / "data", settings=SETTINGS, fsync=False) as server,
    ):
        yield server


@pytest.fixture(scope="session")
def template(server_postgres: Embedded) -> str:
    """The name of a database with the present schema and no rows of ours."""
    from server.migrate import migrate

    _administer(server_postgres, f"create database {TEMPLATE}")
    migrate(make_conninfo(server_postgres.dsn, dbname=TEMPLATE))
    return TEMPLATE


@pytest.fixture
def database(server_postgres: Embedded, template: str) -> Iterator[str]:
    """The DSN of a fresh, migrated database; it is dropped after the test."""
    with database_of(server_postgres, template, f"test_{next(_numbers)}") as dsn:
        yield dsn


@pytest.fixture
def empty(server_postgres: Embedded) -> Iterator[str]:
    """The DSN of a database without any schema."""
    with database_of(server_postgres) as dsn:
        yield dsn


@pytest.fixture
def server(database: str, tmp_path: Path) -> Iterator[Running]:
    """A running server on a fresh book."""
    with running_server(database, tmp_path / "server") as found:
        yield found


@pytest.fixture
def client(server: Running) -> Client:
    """A client of the fresh book that may do everything."""
    return server.client()


def _administer(server: Embedded, statement: str) -> None:
    with psycopg.connect(server.dsn, autocommit=True) as connection:
        connection.execute(statement.encode())
