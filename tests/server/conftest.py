"""The desk: a fresh book for each test, or one that the tests of a module only look at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from server.embedded import Embedded
from tests.databases import database_of
from tests.server.archived import Old, aged
from tests.server.bad import Stock, stocked
from tests.server.desk import Desk, serving


@pytest.fixture
def desk(database: str) -> Iterator[Desk]:
    """A server on a book of its own."""
    with serving(database) as found:
        yield found


@pytest.fixture(scope="module")
def old_book(server_postgres: Embedded, template: str) -> Iterator[tuple[str, str]]:
    """The database of a book whose January and February are closed, and its loan."""
    with database_of(server_postgres, template) as dsn:
        with serving(dsn) as desk:
            loan = aged(desk)
        yield dsn, loan


@pytest.fixture
def old(server_postgres: Embedded, old_book: tuple[str, str], tmp_path: Path) -> Iterator[Old]:
    """A book of its own whose January and February are closed, and a folder for archives."""
    dsn, loan = old_book
    folder = tmp_path / "archive"
    folder.mkdir()
    with database_of(server_postgres, dsn) as own, serving(own) as desk:
        yield Old(desk, loan, folder)


@pytest.fixture(scope="module")
def stock(server_postgres: Embedded, template: str) -> Iterator[Stock]:
    """One book for all refusals of a module: nothing in it may change."""
    with database_of(server_postgres, template) as dsn, serving(dsn) as desk:
        yield stocked(desk)
