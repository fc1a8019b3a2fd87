"""A position in another currency: each figure at the rate, sums as the sum of their parts.

Parts of a sum are rounded cumulatively, so that the rows leave open what the principal is, to the
minor unit. Accruals stay exact; interest that is owed is what due rows and the accrual come to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from itertools import accumulate, pairwise

from ledger.calc.shape import Shape
from ledger.frozen import replace
from ledger.loan.instalments import Instalment
from ledger.loan.position import Position
from ledger.loan.terms import Agreement
from ledger.money import Rounding, round_ratio


def converted(found: Position, day: date, rate: Fraction, rounding: Rounding) -> Position:
    """The position at so many minor units of the new currency for one of the old."""
    turn = _Turn(rate, rounding)
    rows, accrued = turn.rows(found.rows), (found.interest_exact or Fraction(0)) * rate
    penalty = (found.penalty_exact or Fraction(0)) * rate
    due = sum(row.interest_open for row in rows if row.due <= day)
    ahead = sum(row.interest_paid for row in rows if row.due > day)
    return replace(
        found,
        agreement=turn.agreement(found.agreement),
        disbursed=turn.figure(found.disbursed),
        principal=sum(row.principal - row.principal_paid for row in rows),
        interest=due + turn.rounded(accrued) - ahead,
        penalty=turn.rounded(penalty),
        charges=tuple(
            replace(charge, amount=turn.figure(charge.amount))
            for charge in found.charges
            if turn.figure(charge.amount)
        ),
        credit=turn.figure(found.credit),
        adjustment=turn.figure(found.adjustment),
        rows=rows,
        instalment=turn.figure(found.instalment),
        interest_exact=accrued,
        penalty_exact=penalty,
        penalty_paid=turn.figure(found.penalty_paid),
        commitment=found.commitment * rate,
        earnings=turn.earnings(found),
    )


class _Turn:
    """Amounts of one currency as amounts of another."""

    def __init__(self, rate: Fraction, rounding: Rounding) -> None:
        self._rate, self._rounding = rate, rounding

    def rounded(self, exact: Fraction) -> int:
        return round_ratio(exact.numerator, exact.denominator, self._rounding)

    def figure(self, amount: int) -> int:
        return self.rounded(amount * self._rate)

    def parts(self, amounts: Iterable[int]) -> Iterator[int]:
        """Amounts whose sum is the figure of their sum."""
        sums = map(self.figure, accumulate(amounts, initial=0))
        return (after - before for before, after in pairwise(sums))

    def rows(self, rows: tuple[Instalment, ...]) -> tuple[Instalment, ...]:
        principal = self.parts(row.principal - row.principal_paid for row in rows)
        interest = self.parts(row.interest - row.interest_paid for row in rows)
        return tuple(
            row._replace(
                principal=self.figure(row.principal_paid) + owed,
                principal_paid=self.figure(row.principal_paid),
                interest=self.figure(row.interest_paid) + bears,
                interest_paid=self.figure(row.interest_paid),
            )
            for row, owed, bears in zip(rows, principal, interest, strict=True)
        )

    def earnings(self, found: Position) -> tuple[tuple[date, int], ...]:
        shares = self.parts(amount for _, amount in found.earnings)
        return tuple((day, share) for (day, _), share in zip(found.earnings, shares, strict=True))

    def agreement(self, agreed: Agreement) -> Agreement:
        return replace(
            agreed,
            amount=self.figure(agreed.amount),
            instalment=self.figure(agreed.instalment),
            shape=self._shape(agreed.shape) if agreed.shape else None,
        )

    def _shape(self, shape: Shape) -> Shape:
        base = shape.flat_base
        return replace(
            shape,
            balloon=self.figure(shape.balloon),
            unit=max(self.figure(shape.unit), 1),
            custom=tuple(self.parts(shape.custom)),
            flat_base=None if base is None else self.figure(base),
            minimum=self.figure(shape.minimum),
        )
