"""The export's lines, and what the writer adds up."""

from __future__ import annotations

import json
from base64 import b64decode
from hashlib import sha256

import pytest

from ledger.audit.canonical import NotCanonical, canonical_bytes, leaf_hash
from ledger.audit.export import (
    LEAVES_PER_LINE,
    Manifest,
    Totals,
    export_lines,
    manifest_line,
    parse_manifest,
)
from tests.audit.sample import BULK, Sample

MANIFEST = Manifest("main", "loanledger/main", 3, "users/ann", "", {"kind": ["accrual"]})


def test_an_export_is_manifest_events_leaves_and_control(sample: Sample) -> None:
    lines = sample.export()
    kinds = [next(iter(json.loads(line))) for line in lines]
    assert kinds == ["book", *["actor"] * 5, "lines", *["actor"] * 2, "leaves", "control"]


def test_an_event_line_is_the_canonical_bytes_and_hashes_to_its_leaf(sample: Sample) -> None:
    lines = [line for line in sample.export() if line.startswith(b'{"actor":')]
    assert lines == [canonical_bytes(event) + b"\n" for event in sample.events]
    assert [sha256(b"\x00" + line[:-1]).digest() for line in lines] == sample.leaves()


def test_the_lines_of_a_bulk_event_name_it_and_follow_it(sample: Sample) -> None:
    content = json.loads(sample.export()[6])
    assert content == {"lines": [list(line) for line in BULK], "of": [8, 2]}


def test_the_list_of_leaves_is_the_leaf_hashes_in_order(sample: Sample) -> None:
    content = json.loads(sample.export()[-2])
    assert b64decode(content["leaves"]) == b"".join(sample.leaves())


def test_the_control_line_counts_adds_and_digests_all_before_it(sample: Sample) -> None:
    lines = sample.export()
    assert json.loads(lines[-1])["control"] == {
        "events": 7,
        "entries": 12,
        "debit": {"CNY": "74070"},
        "credit": {"CNY": "74070"},
        "sha256": sha256(b"".join(lines[:-1])).hexdigest(),
    }


def test_totals_beyond_what_a_double_holds_are_exact() -> None:
    totals = Totals()
    for _ in range(2):
        totals.add_event([[1, "2026-03-01", "1001", "D", "CNY", 2**53 - 1, None, None, None]])
    assert json.loads(totals.control_line())["control"]["debit"] == {"CNY": "18014398509481982"}


def test_a_list_of_leaves_follows_every_4096_events(sample: Sample) -> None:
    canonical = canonical_bytes(sample.events[0])
    count = LEAVES_PER_LINE + 1
    lines = list(export_lines(MANIFEST, ((canonical, None) for _ in range(count))))
    marks = [i for i, line in enumerate(lines) if line.startswith(b'{"leaves":')]
    assert marks == [LEAVES_PER_LINE + 1, LEAVES_PER_LINE + 3]
    assert b64decode(json.loads(lines[marks[1]])["leaves"]) == leaf_hash(canonical)


def test_a_manifest_reads_back_as_it_was() -> None:
    assert parse_manifest(manifest_line(MANIFEST)) == MANIFEST


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"[]\n",
        b"{}\n",
        b"no JSON\n",
        manifest_line(MANIFEST)[:-1],
        b" " + manifest_line(MANIFEST),
        manifest_line(MANIFEST).replace(b'"version":1', b'"version":2'),
        manifest_line(MANIFEST).replace(b'"size":3', b'"size":true'),
        manifest_line(MANIFEST).replace(b'["accrual"]', b"1.5"),
    ],
)
def test_a_line_that_is_no_manifest_is_refused(line: bytes) -> None:
    with pytest.raises(NotCanonical):
        parse_manifest(line)
