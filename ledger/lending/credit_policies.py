"""Credit policies: each version says all of it anew, and holds from its first day on."""

from __future__ import annotations

from dataclasses import replace

from ledger.calc.policy import Policy, as_object, violations
from ledger.drafts import Changes, Draft
from ledger.errors import DateNotOpen, InvalidInput, Violation
from ledger.record import Decision
from ledger.view import View


def publish(view: View, stripe: int, asked: Policy, reason: str) -> Decision:
    """The next version; it begins after the business date, so that no day is judged twice."""
    wrong = [Violation(f"policy.{v.field}", v.description) for v in violations(asked)]
    if wrong:
        raise InvalidInput(wrong)
    business, known = view.stripes[stripe].business_date, view.newest().policies
    if asked.effective_from <= business:
        raise DateNotOpen(
            f"a policy begins after the business date {business}",
            effective_from=asked.effective_from,
            business_date=business,
        )
    if known and asked.effective_from < known[-1].effective_from:
        raise DateNotOpen(
            f"version {known[-1].version} begins later, on {known[-1].effective_from}",
            effective_from=asked.effective_from,
        )
    policy = replace(asked, version=len(known) + 1)
    return Decision(
        Draft(
            kind="credit_policy_published",
            subject=f"creditPolicies/{policy.version}",
            payload={**as_object(policy), "effective_from": policy.effective_from.isoformat()},
            reason=reason,
        ),
        Changes(policy=policy),
        policy,
    )
