"""Loans brought over under products of every kind: whatever the terms do, the books are sound."""

from __future__ import annotations

from typing import Any

import pytest

from loanledger import date_of, decimal_
from loanledger.v1 import loan_service_pb2 as ln
from loanledger.v1 import product_service_pb2 as pr
from tests.promises.soundness import require_sound
from tests.server.bad import cny
from tests.server.desk import Desk, parts
from tests.server.importing import fields, position, ready, row, run, states


def brought(desk: Desk, **more: Any) -> str:
    """The name of a loan that is imported."""
    response = run(desk, position(desk, **more))
    assert states(response) == ["IMPORTED"], response
    return response.results[0].loan


@pytest.mark.parametrize("profile", ["direct", "cash", "cn_short", "cn_long"])
def test_every_accounting_profile_ties_from_the_first_moment(desk: Desk, profile: str) -> None:
    ready(desk, profile=profile)
    charge = ln.PositionCharge(due=date_of("2024-04-01"), amount=cny("10"))
    name = brought(desk, charges=[charge], credit=cny("3"))
    suspended = brought(desk, reference="A-2", stage="LOAN_STAGE_SUSPENDED")
    assert desk.tied()
    require_sound(desk.server.dsn)
    desk.client.loans.repay_loan(name=name, amount=cny("1100"))
    desk.client.loans.write_off_loan(name=suspended, reason="lost")
    desk.go_to("2024-05-17")
    assert desk.tied()
    require_sound(desk.server.dsn)


def test_a_floating_loan_keeps_its_rate_until_the_first_reset_after_the_cut_over(
    desk: Desk,
) -> None:
    index = desk.index("LPR-5Y", d20240110="0.042")
    floating = pr.Floating(index="LPR-5Y", margin=decimal_("0.005"), every_months=3)
    ready(desk, floating=floating)
    name = brought(desk, current_rate=decimal_("0.047"))
    desk.go_to("2024-07-15")
    desk.fix(index, "2024-07-10", "0.050")
    desk.go_to("2024-07-16")
    steps = desk.client.rates.reset_rates(
        index=index, since=date_of("2023-10-15"), reason="published late"
    )
    assert list(steps)[-1].resets == 1
    loan = desk.client.loans.get_loan(name=name)
    assert (loan.annual_rate.value, loan.current_rate.value) == ("0.12", "0.055")
    kinds = [t.kind for t in desk.client.loans.list_transactions(parent=name).transactions]
    # Nobody pays meanwhile, so that the loan is classified as well.
    kept = [kind for kind in kinds if kind != "loan_classified"]
    assert kept == ["loan_opened", "loan_imported", "index_reset_recorded"]
    require_sound(desk.server.dsn)


def test_due_dates_that_the_product_plans_roll_by_its_calendar(desk: Desk) -> None:
    ready(desk, calendar="TARGET", roll="ROLL_FOLLOWING")
    name = brought(desk, schedule=[], interest=cny("10"))
    dues = [item.due for item in desk.client.loans.get_schedule(name=name).instalments]
    # 15 June and 15 September 2024 are a Saturday and a Sunday.
    assert dues[:5] == [
        date_of(day)
        for day in ("2024-05-15", "2024-06-17", "2024-07-15", "2024-08-15", "2024-09-16")
    ]
    require_sound(desk.server.dsn)


def test_a_schedule_goes_on_by_the_rolled_dates_also_beyond_what_the_calendar_knows(
    desk: Desk,
) -> None:
    ready(desk, calendar="CN", roll="ROLL_FOLLOWING")
    early = position(desk, schedule=[], interest=cny("10"), instalments=120)
    (result,) = run(desk, early).results
    assert fields(result) == ["due_dates"]
    wrong = position(desk, schedule=[], first_due=date_of("2023-10-15"))
    assert "first_due" in fields(run(desk, wrong).results[0])
    name = brought(desk, instalments=120)
    desk.go_to("2024-05-20")
    assert parts(desk.client.loans.get_loan(name=name).balance)["interest"] == 10_000 + 645
    require_sound(desk.server.dsn)


def test_a_schedule_of_its_own_bears_interest_by_the_days_that_are_set(desk: Desk) -> None:
    ready(desk, day_setting="30/360")
    own = [
        row(9, "2024-05-03", "20", start=date_of("2024-04-03"), principal=cny("3000")),
        row(10, "2024-06-28", "60", principal=cny("3000")),
    ]
    name = brought(desk, schedule=own, interest=cny("11"))
    desk.go_to("2024-05-03")
    # 13 of 30 days at one per cent a month on 6,000.00: 26.00 on top of 11.00.
    assert parts(desk.client.loans.get_loan(name=name).balance)["interest"] == 3_700
    desk.go_to("2024-06-28")
    assert desk.tied()
    require_sound(desk.server.dsn)


def test_scheduled_interest_goes_on_evenly_to_what_the_row_bears(desk: Desk) -> None:
    ready(desk, interest="INTEREST_MODE_SCHEDULED")
    name = brought(desk)
    desk.go_to("2024-04-30")
    # 8.33 of 50.00 have accrued, the rest over 25 nights: ten of them are 16.668.
    assert parts(desk.client.loans.get_loan(name=name).balance)["interest"] == 5_000 + 2_500
    desk.go_to("2024-06-20")
    require_sound(desk.server.dsn)


def test_terms_that_no_calendar_holds_are_refused(desk: Desk) -> None:
    every = pr.Frequency(unit="FREQUENCY_UNIT_MONTH", every=12)
    ready(desk, frequency=every, max_instalments=100)
    (result,) = run(desk, position(desk, instalments=101)).results
    assert fields(result) == ["instalments"]
    (result,) = run(desk, position(desk, instalments=0)).results
    assert "instalments" in fields(result)


def test_the_rule_of_78_needs_all_instalments(desk: Desk) -> None:
    ready(
        desk,
        interest="INTEREST_MODE_SCHEDULED",
        settlement="SETTLEMENT_RULE_OF_78",
    )
    (result,) = run(desk, position(desk)).results
    assert fields(result) == ["schedule"]
