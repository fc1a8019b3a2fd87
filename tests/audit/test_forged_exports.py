"""Forged exports, each made as carefully as a forger can: both verifiers refuse them all."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import sha256

import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.audit import merkle
from ledger.audit.canonical import EventRecord, leaf_hash, line_bytes
from ledger.audit.checkpoint import Checkpoint, sign
from ledger.audit.export import lines_line
from tests.audit.sample import BULK, ORIGIN, Sample, resealed
from tests.audit.verifiers import BOTH, Verifier

OTHER_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
both = pytest.mark.parametrize("verifier", BOTH, ids=lambda verifier: verifier.name)
Lines = Sequence[bytes]


def listed_anew(lines: Lines) -> list[bytes]:
    """The list of leaf hashes and the control line made again, the checkpoint left as it is."""
    leaves = b"".join(
        sha256(b"\x00" + line[:-1]).digest() for line in lines if line.startswith(b'{"actor":')
    )
    line = orjson.dumps({"leaves": b64encode(leaves).decode()}) + b"\n"
    return resealed([*lines[:-2], line, lines[-1]])


def changed(sample: Sample, at: int, **changes: object) -> Sample:
    """Another history."""
    events = list(sample.events)
    events[at] = replace(events[at], **changes)
    return replace(sample, events=tuple(events))


def dropped(sample: Sample, at: int) -> Sample:
    """An event is gone, and those after it in its stripe are numbered anew."""

    def renumbered(event: EventRecord) -> EventRecord:
        later = event.stripe == gone.stripe and event.number > gone.number
        return replace(event, number=event.number - later, reverses=None)

    gone = sample.events[at]
    rest = sample.events[:at] + sample.events[at + 1 :]
    return replace(sample, events=tuple(map(renumbered, rest)))


def bulk_edited(sample: Sample) -> list[bytes]:
    """One loan's accrual is another, and the event has the root of the lines as they are now."""
    lines = sample.export()
    at = next(n for n, line in enumerate(lines) if line.startswith(b'{"lines":'))
    edited = [(BULK[0][0], BULK[0][1], 999), *BULK[1:]]
    root = merkle.root([leaf_hash(line_bytes(*line)) for line in edited]).hex()
    event = orjson.loads(lines[at - 1]) | {"lines_root": root}
    lines[at - 1] = orjson.dumps(event, option=orjson.OPT_SORT_KEYS) + b"\n"
    lines[at] = lines_line(8, 2, edited)
    return listed_anew(lines)


def signed_by_another(sample: Sample) -> list[bytes]:
    """A history of one's own, signed with a key of one's own under the right name."""
    forged = changed(sample, 2, reason="another")
    point = Checkpoint(ORIGIN, 7, merkle.root(forged.leaves()))
    return forged.export(checkpoint=sign(point, ORIGIN, OTHER_KEY))


def with_line(sample: Sample, at: int, old: bytes, new: bytes) -> list[bytes]:
    """One line as another text that means the same."""
    lines = sample.export()
    assert old in lines[at]
    lines[at] = lines[at].replace(old, new, 1)
    return lines


def without(sample: Sample, start: bytes) -> list[bytes]:
    """No line that begins so."""
    return resealed([line for line in sample.export() if not line.startswith(start)])


