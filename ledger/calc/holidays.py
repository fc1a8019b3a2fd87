"""Business calendars of countries and payment systems, as values for a range of years.

Source: the `holidays` package. China moves working days to weekends (调休) by an order of the State
Council for each year: a year without one is refused, never guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from holidays import HolidayBase, country_holidays, financial_holidays
from holidays.countries.china import ChinaStaticHolidays

from ledger.calc.calendar import Calendar
from ledger.errors import InvalidInput, Violation


@dataclass(frozen=True, slots=True)
class Source:
    """Where a calendar comes from: its days of a range of years, and the years it is known for."""

    days: Callable[[range], HolidayBase]
    first: int
    last: int


SOURCES: Mapping[str, Source] = {
    "CN": Source(
        lambda years: country_holidays("CN", years=years),
        2008,  # the first year of the holidays as they are now
        max(ChinaStaticHolidays.special_public_holidays),
    ),
    "TARGET": Source(lambda years: financial_holidays("ECB", years=years), 2000, 2100),
    "US": Source(lambda years: financial_holidays("FED", years=years), 1971, 2100),
    "GB": Source(lambda years: country_holidays("GB", subdiv="ENG", years=years), 1978, 2100),
}


@lru_cache(maxsize=64)
def business_calendar(code: str, first: int, last: int) -> Calendar:
    """The calendar of a code (CN, TARGET, US: Federal Reserve, GB: England) for some years.

    InvalidInput for another code, and for years that are not published.
    """
    source = SOURCES.get(code)
    if source is None:
        raise InvalidInput([Violation("calendar", f"must be one of {', '.join(sorted(SOURCES))}")])
    if not source.first <= first <= last <= source.last:
        text = f"of {code} is published for {source.first} to {source.last}, not {first} to {last}"
        raise InvalidInput([Violation("calendar", text)])
    found = source.days(range(first, min(last + 1, source.last) + 1))
    known = (date(first, 1, 1), date(last, 12, 31))
    return Calendar(
        weekend=frozenset(found.weekend),
        holidays=frozenset(day for day in found if known[0] <= day <= known[1]),
        working_weekends=frozenset(d for d in found.weekend_workdays if known[0] <= d <= known[1]),
        known=known,
    )
