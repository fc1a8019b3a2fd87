"""What the server's role reads and writes on a connection that serves one of several books."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from psycopg import sql

from loanledger import NotFound, date_of
from server.embedded import Embedded
from tests.databases import database_of
from tests.ledger.test_database_rules import risky
from tests.server.desk import Desk, pair, serving

Denied = psycopg.errors.InsufficientPrivilege
#: Each table with a stripe or a book, and how its rows tell their book; a loan's may be another's.
_TABLES = (
    "select c.relname, case when bool_or(a.attname = 'book') then 'book' else 'stripe / 1000' end,"
    " c.relrowsecurity from pg_class c join pg_attribute a on a.attrelid = c.oid"
    " where c.relnamespace = 'ledger'::regnamespace and c.relkind in ('r', 'p')"
    " and not c.relispartition and a.attname in ('book', 'stripe') group by c.oid order by 1"
)
#: What a lender's book need not have: nobody wrote off, archived, or set anything aside here.
EMPTY = {
    *("accrual_archive", "accrual_brought", "auditor_login", "collateral", "lien", "provided"),
    *("set_aside", "standing"),
}


@pytest.fixture(scope="module")
def books(server_postgres: Embedded, template: str) -> Iterator[Desk]:
    """The desk of book 1; book 2 of the same database has rows in nearly every table."""
    with database_of(server_postgres, template) as dsn, serving(dsn) as main:
        with serving(dsn, book="other") as found:
            other = Desk(found.server, found.client.with_options(book="other"))
            product = _in_other(other)
            risky(other, product)
            list(other.client.end_of_day.run_end_of_day(business_date=date_of("2024-02-16")))
            other.client.audit.create_checkpoint()
            other.rows("insert into ledger.checkpoint_stamp (book, size, token) values (2, 1, 'x')")
        yield main


def _in_other(desk: Desk) -> str:
    """A loan of the other book, and what a book has besides."""
    desk.publish()
    desk.calendar()
    desk.index(d20240115="0.0345")
    return desk.lent("books/other/products/plain", "1200")


def tables(desk: Desk) -> dict[str, str]:
    """How the rows of each table tell their book."""
    return {name: book for name, book, _ in desk.rows(_TABLES)}


@contextmanager
def serving_book(desk: Desk, book: str) -> Iterator[psycopg.Connection]:
    """A connection as the server has it; an empty text says no book."""
    with psycopg.connect(desk.server.dsn, autocommit=True) as connection:
        connection.execute("set role loanledger_app")
        connection.execute("select set_config('loanledger.book', %s, false)", (book,))
        yield connection


def count(connection: psycopg.Connection, table: str, where: str = "true") -> int:
    """Rows that there are for this connection."""
    row = connection.execute(f"select count(*) from ledger.{table} where {where}".encode())
    found = row.fetchone()
    assert found
    return int(found[0])


def test_every_table_with_a_book_is_guarded(books: Desk) -> None:
    assert [name for name, _, guarded in books.rows(_TABLES) if not guarded] == []
    lacking = books.rows(
        "select tablename from pg_policies where schemaname = 'ledger' and policyname = 'app'"
        " and (qual not like '%%loanledger.book%%' or (cmd = 'ALL' and with_check <> qual))"
    )
    assert lacking == []


def test_a_forgotten_check_reads_nothing_of_another_book(books: Desk) -> None:
    with serving_book(books, "1") as ours, serving_book(books, "2") as theirs:
        for table, book in tables(books).items():
            everything = books.rows(f"select count(*) from ledger.{table} where {book} = 2")
            assert everything[0][0] > 0 or table in EMPTY, table
            if table != "auditor_login":
                assert count(theirs, table, f"{book} = 2") == everything[0][0], table
            assert count(ours, table, f"{book} = 2") == 0, table
            assert count(ours, table) == count(ours, table, f"{book} = 1"), table


def test_with_several_books_a_connection_that_says_none_has_none(books: Desk) -> None:
    with serving_book(books, "") as nobody:
        assert [name for name in tables(books) if count(nobody, name)] == []


def test_with_one_book_a_server_of_the_version_before_goes_on(database: str) -> None:
    with serving(database) as desk, serving_book(desk, "") as before:
        assert count(before, "event") == 1


#: Columns that the database fills in by itself.
MADE = {"id", "until_day"} | {
    f"{line}_{figure}"
    for line in ("interest", "penalty")
    for figure in ("offset", "step", "divisor")
}


def test_a_forgotten_check_writes_nothing_into_another_book(books: Desk) -> None:
    with serving_book(books, "1") as ours:
        for table, book in tables(books).items():
            rows = books.rows(f"select to_jsonb(t) from ledger.{table} t where {book} = 2 limit 1")
            for (row,) in rows:
                given = {name: value for name, value in row.items() if name not in MADE}
                names = sql.SQL(", ").join(map(sql.Identifier, given))
                statement = sql.SQL(
                    "insert into ledger.{t} ({names}) select {names}"
                    " from jsonb_populate_record(null::ledger.{t}, %s)"
                ).format(t=sql.Identifier(table), names=names)
                with pytest.raises(Denied, match="row-level security"):
                    ours.execute(statement, (psycopg.types.json.Jsonb(given),))


@pytest.mark.parametrize(
    "statement",
    [
        "update ledger.stripe set last_number = 0 where stripe = 2000",
        "update ledger.balance set debit = debit + 1 where stripe / 1000 = 2",
        "update ledger.loan set principal = 0 where stripe / 1000 = 2",
        "update ledger.tree set size = 0 where book = 2",
        "delete from ledger.party_key where stripe / 1000 = 2",
    ],
)
def test_a_forgotten_check_changes_nothing_of_another_book(books: Desk, statement: str) -> None:
    with serving_book(books, "1") as ours:
        assert ours.execute(statement.encode()).rowcount == 0
        own = statement.replace("2000", "1000").replace("= 2", "= 1")
        moved = "update ledger.stripe set stripe = 2999, book = 2 where stripe = 1000"
        with pytest.raises(Denied, match="row-level security"):
            ours.execute(moved.encode())
        ours.execute("begin")
        assert ours.execute(own.encode()).rowcount >= 0
        ours.execute("rollback")


def test_another_tenant_s_names_are_not_found(books: Desk) -> None:
    (stripe, key) = books.rows("select stripe, id from ledger.loan where stripe / 1000 = 2")[0]
    assert stripe // 1000 == 2
    with pytest.raises(NotFound):
        books.client.loans.get_loan(name=f"books/main/loans/{key}")
    with pytest.raises(NotFound):
        books.client.loans.get_loan(name=f"books/other/loans/{key}")
    with pytest.raises(NotFound):
        books.client.with_options(book="other").ledger.list_balances()
    books.client.ledger.post_journal(entries=pair("5"))
    assert books.tied()
