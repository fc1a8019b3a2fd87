"""An export's events one by one, for what is computed from them; `verify.py` is what proves them.

The control line is checked, so that a file that was cut off is never taken for the whole.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import orjson

from ledger.audit.canonical import shape_problem
from ledger.audit.export import (
    BulkLine,
    Manifest,
    Totals,
    leaves_line,
    manifest_line,
    parse_manifest,
)
from ledger.audit.merkle import HASH_SIZE
from ledger.errors import LedgerError

_EVENT: Final = b'{"actor":'
_LINES: Final = b'{"lines":'
_LEAVES: Final = b'{"leaves":'
_CONTROL: Final = b'{"control":'


class BrokenExport(LedgerError):
    """The lines are not those of a whole export."""

    reason = "BROKEN_EXPORT"


@dataclass(frozen=True, slots=True)
class Item:
    """An event with its place among the leaves; `lines` are a bulk event's, where they are kept."""

    leaf: int
    event: dict[str, Any]
    canonical: bytes
    lines: Sequence[BulkLine] = ()


def items(lines: Iterable[bytes]) -> Iterator[Item]:
    """The events of an export, manifest first; BrokenExport where a line or the end is not right.

    What is computed before the end holds only if no error comes.
    """
    source, totals = iter(lines), Totals()
    first = next(source, b"")
    parse_manifest(first)
    totals.add_line(first)
    held: Item | None = None
    for line in source:
        if line.startswith(_CONTROL):
            if line != totals.control_line() or next(source, None) is not None:
                raise BrokenExport("the control line does not fit the lines before it")
            if held is not None:
                yield held
            return
        totals.add_line(line)
        if line.startswith(_EVENT):
            if held is not None:
                yield held
            event = _event(line)
            totals.add_event(event["entries"])
            held = Item(totals.events - 1, event, line[:-1])
        elif line.startswith(_LINES) and held is not None:
            held = replace(held, lines=_parsed(line)["lines"] or ())
        elif not line.startswith(_LEAVES):
            raise BrokenExport(f"what follows event {totals.events} is no line of an export")
    raise BrokenExport("the export breaks off: it has no control line")


def cut(lines: Iterable[bytes], size: int, note: str) -> Iterator[bytes]:
    """The export as it was at an earlier checkpoint, byte for byte, from a later one.

    `note` is the checkpoint of that size. The listed leaf hashes are the ones that the later export
    lists. BrokenExport where it has fewer events.
    """
    source, totals = iter(lines), Totals()
    first = next(source, b"")
    manifest = parse_manifest(first)
    if (manifest.size, manifest.checkpoint) == (size, note):
        yield first
        yield from source
        return
    for line in _first(source, replace(manifest, size=size, checkpoint=note), totals):
        totals.add_line(line)
        yield line
    yield totals.control_line()


def _first(source: Iterator[bytes], manifest: Manifest, totals: Totals) -> Iterator[bytes]:
    yield manifest_line(manifest)
    listed, past = 0, False
    while totals.events < manifest.size or totals.events > listed:
        line = next(source, _CONTROL)
        if line.startswith(_CONTROL):
            text = f"the history has {totals.events} events, not {manifest.size}"
            raise BrokenExport(text, size=totals.events)
        if line.startswith(_LEAVES):
            hashes = b64decode(_parsed(line)["leaves"])
            yield leaves_line([hashes[: HASH_SIZE * (totals.events - listed)]])
            listed = totals.events
        elif line.startswith(_EVENT):
            past = totals.events == manifest.size
            if not past:
                totals.add_event(_event(line)["entries"])
                yield line
        elif not past:
            yield line


def _event(line: bytes) -> dict[str, Any]:
    event = _parsed(line)
    problem = shape_problem(event)
    if problem:
        raise BrokenExport(f"a line is no event: {problem}")
    return event


def _parsed(line: bytes) -> dict[str, Any]:
    try:
        found = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise BrokenExport(f"a line is not JSON: {line[:40]!r}") from error
    return dict(found)
