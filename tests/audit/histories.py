"""Random histories as exports, right and wrong, and the harm that random hands do to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from unittest.mock import patch

from hypothesis import strategies as st

from ledger.audit import merkle
from ledger.audit.archived import ARCHIVED, NIGHT
from ledger.audit.canonical import Entry, EventRecord, canonical_bytes, leaf_hash
from ledger.audit.checkpoint import Checkpoint, sign
from ledger.audit.export import BulkLine, Manifest, export_lines, lines_line, parse_manifest
from ledger.audit.findings import Findings
from ledger.audit.reader import Reader
from tests.audit.sample import BULK, ORIGIN, PRIVATE_KEY, build, resealed

SAMPLE = build()
ROOT = next(event.lines_root for event in SAMPLE.events if event.lines_root)
#: How many leaf hashes a line lists at most.
CHUNKS = st.sampled_from([3, 5, 8, 100])


@dataclass(frozen=True)
class History:
    """The lines of an export, notes over parts of it, and its leaf hashes."""

    lines: list[bytes]
    notes: list[str]
    leaves: list[bytes]


CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "book": st.sampled_from(["main", "main", "other"]),
        "v": st.sampled_from([1, 1, 2]),
        "value_date": st.sampled_from(["2026-03-01", "2026-03-02", "2026-02-30"]),
        "booked_at": st.integers(-1, 3),
        "reverses": st.integers(0, 6),
        "entries": st.lists(
            st.builds(
                Entry,
                st.just(1),
                st.just("2026-03-01"),
                st.just("1001"),
                st.sampled_from("DCDCX"),
                st.sampled_from(["CNY", "EUR"]),
                st.sampled_from([-5, 5, 5, 5]),
            ),
            max_size=3,
        ).map(tuple),
    },
)
SPECS = st.tuples(
    st.sampled_from([7, 8]),
    st.sampled_from(
        ["plain", "plain", "plain", "changed", "reversal", "bulk", "night", "archived"]
    ),
    st.sampled_from([1] * 15 + [0, 2]),
    CHANGES,
)


def _event(spec: tuple[int, str, int, dict[str, Any]], last: int) -> EventRecord:
    stripe, sort, step, changes = spec
    event = SAMPLE.event(last + step, stripe)
    if sort == "changed":
        return replace(event, **changes)
    if sort == "reversal":
        return replace(event, reverses=changes.get("reverses", max(last, 1)))
    if sort == "archived":
        days = {"since": "2026-03-01", "until": changes.get("value_date", "2026-03-31")}
        return replace(event, kind=ARCHIVED, payload=days, entries=())
    if sort in ("bulk", "night"):
        day = changes.get("value_date", "2026-03-01")
        kind = NIGHT if sort == "night" else "loans_aged"
        return replace(event, kind=kind, lines_root=ROOT, value_date=day, entries=())
    return event


def _lines(events: Sequence[EventRecord], shown: Sequence[bool], chunk: int) -> list[bytes]:
    """An export with lists of leaf hashes after so many events; nights are shown or archived."""
    leaves = [leaf_hash(canonical_bytes(event)) for event in events]
    manifest = Manifest("main", ORIGIN, len(events), "users/auditor", _note(leaves))

    def bulk(event: EventRecord, night: bool) -> Sequence[BulkLine] | None:
        return BULK if event.lines_root and (night or event.kind != NIGHT) else None

    pairs = [(canonical_bytes(e), bulk(e, n)) for e, n in zip(events, shown, strict=True)]
    lost = {
        canonical + b"\n": lines_line(event.stripe, event.number, None)
        for event, (canonical, lines) in zip(events, pairs, strict=True)
        if event.lines_root and lines is None
    }
    with patch("ledger.audit.export.LEAVES_PER_LINE", chunk):
        lines = [part for line in export_lines(manifest, pairs) for part in (line, lost.get(line))]
    return resealed([line for line in lines if line is not None])


@st.composite
def histories(draw: st.DrawFn, most: int = 24) -> History:
    """A history of so many events at most, with an export of it that nobody harmed."""
    events, last = list[EventRecord](), {7: 0, 8: 0}
    for spec in draw(st.lists(SPECS, min_size=1, max_size=most)):
        events.append(_event(spec, last[spec[0]]))
        last[spec[0]] = events[-1].number
    shown = draw(st.lists(st.booleans(), min_size=len(events), max_size=len(events)))
    leaves = [leaf_hash(canonical_bytes(event)) for event in events]
    sizes = [len(events), *draw(st.lists(st.integers(0, len(events)), max_size=4))]
    return History(_lines(events, shown, draw(CHUNKS)), [_note(leaves[:n]) for n in sizes], leaves)


@st.composite
def harmed(draw: st.DrawFn, history: History) -> list[bytes]:
    """Its lines after what some hands did; perhaps with a control line that fits again."""
    lines = list(history.lines)
    for harm, at, other in draw(HARMS):
        if len(lines) > 1:
            harm(lines, 1 + at % (len(lines) - 1), other)
    return _sealed(lines) if draw(st.booleans()) else lines


def _sealed(lines: list[bytes]) -> list[bytes]:
    """Whatever the lines are now, the last one has their totals and their digest."""
    reader = Reader(parse_manifest(lines[0]), frozenset(), Findings(), None)
    reader.totals.add_line(lines[0])
    for line in lines[1:-1]:
        reader.read(line)
    return [*lines[:-1], reader.totals.control_line()]


def _note(leaves: Sequence[bytes]) -> str:
    return sign(Checkpoint(ORIGIN, len(leaves), merkle.root(leaves)), ORIGIN, PRIVATE_KEY)


def _flip(lines: list[bytes], at: int, other: int) -> None:
    place, line = other % len(lines[at]), lines[at]
    lines[at] = line[:place] + bytes([line[place] ^ 1 << other % 8]) + line[place + 1 :]


def _drop(lines: list[bytes], at: int, other: int) -> None:
    del lines[at]


def _swap(lines: list[bytes], at: int, other: int) -> None:
    other = 1 + other % (len(lines) - 1)
    lines[at], lines[other] = lines[other], lines[at]


def _double(lines: list[bytes], at: int, other: int) -> None:
    lines.insert(1 + other % len(lines), lines[at])


def _cut(lines: list[bytes], at: int, other: int) -> None:
    lines[at] = lines[at][: 1 + other % len(lines[at])]


def _reword(lines: list[bytes], at: int, other: int) -> None:
    words = ((b'"v":1', b'"v": 1'), (b"CNY", b"EUR"), (b'"of":[7', b'"of":[8'), (b"[1,", b"[true,"))
    old, new = words[other % len(words)]
    lines[at] = lines[at].replace(old, new)


HARMS = st.lists(
    st.tuples(
        st.sampled_from([_flip, _drop, _swap, _double, _cut, _reword]),
        st.integers(0, 10**4),
        st.integers(0, 10**4),
    ),
    max_size=3,
)
