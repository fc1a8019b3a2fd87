"""The state of a loan at the start of a day: frozen, and small enough to be stored often."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ledger.book.chart import Part
from ledger.calc.accrual import Line
from ledger.loan.terms import Agreement, Terms


class Status(StrEnum):
    """Where a loan stands in its life."""

    APPLIED = "applied"
    APPROVED = "approved"
    ACTIVE = "active"
    REPAID = "repaid"
    WRITTEN_OFF = "written_off"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Instalment:
    """A row of the schedule; `interest` is projected until the due date, then actual."""

    no: int
    start: date
    due: date
    principal: int
    interest: int
    principal_paid: int = 0
    interest_paid: int = 0

    @property
    def unpaid(self) -> int:
        """Principal and interest still to pay; never negative."""
        return max(self.principal - self.principal_paid, 0) + max(
            self.interest - self.interest_paid, 0
        )


@dataclass(frozen=True, slots=True)
class State:
    """A loan after all that happened before or on `as_of`; amounts in minor units.

    Interest owed on a day = interest_settled + the interest line on that day, where the line counts
    from the start of the running period and `interest_settled` is what earlier periods accrued less
    what was paid, waived or written off. Penalty interest likewise, its line never restarts.
    """

    terms: Terms
    agreement: Agreement
    as_of: date
    status: Status = Status.APPLIED
    approved: int = 0
    disbursed: int = 0
    start: date | None = None
    principal: int = 0
    fee: int = 0
    credit: int = 0
    written_off: int = 0
    level: int = 0
    interest_settled: int = 0
    penalty_settled: int = 0
    interest: Line | None = None
    penalty: Line | None = None
    rows: tuple[Instalment, ...] = ()
    next_date: date | None = None

    def interest_owed(self, day: date) -> int:
        """Interest accrued and not settled at the start of a day, in minor units."""
        line = self.interest
        return self.interest_settled + (line.at(day, self.terms.rounding) if line else 0)

    def penalty_owed(self, day: date) -> int:
        """Penalty interest accrued and not settled at the start of a day, in minor units."""
        line = self.penalty
        return self.penalty_settled + (line.at(day, self.terms.rounding) if line else 0)

    def balances(self, day: date) -> dict[Part, int]:
        """What each control account holds for this loan at the start of a day."""
        return {
            Part.PRINCIPAL: self.principal,
            Part.INTEREST: self.interest_owed(day),
            Part.FEE: self.fee,
            Part.PENALTY: self.penalty_owed(day),
            Part.CREDIT: self.credit,
            Part.WRITTEN_OFF: self.written_off,
        }

    def due_rows(self, day: date) -> tuple[Instalment, ...]:
        """Rows that fall due on or before a day and are not fully paid."""
        return tuple(row for row in self.rows if row.due <= day and row.unpaid)

    def oldest_due(self, day: date) -> date | None:
        """The due date of the oldest unpaid instalment, from which days past due are counted."""
        return next((row.due for row in self.rows if row.due <= day and row.unpaid), None)
