"""Who may call what: every token that is not ours is refused, and every RPC has its roles."""

from __future__ import annotations

import base64
import time
from typing import Any

import jwt
import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from loanledger import money
from loanledger.v1 import ledger_service_pb2 as lg
from server.keys import ensure_key, token
from server.security import ALLOWED
from tests.book import ROLES
from tests.server.bad import METHODS, Stock, asked, send

PATH = "/loanledger.v1.LedgerService/PostJournal"
NAMES = {f"{m.containing_service.name}/{m.name}": m for m in METHODS}
#: What each role is kept from, said once more by hand.
KEPT_FROM = {
    "channel": "ApproveLoan WaiveLoan WriteOffLoan ReverseLoanEvent PostJournal ExportHistory",
    "credit_officer": "PostJournal ClosePeriod RunEndOfDay ListEvents ExportHistory",
    "finance": "OpenLoan ApproveLoan DisburseLoan RepayLoan GetParty ListEvents",
    "auditor": "PostJournal OpenLoan RepayLoan ClosePeriod CreateParty GetParty RunEndOfDay",
    "operator": "PostJournal RepayLoan ApproveLoan GetParty ListEvents ExportHistory",
    "compliance": "PostJournal RepayLoan ApproveLoan WriteOffLoan GetParty RunEndOfDay",
}


def _claims(**changes: Any) -> dict[str, Any]:
    now = int(time.time())
    plain = {"sub": "me", "roles": ["finance"], "iss": "loanledger", "aud": "loanledger"}
    return {**plain, "iat": now, "exp": now + 60} | changes


def _unsigned(claims: dict[str, Any]) -> str:
    parts = ({"alg": "none", "typ": "JWT"}, claims)
    texts = [base64.urlsafe_b64encode(orjson.dumps(part)).rstrip(b"=").decode() for part in parts]
    return ".".join([*texts, ""])


def _headers(stock: Stock) -> dict[str, str | None]:
    """Authorization headers that nobody may get in with."""
    data = stock.desk.server.data
    key, public = ensure_key(data / "token.key"), (data / "token.pub").read_bytes()
    hour = {"iat": int(time.time()) - 7200, "exp": int(time.time()) - 3600}

    def signed(**changes: Any) -> str:
        return "Bearer " + jwt.encode(_claims(**changes), key, algorithm="EdDSA")

    lacking = {name: value for name, value in _claims().items() if name != "exp"}
    hs256 = base64.urlsafe_b64encode(orjson.dumps({"alg": "HS256"})).rstrip(b"=").decode()
    return {
        "missing": None,
        "empty": "",
        "of another scheme": "Basic bWU6bWU=",
        "without a token": "Bearer ",
        "garbage": "Bearer a.b.c",
        "expired": signed(**hour),
        "not valid yet": signed(nbf=int(time.time()) + 3600),
        "for another audience": signed(aud="elsewhere"),
        "of another issuer": signed(iss="elsewhere"),
        "without expiry": "Bearer " + jwt.encode(lacking, key, algorithm="EdDSA"),
        "with roles as a text": signed(roles="finance"),
        "unsigned": "Bearer " + _unsigned(_claims()),
        "signed by somebody": "Bearer " + token(Ed25519PrivateKey.generate(), "me", ["finance"]),
        "signed with our public key": f"Bearer {hs256}.{public.hex()}.x",
        "cut short": signed()[:-4],
    }


HEADERS = [
    "missing",
    "empty",
    "of_another_scheme",
    "without_a_token",
    "garbage",
    "expired",
    "not_valid_yet",
    "for_another_audience",
    "of_another_issuer",
    "without_expiry",
    "with_roles_as_a_text",
    "unsigned",
    "signed_by_somebody",
    "signed_with_our_public_key",
    "cut_short",
]


@pytest.mark.parametrize("which", HEADERS)
def test_a_token_that_is_not_valid_gets_nobody_in(stock: Stock, which: str) -> None:
    header = _headers(stock)[which.replace("_", " ")]
    metadata = (("authorization", header),) if header is not None else ()
    before = stock.desk.written()
    error = send(stock.desk, PATH, asked(lg.PostJournalRequest).SerializeToString(), metadata)
    assert error is not None
    assert (error.code.name, error.reason) == ("UNAUTHENTICATED", "UNAUTHENTICATED")
    assert stock.desk.written() == before


def test_a_token_runs_out_while_the_server_remembers_it(stock: Stock) -> None:
    key = ensure_key(stock.desk.server.data / "token.key")
    short = (("authorization", "Bearer " + token(key, "me", ["finance"], seconds=2)),)
    path, data = "/loanledger.v1.LedgerService/ListPeriods", b"\x0a\x0abooks/main"
    assert send(stock.desk, path, data, short) is None
    time.sleep(2.1)
    error = send(stock.desk, path, data, short)
    assert error is not None
    assert error.code.name == "UNAUTHENTICATED"


def test_a_token_of_an_issuer_whose_clock_is_ahead_is_valid_at_once(stock: Stock) -> None:
    key = ensure_key(stock.desk.server.data / "token.key")
    path, data = "/loanledger.v1.LedgerService/ListPeriods", b"\x0a\x0abooks/main"
    now = int(time.time())
    ahead = jwt.encode(_claims(iat=now + 3600, nbf=now + 30, exp=now + 90), key, algorithm="EdDSA")
    assert send(stock.desk, path, data, (("authorization", f"Bearer {ahead}"),)) is None


def test_every_rpc_of_every_service_has_its_roles() -> None:
    assert set(ALLOWED) == set(NAMES)
    assert all(roles and roles <= set(ROLES) for roles in ALLOWED.values())


@pytest.mark.parametrize("role", ROLES)
def test_a_role_may_call_exactly_what_the_table_says(stock: Stock, role: str) -> None:
    metadata = (("authorization", f"Bearer {stock.desk.server.token(role)}"),)
    before = stock.desk.written()
    for name, method in NAMES.items():
        path = f"/{method.containing_service.full_name}/{method.name}"
        error = send(stock.desk, path, b"", metadata)
        refused = error is not None and error.reason == "PERMISSION_DENIED"
        assert refused == (role not in ALLOWED[name]), name
    assert stock.desk.written() == before


@pytest.mark.parametrize("role", ROLES)
def test_a_role_is_kept_from_what_is_not_its_business(role: str) -> None:
    may = {name.split("/")[1] for name, roles in ALLOWED.items() if role in roles}
    assert not may & set(KEPT_FROM[role].split())


def test_a_token_without_roles_and_one_of_an_unknown_role_may_do_nothing(stock: Stock) -> None:
    for roles in ((), ("root",)):
        key = ensure_key(stock.desk.server.data / "token.key")
        metadata = (("authorization", "Bearer " + token(key, "me", list(roles))),)
        error = send(stock.desk, PATH, b"", metadata)
        assert error is not None
        assert error.code.name == "PERMISSION_DENIED"
        assert error.facts == {"method": "LedgerService/PostJournal"}


def test_who_called_stands_in_the_history(stock: Stock) -> None:
    made = stock.desk.role("channel").loans.charge_loan(name=stock.active, amount=money("1", "CNY"))
    assert made.transaction.actor == "dev:channel"
    event = stock.desk.client.audit.get_event(name=made.transaction.event)
    assert event.actor == "dev:channel"
