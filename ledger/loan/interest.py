"""The interest periods of a loan, and what a unit of balance earns in them: rates, pauses, days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import partial

from ledger.calc.conventional import nights_of as conventional_nights
from ledger.calc.periods import Period
from ledger.calc.rates import Course, Nights, coursed, nights_of
from ledger.frozen import replace
from ledger.loan.dating import periods_of
from ledger.loan.state import State
from ledger.loan.terms import Interest


def grid(state: State) -> tuple[Period, ...]:
    """The interest periods of the loan; empty before its start."""
    if state.start is None:
        return ()
    return state.grid or periods_of(state.terms, state.agreement, state.start)


def nights(state: State, period: Period) -> Nights:
    """The part of a year that nights inside a period count."""
    counting = state.terms.counting
    if counting:
        return conventional_nights(counting, period.start, period.due)
    return partial(nights_of, period, state.terms.basis)


def course(state: State, day: date) -> Course:
    """The annual rate in force on a day, the later steps, and the spells without interest."""
    later = [step for step in state.rates if step[0] > day]
    return Course(((day, state.rate_on(day)), *later), state.pauses)


def factor(state: State, period: Period, first: date, last: date) -> Fraction:
    """The exact interest on one unit of balance from one day of a period to another."""
    if not state.rates and not state.pauses:
        if (first, last) == (period.start, period.due):
            return state.agreement.rate * period.fraction
        return state.agreement.rate * nights(state, period)(first, last)
    if first >= last:
        return Fraction(0)
    found = coursed(
        replace(period, start=first, due=last), nights(state, period), course(state, first)
    )
    if found.factor is not None:
        return found.factor
    rate = state.rate_on(first) if found.rate is None else found.rate
    return rate * nights(state, period)(first, last)


def paused(state: State, day: date) -> bool:
    """Whether the night after a day bears no interest."""
    return any(begin <= day < end for begin, end in state.pauses)


def scheduled_balance(state: State, day: date) -> int:
    """The principal that the schedule has outstanding on a day, whatever was really paid."""
    return sum(row.principal for row in state.rows if row.due > day)


def carried(state: State, day: date, period: Period) -> Fraction:
    """The exact interest of the running period so far, on the schedule's balance or the real."""
    if day <= period.start:
        return Fraction(0)
    if state.terms.interest is Interest.DAILY:
        return state.interest.exact(day) if state.interest else Fraction(0)
    noted = state.spell_day is not None and state.spell_day > period.start
    since, before = (state.spell_day, state.spell) if noted else (period.start, Fraction(0))
    # What falls due on the day was outstanding until then.
    balance = scheduled_balance(state, day - timedelta(days=1))
    return before + balance * factor(state, period, since or day, day)


def spells(state: State, periods: Sequence[Period], first: date) -> list[Period]:
    """Periods from a day on, with the rates and pauses that are known."""
    head = periods[0]
    if not state.rates and not state.pauses:
        if first == head.start:
            return list(periods)
        rest = nights(state, head)(first, head.due)
        return [replace(head, fraction=rest), *periods[1:]]
    rates = course(state, first)
    found = []
    for period in periods:
        weigh = nights(state, period)
        begin = max(first, period.start)
        spell = coursed(replace(period, start=begin), weigh, rates)
        found.append(replace(spell, start=period.start, fraction=weigh(begin, period.due)))
    return found
