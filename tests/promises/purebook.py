"""A book of one loan in memory: the real use cases, without a database under them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from ledger.book.chart import Part
from ledger.lending.applications import NewLoan, open_loan
from ledger.lending.histories import inputs
from ledger.lending.loans import Asked, happen, reverse
from ledger.lending.postings import movement_journal
from ledger.loan.accruing import accrued_part
from ledger.loan.codec import state_from, state_text
from ledger.loan.events import Kind
from ledger.loan.fold import advanced, closed_trail, fold
from ledger.loan.state import State
from ledger.loan.trail import Trail
from ledger.record import Decision
from ledger.store.catalogue import Catalogue, Product
from ledger.store.loans import LoanRecord
from ledger.store.parties import PartyRecord
from ledger.store.stripes import Book, Stripe
from ledger.view import View
from tests.promises.cases import Life
from tests.promises.intents import Intent
from tests.promises.sums import Books, ByDay, books_of

_KEY = (1000, 1)
_DAY = timedelta(days=1)


class PureBook:
    """What `record` and `close_day` do for one loan, statement by statement."""

    def __init__(self, life: Life) -> None:
        start, agreement = life.start, life.agreement
        self.terms, self.opened = life.terms, start
        self.stripe = Stripe(1000, 0, 0, start, start, start - _DAY, 0, 0)
        product = Product("any", 1, "Any", life.terms, 0)
        book = Book(1, "main", "Lender", life.terms.currency, 1)
        known = Catalogue({}, {("any", 1): product})
        self.view = View(book, {1000: self.stripe}, known)
        self.view.parties[_KEY] = PartyRecord(1000, 1, "person", b"", "", 0, b"")
        self.view.histories[_KEY] = []
        self.books = Books()
        asked = NewLoan(_KEY, 1, "any", 0, agreement, life.terms.currency, "", "")
        self._record(open_loan(self.view, asked))
        self.happen(Asked(Kind.APPROVED, {"amount": agreement.amount}))

    @property
    def state(self) -> State:
        """The cached fold."""
        return self.view.loans[_KEY].state

    @property
    def business(self) -> date:
        """The business date."""
        return self.stripe.business_date

    def wish(self, intent: Intent, back: int) -> None:
        """An intent as a command, its value date so many days back."""
        day = max(self.business - timedelta(days=back), self.opened)
        event = intent.event(self.state, 0, self.business)
        self.happen(Asked(intent.kind, event.amounts, value_date=day, details=event.details))

    def happen(self, asked: Asked) -> None:
        """A command on the loan, or a LedgerError and no change."""
        self._record(happen(self.view, _KEY, asked))

    def reverse(self, number: int) -> None:
        """Undoes an event, or a LedgerError and no change."""
        self._record(reverse(self.view, _KEY, number, "a mistake"))

    def numbers(self) -> list[int]:
        """The events after opening and approval that a person caused and that stand."""
        history = self.view.histories[_KEY]
        undone = {item[4] for item in history}
        kinds = {kind.value for kind in Kind if kind is not Kind.APPROVED}
        return [item[0] for item in history if item[1] in kinds and item[0] not in undone]

    def next_due(self) -> date | None:
        """The next due date after the business date."""
        dues = (row.due for row in self.state.rows if row.due > self.business)
        return next(dues, None)

    def close(self) -> None:
        """Closes the business date: accrues the night, then moves what the new day brings."""
        state, day = self.state, self.business
        for part, line in ((Part.INTEREST, state.interest), (Part.PENALTY, state.penalty)):
            if line:
                night = line.at(day + _DAY, self.terms.rounding) - line.at(day, self.terms.rounding)
                self.books.accrue(day, {accrued_part(state, part): night})
        self.stripe.business_date = day + _DAY
        if state.next_date is None or state.next_date > self.business:
            return
        trail = Trail()
        self._keep(self.view.loans[_KEY], advanced(state, self.business, trail))
        for movement in trail.movements:
            self.stripe.last_number += 1
            journal = movement_journal(movement, self.terms, 1)
            self.books.post(journal.value_date, journal.entries)

    def refolded(self) -> tuple[State, ByDay]:
        """The loan folded from its history alone, and the books that it should have."""
        opened, events = inputs(self.view.histories[_KEY], self.terms)
        state, trail = fold(opened, events, self.business)
        whole = closed_trail(state, trail, self.business)
        return state, books_of(whole, self.terms.rounding, self.opened, self.business).by_day()

    def _record(self, decision: Decision) -> None:
        draft, loan = decision.draft, decision.changes.loan
        assert loan is not None
        self.stripe.last_number += 1
        for journal in draft.journals:
            self.books.post(journal.value_date, journal.entries)
        day = draft.value_date or self.business
        item = (self.stripe.last_number, draft.kind, day, dict(draft.payload), draft.reverses)
        self.view.histories[_KEY].append(item)
        self._keep(loan, loan.state)

    def _keep(self, record: LoanRecord, state: State) -> None:
        stored = state_from(state_text(state), self.terms)
        self.view.loans[_KEY] = replace(record, state=stored)
