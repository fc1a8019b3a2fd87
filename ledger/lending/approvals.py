"""Four eyes: a command that the policy names waits until others agree, and is then done once.

What waits is decided under the stripe's lock, by the same decision that would be recorded: what its
largest journal moves is the amount that a rule's limit is compared with.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

import orjson

from ledger.calc.authority import ApprovalPolicy, Rule, on_day
from ledger.drafts import Changes, Draft
from ledger.errors import (
    AmountExceeded,
    ApprovalNeeded,
    ApprovalPending,
    LedgerError,
    NotEntitled,
    NotFound,
    NotPending,
    RequestIdReused,
)
from ledger.lending.authority import magnitude, require_authority
from ledger.money import MAX_MINOR
from ledger.names import id_text, new_key
from ledger.record import Command, Decision
from ledger.store import answers, approvals
from ledger.store.approvals import Content, Key, Pending, State
from ledger.store.rows import ask
from ledger.view import View

ASKED, GRANTED = "approval_asked_for", "approval_granted"
REJECTED, WITHDRAWN = "approval_rejected", "approval_withdrawn"
Decide = Callable[[View], Decision]


@dataclass(frozen=True, slots=True)
class Asking:
    """A command as its caller asked for it; `request` tells its fields as JSON text.

    `roles` are those by which the caller may ask, `rule` is the method whose rule holds, `waits`
    tells whether it may wait if that rule says so; a dry run waits for nobody.
    """

    stripe: int
    request_id: str
    method: str
    actor: str
    digest: str
    request: Callable[[], str]
    roles: frozenset[str]
    rule: str
    waits: bool = True
    dry: bool = False


def guarded(view: View, asked: Asking, decide: Decide) -> Decision:
    """What a command comes to, or that it waits; asked for again, what became of it."""
    row = view.stripes[asked.stripe]
    known = view.versions(row.approval_policy, lambda kept: kept.approvals, "approval policy")
    if not known:
        return decide(view)
    policy = on_day(known, row.business_date)
    rule = None if asked.dry else policy.rule(asked.rule)
    if rule is None:
        decision = decide(view)
        require_authority(policy, asked.roles, asked.rule, decision)
        return decision
    key = asked.stripe, new_key("pending", view.book.code, asked.request_id)
    waiting = view.read(("pending", key), partial(approvals.read, key=key))
    if waiting:
        raise _standing(view, waiting, asked)
    decision = decide(view)
    require_authority(policy, asked.roles, asked.rule, decision)
    amounts = magnitude(decision)
    if not rule.holds(amounts):
        return decision
    if not asked.waits:
        raise ApprovalNeeded(
            f"above a limit: it needs approval, so ask for it by {rule.method} by itself",
            method=rule.method,
        )
    return _kept(view, key, asked, amounts, policy, rule)


@dataclass(frozen=True, slots=True)
class Approver:
    """Who approves, by which roles, and why."""

    actor: str
    roles: Collection[str]
    reason: str


def approve(
    view: View, key: Key, by: Approver, command: Command, may: Collection[str] | None
) -> Decision:
    """One more agrees; with the last one the command is done, as its caller's.

    `may` are the roles by which its caller may still ask for it, None where only tokens tell.
    """
    actor, roles, reason = by.actor, by.roles, by.reason
    found = _waiting(view, key)
    method, theirs = found.content.method, found.content.caller_roles if may is None else may
    if not theirs and found.content.caller_roles:
        raise NotEntitled(f"{found.content.actor} may not ask for {method} any more", method=method)
    _require_other(found, actor, roles)
    if actor in dict(found.content.approvals):
        raise NotEntitled("you have approved it already", resource=found.resource)
    given = (*found.content.approvals, (actor, reason))
    done = len(given) >= found.content.needed
    moved = replace(
        found,
        state=State.EXECUTED if done else State.WAITING,
        content=replace(found.content, approvals=given),
    )
    payload = {"approvals": len(given), "command": _command(found), "needed": found.content.needed}
    decision = _step(GRANTED, moved, payload, reason)
    if not done:
        return decision
    own = command.decide(view)._replace(approvals=tuple(name for name, _ in given))
    policy = on_day(view.newest().approvals, view.stripes[found.stripe].business_date)
    require_authority(policy, theirs, method, own)
    require_authority(policy, _deciding(found, roles), method, own)
    return decision._replace(after=(command, own))


def reject(view: View, key: Key, actor: str, roles: Collection[str], reason: str) -> Decision:
    """Somebody who could approve it refuses it for good."""
    found = _waiting(view, key)
    _require_other(found, actor, roles)
    moved = replace(found, state=State.REJECTED)
    return _step(REJECTED, moved, {"command": _command(found)}, reason)


def withdraw(view: View, key: Key, actor: str, reason: str) -> Decision:
    """Its caller takes it back."""
    found = _waiting(view, key)
    if found.content.actor != actor:
        name = found.content.actor
        raise NotEntitled(f"only {name} may withdraw it; reject it instead", actor=name)
    moved = replace(found, state=State.WITHDRAWN)
    return _step(WITHDRAWN, moved, {"command": _command(found)}, reason)


def _kept(
    view: View,
    key: Key,
    asked: Asking,
    amounts: dict[str, int],
    policy: ApprovalPolicy,
    rule: Rule,
) -> Decision:
    """The command as it waits; its caller is told so, and nothing else is recorded of it."""
    if max(amounts.values(), default=0) > MAX_MINOR:
        raise AmountExceeded("the amount passes the largest figure that the books hold")
    until = view.stripes[asked.stripe].business_date + timedelta(days=rule.days)
    content = Content(
        request_id=asked.request_id,
        method=asked.method,
        actor=asked.actor,
        asked_at=0,
        digest=asked.digest,
        request=asked.request(),
        amounts=amounts,
        policy=policy.version,
        needed=rule.approvals,
        roles=rule.roles,
        caller_roles=tuple(sorted(asked.roles)),
        until=until,
    )
    found = Pending(*key, State.WAITING, content)
    payload = {
        "command": _command(found),
        "amounts": amounts,
        "digest": asked.digest,
        "needed": rule.approvals,
        "policy": policy.version,
        "request": orjson.loads(content.request),
        "roles": list(rule.roles),
        "until": until.isoformat(),
    }
    return _step(ASKED, found, payload, "")._replace(refusal=lambda _: _pending(view, found))


def _step(kind: str, found: Pending, payload: dict[str, object], reason: str) -> Decision:
    draft = Draft(kind, found.resource, payload, reason=reason)
    return Decision(draft, Changes(pending=found), found)


def _command(found: Pending) -> dict[str, str]:
    content = found.content
    return {"actor": content.actor, "method": content.method, "request_id": content.request_id}


def _pending(view: View, found: Pending) -> ApprovalPending:
    content, name = found.content, f"books/{view.book.code}/{found.resource}"
    missing = content.needed - len(content.approvals)
    who = f" with a role of {', '.join(content.roles)}" if content.roles else ""
    return ApprovalPending(
        f"nothing was done yet: {name} waits for {missing} more to approve{who}, until"
        f" {content.until}; then ask again with the same request id",
        pending_command=name,
        missing=missing,
        valid_until=content.until,
    )


def _standing(view: View, found: Pending, asked: Asking) -> LedgerError:
    """What a caller is told who asks again for a command that was kept."""
    content, last = found.content, found.resource
    if (content.method, content.actor, content.digest) != (
        *(asked.method, asked.actor, asked.digest),
    ):
        return RequestIdReused(
            f"request id {asked.request_id} was used before, for {content.method} by"
            f" {content.actor}, with other content: {last}",
            event=last,
            method=content.method,
        )
    if found.state is State.WAITING and not _expired(view, found):
        return _pending(view, found)
    return _over(view, found)


def _waiting(view: View, key: Key) -> Pending:
    """A pending command that waits, unless its caller's request was answered in another way."""
    found = view.read(("pending", key), partial(approvals.read, key=key))
    if not found:
        name = f"pendingCommands/{id_text(*key)}"
        raise NotFound(f"no {name}", resource=name)
    if found.state is not State.WAITING or _expired(view, found):
        raise _over(view, found)
    own = key[0], found.content.request_id
    if view.read(("answer", own), lambda c: ask(c, answers.finding([own]))):
        raise NotPending("the command was done without it, as the policy let it pass meanwhile")
    return found


