"""What one loan agrees on within its product: limits, shape, rate steps, due dates; and a quote."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise

from ledger.calc.schedule import Method
from ledger.calc.shape import violations as shape_violations
from ledger.errors import InvalidInput, Violation
from ledger.lending.products import bending_violations, named
from ledger.loan.events import Kind, LoanEvent
from ledger.loan.fold import advanced, applied
from ledger.loan.instalments import Instalment
from ledger.loan.state import State
from ledger.loan.terms import Agreement, Terms
from ledger.loan.trail import Trail
from ledger.money import decimal_text

#: Methods whose plan may turn out impossible only when it is made.
_TRIED = frozenset({Method.FIXED_INSTALMENT, Method.GRADUATED})


def violations(terms: Terms, agreement: Agreement, currency: str, start: date) -> list[Violation]:
    """Where an agreement leaves its product's limits, every field at once."""
    found = [
        *_limit_violations(terms, agreement, currency),
        *shape_violations_of(terms, agreement),
        *_step_violations(terms, agreement),
        *date_violations(agreement, start),
    ]
    if found or terms.method not in _TRIED:
        return found
    try:
        quoted(terms, agreement, start)
    except InvalidInput as error:
        return [
            Violation(_FIELDS.get(item.field, item.field), item.description)
            for item in error.violations
        ]
    return []


_FIELDS = {"instalment": "fixed_instalment"}


def quoted(terms: Terms, agreement: Agreement, start: date) -> tuple[State, Trail]:
    """The loan as approved and paid out in full on a day: the same fold, nothing recorded."""
    state, trail, amount = State(terms, agreement, start), Trail(), {"amount": agreement.amount}
    for number, kind in enumerate((Kind.APPROVED, Kind.DISBURSED), start=1):
        state = applied(state, LoanEvent(number, kind, start, amount), trail)
    return capitalised(state), trail


def capitalised(state: State) -> State:
    """The rows as they will be when the interest of the first ones has become principal.

    Such a row then bears principal below zero, so that nothing of it is paid and the sums agree.
    """
    last = state.terms.capitalised_rows
    coming = [row for row in state.rows[:last] if row.due > state.as_of]
    if not coming:
        return state
    later = advanced(state, coming[-1].due, Trail())
    paid = {row.no: row.interest_paid for row in coming}
    rows = (_grown(row, paid[row.no]) if row.no in paid else row for row in later.rows)
    return replace(state, rows=tuple(rows))


def _grown(row: Instalment, paid: int) -> Instalment:
    return row._replace(principal=row.principal - (row.interest_paid - paid))


def _limit_violations(terms: Terms, agreement: Agreement, currency: str) -> Iterator[Violation]:
    if currency != terms.currency:
        yield Violation("amount", f"the product's currency is {terms.currency}")
    elif not terms.min_amount <= agreement.amount <= terms.max_amount:
        least, most = (decimal_text(n, currency) for n in (terms.min_amount, terms.max_amount))
        yield Violation("amount", f"must lie between {least} and {most} {currency}")
    if not terms.min_rate <= agreement.rate <= terms.max_rate:
        yield Violation(
            "annual_rate", f"must lie between {terms.min_rate} and {terms.max_rate} a year"
        )
    if not terms.min_instalments <= agreement.instalments <= terms.max_instalments:
        yield Violation(
            "instalments",
            f"must lie between {terms.min_instalments} and {terms.max_instalments}",
        )


def shape_violations_of(terms: Terms, agreement: Agreement) -> Iterator[Violation]:
    """What bends a schedule and does not fit its method, amount and number of instalments."""
    shape, count, fixed = (
        agreement.shape or terms.shape,
        agreement.instalments,
        agreement.instalment,
    )
    if fixed and terms.method is not Method.FIXED_INSTALMENT:
        yield Violation("fixed_instalment", "is for AMORTIZATION_FIXED_INSTALMENT alone")
    yield from bending_violations(terms, shape, count, "shape")
    for item in shape_violations(terms.method, agreement.amount, count, shape, fixed):
        if item.field == "instalment":
            yield Violation("fixed_instalment", item.description)
        else:
            yield from named(item, "shape", shape, count)


def _step_violations(terms: Terms, agreement: Agreement) -> Iterator[Violation]:
    if agreement.steps and terms.floating:
        yield Violation("rate_steps", "are for fixed rates; a floating one has its resets")
    if any(low[0] >= high[0] for low, high in pairwise(agreement.steps)):
        yield Violation("rate_steps", "must be in rising order of their instalments")
    for index, (instalment, rate) in enumerate(agreement.steps):
        path = f"rate_steps[{index}]"
        if instalment > agreement.instalments:
            yield Violation(f"{path}.instalment", f"there are {agreement.instalments} instalments")
        if not terms.min_rate <= rate <= terms.max_rate:
            text = f"must lie between {terms.min_rate} and {terms.max_rate} a year"
            yield Violation(f"{path}.annual_rate", text)


def date_violations(agreement: Agreement, start: date) -> Iterator[Violation]:
    """Due dates that do not rise, or do not lie after the start."""
    dues, first = agreement.dues, agreement.first_due
    if first and first <= start:
        yield Violation("first_due", f"must lie after the start {start}")
    if not dues:
        return
    if first:
        yield Violation("first_due", "must be left out where all due dates are given")
    if len(dues) != agreement.instalments:
        yield Violation("due_dates", f"must be {agreement.instalments}, one for each instalment")
    elif dues[0] <= start or any(low >= high for low, high in pairwise(dues)):
        yield Violation("due_dates", f"must rise, and lie after the start {start}")
