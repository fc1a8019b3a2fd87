"""What a loan costs, on a quote and on the loan: figures that other sources print, and by hand."""

from __future__ import annotations

from typing import Any

import pytest

from loanledger import date_of, decimal_, minor, money
from loanledger.v1 import common_pb2
from loanledger.v1 import loan_service_pb2 as ln
from loanledger.v1 import product_service_pb2 as pr
from tests.server.bad import cny
from tests.server.desk import Desk


def quote(desk: Desk, product: str, **fields: Any) -> ln.Disclosure:
    plain: dict[str, Any] = {
        "product": product,
        "amount": cny("1200"),
        "annual_rate": decimal_("0.06"),
        "instalments": 12,
        "start": date_of("2024-01-15"),
    }
    return desk.client.loans.quote_schedule(**plain | fields).disclosure


def rates(found: ln.Disclosure) -> list[str]:
    return [
        found.regz_apr.value,
        found.eu_aprc.value,
        found.annualised_irr.value,
        found.effective_rate.value,
    ]


def test_an_even_loan_without_fees_costs_its_rate(desk: Desk) -> None:
    found = quote(desk, desk.publish())
    # 103.28 a month, at last 103.24; and 1.005 ** 12 - 1 = 0.061678.
    assert (minor(found.received), minor(found.total_paid)) == (120000, 11 * 10328 + 10324)
    assert minor(found.total_cost) == 3932
    assert all(abs(float(rate) - 0.06) < 0.0001 for rate in rates(found)[::2])
    assert all(abs(float(rate) - 0.061678) < 0.0001 for rate in rates(found)[1::2])


def test_the_example_of_appendix_j_for_a_single_advance(desk: Desk) -> None:
    """Appendix J (c)(1)(i): 5,000 in 36 monthly payments of 166.07, from 10 January 1978: 12.00 %.

    The payments as a fixed instalment need the rate that they come from: 12 %.
    """
    product = desk.publish("dollar", "USD", amortization="AMORTIZATION_FIXED_INSTALMENT")
    found = quote(
        desk,
        product,
        amount=money("5000", "USD"),
        annual_rate=decimal_("0.12"),
        instalments=36,
        fixed_instalment=money("166.07", "USD"),
        start=date_of("1978-01-10"),
    )
    assert abs(float(found.regz_apr.value) - 0.12) < 0.00005


def test_fees_deducted_and_charged_raise_the_rates(desk: Desk) -> None:
    fees = [
        pr.FeeRule(name="arrangement", when="FEE_WHEN_DISBURSEMENT", percent=decimal_("0.02"),
                   tax=decimal_("0.06"), collection="FEE_COLLECTION_DEDUCTED"),
        pr.FeeRule(name="account", when="FEE_WHEN_INSTALMENT", fixed=cny("1")),
        pr.FeeRule(name="late", when="FEE_WHEN_LATE", fixed=cny("50")),
    ]  # fmt: skip
    plain, costly = quote(desk, desk.publish("plain")), quote(desk, desk.publish("fees", fees=fees))
    # 24.00 and its tax of 1.44 are kept back, 1.00 comes on top of each instalment.
    assert minor(costly.received) == 120000 - 2544
    assert minor(costly.total_paid) == minor(plain.total_paid) + 1200
    assert minor(costly.total_cost) == minor(plain.total_cost) + 2544 + 1200
    assert all(
        float(high) > float(low) + 0.04
        for high, low in zip(rates(costly), rates(plain), strict=True)
    )


@pytest.mark.parametrize(
    ("terms", "agreed"),
    [
        ({"amortization": "AMORTIZATION_SINGLE_REPAYMENT"}, {}),
        ({"down_payment": decimal_("0.2"), "down_payment_taken": True}, {}),
        ({}, {"first_due": date_of("2024-02-25")}),
        ({"frequency": pr.Frequency(unit="FREQUENCY_UNIT_WEEK", every=2)}, {}),
        ({"frequency": pr.Frequency(unit="FREQUENCY_UNIT_DAY", every=10)}, {}),
        ({"frequency": pr.Frequency(unit="FREQUENCY_UNIT_SEMI_MONTH", every=1)}, {}),
    ],
)
def test_every_kind_of_schedule_has_its_rates_near_the_agreed_one(
    desk: Desk, terms: dict[str, Any], agreed: dict[str, Any]
) -> None:
    found = quote(desk, desk.publish(**terms), **agreed)
    assert all(0.054 < float(rate) < 0.066 for rate in rates(found)), found


def test_the_loan_tells_the_disclosure_of_its_contract_for_good(desk: Desk) -> None:
    name, loans = desk.lent(desk.publish(), "1200"), desk.client.loans
    found = loans.get_loan(name=name).disclosure
    assert found == quote(desk, "books/main/products/plain")
    desk.go_to("2024-02-20")
    loans.repay_loan(name=name, amount=cny("50"))
    loans.change_rate(name=name, annual_rate=decimal_("0.09"))
    assert loans.get_loan(name=name).disclosure == found


def test_rows_of_a_schedule_tell_charges_and_what_is_still_to_pay(desk: Desk) -> None:
    name, loans = desk.lent(desk.publish(penalty_rate=decimal_("0.365")), "1200"), desk.client.loans
    loans.charge_loan(name=name, amount=cny("7"), due_date=date_of("2024-02-10"))
    desk.go_to("2024-02-25")
    loans.charge_loan(name=name, amount=cny("3"), part=common_pb2.COMPONENT_PENALTY)
    first, second = loans.get_schedule(name=name).instalments[:2]
    # 97.28 x 0.001 x 10 days of penalty.
    assert [minor(x) for x in (first.fee, first.penalty, first.outstanding)] == [
        700,
        97,
        10328 + 700 + 97,
    ]
    assert first.kind == ln.INSTALMENT_KIND_REGULAR
    assert [minor(x) for x in (second.fee, second.penalty)] == [0, 300]
    owed = loans.get_loan(name=name).overdue
    loans.repay_loan(name=name, amount=cny("200"))
    paid = loans.get_schedule(name=name).instalments[0]
    assert (minor(paid.fee_paid), minor(paid.outstanding), paid.settled) == (700, 0, True)
    assert minor(owed) == 10328
    assert desk.tied()


def test_a_down_payment_is_a_row_of_its_own(desk: Desk) -> None:
    product = desk.publish(down_payment=decimal_("0.25"))
    name, loans = desk.lent(product, "1200"), desk.client.loans
    rows = loans.get_schedule(name=name).instalments
    assert [row.kind for row in rows[:2]] == [
        ln.INSTALMENT_KIND_DOWN_PAYMENT,
        ln.INSTALMENT_KIND_REGULAR,
    ]
    assert minor(rows[0].outstanding) == 30000
    loans.record_down_payment(name=name, amount=cny("300"))
    assert loans.get_schedule(name=name).instalments[0].settled
    assert desk.tied()
