"""Every term of a product over gRPC: read as it was published, and loans live by it."""

from __future__ import annotations

from typing import Any

import pytest

from loanledger import FailedPrecondition, InvalidArgument, date_of, decimal_, minor, money, to_date
from loanledger.v1 import loan_service_pb2 as ln
from loanledger.v1 import product_service_pb2 as pr
from tests.server.bad import cny
from tests.server.desk import Desk, allocation, product_terms
from tests.server.test_product_service import filled

BACKWARDS = ["COMPONENT_PRINCIPAL", "COMPONENT_INTEREST", "COMPONENT_FEE", "COMPONENT_PENALTY"]
SCHEDULED: dict[str, Any] = {"interest": "INTEREST_MODE_SCHEDULED"}
BASES = [name for name, number in pr.InterestBasis.items() if number]
FEES = [
    pr.FeeRule(
        name="arrangement",
        when="FEE_WHEN_DISBURSEMENT",
        percent=decimal_("0.01"),
        least=money("10", "CNY"),
        most=money("500", "CNY"),
        tax=decimal_("0.06"),
        collection="FEE_COLLECTION_DEDUCTED",
        income="FEE_INCOME_AMORTISED",
    ),
    pr.FeeRule(
        name="late",
        when="FEE_WHEN_LATE",
        tiers=[
            pr.FeeTier(upto=money("100", "CNY"), fixed=money("5", "CNY")),
            pr.FeeTier(percent=decimal_("0.05")),
        ],
        collection="FEE_COLLECTION_CHARGED",
        income="FEE_INCOME_AT_ONCE",
        grace_days=3,
        penalty=True,
        first_instalment=2,
        last_instalment=5,
    ),
]


def everything() -> pr.Terms:
    """Terms with no field at its default but the floating rate, which has no steps."""
    order = allocation("LAST_INSTALMENT")
    order.due_order.extend(BACKWARDS)
    order.advance_order.extend(BACKWARDS)
    order.advance_mode = pr.ALLOCATION_MODE_BY_COMPONENT
    refund = pr.AllocationOverride(excess="EXCESS_RULE_PROPORTIONAL", order=BACKWARDS)
    order.overrides["merchant_refund_recorded"].CopyFrom(refund)
    return product_terms(
        amortization="AMORTIZATION_GRADUATED",
        frequency=pr.Frequency(unit="FREQUENCY_UNIT_SEMI_MONTH", every=1, days=[15, 31]),
        interest_basis="INTEREST_BASIS_ACT_ACT_ISDA",
        allocation=order,
        settlement="SETTLEMENT_RULE_OF_78",
        credit_allocation=BACKWARDS,
        down_payment=decimal_("0.25"),
        down_payment_taken=True,
        shape=pr.Shape(
            balloon=cny("5"),
            step=decimal_("-0.05"),
            step_every=6,
            principal_grace=1,
            interest_grace=2,
            interest_free=3,
            skipped_months=[2, 8],
            unit=cny("1"),
        ),
        day_setting="30/360",
        interest_period="INTEREST_PERIOD_DAILY",
        profile="direct",
        fees=FEES,
        conventions="fineract_progressive",
        min_instalments=6,
        penalty_base="PENALTY_BASE_PRINCIPAL_AND_INTEREST",
        capitalised_instalments=2,
        capitalised_every=3,
        offer_days=30,
        reminder_days=[-3, 1, 7],
        penalty_cap=decimal_("0.5"),
        rate_steps=[pr.SteppedRate(instalment=7, added=decimal_("0.01"))],
        calendar="CN",
        roll="ROLL_MODIFIED_FOLLOWING",
        interest_unadjusted=True,
        pricing=pr.Pricing(
            rows=[pr.PriceRow(rate=decimal_("0.05"), min_amount=cny("10"), segments=["staff"])],
            segments=["staff"],
        ),
        **SCHEDULED,
    )


