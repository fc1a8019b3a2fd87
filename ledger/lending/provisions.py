"""The allowance of a loan from its state, and the journals of what allowances changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ledger.book.chart import Part
from ledger.book.journal import Entry
from ledger.book.pairs import OWED
from ledger.book.rules import entries_for
from ledger.calc.lifetime import RATE_PLACES, Remaining, loss
from ledger.calc.policy import Policy
from ledger.calc.quality import Quality
from ledger.calc.yields import annual
from ledger.loan.state import State
from ledger.money import Rounding, round_ratio
from ledger.store.allowances import Exposed, Line, Target
from ledger.store.catalogue import Product
from ledger.store.loans import LoanRecord

Products = Mapping[tuple[str, int], Product]


def target(one: Exposed, record: LoanRecord, quality: Quality, policy: Policy, day: date) -> Target:
    """The expected loss of a loan at the start of a day, or what people assessed it at."""
    state, rules = record.state, policy.provisioning
    bucket = one.bucket or policy.buckets[0][0]
    amount = quality.assessed
    if amount is None:
        curve = rules.curve(record.product, bucket)
        amount = loss(_remaining(state, quality, day), quality.stage, curve, rules)
    key, currency = (record.stripe, record.loan), state.terms.currency
    return Target(key, record.product, record.version, currency, stage_name(quality.stage), amount)


def stage_name(stage: int) -> str:
    """The grade under which an allowance of a stage is kept."""
    return f"stage_{stage}"


def effective(state: State, day: date) -> Fraction:
    """The contract rate compounded over a year, to ten places: interest comes each period."""
    every = state.terms.frequency.per_year
    periodic = state.rate_on(day) / every
    rate = annual(Decimal(periodic.numerator) / Decimal(periodic.denominator), every).effective
    exact, places = Fraction(rate), 10**RATE_PLACES
    scaled = exact * places
    return Fraction(round_ratio(scaled.numerator, scaled.denominator, Rounding.HALF_UP), places)


def on_books(state: State, day: date) -> int:
    """Principal, interest, fees and penalties on the balance sheet at the start of a day."""
    held = state.balances(day)
    return max(sum(held[part] for part in OWED), 0)


def _remaining(state: State, quality: Quality, day: date) -> Remaining:
    """What is past due stays owed until it is paid; later rows leave on their due dates."""
    ahead = [(row.due, row.principal_open) for row in state.rows if row.due > day]

    def principal_on(later: date) -> int:
        return state.principal - sum(amount for due, amount in ahead if due <= later)

    maturity = state.rows[-1].due if state.rows else day
    rate = max(effective(state, day), Fraction(0))
    return Remaining(day, maturity, on_books(state, day), principal_on, rate, quality.collateral)


def part_of(grade: str) -> Part:
    """The figure of the posting rules under which a grade's allowance is kept."""
    return Part(grade) if grade.startswith("stage_") else Part.ALLOWANCE


def entries(lines: Iterable[Line], products: Products) -> Iterator[Entry]:
    """Transfers between stages, then what was provided or released, by product and currency."""
    sums: dict[tuple[str, int, str], tuple[dict[Part, int], dict[Part, int]]] = {}
    for line in lines:
        moved, provided = sums.setdefault((line.product, line.version, line.currency), ({}, {}))
        before, after = part_of(line.grade_before), part_of(line.grade)
        if before is not after:
            _add(moved, before, -line.before)
            _add(moved, after, line.before)
        _add(provided, after, line.amount - line.before)
    for (product, version, currency), (moved, provided) in sums.items():
        terms = products[product, version].terms
        # The general account takes part in a transfer as its other side.
        moved.pop(Part.ALLOWANCE, None)
        for movement, amounts in (("stage_transfer", moved), ("provision", provided)):
            yield from entries_for(movement, amounts, terms.accounts, currency, None, terms.profile)


def _add(sums: dict[Part, int], part: Part, amount: int) -> None:
    sums[part] = sums.get(part, 0) + amount
