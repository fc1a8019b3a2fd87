"""Rate indexes: series that finance maintains, and the fixings that floating loans take."""

from __future__ import annotations

from datetime import date, timedelta

from ledger.calc.calendar import business_days_before
from ledger.calc.holidays import business_calendar
from ledger.drafts import Changes, Draft
from ledger.errors import AlreadyExists, DateNotOpen, FixingMissing, InvalidInput, Violation
from ledger.loan.floating import Floating
from ledger.names import event_text
from ledger.record import Decision
from ledger.store.rates import Fixing, RateIndex
from ledger.view import View


def create(view: View, index: RateIndex, reason: str) -> Decision:
    """Adds an index; codes are never reused and indexes never deleted."""
    name = f"rateIndexes/{index.code}"
    if index.code in view.catalogue.indexes:
        raise AlreadyExists(f"rate index {index.code} exists", resource=name)
    return Decision(
        Draft(
            kind="rate_index_created",
            subject=name,
            payload={"code": index.code, "title": index.title, "valid_days": index.valid_days},
            reason=reason,
        ),
        Changes(index=index),
        index,
    )


def publish(view: View, stripe: int, asked: Fixing) -> Decision:
    """Books the rate of a day; where one is booked already, this corrects it and must say why."""
    index, business = view.index(asked.index), view.stripes[stripe].business_date
    if asked.day > business:
        raise DateNotOpen(
            f"a fixing of {asked.day} lies after the business date {business}",
            date=asked.day,
            business_date=business,
        )
    payload = {"date": asked.day.isoformat(), "index": index.code, "rate": str(asked.rate)}
    last = view.fixing(index.code, asked.day)
    if last and last.day == asked.day:
        payload["corrects"] = _corrected(stripe, last, asked)
    return Decision(
        Draft(
            kind="fixing_published",
            subject=f"rateIndexes/{index.code}",
            payload=payload,
            value_date=asked.day,
            reason=asked.reason,
        ),
        Changes(fixing=asked),
        asked,
    )


def _corrected(stripe: int, last: Fixing, asked: Fixing) -> str:
    name = f"events/{event_text(stripe, last.number)}"
    if last.rate == asked.rate:
        raise AlreadyExists(f"{name} booked this rate of {asked.day}", resource=name)
    if not asked.reason.strip():
        raise InvalidInput([Violation("reason", f"is required: this corrects {name}")])
    return event_text(stripe, last.number)


def floated(view: View, floating: Floating, day: date) -> dict[str, str]:
    """What a loan pays by the fixing that counts on a day, and where that comes from.

    FixingMissing where the last fixing is older than its index lets one count.
    """
    index = view.index(floating.index)
    found = view.fixing(index.code, day)
    if found is None or day - found.day > timedelta(days=index.valid_days):
        last = f"the last one is of {found.day}" if found else "there is none before"
        text = f"{index.code} has no fixing that counts on {day}: {last}"
        raise FixingMissing(text, index=index.code, date=day)
    return {
        "fixing": str(found.rate),
        "fixing_date": found.day.isoformat(),
        "index": index.code,
        "rate": str(floating.rate(found.rate)),
    }


def reset_at(view: View, floating: Floating, day: date) -> dict[str, str]:
    """What a reset of that day brings, by the fixing so many days before it."""
    if not floating.lag_calendar:
        return floated(view, floating, day - timedelta(days=floating.lag))
    calendar = business_calendar(floating.lag_calendar, day.year - 1, day.year)
    return floated(view, floating, business_days_before(day, floating.lag, calendar))
