"""Schedules and what they cost, as messages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from google.type import decimal_pb2

from ledger.book.chart import Part
from ledger.lending.disclosures import Disclosure
from ledger.loan.dues import charges_of
from ledger.loan.instalments import Instalment
from ledger.loan.state import Charge, State
from loanledger.v1 import loan_service_pb2 as pb
from server import convert

_RATES = ("regz_apr", "eu_aprc", "annualised_irr")


def schedule_message(state: State, day: date) -> pb.Schedule:
    """Rows with running balance and charges, as they stand on a day, and their totals."""
    currency = state.terms.currency
    message = pb.Schedule()
    opening = sum(row.principal for row in state.rows)
    late = _penalty_interest(state, day)
    for row in state.rows:
        instalment = _plan(row, opening, currency)
        _charges(instalment, row, charges_of(state, row), late.get(row.no, 0), currency)
        message.instalments.append(instalment)
        opening -= row.principal
    principal = sum(row.principal for row in state.rows)
    interest = sum(row.interest for row in state.rows)
    message.total_principal.CopyFrom(convert.money(principal, currency))
    message.total_interest.CopyFrom(convert.money(interest, currency))
    message.total.CopyFrom(convert.money(principal + interest, currency))
    return message


def _plan(row: Instalment, opening: int, currency: str) -> pb.Instalment:
    return pb.Instalment(
        number=row.no,
        start=convert.day(row.start),
        due=convert.day(row.due),
        opening=convert.money(opening, currency),
        principal=convert.money(row.principal, currency),
        interest=convert.money(row.interest, currency),
        total=convert.money(row.principal + row.interest, currency),
        closing=convert.money(opening - row.principal, currency),
        principal_paid=convert.money(row.principal_paid, currency),
        interest_paid=convert.money(row.interest_paid, currency),
        settled=row.unpaid == 0,
        kind=f"INSTALMENT_KIND_{row.kind.name}",
    )


def _charges(
    message: pb.Instalment, row: Instalment, charges: Iterable[Charge], late: int, currency: str
) -> None:
    found, open_ = list(charges), row.unpaid + late
    for part, extra in ((Part.FEE, 0), (Part.PENALTY, late)):
        own = [charge for charge in found if charge.part is part]
        amount = sum(charge.amount for charge in own) + extra
        paid = sum(charge.paid for charge in own)
        open_ += sum(charge.open for charge in own)
        getattr(message, part.value).CopyFrom(convert.money(amount, currency))
        getattr(message, f"{part.value}_paid").CopyFrom(convert.money(paid, currency))
    message.outstanding.CopyFrom(convert.money(open_, currency))


def _penalty_interest(state: State, day: date) -> dict[int, int]:
    """Penalty interest that is owed, in the oldest instalment past due."""
    owed = state.penalty_owed(day) - state.penalty_charges
    oldest = next((row.no for row in state.due_rows(day)), None)
    return {oldest: owed} if oldest is not None and owed > 0 else {}


def disclosure_message(found: Disclosure, currency: str) -> pb.Disclosure:
    """A disclosure; a rate that there is not stays unset."""
    message = pb.Disclosure(
        received=convert.money(found.received, currency),
        total_paid=convert.money(found.paid, currency),
        total_cost=convert.money(found.cost, currency),
    )
    rates = {name: getattr(found, name) for name in _RATES} | {"effective_rate": found.effective}
    for name, rate in rates.items():
        if rate is not None:
            getattr(message, name).CopyFrom(_decimal(rate))
    return message


def _decimal(rate: Decimal) -> decimal_pb2.Decimal:
    return decimal_pb2.Decimal(value=f"{rate:f}")