def _expired(view: View, found: Pending) -> bool:
    return view.stripes[found.stripe].business_date > found.content.until


def _over(view: View, found: Pending) -> NotPending:
    """How a pending command ended, and what may be done now."""
    name, state = f"books/{view.book.code}/{found.resource}", found.state.value
    if found.state is State.WAITING:
        state, text = "expired", f"it could be approved until {found.content.until}"
    else:
        text = f"by {found.actor}: {found.reason}"
    return NotPending(
        f"{name} was {state}, {text}; a new request id asks anew".replace("was expired", "expired"),
        pending_command=name,
        state=state,
    )


def _deciding(found: Pending, roles: Collection[str]) -> frozenset[str]:
    """The roles by which somebody decides on a command."""
    wanted = found.content.roles
    return frozenset(set(roles) & set(wanted) if wanted else roles)


def _require_other(found: Pending, actor: str, roles: Collection[str]) -> None:
    """Refuses the caller of a command, and whoever has none of the roles that may approve it."""
    content = found.content
    if actor == content.actor:
        raise NotEntitled("it is your own command: somebody else decides", resource=found.resource)
    if content.roles and not set(content.roles) & set(roles):
        needed = ", ".join(content.roles)
        raise NotEntitled(f"one of these roles must decide: {needed}", resource=found.resource)
