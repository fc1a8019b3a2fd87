"""An event that posted something, as tests of journal entries see it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from functools import lru_cache
from typing import Any, Final

from ledger.audit.history import event_name
from ledger.audit.tables import moment

#: Actors that begin so are the ledger's own jobs, no people.
SYSTEM: Final = "system:"


@dataclass(frozen=True, slots=True)
class Posted:
    """An event that posted, as the tests see it; `amounts` are its debits by currency."""

    name: str
    stripe: int
    number: int
    kind: str
    actor: str
    value_date: date
    posting_date: date
    booked: datetime
    reason: str
    reference: str
    reverses: int | None
    amounts: dict[str, int]
    debits: frozenset[str]
    credits: frozenset[str]


def posted_event(event: dict[str, Any], zone: tzinfo) -> Posted | None:
    """The event, booked in local time; None where it posted nothing or no person made it."""
    if not event["entries"] or event["actor"].startswith(SYSTEM):
        return None
    amounts: Counter[str] = Counter()
    for entry in event["entries"]:
        if entry[3] == "D":
            amounts[entry[4]] += entry[5]
    return Posted(
        name=event_name(event["stripe"], event["number"]),
        stripe=event["stripe"],
        number=event["number"],
        kind=event["kind"],
        actor=event["actor"],
        value_date=day_of(event["value_date"]),
        posting_date=day_of(event["posting_date"]),
        booked=moment(event["booked_at"]).astimezone(zone),
        reason=event["reason"],
        reference=event["reference"],
        reverses=event["reverses"],
        amounts=dict(amounts),
        debits=frozenset(entry[2] for entry in event["entries"] if entry[3] == "D"),
        credits=frozenset(entry[2] for entry in event["entries"] if entry[3] == "C"),
    )


def month_of(day: date) -> int:
    """Year × 12 + month: months that follow each other differ by one."""
    return day.year * 12 + day.month


@lru_cache(maxsize=4096)
def day_of(text: str) -> date:
    """A date of the history."""
    return date.fromisoformat(text)
