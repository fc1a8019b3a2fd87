"""CalendarService and due dates on business days: facts of a loan once it is paid out."""

from __future__ import annotations

from typing import Any

import pytest

from loanledger import FailedPrecondition, InvalidArgument, NotFound, date_of, minor, money, to_date
from loanledger.v1 import calendar_service_pb2 as ca
from loanledger.v1 import loan_service_pb2 as ln
from tests.promises.soundness import require_sound
from tests.server.bad import Bad, Stock, asked, judge
from tests.server.desk import BOOK, Desk, product_terms

#: 15 June, 15 September and 15 December 2024 are a Saturday and two Sundays.
ROLLED = ["2024-06-17", "2024-09-16", "2024-12-16"]


def dues(rows: ln.Schedule) -> list[str]:
    return [str(to_date(row.due)) for row in rows.instalments]


def rolling(desk: Desk, calendar: str = "TARGET", **more: Any) -> str:
    terms = {"calendar": calendar, "roll": "ROLL_FOLLOWING"} | more
    return desk.publish("rolling", **terms)


def test_a_calendar_is_read_by_version_and_listed_in_its_latest(desk: Desk) -> None:
    names = [desk.calendar(closed=[day]) for day in ("2024-06-17", "2024-06-18")]
    desk.calendar("ANOTHER", "", last_year=2030, worked=["2024-06-15"])
    assert names == [f"{BOOK}/calendars/OURS/versions/{n}" for n in (1, 2)]
    calendars = desk.client.calendars
    latest = calendars.get_calendar(name=f"{BOOK}/calendars/OURS")
    assert (latest.version, list(latest.closed)) == (2, [date_of("2024-06-18")])
    assert list(calendars.get_calendar(name=names[0]).closed) == [date_of("2024-06-17")]
    found = [(c.code, c.version) for c in calendars.list_calendars.iterate(page_size=1)]
    assert found == [("ANOTHER", 1), ("OURS", 2)]
    assert [c.version for c in calendars.list_calendars(code="OURS").calendars] == [1, 2]
    assert list(calendars.list_calendars(code="NONE").calendars) == []
    for name in ("NONE", "OURS/versions/3"):
        with pytest.raises(NotFound):
            calendars.get_calendar(name=f"{BOOK}/calendars/{name}")


def test_due_dates_roll_to_business_days_and_stay_as_they_were_at_disbursement(desk: Desk) -> None:
    desk.calendar()
    product = rolling(desk, "OURS")
    start = date_of("2024-01-15")
    amount = money("1200", "CNY")
    quote = desk.client.loans.quote_schedule(
        product=product, amount=amount, annual_rate={"value": "0.06"}, instalments=12, start=start
    )
    applied = desk.applied(product, "1200").name
    assert desk.client.loans.get_schedule(name=applied).instalments == quote.instalments
    name = desk.lent(product, "1200")
    assert desk.client.loans.get_schedule(name=name).instalments == quote.instalments
    found = dues(quote)
    assert [found[n] for n in (4, 7, 10)] == ROLLED
    desk.calendar(closed=["2024-06-17"])
    later = desk.lent(product, "1200")
    assert dues(desk.client.loans.get_schedule(name=later))[4] == "2024-06-18"
    assert dues(desk.client.loans.get_schedule(name=name)) == found
    desk.go_to("2024-06-20")
    require_sound(desk.server.dsn)
    assert desk.tied()


def test_the_disbursement_keeps_the_due_dates_and_the_version_of_the_calendar(desk: Desk) -> None:
    desk.calendar()
    desk.lent(rolling(desk, "OURS"), "1200")
    [event] = list(desk.client.audit.list_events.iterate(kind="disbursement_recorded"))
    details = event.payload["details"]
    assert details["calendar"] == "OURS@1"
    assert details["dues"][4] == ROLLED[0]
    assert details["planned"][4] == "2024-06-15"


