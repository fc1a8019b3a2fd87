"""Forged proofs, checkpoints and exports: both verifiers refuse each, and take the true ones."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from ledger.audit import merkle
from ledger.audit.canonical import canonical_bytes, leaf_hash
from ledger.audit.checkpoint import Checkpoint, VerifierKey, sign
from tests.audit.sample import ORIGIN, PRIVATE_KEY, Sample, build
from tests.audit.verifiers import BOTH, Verifier
from tests.examples import examples

Proof = dict[str, Any]
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
both = pytest.mark.parametrize("verifier", BOTH, ids=lambda verifier: verifier.name)


def text(data: bytes) -> str:
    return b64encode(data).decode()


def nodes(leaves: Sequence[bytes]) -> Callable[[int, int], bytes]:
    """Complete subtrees of some leaves."""
    return lambda level, index: merkle.root(leaves[index << level : (index + 1) << level])


def inclusion(sample: Sample, index: int, size: int) -> Proof:
    """As `loanledger audit inclusion --json` prints it, numbers and bytes as text."""
    leaves = sample.leaves()
    path = merkle.inclusion_path(nodes(leaves), index, size)
    return {
        "index": str(index),
        "size": str(size),
        "leaf_hash": text(leaves[index]),
        "path": [text(each) for each in path],
        "root": text(merkle.root(leaves[:size])),
        "note": sample.note(size),
        "canonical": text(canonical_bytes(sample.events[index])),
    }


def consistency(sample: Sample, old: int, new: int) -> Proof:
    """As `loanledger audit consistency --json` prints it."""
    path = merkle.consistency_path(nodes(sample.leaves()), old, new)
    return {
        "old_size": str(old),
        "new_size": str(new),
        "path": [text(each) for each in path],
        "old_note": sample.note(old),
        "new_note": sample.note(new),
    }


def fork(sample: Sample, at: int = 2) -> Sample:
    """Another history of the same size, balanced and numbered as it should be."""
    events = list(sample.events)
    events[at] = replace(events[at], reason="another one")
    return replace(sample, events=tuple(events))


def signed(size: int, root: bytes, key: Any = PRIVATE_KEY, **more: str) -> str:
    """A checkpoint of one's own."""
    return sign(Checkpoint(more.get("origin", ORIGIN), size, root), more.get("name", ORIGIN), key)


@both
def test_true_proofs_are_taken(verifier: Verifier, sample: Sample) -> None:
    for size in range(1, 8):
        for index in range(size):
            kept = [sample.note(), sample.note(size)]
            assert verifier.proof(inclusion(sample, index, size), sample.key, kept) == []
        for old in range(size + 1):
            assert verifier.proof(consistency(sample, old, size), sample.key, []) == []
    assert verifier.proof(None, sample.key, [sample.note(n) for n in range(8)]) == []
    assert verifier.export(sample.export(), sample.key, [sample.note(), sample.note(3)]) == []


def _swapped(proof: Proof) -> Proof:
    first, second, *rest = proof["path"]
    return proof | {"path": [second, first, *rest]}


#: What a forger makes of the proof of event 3 (7-3) in the tree of 7.
INCLUSIONS: dict[str, Callable[[Sample, Proof], Proof]] = {
    "wrong index": lambda _, p: p | {"index": "2"},
    "index beyond the tree": lambda _, p: p | {"index": "7"},
    "negative index": lambda _, p: p | {"index": "-1"},
    "wrong size": lambda _, p: p | {"size": "6"},
    "size of another checkpoint": lambda s, p: p | {"size": "6", "note": s.note(6)},
    "truncated path": lambda _, p: p | {"path": p["path"][:-1]},
    "truncated at the leaf": lambda _, p: p | {"path": p["path"][1:]},
    "no path": lambda _, p: p | {"path": []},
    "extended path": lambda _, p: p | {"path": [*p["path"], p["path"][0]]},
    "extended at the leaf": lambda _, p: p | {"path": [p["path"][0], *p["path"]]},
    "endless path": lambda _, p: p | {"path": p["path"] * 2000},
    "swapped hashes": lambda _, p: _swapped(p),
    "a hash cut": lambda _, p: p | {"path": [text(b64decode(p["path"][0])[1:]), *p["path"][1:]]},
    "proof of another event": lambda s, p: inclusion(s, 2, 7) | {"canonical": p["canonical"]},
    "proof of another tree": lambda s, p: p | {"path": inclusion(fork(s), 3, 7)["path"]},
    "event changed": lambda s, p: p | {"canonical": inclusion(fork(s, 3), 3, 7)["canonical"]},
    "event not canonical": lambda _, p: p | {"canonical": text(b64decode(p["canonical"]) + b" ")},
    "event an interior node": lambda s, p: p | {"canonical": text(b"".join(s.leaves()[:2]))},
    "other key": lambda s, p: p | {"note": signed(7, merkle.root(s.leaves()), OTHER_KEY)},
    "other key, its id changed": lambda s, p: p | {"note": _wrong_id(s)},
    "no checkpoint": lambda _, p: p | {"note": ""},
    "signature of another checkpoint": lambda s, p: p | {"note": _moved_signature(s)},
    "empty tree": lambda _, p: (
        p | {"index": "0", "size": "0", "path": [], "note": signed(0, merkle.EMPTY_ROOT)}
    ),
    "numbers that are none": lambda _, p: p | {"index": "x"},
    "path that is none": lambda _, p: p | {"path": 7},
}


