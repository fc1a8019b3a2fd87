"""LoanService, explanations: how a figure came about, read from the steps of the fold."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from google.type import money_pb2

from ledger.errors import DateNotOpen, NotFound
from ledger.lending.histories import inputs
from ledger.loan.events import Kind, LoanEvent, require_allowed
from ledger.loan.explaining import Accrual, PayoffLine, accruals, payoff
from ledger.loan.retracing import Cause, Step, retraced
from ledger.loan.row_history import RowStory, row_story
from ledger.loan.state import State
from ledger.money import EXPONENTS
from ledger.names import event_text, id_text
from ledger.store import events
from loanledger.v1 import common_pb2
from loanledger.v1 import loan_service_pb2 as pb
from server import convert
from server.checks import Checks
from server.services.base import Key, Room

_DAY = timedelta(days=1)
MAX_QUOTE_DAYS = 366
MAX_ROWS = 10_000


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be explained: exactly one of days, an instalment and a payoff's value date."""

    days: tuple[date | None, date | None] | None = None
    instalment: int = 0
    payoff: date | None = None


def asked_of(check: Checks, request: pb.ExplainLoanRequest) -> Asked:
    """The figure that a request names; what is wrong with it is noted."""
    figure = request.WhichOneof("figure")
    if figure == "accruals":
        dates = request.accruals
        first = check.date(dates, "start", "accruals.")
        last = check.date(dates, "end", "accruals.")
        if first and last and last < first:
            check.add("accruals.end", "must not lie before accruals.start")
        return Asked(days=(first, last))
    if figure == "instalment":
        return Asked(instalment=check.integer(request.instalment, "instalment", 1, MAX_ROWS))
    if figure == "payoff":
        return Asked(payoff=check.day(request.payoff, "payoff"))
    check.add("figure", "one of accruals, instalment and payoff is required")
    return Asked()


async def explained(
    room: Room, key: Key, state: State, business: date, asked: Asked
) -> pb.LoanExplanation:
    """The explanation of a figure of a loan, from the events that stand."""
    async with room.database.reading() as connection:
        history = (await events.of_loans(connection, [key])).get(key, [])
    opened, standing = inputs(history, state.terms)
    book = Telling(room.book.code, key, state.terms.currency)
    return await asyncio.to_thread(book.told, opened, standing, business, asked)


