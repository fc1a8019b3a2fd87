"""A witness believes what goes on from what it saw, cosigns it, and keeps the rest as evidence."""

from __future__ import annotations

from base64 import b64decode
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.audit.checkpoint import BadSignature, Checkpoint, VerifierKey, open_note, sign
from ledger.audit.merkle import Frontier, consistency_path, root
from ledger.audit.witness import NotWitnessed, accepted, cosignature, cosigned, cosigner

LOG = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OURS = VerifierKey.of("log", LOG).text()
WITNESS = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
LEAVES = [sha256(bytes([n])).digest() for n in range(20)]
OTHERS = [*LEAVES[:3], *reversed(LEAVES[3:])]


def note(size: int, leaves: list[bytes] = LEAVES, origin: str = "log") -> str:
    return sign(Checkpoint(origin, size, root(leaves[:size])), "log", LOG)


def path(old: int, new: int, leaves: list[bytes] = LEAVES) -> list[bytes]:
    _, nodes = Frontier().extend(leaves)
    known = {(0, n): leaf for n, leaf in enumerate(leaves)}
    known |= {(level, index): value for level, index, value in nodes}
    return consistency_path(lambda level, index: known[level, index], old, new)


def test_the_first_checkpoint_is_believed_and_each_that_goes_on_from_it() -> None:
    assert accepted(None, note(5), (), OURS).size == 5
    assert accepted(note(5), note(13), path(5, 13), OURS).size == 13
    assert accepted(note(5), note(5), (), OURS).size == 5


@pytest.mark.parametrize(
    ("offered", "proof", "words"),
    [
        (note(4), (), "ends at 4 events, 5 were seen"),
        (note(5, OTHERS), (), "split view"),
        (note(13, OTHERS), path(5, 13, OTHERS), "split view"),
        (note(13), (), "split view"),
        (note(13), path(6, 13), "split view"),
        (note(13, origin="else"), path(5, 13), "is of else, not of log"),
    ],
)
def test_what_does_not_go_on_is_not_believed(offered: str, proof: list[bytes], words: str) -> None:
    with pytest.raises(NotWitnessed, match=words):
        accepted(note(5), offered, proof, OURS)


def test_a_checkpoint_of_another_key_is_refused() -> None:
    forged = sign(Checkpoint("log", 5, root(LEAVES[:5])), "log", WITNESS)
    with pytest.raises(BadSignature):
        accepted(None, forged, (), OURS)


def test_a_cosignature_is_that_of_the_published_format() -> None:
    """c2sp.org/tlog-cosignature: key id, eight bytes of time, a signature over text with time."""
    found = cosigned(note(5), "witness", WITNESS, 1_700_000_000)
    line = found.splitlines()[-1]
    assert line.startswith("— witness ")
    blob = b64decode(line.split(" ")[2])
    public = WITNESS.public_key().public_bytes_raw()
    assert blob[:4] == sha256(b"witness\n\x04" + public).digest()[:4]
    assert int.from_bytes(blob[4:12], "big") == 1_700_000_000
    body = note(5).split("\n\n")[0] + "\n"
    signed = b"cosignature/v1\ntime 1700000000\n" + body.encode()
    WITNESS.public_key().verify(blob[12:], signed)
    key = cosigner("witness", WITNESS).text()
    assert b64decode(key.split("+", 2)[2]) == b"\x04" + public


def test_a_cosigned_note_is_still_the_log_s_and_tells_when_it_was_seen() -> None:
    key = cosigner("witness", WITNESS).text()
    found = cosigned(cosigned(note(5), "witness", WITNESS, 7), "witness", WITNESS, 9)
    assert open_note(found, OURS) == open_note(note(5), OURS)
    assert cosignature(found, key).time == 9
    assert accepted(found, note(13), path(5, 13), OURS).size == 13


def test_a_cosignature_is_good_for_its_own_note_only() -> None:
    key = cosigner("witness", WITNESS).text()
    line = cosigned(note(5), "witness", WITNESS, 7).splitlines()[-1] + "\n"
    with pytest.raises(BadSignature, match="does not fit"):
        cosignature(note(6) + line, key)
    with pytest.raises(BadSignature, match="not cosigned"):
        cosignature(note(5), key)
    with pytest.raises(BadSignature, match="not cosigned"):
        cosignature(note(5) + line, cosigner("witness", LOG).text())
