"""Personal data: masked unless its reading in clear was recorded, and handed out as a whole."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.drafts import Draft
from ledger.errors import FailedPrecondition
from ledger.names import id_text
from ledger.record import Decision
from ledger.store.parties import Key
from ledger.view import View

READ, EXPORTED = "personal_data_read", "personal_data_exported"
_HIDDEN = "***"


def masked(text: str) -> str:
    """The first letter of each word, which is enough to tell two customers apart."""
    return " ".join(f"{word[0]}{_HIDDEN}" for word in text.split())


def read(
    view: View, party: Key, subject: str, fields: Sequence[str], reason: str, method: str
) -> Decision:
    """Somebody sees personal data of a party in clear; it is recorded before it is shown."""
    name = f"parties/{id_text(*party)}"
    if not view.party(party).key:
        raise FailedPrecondition(f"{name} was erased", resource=name)
    payload = {"fields": list(fields), "method": method, "party": id_text(*party)}
    return Decision(Draft(READ, subject, payload, reason=reason))


def export(view: View, party: Key, reason: str) -> Decision:
    """All that the books hold of a party is handed out."""
    found = view.party(party)
    payload = {"party": id_text(*party)}
    draft = Draft(EXPORTED, f"parties/{id_text(*party)}", payload, reason=reason)
    return Decision(draft, result=found)
