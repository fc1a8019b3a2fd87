"""Parties: personal data is encrypted under the party's own key before anything is recorded."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ledger.drafts import Changes, Draft
from ledger.errors import FailedPrecondition
from ledger.names import id_text
from ledger.record import Decision
from ledger.store import loan_search, registers
from ledger.store.parties import Key, PartyRecord
from ledger.view import View

ERASED, ROTATED = "party_erased", "party_keys_rotated"
#: Loans that an error names.
_NAMED = 20
KEY_BYTES = 32
NONCE_BYTES = 12


def sealed(text: str, ring: bytes, nonce: bytes) -> bytes:
    """Personal data as AES-256-GCM ciphertext under a ring's first key, its nonce in front."""
    return nonce + AESGCM(ring[:KEY_BYTES]).encrypt(nonce, text.encode(), None)


def opened(ciphertext: bytes, ring: bytes) -> str:
    """The personal data by whichever key of the ring opens it, or nothing once it was erased.

    InvalidTag where none does.
    """
    if not ring:
        return ""
    nonce, body = ciphertext[:NONCE_BYTES], ciphertext[NONCE_BYTES:]
    for start in range(0, len(ring), KEY_BYTES):
        with suppress(InvalidTag):
            return AESGCM(ring[start : start + KEY_BYTES]).decrypt(nonce, body, None).decode()
    raise InvalidTag


def rotated(turned: Sequence[PartyRecord], name: str, reason: str, *, renewed: bool) -> Decision:
    """Keys of parties of a stripe are under another wrapping key, or have a new one in front."""
    payload = {
        "key": name,
        "parties": [id_text(one.stripe, one.party) for one in turned],
        "renewed": renewed,
    }
    return Decision(
        Draft(ROTATED, "parties", payload, reason=reason), Changes(rotated=tuple(turned))
    )


def create(view: View, party: PartyRecord, reason: str) -> Decision:
    """A party; its name stands in the history as ciphertext only."""
    return Decision(
        Draft(
            kind="party_created",
            subject=f"parties/{id_text(party.stripe, party.party)}",
            payload={
                "display_name": b64encode(party.display_name).decode(),
                "kind": party.kind,
                **({"branch": party.branch} if party.branch else {}),
            },
            reference=party.reference,
            reason=reason,
        ),
        Changes(party=party),
        party,
    )


def erase(view: View, key: Key, reason: str) -> Decision:
    """Destroys a party's key once nothing is owed, claimed or looked into; that it was is kept."""
    found, name = view.party(key), f"parties/{id_text(*key)}"
    if not found.key:
        raise FailedPrecondition(f"{name} was erased before", resource=name)
    load = partial(loan_search.unsettled, party=key, limit=_NAMED)
    if loans := view.read(("unsettled", key), load):
        raise FailedPrecondition(
            f"{name} has loans that are not repaid, closed or sold: {', '.join(loans)}",
            resource=name,
        )
    watched = partial(
        registers.search,
        book=view.book.number,
        kinds=("alert", "case", "complaint"),
        after=(-1, -1),
        limit=_NAMED,
        party=id_text(*key),
        open_only=True,
    )
    if items := view.read(("open items", key), watched):
        raise FailedPrecondition(
            f"compliance still works on {name}: {', '.join(one.resource for one in items)}",
            resource=name,
        )
    draft = Draft(kind=ERASED, subject=name, payload={}, reason=reason)
    return Decision(draft, Changes(erased=key), replace(found, key=b""))
