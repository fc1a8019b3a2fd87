"""Floating loans: rates that follow an index, on the day or worked in later, to the minor unit."""

from __future__ import annotations

from typing import Any

import pytest
from google.type import date_pb2

from ledger.end_of_day import close
from loanledger import (
    FailedPrecondition,
    InvalidArgument,
    LoanLedgerError,
    date_of,
    decimal_,
    minor,
    money,
)
from loanledger.v1 import end_of_day_service_pb2 as ed
from loanledger.v1 import loan_service_pb2 as ln
from loanledger.v1 import product_service_pb2 as pr
from loanledger.v1 import rate_service_pb2 as rt
from tests.promises.soundness import require_sound
from tests.server.desk import BOOK, Desk

INDEX = f"{BOOK}/rateIndexes/LPR-5Y"


def floating(**more: Any) -> pr.Floating:
    plain: dict[str, Any] = {"index": "LPR-5Y", "margin": decimal_("0.005"), "every_months": 3}
    return pr.Floating(**plain | more)


def mortgage(desk: Desk, **more: Any) -> str:
    """A product that follows an index fixed at 4.2 % in January."""
    desk.index("LPR-5Y", valid_days=40, d20240110="0.042")
    return desk.publish("mortgage", floating=floating(**more))


def apply(desk: Desk, product: str, **more: Any) -> ln.Loan:
    plain: dict[str, Any] = {"amount": money("120000", "CNY"), "instalments": 24}
    asked = plain | {"party": desk.party(), "product": product} | more
    return desk.client.loans.open_loan(**asked)


def lend(desk: Desk, product: str) -> str:
    name = apply(desk, product).name
    desk.client.loans.approve_loan(name=name)
    desk.client.loans.disburse_loan(name=name)
    return name


def rate(desk: Desk, name: str) -> str:
    return desk.client.loans.get_loan(name=name).current_rate.value


def resets(desk: Desk, name: str) -> list[str]:
    listed = desk.client.loans.list_transactions.iterate(parent=name)
    return [
        f"{t.value_date.year}-{t.value_date.month:02}-{t.value_date.day:02}"
        for t in listed
        if t.kind == "index_reset_recorded"
    ]


def close_to(desk: Desk, day: str) -> list[ed.EndOfDayProgress]:
    """Closes days up to one and tells the last progress of each."""
    stream = desk.client.end_of_day.run_end_of_day(business_date=date_of(day))
    return [step for step in stream if step.finished]


def rework(desk: Desk, since: str = "2024-01-01") -> rt.ResetRatesResponse:
    steps = desk.client.rates.reset_rates(index=INDEX, since=date_of(since), reason="late")
    return list(steps)[-1]


def sound(desk: Desk) -> bool:
    require_sound(desk.server.dsn)
    return desk.tied()


def interest_of(desk: Desk, name: str) -> list[int]:
    rows = desk.client.loans.get_schedule(name=name).instalments
    return [minor(row.interest) for row in rows]


def test_a_product_floats_as_it_was_published(desk: Desk) -> None:
    on = date_of("2000-01-01")
    on.year = 0
    more = {"floor": decimal_("0.02"), "cap": decimal_("0.08"), "lag_days": 2, "on": on}
    name = mortgage(desk, lag_calendar="TARGET", **more)
    found = desk.client.products.get_product(name=name).terms.floating
    assert found == floating(lag_calendar="TARGET", **more)
    assert not desk.client.products.get_product(name=desk.publish()).terms.HasField("floating")


def test_an_application_takes_its_rate_from_the_index_and_keeps_why(desk: Desk) -> None:
    product = mortgage(desk)
    assert apply(desk, product).annual_rate.value == "0.047"
    assert apply(desk, product, annual_rate=decimal_("0.047")).annual_rate.value == "0.047"
    with pytest.raises(InvalidArgument) as other:
        apply(desk, product, annual_rate=decimal_("0.05"))
    assert [field for field, _ in other.value.violations] == ["annual_rate"]
    with pytest.raises(InvalidArgument, match="annual_rate: is required"):
        apply(desk, desk.publish())
    events = list(desk.client.audit.list_events.iterate(kind="loan_opened"))
    assert events[0].payload["pricing"]["fixing_date"] == "2024-01-10"


