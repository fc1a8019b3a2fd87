"""The offline verifier: an honest export passes, each way of altering one is found and named."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.audit import merkle
from ledger.audit.canonical import leaf_hash
from ledger.audit.checkpoint import Checkpoint, MalformedNote, sign
from ledger.audit.findings import MAX_FINDINGS
from tests.audit.sample import ORIGIN, PRIVATE_KEY, Sample, build, found, problems, recorded
from tests.examples import examples

SAMPLE = build()
EXPORT = SAMPLE.export()
DATA = b"".join(EXPORT)
# Where each event stands in the export; the bulk event's lines come after the fifth.
LINE_OF = {"7-1": 1, "7-2": 2, "8-1": 3, "7-3": 4, "8-2": 5, "7-4": 7, "8-3": 8}
LEAF_OF = {name: leaf for leaf, name in enumerate(LINE_OF)}


def relisted(lines: Sequence[bytes]) -> list[bytes]:
    """The list of leaf hashes made to fit the events again, and the control line after it."""
    leaves = [leaf_hash(line[:-1]) for line in lines if line.startswith(b'{"actor":')]
    listed = orjson.dumps({"leaves": b64encode(b"".join(leaves)).decode()}) + b"\n"
    return SAMPLE.resealed([*lines[:-2], listed, lines[-1]])


def test_an_honest_export_verifies() -> None:
    report = SAMPLE.verify(EXPORT)
    assert report.ok
    assert (report.book, report.events, report.entries, report.proven) == ("main", 7, 12, (7,))
    assert report.root == merkle.root(SAMPLE.leaves())


def test_an_export_verifies_by_the_checkpoint_inside_it() -> None:
    assert SAMPLE.verify(EXPORT, note=None).ok


@pytest.mark.parametrize("size", range(8))
def test_an_export_that_only_adds_to_an_earlier_checkpoint_verifies(size: int) -> None:
    report = SAMPLE.verify(EXPORT, previous=[SAMPLE.note(size)])
    assert report.ok
    assert report.proven == tuple(sorted({size, 7}))


def test_an_export_of_an_empty_book_verifies() -> None:
    assert recorded().ok


def test_an_export_of_many_chunks_verifies_and_still_names_the_event() -> None:
    sample = Sample(tuple(SAMPLE.event(n) for n in range(1, 9001)))
    lines = sample.export()
    assert sample.verify(lines, previous=[sample.note(5000)]).ok
    index = lines.index(next(line for line in lines if b'"number":8500,' in line))
    report = sample.verify(sample.tampered(lines, index, reason="x"))
    assert ("7-8500", "its content is not what was recorded") in found(report)
    assert {finding.leaf for finding in report.findings} == {8499, None}


def test_a_changed_amount_is_refused_and_the_event_named() -> None:
    entries = orjson.loads(EXPORT[LINE_OF["7-3"]])["entries"]
    for entry in entries:
        entry[5] += 1
    report = SAMPLE.verify(SAMPLE.tampered(EXPORT, LINE_OF["7-3"], entries=entries))
    assert not report.ok
    assert ("7-3", "its content is not what was recorded") in found(report)
    assert {finding.event for finding in report.findings} == {"7-3", ""}
    assert "that of the listed leaf hashes is" in problems(report)


@pytest.mark.parametrize("name", LINE_OF)
@pytest.mark.parametrize(
    "changes", [{"actor": "users/eve"}, {"reason": "none"}, {"value_date": "2026-02-01"}]
)
def test_any_event_with_a_changed_field_is_named(name: str, changes: dict[str, Any]) -> None:
    report = SAMPLE.verify(SAMPLE.tampered(EXPORT, LINE_OF[name], **changes))
    assert {(f.event, f.leaf) for f in report.findings} >= {(name, LEAF_OF[name])}
    assert {f.event for f in report.findings} == {name, ""}


def test_a_changed_event_with_a_changed_list_is_found_within_the_signed_sizes() -> None:
    forged = relisted(SAMPLE.tampered(EXPORT, LINE_OF["7-3"], reason="none"))
    report = SAMPLE.verify(forged, previous=[SAMPLE.note(2)])
    assert report.proven == (2,)
    assert "do not make it up either (in leaves 2 to 6)" in problems(report)


def test_leaf_hashes_kept_from_before_name_the_event_even_then() -> None:
    forged = relisted(SAMPLE.tampered(EXPORT, LINE_OF["7-3"], reason="none"))
    report = SAMPLE.verify(forged, hashes=SAMPLE.leaves())
    assert ("7-3", "its content is not what was recorded") in found(report)
    assert "that of the given leaf hashes is" in problems(report)


def test_leaf_hashes_kept_from_before_may_end_before_the_export() -> None:
    assert SAMPLE.verify(EXPORT, hashes=SAMPLE.leaves()[:3]).ok
    forged = relisted(SAMPLE.tampered(EXPORT, LINE_OF["7-2"], reason="none"))
    report = SAMPLE.verify(forged, hashes=SAMPLE.leaves()[:3])
    assert {finding.event for finding in report.findings} == {"7-2", ""}


def test_a_deleted_event_is_named() -> None:
    index = LINE_OF["7-3"]
    report = SAMPLE.verify(SAMPLE.resealed([*EXPORT[:index], *EXPORT[index + 1 :]]))
    assert ("7-3", "it is missing: 7-4 stands in its place") in found(report)
    assert ("", "the event of this leaf is missing") in found(report)


def test_an_inserted_event_is_named() -> None:
    line = orjson.dumps(orjson.loads(EXPORT[8]) | {"number": 4}, option=orjson.OPT_SORT_KEYS)
    report = SAMPLE.verify(SAMPLE.resealed([*EXPORT[:9], line + b"\n", *EXPORT[9:]]))
    assert ("8-4", "its content is not what was recorded") in found(report)


def test_two_events_that_changed_places_are_found() -> None:
    swapped = SAMPLE.resealed([EXPORT[0], EXPORT[1], EXPORT[3], EXPORT[2], *EXPORT[4:]])
    report = SAMPLE.verify(swapped)
    assert ("8-1", "it does not stand in leaf order, once") in found(report)


def test_an_event_given_twice_is_named() -> None:
    report = SAMPLE.verify(SAMPLE.resealed([*EXPORT[:9], EXPORT[8], *EXPORT[9:]]))
    assert ("8-3", "its number was used: 4 is due") in found(report)


def test_an_event_spelled_in_another_way_is_named() -> None:
    line = orjson.dumps(orjson.loads(EXPORT[2]), option=orjson.OPT_INDENT_2).replace(b"\n", b"")
    report = SAMPLE.verify(SAMPLE.resealed([*EXPORT[:2], line + b"\n", *EXPORT[3:]]))
    assert ("", "it is not canonical JSON") in found(report)
    assert {finding.leaf for finding in report.findings} >= {1}


def test_an_event_with_a_key_given_twice_is_named() -> None:
    line = EXPORT[2].replace(b'"kind":', b'"kind":"gift","kind":')
    report = SAMPLE.verify([*EXPORT[:2], line, *EXPORT[3:]])
    assert ("7-2", "it is not canonical JSON") in found(report)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"number": "3"}, "a field has the wrong type"),
        ({"booked_at": 1.5}, "a field has the wrong type"),
        ({"surplus": 1}, "its keys are not those of an event"),
        ({"entries": [[1]]}, "an entry has the wrong shape"),
        ({"approvals": [1]}, "an approval is not a string"),
        ({"payload": {"rate": 0.5}}, "the payload has a float or a key beyond ASCII"),
    ],
)
def test_an_event_of_another_shape_is_found(changes: dict[str, Any], problem: str) -> None:
    report = SAMPLE.verify(SAMPLE.tampered(EXPORT, LINE_OF["7-3"], **changes))
    assert (problem, LEAF_OF["7-3"]) in {(f.problem, f.leaf) for f in report.findings}


def test_a_line_that_is_not_canonical_is_found() -> None:
    line = EXPORT[6].replace(b'"of":', b'"of": ')
    report = SAMPLE.verify(SAMPLE.resealed([*EXPORT[:6], line, *EXPORT[7:]]))
    assert found(report) == {("", "a line of lines is not canonical JSON")}


def test_a_missing_list_of_leaf_hashes_is_found() -> None:
    report = SAMPLE.verify(SAMPLE.resealed([*EXPORT[:-2], EXPORT[-1]]))
    assert found(report) == {("", "the list of leaf hashes before it is missing")}


@pytest.mark.parametrize("leaves", ["", "AAAA", "====", 5])
def test_a_list_of_leaf_hashes_that_cannot_be_read_is_found(leaves: Any) -> None:
    line = orjson.dumps({"leaves": leaves}) + b"\n"
    report = SAMPLE.verify(SAMPLE.resealed([*EXPORT[:-2], line, EXPORT[-1]]))
    assert "a list of leaf hashes cannot be read" in problems(report)


def test_control_totals_that_do_not_fit_are_found() -> None:
    line = EXPORT[-1].replace(b"74070", b"74071")
    report = SAMPLE.verify([*EXPORT[:-1], line])
    assert "the control line does not fit" in problems(report)


def test_an_export_cut_off_is_found() -> None:
    assert "the control line is missing" in problems(SAMPLE.verify(EXPORT[:-1]))
    assert not SAMPLE.verify(EXPORT[:4]).ok
    assert not SAMPLE.verify([]).ok


def test_a_line_after_the_control_line_is_found() -> None:
    report = SAMPLE.verify([*EXPORT, EXPORT[1]])
    assert found(report) == {("", "a line follows the control line")}


def test_an_export_shorter_than_the_checkpoint_is_found() -> None:
    sample = Sample(SAMPLE.events[:5])
    report = sample.verify(sample.export(), note=SAMPLE.note())
    assert found(report) == {("", "the export ends at 5, its checkpoint covers 7 events")}
    assert report.proven == (5,)


def test_an_export_longer_than_every_checkpoint_is_found() -> None:
    lines = SAMPLE.export(checkpoint="")
    report = SAMPLE.verify(lines, note=SAMPLE.note(5))
    assert found(report) == {("", "events from leaf 5 on are covered by no checkpoint")}


def test_a_history_rewritten_and_signed_again_fails_the_earlier_checkpoint() -> None:
    events = list(SAMPLE.events)
    events[1] = replace(events[1], reason="rewritten")
    sample = Sample(tuple(events))
    lines = sample.export()
    assert sample.verify(lines).ok
    report = sample.verify(lines, previous=[SAMPLE.note(4)])
    assert "the root of the first 4 events is not the signed one" in problems(report)


def test_a_manifest_that_promises_another_size_is_found() -> None:
    report = SAMPLE.verify(SAMPLE.export(size=8))
    assert found(report) == {("", "the manifest promises 8 events, there are 7")}


def test_a_filtered_export_is_not_taken_for_the_whole() -> None:
    report = SAMPLE.verify(SAMPLE.export(filters={"kind": "repayment"}))
    assert found(report) == {("", "the export is filtered: its events cannot make up the tree")}


def test_an_export_without_any_checkpoint_is_not_ok() -> None:
    report = SAMPLE.verify(SAMPLE.export(checkpoint=""), note=None)
    assert found(report) == {("", "there is no signed checkpoint to compare with")}


def test_a_checkpoint_signed_by_another_key_is_found() -> None:
    other = SAMPLE.note().replace("loanledger/main ", "someone/else ")
    report = SAMPLE.verify(EXPORT, note=other)
    assert "a checkpoint is refused: the note is not signed by this key" in problems(report)


def test_a_checkpoint_of_another_log_is_found() -> None:
    checkpoint = Checkpoint("loanledger/other", 7, merkle.root(SAMPLE.leaves()))
    report = SAMPLE.verify(EXPORT, note=sign(checkpoint, ORIGIN, PRIVATE_KEY))
    assert found(report) == {("", "a checkpoint is of another log: loanledger/other")}


def test_a_key_that_is_no_key_is_an_error_of_the_caller() -> None:
    with pytest.raises(MalformedNote):
        replace(SAMPLE, key="no key").verify(EXPORT)


def test_findings_beyond_the_limit_are_counted() -> None:
    wrong = tuple(SAMPLE.event(n, book="other") for n in range(1, MAX_FINDINGS + 21))
    report = recorded(*wrong)
    assert (len(report.findings), report.unlisted) == (MAX_FINDINGS, 20)


def test_nesting_that_would_exhaust_a_parser_is_found() -> None:
    deep = b'{"actor":' * 5000 + b"1" + b"}" * 5000 + b"\n"
    report = SAMPLE.verify([EXPORT[0], deep, *EXPORT[1:]])
    assert ("", "it is not canonical JSON") in found(report)


@examples(1500)
@given(st.integers(0, len(DATA) - 1), st.integers(0, 7))
def test_any_single_flipped_bit_in_an_export_is_found(position: int, bit: int) -> None:
    flipped = DATA[:position] + bytes([DATA[position] ^ 1 << bit]) + DATA[position + 1 :]
    assert not SAMPLE.verify([flipped]).ok


@examples(1500)
@given(st.sampled_from(sorted(LINE_OF)), st.data())
def test_a_flipped_bit_in_an_event_is_found_at_its_leaf_without_the_control_line(
    name: str, data: st.DataObject
) -> None:
    line = EXPORT[LINE_OF[name]]
    position = data.draw(st.integers(0, len(line) - 2))
    changed = bytearray(line)
    changed[position] ^= 1 << data.draw(st.integers(0, 7))
    lines = [*EXPORT[: LINE_OF[name]], bytes(changed), *EXPORT[LINE_OF[name] + 1 :]]
    report = SAMPLE.verify(lines)
    assert LEAF_OF[name] in {finding.leaf for finding in report.findings}


@examples(300)
@given(st.lists(st.binary(max_size=60), max_size=8))
def test_no_bytes_make_the_verifier_fail_instead_of_finding(lines: list[bytes]) -> None:
    assert not SAMPLE.verify([line + b"\n" for line in lines]).ok
    assert not SAMPLE.verify([EXPORT[0], *(line + b"\n" for line in lines)]).ok


def test_two_signed_checkpoints_of_one_size_that_differ_are_found() -> None:
    forked = sign(Checkpoint(ORIGIN, 7, bytes(32)), ORIGIN, PRIVATE_KEY)
    report = SAMPLE.verify(EXPORT, previous=[forked])
    assert report.proven == (7,)
    assert "the root of the first 7 events is not the signed one" in problems(report)
