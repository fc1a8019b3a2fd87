"""Monitoring policies: each version says all of it anew, and holds from its first day on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from ledger.calc.monitoring import Hit, MonitoringPolicy, as_object, violations
from ledger.drafts import Changes, Draft
from ledger.errors import DateNotOpen, InvalidInput, Violation
from ledger.lending.registers import opened
from ledger.names import event_text, new_key
from ledger.record import Decision
from ledger.store import policies
from ledger.store.monitoring import Borrower
from ledger.store.registers import Content, Item
from ledger.view import View

PUBLISHED = "monitoring_policy_published"


def publish(view: View, stripe: int, asked: MonitoringPolicy, reason: str) -> Decision:
    """The next version; it begins after the business date, so that no day is looked at twice."""
    wrong = [Violation(f"policy.{v.field}", v.description) for v in violations(asked)]
    if wrong:
        raise InvalidInput(wrong)
    load = partial(policies.MONITORING.versions, book=view.book.number)
    business, known = view.stripes[stripe].business_date, view.read("monitoring policies", load)
    later = [one.effective_from for one in known if one.effective_from > asked.effective_from]
    if asked.effective_from <= business or later:
        raise DateNotOpen(
            f"a policy begins after the business date {business}, and not before an older version",
            effective_from=asked.effective_from,
            business_date=business,
        )
    policy = replace(asked, version=len(known) + 1)
    payload = {**as_object(policy), "effective_from": policy.effective_from.isoformat()}
    draft = Draft(PUBLISHED, f"monitoringPolicies/{policy.version}", payload, reason=reason)
    return Decision(draft, Changes(monitoring=policy), policy)


def alert_key(book: str, hit: Hit, borrower: Borrower) -> int:
    """An alert's key: the same cause has the same one, so that it is raised once."""
    cause = event_text(borrower.stripe, hit.numbers[-1])
    return new_key("alert", book, f"{hit.rule.scenario}/{borrower.id}/{cause}")


def alerts(
    view: View, borrower: Borrower, policy: MonitoringPolicy, hits: Iterator[Hit]
) -> Iterator[Decision]:
    """What was found, as new alerts about the borrower, in the stripe of the loans."""
    for hit in hits:
        last = hit.movements[-1]
        facts = {
            "actor": last.actor,
            "day": last.day.isoformat(),
            "policy": str(policy.version),
            "scenario": hit.rule.scenario,
        }
        content = Content(
            title=f"{hit.rule.scenario.replace('_', ' ')}, {len(hit.movements)} events",
            party=borrower.id,
            facts=facts,
            causes=tuple(event_text(borrower.stripe, number) for number in hit.numbers),
            amounts={"moved": hit.amounts},
        )
        key = alert_key(view.book.code, hit, borrower)
        yield opened(view, Item(borrower.stripe, key, 1, "alert", "new", content), "monitoring")
