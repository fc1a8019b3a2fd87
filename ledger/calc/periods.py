"""Interest periods: what of a year each one counts, and how much of it by a day inside."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import islice
from typing import NamedTuple

from ledger.calc.calendar import Calendar, Roll, adjusted
from ledger.calc.day_count import PLAIN, Context, DayCount, year_fraction
from ledger.calc.due_dates import (
    Frequency,
    Stub,
    Unit,
    all_due_dates,
    due_dates,
    due_dates_until,
    shifted,
)

__all__ = [
    "Frequency",
    "InterestBasis",
    "Measure",
    "Period",
    "Stub",
    "Unit",
    "accrued_fraction",
    "due_dates",
    "due_dates_until",
    "periods",
    "shifted",
]


class InterestBasis(StrEnum):
    """How the interest of a period is measured: the same for each period, or by a day count."""

    PERIOD = "period"
    ACT_365F = "act_365f"
    ACT_360 = "act_360"
    ACT_ACT_ISDA = "act_act_isda"
    ACT_ACT_ICMA = "act_act_icma"
    ACT_365L = "act_365l"
    NL_365 = "nl_365"
    THIRTY_360_US = "thirty_360_us"
    THIRTY_360_BOND = "thirty_360_bond"
    THIRTY_E_360 = "thirty_e_360"
    THIRTY_E_360_ISDA = "thirty_e_360_isda"


_DAY_COUNTS = {
    basis: DayCount(basis.value) for basis in InterestBasis if basis is not InterestBasis.PERIOD
}


@dataclass(frozen=True, slots=True)
class Measure:
    """What a day count needs to know of a period beside its dates.

    Interest runs from `since` to `until`, which differ from the period's start and due where
    payment dates are rolled and interest is not.
    """

    since: date
    until: date
    context: Context = PLAIN


@dataclass(frozen=True, slots=True)
class Period:
    """An interest period: its `fraction` of a year, and `level` for the level instalment.

    `rate` is the annual rate in force at its end, where that is not the loan's. `factor` is the
    exact interest on 1, where that is not rate x fraction: the rate changed or rested inside it.
    """

    no: int
    start: date
    due: date
    fraction: Fraction
    level: Fraction
    rate: Fraction | None = None
    factor: Fraction | None = None
    measure: Measure | None = None


class _Span(NamedTuple):
    """A period's dates: its own, those of its interest, and its due date before it rolled."""

    start: date
    due: date
    since: date
    until: date
    planned: date


def periods(
    start: date,
    count: int,
    frequency: Frequency,
    basis: InterestBasis,
    first_due: date | None = None,
    *,
    due_day: int | None = None,
    calendar: Calendar | None = None,
    roll: Roll = Roll.UNADJUSTED,
    interest_follows: bool = True,
) -> tuple[Period, ...]:
    """The periods of a loan; on basis PERIOD a stub counts ACT/365F.

    `due_day` is as in `due_dates`. With a calendar, due dates roll to business days, and interest
    periods with them if `interest_follows`; dates that roll onto one another are one due date.
    """
    if calendar is None or roll is Roll.UNADJUSTED:
        planned = all_due_dates(start, frequency, first_due, due_day)
        pairs = [(day, day) for day in islice(planned, count)]
    else:
        pairs = rolled_dues(start, count, frequency, first_due, calendar, roll, due_day)
    stub = first_due is not None or _stubbed(start, frequency, due_day)
    return rolled_periods(start, pairs, frequency, basis, stub=stub, follows=interest_follows)


def rolled_dues(
    start: date,
    count: int,
    frequency: Frequency,
    first_due: date | None,
    calendar: Calendar,
    roll: Roll,
    due_day: int | None = None,
) -> list[tuple[date, date]]:
    """(due date on a business day, due date before it rolled) of so many instalments."""
    planned = all_due_dates(start, frequency, first_due, due_day)
    rolled = ((adjusted(day, roll, calendar), day) for day in planned)
    return list(islice(_ascending(start, rolled), count))


def rolled_periods(
    start: date,
    pairs: Sequence[tuple[date, date]],
    frequency: Frequency,
    basis: InterestBasis,
    *,
    stub: bool,
    follows: bool,
) -> tuple[Period, ...]:
    """Periods between due dates, each given with the one before it rolled.

    `stub` tells that the first is not whole, `follows` that interest runs by the rolled dates.
    """
    spans = list(_spans(start, pairs, follows))
    plain = 1 / frequency.per_year
    if basis is InterestBasis.PERIOD:
        first = Fraction((spans[0].until - spans[0].since).days, 365) if stub else plain
        return tuple(
            Period(no, one.start, one.due, first if no == 1 else plain, plain)
            for no, one in enumerate(spans, start=1)
        )
    contexts, convention = _contexts(spans, frequency, basis, stub), _DAY_COUNTS[basis]
    return tuple(
        _counted(no, span, convention, context)
        for no, (span, context) in enumerate(zip(spans, contexts, strict=True), start=1)
    )


