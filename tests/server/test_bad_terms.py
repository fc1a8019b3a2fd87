"""Terms and agreements that do not go together: refused with every field, and nothing written."""

from __future__ import annotations

from typing import Any

import pytest

from loanledger import decimal_, money
from loanledger.v1 import loan_service_pb2 as ln
from loanledger.v1 import product_service_pb2 as pr
from tests.server.bad import Bad, Stock, asked, cny, day, judge
from tests.server.desk import BOOK, allocation, product_terms


def _terms(title: str, fields: str, **terms: Any) -> Bad:
    given = product_terms(**terms)
    named = " ".join(f"terms.{field}" for field in fields.split())
    return Bad(
        title,
        lambda stock: asked(pr.PublishProductRequest, code="new", title="New", terms=given),
        fields=named,
    )


def _fee(title: str, fields: str, **fee: Any) -> Bad:
    rule = pr.FeeRule(**{"name": "fee", "when": "FEE_WHEN_LATE", "fixed": cny("1")} | fee)
    return _terms(title, " ".join(f"fees[0].{field}" for field in fields.split()), fees=[rule])


def _order(title: str, fields: str, **given: Any) -> Bad:
    order = allocation()
    order.MergeFrom(pr.Allocation(**given))
    named = " ".join(f"allocation.{field}" for field in fields.split())
    return _terms(title, named, allocation=order)


TIERS = [pr.FeeTier(fixed=cny("1")), pr.FeeTier(upto=cny("100"), fixed=cny("2"))]
TERMS = [
    _terms("flat interest by the day", "amortization", amortization="AMORTIZATION_FLAT"),
    _terms("full settlement by the day", "settlement", settlement="SETTLEMENT_FULL"),
    _terms("rule of 78 by the day", "settlement", settlement="SETTLEMENT_RULE_OF_78"),
    _terms(
        "graces that need a schedule",
        "shape.interest_grace shape.interest_free shape.skipped_months",
        shape=pr.Shape(interest_grace=1, interest_free=1, skipped_months=[2]),
    ),
    _terms(
        "a shape out of all range",
        "shape.principal_grace shape.step shape.skipped_months shape.unit",
        interest="INTEREST_MODE_SCHEDULED",
        shape=pr.Shape(
            principal_grace=601, step=decimal_("-1"), skipped_months=[13], unit=cny("0")
        ),
    ),
    _terms(
        "a grace as long as the longest term",
        "shape.principal_grace",
        shape=pr.Shape(principal_grace=360),
    ),
    _terms("a step of a method without", "shape.step", shape=pr.Shape(step=decimal_("0.1"))),
    _terms(
        "a step too fine to be worked out",
        "shape.step",
        amortization="AMORTIZATION_GRADUATED",
        shape=pr.Shape(step=decimal_("0.1234567"), step_every=1),
    ),
    _terms("a balloon in euro", "shape.balloon.currency_code",
           shape=pr.Shape(balloon=money("1", "EUR"))),
    _terms("custom principal of another method", "shape.custom", shape=pr.Shape(custom=[cny("1")])),
    _terms(
        "a line that is no line",
        "interest allocation.excess conventions down_payment",
        amortization="AMORTIZATION_REVOLVING",
        interest="INTEREST_MODE_SCHEDULED",
        allocation=allocation("NEXT_INSTALMENT"),
        conventions="fineract_progressive",
        down_payment=decimal_("0.1"),
    ),
    _terms(
        "minima without a line",
        "shape.minimum_share shape.minimum",
        shape=pr.Shape(minimum_share=decimal_("0.1"), minimum=cny("1")),
    ),
    _terms(
        "two commitment fees",
        "fees",
        fees=[
            pr.FeeRule(name=name, when="FEE_WHEN_COMMITMENT", percent=decimal_("0.01"))
            for name in ("one", "two")
        ],
    ),
    _fee("a commitment fee of an amount", "percent", when="FEE_WHEN_COMMITMENT"),
    _fee("a window that ends before it begins", "last_instalment",
         first_instalment=3, last_instalment=2),
    _fee("a window at disbursement", "first_instalment", when="FEE_WHEN_DISBURSEMENT",
         first_instalment=3),
    _terms("a down payment of all", "down_payment", down_payment=decimal_("1")),
    _terms("a down payment of none", "down_payment_taken", down_payment_taken=True),
    _terms(
        "names that nobody knows",
        "profile conventions day_setting interest settlement interest_period",
        profile="ours",
        conventions="theirs",
        day_setting="31/366",
        interest=9,
        settlement=9,
        interest_period=9,
    ),
    _terms("days without a setting", "interest_period", interest_period="INTEREST_PERIOD_DAILY"),
    _terms(
        "days of half months for months",
        "frequency.days",
        frequency=pr.Frequency(unit="FREQUENCY_UNIT_MONTH", every=1, days=[1, 15]),
    ),
    _terms(
        "half months with one day",
        "frequency.days",
        frequency=pr.Frequency(unit="FREQUENCY_UNIT_SEMI_MONTH", every=1, days=[15]),
    ),
    _terms("half an order", "credit_allocation", credit_allocation=["COMPONENT_FEE"]),
    _order("orders that lack something", "due_order advance_order advance_mode", due_order=[1],
           advance_order=[1, 1, 2, 3], advance_mode=7),
    _order(
        "an override of nothing",
        "overrides[waiver_recorded] overrides[waiver_recorded].excess",
        overrides={"waiver_recorded": pr.AllocationOverride()},
    ),
    _fee("a fee without a name", "name", name="Late fee"),
    _fee("a fee for nothing", "when fixed", when=0, fixed=None),
    _fee("tiers that fall", "tiers", tiers=TIERS),
    _fee("most below least", "most", least=cny("2"), most=cny("1")),
    _fee("a late fee deducted", "collection", collection="FEE_COLLECTION_DEDUCTED"),
    _fee("a late fee amortised", "income", income="FEE_INCOME_AMORTISED"),
    _fee("a grace of a fee that is not late", "grace_days", when="FEE_WHEN_INSTALMENT",
         grace_days=1),
    _fee("a fee in euro", "fixed fixed.currency_code", fixed=money("1", "EUR")),
    _terms("two fees of one name", "fees",
           fees=[pr.FeeRule(name="a", when=1, fixed=cny("1"))] * 2),
    Bad(
        "a version of yesterday",
        lambda stock: asked(
            pr.PublishProductRequest,
            code="new",
            title="New",
            terms=product_terms(),
            effective_from=day("2024-03-09"),
        ),
        fields="effective_from",
    ),
]  # fmt: skip


