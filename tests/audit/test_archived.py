"""Nights without their lines: only those that a later event of the history declares archived."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.audit.archived import ARCHIVED, NIGHT
from ledger.audit.canonical import EventRecord, canonical_bytes
from ledger.audit.export import Manifest, export_lines, lines_line
from ledger.audit.findings import Report
from tests.audit.sample import BULK, ORIGIN, Sample, build, found
from tests.audit.verifiers import SECOND, second

ROOT = next(event.lines_root for event in build().events if event.lines_root)
NO_DECLARATION = "its per-loan lines are missing, and no later event says they are archived"
MARCH = {"since": "2026-03-01", "until": "2026-03-31"}
GIVEN = lines_line(7, 1, BULK)


def night(number: int, **more: Any) -> EventRecord:
    """A bulk event of 1 March 2026."""
    return Sample(()).event(number, **{"kind": NIGHT, "lines_root": ROOT, **more})


def declared(number: int, **payload: Any) -> EventRecord:
    """The event that says of a span of days that their lines are archived."""
    return Sample(()).event(number, kind=ARCHIVED, payload=payload, entries=())


def verified(*events: EventRecord, archives: tuple[bytes, ...] = ()) -> Report:
    """Verifies a history whose bulk lines are not shown."""
    sample = Sample(events)
    manifest = Manifest("main", ORIGIN, len(events), "users/auditor", sample.note())
    lines: list[bytes] = []
    for line in export_lines(manifest, ((canonical_bytes(event), None) for event in events)):
        lines.append(line)
        for event in events:
            if event.lines_root and line == canonical_bytes(event) + b"\n":
                lines.append(lines_line(event.stripe, event.number, None))
    lines = sample.resealed(lines)
    report = sample.verify(lines, archives=archives)
    told = second(
        lambda tell: SECOND.verify_export(lines[0], lines[1:], sample.key, [], tell, archives)
    )
    assert bool(told) == bool(report.findings), "the second verifier does not agree"
    named = {event for event, _ in found(report)} - {""}
    assert not named or {event for event, _ in told} <= named | {""}
    return report


def test_archived_nights_are_counted_and_are_no_fault() -> None:
    report = verified(night(1), night(2), declared(3, **MARCH))
    assert (report.findings, report.archived) == ((), 2)


def test_lines_that_an_archive_gives_are_checked_and_count_as_shown() -> None:
    events = (night(1), night(2), declared(3, **MARCH))
    report = verified(*events, archives=(GIVEN, GIVEN))
    assert (report.findings, report.archived) == ((), 1)
    other = lines_line(7, 1, BULK[1:])
    assert found(verified(*events, archives=(other,))) == {
        ("7-1", "its archived lines do not have the root that it recorded")
    }
    assert {event for event, _ in found(verified(*events, archives=(GIVEN, other)))} == {"7-1"}
    assert {event for event, _ in found(verified(*events, archives=(lines_line(7, 3, BULK),)))} == {
        "7-3"
    }


@pytest.mark.parametrize(
    "events",
    [
        (night(1),),
        (night(1), declared(2)),
        (night(1), declared(2, since=1, until=9)),
        (night(1), declared(2, since="2026-02-01", until="2026-02-28")),
        (night(1), declared(2, since="2026-04-01", until="2026-04-30")),
    ],
)
def test_a_night_that_no_event_declares_archived_lacks_its_lines(
    events: tuple[EventRecord, ...],
) -> None:
    assert found(verified(*events)) == {("7-1", NO_DECLARATION)}
    assert found(verified(*events, archives=(GIVEN,))) == {("7-1", NO_DECLARATION)}


def test_no_event_declares_nights_archived_that_come_after_it() -> None:
    assert found(verified(declared(1, **MARCH), night(2))) == {("7-2", NO_DECLARATION)}


def test_only_accruals_are_archived() -> None:
    report = verified(night(1, kind="loans_aged"), declared(2, **MARCH))
    assert found(report) == {("7-1", "its per-loan lines do not have the root that it recorded")}


def test_what_is_no_line_of_an_archive_is_told() -> None:
    events = (night(1), declared(2, **MARCH))
    nameless = GIVEN.replace(b"[7,1]", b"[7]")
    for line in (b"\n", b"5\n", GIVEN[:-1], lines_line(7, 1, None), nameless):
        report = verified(*events, archives=(line,))
        assert (len(report.findings), report.archived) == (1, 1)
