"""The state of a loan at the start of a day: frozen, and small enough to be stored often."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from ledger.book.chart import CONTROL_ROLE, Part
from ledger.calc.accrual import Line
from ledger.calc.periods import Period
from ledger.calc.shape import Shape
from ledger.frozen import replace
from ledger.loan.floating import Floating
from ledger.loan.instalments import Instalment, due_of
from ledger.loan.terms import Agreement, Terms


class Status(StrEnum):
    """Where a loan stands in its life."""

    APPLIED = "applied"
    APPROVED = "approved"
    ACTIVE = "active"
    REPAID = "repaid"
    WRITTEN_OFF = "written_off"
    SOLD = "sold"
    CLOSED = "closed"


class Stage(StrEnum):
    """How the books carry the loan: as an asset, with interest off balance, or charged off."""

    PERFORMING = "performing"
    SUSPENDED = "suspended"
    CHARGED_OFF = "charged_off"
    CHARGED_OFF_FRAUD = "charged_off_fraud"


#: What a borrower owes.
OWED = (Part.PRINCIPAL, Part.INTEREST, Part.FEE, Part.PENALTY)
_DRAWABLE = frozenset({Status.APPROVED, Status.ACTIVE, Status.REPAID})
OFF_BOOKS = frozenset({Stage.CHARGED_OFF, Stage.CHARGED_OFF_FRAUD})


def carried_as(stage: Stage, owed: Mapping[Part, int], kept: Mapping[Part, int]) -> dict[Part, int]:
    """The components under which the books carry what is owed and what is kept."""
    found = {**owed, **kept}
    if stage in OFF_BOOKS:
        found |= {**dict.fromkeys(OWED, 0)}
        found[Part.WRITTEN_OFF] += sum(owed.values())
    elif stage is Stage.SUSPENDED:
        found[Part.SUSPENDED] = found.pop(Part.INTEREST) + found.pop(Part.PENALTY)
    return found


@dataclass(frozen=True)  # without slots `replace` is faster
class Charge:
    """A fee or penalty of a certain amount, due on a day; income once `booked`.

    `event` and `no` tell it apart: the number of the event that brought it (0 for what time brings)
    and a running number of the loan. `returned` is what adjustments gave back of it.
    """

    no: int
    event: int
    part: Part
    due: date
    amount: int
    paid: int = 0
    waived: int = 0
    booked: bool = True
    returned: int = 0

    @property
    def open(self) -> int:
        """What is still to pay."""
        return self.amount - self.paid - self.waived


@dataclass(frozen=True)  # without slots `replace` is faster
class State:
    """A loan after all that happened before or on `as_of`; amounts in minor units.

    Interest owed on a day = interest_settled + the interest line on that day, where the line counts
    from the start of the running period and `interest_settled` is what earlier periods accrued less
    what was paid, waived or written off. Penalty interest likewise, its line never restarts.
    `rates` and `pauses` are the steps of the annual rate and the spells without interest;
    `grid` are the interest periods where they are no longer those of the terms. `booked_through`
    tells that the interest of rows due until then was recognised ahead, when nothing was owed.
    `adjustment` are fees of the yield not yet earned, `earnings` what due dates to come earn of
    them. `commitment` is the fee on what may still be drawn since it was last charged. `spell` is
    the exact interest of a scheduled period until `spell_day`, when its balance changed. A loan
    that another system kept before has its cut-over date in `imported`; its rows begin with the
    number `first_no`, and those due before `late_fees_from` bring no late fee. `settled` follows
    from the rows and is kept lest all be looked at again at each step: rows as they once were, and
    how many of the first ones were settled.
    """

    terms: Terms
    agreement: Agreement
    as_of: date
    status: Status = Status.APPLIED
    approved: int = 0
    disbursed: int = 0
    start: date | None = None
    principal: int = 0
    credit: int = 0
    written_off: int = 0
    level: int = 0
    interest_settled: int = 0
    penalty_settled: int = 0
    interest: Line | None = None
    penalty: Line | None = None
    rows: tuple[Instalment, ...] = ()
    next_date: date | None = None
    charges: tuple[Charge, ...] = ()
    rates: tuple[tuple[date, Fraction], ...] = ()
    pauses: tuple[tuple[date, date], ...] = ()
    grid: tuple[Period, ...] = ()
    spell: Fraction = Fraction(0)
    spell_day: date | None = None
    stage: Stage = Stage.PERFORMING
    fraud: bool = False
    booked_through: date | None = None
    borrowing: int = 0
    adjustment: int = 0
    earnings: tuple[tuple[date, int], ...] = ()
    refinanced_into: str = ""
    commitment: Line | None = None
    imported: date | None = None
    first_no: int = 1
    late_fees_from: date | None = None
    settled: tuple[tuple[Instalment, ...], int] = field(default=((), 0), repr=False, compare=False)

    @property
    def fee(self) -> int:
        """Fees that were charged and are not paid or waived."""
        return sum(c.open for c in self.charges if c.part is Part.FEE and c.booked) - sum(
            c.paid + c.waived for c in self.charges if c.part is Part.FEE and not c.booked
        )

    @property
    def penalty_charges(self) -> int:
        """Penalties of a certain amount, charged and not paid or waived."""
        return sum(c.open for c in self.charges if c.part is Part.PENALTY and c.booked) - sum(
            c.paid + c.waived for c in self.charges if c.part is Part.PENALTY and not c.booked
        )

    @property
    def shape(self) -> Shape:
        """What bends the loan's schedule."""
        return self.agreement.shape or self.terms.shape

    @property
    def floating(self) -> Floating | None:
        """The index that the rate follows, at the margin that the loan agreed on."""
        found, margin = self.terms.floating, self.agreement.margin
        return found if found is None or margin is None else replace(found, margin=margin)

    @property
    def undisbursed(self) -> int:
        """The approved amount less what was paid out, or for a line less what is drawn."""
        used = self.principal if self.terms.revolving else self.disbursed
        return max(self.approved - used, 0)

    def undrawn(self, day: date) -> int:
        """What may still be paid out: up to the last due date, and not once it is charged off."""
        ended = self.start is not None and not (self.rows and self.rows[-1].due > day)
        if ended or self.stage in OFF_BOOKS or self.status not in _DRAWABLE:
            return 0
        return self.undisbursed

    @property
    def foreseen(self) -> tuple[tuple[int, Fraction], ...]:
        """Annual rates of later instalments, as agreed before the loan began: (number, rate)."""
        return self.agreement.steps or tuple(
            (step.instalment, self.agreement.rate + step.added) for step in self.terms.rate_steps
        )

    @property
    def rate(self) -> Fraction:
        """The annual rate in force."""
        return self.rate_on(self.as_of)

    def penalty_rate_on(self, day: date) -> Fraction:
        """The annual rate on what is overdue in the night after a day."""
        return self.terms.penalty_rate + self.terms.penalty_multiple * self.rate_on(day)

    def rate_on(self, day: date) -> Fraction:
        """The annual rate in force on a day."""
        found = self.agreement.rate
        for since, rate in self.rates:
            if since > day:
                break
            found = rate
        return found

    def interest_owed(self, day: date) -> int:
        """Interest accrued and not settled at the start of a day, in minor units."""
        line = self.interest
        return self.interest_settled + (line.at(day, self.terms.rounding) if line else 0)

    def penalty_owed(self, day: date) -> int:
        """Penalties accrued or charged and not settled at the start of a day, in minor units."""
        line = self.penalty
        accrued = line.at(day, self.terms.rounding) if line else 0
        return self.penalty_settled + accrued + self.penalty_charges

    def owed(self, day: date) -> dict[Part, int]:
        """What the borrower owes at the start of a day by component, on the books or off them."""
        return {
            Part.PRINCIPAL: self.principal,
            Part.INTEREST: self.interest_owed(day),
            Part.FEE: self.fee,
            Part.PENALTY: self.penalty_owed(day),
        }

    def balances(self, day: date) -> dict[Part, int]:
        """What each control account holds for this loan at the start of a day."""
        kept = {
            Part.CREDIT: self.credit,
            Part.WRITTEN_OFF: self.written_off,
            Part.BORROWING: self.borrowing,
            Part.ADJUSTMENT: self.adjustment,
        }
        return dict.fromkeys(CONTROL_ROLE, 0) | carried_as(self.stage, self.owed(day), kept)

    def row(self, no: int) -> Instalment:
        """The row of a number: rows are numbered one after the other."""
        return self.rows[no - self.first_no]

    def brings_late_fee(self, row: Instalment) -> bool:
        """Whether a row left unpaid brings late fees; another system has charged the older ones."""
        return self.late_fees_from is None or row.due >= self.late_fees_from

    def due_rows(self, day: date) -> tuple[Instalment, ...]:
        """Rows that fall due on or before a day and are not fully paid."""
        return tuple(row for row in self.open_rows(day) if row.unpaid)

    @property
    def next_due(self) -> date | None:
        """The next due date on which something is still to pay, of a loan that is paid back."""
        if self.status is not Status.ACTIVE:
            return None
        begin = bisect_right(self.rows, self.as_of, key=due_of)
        return next((row.due for row in self.rows[begin:] if row.unpaid), None)

    def oldest_due(self, day: date) -> date | None:
        """The due date of the oldest unpaid instalment, from which days past due are counted."""
        return next((row.due for row in self.open_rows(day) if row.unpaid), None)

    @property
    def first_open(self) -> int:
        """A place before which all rows are settled: known of rows that are the same as before."""
        rows, place = self.settled
        return place if rows is self.rows or rows[:place] == self.rows[:place] else 0

    def open_rows(self, day: date) -> tuple[Instalment, ...]:
        """Rows due on a day or before, without the first ones that are settled."""
        first = self.first_open
        return self.rows[first : bisect_right(self.rows, day, first, key=due_of)]
