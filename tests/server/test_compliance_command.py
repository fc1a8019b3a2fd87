"""`loanledger compliance`: what people see of alerts, cases and registers."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from loanledger.cli import app
from tests.server.desk import Desk
from tests.server.monitored import EARLY, paid_off, watching


def run(desk: Desk, role: str, *arguments: str) -> Any:
    settings = {
        "LOANLEDGER_TARGET": desk.server.target,
        "LOANLEDGER_TOKEN": desk.server.token(role),
    }
    return CliRunner().invoke(app, ["compliance", *arguments], env=settings)


def test_the_command_line_leads_from_an_alert_to_a_report(desk: Desk, tmp_path: Path) -> None:
    paid_off(desk, watching(desk, EARLY))
    shown = run(desk, "compliance", "alerts").stdout
    assert "early payoff, 2 events" in shown
    assert "moved CNY 2,400.20" in shown
    (alert,) = re.findall(r"\d{3}-[0-9A-Z]{12}(?= +new)", shown)
    opened = run(
        *(desk, "compliance", "open-case", "Payoff", "--owner", "users/cho", "--alert", alert),
        *("--note", "brought in cash", "--reason", "alert"),
    )
    (case,) = re.findall(r"cases/\S+", opened.stdout)
    assert "brought in cash" in run(desk, "compliance", "case", case.partition("/")[2]).stdout
    assert "brought in cash" not in run(desk, "auditor", "case", case.partition("/")[2]).stdout
    refused = run(desk, "finance", "cases")
    assert refused.exit_code == 1
    assert "PERMISSION_DENIED" in refused.stderr
    out = tmp_path / "report"
    assert run(desk, "compliance", "report", case[6:], "--out", str(out)).exit_code == 0
    assert "Zhang Wei" in (tmp_path / "report.txt").read_text("utf-8")


def test_the_command_line_names_items_as_it_takes_them(desk: Desk, tmp_path: Path) -> None:
    paper = tmp_path / "letter.pdf"
    paper.write_bytes(b"abc")
    opened = run(
        *(desk, "operator", "open", "finding", "No second signature", "--owner", "users/bob"),
        *("--due", "2024-01-10", "--fact", "severity=high", "--paper", str(paper)),
        *("--reason", "sample"),
    )
    assert opened.exit_code == 0, opened.output
    (name,) = re.findall(r"findings/\S+", run(desk, "auditor", "list", "--overdue").stdout)
    shown = run(desk, "finance", "show", name).stdout
    assert "letter.pdf ba7816bf" in shown
    wrong = run(desk, "operator", "update", name, "--fact", "severity", "--reason", "x")
    assert wrong.exit_code == 2
    assert "severity=high" in wrong.stderr
