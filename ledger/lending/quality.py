"""Credit quality of one loan by its history: marks, restructurings, overrides of two people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ledger.calc.classification import worst
from ledger.calc.periods import Frequency
from ledger.calc.policy import Policy, on_day
from ledger.calc.quality import (
    Facts,
    Marks,
    Override,
    Quality,
    as_object,
    assessed,
    floor,
    from_object,
)
from ledger.drafts import Changes, Draft
from ledger.errors import AmountExceeded, FailedPrecondition, InvalidInput, NotFound, Violation
from ledger.lending.delinquency import days_past_due, pauses
from ledger.lending.provisions import on_books
from ledger.loan.events import Kind
from ledger.loan.state import OFF_BOOKS, Status
from ledger.money import decimal_text
from ledger.names import event_text, id_text
from ledger.record import Decision
from ledger.store.loans import Key
from ledger.store.quality import Rated
from ledger.view import History, View

CLASSIFIED = "loan_classified"
MARKED = "credit_marks_set"
RESTRUCTURED = "restructuring_recorded"
PROPOSED = "classification_proposed"
APPROVED = "classification_approved"
ASSESSED = "allowance_assessed"
_ACCRUALS = (Kind.SUSPENDED, Kind.RESUMED)


class TooMild(FailedPrecondition):
    """The grade is better than the rules allow: people can only be stricter."""

    reason = "GRADE_TOO_MILD"


class OwnProposal(FailedPrecondition):
    """Who proposes a classification does not approve it."""

    reason = "OWN_PROPOSAL"


class ProposalDecided(FailedPrecondition):
    """The proposal was approved before, or a later one took its place."""

    reason = "PROPOSAL_DECIDED"


def of_history(history: History) -> Quality:
    """What the last event of a loan's quality left, and whether a close stopped its interest."""
    suspended: bool | None = None
    for _, kind, _, payload, _ in reversed(history):
        details = payload.get("details", {})
        if suspended is None and kind in _ACCRUALS and "policy" in details:
            suspended = kind == Kind.SUSPENDED
        if "quality" in details:
            found = from_object(details["quality"])
            return found if suspended is None else replace(found, suspended=suspended)
    return Quality()


def facts_of(
    day: date, days: int, since: date | None, every: Frequency, policy: Policy, *, retail: bool
) -> Facts:
    """What a day says of a loan, by the policy's tolerance of days."""
    counted = policy.counted(days)
    return Facts(day, counted, since if counted else None, every, retail)


@dataclass(frozen=True, slots=True)
class Judged:
    """What a command made of a loan, whose amounts are in a currency."""

    quality: Quality
    currency: str


@dataclass(frozen=True, slots=True)
class _Now:
    """A loan as a command finds it."""

    key: Key
    before: Quality
    facts: Facts
    policy: Policy
    currency: str

    def changed(
        self, kind: str, after: Quality, details: Mapping[str, Any], reason: str
    ) -> Decision:
        """The command's event, with what it makes of the loan by the rules of the day."""
        after = assessed(after, self.facts, self.policy)
        found = rated(kind, self.key, self.before, after, self.facts.day, details, reason)
        return found._replace(result=Judged(after, self.currency))


def rated(
    kind: str,
    key: Key,
    before: Quality,
    after: Quality,
    day: date,
    details: Mapping[str, Any],
    reason: str,
) -> Decision:
    """An event that leaves a loan's quality as it says, with the grades before and after."""
    told = {"after": grades(after), "before": grades(before), "quality": as_object(after)}
    draft = Draft(
        kind=kind,
        subject=f"loans/{id_text(*key)}",
        payload={"amounts": {}, "details": {**details, **told}},
        loan=key[1],
        value_date=day,
        reason=reason,
    )
    found = Rated(*key, after, day, before.grades != after.grades)
    return Decision(draft, Changes(rated=found), found)


def grades(found: Quality) -> dict[str, Any]:
    """Category, stage and non-accrual as the history keeps them."""
    category, stage, nonaccrual = found.grades
    return {"category": category.value, "nonaccrual": nonaccrual, "stage": stage}


def _now(view: View, key: Key) -> _Now:
    record, business = view.loan(key), view.stripes[key[0]].business_date
    state = record.state
    if state.status is not Status.ACTIVE or state.stage in OFF_BOOKS:
        raise FailedPrecondition("only an active loan on the balance sheet is classified")
    history = view.history(key)
    policy = on_day(view.newest().policies, business)
    since = state.oldest_due(business)
    days = days_past_due(since, pauses(history), business)
    retail = view.party((record.party_stripe, record.party)).kind == "person"
    facts = facts_of(business, days, since, state.terms.frequency, policy, retail=retail)
    return _Now(key, of_history(history), facts, policy, state.terms.currency)


