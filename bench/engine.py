"""The engine by itself, in one process without a server: quotes and a long fold."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from itertools import count

from ledger.calc.allocation import Component, Excess, Mode
from ledger.calc.periods import Frequency, InterestBasis, Unit, shifted
from ledger.calc.schedule import Method
from ledger.lending.agreements import quoted
from ledger.loan.events import Kind, LoanEvent
from ledger.loan.fold import advanced, fold
from ledger.loan.paying import quoted as payoff
from ledger.loan.state import State
from ledger.loan.terms import Agreement, Terms
from ledger.loan.trail import Trail
from ledger.money import Rounding

START = date(2024, 1, 15)
INSTALMENTS, EVENTS = 360, 500
MONTHLY = Frequency(Unit.MONTH, 1)
TERMS = Terms(
    currency="EUR",
    method=Method.EQUAL_INSTALMENTS,
    frequency=MONTHLY,
    basis=InterestBasis.ACT_365F,
    rounding=Rounding.HALF_UP,
    order=(Component.PENALTY, Component.FEE, Component.INTEREST, Component.PRINCIPAL),
    mode=Mode.BY_INSTALMENT,
    excess=Excess.CREDIT_BALANCE,
    min_rate=Fraction(0),
    max_rate=Fraction(1),
    min_amount=1,
    max_amount=10**9,
    min_instalments=1,
    max_instalments=INSTALMENTS,
    late_fee=500,
    late_fee_grace=10,
    penalty_rate=Fraction(12, 100),
)


def agreement(number: int) -> Agreement:
    """Another amount and rate for each number: only the dates can be remembered."""
    return Agreement(20_000_000 + number, Fraction(400 + number % 50, 10_000), INSTALMENTS)


def _a_second(call: Callable[[int], object], seconds: float) -> float:
    """Calls a second, after one to warm up."""
    call(0)
    begun = time.perf_counter()
    for number in count(1):
        call(number)
        passed = time.perf_counter() - begun
        if passed >= seconds:
            return number / passed
    raise AssertionError


def quote_schedule(seconds: float) -> float:
    """Schedules of new loans of 360 instalments, as of one day's customers; a second."""
    return _a_second(lambda n: quoted(TERMS, agreement(n), START), seconds)


def quote_payoff(seconds: float) -> float:
    """Payoffs of a loan of 360 instalments, on a day of the running month; a second."""
    state = quoted(TERMS, agreement(0), START)[0]
    return _a_second(
        lambda n: payoff(
            advanced(state, START + timedelta(days=n % 30), Trail()), START + timedelta(days=n % 30)
        ),
        seconds,
    )


def history() -> tuple[State, list[LoanEvent], date]:
    """A loan that was paid in two parts each month, and the day after the last of 500 events."""
    agreed = agreement(0)
    half = sum((row.principal + row.interest) for row in quoted(TERMS, agreed, START)[0].rows[:1])
    amount = {"amount": agreed.amount}
    events = [LoanEvent(1, Kind.APPROVED, START, amount)]
    events.append(LoanEvent(2, Kind.DISBURSED, START, amount))
    while len(events) < EVENTS:
        number = len(events)
        due = shifted(START, number // 2, MONTHLY)
        day = due - timedelta(days=9 * (number % 2))
        events.append(LoanEvent(number + 1, Kind.REPAID, day, {"amount": half // 2 + 1}))
    return State(TERMS, agreed, START), events, events[-1].value_date + timedelta(days=1)


def fold_long(seconds: float) -> float:
    """Folds of a loan with 500 events, from its opening; a second."""
    opened, events, through = history()
    return _a_second(lambda _: fold(opened, events, through), seconds)
