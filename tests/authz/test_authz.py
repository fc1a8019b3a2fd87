"""Who may call what: a part of `make authz`, in which each RPC, role and way to call occurs."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from server.embedded import Embedded
from tests.authz.books import Books, two_books
from tests.authz.run import Run, Violated
from tests.databases import database_of
from tests.server.bad import METHODS


@pytest.fixture(scope="module")
def books(server_postgres: Embedded, template: str) -> Iterator[Books]:
    """Two books in one database."""
    with database_of(server_postgres, template) as dsn, two_books(dsn) as found:
        yield found


def test_every_rpc_lets_in_exactly_whom_the_table_says(books: Books) -> None:
    seed = random.SystemRandom().randrange(10**6)
    try:
        tried = Run(books, seed, whole=False).go()
    except Violated as violation:
        pytest.fail(f"seed {seed}: {violation}")
    assert tried > 20 * len(METHODS)


def test_an_rpc_without_a_rule_is_noticed(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(Run.go.__globals__["ALLOWED"], "LoanService/GetLoan")
    with pytest.raises(Violated, match="LoanService/GetLoan"):
        Run(books, 1).go()
