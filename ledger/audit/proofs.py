"""Checks what is handed out beside an export, offline: checkpoints, and proofs in JSON.

Two signed checkpoints that cannot both be true are a split view: the operator showed one history
to one party and another to somebody else, and signed both. Anybody can check the pair.
"""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any, Final

import orjson

from ledger.audit.canonical import NotCanonical, encode, leaf_hash, shape_problem
from ledger.audit.checkpoint import (
    BadSignature,
    Checkpoint,
    MalformedNote,
    VerifierKey,
    open_note,
)
from ledger.audit.findings import Finding, Findings
from ledger.audit.history import event_name
from ledger.audit.merkle import verify_consistency, verify_inclusion

SPLIT_VIEW: Final = "split view, evidence against the operator: its key signed"
_NOTES = ("note", "old_note", "new_note")
_SIZES = ("size", "old_size", "new_size")


@dataclass(frozen=True, slots=True)
class Checked:
    """What is shown if there are no findings, in words."""

    shown: str
    findings: tuple[Finding, ...]


def check(proof: Mapping[str, Any] | None, notes: Sequence[str], verifier_key: str) -> Checked:
    """Checks checkpoints against each other, and a proof against them and those that it carries.

    `proof` is the JSON of an InclusionProof or a ConsistencyProof, as `loanledger audit` prints it.
    MalformedNote only when the key is no key.
    """
    findings, key = Findings(), VerifierKey.parse(verifier_key)
    inside = [proof.get(name) for name in _NOTES] if proof else []
    points = _opened([*filter(None, inside), *notes], key, findings)
    shown = f"{len(points)} checkpoints, none against another"
    if proof is not None:
        try:
            shown = _proven(proof, points, findings)
        except (KeyError, TypeError, ValueError, NotCanonical) as error:
            findings.add("", None, f"the proof cannot be read: {error}")
    return Checked(shown, tuple(findings.listed))


def split_views(points: Iterable[Checkpoint]) -> Iterator[str]:
    """A text for each two checkpoints of one log that cannot both be true: one size, two roots."""
    for one, other in combinations(points, 2):
        if (one.origin, one.size) == (other.origin, other.size) and one.root != other.root:
            yield f"{SPLIT_VIEW} two roots for the first {one.size} events of {one.origin}"


def _opened(notes: Iterable[Any], key: VerifierKey, findings: Findings) -> list[Checkpoint]:
    found: list[Checkpoint] = []
    for note in notes:
        try:
            found.append(open_note(str(note), key))
        except (MalformedNote, BadSignature) as error:
            findings.add("", None, f"a checkpoint is refused: {error.message}")
    if len({point.origin for point in found}) > 1:
        findings.add("", None, "the checkpoints are of several logs")
    for text in split_views(found):
        findings.add("", None, text)
    return found


def _proven(proof: Mapping[str, Any], points: Sequence[Checkpoint], findings: Findings) -> str:
    sizes = [int(proof[name]) for name in _SIZES if name in proof]
    roots = [{point.root for point in points if point.size == size} for size in sizes]
    path = [_bytes(each) for each in proof["path"]]
    if not all(roots):
        text = f"signed checkpoints of {' and '.join(map(str, sizes))} events are needed"
        findings.add("", None, text)
    if "index" in proof:
        return _included(proof, sizes[0], roots[0], path, findings)
    old, new = sizes
    if not all(verify_consistency(old, a, new, b, path) for a, b in product(*roots)):
        text = f"{SPLIT_VIEW} {old} and {new} events, and the proof does not join the two histories"
        findings.add("", None, text)
    return f"the first {old} of {new} events are as they were"


def _included(
    proof: Mapping[str, Any], size: int, roots: set[bytes], path: list[bytes], findings: Findings
) -> str:
    canonical, index = _bytes(proof["canonical"]), int(proof["index"])
    event = orjson.loads(canonical)
    problem = shape_problem(event)
    if problem or encode(event) != canonical:
        raise NotCanonical(problem or "its event is not canonical JSON")
    name, leaf = event_name(event["stripe"], event["number"]), leaf_hash(canonical)
    if not all(verify_inclusion(leaf, index, size, path, root) for root in roots):
        findings.add(name, index, f"it is not proven to be leaf {index} of {size}")
    shown = f"event {name} is leaf {index} of {size}"
    for line in proof.get("lines", ()):
        text = _line(line, event["lines_root"])
        if text is None:
            findings.add(name, index, "a line is not proven to be one of its own")
        shown += f"; its line {text}"
    return shown


def _line(proof: Mapping[str, Any], lines_root: str | None) -> str | None:
    """The text of a loan's line where it stands under the root of its event."""
    canonical, path = _bytes(proof["canonical"]), [_bytes(each) for each in proof.get("path", ())]
    index, size = int(proof.get("index", 0)), int(proof["size"])
    if encode(orjson.loads(canonical)) != canonical:
        raise NotCanonical("a line is not canonical JSON")
    root = bytes.fromhex(lines_root or "")
    proven = verify_inclusion(leaf_hash(canonical), index, size, path, root)
    return canonical.decode() if proven else None


def _bytes(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error
