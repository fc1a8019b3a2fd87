"""Branches: loans and parties belong to one or to none, and are moved by commands of their own."""

from __future__ import annotations

from dataclasses import replace

from ledger.drafts import Changes, Draft
from ledger.errors import FailedPrecondition
from ledger.lending.histories import MOVED
from ledger.lending.loans import Done, Key
from ledger.names import id_text
from ledger.record import Decision
from ledger.view import View

PARTY_MOVED = "party_moved"


def move_loan(view: View, key: Key, branch: str, reason: str) -> Decision:
    """A loan goes to another branch, or to none; its borrower stays where they are."""
    record = view.loan(key)
    _require_other(f"loans/{id_text(*key)}", record.branch, branch)
    moved = replace(record, branch=branch)
    details = {"before": record.branch, "branch": branch}
    draft = Draft(
        kind=MOVED,
        subject=f"loans/{id_text(*key)}",
        payload={"amounts": {}, "details": details},
        loan=key[1],
        reason=reason,
    )
    done = Done(MOVED, 0, {}, moved, view.stripes[key[0]].business_date)
    return Decision(draft, Changes(loan=moved), done)


def move_party(view: View, key: Key, branch: str, reason: str) -> Decision:
    """A party goes to another branch, or to none; loans that it has stay where they are."""
    found, name = view.party(key), f"parties/{id_text(*key)}"
    _require_other(name, found.branch, branch)
    moved = replace(found, branch=branch)
    payload = {"before": found.branch, "branch": branch}
    draft = Draft(PARTY_MOVED, name, payload, reason=reason)
    return Decision(draft, Changes(moved=moved), moved)


def _require_other(name: str, before: str, branch: str) -> None:
    if branch == before:
        where = f"branch {branch}" if branch else "no branch"
        raise FailedPrecondition(f"{name} belongs to {where} already", resource=name)