@dataclass(frozen=True, slots=True)
class Telling:
    """How figures of one loan become messages."""

    book: str
    key: Key
    currency: str

    def told(
        self, opened: State, standing: Sequence[LoanEvent], business: date, asked: Asked
    ) -> pb.LoanExplanation:
        """The one explanation that is asked for."""
        message = pb.LoanExplanation(
            name=f"books/{self.book}/loans/{id_text(*self.key)}",
            business_date=convert.day(business),
            rounding_mode=f"ROUNDING_MODE_{opened.terms.rounding.name}",
            rounding_unit=convert.money(1, self.currency),
        )
        if asked.payoff:
            _require_near(asked.payoff, business)
        steps = retraced(opened, standing, asked.payoff or business)
        if asked.days:
            message.accruals.CopyFrom(self._accruals(steps, opened, asked.days, business))
        elif asked.instalment:
            message.instalment.CopyFrom(self._instalment(steps, asked.instalment, business))
        elif asked.payoff:
            message.payoff.CopyFrom(self._payoff(steps, opened, asked.payoff))
        return message

    def _accruals(
        self,
        steps: Sequence[Step],
        opened: State,
        days: tuple[date | None, date | None],
        business: date,
    ) -> pb.AccrualsExplanation:
        first, last = days[0] or opened.as_of, days[1] or business - _DAY
        if last >= business and days[1]:
            raise DateNotOpen(
                f"accruals are booked for days before the business date {business}",
                business_date=business,
            )
        spans = accruals(steps, first, last + _DAY)
        return pb.AccrualsExplanation(
            dates=common_pb2.DateRange(start=convert.day(first), end=convert.day(last)),
            spans=self._spans(spans),
            booked=self._money(sum(span.booked for span in spans)),
        )

    def _instalment(
        self, steps: Sequence[Step], no: int, business: date
    ) -> pb.InstalmentExplanation:
        rows = steps[-1].after.rows if steps else ()
        if all(row.no != no for row in rows):
            raise NotFound(f"no instalment {no}: the loan has {len(rows)}", instalment=no)
        story = row_story(steps, no, business)
        return pb.InstalmentExplanation(
            number=no,
            start=convert.day(story.row.start),
            due=convert.day(story.row.due),
            days=(story.row.due - story.row.start).days,
            opening=self._money(story.opening),
            annual_rate=convert.decimal(story.annual_rate),
            day_count_numerator=story.numerator,
            day_count_denominator=story.denominator,
            accruals=self._spans(story.accruals),
            changes=self._changes(story),
            owed=convert.breakdown(story.owed, self.currency),
            settled=convert.breakdown(story.settled, self.currency),
            penalty_interest=self._money(story.penalty_interest),
            open=convert.breakdown(story.open, self.currency),
            outstanding=self._money(sum(story.open.values())),
        )

    def _payoff(self, steps: Sequence[Step], opened: State, day: date) -> pb.PayoffExplanation:
        require_allowed((steps[-1].after if steps else opened).status, Kind.PAID_OFF)
        found = payoff(steps, day)
        return pb.PayoffExplanation(
            value_date=convert.day(day),
            lines=[self._line(line) for line in found.lines],
            credit=self._money(found.credit),
            total=self._money(found.total),
        )

    def _line(self, line: PayoffLine) -> pb.PayoffLine:
        return pb.PayoffLine(
            kind=line.kind,
            component=convert.COMPONENT[line.part],
            amount=self._money(line.amount),
            instalment=line.instalment,
            due=convert.day(line.due) if line.due else None,
            event=self._event(line.event),
            accruals=self._spans(line.accruals),
        )

    def _changes(self, story: RowStory) -> list[pb.InstalmentChange]:
        return [
            pb.InstalmentChange(
                causes=self._causes(change.causes),
                effect=f"INSTALMENT_EFFECT_{change.effect.name}",
                amounts=convert.breakdown(change.amounts, self.currency),
            )
            for change in story.changes
        ]

    def _spans(self, spans: Iterable[Accrual]) -> list[pb.AccrualSpan]:
        return [self._span(span) for span in spans]

    def _span(self, span: Accrual) -> pb.AccrualSpan:
        last = span.until - _DAY if span.days else span.first
        return pb.AccrualSpan(
            component=convert.COMPONENT[span.part],
            carried_as=convert.COMPONENT[span.carried_as],
            start=convert.day(span.first),
            end=convert.day(last),
            days=span.days,
            balance=self._money(span.balance),
            annual_rate=convert.decimal(span.annual_rate),
            day_count_numerator=span.numerator,
            day_count_denominator=span.denominator if span.numerator else 0,
            exact_before=self._exact(span.exact_before),
            exact=self._exact(span.exact),
            booked=self._money(span.booked),
            causes=self._causes(span.causes),
            paused=span.paused,
            spread="" if span.spread is None else self._exact(span.spread),
            spread_days=span.spread_days,
        )

    def _causes(self, causes: Iterable[Cause]) -> list[pb.ExplanationCause]:
        return [
            pb.ExplanationCause(
                event=self._event(cause.number),
                kind=cause.kind,
                value_date=convert.day(cause.value_date),
            )
            for cause in causes
        ]

    def _event(self, number: int) -> str:
        return f"books/{self.book}/events/{event_text(self.key[0], number)}" if number else ""

    def _exact(self, minor: Fraction) -> str:
        """An exact amount in the major unit, as a fraction."""
        return str(minor / 10 ** EXPONENTS[self.currency])

    def _money(self, minor: int) -> money_pb2.Money:
        return convert.money(minor, self.currency)


def _require_near(day: date, business: date) -> None:
    if not business <= day <= business + timedelta(days=MAX_QUOTE_DAYS):
        raise DateNotOpen(
            f"a payoff is explained from {business} for {MAX_QUOTE_DAYS} days",
            business_date=business,
        )
