"""A piece of an export: a run of events and their per-loan lines, looked at without the rest.

`examine` sums up a piece in which nothing at all is wrong, in whatever process. Of any other piece
it says nothing: then `Reader` reads the lines one by one, so that all findings have one source.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import orjson

from ledger.audit.archived import ARCHIVED, NIGHT
from ledger.audit.canonical import NotCanonical, encode, leaf_hash
from ledger.audit.history import Stripe
from ledger.audit.merkle import root
from ledger.audit.plain import Tally

EVENT: Final = b'{"actor":'
LINES: Final = b'{"lines":'
#: A piece ends before the line of an event when it has so many lines, or bytes.
PIECE_LINES: Final = 1024
PIECE_BYTES: Final = 2**21


class Span(NamedTuple):
    """A stripe's events in a piece: how they begin, how they end, and what they reverse."""

    first: int
    booked_first: int
    last: int
    booked_last: int
    reversed: frozenset[int]

    def goes_on(self, stripe: Stripe) -> bool:
        """Whether these events keep the rules towards those before them."""
        return (
            self.first == stripe.number + 1
            and self.booked_first >= stripe.booked_at
            and self.reversed.isdisjoint(stripe.reversed)
        )

    def take_over(self, stripe: Stripe) -> None:
        """The stripe after these events."""
        stripe.number, stripe.booked_at = self.last, self.booked_last
        stripe.reversed |= self.reversed


class Bulk(NamedTuple):
    """A bulk event at its place in the piece; `night` is its day where its lines are archived."""

    name: tuple[int, int]
    place: int
    lines_root: str
    night: str | None


class Piece(NamedTuple):
    """What events that are right by themselves come to, for the reader to add up in order.

    `steps` has the bulk events, and the payloads of the events that declare nights archived.
    """

    names: list[tuple[int, int]]
    leaves: list[bytes]
    spans: dict[int, Span]
    entries: int
    turnover: Counter[str]
    steps: list[Bulk | Mapping[str, Any]]


def pieces(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    """The lines in runs of events with their per-loan lines; any other line comes alone."""
    piece: list[bytes] = []
    size, after_event = 0, False
    for line in lines:
        is_event = line.startswith(EVENT)
        if not is_event and not line.startswith(LINES):
            if piece:
                yield piece
            yield [line]
            piece, size = [], 0
            continue
        full = len(piece) >= PIECE_LINES or size >= PIECE_BYTES
        if full and (is_event or not after_event):
            yield piece
            piece, size = [], 0
        piece.append(line)
        size += len(line)
        after_event = is_event
    if piece:
        yield piece


def examine(lines: Sequence[bytes], book: str) -> Piece | None:
    """The sum of a piece; None where a line is not plainly right, or not one of these two kinds."""
    tally, names, leaves = Tally(book), list[tuple[int, int]](), list[bytes]()
    steps = list[Bulk | Mapping[str, Any]]()
    owed: Bulk | None = None
    for line in lines:
        if line.startswith(LINES):
            if owed is None or (owed := _shown(owed, line)) is None:
                return None
            steps.append(owed)
            owed = None
            continue
        if owed is not None or not line.endswith(b"\n"):
            return None
        canonical = line[:-1]
        try:
            event = orjson.loads(canonical)
            if encode(event) != canonical:
                return None
        except (orjson.JSONDecodeError, NotCanonical):
            return None
        if not tally.keeps(event):
            return None
        name = (event["stripe"], event["number"])
        if event["kind"] == ARCHIVED:
            steps.append(event["payload"])
        if event["lines_root"] is not None:
            night = event["value_date"] if event["kind"] == NIGHT else None
            owed = Bulk(name, len(leaves), event["lines_root"], night)
        names.append(name)
        leaves.append(leaf_hash(canonical))
    if owed is not None:
        return None
    spans = {
        name: Span(*tally.first[name], stripe.number, stripe.booked_at, frozenset(stripe.reversed))
        for name, stripe in tally.stripes.items()
    }
    return Piece(names, leaves, spans, tally.entries, tally.turnover, steps)


def _shown(owed: Bulk, line: bytes) -> Bulk | None:
    """The bulk event whose lines these are, rightly given or left out; else None."""
    found = content(line, "lines", "of")
    if found is None or found["of"] != list(owed.name):
        return None
    if found["lines"] is None:
        return owed if owed.night is not None else None
    return owed._replace(night=None) if lines_root(found["lines"]) == owed.lines_root else None


def content(line: bytes, *keys: str) -> dict[str, Any] | None:
    """The object of a line that is canonical and has these keys; None of any other."""
    try:
        found = orjson.loads(line)
        if isinstance(found, dict) and tuple(found) == keys and encode(found) + b"\n" == line:
            return found
    except (orjson.JSONDecodeError, NotCanonical):
        pass
    return None


def lines_root(lines: object) -> str | None:
    """The Merkle root of per-loan lines, or None when one has not its shape."""
    if not isinstance(lines, list):
        return None
    for line in lines:
        if type(line) is not list or [*map(type, line)] != [str, str, int]:
            return None
    return root([leaf_hash(encode(line)) for line in lines]).hex()