def test_every_term_is_read_as_it_was_published(desk: Desk) -> None:
    products, terms = desk.client.products, everything()
    made = products.publish_product(code="all", title="All", title_zh="全部", terms=terms)
    assert (made.title_zh, made.HasField("effective_from")) == ("全部", False)
    assert filled(made.terms, terms)
    assert {field.name for field, _ in made.terms.ListFields()} | {"accounts"} >= (
        set(pr.Terms.DESCRIPTOR.fields_by_name) - {"late_fee_grace_days", "penalty_grace_days"}
        - {"interest_on_overdue", "floating", "penalty_multiple"}
    )  # fmt: skip
    assert products.get_product(name=made.name) == made
    again = products.publish_product(code="all", title="All", terms=made.terms)
    assert again.terms == made.terms


def test_a_penalty_rate_may_be_a_multiple_of_the_rate_that_a_loan_bears(desk: Desk) -> None:
    products, half_more = desk.client.products, decimal_("1.5")
    name = desk.publish(penalty_multiple=half_more, interest_basis="INTEREST_BASIS_ACT_360")
    assert products.get_product(name=name).terms.penalty_multiple == half_more
    loan = desk.lent(name, "1200", rate="0.12", n=1)
    desk.go_to("2024-02-25")
    owed = desk.client.loans.get_loan(name=loan).balance.penalty
    assert minor(owed) == 600  # 1200.00 at 18 % over 10 of 360 days
    assert desk.tied()
    with pytest.raises(InvalidArgument) as caught:
        desk.publish("both", penalty_multiple=half_more, penalty_rate=decimal_("0.1"))
    assert [field for field, _ in caught.value.violations] == ["terms.penalty_multiple"]


def test_new_loans_use_a_version_from_its_first_day_on(desk: Desk) -> None:
    products, name = desk.client.products, desk.publish(max_rate=decimal_("0.08"))
    first = products.get_product(name=name).name
    second = products.publish_product(
        code="plain", title="Plain", terms=product_terms(), effective_from=date_of("2024-01-20")
    )
    assert to_date(second.effective_from) == to_date(date_of("2024-01-20"))
    assert desk.applied(name, "1200").product == first
    with pytest.raises(InvalidArgument, match="effective from 2024-01-20") as caught:
        desk.applied(second.name, "1200")
    assert [field for field, _ in caught.value.violations] == ["product"]
    desk.go_to("2024-01-20")
    assert desk.applied(name, "1200", rate="0.09").product == second.name
    assert desk.applied(first, "1200").product == first
    with pytest.raises(InvalidArgument, match="2024-01-20"):
        products.publish_product(
            code="plain", title="Plain", terms=product_terms(), effective_from=date_of("2024-01-19")
        )


@pytest.mark.parametrize("basis", BASES)
def test_a_loan_lives_on_every_interest_basis(desk: Desk, basis: str) -> None:
    name, loans = desk.lent(desk.publish(interest_basis=basis), "1200"), desk.client.loans
    desk.go_to("2024-03-01")
    loans.repay_loan(name=name, amount=cny("100"))
    loans.change_due_date(name=name, from_due=date_of("2024-03-15"), to_due=date_of("2024-03-31"))
    desk.go_to("2024-04-02")
    loans.change_rate(name=name, annual_rate=decimal_("0.07"), value_date=date_of("2024-03-20"))
    total = loans.quote_payoff(name=name).total
    assert loans.pay_off_loan(name=name, amount=total).loan.status == ln.LOAN_STATUS_REPAID
    assert desk.tied()


