"""Key risk indicators: whole figures of a month, judged by two thresholds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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
