"""Tokens that are good no more: an event says it, and servers refuse them from then on."""

from __future__ import annotations

from ledger.drafts import Draft
from ledger.record import Decision
from ledger.store.revocations import KIND
from ledger.view import View


def revoke(_: View, principal: str, token_id: str, reason: str) -> Decision:
    """All tokens of somebody that were issued until now, or the one of an id (claim `jti`)."""
    payload = {"principal": principal, "token_id": token_id}
    return Decision(Draft(KIND, "book", payload, reason=reason), result=payload)
