"""A borrower's statement with the proofs of its lines, checked offline and by itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from loanledger import FailedPrecondition
from loanledger.cli import app
from tests.audit.verifiers import SECOND
from tests.server.bad import cny
from tests.server.desk import Desk


def _run(desk: Desk, *arguments: str) -> Result:
    settings = {
        "LOANLEDGER_TARGET": desk.server.target,
        "LOANLEDGER_TOKEN": desk.server.token(),
        "COLUMNS": "300",
    }
    return CliRunner().invoke(app, arguments, env=settings)


@pytest.fixture
def loan(desk: Desk) -> str:
    """One of three loans of a product, with a repayment amid its nights."""
    product = desk.publish("daily", interest_basis="INTEREST_BASIS_ACT_365F")
    names = [desk.lent(product, amount) for amount in ("1200", "2400", "3600")]
    desk.go_to("2024-01-20")
    desk.client.loans.repay_loan(name=names[1], amount=cny("100"))
    desk.go_to("2024-01-25")
    desk.client.audit.create_checkpoint()
    return names[1]


def test_each_line_of_a_statement_is_proven_by_itself(
    desk: Desk, loan: str, tmp_path: Path
) -> None:
    file, key = tmp_path / "proofs.json", tmp_path / "verifier.key"
    key.write_text(desk.client.audit.get_checkpoint().verifier_key, "utf-8")
    shown = _run(desk, "loans", "statement", loan, "--proofs", str(file))
    assert shown.exit_code == 0, shown.output
    proofs = json.loads(file.read_text("utf-8"))
    statement = desk.client.loans.get_statement(name=loan)
    assert len(proofs) == len(statement.lines) - 2 + 10  # two lines sum ten nights
    nights = [proof for proof in proofs if proof["lines"]]
    assert len(nights) == 10
    own = loan.rpartition("/")[2]
    checked = _run(desk, "audit", "check", str(file), "--key", str(key))
    assert checked.exit_code == 0, checked.output
    assert checked.output.count(f'its line ["{own}","interest",') == 10
    told: list[str] = []
    again = SECOND.verify(str(file), key.read_text("utf-8"), [], lambda *f: told.append(str(f)))
    assert (told, again.count(f'its line ["{own}","interest",')) == ([], 10)


def test_a_line_that_was_altered_is_not_proven(desk: Desk, loan: str, tmp_path: Path) -> None:
    event = next(
        e
        for e in desk.client.audit.list_events.iterate(kind="day_closed")
        if desk.client.audit.get_inclusion_proof(name=e.name, loan=loan).lines
    )
    file = tmp_path / "proof.json"
    asked = ("audit", "inclusion", event.name, "--loan", loan, "--json")
    proof = json.loads(_run(desk, *asked).output)
    key = desk.client.audit.get_checkpoint().verifier_key
    line = proof["lines"][0]
    for name, value in (("index", int(line["index"]) + 1), ("canonical", "WyJhIiwiYiIsMV0=")):
        altered = proof | {"lines": [line | {name: value}]}
        file.write_text(json.dumps(altered), "utf-8")
        found = _run(desk, "audit", "check", str(file), "--key", key)
        assert found.exit_code == 1
        assert "a line is not proven to be one of its own" in found.output


def test_a_proof_of_lines_that_are_gone_says_where_they_are(desk: Desk, loan: str) -> None:
    (event, *_) = [
        e
        for e in desk.client.audit.list_events.iterate(kind="day_closed")
        if desk.client.audit.get_inclusion_proof(name=e.name, loan=loan).lines
    ]
    desk.rows("alter table ledger.accrual disable trigger all")
    desk.rows("delete from ledger.accrual where day = %s", "2024-01-15")
    with pytest.raises(FailedPrecondition, match="archived"):
        desk.client.audit.get_inclusion_proof(name=event.name, loan=loan)
