"""Signed checkpoints: C2SP tlog-checkpoint in a C2SP signed-note, Ed25519 (RFC 8032).

The text can be printed, mailed or shown to any witness: whoever holds one can later prove that
history was rewritten. Formats: c2sp.org/signed-note, c2sp.org/tlog-checkpoint.
"""

from __future__ import annotations

import binascii
import re
from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from ledger.errors import LedgerError

MAX_SIGNATURES: Final = 100
MAX_SIZE: Final = 2**63 - 1

_ED25519: Final = b"\x01"
_DASH: Final = "\N{EM DASH} "
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_KEY_ID = re.compile(r"[0-9a-f]{8}")


class MalformedNote(LedgerError):
    """The text is no signed note, no checkpoint, or the key's text is no key."""

    reason = "MALFORMED_NOTE"


class BadSignature(LedgerError):
    """The note is not signed by the key, or the signature is wrong."""

    reason = "BAD_SIGNATURE"


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A key's name and its 32 public bytes; the text form is the one handed to auditors."""

    name: str
    public: bytes
    kind: bytes = _ED25519

    def __post_init__(self) -> None:
        if not _is_name(self.name):
            raise MalformedNote("a key's name is not empty and has no space and no '+'")
        if len(self.public) != 32:
            raise MalformedNote("an Ed25519 public key has 32 bytes")

    @classmethod
    def of(cls, name: str, private_key: Ed25519PrivateKey) -> VerifierKey:
        """The public half of a signing key."""
        return cls(name, private_key.public_key().public_bytes_raw())

    @classmethod
    def parse(cls, text: str, kind: bytes = _ED25519) -> VerifierKey:
        """Reads "name+hex8+base64"; MalformedNote when the id does not fit the key."""
        name, _, rest = text.partition("+")
        key_id, _, encoded = rest.partition("+")
        material = _decode(encoded)
        if not _KEY_ID.fullmatch(key_id) or material[:1] != kind:
            raise MalformedNote("not an Ed25519 verifier key")
        key = cls(name, material[1:], kind)
        if key.key_id.hex() != key_id:
            raise MalformedNote("the key id is not that of the key", expected=key.key_id.hex())
        return key

    @property
    def key_id(self) -> bytes:
        """SHA-256(name || 0x0A || kind || public key), its first four bytes (C2SP signed-note)."""
        return sha256(self.name.encode() + b"\n" + self.kind + self.public).digest()[:4]

    def text(self) -> str:
        """The verifier key's text form (vkey)."""
        return f"{self.name}+{self.key_id.hex()}+{_encode(self.kind + self.public)}"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What is signed: the log's origin, how many leaves, and the Merkle root over them."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not all(_is_text_line(line) for line in (self.origin, *self.extensions)):
            raise MalformedNote("the origin and each extension are one non-empty line")
        if not 0 <= self.size <= MAX_SIZE or len(self.root) != 32:
            raise MalformedNote(
                "a checkpoint has a size from 0 to 2**63 - 1 and a root of 32 bytes"
            )

    def body(self) -> str:
        """The text that is signed: origin, size, root, extensions, each on its line."""
        lines = (self.origin, str(self.size), _encode(self.root), *self.extensions)
        return "".join(f"{line}\n" for line in lines)

    @classmethod
    def parse(cls, body: str) -> Checkpoint:
        """Reads a note's text; MalformedNote when it is no checkpoint."""
        origin, size, encoded, *extensions = [*body.removesuffix("\n").split("\n"), "", ""]
        if not _SIZE.fullmatch(size):
            raise MalformedNote("a checkpoint's second line is its size in decimal")
        return cls(origin, int(size), _decode(encoded), tuple(extensions[:-2]))


def sign_note(body: str, key_name: str, *private_keys: Ed25519PrivateKey) -> str:
    """The body with a signature line a key; `body` ends with a newline."""
    data = _note_bytes(body)
    if not body.endswith("\n"):
        raise MalformedNote("a note's text ends with a newline")
    lines = (signature_line(VerifierKey.of(key_name, k), k.sign(data)) for k in private_keys)
    return "\n".join((body, "".join(lines)))


def signature_line(key: VerifierKey, signature: bytes) -> str:
    """A line of a note: who signed, and what."""
    return f"{_DASH}{key.name} {_encode(key.key_id + signature)}\n"


def sign(checkpoint: Checkpoint, key_name: str, *private_keys: Ed25519PrivateKey) -> str:
    """The checkpoint as a note signed by each key; Ed25519 is deterministic, so are these bytes."""
    return sign_note(checkpoint.body(), key_name, *private_keys)


def verify_note(text: str, key: VerifierKey) -> str:
    """The signed body; signatures of other keys (witnesses) are passed over.

    Raises MalformedNote, and BadSignature when the key did not sign or did not sign this.
    """
    body, signatures = note_parts(text)
    ours = [blob[4:] for name, blob in signatures if (name, blob[:4]) == (key.name, key.key_id)]
    if not ours:
        raise BadSignature("the note is not signed by this key", key=key.name)
    for signature in ours:
        _verify(key, signature, body)
    return body


def note_parts(text: str) -> tuple[str, list[tuple[str, bytes]]]:
    """The signed text of a note, and its signatures as (key name, key id and signature)."""
    _note_bytes(text)
    body, separator, tail = text.rpartition("\n\n")
    if not separator or not tail.endswith("\n"):
        raise MalformedNote("a note is text, an empty line, and signature lines")
    signatures = [_signature(line) for line in tail[:-1].split("\n")]
    if len(signatures) > MAX_SIGNATURES:
        raise MalformedNote("a note has a hundred signatures at most")
    return body + "\n", signatures


def open_note(text: str, verifier_key: str | VerifierKey) -> Checkpoint:
    """The checkpoint in a signed note; raises MalformedNote or BadSignature."""
    key = VerifierKey.parse(verifier_key) if isinstance(verifier_key, str) else verifier_key
    return Checkpoint.parse(verify_note(text, key))


def _verify(key: VerifierKey, signature: bytes, body: str) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, body.encode())
    except InvalidSignature as error:
        raise BadSignature("the signature does not fit the note", key=key.name) from error


def _signature(line: str) -> tuple[str, bytes]:
    name, _, encoded = line.removeprefix(_DASH).partition(" ")
    blob = _decode(encoded)
    if not line.startswith(_DASH) or not _is_name(name) or len(blob) < 5:
        raise MalformedNote("a signature line is a dash, a key name and base64")
    return name, blob


def _note_bytes(text: str) -> bytes:
    if _CONTROL.search(text):
        raise MalformedNote("a note has no control characters but newlines")
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise MalformedNote("a note is UTF-8") from error


def _is_name(name: str) -> bool:
    return bool(name) and "+" not in name and not any(c.isspace() for c in name)


def _is_text_line(line: str) -> bool:
    return bool(line) and "\n" not in line


def _encode(data: bytes) -> str:
    return b64encode(data).decode()


def _decode(text: str) -> bytes:
    """Base64 in its one canonical spelling (RFC 4648, 3.5), so that no two texts mean the same."""
    try:
        data = b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise MalformedNote("not base64") from error
    if _encode(data) != text:
        raise MalformedNote("not canonical base64")
    return data
