"""Tests of journal entries that auditors run over a whole history (ISA 240, PCAOB AS 2401).

One pass over the events that posted something, but for those of the ledger's own jobs. A test finds
what somebody should look at; it proves nothing wrong. Memory grows with accounts, with combinations
of accounts, and by eight bytes an event.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, tzinfo
from typing import Any, Final

from ledger.audit.ads import MANUAL
from ledger.audit.history import event_name
from ledger.audit.posted import Posted, day_of, month_of, posted_event
from ledger.money import EXPONENTS


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the tests draw their lines; amounts in minor units, hours from start to before end."""

    zone: tzinfo
    hours: tuple[int, int] = (8, 20)
    limits: dict[str, int] = field(default_factory=dict)
    near_percent: int = 10
    round_to: int = 1000
    backdated_days: int = 30
    seldom: int = 5
    reversals: int = 10
    listed: int = 100


@dataclass(slots=True)
class Outcome:
    """What a test found: how many events, their debits by currency, and the first ones by name."""

    name: str
    meaning: str
    count: int = 0
    amounts: Counter[str] = field(default_factory=Counter)
    events: list[tuple[Posted, str]] = field(default_factory=list)
    ran: bool = True


@dataclass(slots=True)
class Seen:
    """What the history before an event tells: closed periods, and the month of each event."""

    closed_through: date = date.min
    months: dict[int, array[int]] = field(default_factory=dict)

    def month(self, stripe: int, number: int) -> int:
        """The month of posting of an earlier event as year × 12 + month; 0 if none is known."""
        known = self.months.get(stripe, ())
        return known[number - 1] if 0 < number <= len(known) else 0


Check = Callable[[Posted, Settings, Seen], str]


def _manual(posted: Posted, settings: Settings, seen: Seen) -> str:
    return posted.kind.replace("_", " ") if posted.kind in MANUAL else ""


def _weekend(posted: Posted, settings: Settings, seen: Seen) -> str:
    return f"booked on {posted.booked:%A, %Y-%m-%d}" if posted.booked.weekday() > 4 else ""


def _night(posted: Posted, settings: Settings, seen: Seen) -> str:
    start, end = settings.hours
    return "" if start <= posted.booked.hour < end else f"booked at {posted.booked:%H:%M}"


def _round(posted: Posted, settings: Settings, seen: Seen) -> str:
    for currency, amount in posted.amounts.items():
        unit = settings.round_to * 10 ** EXPONENTS.get(currency, 0)
        if amount % unit == 0:
            return f"a multiple of {currency} {settings.round_to:,}"
    return ""


def _below_limit(posted: Posted, settings: Settings, seen: Seen) -> str:
    for currency, amount in posted.amounts.items():
        limit = settings.limits.get(currency, 0)
        if limit * (100 - settings.near_percent) <= amount * 100 < limit * 100:
            return f"{settings.near_percent} % or less below the limit"
    return ""


def _after_close(posted: Posted, settings: Settings, seen: Seen) -> str:
    if posted.posting_date <= seen.closed_through:
        return f"posted to {posted.posting_date:%Y-%m}, which had been closed before"
    return ""


def _past_month(posted: Posted, settings: Settings, seen: Seen) -> str:
    behind = month_of(posted.booked.date()) - month_of(posted.posting_date)
    return f"posted {behind} months before the month of booking" if behind > 0 else ""


def _next_period(posted: Posted, settings: Settings, seen: Seen) -> str:
    if posted.reverses is None:
        return ""
    was = seen.month(posted.stripe, posted.reverses)
    if was and month_of(posted.posting_date) == was + 1:
        return f"reverses {event_name(posted.stripe, posted.reverses)} of the month before"
    return ""


def _backdated(posted: Posted, settings: Settings, seen: Seen) -> str:
    days = (posted.posting_date - posted.value_date).days
    return f"{days} days back" if days > settings.backdated_days else ""


def _unexplained(posted: Posted, settings: Settings, seen: Seen) -> str:
    manual = posted.kind in MANUAL and not posted.reason.strip()
    return "no reason and no reference" if manual and not posted.reference.strip() else ""


