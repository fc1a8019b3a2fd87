"""Totals of an import: what the other system says, what was sent, and what the ledger has of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from google.type import money_pb2

from ledger.book.chart import Part
from ledger.errors import Finding
from ledger.money import from_units_nanos
from loanledger.v1 import loan_service_pb2 as pb
from server import convert
from server.checks import Checks
from server.services.positions import signed

#: The components that totals add up, by their fields.
TOTALS: Mapping[str, Part] = {
    "principal": Part.PRINCIPAL,
    "interest": Part.INTEREST,
    "fee": Part.FEE,
    "penalty": Part.PENALTY,
    "credit": Part.CREDIT,
    "deferred_fees": Part.ADJUSTMENT,
    "written_off": Part.WRITTEN_OFF,
}


def control_violations(check: Checks, request: pb.ImportLoansRequest) -> None:
    """Notes control totals that are no amounts, or are not in one currency."""
    given, currency = request.control_totals, ""
    for field, _ in given.ListFields():
        if field.name in TOTALS:
            signed(check, given, field.name, "control_totals.", currency=currency)
            currency = currency or getattr(given, field.name).currency_code
    if given.loans < 0:
        check.add("control_totals.loans", "must not be negative")


def sums_of(owed: Iterable[Mapping[Part, int]]) -> dict[Part, int]:
    """The sum of each component."""
    found = dict.fromkeys(TOTALS.values(), 0)
    for amounts in owed:
        for part in found:
            found[part] += amounts[part]
    return found


def totals_message(sums: Mapping[Part, int], count: int, currency: str) -> pb.PositionTotals:
    """Sums as a message; without a currency nothing could be added up."""
    if not currency:
        return pb.PositionTotals(loans=count)
    amounts = {name: convert.money(sums[part], currency) for name, part in TOTALS.items()}
    return pb.PositionTotals(loans=count, **amounts)


def added(found: Iterable[pb.PositionTotals], currency: str) -> pb.PositionTotals:
    """The sum of totals."""
    each = list(found)
    sums = {part: sum(_minor(getattr(one, name)) for one in each) for name, part in TOTALS.items()}
    return totals_message(sums, sum(one.loans for one in each), currency)


def against_control(request: pb.ImportLoansRequest, sums: Mapping[Part, int]) -> list[Finding]:
    """Where the positions do not come to the control totals that were given."""
    given, found = request.control_totals, list[Finding]()
    count = len(request.positions)
    if given.loans and given.loans != count:
        text = f"there are {count} positions, not {given.loans}"
        found.append(Finding("control_totals.loans", text))
    for name, part in TOTALS.items():
        stated = _minor(getattr(given, name))
        if given.HasField(name) and stated != sums[part]:
            text = "is not the sum of the positions"
            found.append(Finding(f"control_totals.{name}", text, stated, sums[part]))
    return found


def finding_message(found: Finding, currency: str, *, tolerated: bool = False) -> pb.ImportFinding:
    """What does not tie, with both figures where amounts say it."""
    message = pb.ImportFinding(
        field=found.field, description=found.description, tolerated=tolerated
    )
    if found.theirs is not None and found.ours is not None and currency:
        message.theirs.CopyFrom(convert.money(found.theirs, currency))
        message.ours.CopyFrom(convert.money(found.ours, currency))
        message.difference.CopyFrom(convert.money(found.theirs - found.ours, currency))
    return message


def _minor(value: money_pb2.Money) -> int:
    if not value.currency_code:
        return 0
    return from_units_nanos(value.units, value.nanos, value.currency_code)