def _agreed(title: str, fields: str, **given: Any) -> list[Bad]:
    """The same agreement, refused for a loan and for a quote."""
    plain: dict[str, Any] = {
        "product": f"{BOOK}/products/plain",
        "amount": cny("1200"),
        "annual_rate": decimal_("0.06"),
        "instalments": 3,
    } | given
    start = day("2024-03-10")
    return [
        Bad(
            f"loan: {title}",
            lambda stock: asked(ln.OpenLoanRequest, party=stock.party, **plain),
            fields=fields,
        ),
        Bad(
            f"quote: {title}",
            lambda stock: ln.QuoteScheduleRequest(start=start, **plain),
            fields=fields,
        ),
    ]


AGREEMENTS = [
    *_agreed("fixed instalment of another method", "fixed_instalment", fixed_instalment=cny("9")),
    *_agreed(
        "a shape that does not fit",
        "shape.principal_grace shape.balloon",
        shape=pr.Shape(principal_grace=3, balloon=cny("1200.01")),
    ),
    *_agreed(
        "a shape that waits", "shape.skipped_months", shape=pr.Shape(skipped_months=[1, 2])
    ),
    *_agreed(
        "more steps than can be worked out, of a method without",
        "shape.step shape.step_every",
        instalments=62,
        shape=pr.Shape(step=decimal_("0.1"), step_every=1),
    ),
    *_agreed("a unit in euro", "shape.unit.currency_code",
             shape=pr.Shape(unit=money("1", "EUR"))),
    *_agreed(
        "steps that do not rise",
        "rate_steps rate_steps[0].instalment rate_steps[1].annual_rate",
        rate_steps=[
            ln.RateStep(instalment=4, annual_rate=decimal_("0.07")),
            ln.RateStep(instalment=2, annual_rate=decimal_("1.01")),
        ],
    ),
    *_agreed(
        "due dates and a first one",
        "first_due due_dates",
        first_due=day("2024-04-01"),
        due_dates=[day("2024-04-01")],
    ),
    *_agreed(
        "due dates that fall",
        "due_dates",
        due_dates=[day("2024-04-01"), day("2024-06-01"), day("2024-05-01")],
    ),
    *_agreed(
        "due dates that have passed",
        "due_dates",
        due_dates=[day("2024-03-10"), day("2024-04-10"), day("2024-05-10")],
    ),
]  # fmt: skip


@pytest.mark.parametrize("bad", [*TERMS, *AGREEMENTS], ids=str)
def test_it_is_refused_for_its_fields_and_nothing_is_written(stock: Stock, bad: Bad) -> None:
    judge(stock, bad)
