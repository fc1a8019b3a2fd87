"""Events on their way into the books: numbered, hashed and gathered, then written as arrays."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

from ledger.audit.canonical import VERSION, event_bytes, leaf_hash
from ledger.book.chart import Account
from ledger.calc.policy import Policy
from ledger.control import Control
from ledger.drafts import Changes, Draft, Stamp, stamped, versioned
from ledger.names import id_text
from ledger.store import (
    balances,
    calendars,
    catalogue,
    collateral,
    delinquency,
    events,
    loans,
    parties,
    policies,
    quality,
    rates,
    standing,
    stripes,
)
from ledger.store.calendars import OwnCalendar
from ledger.store.catalogue import Product
from ledger.store.collateral import Collateral
from ledger.store.delinquency import Pause
from ledger.store.loans import LoanRecord
from ledger.store.parties import PartyRecord
from ledger.store.quality import Rated
from ledger.store.rates import Fixing, RateIndex
from ledger.store.rows import Writes
from ledger.store.standing import Standing
from ledger.store.stripes import Book, Stripe


@dataclass(slots=True)
class Batch:
    """Collects what one transaction writes; the caller holds the stripes' locks."""

    book: Book
    stripes: dict[int, Stripe]
    now: int
    _events: list[tuple[Any, ...]] = field(default_factory=list)
    _entries: list[tuple[Any, ...]] = field(default_factory=list)
    _balances: dict[tuple[int, str, str], list[int]] = field(default_factory=dict)
    _loans: dict[tuple[int, int], LoanRecord] = field(default_factory=dict)
    _parties: list[PartyRecord] = field(default_factory=list)
    _moved: dict[tuple[int, int], PartyRecord] = field(default_factory=dict)
    _rotated: list[PartyRecord] = field(default_factory=list)
    _erased: list[tuple[int, int]] = field(default_factory=list)
    _products: list[Product] = field(default_factory=list)
    _accounts: list[Account] = field(default_factory=list)
    _indexes: list[RateIndex] = field(default_factory=list)
    _fixings: list[Fixing] = field(default_factory=list)
    _calendars: list[OwnCalendar] = field(default_factory=list)
    _collateral: list[Collateral] = field(default_factory=list)
    _standing: list[Standing] = field(default_factory=list)
    _liens: list[tuple[int, int, int, int]] = field(default_factory=list)
    _policies: list[Policy] = field(default_factory=list)
    _pauses: list[Pause] = field(default_factory=list)
    _rated: list[Rated] = field(default_factory=list)
    _control: Control = field(default_factory=Control)
    #: How many events of each stripe the batch has, those appended before included.
    counted: Counter[int] = field(default_factory=Counter)
    resumed: list[tuple[int, int]] = field(default_factory=list)

    def add(
        self,
        stripe: int,
        draft: Draft,
        actor: str,
        request_id: str,
        approvals: tuple[str, ...] = (),
    ) -> Stamp:
        """Numbers and hashes one event of a locked stripe; `approvals` are who agreed to it."""
        row = self.stripes[stripe]
        row.last_number += 1
        row.last_booked_at = max(self.now, row.last_booked_at)
        posting = draft.posting_date or row.business_date
        value = draft.value_date or posting
        posted = posting.isoformat()
        stamp = Stamp(stripe, row.last_number, row.last_booked_at, value, posting, actor)
        record = {
            "actor": actor,
            "approvals": approvals,
            "book": self.book.code,
            "booked_at": stamp.booked_at,
            "entries": self._posted(stamp, draft),
            "kind": draft.kind,
            "lines_root": draft.lines_root,
            "number": stamp.number,
            "payload": dict(draft.payload),
            "posting_date": posted,
            "reason": draft.reason,
            "reference": draft.reference,
            "request_id": request_id,
            "reverses": draft.reverses,
            "stripe": stripe,
            "subject": draft.subject,
            "v": VERSION,
            "value_date": posted if value is posting else value.isoformat(),
        }
        self._events.append(events.row(record, draft.loan, leaf_hash(event_bytes(record))))
        self.counted[stripe] += 1
        return stamp

    def change(self, stamp: Stamp, changes: Changes) -> None:
        """Gathers the rows that go with an event just added."""
        if changes.loan:
            loan = changes.loan
            opened = loan.booked_at or stamp.booked_at
            loan = replace(loan, last_number=stamp.number, booked_at=opened)
            self._loans[loan.stripe, loan.loan] = loan
            self.resumed += [(loan.stripe, loan.loan)] if changes.resumed else []
        self._people(stamp, changes)
        if changes.product:
            self._products.append(replace(changes.product, booked_at=stamp.booked_at))
        self._accounts.extend(changes.accounts)
        if changes.index:
            self._indexes.append(replace(changes.index, booked_at=stamp.booked_at))
        if changes.fixing:
            self._fixings.append(stamped(changes.fixing, stamp))
        if changes.calendar:
            self._calendars.append(replace(changes.calendar, booked_at=stamp.booked_at))
        if changes.standing:
            self._standing.append(replace(changes.standing, number=stamp.number))
        if changes.collateral:
            kind, reason = events.kind_and_reason(self._events[-1])
            version = versioned(changes.collateral, stamp, kind, reason)
            self._collateral.append(version)
            if changes.lien is not None:
                lien = (version.stripe, changes.lien, version.collateral, version.number)
                self._liens.append(lien)
        self._credit(stamp, changes)
        _, reason = events.kind_and_reason(self._events[-1])
        self._control.gather(stamp, changes, reason, self.stripes.values())
        if changes.closed_through:
            for row in self.stripes.values():
                row.closed_through = changes.closed_through

    def _people(self, stamp: Stamp, changes: Changes) -> None:
        """Gathers parties that are new, moved or erased."""
        if changes.party:
            self._parties.append(replace(changes.party, booked_at=stamp.booked_at))
        if changes.moved:
            self._move(changes.moved)
        self._rotated.extend(changes.rotated)
        if changes.erased:
            self._erased.append(changes.erased)

    def _move(self, party: PartyRecord) -> None:
        """Another branch of a party, which may be a new one of the batch: one row, one write."""
        key = (party.stripe, party.party)
        keys = [(one.stripe, one.party) for one in self._parties]
        if key in keys:
            no = keys.index(key)
            self._parties[no] = replace(self._parties[no], branch=party.branch)
        else:
            self._moved[key] = party

    def _credit(self, stamp: Stamp, changes: Changes) -> None:
        """Gathers what changes a book's policy, or what it knows of a loan's credit quality."""
        if changes.policy:
            self._policies.append(replace(changes.policy, booked_at=stamp.booked_at))
        if changes.pause:
            self._pauses.append(replace(changes.pause, number=stamp.number))
        if changes.rated:
            self._rated.append(replace(changes.rated, number=stamp.number))

    def keep(self, loan: LoanRecord) -> None:
        """Replaces a loan's cached fold without an event of its own."""
        self._loans[loan.stripe, loan.loan] = loan

    def kept(self, stripe: int, loan: int) -> LoanRecord | None:
        """A loan as the batch has it so far; None where it did not touch it."""
        return self._loans.get((stripe, loan))

    @property
    def changes_catalogue(self) -> bool:
        """Whether anything was added that a book keeps in memory."""
        added = (self._accounts, self._products, self._indexes, self._calendars, self._policies)
        return any(added) or self._control.changes_catalogue

    def appended(self) -> Writes:
        """The events and entries so far, which are the batch's no more."""
        found = Writes()
        events.add(found, self._events)
        events.add_entries(found, self._entries)
        self._events, self._entries = [], []
        return found

    def writes(self) -> Writes:
        """All rows of the batch; nothing is visible before the caller commits."""
        found = self.appended()
        sums = [(*key, debit, credit) for key, (debit, credit) in sorted(self._balances.items())]
        balances.add(found, sums)
        loans.save(found, list(self._loans.values()))
        parties.add(found, self._parties)
        parties.move(found, list(self._moved.values()))
        parties.rotate(found, self._rotated)
        parties.erase(found, self._erased)
        catalogue.add_products(found, self.book.number, self._products)
        catalogue.add_accounts(found, self.book.number, self._accounts)
        rates.add_indexes(found, self.book.number, self._indexes)
        rates.add_fixings(found, self.book.number, self._fixings)
        calendars.add(found, self.book.number, self._calendars)
        collateral.add(found, self._collateral)
        standing.add(found, self._standing)
        collateral.add_liens(found, self._liens)
        policies.CREDIT.add(found, self.book.number, self._policies)
        delinquency.add_pauses(found, self._pauses)
        quality.save(found, self._rated)
        self._control.write(found, self.book.number)
        stripes.save(found, list(self.stripes.values()))
        return found

    def _posted(self, stamp: Stamp, draft: Draft) -> list[tuple[Any, ...]]:
        """The entries' rows and sums go into the batch; their canonical arrays come back."""
        found: list[tuple[Any, ...]] = []
        rows, balances = self._entries, self._balances
        stripe, number, posting, line = stamp.stripe, stamp.number, stamp.posting_date, 0
        for no, journal in enumerate(draft.journals, start=1):
            day, cause = journal.value_date, journal.cause
            text = day.isoformat()
            for account, side, currency, amount, loan, component in journal.entries:
                line += 1
                name = id_text(stripe, loan) if loan is not None else None
                found.append((no, text, account, side, currency, amount, name, component, cause))
                rows.append(
                    (
                        *(stripe, number, line, no, account, side, currency, amount),
                        *(loan, component, day, posting, cause),
                    )
                )
                sums = balances.get((stripe, account, currency))
                if sums is None:
                    sums = balances[stripe, account, currency] = [0, 0]
                sums[0 if side == "D" else 1] += amount
        return found
