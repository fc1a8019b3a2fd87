"""Roles: given by others, for a time, never two that exclude each other; or lent by their owner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from ledger.calc.authority import on_day
from ledger.drafts import Changes, Draft
from ledger.errors import FailedPrecondition, NotEntitled, NotFound
from ledger.names import id_text
from ledger.record import Decision
from ledger.store import roles
from ledger.store.roles import Assignment, Key, held
from ledger.view import View

ASSIGNED, DELEGATED, ENDED = "role_assigned", "role_delegated", "role_ended"


class RoleConflict(FailedPrecondition):
    """The role excludes another one that the principal has at the same time."""

    reason = "ROLE_CONFLICT"


def assign(view: View, asked: Assignment, actor: str, reason: str) -> Decision:
    """Gives somebody else a role."""
    if asked.principal == actor:
        raise NotEntitled("your own roles are given by somebody else", principal=actor)
    known = _known(view)
    _require_new(asked, known)
    _require_apart(view, asked, known)
    return _step(ASSIGNED, asked, reason)


def delegate(view: View, asked: Assignment, moment: int, reason: str) -> Decision:
    """Lends a role that its owner has, not one that was lent to them."""
    owner, known = asked.delegated_by, _known(view)
    if asked.principal == owner:
        raise NotEntitled("a role is lent to somebody else", principal=owner)
    if asked.role not in held([one for one in known if not one.delegated_by], owner, moment):
        raise NotEntitled(
            f"{owner} does not have the role {asked.role} of their own, so cannot lend it",
            principal=owner,
            role=asked.role,
        )
    _require_new(asked, known)
    _require_apart(view, asked, known)
    return _step(DELEGATED, asked, reason)


def end(view: View, key: Key, reason: str) -> Decision:
    """Takes a role away at once."""
    found = next((one for one in _known(view) if one.key == key), None)
    if found is None:
        name = f"roleAssignments/{id_text(*key)}"
        raise NotFound(f"no {name}", resource=name)
    if found.ended:
        raise FailedPrecondition(f"{found.resource} was ended before, by {found.actor}")
    return _step(ENDED, replace(found, ended=True), reason)


def _known(view: View) -> list[Assignment]:
    return view.read("role assignments", partial(roles.current, book=view.book.number))


def _require_new(asked: Assignment, known: Sequence[Assignment]) -> None:
    """Refuses what somebody has already for all of the time."""
    same = [
        one
        for one in known
        if (one.principal, one.role, one.delegated_by)
        == (asked.principal, asked.role, asked.delegated_by)
        and one.meets(asked.since, asked.until)
    ]
    for one in same:
        later = one.until is None or (asked.until is not None and asked.until <= one.until)
        far = not one.branches or (asked.branches and set(asked.branches) <= set(one.branches))
        if one.since <= asked.since and later and far:
            raise FailedPrecondition(
                f"{asked.principal} has the role {asked.role} already: {one.resource}",
                resource=one.resource,
            )


def _require_apart(view: View, asked: Assignment, known: Sequence[Assignment]) -> None:
    """Refuses a role that excludes one held, or lent, at any moment of its time."""
    theirs = [one for one in known if one.principal == asked.principal]
    beside = {one.role for one in theirs if one.meets(asked.since, asked.until)}
    day = view.stripes[asked.stripe].business_date
    conflict = on_day(view.newest().approvals, day).conflict(beside, asked.role)
    if conflict:
        other = ({conflict.first, conflict.second} - {asked.role}).pop()
        raise RoleConflict(
            f"{asked.principal} has the role {other}, which excludes {asked.role}:"
            f" {conflict.reason}",
            principal=asked.principal,
            role=asked.role,
            excludes=other,
        )


def _step(kind: str, found: Assignment, reason: str) -> Decision:
    payload = {
        **({"branches": list(found.branches)} if found.branches else {}),
        "delegated_by": found.delegated_by,
        "ended": found.ended,
        "principal": found.principal,
        "role": found.role,
        "since": found.since,
        "until": found.until,
    }
    return Decision(
        Draft(kind, found.resource, payload, reason=reason), Changes(assignment=found), found
    )
