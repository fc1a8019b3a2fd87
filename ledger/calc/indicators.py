"""Key risk indicators: whole figures of a month, judged by two thresholds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ledger.calc.registers import FORMS
from ledger.errors import Violation

#: What is counted in a month; amounts are minor units of the book's currency.
INDICATORS = (
    "alerts_raised",
    "cases_reported",
    "complaints_received",
    "findings_overdue",
    "net_operational_loss",
    "obligations_overdue",
    "operational_risk_events",
    "self_tests_failed",
)
#: Those that only they see who may know of alerts and cases.
OF_SUSPICION = frozenset({"alerts_raised", "cases_reported"})
GREEN, AMBER, RED = "green", "amber", "red"


@dataclass(frozen=True, slots=True)
class Threshold:
    """From which figure on an indicator is amber, and from which red."""

    indicator: str
    amber: int
    red: int


@dataclass(frozen=True, slots=True)
class Reading:
    """An indicator of a month with its level, empty where no threshold is set."""

    indicator: str
    value: int
    level: str


def judged(indicator: str, value: int, thresholds: Sequence[Threshold]) -> Reading:
    """A figure with its level."""
    for one in thresholds:
        if one.indicator == indicator:
            level = RED if value >= one.red else AMBER if value >= one.amber else GREEN
            return Reading(indicator, value, level)
    return Reading(indicator, value, "")


def threshold_violations(thresholds: Sequence[Threshold]) -> Iterator[Violation]:
    """All that is wrong in thresholds."""
    seen: set[str] = set()
    for index, one in enumerate(thresholds):
        path = f"thresholds[{index}]"
        if one.indicator not in INDICATORS:
            yield Violation(f"{path}.indicator", f"must be one of {', '.join(INDICATORS)}")
        if one.indicator in seen:
            yield Violation(f"{path}.indicator", f"{one.indicator} has a threshold already")
        if not 0 < one.amber <= one.red:
            yield Violation(f"{path}.red", "must be at least amber, which must be above zero")
        seen.add(one.indicator)


@dataclass(frozen=True, slots=True)
class Version:
    """A step of an item: which item, its register and state, the posting date, and its due date."""

    item: tuple[int, int]
    step: int
    kind: str
    state: str
    day: date
    due: date | None = None


#: Steps that are counted in their month: the register, and the state that is reached; empty for
#: the first step of an item.
_COUNTED: Mapping[str, tuple[str, str]] = {
    "alerts_raised": ("alert", ""),
    "cases_reported": ("case", "reported"),
    "complaints_received": ("complaint", ""),
    "operational_risk_events": ("risk_event", ""),
    "self_tests_failed": ("self_test", "failed"),
}
#: Items that were overdue at the end of the month, by register.
_OVERDUE: Mapping[str, str] = {"findings_overdue": "finding", "obligations_overdue": "obligation"}


def values(versions: Sequence[Version], first: date, last: date) -> dict[str, int]:
    """The figures of registers in a month that ends on `last`: counts, and what was overdue then.

    `versions` are in order of their items and steps.
    """
    found: dict[str, int] = {}
    for name, (kind, state) in _COUNTED.items():
        before: dict[tuple[int, int], str] = {}
        found[name] = 0
        for one in versions:
            if one.kind == kind:
                reached = one.step == 1 if not state else one.state == state
                again = state and before.get(one.item) == state
                found[name] += bool(reached and not again and first <= one.day <= last)
                before[one.item] = one.state
    for name, kind in _OVERDUE.items():
        then = {one.item: one for one in versions if one.kind == kind and one.day <= last}
        found[name] = sum(
            one.due is not None and one.due < last and one.state not in FORMS[kind].ends
            for one in then.values()
        )
    return found
