"""A loan of another system for tests: a thousand of principal a month, and five days past due."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from ledger.calc.schedule import Method
from ledger.loan.events import Kind, LoanEvent
from ledger.loan.fold import applied
from ledger.loan.instalments import Instalment
from ledger.loan.position import Position, position_from, position_object
from ledger.loan.state import State
from ledger.loan.terms import Agreement, Terms
from ledger.loan.trail import Trail
from tests.loan.monthly import monthly

CUT = date(2024, 4, 20)
#: 12,000.00 at 12 % a year lent on 15 October, a thousand of principal each month.
AGREED = Agreement(1_200_000, Fraction(12, 100), 12)
BEGUN = date(2023, 10, 15)


def fifteenth(month: int) -> date:
    return date(2024, month, 15)


#: Six instalments of 1,000.00; of the first, five days past due, 20.00 of the interest is paid.
ROWS = (
    Instalment(6, fifteenth(3), fifteenth(4), 100_000, 7_000, 0, 2_000),
    *(Instalment(n + 3, fifteenth(n), fifteenth(n + 1), 100_000, (9 - n) * 1_000)
      for n in range(4, 9)),
)  # fmt: skip
#: Of the running period 50.00 x 5/30 = 8.33 has accrued on the 5,000.00 that are not yet due.
POSITION = Position(BEGUN, AGREED, 1_200_000, 600_000, 5_000 + 833, rows=ROWS)


def terms(**more: Any) -> Terms:
    return monthly(method=Method.EQUAL_PRINCIPAL, **more)


def imported(position: Position, day: date = CUT, trail: Trail | None = None, **more: Any) -> State:
    details = position_object(position)
    assert position_from(details) == position
    event = LoanEvent(2, Kind.IMPORTED, day, {"amount": position.principal}, details)
    opened = State(terms(**more), position.agreement, day)
    return applied(opened, event, trail if trail is not None else Trail())


def happened(state: State, kind: Kind, day: date, amount: int = 0, **details: Any) -> State:
    amounts = {"amount": amount} if amount else {}
    return applied(state, LoanEvent(9, kind, day, amounts, details), Trail())


def held(state: State, day: date) -> dict[str, int]:
    return {part.value: n for part, n in state.balances(day).items() if n}
