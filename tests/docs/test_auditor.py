"""The auditor's page does what it says: its bundle, samples and tests of journals run in order."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from ledger.audit.journal_tests import CHECKS, WHOLE
from loanledger import date_of
from loanledger.bundle.layout import MANIFEST, OTHERS
from loanledger.cli import app
from tests.book import Running
from tests.docs.test_docs import DOCS, commands, fenced, prose
from tests.server.bad import cny
from tests.server.desk import Desk, pair

PAGE = DOCS / "auditor.md"
ONES = ("bundle", "verify-bundle", "saf-t", "sample", "journal-tests")


@pytest.fixture
def desk(server: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A book with loans that were paid in January of the page's year."""
    monkeypatch.chdir(tmp_path)
    found = Desk(server, server.client())
    loans = [found.lent(found.publish(code), "1200") for code in ("one", "two")]
    found.go_to("2025-01-20")
    for loan in loans:
        day = date_of("2025-01-20")
        found.client.loans.repay_loan(name=loan, amount=cny("103.28"), value_date=day)
    found.client.ledger.post_journal(entries=pair("45000"), reference="=HYPERLINK(1)")
    checkpoint = found.client.audit.create_checkpoint()
    (company,) = (block for block in fenced(PAGE, "json") if "registration_number" in block)
    Path("company.json").write_text(company, "utf-8")
    Path("verifier.key").write_text(checkpoint.verifier_key, "utf-8")
    return found


def test_the_session_of_bundle_samples_and_journal_tests_runs(desk: Desk) -> None:
    settings = {
        "LOANLEDGER_TARGET": desk.server.target,
        "LOANLEDGER_TOKEN": desk.server.token("auditor"),
    }
    session = [words for words in commands(PAGE, "loanledger") if words[1] in ONES]
    assert {words[1] for words in session} == set(ONES)
    for words in session:
        if "--size" in words:
            words[words.index("--size") + 1] = "4"
        shown: Any = CliRunner().invoke(app, words, env=settings)
        assert shown.exit_code == 0, (words, shown.stderr)
    with Path("sample.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == 4
    found = {path.name for path in Path("bundle-2025-01").iterdir()}
    assert found == {MANIFEST, *OTHERS, "csv", "parquet", "ads"}
    assert {name for name in found if f"`{name}" not in prose(PAGE)} == set()


def test_the_page_lists_every_test_of_journal_entries() -> None:
    section = PAGE.read_text("utf-8").split("## Test journal entries")[1].split("\n## ")[0]
    names = {name for name, _, _ in CHECKS} | WHOLE.keys()
    assert {name for name in names if f"`{name}`" not in section} == set()
