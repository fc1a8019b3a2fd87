"""How far a command goes, and how far those who ask for it or approve it may go."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

from ledger.calc.authority import ApprovalPolicy, Limit, as_object, violations
from ledger.drafts import Changes, Draft
from ledger.errors import BeyondAuthority, InvalidInput, Violation
from ledger.lending.versions import numbered
from ledger.money import decimal_text
from ledger.record import Decision
from ledger.view import View

PUBLISHED = "approval_policy_published"


def publish(
    view: View, stripe: int, asked: ApprovalPolicy, methods: Collection[str], reason: str
) -> Decision:
    """The next version of the policy, for all stripes; it begins today at the earliest."""
    wrong = [Violation(f"policy.{v.field}", v.description) for v in violations(asked, methods)]
    if wrong:
        raise InvalidInput(wrong)
    business = view.stripes[stripe].business_date
    policy = numbered(asked, view.newest().approvals, business, "policy")
    payload = {**as_object(policy), "effective_from": policy.effective_from.isoformat()}
    draft = Draft(PUBLISHED, f"approvalPolicies/{policy.version}", payload, reason=reason)
    return Decision(draft, Changes(approval_policy=policy), policy)


def magnitude(decision: Decision) -> dict[str, int]:
    """The amount of a command: what its largest journal moves, in minor units by currency.

    Of a loan it is what the components are debited or credited, whichever is more, since one fact
    takes further lines: the loss, the allowance that covers it, the claim that is kept in mind.
    """
    every = (decision, *decision.also)
    return largest(journal.entries for one in every for journal in one.draft.journals)


class Line(Protocol):
    """An entry of a journal, as it is decided or as it was recorded."""

    @property
    def loan(self) -> object:
        """Of which loan it is a component; None for none."""

    @property
    def currency(self) -> str:
        """ISO 4217."""

    @property
    def side(self) -> str:
        """D or C."""

    @property
    def amount(self) -> int:
        """Minor units."""


def largest(journals: Iterable[Sequence[Line]]) -> dict[str, int]:
    """What the largest of these journals moves, as `magnitude` counts it."""
    found: dict[str, int] = {}
    for entries in journals:
        own = [entry for entry in entries if entry.loan is not None]
        sums: dict[tuple[str, str], int] = {}
        for entry in own or entries:
            side = entry.currency, entry.side
            sums[side] = sums.get(side, 0) + entry.amount
        for (currency, _), amount in sums.items():
            found[currency] = max(found.get(currency, 0), amount)
    return found


def require_authority(
    policy: ApprovalPolicy, roles: Collection[str], method: str, decision: Decision
) -> None:
    """Refuses what goes beyond the limits of all roles by which it is done."""
    limits = policy.limits_of(roles, method)
    if not limits:
        return
    amounts = magnitude(decision)
    every = (decision, *decision.also)
    loans = [one.changes.loan for one in every if one.changes.loan]
    where = {loan.product for loan in loans}, {loan.branch for loan in loans}
    if not any(limit.covers(amounts, *where) for limit in limits):
        raise BeyondAuthority(
            f"{method} of {_amounts(amounts) or 'any amount'} is beyond the authority of"
            f" {', '.join(sorted(roles))}: {'; '.join(map(_bounds, limits))}",
            method=method,
            policy=f"approvalPolicies/{policy.version}",
        )


def _bounds(limit: Limit) -> str:
    most = f"at most {_amounts(limit.most)}" if limit.most else "any amount"
    only = f" of {', '.join(limit.products)}" if limit.products else ""
    where = f" in branch {', '.join(limit.branches)}" if limit.branches else ""
    return f"{limit.role} {most}{only}{where}"


def _amounts(found: Mapping[str, int]) -> str:
    return ", ".join(f"{code} {decimal_text(amount, code)}" for code, amount in found.items())
