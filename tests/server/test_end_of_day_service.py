"""EndOfDayService: days close once, in order, wherever the last run stopped."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from ledger.end_of_day import close
from ledger.end_of_day.falling_due import Prepared
from ledger.store.catalogue import Catalogue
from ledger.store.rows import Connection
from loanledger import FailedPrecondition, date_of, decimal_, minor
from loanledger.v1 import end_of_day_service_pb2 as ed
from tests.promises.soundness import require_sound
from tests.server.bad import cny
from tests.server.desk import Desk


def run(desk: Desk, last: str | None = None) -> list[ed.EndOfDayProgress]:
    day = date_of(last) if last else None
    return list(desk.client.end_of_day.run_end_of_day(business_date=day))


def interest(desk: Desk, name: str) -> int:
    return minor(desk.client.loans.get_loan(name=name).balance.interest)


def test_a_run_without_a_date_closes_the_present_day(desk: Desk) -> None:
    assert desk.client.end_of_day.get_end_of_day() == ed.EndOfDayStatus(
        business_date=date_of("2024-01-15"), stripes_ahead=0, stripes=3
    )
    desk.lent(desk.publish(), "1200")
    progress = run(desk)
    assert progress[-1].finished
    assert progress[-1].business_date == date_of("2024-01-15")
    assert (progress[-1].stripes_done, progress[-1].stripes) == (3, 3)
    assert progress[-1].loans_accrued == 1
    status = desk.client.end_of_day.get_end_of_day()
    assert status.business_date == date_of("2024-01-16")


def test_a_run_over_many_days_tells_each_and_run_again_does_nothing(desk: Desk) -> None:
    name = desk.lent(desk.publish(), "1200")
    days = [p.business_date.day for p in run(desk, "2024-01-24") if p.finished]
    assert days == list(range(15, 25))
    # Ten of 31 days of 6.00: 1.9355.
    assert interest(desk, name) == 194
    before = desk.written()
    again = run(desk, "2024-01-24")
    assert [p.finished for p in again] == [True]
    assert (desk.written(), interest(desk, name)) == (before, 194)


def test_days_accrued_one_by_one_add_up_to_the_rounded_whole(desk: Desk) -> None:
    product = desk.publish(interest_basis="INTEREST_BASIS_ACT_365F")
    name = desk.lent(product, "1000", rate="0.05")
    day = date(2024, 1, 15)
    for passed in range(1, 12):
        day += timedelta(days=1)
        desk.go_to(day.isoformat())
        # 100000 x 5 % x days/365, half up, in integers.
        assert interest(desk, name) == (2 * 100_000 * 5 * passed + 36500) // (2 * 36500)
    lines = desk.rows("select sum(amount), min(amount), max(amount) from ledger.accrual")
    assert [int(value) for value in lines[0]] == [151, 13, 14]
    assert desk.tied()


@pytest.mark.parametrize(
    ("basis", "half_year"),
    [("PERIOD", 3000), ("ACT_365F", 2992), ("ACT_360", 3033), ("THIRTY_E_360", 3000)],
)
def test_each_day_count_accrues_its_own_half_year(desk: Desk, basis: str, half_year: int) -> None:
    product = desk.publish(
        amortization="AMORTIZATION_INTEREST_ONLY", interest_basis=f"INTEREST_BASIS_{basis}"
    )
    name = desk.lent(product, "1000")
    desk.go_to("2024-07-15")
    # 182 days: 1000 x 6 % x 182/365 = 29.918 and x 182/360 = 30.333, each month rounded by itself.
    assert abs(interest(desk, name) - half_year) <= 3
    rows = desk.client.loans.get_schedule(name=name).instalments[:6]
    assert sum(minor(row.interest) for row in rows) == interest(desk, name)
    assert desk.tied()


def test_too_many_days_at_once_are_refused(desk: Desk) -> None:
    with pytest.raises(FailedPrecondition) as caught:
        run(desk, "2025-02-18")
    assert caught.value.reason == "DATE_NOT_OPEN"
    assert run(desk, "2024-01-14")[0].finished


def test_a_day_closes_loans_of_new_products_and_leaves_finished_ones_alone(desk: Desk) -> None:
    run(desk)
    plain, dear = desk.publish(), desk.publish("dear", max_rate=decimal_("0.365"))
    first = desk.lent(plain, "1200")
    second = desk.lent(dear, "1000", rate="0.365")
    desk.client.loans.pay_off_loan(name=first, amount=cny("1200"))
    progress = run(desk)
    assert progress[-1].loans_accrued == 1
    assert (interest(desk, first), interest(desk, second)) == (0, 98)
    assert desk.tied()


def test_the_history_tells_each_closed_day_of_each_stripe(desk: Desk) -> None:
    desk.lent(desk.publish(), "1200")
    desk.go_to("2024-01-18")
    events = list(desk.client.audit.list_events.iterate(kind="day_closed"))
    assert len(events) == 9
    assert {event.actor for event in events} == {"system:end-of-day"}
    assert sorted({event.subject for event in events}) == [
        f"books/main/days/2024-01-{day}" for day in (15, 16, 17)
    ]
    accrued = [entry for event in events for entry in event.entries if entry.side == 1]
    # 1200 x 0.5 % / 31 = 0.1935 a day: 0.19, 0.39, 0.58.
    assert [minor(entry.amount) for entry in accrued] == [19, 20, 19]


def test_each_step_tells_what_it_did_while_it_runs_and_ever_after(desk: Desk) -> None:
    desk.lent(desk.publish(), "1200")
    desk.go_to("2024-02-14")
    [*_, last] = desk.client.end_of_day.run_end_of_day()
    told = {step.step: step.items for step in last.steps}
    done = {"accrue": 1, "fall_due": 1, "write": 3, "roll": 2}
    idle = (
        "provide",
        "reset_rates",
        "collect",
        "expire_offers",
        "age",
        "classify",
        "suspend_interest",
    )
    assert told == {**done, **dict.fromkeys(idle, 0), "release": 0, "remind": 0, "monitor": 0}
    assert {step.stripes for step in last.steps} == {3}
    listed = desk.client.end_of_day.list_end_of_day_steps()
    assert listed.business_date == date_of("2024-02-14")
    assert [(step.step, step.items) for step in listed.steps] == list(told.items())
    before = desk.client.end_of_day.list_end_of_day_steps(business_date=date_of("2024-02-13"))
    assert [step.items for step in before.steps] == [1, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 2]
    never = desk.client.end_of_day.list_end_of_day_steps(business_date=date_of("2030-01-01"))
    assert not never.steps


def test_a_day_that_has_not_begun_in_the_book_s_time_zone_is_not_closed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = desk.server.app.room
    assert room
    monkeypatch.setattr(room, "zone", "Asia/Shanghai")
    # 15:59 UTC on the 16th is 23:59 in Shanghai; a minute later the 17th has begun there.
    moment = datetime(2024, 1, 16, 15, 59, tzinfo=UTC)
    monkeypatch.setattr("server.clock.now", lambda: moment)
    run = desk.client.end_of_day.run_end_of_day
    with pytest.raises(FailedPrecondition) as refused:
        list(run(business_date=date_of("2024-01-17")))
    assert refused.value.reason == "DATE_NOT_OPEN"
    assert refused.value.facts["today"] == "2024-01-16"
    list(run(business_date=date_of("2024-01-16")))
    moment += timedelta(minutes=1)
    list(run(business_date=date_of("2024-01-17")))
    assert desk.client.end_of_day.get_end_of_day().business_date == date_of("2024-01-18")


def test_a_closed_day_is_sealed_and_signed(desk: Desk) -> None:
    desk.lent(desk.publish(), "1200")
    [*_, last] = desk.client.end_of_day.run_end_of_day()
    [(events,)] = desk.rows("select count(*) from ledger.event")
    assert last.checkpoint_size == events
    assert desk.rows("select max(size) from ledger.checkpoint") == [(events,)]


def test_the_nights_of_a_month_stand_in_its_own_table(desk: Desk) -> None:
    desk.lent(desk.publish(), "1200")
    desk.go_to("2024-03-02")
    found = desk.rows(
        "select tableoid::regclass::text, count(*) from ledger.accrual group by 1 order by 1"
    )
    assert found == [
        ("ledger.accrual_2024_01", 17),
        ("ledger.accrual_2024_02", 29),
        ("ledger.accrual_2024_03", 1),
    ]
    assert desk.rows("select name from ledger.accrual_month order by 1") == [
        ("accrual_2024_01",),
        ("accrual_2024_02",),
        ("accrual_2024_03",),
    ]


def test_a_loan_that_changes_while_its_close_is_prepared_is_folded_anew(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    loan = desk.lent(desk.publish(), "1200")
    desk.go_to("2024-02-14")
    prepare, found = close.prepare, list[Prepared]()

    async def slow(
        connection: Connection, book: int, known: Catalogue, wanted: Sequence[int], after: date
    ) -> Prepared:
        found.append(await prepare(connection, book, known, wanted, after))
        if found[-1]:
            await asyncio.to_thread(
                desk.client.loans.repay_loan, name=loan, amount=cny("50"), request_id="meanwhile"
            )
        return found[-1]

    monkeypatch.setattr(close, "prepare", slow)
    desk.go_to("2024-02-15")
    assert sum(map(len, found)) == 1
    require_sound(desk.server.dsn)
    read = desk.client.loans.get_loan(name=loan)
    again = desk.client.loans.repay_loan(name=loan, amount=cny("50"), request_id="meanwhile")
    assert again.loan.balance.credit == cny("50")
    assert minor(read.balance.principal) < 120_000
    assert not minor(read.balance.credit)