def mark(view: View, key: Key, marks: Marks, collateral: tuple[str, int], reason: str) -> Decision:
    """Says all that is known of a loan anew; what makes it worse counts at once."""
    now = _now(view, key)
    currency, amount = collateral
    if currency and currency != now.currency:
        text = f"the loan's currency is {now.currency}"
        raise InvalidInput([Violation("collateral.currency_code", text)])
    after = replace(now.before, marks=marks, collateral=amount)
    return now.changed(MARKED, after, {}, reason)


def assess(
    view: View, key: Key, amount: int | None, asked: tuple[str, str], reason: str
) -> Decision:
    """Sets a large loan's allowance by itself, or leaves it to the policy again (None).

    `asked` are the amount's currency and its field.
    """
    now, state = _now(view, key), view.loan(key).state
    if amount is not None:
        currency, field = asked
        if currency != now.currency:
            text = f"the loan's currency is {now.currency}"
            raise InvalidInput([Violation(f"{field}.currency_code", text)])
        least = now.policy.provisioning.individual.get(now.currency, 0)
        if state.principal < least:
            raise FailedPrecondition(
                f"loans from {decimal_text(least, now.currency)} are assessed by themselves",
                principal=decimal_text(state.principal, now.currency),
            )
        owed = on_books(state, now.facts.day)
        if amount > owed:
            most = decimal_text(owed, now.currency)
            raise AmountExceeded(f"the loan stands at {most} on the books", limit=most)
    after = replace(now.before, assessed=amount)
    return now.changed(ASSESSED, after, {}, reason)


def restructure(view: View, key: Key, first_repayment: date, reason: str) -> Decision:
    """Begins the observation of a loan whose contract was changed because of its debtor's trouble.

    Restructured again while it is observed it is substandard at best (Order 2023 No. 1).
    """
    now = _now(view, key)
    before = now.before
    after = replace(
        before,
        observed=first_repayment,
        observed_from=worst(before.category, *filter(None, [before.observed_from])),
        observed_again=before.observed is not None,
    )
    details = {"first_repayment": first_repayment.isoformat()}
    return now.changed(RESTRUCTURED, after, details, reason)


def propose(view: View, key: Key, override: Override | None, actor: str, reason: str) -> Decision:
    """Proposes a stricter grade, or the end of one; nothing changes before somebody approves."""
    now = _now(view, key)
    _require_strict(now, override)
    draft = Draft(
        kind=PROPOSED,
        subject=f"loans/{id_text(*key)}",
        payload={
            "amounts": {},
            "details": {"override": _object(override), "proposed_by": actor},
        },
        loan=key[1],
        reason=reason,
    )
    return Decision(draft, Changes(), now.before)


def approve(view: View, key: Key, number: int, actor: str, reason: str) -> Decision:
    """Sets what another person proposed, if it is the loan's last proposal."""
    name = f"events/{event_text(key[0], number)}"
    history = view.history(key)
    proposals = [item for item in history if item[1] in (PROPOSED, APPROVED)]
    given = next((item for item in proposals if item[0] == number), None)
    if given is None or given[1] != PROPOSED:
        raise NotFound(f"no proposal {name} of this loan", resource=name)
    proposer = str(given[3]["details"]["proposed_by"])
    if proposer == actor:
        raise OwnProposal(f"{name} is your own proposal: somebody else approves it", event=name)
    if proposals[-1][0] != number:
        raise ProposalDecided(f"{name} was decided, or a later proposal took its place", event=name)
    override = _override(given[3]["details"]["override"])
    now = _now(view, key)
    _require_strict(now, override)
    after = replace(now.before, override=override)
    details = {
        "override": _object(override),
        "proposal": event_text(key[0], number),
        "proposed_by": proposer,
    }
    return now.changed(APPROVED, after, details, reason)


def _require_strict(now: _Now, override: Override | None) -> None:
    """People may be stricter than the rules, never milder."""
    if override is None:
        if now.before.override is None:
            raise FailedPrecondition("the loan's classification is not overridden")
        return
    if not override.holds(now.facts.day):
        raise FailedPrecondition(f"the override would end on {override.until}, before it begins")
    plain = replace(now.before, override=None)
    least = floor(plain, now.facts)
    if override.category and override.category.rank < least.rank:
        raise TooMild(f"the rules allow {least.value} at best", category=least.value)
    ruled = assessed(replace(plain, stage=1), now.facts, now.policy)
    if override.stage and override.stage < ruled.stage:
        raise TooMild(f"the rules allow stage {ruled.stage} at best", stage=ruled.stage)


def _object(found: Override | None) -> dict[str, Any]:
    return dict(as_object(Quality(override=found)).get("override", {}))


def _override(given: Mapping[str, Any]) -> Override | None:
    return from_object({"override": given}).override if given else None
