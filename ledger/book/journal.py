"""Journals as values: frozen, balanced sets of positive entries."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple


class Entry(NamedTuple):
    """A positive amount in minor units on side "D" or "C", of a loan and component if any."""

    account: str
    side: str
    currency: str
    amount: int
    loan: int | None = None
    component: str | None = None

    def mirrored(self) -> Entry:
        """The same entry on the other side."""
        side = "C" if self.side == "D" else "D"
        return Entry(self.account, side, self.currency, self.amount, self.loan, self.component)


class Journal(NamedTuple):
    """Entries with one value date; `cause` is the event of the stripe whose effects it corrects."""

    value_date: date
    entries: tuple[Entry, ...]
    cause: int | None = None


def imbalances(entries: Iterable[Entry]) -> dict[str, int]:
    """Debits less credits of each currency that does not balance; empty when all is well."""
    totals: dict[str, int] = {}
    for entry in entries:
        signed = entry.amount if entry.side == "D" else -entry.amount
        totals[entry.currency] = totals.get(entry.currency, 0) + signed
    return {currency: total for currency, total in totals.items() if total}
