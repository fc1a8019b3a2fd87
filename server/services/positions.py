"""Positions of another system, from messages: every field is checked, and no line stops another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from google.protobuf.message import Message
from google.type import money_pb2

from ledger.book.chart import Part
from ledger.lending.products import MAX_INSTALMENTS
from ledger.loan.events import Kind, LoanEvent
from ledger.loan.instalments import Instalment, RowKind
from ledger.loan.position import UNTOLD, OpenCharge, Position
from ledger.loan.state import Stage
from ledger.money import EXPONENTS
from loanledger.v1 import common_pb2
from loanledger.v1 import loan_service_pb2 as pb
from server.checks import LAST, Checks
from server.services.shapes import agreement_of

#: More than any schedule has: instalments, down payments of tranches, and a row added at the end.
MAX_ROWS = 2 * MAX_INSTALMENTS
MAX_CHARGES, MAX_EVENTS = 1000, 5000
_EXACT = re.compile(r"-?[0-9]{1,60}(/[1-9][0-9]{0,59}|\.[0-9]{1,60})?\Z")
_CHARGED = {common_pb2.COMPONENT_FEE: Part.FEE, common_pb2.COMPONENT_PENALTY: Part.PENALTY}

_WITH_AMOUNT = (
    *(Kind.DISBURSED, Kind.REPAID, Kind.PAID_OFF, Kind.DOWN_PAID, Kind.MERCHANT_REFUNDED),
    *(Kind.PAYOUT_REFUNDED, Kind.GOODWILL_CREDITED, Kind.REFUNDED, Kind.WRITTEN_DOWN),
    Kind.RECOVERED,
)
_BY_ITSELF = (
    *(Kind.REAMORTIZED, Kind.CAPITALIZED, Kind.SUSPENDED, Kind.RESUMED, Kind.CHARGED_OFF),
    Kind.WRITTEN_OFF,
)
#: What a history may tell: the kinds, the fields that each needs, and those that it may have.
HISTORY: Mapping[Kind, tuple[tuple[str, ...], tuple[str, ...]]] = {
    **dict.fromkeys(_WITH_AMOUNT, (("amount",), ())),
    Kind.CHARGED: (("amount",), ("part", "due_date")),
    Kind.WAIVED: ((), ("interest", "fee", "penalty")),
    Kind.RATE_CHANGED: (("annual_rate",), ("keep_instalment",)),
    Kind.INTEREST_PAUSED: (("until",), ()),
    Kind.DUE_DATE_CHANGED: (("from_due", "to_due"), ()),
    **dict.fromkeys(_BY_ITSELF, ((), ())),
}


def position_of(check: Checks, found: pb.Position) -> tuple[Position, str]:
    """A position and its currency; where a field is wrong its place is held by nothing."""
    agreement, currency = agreement_of(check, found)
    if not found.HasField("annual_rate"):
        check.add("annual_rate", "is required")
    reading = Reading(check, currency)
    stage = check.option(found, "stage", pb.LoanStage, "LOAN_STAGE_", "", "performing")
    rows = reading.rows(found.schedule)
    position = Position(
        start=check.date(found, "start", required=True) or LAST,
        agreement=agreement,
        disbursed=reading.amount(found, "disbursed") or agreement.amount,
        principal=reading.amount(found, "principal"),
        interest=signed(check, found, "interest", currency=currency),
        penalty=reading.amount(found, "penalty"),
        charges=reading.charges(found.charges),
        credit=reading.amount(found, "credit"),
        adjustment=reading.amount(found, "deferred_fees"),
        written_off=reading.amount(found, "written_off"),
        stage=Stage(stage),
        rate=check.rate(found.current_rate, "current_rate")
        if found.HasField("current_rate")
        else None,
        rates=reading.rates(found.later_rates),
        rows=rows,
        instalment=reading.amount(found, "instalment"),
        interest_exact=reading.exact(found.interest_exact, "interest_exact"),
        penalty_exact=reading.exact(found.penalty_exact, "penalty_exact"),
        penalty_paid=reading.amount(found, "penalty_paid"),
        commitment=reading.exact(found.commitment_exact, "commitment_exact") or Fraction(0),
        earnings=reading.earnings(found.schedule, rows),
        late_fees_from=check.date(found, "late_fees_from"),
    )
    return position, currency


def signed(
    check: Checks, message: Message, field: str, path: str = "", *, currency: str = ""
) -> int:
    """An amount of either sign that may be left out."""
    if not message.HasField(field):
        return 0
    value, sign = getattr(message, field), 1
    if value.units < 0 or value.nanos < 0:
        units, nanos = min(-value.units, 2**63 - 1), min(-value.nanos, 2**31 - 1)
        turned = money_pb2.Money(currency_code=value.currency_code, units=units, nanos=nanos)
        value, sign = turned, -1
    return sign * check.money(value, path + field, zero=True, currency=currency)[1]


class Reading:
    """Reads the parts of one position, whose amounts are in one currency."""

    def __init__(self, check: Checks, currency: str) -> None:
        self.check, self.currency = check, currency

    def amount(self, message: Message, field: str, path: str = "") -> int:
        """An amount that may be zero or left out."""
        if not message.HasField(field):
            return 0
        value = getattr(message, field)
        return self.check.money(value, path + field, zero=True, currency=self.currency)[1]

    def exact(self, text: str, field: str) -> Fraction | None:
        """A fraction of the major unit in minor units; None where it is left out."""
        if not text:
            return None
        if not _EXACT.fullmatch(text):
            self.check.add(field, "must be a fraction such as 48/73, or a decimal")
            return None
        return Fraction(text) * Fraction(10 ** EXPONENTS.get(self.currency, 0))

    def charges(self, found: Iterable[pb.PositionCharge]) -> tuple[OpenCharge, ...]:
        """Open fees and penalties."""
        charges = []
        for index, charge in enumerate(self._few(found, "charges", MAX_CHARGES)):
            path = f"charges[{index}]."
            due = self.check.date(charge, "due", path, required=True) or LAST
            charges.append(OpenCharge(self.part(charge, path), due, self._required(charge, path)))
        return tuple(charges)

    def part(self, message: Any, path: str) -> Part:
        """The component of a charge: a fee, unless it says that it is a penalty."""
        part = _CHARGED.get(message.part or common_pb2.COMPONENT_FEE)
        if part is None:
            self.check.add(path + "part", "must be COMPONENT_FEE or COMPONENT_PENALTY")
        return part or Part.FEE

    def rates(self, found: Iterable[pb.PositionRate]) -> tuple[tuple[date, Fraction], ...]:
        """Later rates by their first days."""
        return tuple(
            (
                self.check.date(step, "start", f"later_rates[{index}].", required=True) or LAST,
                self.check.rate(step.annual_rate, f"later_rates[{index}].annual_rate"),
            )
            for index, step in enumerate(self._few(found, "later_rates", MAX_ROWS))
        )

    def rows(self, found: Iterable[pb.PositionInstalment]) -> tuple[Instalment, ...]:
        """The schedule; a row that does not tell its start begins where the one before ended."""
        rows, follows = list[Instalment](), UNTOLD
        for index, row in enumerate(self._few(found, "schedule", MAX_ROWS)):
            path = f"schedule[{index}]."
            kind = RowKind(
                self.check.option(
                    row, "kind", pb.InstalmentKind, "INSTALMENT_KIND_", path, "regular"
                )
            )
            due = self.check.date(row, "due", path, required=True) or LAST
            start = due if kind is RowKind.DOWN_PAYMENT else follows
            principal, interest, *paid = (
                self.amount(row, figure, path)
                for figure in ("principal", "interest", "principal_paid", "interest_paid")
            )
            rows.append(
                Instalment(
                    self.check.integer(row.number, f"{path}number", 1, MAX_ROWS),
                    self.check.date(row, "start", path) or start,
                    due,
                    principal,
                    interest,
                    paid[0],
                    paid[1],
                    kind,
                )
            )
            follows = due if kind is RowKind.REGULAR else follows
        return tuple(rows)

    def earnings(
        self, found: Iterable[pb.PositionInstalment], rows: Iterable[Instalment]
    ) -> tuple[tuple[date, int], ...]:
        """What due dates earn of deferred fees, where any row tells it."""
        pairs = (
            (row.due, self.amount(message, "deferred_fee", f"schedule[{index}]."))
            for index, (message, row) in enumerate(zip(found, rows, strict=False))
        )
        return tuple((due, amount) for due, amount in pairs if amount)

    def history(self, found: Iterable[pb.PositionEvent]) -> tuple[LoanEvent, ...]:
        """The other system's events as events of ours."""
        events = []
        for index, message in enumerate(self._few(found, "history", MAX_EVENTS)):
            event = self._event(message, f"history[{index}].")
            events += [replace(event, number=index + 1)] if event else []
        return tuple(events)

    def _event(self, found: pb.PositionEvent, path: str) -> LoanEvent | None:
        kind = next((each for each in HISTORY if each.value == found.kind), None)
        day = self.check.date(found, "value_date", path, required=True)
        if kind is None:
            self.check.add(path + "kind", f"must be one of {', '.join(map(str, HISTORY))}")
            return None
        needs, may = HISTORY[kind]
        given = {field.name for field, _ in found.ListFields()} - {"kind", "value_date"}
        for name in needs:
            if name not in given:
                self.check.add(path + name, f"is required by {kind.value}")
        for name in sorted(given - {*needs, *may}):
            self.check.add(path + name, f"must be left out: {kind.value} does not need it")
        amounts, details = dict[str, int](), dict[str, Any]()
        for name in sorted(given & {*needs, *may}):
            if name in _AMOUNTS:
                amounts[name] = self.amount(found, name, path)
            else:
                key, read = _DETAILS[name]
                details[key] = read(self, found, path)
        return LoanEvent(0, kind, day or LAST, amounts, details)

    def _required(self, message: Message, path: str) -> int:
        if not message.HasField("amount"):
            self.check.add(path + "amount", "is required")
        return self.amount(message, "amount", path)

    def _few(self, found: Iterable[Any], field: str, most: int) -> list[Any]:
        kept = list(found)
        if len(kept) > most:
            self.check.add(field, f"at most {most}")
        return kept[:most]


Read = Callable[[Reading, pb.PositionEvent, str], Any]


def _day(name: str) -> Read:
    return lambda reading, found, path: (reading.check.date(found, name, path) or LAST).isoformat()


#: Fields of an event of the history that are its amounts.
_AMOUNTS = ("amount", "interest", "fee", "penalty")
#: What each other field is called in the event's details, and how it is read.
_DETAILS: Mapping[str, tuple[str, Read]] = {
    "part": ("part", lambda reading, found, path: reading.part(found, path).value),
    "annual_rate": (
        "rate",
        lambda reading, found, path: str(
            reading.check.rate(found.annual_rate, f"{path}annual_rate")
        ),
    ),
    "keep_instalment": ("keep_instalment", lambda reading, found, path: True),
    "due_date": ("due", _day("due_date")),
    "until": ("until", _day("until")),
    "from_due": ("from_due", _day("from_due")),
    "to_due": ("to_due", _day("to_due")),
}
