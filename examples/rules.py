"""What the demo adds to the real loans: products, dates, and how borrowers pay; nothing random."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from loanledger import decimal_, money
from loanledger.v1 import common_pb2, product_service_pb2

DATA = Path(__file__).parent / "data" / "germancredit.csv"
CURRENCY = "EUR"
FIRST_DAY = date(2023, 1, 2)
DISBURSEMENT_DAYS = 730
WRITE_OFF_DAYS = 180
RECOVERY_DAYS = 60
EARLY_DAYS, LATE_DAYS, REST_DAYS = 4, 8, 12

#: code: (title, amortization, basis, annual rate, what happens to early money)
PRODUCTS = {
    "auto": ("Car loan", "EQUAL_INSTALMENTS", "ACT_365F", "0.069", "CREDIT_BALANCE"),
    "home": ("Furniture", "EQUAL_PRINCIPAL", "THIRTY_E_360", "0.095", "CREDIT_BALANCE"),
    "study": ("Education and business", "INTEREST_ONLY", "PERIOD", "0.08", "CREDIT_BALANCE"),
    "bridge": ("Bridging loan", "SINGLE_REPAYMENT", "ACT_360", "0.075", "CREDIT_BALANCE"),
}
PURPOSES = {
    "car (new)": "auto",
    "car (used)": "auto",
    "radio/television": "home",
    "furniture/equipment": "home",
    "domestic appliances": "home",
    "business": "study",
    "education": "study",
    "retraining": "study",
    "repairs": "bridge",
    "others": "bridge",
}


@dataclass(frozen=True, slots=True)
class Case:
    """One real loan with the dates and habits that the demo gives it."""

    row: int
    amount: int
    instalments: int
    product: str
    good: bool
    disbursed: date

    @property
    def stops_at(self) -> int:
        """The first instalment that a bad borrower does not pay; none for a good one."""
        return 10**6 if self.good else 2 + self.row % 5

    @property
    def recovers(self) -> bool:
        """Whether a part comes back after the write-off."""
        return self.row % 3 == 0

    def payments(self, due: date) -> Iterator[tuple[date, str]]:
        """(day, what) of the payments for an instalment, by the borrower's habit."""
        habit = self.row % 10 if self.good else 0
        if habit in (6, 7):
            yield due - timedelta(days=EARLY_DAYS), "all"
        elif habit == 8:
            yield due + timedelta(days=LATE_DAYS), "owed"
        elif habit == 9:
            yield due, "half"
            yield due + timedelta(days=REST_DAYS), "owed"
        else:
            yield due, "all"


def cases(count: int, span: int = DISBURSEMENT_DAYS) -> list[Case]:
    """The first `count` loans of the data, disbursed evenly over `span` days."""
    with DATA.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))[:count]
    return [
        Case(
            row=index,
            amount=int(row["credit_amount"]),
            instalments=int(row["duration_in_month"]),
            product=PURPOSES[row["purpose"]],
            good=row["creditability"] == "good",
            disbursed=FIRST_DAY + timedelta(days=index * span // count),
        )
        for index, row in enumerate(rows)
    ]


def terms(code: str) -> product_service_pb2.Terms:
    """The terms of one of the demo's products."""
    _, amortization, basis, rate, excess = PRODUCTS[code]
    return product_service_pb2.Terms(
        currency=CURRENCY,
        amortization=f"AMORTIZATION_{amortization}",
        frequency=product_service_pb2.Frequency(unit="FREQUENCY_UNIT_MONTH", every=1),
        interest_basis=f"INTEREST_BASIS_{basis}",
        rounding="ROUNDING_MODE_HALF_UP",
        min_rate=decimal_(rate),
        max_rate=decimal_(rate),
        min_amount=money("100", CURRENCY),
        max_amount=money("50000", CURRENCY),
        min_instalments=1,
        max_instalments=120,
        allocation=product_service_pb2.Allocation(
            order=[
                common_pb2.COMPONENT_PENALTY,
                common_pb2.COMPONENT_FEE,
                common_pb2.COMPONENT_INTEREST,
                common_pb2.COMPONENT_PRINCIPAL,
            ],
            mode="ALLOCATION_MODE_BY_INSTALMENT",
            excess=f"EXCESS_RULE_{excess}",
        ),
        late_fee=money("5", CURRENCY),
        late_fee_grace_days=10,
        penalty_rate=decimal_("0.12"),
    )
