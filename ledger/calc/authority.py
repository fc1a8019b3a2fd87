"""Who may go how far, and which commands need others to agree: a book's approval policy.

A value like any other: published as a version with a first day, never changed. Without a policy
nothing waits, and roles have no limits.
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
        return not self.above or _beyond(amounts, self.above)


@dataclass(frozen=True, slots=True)
class Limit:
    """How far a role may go with a method: `most` in minor units by currency, empty for any.

    It holds for loans of these `products` in these `branches`; empty for all, and for no loan.
    """

    role: str
    method: str
    most: Mapping[str, int] = field(default_factory=dict)
    products: tuple[str, ...] = ()
    branches: tuple[str, ...] = ()

    def covers(
        self, amounts: Mapping[str, int], products: Collection[str], branches: Collection[str]
    ) -> bool:
        """Whether amounts, and products and branches of the loans concerned, are within it."""
        own = _within(products, self.products) and _within(branches, self.branches)
        return own and (not self.most or not _beyond(amounts, self.most))


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two roles that nobody may hold at once, and why."""

    first: str
    second: str
    reason: str


def _within(found: Collection[str], bounds: Collection[str]) -> bool:
    return not bounds or (bool(found) and set(found) <= set(bounds))


def _beyond(amounts: Mapping[str, int], most: Mapping[str, int]) -> bool:
    return any(amount > most.get(code, 0) for code, amount in amounts.items())


@dataclass(frozen=True, slots=True)
class ApprovalPolicy:
    """A version of a book's approval policy: at most one rule a method."""

    rules: tuple[Rule, ...] = ()
    limits: tuple[Limit, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    title: str = "none"
    version: int = 0
    effective_from: date = date.min
    booked_at: int = 0

    def rule(self, method: str) -> Rule | None:
        """The rule of a method."""
        return next((rule for rule in self.rules if rule.method == method), None)

    def limits_of(self, roles: Collection[str], method: str) -> list[Limit]:
        """What bounds a caller with these roles; nothing where one of them has no limit."""
        found = [one for one in self.limits if one.method == method and one.role in roles]
        return found if {one.role for one in found} == set(roles) else []

    def conflict(self, roles: Collection[str], added: str) -> Conflict | None:
        """Why a role may not be held beside others."""
        pairs = ((one, {one.first, one.second}) for one in self.conflicts)
        return next(
            (one for one, both in pairs if added in both and both - {added} <= set(roles)), None
        )


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
    for index, limit in enumerate(policy.limits):
        if limit.method not in methods:
            yield Violation(f"limits[{index}].method", "must be a command, such as ApproveLoan")
    for index, conflict in enumerate(policy.conflicts):
        if conflict.first == conflict.second:
            yield Violation(f"conflicts[{index}].second", "must be another role than the first")


def as_object(policy: ApprovalPolicy) -> dict[str, Any]:
    """A policy as the history keeps it, without its version and dates."""
    return {
        "conflicts": [
            {"first": one.first, "reason": one.reason, "second": one.second}
            for one in policy.conflicts
        ],
        "limits": [
            {
                **({"branches": sorted(limit.branches)} if limit.branches else {}),
                "method": limit.method,
                "most": dict(sorted(limit.most.items())),
                "products": sorted(limit.products),
                "role": limit.role,
            }
            for limit in policy.limits
        ],
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
    limits = tuple(
        Limit(
            **{
                **one,
                "products": tuple(one["products"]),
                "branches": tuple(one.get("branches", ())),
            }
        )
        for one in found["limits"]
    )
    conflicts = tuple(Conflict(**one) for one in found["conflicts"])
    title: str = found["title"]
    return ApprovalPolicy(rules, limits, conflicts, title, version, effective_from, booked_at)
