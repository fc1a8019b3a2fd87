"""Monitoring of transactions: scenarios as functions over the movements of one borrower.

What a scenario looks for is a row of the book's monitoring policy; how it looks is a row of
`SCENARIOS`. The figures are the lender's to choose: laws name reporting thresholds (EU 2015/849
art. 11, FATF recommendation 20), not patterns.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from ledger.calc.indicators import Threshold, threshold_violations
from ledger.errors import Violation

MAX_DAYS, MAX_COUNT, MAX_RULES = 366, 1000, 100
PAID = frozenset({"repayment_recorded", "payoff_recorded", "down_payment_recorded"})
REFUNDED = frozenset(
    {"merchant_refund_recorded", "payout_refund_recorded", "credit_refunded"},
)
DISBURSED = "disbursement_recorded"
PAID_OFF = "payoff_recorded"
#: What an officer gives beside what the contract says.
OVERRIDES = frozenset(
    {
        *("waiver_recorded", "charge_waiver_recorded", "charge_adjustment_recorded"),
        *("goodwill_credit_recorded", "interest_paused", "payment_holiday_granted"),
        *("classification_approved", "delinquency_paused"),
    }
)
#: All kinds of events that a scenario looks at.
WATCHED = PAID | REFUNDED | OVERRIDES | {DISBURSED}


@dataclass(frozen=True, slots=True)
class Movement:
    """An event of a loan as scenarios see it; `payer` is another party than the borrower."""

    number: int
    kind: str
    loan: int
    day: date
    amount: int
    currency: str
    actor: str
    payer: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A scenario with its figures: minor units by currency, a time in days, how many times.

    A currency that is not listed is not watched, unless none is listed.
    """

    scenario: str
    amounts: Mapping[str, int] = field(default_factory=dict)
    days: int = 1
    count: int = 1

    def least(self, currency: str) -> int | None:
        """The amount of a currency, None where it is not watched."""
        return self.amounts.get(currency) if self.amounts else 0

    def large(self, one: Movement) -> bool:
        """Whether a movement by itself reaches the amount."""
        least = self.least(one.currency)
        return least is not None and one.amount >= least


