"""Prices over the contract: a table sets the rate, and the history keeps its row."""

from __future__ import annotations

import re
from typing import Any

import pytest

from loanledger import FailedPrecondition, InvalidArgument, date_of, decimal_, minor, money
from loanledger.v1 import loan_service_pb2 as ln
from loanledger.v1 import product_service_pb2 as pr
from tests.promises.soundness import require_sound
from tests.server.bad import cny
from tests.server.desk import Desk


def row(rate: str, **more: Any) -> pr.PriceRow:
    return pr.PriceRow(rate=decimal_(rate), **more)


def offer(**more: Any) -> pr.Discount:
    plain: dict[str, Any] = {
        "code": "opening",
        "rate": decimal_("0.005"),
        "start": date_of("2024-01-10"),
        "end": date_of("2024-01-20"),
    }
    return pr.Discount(**plain | more)


TABLE = (
    row("0.03", segments=["staff"]),
    row("0.05", min_score=700, min_amount=cny("1000")),
    row("0.09", max_amount=cny("5000"), max_instalments=12),
)


def priced(desk: Desk, *rows: pr.PriceRow, **more: Any) -> str:
    terms = {name: more.pop(name) for name in ("floating",) if name in more}
    return desk.publish("priced", pricing=pr.Pricing(rows=rows or TABLE, **more), **terms)


def apply(desk: Desk, product: str, units: str = "1200", **more: Any) -> ln.Loan:
    plain = {"amount": cny(units), "instalments": 12, "party": desk.party(), "product": product}
    return desk.client.loans.open_loan(**plain | more)


def test_a_product_is_priced_as_it_was_published(desk: Desk) -> None:
    pricing = pr.Pricing(rows=TABLE, discounts=[offer(segments=["new"])], segments=["new", "staff"])
    name = desk.publish("priced", pricing=pricing)
    assert desk.client.products.get_product(name=name).terms.pricing == pricing
    assert not desk.client.products.get_product(name=desk.publish()).terms.HasField("pricing")


@pytest.mark.parametrize(
    ("asking", "rate"),
    [
        ({"segment": "staff"}, "0.03"),
        ({"score": 700}, "0.05"),
        ({"score": 700, "amount": cny("900")}, "0.09"),
        ({}, "0.09"),
        ({"annual_rate": decimal_("0.09")}, "0.09"),
    ],
)
def test_the_table_sets_the_rate_of_a_loan_and_of_a_quote(
    desk: Desk, asking: dict[str, Any], rate: str
) -> None:
    product = priced(desk)
    loan = apply(desk, product, **asking)
    assert loan.annual_rate.value == rate
    plain = {"amount": cny("1200"), "instalments": 12, "start": date_of("2024-01-15")}
    quote = desk.client.loans.quote_schedule(**plain | asking | {"product": product})
    assert desk.client.loans.get_schedule(name=loan.name).instalments == quote.instalments


def test_the_history_keeps_the_row_and_not_the_score(desk: Desk) -> None:
    apply(desk, priced(desk), score=712)
    [event] = list(desk.client.audit.list_events.iterate(kind="loan_opened"))
    assert dict(event.payload["pricing"]) == {"price": "1/20", "row": "2"}
    assert not re.search(rb"\b712\b", event.canonical)


def test_what_no_row_fits_and_what_the_table_does_not_say_are_refused(desk: Desk) -> None:
    product = priced(desk)
    with pytest.raises(FailedPrecondition) as missing:
        apply(desk, product, "6000")
    assert missing.value.reason == "PRICE_MISSING"
    with pytest.raises(InvalidArgument) as other:
        apply(desk, product, annual_rate=decimal_("0.08"))
    assert [field for field, _ in other.value.violations] == ["annual_rate"]


