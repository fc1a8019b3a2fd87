"""An export is read to its end or not at all, and an earlier one is cut from a later one."""

from __future__ import annotations

import pytest

from ledger.audit.canonical import canonical_bytes
from ledger.audit.export import Manifest, export_lines
from ledger.audit.stream import BrokenExport, cut, items
from tests.audit.sample import BULK, ORIGIN, Sample


def of(sample: Sample, size: int) -> list[bytes]:
    """What an export made at that size was."""
    first = Sample(sample.events[:size])
    return first.export(checkpoint=sample.note(size))


def test_the_events_come_in_order_with_their_lines(sample: Sample) -> None:
    found = list(items(sample.export()))
    assert [item.leaf for item in found] == list(range(7))
    assert [item.canonical for item in found] == [canonical_bytes(e) for e in sample.events]
    assert [list(map(tuple, item.lines)) for item in found if item.lines] == [list(BULK)]


@pytest.mark.parametrize("kept", [1, 5, 9])
def test_an_export_that_breaks_off_is_refused(sample: Sample, kept: int) -> None:
    with pytest.raises(BrokenExport, match="breaks off"):
        list(items(sample.export()[:kept]))


def test_an_export_whose_control_line_does_not_fit_is_refused(sample: Sample) -> None:
    lines = sample.export()
    with pytest.raises(BrokenExport, match="control line"):
        list(items([*lines[:2], lines[1], *lines[2:]]))
    with pytest.raises(BrokenExport, match="control line"):
        list(items([*lines, b"more\n"]))
    for line in (b"{}\n", b'{"actor":1}\n', b'{"actor":\n', b'{"lines":\n'):
        with pytest.raises(BrokenExport):
            list(items([*lines[:2], line, *lines[2:]]))


@pytest.mark.parametrize("size", range(8))
def test_an_earlier_export_is_cut_from_a_later_one_byte_for_byte(
    sample: Sample, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ledger.audit.export.LEAVES_PER_LINE", 3)
    assert list(cut(sample.export(), size, sample.note(size))) == of(sample, size)


def test_the_listed_leaf_hashes_stay_those_of_the_export(sample: Sample) -> None:
    changed = sample.tampered(sample.export(), 1, reason="another")
    report = Sample(sample.events[:3]).verify(list(cut(changed, 3, sample.note(3))))
    assert {finding.event for finding in report.findings} >= {"7-1"}


def test_more_events_than_there_are_cannot_be_cut(sample: Sample) -> None:
    with pytest.raises(BrokenExport, match="has 7 events, not 8"):
        list(cut(sample.export(), 8, sample.note()))


def test_an_empty_history_is_read() -> None:
    lines = export_lines(Manifest("main", ORIGIN, 0, "users/auditor", ""), ())
    assert list(items(lines)) == []
