"""The one place that reads the wall clock; everything below takes the moment as an argument."""

import time
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def microseconds() -> int:
    """Now, in microseconds since the epoch, UTC."""
    return time.time_ns() // 1000


def now() -> datetime:
    """Now."""
    return datetime.now(UTC)


def today(zone: str) -> date:
    """The date now in a time zone."""
    return now().astimezone(ZoneInfo(zone)).date()
