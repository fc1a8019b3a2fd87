"""The interest periods that terms, an agreement and a start make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import lru_cache

from ledger.calc.conventional import Counting, conventional_periods
from ledger.calc.day_count import PLAIN, DayCount, year_fraction
from ledger.calc.periods import (
    Frequency,
    InterestBasis,
    Measure,
    Period,
    due_dates,
    measure_between,
    periods,
    rolled_periods,
    shifted,
)
from ledger.calc.schedule import Method
from ledger.loan.terms import Agreement, Terms


@lru_cache(maxsize=4096)
def loan_periods(
    start: date,
    count: int,
    frequency: Frequency,
    basis: InterestBasis,
    first_due: date | None,
    dues: tuple[date, ...],
    single: bool,
) -> tuple[Period, ...]:
    """The interest periods of a loan; a single repayment has one that spans them all."""
    found = periods(start, count, frequency, basis, first_due)
    if dues:
        found = tuple(
            period_between(no, begin, due, frequency, basis, last=no == len(dues))
            for no, (begin, due) in enumerate(zip([start, *dues], dues, strict=False), start=1)
        )
    if not single:
        return found
    whole = periods(start, 1, frequency, basis, found[-1].due)[0]
    if basis is InterestBasis.PERIOD and first_due is None:
        total = sum((period.fraction for period in found), Fraction(0))
        whole = Period(1, start, found[-1].due, total, total)
    return (whole,)


def periods_of(terms: Terms, agreement: Agreement, start: date) -> tuple[Period, ...]:
    """The periods of a loan that starts on a day."""
    if agreement.planned and not terms.counting:
        return _rolled(terms, agreement, start)
    if terms.counting:
        dates = agreement.dues or tuple(
            due_dates(start, agreement.instalments, terms.frequency, agreement.first_due)
        )
        return _conventional(start, dates, terms.counting)
    return loan_periods(
        start,
        agreement.instalments,
        terms.frequency,
        terms.basis,
        agreement.first_due,
        agreement.dues,
        terms.method is Method.SINGLE_REPAYMENT,
    )


def _rolled(terms: Terms, agreement: Agreement, start: date) -> tuple[Period, ...]:
    """Periods whose due dates rolled to business days, and their interest with them or not."""
    pairs = tuple(zip(agreement.dues, agreement.planned, strict=True))
    single = terms.method is Method.SINGLE_REPAYMENT
    stub = agreement.first_due is not None
    return _rolled_periods(
        start, pairs, terms.frequency, terms.basis, stub, terms.interest_follows, single
    )


@lru_cache(maxsize=4096)
def _rolled_periods(
    start: date,
    pairs: tuple[tuple[date, date], ...],
    frequency: Frequency,
    basis: InterestBasis,
    stub: bool,
    follows: bool,
    single: bool,
) -> tuple[Period, ...]:
    found = rolled_periods(start, pairs, frequency, basis, stub=stub, follows=follows)
    if not single:
        return found
    whole = rolled_periods(start, pairs[-1:], frequency, basis, stub=True, follows=follows)[0]
    if basis is InterestBasis.PERIOD:
        total = sum((period.fraction for period in found), Fraction(0))
        whole = replace(whole, fraction=total, level=total)
    return (whole,)


@lru_cache(maxsize=1024)
def _conventional(start: date, dates: tuple[date, ...], counting: Counting) -> tuple[Period, ...]:
    return conventional_periods(start, dates, counting, [(start, Fraction(0))])


def period_between(
    no: int,
    begin: date,
    due: date,
    frequency: Frequency,
    basis: InterestBasis,
    *,
    last: bool = False,
) -> Period:
    """One interest period by itself; on basis PERIOD one that is not whole counts ACT/365F."""
    if basis is not InterestBasis.PERIOD:
        measure = measure_between(begin, due, frequency, basis, last=last)
        context = measure.context if measure else PLAIN
        fraction = year_fraction(DayCount(basis.value), begin, due, context)
        return Period(no, begin, due, fraction, fraction, measure=measure)
    plain = 1 / frequency.per_year
    whole = shifted(begin, 1, frequency) == due
    return Period(no, begin, due, plain if whole else Fraction((due - begin).days, 365), plain)


def joined(spell: Sequence[Period], frequency: Frequency, basis: InterestBasis) -> Period:
    """Periods that follow one another as one, with the number of the first."""
    first, last = spell[0], spell[-1]
    if not any(period.measure for period in spell):
        fraction = sum((period.fraction for period in spell), Fraction(0))
        level = sum((period.level for period in spell), Fraction(0))
        return Period(first.no, first.start, last.due, fraction, level)
    since = first.measure.since if first.measure else first.start
    until = last.measure.until if last.measure else last.due
    own = measure_between(since, until, frequency, basis, last=_terminates(last))
    measure = own or Measure(since, until)
    fraction = year_fraction(DayCount(basis.value), since, until, measure.context)
    return Period(first.no, first.start, last.due, fraction, fraction, measure=measure)


def continued(last: Period, frequency: Frequency, basis: InterestBasis) -> Period:
    """What was the last period, where others follow it now."""
    return joined([replace(last, measure=_open(last))], frequency, basis)


def _open(period: Period) -> Measure | None:
    measure = period.measure
    return replace(measure, context=PLAIN) if measure and _terminates(period) else measure


def _terminates(period: Period) -> bool:
    return period.measure is not None and period.measure.context.end_is_termination