def _wrong_id(sample: Sample) -> str:
    """Signed with another key, under the key id of the right one."""
    body, _, line = signed(7, merkle.root(sample.leaves()), OTHER_KEY).rpartition(" ")
    blob = VerifierKey.parse(sample.key).key_id + b64decode(line)[4:]
    return f"{body} {text(blob)}\n"


def _moved_signature(sample: Sample) -> str:
    head, _, _ = sample.note(7).partition("\n\n")
    return head + "\n\n" + sample.note(6).partition("\n\n")[2]


@both
@pytest.mark.parametrize("kind", INCLUSIONS)
def test_a_forged_inclusion_is_refused(verifier: Verifier, sample: Sample, kind: str) -> None:
    forged = INCLUSIONS[kind](sample, inclusion(sample, 3, 7))
    assert verifier.proof(forged, sample.key, [])
    if kind != "no checkpoint":
        assert verifier.proof(forged, sample.key, [sample.note()])


#: The same of the proof that the tree of 7 only adds to that of 3.
CONSISTENCIES: dict[str, Callable[[Sample, Proof], Proof]] = {
    "sizes swapped": lambda _, p: p | {"old_size": "7", "new_size": "3"},
    "sizes and notes swapped": lambda _, p: (
        p | {"old_size": "7", "new_size": "3", "old_note": p["new_note"], "new_note": p["old_note"]}
    ),
    "wrong old size": lambda s, p: p | {"old_size": "4", "old_note": s.note(4)},
    "wrong new size": lambda s, p: p | {"new_size": "6", "new_note": s.note(6)},
    "truncated path": lambda _, p: p | {"path": p["path"][:-1]},
    "no path": lambda _, p: p | {"path": []},
    "extended path": lambda _, p: p | {"path": [*p["path"], p["path"][-1]]},
    "swapped hashes": lambda _, p: _swapped(p),
    "proof of another tree": lambda s, p: p | {"path": consistency(fork(s), 3, 7)["path"]},
    "old tree forged": lambda s, p: p | {"old_note": fork(s, 1).note(3)},
    "new tree forged": lambda s, p: p | {"new_note": fork(s, 1).note(7)},
    "both of another key": lambda s, p: (
        p
        | {
            "old_note": signed(3, merkle.root(s.leaves()[:3]), OTHER_KEY),
            "new_note": signed(7, merkle.root(s.leaves()), OTHER_KEY),
        }
    ),
    "other origin": lambda s, p: (
        p | {"old_note": signed(3, merkle.root(s.leaves()[:3]), origin="loanledger/other")}
    ),
    "empty tree with a root": lambda s, p: (
        p | {"old_size": "0", "path": [], "old_note": signed(0, s.leaves()[0])}
    ),
    "empty tree with a path": lambda _, p: (
        p | {"old_size": "0", "old_note": signed(0, merkle.EMPTY_ROOT)}
    ),
    "same size, other root": lambda s, p: (
        p | {"old_size": "7", "path": [], "old_note": fork(s).note()}
    ),
}


@both
@pytest.mark.parametrize("kind", CONSISTENCIES)
def test_a_forged_consistency_is_refused(verifier: Verifier, sample: Sample, kind: str) -> None:
    assert verifier.proof(CONSISTENCIES[kind](sample, consistency(sample, 3, 7)), sample.key, [])