def test_a_quote_and_a_loan_on_an_index_have_the_same_schedule(desk: Desk) -> None:
    product = mortgage(desk)
    start = date_of("2024-01-15")
    amount = money("120000", "CNY")
    asked = {"product": product, "amount": amount, "instalments": 24, "start": start}
    quote = desk.client.loans.quote_schedule(**asked)
    assert desk.client.loans.get_schedule(name=lend(desk, product)).instalments == quote.instalments


def test_a_loan_is_approved_at_the_rate_of_that_day(desk: Desk) -> None:
    product = mortgage(desk)
    loan = apply(desk, product)
    desk.fix(INDEX, "2024-01-15", "0.0395")
    desk.client.loans.approve_loan(name=loan.name)
    assert rate(desk, loan.name) == "0.0445"
    desk.client.loans.disburse_loan(name=loan.name)
    assert sound(desk)


def test_a_mortgage_floats_once_its_fixed_months_are_over(desk: Desk) -> None:
    """At 3.9 % for three months; then every six months what the index gives, and 0.5 % more."""
    product = mortgage(desk, fixed_months=3, every_months=6)
    with pytest.raises(InvalidArgument, match="annual_rate: is required for the fixed months"):
        apply(desk, product)
    name = apply(desk, product, annual_rate=decimal_("0.039")).name
    desk.client.loans.approve_loan(name=name)
    desk.client.loans.disburse_loan(name=name)
    desk.go_to("2024-04-10")
    assert rate(desk, name) == "0.039"
    desk.fix(INDEX, "2024-04-10", "0.0395")
    desk.go_to("2024-04-20")
    assert (rate(desk, name), resets(desk, name)) == ("0.0445", ["2024-04-15"])
    desk.fix(INDEX, "2024-04-20", "0.05")
    desk.go_to("2024-05-20")
    assert (rate(desk, name), sound(desk)) == ("0.0445", True)


def test_without_a_fixing_that_counts_nothing_is_agreed(desk: Desk) -> None:
    product = mortgage(desk)
    desk.go_to("2024-02-20")
    with pytest.raises(FailedPrecondition) as missing:
        apply(desk, product)
    assert missing.value.reason == "FIXING_MISSING"
    assert missing.value.facts["index"] == "LPR-5Y"


def test_a_mortgage_follows_its_index_over_two_resets(desk: Desk) -> None:
    name = lend(desk, mortgage(desk))
    desk.go_to("2024-04-10")
    desk.fix(INDEX, "2024-04-10", "0.0395")
    [*_, last] = close_to(desk, "2024-04-14")
    assert (last.loans_reset, last.resets_waiting) == (1, 0)
    assert (rate(desk, name), sound(desk)) == ("0.0445", True)
    desk.go_to("2024-07-10")
    desk.fix(INDEX, "2024-07-10", "0.036")
    desk.go_to("2024-07-20")
    assert (rate(desk, name), sound(desk)) == ("0.041", True)
    assert resets(desk, name) == ["2024-04-15", "2024-07-15"]
    # The first month is 120000 x 4.7 % / 12; the second on what the level instalment left.
    assert interest_of(desk, name)[0] == 47000
    rows = desk.client.loans.get_schedule(name=name).instalments
    for number, annual in ((3, 445), (6, 410)):
        opening, found = minor(rows[number].opening), minor(rows[number].interest)
        assert found == (2 * opening * annual + 120_000) // 240_000
    [event] = list(desk.client.audit.list_events.iterate(kind="index_reset_recorded"))[1:]
    assert dict(event.payload["details"]) == {
        "fixing": "9/250",
        "fixing_date": "2024-07-10",
        "index": "LPR-5Y",
        "rate": "41/1000",
    }


def test_a_loan_without_a_fixing_keeps_its_rate_and_waits_until_it_is_worked_in(
    desk: Desk,
) -> None:
    product = mortgage(desk)
    name, twin = lend(desk, product), lend(desk, product)
    days = close_to(desk, "2024-04-20")
    waiting = [day.resets_waiting for day in days]
    assert waiting == [0] * (len(days) - 7) + [2] * 7
    assert (rate(desk, name), resets(desk, name)) == ("0.047", [])
    assert rework(desk) == rt.ResetRatesResponse(loans_seen=2, waiting=2, finished=True)
    desk.fix(INDEX, "2024-04-12", "0.0395")
    assert rework(desk) == rt.ResetRatesResponse(loans_seen=2, resets=2, finished=True)
    assert (rate(desk, twin), resets(desk, name)) == ("0.0445", ["2024-04-15"])
    assert sound(desk)
    assert rework(desk).resets == 0
    assert close_to(desk, "2024-04-21")[0].resets_waiting == 0


