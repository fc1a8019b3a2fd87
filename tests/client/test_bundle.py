"""A bundle says what the history says, in bounded memory; a changed cell is named."""

from __future__ import annotations

import csv
import json
import shutil
import tracemalloc
from collections.abc import Callable, Iterator
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.audit.canonical import Entry, canonical_bytes
from ledger.audit.export import Manifest, export_lines, parse_manifest
from ledger.audit.kept import Kept
from ledger.audit.stream import BrokenExport
from ledger.audit.tables import TEXT, Column, Table
from loanledger.bundle.cells import csv_cells, read_text
from loanledger.bundle.check import Checked, check
from loanledger.bundle.make import listed, make
from tests.audit.sample import ORIGIN, Sample, build

BOTH = ("csv", "parquet")
KEY = build().key


def made(folder: Path, lines: list[bytes] | None = None, formats: tuple[str, ...] = BOTH) -> Path:
    lines = build().export() if lines is None else lines
    manifest = parse_manifest(lines[0])
    kept = [Kept(manifest.size, manifest.checkpoint)]
    make(lines, folder, formats, KEY, lambda _: {}, kept)
    return folder


def content(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def resealed(folder: Path) -> None:
    """As a careful forger leaves it: the manifest has the new digests."""
    manifest = json.loads((folder / "manifest.json").read_bytes())
    manifest["files"] = listed(folder)
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")


def told(found: Checked) -> str:
    return "\n".join(f"{p.file} {p.place}: {p.problem}" for p in found.problems)


def test_a_bundle_verifies_and_its_manifest_ties(tmp_path: Path) -> None:
    folder = made(tmp_path / "bundle")
    assert check(folder, KEY).ok
    manifest = json.loads((folder / "manifest.json").read_bytes())
    assert manifest["rows"]["events"] == manifest["position"]["size"] == 7
    assert manifest["control_totals"] == {
        "CNY": {"credit": "74070", "debit": "74070", "unit": "10^-2 CNY"}
    }
    assert manifest["operator"] == "users/auditor"
    for file in manifest["files"]:
        assert sha256((folder / file["name"]).read_bytes()).hexdigest() == file["sha256"]
    assert (folder / "history.jsonl").read_bytes() == b"".join(build().export())


def test_the_same_position_gives_the_same_bytes(tmp_path: Path) -> None:
    assert content(made(tmp_path / "one")) == content(made(tmp_path / "two"))


def test_both_forms_say_the_same(tmp_path: Path) -> None:
    folder = made(tmp_path / "bundle")
    table = pq.read_table(folder / "parquet/entries.parquet")
    with (folder / "csv/entries.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["event"] for row in rows] == table["event"].to_pylist()
    assert [Decimal(row["amount"]) for row in rows] == table["amount"].to_pylist()
    assert [row["loan"] or None for row in rows] == table["loan"].to_pylist()
    assert table.schema.field("booked_at").type == pa.timestamp("us", "UTC")


def test_csv_alone_needs_no_parquet(tmp_path: Path) -> None:
    folder = made(tmp_path / "bundle", formats=("csv",))
    assert not (folder / "parquet").exists()
    assert check(folder, KEY).ok


def edited(folder: Path, name: str, old: bytes, new: bytes) -> None:
    path = folder / name
    assert path.read_bytes().count(old) >= 1
    path.write_bytes(path.read_bytes().replace(old, new, 1))


def csv_amount(folder: Path) -> None:
    edited(folder, "csv/entries.csv", b",12345,123.45,", b",12346,123.45,")


def parquet_amount(folder: Path) -> None:
    path = folder / "parquet/entries.parquet"
    table = pq.read_table(path)
    at = table.schema.get_field_index("amount_minor")
    amounts = [12346, *table["amount_minor"].to_pylist()[1:]]
    column = pa.array(amounts, pa.int64())
    pq.write_table(table.set_column(at, table.schema.field(at), column), path)


def standard_amount(folder: Path) -> None:
    edited(folder, "ads/GL_Detail_20260302_20260302.txt", b"|123.45|D|", b"|123.46|D|")


def lost_row(folder: Path) -> None:
    lines = (folder / "csv/users.csv").read_bytes().splitlines(keepends=True)
    (folder / "csv/users.csv").write_bytes(b"".join(lines[:-1]))


def added_row(folder: Path) -> None:
    with (folder / "csv/loan_lines.csv").open("ab") as file:
        file.write(b"8-2,4,accrual,2026-03-01,4,L4,fee,1\r\n")


def total(folder: Path) -> None:
    edited(folder, "manifest.json", b'"debit": "74070"', b'"debit": "74071"')


def column(folder: Path) -> None:
    edited(folder, "csv/entries.csv", b"amount_minor", b"amount_major")


CHANGES: list[tuple[Callable[[Path], None], tuple[str, ...]]] = [
    (csv_amount, ("csv/entries.csv row 1 (event 7-1): amount_minor is '12346'", "'12345'")),
    (parquet_amount, ("parquet/entries.parquet row 1 (event 7-1): amount_minor is '12346'",)),
    (standard_amount, ("ads/GL_Detail_20260302_20260302.txt row 1", "Amount is '123.46'")),
    (lost_row, ("csv/users.csv row 5 (users/bob, approver): is missing",)),
    (added_row, ("csv/loan_lines.csv row 4: it is not in the history",)),
    (total, ("manifest.json control_totals", "74071")),
    (column, ("csv/entries.csv header",)),
]


@pytest.mark.parametrize(("change", "words"), CHANGES, ids=[c.__name__ for c, _ in CHANGES])
def test_what_was_changed_is_named_even_with_new_digests(
    tmp_path: Path, change: Callable[[Path], None], words: tuple[str, ...]
) -> None:
    folder = made(tmp_path / "bundle")
    change(folder)
    first = check(folder, KEY)
    assert not first.ok
    assert change is total or "its digest or size is not the manifest's" in told(first)
    resealed(folder)
    found = check(folder, KEY)
    assert not found.ok
    for word in words:
        assert word in told(found)
    assert "digest" not in told(found)


def test_a_changed_history_is_found_by_its_proofs(tmp_path: Path) -> None:
    sample = build()
    folder = made(tmp_path / "bundle", sample.tampered(sample.export(), 2, reason="another"))
    found = check(folder, KEY)
    assert not found.ok
    assert {p.file for p in found.problems} == {"checkpoints.jsonl"}
    assert {finding.event for finding in found.report.findings} >= {"7-2"}


def test_files_that_come_and_go_are_named(tmp_path: Path) -> None:
    folder = made(tmp_path / "bundle")
    (folder / "csv/users.csv").unlink()
    (folder / "note.txt").write_text("mine", "utf-8")
    (folder / "parquet/users.parquet").write_bytes(b"no parquet")
    (folder / "csv/events.csv").write_bytes(b"\xff")
    words = told(check(folder, KEY))
    assert "csv/users.csv : it is missing" in words
    assert "note.txt : it is not in the manifest" in words
    assert "parquet/users.parquet file: it is not readable" in words
    assert "csv/events.csv file: it is not readable" in words
    (folder / "history.jsonl").unlink()
    assert "history.jsonl : it is missing" in told(check(folder, KEY))


def test_a_folder_that_is_no_bundle_is_refused(tmp_path: Path) -> None:
    folder = made(tmp_path / "bundle")
    for text, words in (("{", "not JSON"), ("{}", "no manifest"), ("", "not JSON")):
        (folder / "manifest.json").write_text(text, "utf-8")
        with pytest.raises(ValueError, match=words):
            check(folder, KEY)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"version": 2}, "version 2 is not known"),
        ({"files": None}, "no list of files"),
        ({"files": [{}]}, "no list of files"),
        ({"files": ["x"]}, "no list of files"),
        ({"position": None}, "no position"),
        ({"position": {"first_posting_date": "../x"}}, "no position"),
        ({"parameters": {"formats": ["xlsx"]}}, "no formats that are known"),
        ({"parameters": []}, "no formats that are known"),
    ],
)
def test_a_manifest_of_another_shape_is_refused(
    tmp_path: Path, wrong: dict[str, Any], words: str
) -> None:
    folder = made(tmp_path / "bundle", formats=("csv",))
    manifest = json.loads((folder / "manifest.json").read_bytes())
    (folder / "manifest.json").write_text(json.dumps(manifest | wrong), "utf-8")
    with pytest.raises(ValueError, match=words):
        check(folder, KEY)