#: Tests of one event by itself and what was before it: name, what it finds, and how.
CHECKS: Final[tuple[tuple[str, str, Check], ...]] = (
    ("manual", "journals entered by hand", _manual),
    ("unexplained", "journals by hand without reason and reference", _unexplained),
    ("weekend", "booked on a Saturday or Sunday", _weekend),
    ("night", "booked outside working hours", _night),
    ("round-amount", "round amounts", _round),
    ("below-limit", "just below the limit of authority", _below_limit),
    ("after-close", "posted to a period that had been closed and was opened again", _after_close),
    ("past-month", "posted to a month that was over when it was booked", _past_month),
    ("reversed-next-period", "reversals of an event of the month before", _next_period),
    ("backdated", "value date long before the posting date", _backdated),
)
#: Tests that only the whole history can tell.
SELDOM, COMBINATION, REVERSALS = "seldom-account", "rare-combination", "many-reversals"
WHOLE: Final = {
    SELDOM: "touch an account that few events touch",
    COMBINATION: "debit and credit a combination of accounts that is rare",
    REVERSALS: "reversals by an actor with many",
}


@dataclass(slots=True)
class _Group:
    """The events of one account, combination or actor: the first ones, and how many more."""

    events: list[Posted] = field(default_factory=list)
    unlisted: int = 0
    unlisted_amounts: Counter[str] = field(default_factory=Counter)

    @property
    def count(self) -> int:
        return len(self.events) + self.unlisted


class JournalTests:
    """Takes the events of a history in order; `outcomes` gives what was found."""

    def __init__(self, settings: Settings) -> None:
        self.settings, self.tested = settings, 0
        self._seen = Seen()
        self._found = {name: Outcome(name, meaning) for name, meaning, _ in CHECKS}
        self._found["below-limit"].ran = bool(settings.limits)
        self._groups: dict[str, dict[Any, _Group]] = {name: {} for name in WHOLE}
        few, listed = settings.seldom, settings.listed
        self._keep = {SELDOM: few, COMBINATION: few, REVERSALS: listed}

    def add(self, event: dict[str, Any]) -> None:
        """The next event of the history."""
        posted = posted_event(event, self.settings.zone)
        if posted is not None:
            self.tested += 1
            for name, _, check in CHECKS:
                note = check(posted, self.settings, self._seen)
                if note:
                    self._note(self._found[name], posted, note)
            self._group(posted)
        self._remember(event)

    def outcomes(self) -> list[Outcome]:
        """Every test in its order, with what it found."""
        found = dict(self._found)
        for name, meaning in WHOLE.items():
            outcome, noted = Outcome(name, meaning), set[str]()
            for key, group in self._groups[name].items():
                if not self._stands_out(name, group):
                    continue
                note = f"{_words(key)}: {group.count} events"
                fresh = [posted for posted in group.events if posted.name not in noted]
                for posted in fresh:
                    self._note(outcome, posted, note)
                noted.update(posted.name for posted in fresh)
                outcome.count += group.unlisted
                outcome.amounts.update(group.unlisted_amounts)
            found[name] = outcome
        return list(found.values())

    def _stands_out(self, name: str, group: _Group) -> bool:
        if name == REVERSALS:
            return group.count > self.settings.reversals
        return group.count <= self.settings.seldom

    def _note(self, outcome: Outcome, posted: Posted, note: str) -> None:
        outcome.count += 1
        outcome.amounts.update(posted.amounts)
        if len(outcome.events) < self.settings.listed:
            outcome.events.append((posted, note))

    def _group(self, posted: Posted) -> None:
        for account in posted.debits | posted.credits:
            self._put(SELDOM, account, posted)
        self._put(COMBINATION, (posted.debits, posted.credits), posted)
        if posted.reverses is not None:
            self._put(REVERSALS, posted.actor, posted)

    def _put(self, name: str, key: Any, posted: Posted) -> None:
        group = self._groups[name].setdefault(key, _Group())
        if len(group.events) < self._keep[name]:
            group.events.append(posted)
        else:
            group.unlisted += 1
            group.unlisted_amounts.update(posted.amounts)

    def _remember(self, event: dict[str, Any]) -> None:
        months = self._seen.months.setdefault(event["stripe"], array("L"))
        if event["number"] == len(months) + 1:
            months.append(month_of(day_of(event["posting_date"])))
        if event["kind"] == "period_closed":
            through = day_of(event["payload"]["closed_through"])
            self._seen.closed_through = max(self._seen.closed_through, through)


def _words(key: Any) -> str:
    """An account, an actor, or `debits / credits`."""
    if isinstance(key, str):
        return key
    return " / ".join("+".join(sorted(codes)) for codes in key)
