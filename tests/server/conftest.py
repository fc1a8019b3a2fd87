"""The desk: a fresh book for each test, or one that the tests of a module only look at."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from server.embedded import Embedded
from tests.server.archived import Old, aged
from tests.server.bad import Stock, stocked
from tests.server.desk import Desk, serving


@pytest.fixture
def desk(database: str) -> Iterator[Desk]:
    """A server on a book of its own."""
    with serving(database) as found:
        yield found


@pytest.fixture
def old(desk: Desk, tmp_path: Path) -> Old:
    """A book whose January and February are closed, and a folder for what is archived."""
    folder = tmp_path / "archive"
    folder.mkdir()
    return aged(desk, folder)


@pytest.fixture(scope="module")
def stock(server_postgres: Embedded, template: str) -> Iterator[Stock]:
    """One book for all refusals of a module: nothing in it may change."""
    with _copy(server_postgres, template) as dsn, serving(dsn) as desk:
        yield stocked(desk)


@contextmanager
def _copy(server: Embedded, template: str) -> Iterator[str]:
    name = f"module_{uuid4().hex[:12]}"
    with psycopg.connect(server.dsn, autocommit=True) as connection:
        connection.execute(f"create database {name} template {template}".encode())
        try:
            yield make_conninfo(server.dsn, dbname=name)
        finally:
            connection.execute(f"drop database {name} with (force)".encode())
