"""The general ledger as SAF-T: accounts, entries and totals of some months in one currency."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from ledger.audit.canonical import Entry, EventRecord
from loanledger.bundle.saft import NAMESPACE
from tests.audit.sample import Sample
from tests.client.conftest import Run
from tests.client.fake import Fake

COMPANY = {
    "name": "Test Lender",
    "registration_number": "91310000",
    "country": "CN",
    "city": "Shanghai",
    "postal_code": "200000",
    "first_name": "Wei",
    "last_name": "Zhang",
    "telephone": "021",
}
CHART = [
    {"code": "1001", "control": "", "title": "Cash", "title_zh": "", "type": "asset"},
    {"code": "6011", "control": "", "title": "Interest <&>", "title_zh": "", "type": "income"},
]


def event(number: int, day: str, amount: int, currency: str = "CNY", **more: Any) -> EventRecord:
    entries = tuple(
        Entry(journal, day, account, side, currency, amount)
        for journal in (1, 2)
        for account, side in (("1001", "D"), ("6011", "C"))
    )
    plain = {"kind": "journal_posted", "value_date": day, "posting_date": day, "payload": {}}
    return Sample(()).event(number, **plain | {"entries": entries} | more)


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, ...]:
    """A history over three months, and the company."""
    events = (
        event(1, "2025-01-31", 0, kind="book_opened", payload={"accounts": CHART}, entries=()),
        event(2, "2025-01-31", 500),
        event(3, "2025-02-28", 12345, reason="bell \x07 & <tag>", reference="r" * 300),
        event(4, "2025-02-28", 7, "JPY"),
        event(5, "2025-03-01", 1),
    )
    (tmp_path / "history").write_bytes(b"".join(Sample(events).export()))
    (tmp_path / "company").write_text(json.dumps(COMPANY), "utf-8")
    company = ("--company", str(tmp_path / "company"), "--created", "2025-04-01")
    return (str(tmp_path / "history"), str(tmp_path / "saf-t.xml"), *company)


def test_the_file_has_the_months_asked_for_and_ties(
    fake: Fake, run: Run, files: tuple[str, ...]
) -> None:
    shown = run("audit", "saf-t", *files, "--from", "2025-02", "--to", "2025-02")
    assert shown.exit_code == 0, shown.stderr
    assert "4 entries of 2 accounts" in shown.stdout
    assert "4 entries in other currencies left out" in shown.stdout
    assert fake.asked == []
    names = {"": NAMESPACE}
    root = ET.parse(files[1]).getroot()
    assert [child.tag.rpartition("}")[2] for child in root] == [
        "Header",
        "MasterFiles",
        "GeneralLedgerEntries",
    ]

    def texts(path: str) -> list[str | None]:
        return [found.text for found in root.findall(path, names)]

    assert texts(".//OpeningDebitBalance") == ["10.00"]
    assert texts(".//ClosingCreditBalance") == ["256.90"]
    assert texts(".//AccountDescription") == ["Cash", "Interest <&>"]
    assert texts(".//AccountType") == ["Asset", "Sale"]
    assert texts(".//TransactionID") == ["7-3-1", "7-3-2"]
    assert texts(".//TotalDebit") == texts(".//TotalCredit") == ["246.90"]
    assert texts(".//DebitAmount/Amount") == ["123.45", "123.45"]
    assert texts(".//NumberOfEntries") == [str(len(texts(".//Line/RecordID")))] == ["4"]
    (description, *_) = texts(".//Transaction/Description")
    assert description is not None
    assert description.startswith("journal_posted: bell \N{REPLACEMENT CHARACTER} & <tag>: rrr")
    assert len(description) == 256


def test_the_same_request_gives_the_same_bytes(run: Run, files: tuple[str, ...]) -> None:
    found = []
    for _ in range(2):
        assert run("audit", "saf-t", *files, "--from", "2025-01", "--to", "2025-03").exit_code == 0
        found.append(Path(files[1]).read_bytes())
    assert found[0] == found[1]


@pytest.mark.parametrize(
    ("months", "more", "words"),
    [
        (("2025-13", "2025-02"), (), "no month"),
        (("2025-01", "2025-02"), ("--currency", "USD"), "no entry in USD"),
        (("2024-01", "2024-02"), (), "no entry in CNY"),
    ],
)
def test_what_cannot_be_written_leaves_no_file(
    run: Run, files: tuple[str, ...], months: tuple[str, str], more: tuple[str, ...], words: str
) -> None:
    shown = run("audit", "saf-t", *files, "--from", months[0], "--to", months[1], *more)
    assert (shown.exit_code, words in shown.stderr) == (2, True)
    assert {path.name for path in Path(files[1]).parent.iterdir()} == {"history", "company"}


def test_a_company_without_its_facts_is_refused(run: Run, files: tuple[str, ...]) -> None:
    Path(files[3]).write_text("{}", "utf-8")
    shown = run("audit", "saf-t", *files, "--from", "2025-01", "--to", "2025-02")
    assert (shown.exit_code, "registration_number" in shown.stderr) == (2, True)