def _split(found: Sequence[tuple[str, str]]) -> bool:
    return any("split view, evidence against the operator" in text.lower() for _, text in found)


@both
def test_two_roots_for_one_size_are_a_split_view(verifier: Verifier, sample: Sample) -> None:
    kept, shown = sample.note(), fork(sample).note()
    assert _split(verifier.proof(None, sample.key, [kept, shown]))
    assert _split(verifier.proof(inclusion(fork(sample), 3, 7), sample.key, [kept]))
    assert not _split(verifier.proof(None, sample.key, [kept, sample.note(3)]))
    other = signed(7, merkle.root(fork(sample).leaves()), OTHER_KEY)
    refused = verifier.proof(None, sample.key, [kept, other])
    assert refused
    assert not _split(refused)
    elsewhere = signed(7, merkle.root(fork(sample).leaves()), origin="loanledger/other")
    assert not _split(verifier.proof(None, sample.key, [kept, elsewhere]))


@both
def test_two_checkpoints_that_no_proof_joins_are_a_split_view(
    verifier: Verifier, sample: Sample
) -> None:
    forked = consistency(fork(sample), 3, 7) | {"old_note": sample.note(3)}
    assert _split(verifier.proof(forked, sample.key, []))


@both
def test_an_export_that_fits_the_later_of_two_signed_trees_only_is_a_split_view(
    verifier: Verifier, sample: Sample
) -> None:
    found = verifier.export(fork(sample).export(), sample.key, [sample.note(3)])
    assert _split(found)
    found = verifier.export(fork(sample).export(), sample.key, [sample.note()])
    assert _split(found)
    changed = sample.tampered(sample.export(), 3, reason="another one")
    assert not _split(verifier.export(changed, sample.key, [sample.note()]))


@both
@examples(25)
@given(st.data())
def test_exactly_the_true_proofs_hold(verifier: Verifier, data: st.DataObject) -> None:
    leaves = [leaf_hash(bytes([n])) for n in range(data.draw(st.integers(1, 70)))]
    size = len(leaves)
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    get, root = nodes(leaves), merkle.root(leaves)
    path, old_root = merkle.inclusion_path(get, index, size), merkle.root(leaves[:old])
    steps = merkle.consistency_path(get, old, size)
    assert verifier.included(leaves[index], index, size, path, root)
    assert verifier.consistent(old, old_root, size, root, steps)
    others = [n for n in range(size + 2) if n != index]
    assert not any(verifier.included(leaves[index], n, size, path, root) for n in others)
    assert not any(
        verifier.consistent(n, old_root, size, root, steps) for n in range(1, size + 2) if n != old
    )
    for changed in _flipped(data, [leaves[index], root, *path]):
        leaf, top, *rest = changed
        assert not verifier.included(leaf, index, size, rest, top)
    for changed in _flipped(data, [old_root, root, *steps]):
        before, top, *rest = changed
        assert not verifier.consistent(old, before, size, top, rest)


def _flipped(data: st.DataObject, hashes: list[bytes]) -> list[list[bytes]]:
    """The hashes with one bit of one of them changed, for each of them."""
    bit = data.draw(st.integers(0, 255))
    return [
        [(int.from_bytes(h) ^ (n == at) << bit).to_bytes(32) for n, h in enumerate(hashes)]
        for at in range(len(hashes))
    ]


@both
@examples(30)
@given(st.data())
def test_a_proof_with_any_bit_changed_is_refused(verifier: Verifier, data: st.DataObject) -> None:
    sample = build()
    proof = data.draw(st.sampled_from([inclusion(sample, 3, 7), consistency(sample, 3, 7)]))
    field = data.draw(st.sampled_from(sorted(proof.keys() - {"leaf_hash", "root"})))
    value = proof[field]
    place = data.draw(st.integers(0, len(value) - 1))
    if field == "path":
        value[place] = _bit(data, value[place])
    else:
        value = proof[field] = _bit(data, value)
    assert verifier.proof(proof, sample.key, [])


def _bit(data: st.DataObject, value: str) -> str:
    raw = bytearray(value.encode())
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= 1 << data.draw(st.integers(0, 6))
    return raw.decode(errors="replace")