def test_a_segment_that_the_product_is_not_for_is_refused(desk: Desk) -> None:
    product = priced(desk, segments=["staff", "new"])
    for segment in ("", "old"):
        with pytest.raises(FailedPrecondition) as refused:
            apply(desk, product, segment=segment)
        assert refused.value.reason == "NOT_ELIGIBLE"
    assert apply(desk, product, segment="new").annual_rate.value == "0.09"


def test_a_discount_is_taken_off_while_it_stands(desk: Desk) -> None:
    product = priced(desk, discounts=[offer()])
    assert apply(desk, product).annual_rate.value == "0.085"
    desk.go_to("2024-01-21")
    assert apply(desk, product).annual_rate.value == "0.09"


def test_a_floating_product_takes_its_margin_from_the_table(desk: Desk) -> None:
    index = desk.index("LPR-1Y", d20240110="0.0345")
    floating = pr.Floating(index="LPR-1Y", margin=decimal_("0"), every_months=1)
    rows = (row("-0.002", segments=["staff"]), row("0.0105"))
    product = priced(desk, *rows, floating=floating)
    names = [apply(desk, product, segment=segment).name for segment in ("staff", "")]
    for name in names:
        desk.client.loans.approve_loan(name=name)
        desk.client.loans.disburse_loan(name=name)
    rates = [desk.client.loans.get_loan(name=name).current_rate.value for name in names]
    assert rates == ["0.0325", "0.045"]
    desk.go_to("2024-02-10")
    desk.fix(index, "2024-02-10", "0.03")
    desk.go_to("2024-02-20")
    rates = [desk.client.loans.get_loan(name=name).current_rate.value for name in names]
    assert rates == ["0.028", "0.0405"]
    require_sound(desk.server.dsn)


BAD: list[tuple[dict[str, Any], str]] = [
    ({"rows": [pr.PriceRow()]}, "rows[0].rate"),
    ({"rows": [row("-0.01")]}, "rows[0].rate"),
    (
        {"rows": [row("0"), row("0", min_amount=cny("2"), max_amount=cny("1"))]},
        "rows[1].max_amount",
    ),
    ({"rows": [row("0", max_amount=money("2", "EUR"))]}, "rows[0].max_amount.currency_code"),
    ({"rows": [row("0", min_instalments=3, max_instalments=2)]}, "rows[0].max_instalments"),
    ({"rows": [row("0", min_instalments=-1)]}, "rows[0].min_instalments"),
    ({"rows": [row("0", min_score=3, max_score=2)]}, "rows[0].max_score"),
    ({"rows": [row("0", segments=["A b"])]}, "rows[0].segments"),
    ({"segments": [""]}, "segments"),
    ({"discounts": [offer()]}, "discounts"),
    ({"rows": TABLE, "discounts": [offer(code="")]}, "discounts[0].code"),
    ({"rows": TABLE, "discounts": [offer(rate=decimal_("2"))]}, "discounts[0].rate"),
    ({"rows": TABLE, "discounts": [offer(end=None)]}, "discounts[0].end"),
    ({"rows": TABLE, "discounts": [offer(end=date_of("2024-01-09"))]}, "discounts[0].end"),
]


@pytest.mark.parametrize(("pricing", "field"), BAD)
def test_prices_that_make_no_sense_are_refused(
    desk: Desk, pricing: dict[str, Any], field: str
) -> None:
    before = desk.written()
    with pytest.raises(InvalidArgument) as refused:
        desk.publish("priced", pricing=pr.Pricing(**pricing))
    assert [found for found, _ in refused.value.violations] == [f"terms.pricing.{field}"]
    assert desk.written() == before


def test_a_priced_loan_is_sound_to_its_end(desk: Desk) -> None:
    name = apply(desk, priced(desk), segment="staff").name
    desk.client.loans.approve_loan(name=name)
    desk.client.loans.disburse_loan(name=name)
    desk.go_to("2024-02-15")
    assert minor(desk.client.loans.get_loan(name=name).balance.interest) == 300
    require_sound(desk.server.dsn)
    assert desk.tied()
