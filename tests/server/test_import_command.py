"""`loanledger loans import` against a real server: files, the table, the report, the exit code."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from loanledger import minor
from loanledger.cli import app
from loanledger.v1 import loan_service_pb2 as ln
from tests.server.desk import Desk
from tests.server.importing import CUT, ready

Run = Callable[..., Any]


@pytest.fixture
def old(desk: Desk) -> Desk:
    """The day of the cut-over."""
    return ready(desk)


@pytest.fixture
def run(old: Desk) -> Run:
    """The command, with what every run needs."""
    settings = {"LOANLEDGER_TARGET": old.server.target, "LOANLEDGER_TOKEN": old.server.token()}

    def invoke(file: Path, *more: str) -> Any:
        fixed = ("--cut-over", CUT, "--product", "old", "--reason", "the old core ends")
        return CliRunner().invoke(app, ("loans", "import", str(file), *fixed, *more), env=settings)

    return invoke


def told(party: str, reference: str = "A-1", **more: Any) -> str:
    """A line of JSON, with amounts, dates and rates as people write them."""
    plain: dict[str, Any] = {
        "reference": reference,
        "party": party.rpartition("/")[2],
        "start": "2023-10-15",
        "amount": "12000",
        "annual_rate": "12%",
        "instalments": 12,
        "principal": "1000.00",
        "interest": 53.33,
        "schedule": [
            {"number": 11, "due": "2024-09-15", "start": "2024-03-15", "principal": "1000",
             "interest": "60"},
        ],
    }  # fmt: skip
    return json.dumps(plain | more)


def csv_file(folder: Path, *rows: str) -> Path:
    """A CSV of simple positions."""
    head = "reference,party,start,amount,annual_rate,instalments,principal,interest,fee,credit"
    file = folder / "positions.csv"
    file.write_text("\n".join([head, *rows]) + "\n", "utf-8")
    return file


def test_a_file_is_tried_and_then_imported_and_again_doubles_nothing(
    old: Desk, run: Run, tmp_path: Path
) -> None:
    party = old.party().rpartition("/")[2]
    file = csv_file(
        tmp_path,
        f"A-1,{party},2023-10-15,12000,0.12,12,6000.00,10.00,5.00,",
        f"A-2,{party},2023-10-15,12000,0.12,12,6000.00,10.00,,7.50",
    )
    before = old.written()
    dry = run(file, "--dry-run")
    assert dry.exit_code == 0, dry.stderr
    assert "importable" in dry.stdout
    assert "dry run: nothing was written" in dry.stderr
    assert old.written() == before
    done = run(file, "--json")
    assert done.exit_code == 0, done.stderr
    answer = json.loads(done.stdout)
    assert [each["state"] for each in answer["results"]] == ["IMPORT_STATE_IMPORTED"] * 2
    assert answer["ledger"] == answer["positions"]
    loans = old.client.loans.list_loans(product="old").loans
    assert sorted(minor(loan.balance.fee) for loan in loans) == [0, 500]
    again = run(file)
    assert (again.exit_code, "already imported" in again.stdout) == (0, True)
    assert len(old.client.loans.list_loans(product="old").loans) == 2
    assert old.tied()


def test_nothing_is_imported_while_something_does_not_tie_and_the_report_says_what(
    old: Desk, run: Run, tmp_path: Path
) -> None:
    party = old.party()
    file, report = tmp_path / "positions.jsonl", tmp_path / "report.csv"
    good, bad = told(party), told(party, "=A-2", principal="999.99", stage="suspended")
    file.write_text(f"{good}\n\n{bad}\n", "utf-8")
    before = old.written()
    shown = run(file, "--report", str(report))
    assert shown.exit_code == 1
    assert "1 loans do not tie; nothing was imported" in shown.stderr
    assert "what does not tie" in shown.stdout
    assert old.written() == before
    with report.open(encoding="utf-8", newline="") as found:
        rows = list(csv.DictReader(found))
    assert [(row["line"], row["reference"], row["state"]) for row in rows] == [
        ("1", "A-1", "importable"),
        ("3", "'=A-2", "refused"),
    ]
    assert (rows[1]["field"], rows[1]["theirs"], rows[1]["ours"], rows[1]["difference"]) == (
        "principal",
        "999.99",
        "1000.00",
        "-0.01",
    )
    partial = run(file, "--partial")
    assert partial.exit_code == 1
    states = [loan.reference for loan in old.client.loans.list_loans(product="old").loans]
    assert states == ["A-1"]


def test_the_whole_file_is_held_to_control_totals(old: Desk, run: Run, tmp_path: Path) -> None:
    file, control = tmp_path / "positions.jsonl", tmp_path / "control.json"
    file.write_text(told(old.party()), "utf-8")
    control.write_text('{"loans": 1, "principal": "1000", "interest": "53.34"}', "utf-8")
    before = old.written()
    shown = run(file, "--control", str(control), "--partial")
    assert (shown.exit_code, "1 control totals are not met" in shown.stderr) == (1, True)
    assert old.written() == before
    control.write_text('{"loans": 1, "principal": "1000", "interest": "53.33"}', "utf-8")
    done = run(file, "--control", str(control), "--request-id", "cut-over")
    assert done.exit_code == 0, done.stderr
    assert run(file, "--control", str(control), "--request-id", "cut-over").exit_code == 0
    (loan,) = old.client.loans.list_loans(product="old").loans
    assert (loan.status, minor(loan.balance.interest)) == (ln.LOAN_STATUS_ACTIVE, 5_333)


@pytest.mark.parametrize(
    ("name", "text", "complaints"),
    [
        ("a.csv", "reference,party\n", ["columns missing: start, amount"]),
        ("a.csv", "reference,party,start,amount,annual_rate,instalments,x\n", ["not known: x"]),
        ("a.jsonl", '{"reference": 1}\n{"unheard": 2}\n[3]\n', ["a.jsonl:2", "a.jsonl:3"]),
        ("a.jsonl", '{"amount": "1.001"}\n{"schedule": [{"due": "soon"}]}', [":1: amount", ":2: "]),
        ("a.jsonl", "\n", ["no position"]),
    ],
)
def test_all_lines_that_cannot_be_read_are_told_at_once(
    run: Run, tmp_path: Path, name: str, text: str, complaints: list[str]
) -> None:
    file = tmp_path / name
    file.write_text(text, "utf-8")
    shown = run(file)
    assert shown.exit_code == 2
    assert [each for each in complaints if each not in shown.stderr] == []
