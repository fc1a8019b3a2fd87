"""What a loan costs, as laws and customers want it told: worked out on its schedule as agreed.

The yearly rates count fees at disbursement and with instalments, tax on them included. What depends
on how the borrower behaves, late fees and fees for paying early, is left out, as laws have it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ledger.calc.apr import Cash, eu_apr_of, regz_apr_of, single_payment_unit, unit_period
from ledger.calc.due_dates import due_dates
from ledger.calc.yields import Annual, Flow, NoRate, annual, percent, rate_of, total_cost
from ledger.frozen import replace
from ledger.lending.agreements import quoted, violations
from ledger.loan.fees import Collection, FeeRule, When
from ledger.loan.instalments import Instalment, RowKind
from ledger.loan.state import State
from ledger.loan.terms import Terms

#: Decimals of a rate as a ratio: 0.061678 is 6.1678 per cent, ties half up.
PLACES = 6


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Amounts in minor units and rates as ratios; a rate is None where the flows have none."""

    received: int
    paid: int
    cost: int
    regz_apr: Decimal | None
    eu_aprc: Decimal | None
    annualised_irr: Decimal | None
    effective: Decimal | None


def disclosed(state: State) -> Disclosure | None:
    """The disclosure of a loan as it was just paid out in full; None before that."""
    if state.start is None or not state.rows:
        return None
    terms, start = state.terms, state.start
    received = state.disbursed - sum(fees_of_payout(terms, state.disbursed, Collection.DEDUCTED))
    payments = [cash for cash in _payments(state, start) if cash.amount]
    even = _even(state, start, received, payments)
    return Disclosure(
        received,
        sum(cash.amount for cash in payments),
        total_cost(received, (cash.amount for cash in payments)),
        _regz(terms, start, received, payments),
        _eu(terms, start, received, payments),
        _shown(even.nominal) if even else None,
        _shown(even.effective) if even else None,
    )


def as_agreed(state: State, business: date) -> Disclosure | None:
    """What the loan costs as agreed; None where it can no longer be paid out as it was agreed.

    How a loan that was brought over was first paid out, another system knows.
    """
    if state.imported:
        return None
    start = state.start or business
    agreed = replace(state.agreement, amount=state.approved or state.agreement.amount)
    if violations(state.terms, agreed, state.terms.currency, start):
        return None
    return disclosed(quoted(state.terms, agreed, start)[0])


def fees_of_payout(terms: Terms, base: int, collection: Collection) -> Iterator[int]:
    """The fees that a payout of an amount brings, each with its tax."""
    for fee in terms.fees:
        if fee.when is When.DISBURSEMENT and fee.collection is collection:
            yield _with_tax(terms, fee, base)


def _payments(state: State, start: date) -> Iterator[Cash]:
    """All that the borrower pays if every instalment is paid on its day."""
    terms = state.terms
    yield Cash(start, sum(fees_of_payout(terms, state.disbursed, Collection.CHARGED)))
    for row in state.rows:
        amount = row.principal + row.interest
        yield Cash(row.due, amount + sum(_fees_of_row(terms, row, amount)))


def _fees_of_row(terms: Terms, row: Instalment, amount: int) -> Iterator[int]:
    for fee in terms.fees:
        if fee.when is When.INSTALMENT and row.kind is RowKind.REGULAR and fee.holds(row.no):
            yield _with_tax(terms, fee, amount)


def _with_tax(terms: Terms, fee: FeeRule, base: int) -> int:
    amount = fee.amount(base, terms.rounding)
    return amount + fee.taxed(amount, terms.rounding)


def _regz(terms: Terms, start: date, received: int, payments: Sequence[Cash]) -> Decimal | None:
    single = len(payments) == 1 and payments[0].day > start
    unit = single_payment_unit(start, payments[0].day) if single else unit_period(terms.frequency)
    try:
        return _shown(regz_apr_of([Cash(start, received)], payments, unit))
    except NoRate:
        return None


def _eu(terms: Terms, start: date, received: int, payments: Sequence[Cash]) -> Decimal | None:
    try:
        return _shown(eu_apr_of([Cash(start, received)], payments, terms.frequency))
    except NoRate:
        return None


def _even(state: State, start: date, received: int, payments: Sequence[Cash]) -> Annual | None:
    """The rate of a period: whole periods where all due dates are regular, else their days."""
    per_year = state.terms.frequency.per_year
    regular = due_dates(start, state.agreement.instalments, state.terms.frequency)
    places = {day: Fraction(number) for number, day in enumerate([start, *regular])}
    whole = all(cash.day in places for cash in payments)
    flows = [
        Flow(
            cash.amount,
            places[cash.day] if whole else (cash.day - start).days * per_year / 365,
        )
        for cash in payments
    ]
    try:
        return annual(rate_of([Flow(-received, Fraction(0)), *flows]), per_year)
    except NoRate:
        return None


def _shown(rate: Decimal) -> Decimal:
    return percent(rate, PLACES - 2).scaleb(-2)
