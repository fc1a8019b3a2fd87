"""Entries of the rules as totals by account and side, as worked entries print them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from ledger.book.chart import Part, Role
from ledger.book.journal import Entry
from ledger.book.rules import entries_for

Amounts = Mapping[Part, int]
Lines = Counter[tuple[str, str]]


def posted(
    movement: str,
    amounts: Amounts,
    profile: str = "allowance",
    accounts: Mapping[Role, str] | None = None,
) -> list[Entry]:
    """The entries of loan 7 in yuan."""
    return list(entries_for(movement, amounts, accounts or {}, "CNY", 7, profile))


def lines(entries: Iterable[Entry]) -> Lines:
    """The total of each account and side."""
    found: Lines = Counter()
    for entry in entries:
        found[entry.account, entry.side] += entry.amount
    return found


def printed(table: str) -> Lines:
    """`D 1303P 100, C 1001 100` as totals by account and side."""
    found: Lines = Counter()
    for line in table.split(","):
        side, account, amount = line.split()
        found[account, side] += int(amount.replace("_", ""))
    return found