def _ascending(start: date, rolled: Iterable[tuple[date, date]]) -> Iterator[tuple[date, date]]:
    last = start
    for due, planned in rolled:
        if due > last:
            yield due, planned
            last = due


def _spans(
    start: date, pairs: Sequence[tuple[date, date]], interest_follows: bool
) -> Iterator[_Span]:
    begin = since = start
    for due, planned in pairs:
        until = due if interest_follows else planned
        yield _Span(begin, due, since, until, planned)
        begin, since = due, until


def _counted(no: int, span: _Span, convention: DayCount, context: Context) -> Period:
    start, due, since, until, _ = span
    fraction = year_fraction(convention, since, until, context)
    if context is PLAIN and since == start and until == due:
        return Period(no, start, due, fraction, fraction)
    return Period(no, start, due, fraction, fraction, measure=Measure(since, until, context))


def _stubbed(start: date, frequency: Frequency, due_day: int | None) -> bool:
    """Whether the days that due dates fall on leave the first period less or more than whole."""
    if frequency.unit is Unit.SEMI_MONTH:
        return shifted(shifted(start, 1, frequency), -1, frequency) != start
    fixed = due_dates(start, 1, frequency, due_day=due_day)
    return due_day is not None and fixed != due_dates(start, 1, frequency)


def _contexts(
    spans: Sequence[_Span], frequency: Frequency, basis: InterestBasis, stub: bool
) -> list[Context]:
    """What the day count of each period has to know."""
    per_year = frequency.per_year
    found = [PLAIN] * len(spans)
    if basis is InterestBasis.ACT_365L:
        return [Context(periods_per_year=per_year, period_end=span.until) for span in spans]
    if basis is InterestBasis.THIRTY_E_360_ISDA:
        return [*found[:-1], Context(end_is_termination=True)]
    if basis is InterestBasis.ACT_ACT_ICMA:
        regular = _regular(spans, frequency, stub)
        return [
            Context(notional_boundaries=_around(regular, span), periods_per_year=per_year)
            for span in spans
        ]
    return found


def measure_between(
    begin: date, end: date, frequency: Frequency, basis: InterestBasis, *, last: bool
) -> Measure | None:
    """What the day count has to know of a period by itself, where its dates do not say it.

    `last` tells that the loan ends with it.
    """
    if basis is InterestBasis.PERIOD or (basis is InterestBasis.THIRTY_E_360_ISDA and not last):
        return None
    span, stub = _Span(begin, end, begin, end, end), shifted(begin, 1, frequency) != end
    context = _contexts([span], frequency, basis, stub)[0]
    return None if context is PLAIN else Measure(begin, end, context)


def _regular(spans: Sequence[_Span], frequency: Frequency, stub: bool) -> list[date]:
    """The dates between which a year is divided evenly: a stub is part of the periods before."""
    start, dues = spans[0].start, [span.planned for span in spans]
    back = [start]
    if stub:
        back = [shifted(dues[0], -1, frequency)]
        while back[0] > start:
            back.insert(0, shifted(dues[0], -len(back) - 1, frequency))
    return [*back, *dues, shifted(dues[-1], 1, frequency)]


def _around(regular: Sequence[date], span: _Span) -> tuple[date, ...]:
    first = max(bisect_right(regular, span.since) - 1, 0)
    return tuple(regular[first : bisect_left(regular, span.until) + 1])


def accrued_fraction(period: Period, basis: InterestBasis, day: date) -> Fraction:
    """The part of a year from the period's start to a day in it; all of it on the due date.

    Where interest runs by other dates than payment, its first night takes up what lies before it.
    """
    if basis is InterestBasis.PERIOD:
        days, whole = (day - period.start).days, (period.due - period.start).days
        return period.fraction * days / whole
    measure = period.measure
    if measure is None:
        return year_fraction(_DAY_COUNTS[basis], period.start, day)
    if day <= period.start:
        return Fraction(0)
    ended = day >= period.due
    end = measure.until if ended else min(max(day, measure.since), measure.until)
    context = measure.context if ended or not measure.context.end_is_termination else PLAIN
    return year_fraction(_DAY_COUNTS[basis], measure.since, end, context)
