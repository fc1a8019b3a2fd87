"""LoanService, the questions: quotes, schedules, transactions, statements."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from ledger.errors import DateNotOpen, InvalidInput, NotFound
from ledger.lending.agreements import capitalised, quoted, violations
from ledger.lending.calendars import dated
from ledger.lending.disclosures import Disclosure, as_agreed, disclosed
from ledger.lending.pricing import Wish, agreed
from ledger.loan.events import Kind, LoanEvent, require_allowed
from ledger.loan.fold import advanced, applied
from ledger.loan.paying import quoted as payoff_quote
from ledger.loan.state import State, Status
from ledger.loan.trail import Trail
from ledger.store import catalogue, events, loan_search, loans, stripes
from ledger.store.catalogue import Catalogue
from ledger.store.loans import LoanRecord
from ledger.view import View, answered
from loanledger.v1 import loan_service_pb2 as pb
from server import convert
from server.checks import LAST
from server.pages import page, token
from server.security import Caller
from server.services.base import Key, Room
from server.services.explanations import MAX_QUOTE_DAYS, asked_of, explained
from server.services.pricing import applicant_of
from server.services.products import find, named
from server.services.schedules import disclosure_message, schedule_message
from server.services.shapes import agreement_of
from server.services.statement_views import dates_of, told
from server.services.statements import transaction

MAX_COSTS = 10_000


class LoanReading:
    """Answers that change nothing."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self._costs: dict[tuple[Key, date, int], Disclosure | None] = {}

    async def QuoteSchedule(self, request: pb.QuoteScheduleRequest, caller: Caller) -> pb.Schedule:
        """The schedule of a loan that does not exist yet: the same fold, nothing recorded."""
        check = self.room.checks()
        code, version = named(check, request.product, "product")
        start = check.date(request, "start", required=True) or LAST
        agreement, currency = agreement_of(check, request)
        applicant = applicant_of(check, request)
        check.done()
        async with self.room.database.reading() as connection:
            known = await catalogue.load(connection, self.room.book.number)
            rows = await stripes.read(connection, self.room.book.number)
            terms = find(known, code, version, start).terms
            wish = Wish(agreement, request.HasField("annual_rate"), applicant)
            day = min(start, max(row.business_date for row in rows))
            ask = partial(agreed, terms=terms, wish=wish, day=day)
            agreement, _ = await answered(connection, View(self.room.book, {}, known), ask)
        wrong = violations(terms, agreement, currency, start)
        if wrong:
            raise InvalidInput(wrong)
        state, _ = quoted(terms, dated(known, terms, agreement, start), start)
        return await asyncio.to_thread(_told, state, start)

    async def QuotePayoff(self, request: pb.QuotePayoffRequest, caller: Caller) -> pb.PayoffQuote:
        """What settles a loan on a day, from the business date on."""
        check = self.room.checks()
        key = check.key(request.name, "loans")
        asked = check.date(request, "value_date")
        check.done()
        record, business = await self._loan(key, request.name)
        day = asked or business
        if not business <= day <= business + timedelta(days=MAX_QUOTE_DAYS):
            raise DateNotOpen(
                f"a payoff is quoted from {business} for {MAX_QUOTE_DAYS} days",
                business_date=business,
            )
        require_allowed(record.state.status, Kind.PAID_OFF)
        state = advanced(record.state, day, Trail())
        parts, currency = payoff_quote(state, day), state.terms.currency
        return pb.PayoffQuote(
            value_date=convert.day(day),
            credit=convert.money(state.credit, currency),
            total=convert.money(max(sum(parts.values()) - state.credit, 0), currency),
            **{part.value: convert.money(amount, currency) for part, amount in parts.items()},
        )

    async def GetLoan(self, request: pb.GetLoanRequest, caller: Caller) -> pb.Loan:
        """One loan."""
        check = self.room.checks()
        key = check.key(request.name, "loans")
        check.done()
        record, business = await self._loan(key, request.name)
        message = convert.loan(self.room.book.code, record, business)
        found = await self._cost(key, record.state, business)
        if found:
            currency = record.state.terms.currency
            message.disclosure.CopyFrom(disclosure_message(found, currency))
        return message

    async def ListLoans(self, request: pb.ListLoansRequest, caller: Caller) -> pb.ListLoansResponse:
        """Loans that match all that is given."""
        check, room = self.room.checks(), self.room
        check.parent(request.parent)
        party = check.key(request.party, "parties", "party") if request.party else None
        if request.status and request.status not in pb.LoanStatus.values():
            check.add("status", "is not a loan status")
        check.integer(request.min_days_past_due, "min_days_past_due", 0, 36500)
        product = check.text(request.product, "product", most=60)
        reference = check.text(request.reference, "reference", most=100)
        size, (stripe, loan) = page(check, request, 2)
        check.done()
        status = pb.LoanStatus.Name(request.status).removeprefix("LOAN_STATUS_").lower()
        async with room.database.reading() as connection:
            days = {
                s.stripe: s.business_date for s in await stripes.read(connection, room.book.number)
            }
            since = None
            if request.min_days_past_due:
                since = min(days.values()) - timedelta(days=request.min_days_past_due)
            rows = await loan_search.search(
                connection,
                room.book.number,
                (stripe, loan),
                size + 1,
                status=status if request.status else "",
                party=party,
                product=product,
                reference=reference,
                overdue_since=since,
                branches=sorted(caller.branches) if caller.branches is not None else None,
            )
            shown = rows[:size]
            records = await room.decoded(connection, [row for row in shown if not row.set_aside])
        found = {(record.stripe, record.loan): record for record in records}
        response = pb.ListLoansResponse(
            loans=[
                convert.loan(room.book.code, found[row.stripe, row.loan], days[row.stripe])
                if (row.stripe, row.loan) in found
                else convert.aside(room.book.code, row, days[row.stripe])
                for row in shown
            ]
        )
        if len(rows) > size:
            last = rows[size - 1]
            response.next_page_token = token(request, (last.stripe, last.loan))
        return response

    async def GetSchedule(self, request: pb.GetScheduleRequest, caller: Caller) -> pb.Schedule:
        """The schedule as it stands; of an undisbursed loan, as it would be from today."""
        check = self.room.checks()
        key = check.key(request.name, "loans")
        check.done()
        record, business = await self._loan(key, request.name)
        state = record.state
        if state.status in (Status.APPLIED, Status.APPROVED):
            known = self.room.shelf.known
            if state.terms.calendar:  # another process may have published days since
                async with self.room.database.reading() as connection:
                    known = await catalogue.load(connection, self.room.book.number)
            imagined = _imagined(known, state, business)
            return await asyncio.to_thread(_told, imagined, business)
        return schedule_message(capitalised(state), business)

    async def ListTransactions(
        self, request: pb.ListTransactionsRequest, caller: Caller
    ) -> pb.ListTransactionsResponse:
        """A loan's events as they were booked."""
        check, room = self.room.checks(), self.room
        key = check.key(request.parent, "loans", "parent")
        size, (_, after) = page(check, request, 2)
        check.done()
        record, _ = await self._loan(key, request.parent)
        async with room.database.reading() as connection:
            history = (await events.of_loans(connection, [key])).get(key, [])
            numbers = [item[0] for item in history if item[0] > after]
            keys = [(key[0], number) for number in numbers[:size]]
            found = await events.read(connection, room.book.code, keys)
            undone = await events.reversals(connection, keys)
        currency = record.state.terms.currency
        response = pb.ListTransactionsResponse(
            transactions=[
                transaction(room.book.code, found[k][0], currency, undone.get(k)) for k in keys
            ]
        )
        if len(numbers) > size:
            response.next_page_token = token(request, keys[-1])
        return response

    async def GetStatement(self, request: pb.GetStatementRequest, caller: Caller) -> pb.Statement:
        """What moved on a loan between two days, as booked or as now known."""
        check = self.room.checks()
        key = check.key(request.name, "loans")
        dates = dates_of(check, request)
        check.done()
        record, business = await self._loan(key, request.name)
        message = convert.loan(self.room.book.code, record, business)
        terms = record.state.terms
        return await told(self.room, (key, message, terms), request.view, dates, business)

    async def ExplainLoan(
        self, request: pb.ExplainLoanRequest, caller: Caller
    ) -> pb.LoanExplanation:
        """How a figure of a loan came about."""
        check = self.room.checks()
        key = check.key(request.name, "loans")
        asked = asked_of(check, request)
        check.done()
        record, business = await self._loan(key, request.name)
        return await explained(self.room, key, record.state, business, asked)

    async def _cost(self, key: Key, state: State, business: date) -> Disclosure | None:
        """A loan's disclosure: worked out beside the loop, as long terms take a tenth of a second.

        It follows from the agreement, the first day and the amount approved, so it is remembered.
        """
        known = (key, state.start or business, state.approved)
        if known not in self._costs:
            if len(self._costs) >= MAX_COSTS:
                self._costs.clear()
            self._costs[known] = await asyncio.to_thread(as_agreed, state, business)
        return self._costs[known]

    async def _loan(self, key: Key, name: str) -> tuple[LoanRecord, date]:
        room = self.room
        async with room.database.reading() as connection:
            rows = await loans.read(connection, [key])
            if key not in rows:
                raise NotFound(f"no loan {name}", resource=name)
            record = (await room.decoded(connection, [rows[key]]))[0]
            days = {
                s.stripe: s.business_date for s in await stripes.read(connection, room.book.number)
            }
        return record, days[key[0]]


def _told(state: State, day: date) -> pb.Schedule:
    """The schedule of a loan that is not yet paid out, with what it costs."""
    message, found = schedule_message(state, day), disclosed(state)
    if found:
        message.disclosure.CopyFrom(disclosure_message(found, state.terms.currency))
    return message


def _imagined(known: Catalogue, state: State, day: date) -> State:
    """The state after full approval and disbursement on a day."""
    trail, amount = Trail(), state.approved or state.agreement.amount
    if state.agreement.first_due and state.agreement.first_due <= day:
        return state
    if state.status is Status.APPLIED:
        state = applied(state, LoanEvent(1, Kind.APPROVED, day, {"amount": amount}), trail)
    state = replace(state, agreement=dated(known, state.terms, state.agreement, day))
    return capitalised(applied(state, LoanEvent(2, Kind.DISBURSED, day, {"amount": amount}), trail))
