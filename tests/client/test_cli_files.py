"""Journals posted from a file: CSV and JSON lines."""

import json
from pathlib import Path
from typing import Any

import grpc
import pytest

from loanledger.v1 import ledger_service_pb2
from tests.client.conftest import Run
from tests.client.fake import Fake, info, status

CSV = """\
journal,account,debit,credit,reference
a,1001,100.00,,first
a,6011,,100.00,first
b,1001,5.00,,second
b,6011,,5.00,second
"""


def echo_batch(request: Any, _: Any) -> Any:
    """Posts all but the journal that is called bad."""
    bad = status(grpc.StatusCode.FAILED_PRECONDITION, "the period is closed", info("PERIOD_CLOSED"))
    return ledger_service_pb2.BatchPostJournalsResponse(
        results=[
            {"error": bad} if item.reference == "bad" else {"journal": f"j/{item.reference}"}
            for item in request.requests
        ]
    )


def test_a_file_posted_twice_has_the_same_request_ids(fake: Fake, run: Run, tmp_path: Path) -> None:
    fake.answers["BatchPostJournals"] = echo_batch
    file = tmp_path / "journals.csv"
    file.write_text(CSV, "utf-8")
    first, second = (run("ledger", "post-file", str(file), "--json") for _ in range(2))
    assert json.loads(first.stdout) == {"failed": 0, "journals": ["j/first", "j/second"]}
    assert first.stdout == second.stdout
    assert fake.asked[0] == fake.asked[1]
    assert len({item.request_id for item in fake.asked[0].requests}) == 2


def test_a_json_line_is_a_journal_and_a_refused_one_is_reported(
    fake: Fake, run: Run, tmp_path: Path
) -> None:
    fake.answers["BatchPostJournals"] = echo_batch
    file = tmp_path / "journals.jsonl"
    file.write_text('{"reference": "good"}\n\n{"reference": "bad"}\n', "utf-8")
    shown = run("ledger", "post-file", str(file))
    assert shown.exit_code == 1
    assert "PERIOD_CLOSED" in shown.stderr
    assert '"journal": 2' in shown.stderr


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        ("a.csv", "journal,account,debit\n", "credit"),
        ("a.csv", "journal,account,debit,credit\na,1001,1,1\n", "a.csv:2: account 1001"),
        ("a.csv", "journal,account,debit,credit\na,1001,1.001,\n", "finer"),
        ("a.jsonl", '{"reference": 1}\n', "a.jsonl:1"),
    ],
)
def test_a_file_that_cannot_be_read_names_the_line(
    run: Run, tmp_path: Path, name: str, text: str, complaint: str
) -> None:
    file = tmp_path / name
    file.write_text(text, "utf-8")
    shown = run("ledger", "post-file", str(file))
    assert shown.exit_code == 2
    assert complaint in shown.stderr
