"""An open position: a running loan as another system kept it at the start of its cut-over day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from ledger.book.chart import Part
from ledger.calc.periods import Period
from ledger.frozen import replace
from ledger.loan.codec import agreement_from, agreement_object
from ledger.loan.instalments import Instalment
from ledger.loan.plain import changed, changes
from ledger.loan.state import Stage, State
from ledger.loan.terms import Agreement

#: The start of a first row that does not tell it: the product's terms do.
UNTOLD = date.min


@dataclass(frozen=True, slots=True)
class OpenCharge:
    """A fee or a penalty of a certain amount that is still to pay, in minor units."""

    part: Part
    due: date
    amount: int


@dataclass(frozen=True, slots=True)
class Position:
    """What a loan comes with, after what falls due on the cut-over day has fallen due.

    Amounts in minor units, rates a year. `agreement` is what was agreed at the `start`, with the
    amount approved. `interest` is accrued and unpaid, `penalty` likewise without the `charges`.
    `rate` is the one in force where it is not the agreed one, `rates` are later steps. Without
    `rows` the product plans what is left. `instalment` is the level one. `interest_exact` and
    `penalty_exact` are unrounded: what the running period accrued, and what `penalty` stands for.
    `adjustment` are fees not yet earned, `earnings` what due dates to come earn of them.
    `penalty_paid` is penalty interest that was settled before, which a cap counts as well;
    `commitment` the exact fee on what was not drawn since it was last charged. `pauses` are spells
    without interest that are not over, `fraud` is the mark that a charge-off follows, `grid` are
    the interest periods where a change of the contract made them others than the terms do.
    """

    start: date
    agreement: Agreement
    disbursed: int
    principal: int = 0
    interest: int = 0
    penalty: int = 0
    charges: tuple[OpenCharge, ...] = ()
    credit: int = 0
    adjustment: int = 0
    written_off: int = 0
    stage: Stage = Stage.PERFORMING
    rate: Fraction | None = None
    rates: tuple[tuple[date, Fraction], ...] = ()
    rows: tuple[Instalment, ...] = ()
    instalment: int = 0
    interest_exact: Fraction | None = None
    penalty_exact: Fraction | None = None
    penalty_paid: int = 0
    commitment: Fraction = Fraction(0)
    earnings: tuple[tuple[date, int], ...] = ()
    late_fees_from: date | None = None
    pauses: tuple[tuple[date, date], ...] = ()
    fraud: bool = False
    grid: tuple[Period, ...] = ()

    def due_rows(self, day: date) -> tuple[Instalment, ...]:
        """The rows that are due on a day or before."""
        return tuple(row for row in self.rows if row.due <= day)

    def running(self, day: date) -> int:
        """What the running period has accrued: the interest that no due row holds.

        What was paid ahead of rows to come lowers the interest that is owed, not what accrued.
        """
        ahead = sum(row.interest_paid for row in self.rows if row.due > day)
        return self.interest - sum(row.interest_open for row in self.due_rows(day)) + ahead

    def charged(self, part: Part, day: date) -> int:
        """Open charges of a component that were due by a day."""
        return sum(c.amount for c in self.charges if c.part is part and c.due <= day)

    def owed(self, day: date) -> dict[Part, int]:
        """The components that control totals add up: what is owed, held, deferred and given up."""
        return {
            Part.PRINCIPAL: self.principal,
            Part.INTEREST: self.interest,
            Part.FEE: self.charged(Part.FEE, day),
            Part.PENALTY: self.penalty + self.charged(Part.PENALTY, day),
            Part.CREDIT: self.credit,
            Part.WRITTEN_OFF: self.written_off,
            Part.ADJUSTMENT: self.adjustment,
        }

    @property
    def only_memo(self) -> bool:
        """Whether nothing is left but what was written off."""
        open_ = (self.principal, self.interest, self.penalty, self.rows, self.charges)
        return bool(self.written_off) and not any(open_)


_FIELDS = (
    *("start", "disbursed", "principal", "interest", "penalty", "charges", "credit"),
    *("adjustment", "written_off", "stage", "rate", "rates", "rows", "instalment"),
    *("interest_exact", "penalty_exact", "penalty_paid", "commitment"),
    *("earnings", "late_fees_from", "pauses", "fraud", "grid"),
)


def position_object(found: Position) -> dict[str, Any]:
    """A position as plain values, as its event keeps it; what is at its default is left out."""
    return {"agreement": agreement_object(found.agreement), **changes(found, _FIELDS)}


def position_from(found: Mapping[str, Any]) -> Position:
    """The inverse of `position_object`."""
    return Position(
        agreement=agreement_from(found["agreement"]), **changed(Position, found, _FIELDS)
    )


def position_of(state: State, day: date) -> Position:
    """The position of a loan of ours that was advanced to a day, exactly as it stands."""
    rate, interest, penalty = state.rate_on(day), state.interest, state.penalty
    found = Position(
        start=state.start or day,
        agreement=replace(state.agreement, amount=state.approved),
        disbursed=state.disbursed,
        principal=state.principal,
        interest=state.interest_owed(day),
        penalty=state.penalty_owed(day) - state.penalty_charges,
        charges=tuple(OpenCharge(c.part, c.due, c.open) for c in state.charges if c.open),
        credit=state.credit,
        adjustment=state.adjustment,
        stage=state.stage,
        rate=None if rate == state.agreement.rate else rate,
        rates=tuple(step for step in state.rates if step[0] > day),
        rows=state.rows,
        instalment=state.level,
        interest_exact=interest.exact(day) if interest else None,
        penalty_exact=penalty.exact(day) + state.penalty_settled if penalty else None,
        penalty_paid=-state.penalty_settled,
        commitment=state.commitment.exact(day) if state.commitment else Fraction(0),
        earnings=state.earnings,
        late_fees_from=state.late_fees_from or state.start,
        pauses=tuple(pause for pause in state.pauses if pause[1] > day),
        fraud=state.fraud,
        grid=state.grid,
    )
    matured = all(row.due <= day for row in state.rows)
    if found.interest_exact is None or not matured or not interest:
        return found
    # After the last due date no row tells what was paid of the interest that has accrued since.
    paid = interest.at(day, state.terms.rounding) - found.running(day)
    return replace(found, interest_exact=found.interest_exact - paid)