@pytest.mark.parametrize("text", ["[]", "{", '{"accounts": [1]}', '{"accounts": {}}'])
def test_a_catalogue_of_another_shape_is_found(tmp_path: Path, text: str) -> None:
    folder = made(tmp_path / "bundle", formats=("csv",))
    (folder / "catalogue.json").write_text(text, "utf-8")
    assert "catalogue.json : its digest" in told(check(folder, KEY))
    assert "the tables cannot be computed" in told(check(folder, KEY))


def test_an_export_that_breaks_off_leaves_no_bundle(tmp_path: Path) -> None:
    with pytest.raises(BrokenExport):
        made(tmp_path / "bundle", build().export()[:-1])
    assert list(tmp_path.iterdir()) == []
    made(tmp_path / "bundle")
    with pytest.raises(ValueError, match="not empty"):
        made(tmp_path / "bundle")


TABLE = Table("words", "", (Column("word", TEXT, ""),))


@given(st.text())
def test_no_text_is_a_formula_and_every_text_comes_back(text: str) -> None:
    (cell,) = csv_cells(TABLE)((text,))
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert read_text(cell) == text


def test_a_formula_in_a_reason_stays_text_in_the_file(tmp_path: Path) -> None:
    events = (Sample(()).event(1, reason="=HYPERLINK(1)", reference='a,"b"\r\nc'),)
    folder = made(tmp_path / "bundle", Sample(events).export())
    assert b",'=HYPERLINK(1)," in (folder / "csv/events.csv").read_bytes()
    with (folder / "csv/events.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (read_text(row["reason"]), row["reference"]) == ("=HYPERLINK(1)", 'a,"b"\r\nc')
    parquet = pq.read_table(folder / "parquet/events.parquet")
    assert parquet["reason"].to_pylist() == ["=HYPERLINK(1)"]


def long_export(events: int) -> Iterator[bytes]:
    sample = Sample(())
    entries = (
        Entry(1, "2026-03-01", "1001", "D", "CNY", 12345),
        Entry(1, "2026-03-01", "1311", "C", "CNY", 12345, "L1", "principal"),
    )

    def pairs() -> Iterator[tuple[bytes, Any]]:
        for number in range(1, events + 1):
            yield canonical_bytes(sample.event(number, entries=entries)), None

    note = f"{ORIGIN}\n{events}\nroot\n"
    return export_lines(Manifest("main", ORIGIN, events, "users/auditor", note), pairs())


def peak(folder: Path, events: int) -> int:
    tracemalloc.start()
    before = pa.total_allocated_bytes()
    make(long_export(events), folder, BOTH, KEY, lambda _: {}, ())
    assert pa.total_allocated_bytes() - before < 2**20
    found = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    shutil.rmtree(folder)
    return found


def test_memory_does_not_grow_with_the_history(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("loanledger.bundle.parquet.ROWS", 100)
    monkeypatch.setattr("ledger.audit.export.LEAVES_PER_LINE", 100)
    peak(tmp_path / "warm", 10)
    small, large = peak(tmp_path / "small", 400), peak(tmp_path / "large", 2800)
    assert large < small * 1.5, (small, large)