METHODS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("FLAT", SCHEDULED, {}),
    ("FLAT", {**SCHEDULED, "settlement": "SETTLEMENT_FULL"}, {}),
    ("EQUAL_INSTALMENTS", {**SCHEDULED, "settlement": "SETTLEMENT_RULE_OF_78"}, {}),
    ("GRADUATED", {"shape": pr.Shape(step=decimal_("0.1"), step_every=2)}, {}),
    ("CUSTOM", {}, {"shape": pr.Shape(custom=[cny("100")] * 11 + [cny("100")])}),
    ("FIXED_INSTALMENT", {}, {"fixed_instalment": cny("150")}),
    ("EQUAL_PRINCIPAL", {"shape": pr.Shape(balloon=cny("300"), principal_grace=2)}, {}),
    ("EQUAL_INSTALMENTS", {**SCHEDULED, "shape": pr.Shape(skipped_months=[2, 3])}, {}),
    ("EQUAL_INSTALMENTS", SCHEDULED, {"shape": pr.Shape(interest_grace=2, interest_free=1)}),
    ("EQUAL_INSTALMENTS", {"shape": pr.Shape(unit=cny("5"))}, {}),
    ("EQUAL_INSTALMENTS", {"capitalised_instalments": 1, "penalty_rate": decimal_("0.09"),
                           "penalty_base": "PENALTY_BASE_PRINCIPAL_AND_INTEREST"}, {}),
    ("EQUAL_INSTALMENTS", {"fees": FEES}, {}),
    ("EQUAL_INSTALMENTS", {"day_setting": "30/360", "conventions": "fineract_cumulative"}, {}),
    ("EQUAL_INSTALMENTS", {"down_payment": decimal_("0.2"), "down_payment_taken": True}, {}),
    (
        "EQUAL_PRINCIPAL",
        {"frequency": pr.Frequency(unit="FREQUENCY_UNIT_SEMI_MONTH", every=1, days=[10, 25])},
        {},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("method", "terms", "agreed"), METHODS)
def test_a_loan_lives_by_every_method_and_shape(
    desk: Desk, method: str, terms: dict[str, Any], agreed: dict[str, Any]
) -> None:
    product = desk.publish(amortization=f"AMORTIZATION_{method}", **terms)
    asked: dict[str, Any] = {
        "product": product,
        "amount": cny("1200"),
        "annual_rate": decimal_("0.06"),
        "instalments": 12,
        **agreed,
    }
    loans = desk.client.loans
    quote = loans.quote_schedule(start=date_of("2024-01-15"), **asked)
    assert minor(quote.total_principal) == 120000
    name = loans.open_loan(party=desk.party(), **asked).name
    loans.approve_loan(name=name)
    loans.disburse_loan(name=name)
    lived = loans.get_schedule(name=name)
    assert [row.total for row in lived.instalments] == [row.total for row in quote.instalments]
    desk.go_to("2024-03-20")
    loans.repay_loan(name=name, amount=cny("200"))
    assert desk.tied()
    total = loans.quote_payoff(name=name).total
    assert loans.pay_off_loan(name=name, amount=total).loan.status == ln.LOAN_STATUS_REPAID
    assert desk.tied()


def test_a_loan_agrees_on_its_own_due_dates(desk: Desk) -> None:
    loans, product = desk.client.loans, desk.publish(interest_basis="INTEREST_BASIS_ACT_365F")
    days = [date_of(text) for text in ("2024-02-01", "2024-03-08", "2024-04-02")]
    loan = loans.open_loan(
        party=desk.party(),
        product=product,
        amount=cny("300"),
        annual_rate=decimal_("0.06"),
        instalments=3,
        due_dates=days,
    )
    loans.approve_loan(name=loan.name)
    desk.go_to("2024-02-01")
    with pytest.raises(FailedPrecondition, match="must lie after the disbursement"):
        loans.disburse_loan(name=loan.name)
    loans.disburse_loan(name=loan.name, value_date=date_of("2024-01-20"))
    assert [row.due for row in loans.get_schedule(name=loan.name).instalments] == days
    assert desk.tied()


def test_refunds_of_a_merchant_go_by_their_own_rule(desk: Desk) -> None:
    order = allocation("CREDIT_BALANCE")
    order.overrides["merchant_refund_recorded"].excess = pr.EXCESS_RULE_LAST_INSTALMENT_PRINCIPAL
    name, loans = desk.lent(desk.publish(allocation=order), "1200"), desk.client.loans
    paid = loans.repay_loan(name=name, amount=cny("10"))
    back = loans.record_refund(name=name, source="REFUND_SOURCE_MERCHANT", amount=cny("10"))
    assert minor(paid.loan.balance.credit) == 1000
    assert minor(back.loan.balance.principal) == 119000
    assert desk.tied()
