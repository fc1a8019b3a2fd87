"""Runs of positions for tests: monthly loans with equal principal, lent in October 2023."""

from __future__ import annotations

from typing import Any

from google.type import money_pb2

from loanledger import date_of, decimal_, new_request_id
from loanledger.v1 import loan_service_pb2 as ln
from tests.server.bad import cny
from tests.server.desk import BOOK, Desk

CUT = "2024-04-20"
PRODUCT = f"{BOOK}/products/old"


def ready(desk: Desk, day: str = CUT, **terms: Any) -> Desk:
    """A desk with the product of the old loans, on the day of the cut-over."""
    desk.publish("old", amortization="AMORTIZATION_EQUAL_PRINCIPAL", **terms)
    desk.go_to(day)
    return desk


def row(number: int, due: str, interest: str, **more: Any) -> ln.PositionInstalment:
    """An instalment of 1,000.00 of principal."""
    plain: dict[str, Any] = {"principal": cny("1000"), "interest": cny(interest)}
    return ln.PositionInstalment(number=number, due=date_of(due), **plain | more)


def rows() -> list[ln.PositionInstalment]:
    """Six instalments: April's is due, and 20.00 of its interest is paid."""
    return [
        row(6, "2024-04-15", "70.00", interest_paid=cny("20.00")),
        *(row(n + 2, f"2024-{n:02}-15", f"{10 - n}0.00") for n in range(5, 10)),
    ]


def position(desk: Desk, reference: str = "A-1", **more: Any) -> ln.Position:
    """6,000.00 open, of which one instalment has been due for five days; 8.33 has accrued since."""
    plain: dict[str, Any] = {
        "reference": reference,
        "party": more.pop("party", "") or desk.party(),
        "start": date_of("2023-10-15"),
        "amount": cny("12000"),
        "annual_rate": decimal_("0.12"),
        "instalments": 12,
        "principal": cny("6000"),
        "interest": cny("58.33"),
        "schedule": rows(),
    }
    return ln.Position(**plain | more)


def run(desk: Desk, *positions: ln.Position, **more: Any) -> ln.ImportLoansResponse:
    """Imports positions, or only tries them."""
    return desk.client.loans.import_loans(request(*positions, **more))


def request(*positions: ln.Position, **more: Any) -> ln.ImportLoansRequest:
    """The request of a run."""
    plain: dict[str, Any] = {
        "parent": BOOK,
        "request_id": new_request_id(),
        "reason": "cut-over of the old core",
        "cut_over_date": date_of(CUT),
        "product": PRODUCT,
        "positions": positions,
    }
    return ln.ImportLoansRequest(**plain | more)


def states(response: ln.ImportLoansResponse) -> list[str]:
    """What became of each position."""
    return [
        ln.ImportState.Name(result.state).removeprefix("IMPORT_STATE_")
        for result in response.results
    ]


def fields(result: ln.ImportResult) -> list[str]:
    """The fields that do not tie."""
    return [finding.field for finding in result.findings]


def text(value: money_pb2.Money) -> str:
    """An amount for people."""
    return f"{value.units}.{value.nanos // 10**7:02}"
