"""Bugs in who gets in, how often, and to which book."""

from __future__ import annotations

from tests.mutants.mutant import Mutant

_APART = ("tests/ledger/test_books_apart.py",)

MUTANTS = (
    Mutant(
        "the server's role sees all books while no book is set",
        "migrations/0030_books_apart.sql",
        "select case when count(*) = 1 then max(b.book) end from ledger.book b",
        "select 2 from ledger.book b limit 1",
        _APART,
    ),
    Mutant(
        "a table whose rows tell their stripe is compared with another book",
        "migrations/0030_books_apart.sql",
        "else 'stripe / 1000' end as book",
        "else 'stripe / 10000' end as book",
        _APART,
    ),
    Mutant(
        "a name of another book is a mistake like any other",
        "server/checks.py",
        'if value.startswith("books/") and not value.startswith(f"books/{self.book.code}/"):',
        "if False:",
        _APART,
    ),
)
