"""Which commands need others to agree: a book's approval policy.

A value like any other: published as a version with a first day, never changed. Without a policy
nothing waits.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ledger.errors import Violation

MAX_RULES, MAX_APPROVALS, MAX_DAYS = 200, 5, 366


@dataclass(frozen=True, slots=True)
class Rule:
    """When a command waits, for how many others of which roles, and how many days at most.

    `above` are minor units by currency: empty, the command always waits; otherwise it does when it
    moves more than that, and in a currency that is not listed whenever it moves anything.
    """

    method: str
    above: Mapping[str, int] = field(default_factory=dict)
    approvals: int = 1
    roles: tuple[str, ...] = ()
    days: int = 7

    def holds(self, amounts: Mapping[str, int]) -> bool:
        """Whether a command that moves these amounts by currency waits."""
        beyond = (amount > self.above.get(code, 0) for code, amount in amounts.items())
        return not self.above or any(beyond)


@dataclass(frozen=True, slots=True)
class ApprovalPolicy:
    """A version of a book's approval policy: at most one rule a method."""

    rules: tuple[Rule, ...] = ()
    title: str = "none"
    version: int = 0
    effective_from: date = date.min
    booked_at: int = 0

    def rule(self, method: str) -> Rule | None:
        """The rule of a method."""
        return next((rule for rule in self.rules if rule.method == method), None)


NOTHING_WAITS = ApprovalPolicy()


def on_day(versions: Sequence[ApprovalPolicy], day: date) -> ApprovalPolicy:
    """The policy in force on a day: the newest that has begun, else none."""
    begun = (policy for policy in versions if policy.effective_from <= day)
    return max(begun, key=lambda policy: policy.version, default=NOTHING_WAITS)


def violations(policy: ApprovalPolicy, methods: Collection[str]) -> Iterator[Violation]:
    """All that is wrong in a policy; `methods` are those that can wait."""
    if len(policy.rules) > MAX_RULES:
        yield Violation("rules", f"at most {MAX_RULES}")
    seen: set[str] = set()
    for index, rule in enumerate(policy.rules):
        if rule.method not in methods:
            text = "must be a command that can wait, such as WriteOffLoan or PostJournal"
            yield Violation(f"rules[{index}].method", text)
        if rule.method in seen:
            yield Violation(f"rules[{index}].method", f"{rule.method} has a rule already")
        seen.add(rule.method)


def as_object(policy: ApprovalPolicy) -> dict[str, Any]:
    """A policy as the history keeps it, without its version and dates."""
    return {
        "rules": [
            {
                "above": dict(sorted(rule.above.items())),
                "approvals": rule.approvals,
                "days": rule.days,
                "method": rule.method,
                "roles": sorted(rule.roles),
            }
            for rule in policy.rules
        ],
        "title": policy.title,
    }


def from_object(
    found: Mapping[str, Any], version: int, effective_from: date, booked_at: int
) -> ApprovalPolicy:
    """The inverse of `as_object`."""
    rules = tuple(Rule(**{**rule, "roles": tuple(rule["roles"])}) for rule in found["rules"])
    return ApprovalPolicy(rules, found["title"], version, effective_from, booked_at)
