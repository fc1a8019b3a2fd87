"""A loan with collateral, for the tests of both."""

from __future__ import annotations

from typing import Any

from loanledger import decimal_, money
from loanledger.v1 import collateral_service_pb2 as co
from tests.server.desk import Desk


def cny(text: str) -> Any:
    return money(text, "CNY")


def worth(text: str, haircut: str = "0.3", **more: Any) -> co.Valuation:
    plain: dict[str, Any] = {"method": "appraisal", "valuer": "Example Appraisers"}
    return co.Valuation(value=cny(text), haircut=decimal_(haircut), **plain | more)


def lent(desk: Desk, amount: str, party: str) -> str:
    loan = desk.client.loans.open_loan(
        party=party,
        product="books/main/products/plain",
        amount=cny(amount),
        annual_rate=decimal_("0.06"),
        instalments=12,
    )
    desk.client.loans.approve_loan(name=loan.name)
    desk.client.loans.disburse_loan(name=loan.name)
    return loan.name


def registered(desk: Desk, party: str, value: str = "1000.00") -> co.Collateral:
    return desk.client.collateral.register_collateral(
        party=party,
        kind="COLLATERAL_KIND_VEHICLE",
        description="Blue van, plate 沪A 12345",
        reference="V-1",
        valuation=worth(value),
    )


def secured(desk: Desk) -> tuple[Desk, str, str]:
    """A van worth 1,000.00 with a haircut of 30 % that secures a loan of 1,200.00."""
    desk.publish()
    party = desk.party()
    loan = lent(desk, "1200", party)
    name = registered(desk, party).name
    desk.client.collateral.pledge_collateral(name=name, lien=co.Lien(loan=loan, rank=1))
    return desk, name, loan


def status(found: co.Collateral) -> str:
    return co.CollateralStatus.Name(found.status).removeprefix("COLLATERAL_STATUS_")


def client_events(desk: Desk, kind: str) -> list[Any]:
    return list(desk.client.audit.list_events.iterate(kind=kind))
