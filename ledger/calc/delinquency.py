"""Days past due from the oldest unpaid instalment, and the buckets that reports use."""

from __future__ import annotations

from datetime import date

#: (name, first day, last day or None), in days past due.
BUCKETS: tuple[tuple[str, int, int | None], ...] = (
    ("current", 0, 0),
    ("1-30", 1, 30),
    ("31-60", 31, 60),
    ("61-90", 61, 90),
    ("91-180", 91, 180),
    ("181+", 181, None),
)


def days_past_due(oldest_due: date | None, on: date) -> int:
    """Whole days since the oldest unpaid due date; 0 when nothing is unpaid."""
    return max((on - oldest_due).days, 0) if oldest_due else 0


def bucket(days: int) -> str:
    """The bucket of so many days past due."""
    return next(name for name, first, last in BUCKETS if last is None or days <= last)
