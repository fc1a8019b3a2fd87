"""A migration brings a book that was opened before what a new book has."""

from __future__ import annotations

from pathlib import Path

import psycopg

from server.migrate import migrate
from tests.book import running_server

_CLEARING = "select title, type, control from ledger.account where code = '1307'"


def test_a_book_opened_before_gets_the_clearing_account_of_imports(empty: str) -> None:
    migrate(empty, "0007")
    with psycopg.connect(empty, autocommit=True) as connection:
        connection.execute("insert into ledger.book values (1, 'main', 'Lender', 'CNY', 3)")
        assert connection.execute(_CLEARING).fetchall() == []
        migrate(empty)
        migrate(empty)
        found = connection.execute(_CLEARING).fetchall()
    assert found == [("Loans brought over, clearing", "asset", None)]


def test_a_new_book_has_it_from_its_chart(database: str, tmp_path: Path) -> None:
    with running_server(database, tmp_path / "server"), psycopg.connect(database) as connection:
        found = connection.execute(_CLEARING).fetchall()
    assert found == [("Loans brought over, clearing", "asset", None)]
