"""What a decision may look at, and how what it asks for is read when it asks."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from ledger.book.chart import Account
from ledger.errors import Conflict, NotFound
from ledger.names import id_text
from ledger.store import catalogue, events, set_aside
from ledger.store.catalogue import Catalogue, Product
from ledger.store.loans import Key, LoanRecord, StoredLoan
from ledger.store.parties import PartyRecord
from ledger.store.rates import Fixing, Fixings, RateIndex
from ledger.store.records import refusal
from ledger.store.rows import Connection
from ledger.store.set_aside import SetAside
from ledger.store.stripes import Book, Stripe

T = TypeVar("T")
#: (number, kind, value date, payload, reversed event) of a loan's events, in recorded order.
History = list[tuple[int, str, date, dict[str, Any], int | None]]


class Missing(Exception):
    """A decision asked for something that is not loaded yet."""


@dataclass(slots=True)
class View:
    """What a decision may look at: rows under lock, with the effects of the batch so far."""

    book: Book
    stripes: dict[int, Stripe]
    catalogue: Catalogue
    loans: dict[Key, LoanRecord] = field(default_factory=dict)
    aside: dict[Key, StoredLoan] = field(default_factory=dict)
    parties: dict[Key, PartyRecord] = field(default_factory=dict)
    histories: dict[Key, History] = field(default_factory=dict)
    reversed: dict[Key, int | None] = field(default_factory=dict)
    pending: dict[Key, History] = field(default_factory=dict)
    fixings: Fixings = field(default_factory=Fixings)
    wanted: Key | None = None
    told: dict[Hashable, Any] = field(default_factory=dict)
    asked: tuple[Hashable, Callable[[Connection], Awaitable[Any]]] | None = None
    stale: bool = True

    def loan(self, key: Key) -> LoanRecord:
        """A loan under lock, unless it is set aside."""
        if key in self.aside:
            raise refusal(self.aside[key])
        if key not in self.loans:
            name = f"loans/{id_text(*key)}"
            raise NotFound(f"no loan {name}", resource=name)
        return self.loans[key]

    def party(self, key: Key) -> PartyRecord:
        """A party."""
        if key not in self.parties:
            name = f"parties/{id_text(*key)}"
            raise NotFound(f"no party {name}", resource=name)
        return self.parties[key]

    def history(self, key: Key) -> History:
        """All events of a loan; read on demand, since most commands do not look back."""
        if key not in self.histories:
            self.wanted = key
            raise Missing
        return self.histories[key]

    def set_aside(self) -> list[SetAside]:
        """The loans of the book that are set aside; read on demand."""
        return self.read("set_aside", lambda c: set_aside.of_book(c, self.book.number))

    def read(self, key: Hashable, load: Callable[[Connection], Awaitable[T]]) -> T:
        """What the database holds, without what the batch is about to write; read on demand."""
        if key not in self.told:
            self.asked = key, load
            raise Missing
        found: T = self.told[key]
        return found

    def account(self, code: str) -> Account:
        """An account of the chart."""
        found = self.catalogue.accounts.get(code)
        return self._published(found, f"account {code}", f"accounts/{code}")

    def _published(self, found: T | None, what: str, resource: str) -> T:
        """An item of the catalogue; another process may have published it since it was read."""
        if found:
            return found
        if self.stale:
            raise Missing
        raise NotFound(f"no {what}", resource=resource)

    def newest(self) -> Catalogue:
        """The catalogue as it is now, for what other processes may have published."""
        if self.stale:
            raise Missing
        return self.catalogue

    def versions(self, count: int, kept: Callable[[Catalogue], list[T]], noun: str) -> list[T]:
        """The versions of a policy, of which a stripe tells how many there are."""
        found = kept(self.catalogue)
        if count > len(found):
            found = kept(self.newest())
        if count > len(found):
            raise Conflict(f"the newest {noun} cannot be read: nothing is done without it")
        return found

    def index(self, code: str) -> RateIndex:
        """A rate index."""
        found = self.catalogue.indexes.get(code)
        return self._published(found, f"rate index {code}", f"rateIndexes/{code}")

    def fixing(self, code: str, day: date) -> Fixing | None:
        """The fixing of an index on the latest day up to one, as it was booked last."""
        if not self.fixings.covers(code, day):
            raise Missing
        return self.fixings.latest(code, day)

    def product(self, code: str, version: int, day: date) -> Product:
        """A product version; 0 is the latest that is effective on a day."""
        found = self.catalogue.products.get((code, version or self.catalogue.latest(code, day)))
        name = f"products/{code}" + (f"/versions/{version}" if version else "")
        return self._published(found, f"product {name}", name)


async def answered(connection: Connection, view: View, ask: Callable[[View], T]) -> T:
    """Asks, and asks again after loading what the first attempt found missing."""
    while True:
        try:
            return ask(view)
        except Missing:
            if view.wanted is not None:
                key, view.wanted = view.wanted, None
                found = await events.of_loans(connection, [key])
                view.histories[key] = found.get(key, []) + view.pending.pop(key, [])
            elif view.fixings.wanted:
                await view.fixings.load(connection, view.book.number)
            elif view.asked:
                (name, load), view.asked = view.asked, None
                view.told[name] = await load(connection)
            else:
                view.catalogue = await catalogue.load(connection, view.book.number)
                view.stale = False