#: kind: the export, and the events of which each verifier names one, "" where none can be known.
FORGERIES: dict[str, tuple[Callable[[Sample], Lines], str]] = {
    "event changed": (lambda s: s.tampered(s.export(), 3, reason="another"), "8-1"),
    "event changed, leaf list remade": (
        lambda s: listed_anew(s.tampered(s.export(), 3, reason="another")),
        "",
    ),
    "event changed, all signed anew": (lambda s: changed(s, 2, reason="another").export(), ""),
    "event dropped": (lambda s: resealed([*s.export()[:2], *s.export()[3:]]), "7-2 7-3"),
    "event dropped, numbers and all remade": (lambda s: dropped(s, 1).export(), ""),
    "event added": (lambda s: replace(s, events=(s.event(1, stripe=6), *s.events)).export(), ""),
    "events swapped": (lambda s: _swapped(s).export(), "7-2"),
    "tail cut, control line remade": (
        lambda s: listed_anew([*s.export()[:7], *s.export()[-2:]]),
        "",
    ),
    "tail cut, all remade": (lambda s: replace(s, events=s.events[:5]).export(), ""),
    "tail cut, nothing remade": (lambda s: s.export()[:6], ""),
    "bulk line edited": (
        lambda s: resealed([line.replace(b"205", b"206") for line in s.export()]),
        "8-2",
    ),
    "bulk line edited, its root remade": (bulk_edited, ""),
    "bulk lines dropped": (lambda s: without(s, b'{"lines":'), "8-2"),
    "leaf list dropped": (lambda s: without(s, b'{"leaves":'), ""),
    "signed with another key": (signed_by_another, ""),
    "no checkpoint inside, event changed": (
        lambda s: changed(s, 2, reason="another").export(checkpoint=""),
        "",
    ),
    "white space": (lambda s: listed_anew(with_line(s, 1, b'"v":1', b'"v": 1')), "7-1"),
    "another escape": (
        lambda s: listed_anew(with_line(s, 4, "客".encode(), b"\\u5ba2")),
        "7-3",
    ),
    "a key twice": (
        lambda s: listed_anew(with_line(s, 1, b'"v":1', b'"v":1,"v":1')),
        "7-1",
    ),
    "a float": (lambda s: listed_anew(with_line(s, 1, b'"v":1', b'"v":1.0')), "7-1"),
    "a key more": (lambda s: listed_anew(with_line(s, 1, b'"v":1', b'"v":1,"w":1')), "7-1"),
    "true for one": (lambda s: listed_anew(with_line(s, 1, b'"v":1', b'"v":true')), "7-1"),
    "a number that is too large": (
        lambda s: listed_anew(with_line(s, 4, b'"days":[1,', b'"days":[9007199254740992,')),
        "7-3",
    ),
    "no object": (lambda s: listed_anew(with_line(s, 1, s.export()[1], b"[]\n")), ""),
    "deeper than 32": (
        lambda s: listed_anew(with_line(s, 4, b"[1,2]", b"[" * 40 + b"]" * 40)),
        "7-3",
    ),
    "far too deep": (
        lambda s: with_line(s, 4, b"[1,2]", b"[" * 10**5 + b"]" * 10**5),
        "7-3",
    ),
    "an entry below zero": (
        lambda s: listed_anew(with_line(s, 1, b"12345", b"-12345")),
        "7-1",
    ),
    "no such day": (lambda s: listed_anew(with_line(s, 1, b"2026-03-02", b"2026-02-30")), "7-1"),
    "a day in another form": (
        lambda s: listed_anew(with_line(s, 1, b'"2026-03-02"', b'"20260302"')),
        "7-1",
    ),
    "of another log": (lambda s: s.export(origin="loanledger/other"), ""),
    "of another book": (lambda s: resealed(s.export(book="other")), "7-1"),
    "filtered": (lambda s: s.export(filters={"kind": "repayment"}), ""),
    "size of the manifest": (lambda s: s.export(size=8), ""),
    "of another version": (
        lambda s: resealed(
            [s.export()[0].replace(b'"version":1', b'"version":2'), *s.export()[1:]]
        ),
        "",
    ),
    "a line after the last": (lambda s: [*s.export(), s.export()[1]], ""),
    "totals": (lambda s: [*s.export()[:-1], s.export()[-1].replace(b"12,", b"13,")], ""),
    "digest": (
        lambda s: [*s.export()[:-1], s.export()[-1].replace(b'"sha256":"', b'"sha256":"0')],
        "",
    ),
    "nothing": (lambda s: [b""], ""),
}


def _swapped(sample: Sample) -> Sample:
    first, second, *rest = sample.events
    return replace(sample, events=(second, first, *rest))


@both
@pytest.mark.parametrize("kind", FORGERIES)
def test_a_forged_export_is_refused(verifier: Verifier, sample: Sample, kind: str) -> None:
    forge, event = FORGERIES[kind]
    found = verifier.export(forge(sample), sample.key, [sample.note(), sample.note(3)])
    assert found
    assert not event or {*event.split()} & {name for name, _ in found}


@both
def test_an_export_against_the_checkpoint_of_another_log_or_key_is_refused(
    verifier: Verifier, sample: Sample
) -> None:
    root = merkle.root(sample.leaves())
    other = sign(Checkpoint("loanledger/other", 7, root), ORIGIN, OTHER_KEY)
    assert verifier.export(sample.export(), sample.key, [other])
    assert verifier.export(sample.export(), "loanledger/main+00000000+AA==", [sample.note()])
