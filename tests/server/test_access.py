"""Who may call what, beside what tests/authz tries of every RPC: every RPC has its roles."""

from __future__ import annotations

import time

import pytest

from loanledger import money
from server.keys import ensure_key, token
from server.security import ALLOWED
from tests.book import ROLES
from tests.server.bad import METHODS, Stock, send

PATH = "/loanledger.v1.LedgerService/PostJournal"
NAMES = {f"{m.containing_service.name}/{m.name}": m for m in METHODS}
#: What each role is kept from, said once more by hand.
KEPT_FROM = {
    "channel": "ApproveLoan WaiveLoan WriteOffLoan ReverseLoanEvent PostJournal ExportHistory"
    " MoveLoan MoveParty ExportParty",
    "credit_officer": "PostJournal ClosePeriod RunEndOfDay ListEvents ExportHistory MoveLoan",
    "finance": "OpenLoan ApproveLoan DisburseLoan RepayLoan ExportParty ListEvents ListAlerts",
    "auditor": "PostJournal OpenLoan RepayLoan ClosePeriod CreateParty ExportParty OpenCase",
    "operator": "PostJournal RepayLoan ApproveLoan ExportParty ListEvents GetCase",
    "compliance": "PostJournal RepayLoan ApproveLoan WriteOffLoan CreateParty RunEndOfDay",
}


def test_a_token_runs_out_while_the_server_remembers_it(stock: Stock) -> None:
    key = ensure_key(stock.desk.server.data / "token.key")
    short = (("authorization", "Bearer " + token(key, "me", ["finance"], seconds=2)),)
    path, data = "/loanledger.v1.LedgerService/ListPeriods", b"\x0a\x0abooks/main"
    assert send(stock.desk, path, data, short) is None
    time.sleep(2.1)
    error = send(stock.desk, path, data, short)
    assert error is not None
    assert error.code.name == "UNAUTHENTICATED"


def test_every_rpc_of_every_service_has_its_roles() -> None:
    assert set(ALLOWED) == set(NAMES)
    assert all(roles and roles <= set(ROLES) for roles in ALLOWED.values())


@pytest.mark.parametrize("role", ROLES)
def test_a_role_is_kept_from_what_is_not_its_business(role: str) -> None:
    may = {name.split("/")[1] for name, roles in ALLOWED.items() if role in roles}
    assert not may & set(KEPT_FROM[role].split())


def test_who_called_stands_in_the_history(stock: Stock) -> None:
    made = stock.desk.role("channel").loans.charge_loan(name=stock.active, amount=money("1", "CNY"))
    assert made.transaction.actor == "dev:channel"
    event = stock.desk.client.audit.get_event(name=made.transaction.event)
    assert event.actor == "dev:channel"
