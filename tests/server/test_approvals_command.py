"""`loanledger approvals`: what finance and compliance see of commands that wait."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from loanledger.cli import app
from tests.server.desk import Desk


def test_the_command_line_shows_what_waits_and_approves_it(desk: Desk, tmp_path: Path) -> None:
    loan = desk.lent(desk.publish(), "1200")
    policy = {
        "title": "Four eyes",
        "effective_from": {"year": 2024, "month": 1, "day": 15},
        "rules": [{"method": "WriteOffLoan", "roles": ["finance"]}],
    }
    (tmp_path / "policy.json").write_text(json.dumps(policy))

    def run(role: str, *arguments: str) -> Any:
        token = desk.server.token(role)
        settings = {"LOANLEDGER_TARGET": desk.server.target, "LOANLEDGER_TOKEN": token}
        return CliRunner().invoke(app, arguments, env=settings)

    published = run("compliance", "approvals", "publish-policy", str(tmp_path / "policy.json"))
    assert published.exit_code == 0, published.output
    assert "WriteOffLoan" in published.stdout
    assert "Four eyes" in run("auditor", "approvals", "policies").stdout
    refused = run("credit_officer", "loans", "write-off", loan, "--reason", "lost")
    assert refused.exit_code == 1
    assert "APPROVAL_PENDING" in refused.stderr
    (name,) = re.findall(r"pendingCommands/(\S+)", refused.stderr)
    assert name in run("finance", "approvals", "list").stdout
    shown = run("finance", "approvals", "show", name).stdout
    assert "CNY 1,200.00" in shown
    assert "LOAN_STATUS_WRITTEN_OFF" in shown
    own = run("credit_officer", "approvals", "approve", name, "--reason", "me")
    assert own.exit_code == 1
    assert "NOT_ENTITLED" in own.stderr
    done = run("finance", "approvals", "approve", name, "--reason", "seen")
    assert done.exit_code == 0, done.output
    assert name in run("auditor", "approvals", "list", "--state", "executed").stdout
    given = ("access", "assign", "users/ann", "finance", "--until", "2099-01-01")
    assigned = run("compliance", *given, "--reason", "hired")
    assert assigned.exit_code == 0, assigned.output
    assert "users/ann" in run("auditor", "access", "list", "--role", "finance").stdout
    assert "WriteOffLoan" in run("finance", "access", "show").stdout
    late = run("finance", "approvals", "reject", name, "--reason", "no")
    assert "NOT_PENDING" in late.stderr
