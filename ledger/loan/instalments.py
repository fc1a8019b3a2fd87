"""A row of a loan's schedule, and rows by their due dates."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date
from enum import StrEnum
from operator import attrgetter
from typing import NamedTuple

#: By what rows and periods are bisected: both are in the order of their due dates.
due_of = attrgetter("due")


class RowKind(StrEnum):
    """What an instalment is: of the plan, a down payment, or added after the plan."""

    REGULAR = "regular"
    DOWN_PAYMENT = "down_payment"
    EXTRA = "extra"


class Instalment(NamedTuple):
    """A row of the schedule; `interest` is projected until the due date, then actual.

    A tuple, as a loan has hundreds and each step of its life makes some anew.
    """

    no: int
    start: date
    due: date
    principal: int
    interest: int
    principal_paid: int = 0
    interest_paid: int = 0
    kind: RowKind = RowKind.REGULAR

    @property
    def unpaid(self) -> int:
        """Principal and interest still to pay; never negative."""
        principal = self.principal - self.principal_paid
        interest = self.interest - self.interest_paid
        return (principal if principal > 0 else 0) + (interest if interest > 0 else 0)

    @property
    def settled(self) -> bool:
        """Whether nothing can be asked for any more: all principal is paid, and no more than it."""
        return self.principal == self.principal_paid and self.interest <= self.interest_paid

    @property
    def principal_open(self) -> int:
        """Principal still to pay; never negative."""
        return max(self.principal - self.principal_paid, 0)

    @property
    def interest_open(self) -> int:
        """Interest still to pay; never negative."""
        return max(self.interest - self.interest_paid, 0)


def due_by(rows: tuple[Instalment, ...], day: date) -> tuple[Instalment, ...]:
    """The rows that are due on a day or before; rows are in the order of their due dates."""
    return rows[: bisect_right(rows, day, key=due_of)]


def due_on(rows: tuple[Instalment, ...], day: date) -> tuple[Instalment, ...]:
    """The rows that fall due on a day."""
    first = bisect_left(rows, day, key=due_of)
    return rows[first : bisect_right(rows, day, first, key=due_of)]


def settled_from(rows: tuple[Instalment, ...], place: int) -> int:
    """The place of the first row that is not settled, from a place before which all are."""
    while place < len(rows) and rows[place].settled:
        place += 1
    return place