def test_a_reset_worked_in_late_is_to_the_cent_as_if_it_had_come_in_time(desk: Desk) -> None:
    product = mortgage(desk)
    late = lend(desk, product)
    desk.go_to("2024-05-20")
    desk.fix(INDEX, "2024-04-12", "0.0395")
    rework(desk)
    late_rows = interest_of(desk, late)
    balance = desk.client.loans.get_loan(name=late).balance
    assert sound(desk)
    rows = desk.client.loans.get_schedule(name=late).instalments
    opening = minor(rows[3].opening)
    assert late_rows[3] == (2 * opening * 445 + 120_000) // 240_000
    assert minor(balance.principal) == 12_000_000


def test_a_corrected_fixing_is_worked_in_and_both_resets_stay_in_the_history(desk: Desk) -> None:
    name = lend(desk, mortgage(desk))
    desk.go_to("2024-04-12")
    desk.fix(INDEX, "2024-04-12", "0.0495")
    desk.go_to("2024-05-01")
    assert rate(desk, name) == "0.0545"
    desk.fix(INDEX, "2024-04-12", "0.0395", reason="a digit was wrong")
    assert rework(desk).resets == 1
    assert rate(desk, name) == "0.0445"
    assert resets(desk, name) == ["2024-04-15", "2024-04-15"]
    assert sound(desk)
    desk.go_to("2024-05-20")
    rows = desk.client.loans.get_schedule(name=name).instalments
    assert minor(rows[3].interest) == (2 * minor(rows[3].opening) * 445 + 120_000) // 240_000
    assert sound(desk)


def test_a_close_that_fails_and_is_run_again_resets_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = lend(desk, mortgage(desk))
    desk.go_to("2024-04-14")
    desk.fix(INDEX, "2024-04-12", "0.0395")
    before = desk.written()

    async def broken(*args: object) -> int:
        raise RuntimeError("cut here")

    with monkeypatch.context() as patch:
        patch.setattr(close.resets, "waiting", broken)
        with pytest.raises(LoanLedgerError):
            close_to(desk, "2024-04-14")
    assert desk.written() == before
    close_to(desk, "2024-04-14")
    close_to(desk, "2024-04-14")
    assert (resets(desk, name), rate(desk, name)) == (["2024-04-15"], "0.0445")
    assert sound(desk)


def test_a_reset_can_be_reversed_and_is_then_owed_again(desk: Desk) -> None:
    name = lend(desk, mortgage(desk))
    desk.go_to("2024-04-12")
    desk.fix(INDEX, "2024-04-12", "0.0395")
    desk.go_to("2024-04-20")
    listed = list(desk.client.loans.list_transactions.iterate(parent=name))
    [event] = [t.event for t in listed if t.kind == "index_reset_recorded"]
    desk.client.loans.reverse_loan_event(event=event, reason="too early")
    assert (rate(desk, name), sound(desk)) == ("0.047", True)
    assert rework(desk).resets == 1
    assert (rate(desk, name), sound(desk)) == ("0.0445", True)


BAD = [
    ({"index": "NONE"}, "terms.floating.index"),
    ({"index": ""}, "terms.floating.index"),
    ({"margin": None}, "terms.floating.margin"),
    ({"margin": decimal_("-1.5")}, "terms.floating.margin"),
    ({"every_months": 0}, "terms.floating.every_months"),
    ({"lag_days": -1}, "terms.floating.lag_days"),
    ({"lag_calendar": "MARS"}, "terms.floating.lag_calendar"),
    ({"floor": decimal_("0.05"), "cap": decimal_("0.04")}, "terms.floating.cap"),
    ({"on": date_of("2024-01-01")}, "terms.floating.on"),
    ({"on": date_pb2.Date(month=2, day=29)}, "terms.floating.on"),
    ({"fixed_months": 481}, "terms.floating.fixed_months"),
    ({"fixed_months": 24, "on": date_pb2.Date(month=1, day=1)}, "terms.floating.fixed_months"),
]


@pytest.mark.parametrize(("more", "field"), BAD)
def test_floating_terms_that_make_no_sense_are_refused(
    desk: Desk, more: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidArgument) as refused:
        mortgage(desk, **more)
    assert [found for found, _ in refused.value.violations] == [field]
