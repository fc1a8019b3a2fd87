"""Business-day rolls against QuantLib, and what a calendar without business days does."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.calc.calendar import Calendar, Roll, adjusted
from ledger.errors import InvalidInput
from tests.calc.quantlib import as_ql, ql

ORACLES = {
    Roll.UNADJUSTED: ql.Unadjusted,
    Roll.FOLLOWING: ql.Following,
    Roll.PRECEDING: ql.Preceding,
    Roll.MODIFIED_FOLLOWING: ql.ModifiedFollowing,
    Roll.MODIFIED_PRECEDING: ql.ModifiedPreceding,
}
within_two_months = st.integers(0, 60).map(lambda n: date(2024, 9, 15) + timedelta(days=n))
some_days = st.frozensets(within_two_months, max_size=12)
_names = count()


@given(day=within_two_months, holidays=some_days, roll=st.sampled_from(Roll))
def test_rolls_are_those_of_quantlib(day: date, holidays: frozenset[date], roll: Roll) -> None:
    oracle = ql.BespokeCalendar(f"calendar {next(_names)}")
    oracle.addWeekend(ql.Saturday)
    oracle.addWeekend(ql.Sunday)
    for holiday in holidays:
        oracle.addHoliday(as_ql(holiday))
    expected = oracle.adjust(as_ql(day), ORACLES[roll])
    assert as_ql(adjusted(day, roll, Calendar(holidays=holidays))) == expected


@given(day=within_two_months, holidays=some_days, worked=some_days)
def test_a_rolled_date_is_a_business_day_and_rolling_again_changes_nothing(
    day: date, holidays: frozenset[date], worked: frozenset[date]
) -> None:
    calendar = Calendar(holidays=holidays, working_weekends=worked)
    for roll in set(Roll) - {Roll.UNADJUSTED}:
        found = adjusted(day, roll, calendar)
        assert calendar.is_business_day(found)
        assert adjusted(found, roll, calendar) == found


def test_a_make_up_day_on_a_weekend_is_worked() -> None:
    sunday = date(2024, 9, 29)
    assert not Calendar().is_business_day(sunday)
    assert Calendar(working_weekends=frozenset({sunday})).is_business_day(sunday)


def test_a_calendar_without_business_days_is_refused_instead_of_searched_forever() -> None:
    with pytest.raises(InvalidInput, match="business day within"):
        adjusted(date(2024, 1, 1), Roll.FOLLOWING, Calendar(weekend=frozenset(range(7))))
