"""The bundle of a lived book verifies, is repeatable, and ties to the sums of the ledger."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from loanledger import date_of, minor
from loanledger.cli import app
from tests.server.bad import cny
from tests.server.desk import Desk, pair


def run(desk: Desk, *arguments: str) -> Any:
    settings = {
        "LOANLEDGER_TARGET": desk.server.target,
        "LOANLEDGER_TOKEN": desk.server.token("auditor"),
    }
    return CliRunner().invoke(app, arguments, env=settings)


def content(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_a_bundle_is_the_same_again_and_ties_to_the_ledger(desk: Desk, tmp_path: Path) -> None:
    name = desk.lent(desk.publish(), "1200")
    earlier = desk.client.audit.create_checkpoint()
    desk.go_to("2024-02-16")
    desk.client.loans.repay_loan(
        name=name, amount=cny("103.28"), value_date=date_of("2024-02-01"), reason="=1+1"
    )
    first, again, kept = tmp_path / "first", tmp_path / "again", tmp_path / "kept"
    done = run(desk, "audit", "bundle", str(first), "--json")
    assert done.exit_code == 0, done.stderr
    size = json.loads(done.stdout)["position"]["size"]
    assert run(desk, "audit", "checkpoints", "--out", str(kept)).exit_code == 0
    sizes = {int(path.stem.removeprefix("checkpoint-")) for path in kept.iterdir()}
    assert {earlier.size, size} <= sizes
    assert json.loads(done.stdout)["checkpoints"]["count"] == len(sizes)
    balances = desk.client.ledger.list_balances().balances
    desk.client.ledger.post_journal(entries=pair("5"))
    assert run(desk, "audit", "bundle", str(again), "--as-of", str(size)).exit_code == 0
    assert content(first) == content(again)
    checked = run(desk, "audit", "verify-bundle", str(again), "--previous", str(kept), "--json")
    assert checked.exit_code == 0, checked.stdout
    assert set(json.loads(checked.stdout)["proven"]) == sizes
    with (first / "csv/balances.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    last = max(row["period"] for row in rows)
    closing = {r["account"]: int(r["closing_minor"]) for r in rows if r["period"] == last}
    assert closing == {b.account: minor(b.net) for b in balances if b.debit.units or b.credit.units}
    with (first / "csv/accounts.csv").open(encoding="utf-8", newline="") as file:
        assert {row["source"] for row in csv.DictReader(file)} == {"history"}


def test_a_bundle_has_the_evidence_of_controls_and_the_self_tests(
    desk: Desk, tmp_path: Path
) -> None:
    desk.publish()
    given = {"principal": "users/ann", "role": "operator"}
    desk.client.access.assign_role(assignment=given, reason="hired")
    desk.client.compliance.run_self_test(reason="monthly")
    folder = tmp_path / "bundle"
    assert run(desk, "audit", "bundle", str(folder), "--format", "csv").exit_code == 0
    with (folder / "csv/controls.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["category"], row["kind"], row["reason"]) for row in rows] == [
        ("configuration", "product_published", ""),
        ("privileged_access", "role_assigned", "hired"),
        ("self_test", "register_item_opened", "monthly"),
    ]
    tested = json.loads(rows[-1]["payload"])
    ((revision,),) = desk.rows("select max(revision) from ledger.schema_change")
    assert (tested["state"], tested["content"]["facts"]["schema"]) == ("passed", revision)
    assert run(desk, "audit", "verify-bundle", str(folder)).exit_code == 0
