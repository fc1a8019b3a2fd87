"""Business days: which days are worked, and where a date moves that is not one of them.

Source: ISDA 2006 Definitions 4.12 (following, modified following, preceding). Make-up working days
on weekends (调休) count as business days even where the same date is listed as a holiday.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from ledger.errors import InvalidInput, Violation

#: Longest run of days without business that a roll crosses; a longer one is a mistake in the data.
MAX_CLOSED_DAYS = 60

SATURDAY_SUNDAY = frozenset({5, 6})
_DAY = timedelta(days=1)


class Roll(StrEnum):
    """Where a date goes that is not a business day."""

    UNADJUSTED = "unadjusted"
    FOLLOWING = "following"
    PRECEDING = "preceding"
    MODIFIED_FOLLOWING = "modified_following"
    MODIFIED_PRECEDING = "modified_preceding"


@dataclass(frozen=True, slots=True)
class Calendar:
    """A business calendar: weekday numbers (Monday is 0) off, holidays, and weekend days worked.

    `known` is its first and last day, where it does not say of every day whether it is worked.
    """

    weekend: frozenset[int] = SATURDAY_SUNDAY
    holidays: frozenset[date] = frozenset()
    working_weekends: frozenset[date] = frozenset()
    known: tuple[date, date] | None = None

    def is_business_day(self, day: date) -> bool:
        """Whether a day is worked; a make-up working day wins over weekend and holiday.

        InvalidInput for a day that the calendar does not know: to guess would move due dates.
        """
        if self.known is not None and not self.known[0] <= day <= self.known[1]:
            first, last = self.known
            text = f"is known from {first} to {last} and does not say whether {day} is worked"
            raise InvalidInput([Violation("calendar", text)])
        if day in self.working_weekends:
            return True
        return day.weekday() not in self.weekend and day not in self.holidays

    def with_own(self, closed: Iterable[date] = (), worked: Iterable[date] = ()) -> Calendar:
        """The calendar of a book: this one with days of its own closed or worked."""
        off, on = frozenset(closed), frozenset(worked)
        if off & on:
            text = f"cannot have {min(off & on)} both closed and worked"
            raise InvalidInput([Violation("calendar", text)])
        holidays, weekends = self.holidays | off, self.working_weekends | on
        return replace(self, holidays=holidays - on, working_weekends=weekends - off)


def adjusted(day: date, roll: Roll, calendar: Calendar) -> date:
    """The date after a roll; InvalidInput if MAX_CLOSED_DAYS pass without a business day."""
    return _ROLLS[roll](day, calendar)


def business_days_before(day: date, count: int, calendar: Calendar) -> date:
    """The business day so many of them before a day; that of 0 is the day itself or one before."""
    found = _preceding(day, calendar)
    for _ in range(count if found == day else max(count - 1, 0)):
        found = _preceding(found - _DAY, calendar)
    return found


def _unadjusted(day: date, calendar: Calendar) -> date:
    return day


def _following(day: date, calendar: Calendar) -> date:
    return _nearest(day, _DAY, calendar)


def _preceding(day: date, calendar: Calendar) -> date:
    return _nearest(day, -_DAY, calendar)


def _modified_following(day: date, calendar: Calendar) -> date:
    found = _following(day, calendar)
    return found if found.month == day.month else _preceding(day, calendar)


def _modified_preceding(day: date, calendar: Calendar) -> date:
    found = _preceding(day, calendar)
    return found if found.month == day.month else _following(day, calendar)


def _nearest(day: date, step: timedelta, calendar: Calendar) -> date:
    for count in range(MAX_CLOSED_DAYS + 1):
        if calendar.is_business_day(day + count * step):
            return day + count * step
    description = f"must have a business day within {MAX_CLOSED_DAYS} days of {day}"
    raise InvalidInput([Violation("calendar", description)])


_ROLLS: Mapping[Roll, Callable[[date, Calendar], date]] = {
    Roll.UNADJUSTED: _unadjusted,
    Roll.FOLLOWING: _following,
    Roll.PRECEDING: _preceding,
    Roll.MODIFIED_FOLLOWING: _modified_following,
    Roll.MODIFIED_PRECEDING: _modified_preceding,
}
