"""Business calendars against QuantLib's, and the years that nobody has published."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ledger.calc.calendar import Calendar, Roll, adjusted
from ledger.calc.holidays import SOURCES, business_calendar
from ledger.errors import InvalidInput
from tests.calc.quantlib import as_ql, ql

ORACLES = {
    "CN": ql.China(ql.China.IB),
    "TARGET": ql.TARGET(),
    "US": ql.UnitedStates(ql.UnitedStates.FederalReserve),
    "GB": ql.UnitedKingdom(ql.UnitedKingdom.Settlement),
}
#: Beyond it QuantLib does not know the orders of the State Council.
LAST = {"CN": 2025, "TARGET": 2035, "US": 2035, "GB": 2035}
FESTIVAL = business_calendar("CN", 2026, 2026)


@pytest.mark.parametrize("code", ORACLES)
def test_every_day_is_worked_or_not_as_quantlib_has_it(code: str) -> None:
    found, oracle = business_calendar(code, 2008, LAST[code]), ORACLES[code]
    count = (date(LAST[code], 12, 31) - date(2008, 1, 1)).days + 1
    every = (date(2008, 1, 1) + timedelta(days=n) for n in range(count))
    assert not [d for d in every if found.is_business_day(d) != oracle.isBusinessDay(as_ql(d))]


def test_chinese_holidays_move_working_days_to_weekends() -> None:
    assert FESTIVAL.is_business_day(date(2026, 2, 14))
    assert not FESTIVAL.is_business_day(date(2026, 2, 20))
    assert adjusted(date(2026, 2, 16), Roll.FOLLOWING, FESTIVAL) == date(2026, 2, 24)


@pytest.mark.parametrize("years", [(2026, SOURCES["CN"].last + 1), (1999, 2020), (2026, 2025)])
def test_years_without_an_order_are_refused(years: tuple[int, int]) -> None:
    with pytest.raises(InvalidInput, match="calendar: of CN is published for 2008 to"):
        business_calendar("CN", *years)


def test_a_calendar_does_not_guess_beyond_its_years() -> None:
    with pytest.raises(InvalidInput, match="does not say whether 2027-01-04 is worked"):
        adjusted(date(2027, 1, 4), Roll.FOLLOWING, FESTIVAL)


def test_a_code_that_nobody_knows_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(InvalidInput, match="must be one of CN, GB, TARGET, US"):
        business_calendar("XX", 2024, 2024)


def test_a_book_has_days_of_its_own() -> None:
    inventory, saturday, moved = date(2026, 6, 30), date(2026, 6, 27), date(2026, 2, 14)
    own = FESTIVAL.with_own(closed=[inventory, moved], worked=[saturday])
    assert [own.is_business_day(day) for day in (inventory, saturday, moved)] == [
        False,
        True,
        False,
    ]
    assert own.known == FESTIVAL.known
    with pytest.raises(InvalidInput, match="both closed and worked"):
        Calendar().with_own(closed=[inventory], worked=[inventory])