@pytest.mark.parametrize(("unadjusted", "days"), [(False, (33, 28)), (True, (31, 30))])
def test_interest_runs_by_the_rolled_dates_or_by_those_before(
    desk: Desk, unadjusted: bool, days: tuple[int, int]
) -> None:
    product = rolling(
        desk,
        amortization="AMORTIZATION_INTEREST_ONLY",
        interest_basis="INTEREST_BASIS_ACT_365F",
        interest_unadjusted=unadjusted,
    )
    name = desk.lent(product, "36500", rate="0.1")
    rows = desk.client.loans.get_schedule(name=name).instalments
    # 10.00 a night; from 15 May to 17 June are 33 nights, to 15 June 31.
    assert tuple(minor(row.interest) // 1000 for row in rows[4:6]) == days
    desk.go_to("2024-07-17")
    require_sound(desk.server.dsn)
    assert desk.tied()


def test_tranches_and_a_reversed_first_one_find_their_dates_again(desk: Desk) -> None:
    name = desk.approved(rolling(desk), "1200")
    loans = desk.client.loans
    first = loans.disburse_loan(name=name, amount=money("400", "CNY")).transaction.event
    desk.go_to("2024-01-16")
    loans.disburse_loan(name=name, amount=money("800", "CNY"))
    assert dues(loans.get_schedule(name=name))[4] == ROLLED[0]
    loans.reverse_loan_event(event=first, reason="not paid out")
    # Counted from the 16th now: 16 June 2024 is a Sunday.
    assert dues(loans.get_schedule(name=name))[3:5] == ["2024-05-16", "2024-06-17"]
    require_sound(desk.server.dsn)


def test_a_term_beyond_the_calendar_is_refused_and_own_days_extend_it(desk: Desk) -> None:
    product = rolling(desk, "CN")
    name = desk.approved(product, "1200", n=120)
    with pytest.raises(FailedPrecondition) as refused:
        desk.client.loans.disburse_loan(name=name)
    assert refused.value.reason == "CALENDAR_UNKNOWN"
    last = int(refused.value.facts["last_year"])
    desk.calendar("CN", "CN", last_year=2035, closed=[f"{last + 1}-02-15"])
    desk.client.loans.disburse_loan(name=name)
    found = dues(desk.client.loans.get_schedule(name=name))
    assert len(found) == 120
    assert f"{last + 1}-02-15" not in found
    assert desk.tied()


def test_products_with_half_a_rule_are_refused(desk: Desk) -> None:
    cases: list[tuple[dict[str, Any], str]] = [
        ({"calendar": "TARGET"}, "terms.roll"),
        ({"roll": "ROLL_FOLLOWING"}, "terms.calendar"),
        ({"interest_unadjusted": True}, "terms.calendar"),
        ({"calendar": "MARS", "roll": "ROLL_FOLLOWING"}, "terms.calendar"),
        ({"calendar": "TARGET", "roll": 99}, "terms.roll"),
    ]
    for more, field in cases:
        with pytest.raises(InvalidArgument) as refused:
            desk.publish("half", **more)
        assert [found for found, _ in refused.value.violations] == [field]


def test_a_product_rolls_as_it_was_published(desk: Desk) -> None:
    name = rolling(desk, interest_unadjusted=True, roll="ROLL_MODIFIED_FOLLOWING")
    found = desk.client.products.get_product(name=name).terms
    wanted = product_terms(
        calendar="TARGET", roll="ROLL_MODIFIED_FOLLOWING", interest_unadjusted=True
    )
    assert (found.calendar, found.roll, found.interest_unadjusted) == (
        wanted.calendar,
        wanted.roll,
        True,
    )


def _bad(told: str, fields: str, **given: Any) -> Bad:
    calendar = ca.Calendar(**{"code": "X", "title": "X", "base": "CN"} | given)
    return Bad(
        told, lambda stock: asked(ca.PublishCalendarRequest, calendar=calendar), fields=fields
    )


BAD = [
    _bad("a code in small letters", "calendar.code", code="x"),
    _bad("an unknown base", "calendar.base", base="MARS"),
    _bad("no base and no last year", "calendar.last_year", base=""),
    _bad("a last year long ago", "calendar.last_year", last_year=1),
    _bad("no title", "calendar.title", title=""),
    _bad("half a day", "calendar.closed[0]", closed=[{"year": 2024}]),
    _bad(
        "a day both closed and worked",
        "calendar.worked",
        closed=[date_of("2024-01-02")],
        worked=[date_of("2024-01-02")],
    ),
]


@pytest.mark.parametrize("bad", BAD, ids=str)
def test_bad_input_is_refused_with_every_field(stock: Stock, bad: Bad) -> None:
    judge(stock, bad)
