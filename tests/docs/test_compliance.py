"""The page for compliance: its policy is accepted, and its commands run in their order."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from loanledger.cli import app
from tests.docs.test_docs import DOCS, commands, fenced
from tests.server.bad import cny
from tests.server.desk import Desk, serving

PAGE = DOCS / "compliance.md"
#: What a command makes, by the first of its arguments that tells.
MADE = {
    "open-case": "CASE",
    "obligation": "OBLIGATION",
    "audit": "AUDIT",
    "finding": "FINDING",
    "risk_event": "EVENT",
}


@pytest.fixture
def desk(database: str) -> Iterator[Desk]:
    """A server on a book of its own."""
    with serving(database) as found:
        yield found


def run(desk: Desk, arguments: list[str]) -> str:
    settings = {"LOANLEDGER_TARGET": desk.server.target, "LOANLEDGER_TOKEN": desk.server.token()}
    done = CliRunner().invoke(app, ["--json", *arguments], env=settings)
    assert done.exit_code == 0, (arguments, done.output)
    return done.stdout


def test_the_commands_of_the_page_run_in_order(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("monitoring.json").write_text(fenced(PAGE, "json")[0])
    for name in ("interview.pdf", "receipt.pdf"):
        Path(name).write_bytes(b"%PDF")
    asked = list(commands(PAGE, "loanledger"))
    run(desk, asked.pop(0))
    loans = [desk.lent(desk.publish(), "1200"), desk.lent(desk.publish("other"), "1200")]
    desk.client.loans.repay_loan(name=loans[0], amount=cny("1"))
    desk.go_to("2024-01-16")
    for loan in loans:
        desk.client.loans.pay_off_loan(name=loan, amount=cny("1300"))
    desk.go_to("2024-01-18")
    found = json.loads(run(desk, ["compliance", "alerts"]))["alerts"]
    known = {"ALERT": found[0]["name"], "OTHER": found[1]["name"], "PARTY": desk.party()}
    for arguments in asked:
        filled = [known[word[1:]] if word[:1] == "$" else word for word in arguments]
        told = json.loads(run(desk, filled))
        for word in arguments:
            if word in MADE and arguments[1].startswith("open"):
                known[MADE[word]] = told["name"]
    assert "CNY 1,300.00" not in Path("report.txt").read_text()
    assert "payoff_recorded CNY 1300.00" in Path("report.txt").read_text()
    assert json.loads(Path("report.json").read_text())["borrower_name"] == "Zhang Wei"
    assert desk.tied()