@dataclass(frozen=True, slots=True)
class MonitoringPolicy:
    """A version of what is watched: at most one rule a scenario, and thresholds of indicators."""

    rules: tuple[Rule, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    title: str = "none"
    version: int = 0
    effective_from: date = date.min
    booked_at: int = 0


NOTHING_WATCHED = MonitoringPolicy()


@dataclass(frozen=True, slots=True)
class Hit:
    """Movements that a scenario found, in order; the last one is of the day that was looked at."""

    rule: Rule
    movements: tuple[Movement, ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        """Their events."""
        return tuple(one.number for one in self.movements)

    @property
    def amounts(self) -> dict[str, int]:
        """What they move, by currency."""
        found: dict[str, int] = {}
        for one in self.movements:
            found[one.currency] = found.get(one.currency, 0) + one.amount
        return found


Found = Iterator[tuple[Movement, ...]]
Look = Callable[[Rule, Sequence[Movement]], Found]


def _structuring(rule: Rule, moves: Sequence[Movement]) -> Found:
    """Payments that each stay below a threshold and together reach it."""
    for currency in sorted({one.currency for one in moves}):
        least = rule.least(currency)
        small = [
            one
            for one in moves
            if one.kind in PAID and one.currency == currency and one.amount < (least or 0)
        ]
        if least and len(small) >= rule.count and sum(one.amount for one in small) >= least:
            yield tuple(small)


def _early_payoff(rule: Rule, moves: Sequence[Movement]) -> Found:
    """A loan that is paid off soon after it was paid out."""
    for paid in moves:
        lent = [one for one in moves if one.kind == DISBURSED and one.loan == paid.loan]
        if paid.kind == PAID_OFF and lent and rule.large(paid):
            yield lent[0], paid


def _third_party(rule: Rule, moves: Sequence[Movement]) -> Found:
    """Repayments by somebody else than the borrower."""
    found = [one for one in moves if one.kind in PAID and one.payer and rule.large(one)]
    if len(found) >= rule.count:
        yield tuple(found)


def _repeated_refunds(rule: Rule, moves: Sequence[Movement]) -> Found:
    """Money that comes back, or is given back, again and again."""
    found = [one for one in moves if one.kind in REFUNDED and rule.large(one)]
    if len(found) >= rule.count:
        yield tuple(found)


def _round_tripping(rule: Rule, moves: Sequence[Movement]) -> Found:
    """Money that is paid out and comes back, several times: each turn is a payout and a payment."""
    turns: list[Movement] = []
    for one in moves:
        wanted = one.kind == DISBURSED if len(turns) % 2 == 0 else one.kind in PAID
        if wanted and rule.large(one):
            turns.append(one)
    whole = turns[: len(turns) // 2 * 2]
    if len(whole) >= 2 * rule.count:
        yield tuple(whole)


def _officer_overrides(rule: Rule, moves: Sequence[Movement]) -> Found:
    """One officer who departs from the contract in favour of one borrower, again and again."""
    for actor in sorted({one.actor for one in moves}):
        found = [one for one in moves if one.kind in OVERRIDES and one.actor == actor]
        large = [one for one in found if rule.large(one)]
        if len(large) >= rule.count:
            yield tuple(large)


SCENARIOS: Mapping[str, Look] = {
    "structuring": _structuring,
    "early_payoff": _early_payoff,
    "third_party_repayment": _third_party,
    "repeated_refunds": _repeated_refunds,
    "round_tripping": _round_tripping,
    "officer_overrides": _officer_overrides,
}


def detect(
    policy: MonitoringPolicy,
    moves: Sequence[Movement],
    fresh: Collection[int],
    alerted: Mapping[str, Collection[int]],
    today: date,
) -> Iterator[Hit]:
    """What the scenarios find in one borrower's movements, in order of event number.

    `fresh` are events nobody has looked at yet: without one of them nothing is found. An event that
    an alert of the scenario names already (`alerted`) counts in no further one.
    """
    for rule in policy.rules:
        since, known = today - timedelta(days=rule.days), alerted.get(rule.scenario, ())
        while True:
            left = [one for one in moves if one.day > since and one.number not in known]
            every = SCENARIOS[rule.scenario](rule, left)
            found = next((one for one in every if one[-1].number in fresh), ())
            if not found:
                break
            yield Hit(rule, found)
            known = {*known, *(one.number for one in found)}


def on_day(versions: Sequence[MonitoringPolicy], day: date) -> MonitoringPolicy:
    """The policy in force on a day: the newest that has begun, else one that watches nothing."""
    begun = (policy for policy in versions if policy.effective_from <= day)
    return max(begun, key=lambda policy: policy.version, default=NOTHING_WATCHED)


def violations(policy: MonitoringPolicy) -> Iterator[Violation]:
    """All that is wrong in a policy."""
    seen: set[str] = set()
    for index, rule in enumerate(policy.rules):
        path = f"rules[{index}]"
        if rule.scenario not in SCENARIOS:
            yield Violation(f"{path}.scenario", f"must be one of {', '.join(SCENARIOS)}")
        if rule.scenario in seen:
            yield Violation(f"{path}.scenario", f"{rule.scenario} has a rule already")
        if rule.scenario == "structuring" and not any(rule.amounts.values()):
            text = "structuring needs the threshold that each payment stays below"
            yield Violation(f"{path}.amounts", text)
        seen.add(rule.scenario)
    yield from threshold_violations(policy.thresholds)


def as_object(policy: MonitoringPolicy) -> dict[str, Any]:
    """A policy as the history keeps it, without its version and dates."""
    return {
        "rules": [
            {
                "amounts": dict(sorted(rule.amounts.items())),
                "count": rule.count,
                "days": rule.days,
                "scenario": rule.scenario,
            }
            for rule in policy.rules
        ],
        "thresholds": [
            {"amber": one.amber, "indicator": one.indicator, "red": one.red}
            for one in policy.thresholds
        ],
        "title": policy.title,
    }


def from_object(
    found: Mapping[str, Any], version: int, effective_from: date, booked_at: int
) -> MonitoringPolicy:
    """The inverse of `as_object`."""
    rules = tuple(Rule(**rule) for rule in found["rules"])
    thresholds = tuple(Threshold(**one) for one in found["thresholds"])
    return MonitoringPolicy(rules, thresholds, found["title"], version, effective_from, booked_at)
