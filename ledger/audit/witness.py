"""A witness of a log: it keeps one checkpoint, believes only one that goes on from it, and cosigns.

Cosignatures are those of C2SP tlog-cosignature, Ed25519: a time and a signature over
`cosignature/v1`, the time, and the checkpoint's text. Whoever trusts one witness cannot be shown
another history than everybody else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from ledger.audit.checkpoint import (
    BadSignature,
    Checkpoint,
    MalformedNote,
    VerifierKey,
    note_parts,
    open_note,
    signature_line,
)
from ledger.audit.merkle import verify_consistency
from ledger.audit.proofs import SPLIT_VIEW
from ledger.errors import LedgerError

#: The kind of key that cosigns, in the key's text and its id.
COSIGNER: Final = b"\x04"
_TIME_SIZE, _SIGNATURE_SIZE = 8, 64


class NotWitnessed(LedgerError):
    """A checkpoint that does not go on from the one that the witness keeps."""

    reason = "NOT_WITNESSED"


@dataclass(frozen=True, slots=True)
class Cosignature:
    """When a witness saw a checkpoint, in seconds since 1970."""

    witness: str
    time: int


def accepted(
    kept: str | None, offered: str, path: Sequence[bytes], key: str | VerifierKey
) -> Checkpoint:
    """The offered checkpoint where it goes on from the kept one; NotWitnessed with the reason.

    `path` is the consistency proof between both. Without a kept one the first is believed.
    """
    new = open_note(offered, key)
    if kept is None:
        return new
    old = open_note(kept, key)
    if new.origin != old.origin:
        raise NotWitnessed(f"the checkpoint is of {new.origin}, not of {old.origin}")
    if new.size < old.size:
        raise NotWitnessed(f"the log ends at {new.size} events, {old.size} were seen before")
    if not verify_consistency(old.size, old.root, new.size, new.root, path):
        text = f"{SPLIT_VIEW} {old.size} and {new.size} events, and the one does not go on"
        raise NotWitnessed(f"{text} from the other")
    return new


def cosigner(name: str, private_key: Ed25519PrivateKey) -> VerifierKey:
    """The public half of a witness's key."""
    return VerifierKey(name, private_key.public_key().public_bytes_raw(), COSIGNER)


def cosigned(note: str, name: str, private_key: Ed25519PrivateKey, time: int) -> str:
    """The note with a cosignature more; the witness has accepted it at that time."""
    body, _ = note_parts(note)
    signature = private_key.sign(_message(body, time))
    blob = time.to_bytes(_TIME_SIZE, "big") + signature
    return note + signature_line(cosigner(name, private_key), blob)


def cosignature(note: str, witness: str | VerifierKey) -> Cosignature:
    """The cosignature of a witness; BadSignature where it did not sign, or not this."""
    key = VerifierKey.parse(witness, COSIGNER) if isinstance(witness, str) else witness
    body, signatures = note_parts(note)
    own = [blob[4:] for name, blob in signatures if (name, blob[:4]) == (key.name, key.key_id)]
    if not own:
        raise BadSignature("the note is not cosigned by this witness", key=key.name)
    if any(len(blob) != _TIME_SIZE + _SIGNATURE_SIZE for blob in own):
        raise MalformedNote("a cosignature is a time of 8 bytes and a signature of 64")
    times = [int.from_bytes(blob[:_TIME_SIZE], "big") for blob in own]
    for time, blob in zip(times, own, strict=True):
        try:
            public = Ed25519PublicKey.from_public_bytes(key.public)
            public.verify(blob[_TIME_SIZE:], _message(body, time))
        except InvalidSignature as error:
            raise BadSignature("the cosignature does not fit the note", key=key.name) from error
    return Cosignature(key.name, max(times))


def _message(body: str, time: int) -> bytes:
    return f"cosignature/v1\ntime {time}\n{body}".encode()
