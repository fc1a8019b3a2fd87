"""The rules that each event keeps by itself, and towards its stripe: a table of checks.

They hold without any key or tree, so a verifier finds what the operator itself recorded wrongly.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from ledger.audit.canonical import VERSION

Event = dict[str, Any]


@dataclass(slots=True)
class Stripe:
    """What is remembered of a stripe; memory grows with its reversals only."""

    book: str
    number: int = 0
    booked_at: int = 0
    reversed: set[int] = field(default_factory=set)


Check = Callable[[Event, Stripe], str]


def event_name(stripe: int, number: int) -> str:
    """The name under which people speak of an event."""
    return f"{stripe}-{number}"


def history_problems(event: Event, stripe: Stripe) -> Iterator[tuple[str, str]]:
    """(event name, problem) for each rule that an event of the right shape breaks."""
    name = event_name(event["stripe"], event["number"])
    due, number = stripe.number + 1, event["number"]
    if number > due:
        yield event_name(event["stripe"], due), f"it is missing: {name} stands in its place"
    for check in CHECKS:
        problem = check(event, stripe)
        if problem:
            yield name, problem
    stripe.number, stripe.booked_at = number, event["booked_at"]
    if event["reverses"] is not None:
        stripe.reversed.add(event["reverses"])


def _belongs_here(event: Event, stripe: Stripe) -> str:
    if event["v"] != VERSION:
        return f"its version is {event['v']}, not {VERSION}"
    return "" if event["book"] == stripe.book else f"it belongs to the book {event['book']}"


def _is_next(event: Event, stripe: Stripe) -> str:
    due = stripe.number + 1
    return "" if event["number"] >= due else f"its number was used: {due} is due"


def _is_not_booked_before_the_last(event: Event, stripe: Stripe) -> str:
    return "" if event["booked_at"] >= stripe.booked_at else "it was booked before its predecessor"


def _has_dates(event: Event, stripe: Stripe) -> str:
    dates = (event["value_date"], event["posting_date"], *(entry[1] for entry in event["entries"]))
    return "" if all(map(is_date, dates)) else "a date is not of the form YYYY-MM-DD"


def _has_positive_entries(event: Event, stripe: Stripe) -> str:
    for entry in event["entries"]:
        if entry[5] <= 0:
            return f"an entry of journal {entry[0]} is not above zero"
        if entry[3] not in ("D", "C"):
            return f"an entry of journal {entry[0]} is neither debit nor credit"
    return ""


def _balances(event: Event, stripe: Stripe) -> str:
    sums: Counter[tuple[int, str]] = Counter()
    for journal, _, _, side, currency, amount, *_ in event["entries"]:
        sums[journal, currency] += amount if side == "D" else -amount
    for (journal, currency), rest in sums.items():
        if rest:
            return f"journal {journal} in {currency}: debits less credits are {rest}, not 0"
    return ""


def _reverses_once(event: Event, stripe: Stripe) -> str:
    target = event["reverses"]
    if target is None:
        return ""
    if not 0 < target < event["number"]:
        return f"it reverses {target}, which is no earlier event of its stripe"
    return f"it reverses {target} a second time" if target in stripe.reversed else ""


CHECKS: tuple[Check, ...] = (
    _belongs_here,
    _is_next,
    _is_not_booked_before_the_last,
    _has_dates,
    _has_positive_entries,
    _balances,
    _reverses_once,
)


@lru_cache(maxsize=4096)
def is_date(text: str) -> bool:
    """Whether a day exists and is written as YYYY-MM-DD."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
