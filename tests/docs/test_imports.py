"""The page about imports does what it says: its files are tried, mended, imported, and cleared."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from loanledger.cli import app
from loanledger.v1 import loan_service_pb2 as ln
from tests.book import Running
from tests.docs.test_docs import DOCS, commands, fenced
from tests.server.desk import Desk
from tests.server.importing import ready

PAGE = DOCS / "imports.md"
PARTY = "000-2NDJ5W8Q1RTC"


@pytest.fixture
def desk(server: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The day of the page's cut-over, in a folder with the page's files."""
    found = ready(Desk(server, server.client()))
    party = found.party().rpartition("/")[2]
    monkeypatch.chdir(tmp_path)
    for name, language in (("positions.jsonl", "jsonl"), ("simple.csv", "csv")):
        (block,) = fenced(PAGE, language)
        assert PARTY in block
        Path(name).write_text(block.replace(PARTY, party), "utf-8")
    Path("control.json").write_text(fenced(PAGE, "json")[0], "utf-8")
    return found


def shown(desk: Desk, *arguments: str) -> Any:
    settings = {
        "LOANLEDGER_TARGET": desk.server.target,
        "LOANLEDGER_TOKEN": desk.server.token(),
    }
    return CliRunner().invoke(app, arguments, env=settings)


def test_the_example_is_refused_until_it_is_mended_and_the_clearing_account_then_clears(
    desk: Desk,
) -> None:
    (tried,) = commands(PAGE, "loanledger")
    before = desk.written()
    dry = shown(desk, *tried)
    assert (dry.exit_code, desk.written()) == (1, before)
    told = " ".join(dry.stdout.split())
    for cells in ("78.33 40.00 38.33", "33.33 88.33 -55.00", "more has accrued than"):
        assert cells in told, dry.stdout
    file = Path("positions.jsonl")
    file.write_text(file.read_text("utf-8").replace("78.33", "23.33"), "utf-8")
    done = shown(desk, *(word for word in tried if word != "--dry-run"))
    assert done.exit_code == 0, done.stderr
    assert desk.tied()
    post = next(
        words
        for words in commands(DOCS / "finance.md", "loanledger")
        if "1307=" in shlex.join(words)
    )
    assert shown(desk, *post).exit_code == 0
    (balance,) = desk.client.ledger.list_balances(accounts=["1307"]).balances
    assert (balance.net.units, balance.net.nanos) == (0, 0)
    states = [loan.status for loan in desk.client.loans.list_loans(product="old").loans]
    assert sorted(states) == [
        ln.LOAN_STATUS_ACTIVE,
        ln.LOAN_STATUS_ACTIVE,
        ln.LOAN_STATUS_WRITTEN_OFF,
    ]


def test_the_simple_file_ties(desk: Desk) -> None:
    (tried,) = commands(PAGE, "loanledger")
    named = [word.replace("positions.jsonl", "simple.csv") for word in tried]
    place = named.index("--control")
    done = shown(desk, *named[:place], *named[place + 2 :])
    assert done.exit_code == 0, done.stderr
    assert Path("report.csv").read_text("utf-8").count("importable") == 2


def test_the_history_is_written_as_positions_have_it() -> None:
    from loanledger.cli.positions import Reading, position_of

    (history,) = [block for block in fenced(PAGE, "json") if "history" in block]
    found = position_of(json.loads(history), Reading("main", "CNY", "2024-04-20"))
    assert [event.kind for event in found.history][-1] == "rate_changed"
