"""QuantLib as an oracle: its module, and dates as it has them."""

from __future__ import annotations

from datetime import date

import QuantLib as ql  # type: ignore[import-untyped]  # noqa: N813 - its usual name

__all__ = ["as_date", "as_ql", "ql"]


def as_ql(day: date) -> ql.Date:
    return ql.Date(day.day, day.month, day.year)


def as_date(day: ql.Date) -> date:
    return date(day.year(), day.month(), day.dayOfMonth())
