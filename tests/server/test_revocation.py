"""Tokens are ended before they expire, on every process, and the history says by whom."""

from __future__ import annotations

import time

import pytest

from loanledger import InvalidArgument, PermissionDenied, Unauthenticated
from server.keys import ensure_key
from tests.server.desk import Desk, serving
from tests.server.provider import Signer
from tests.server.test_tokens import tried


@pytest.fixture
def signer(desk: Desk) -> Signer:
    """Whose tokens the desk's server believes."""
    return Signer("", "EdDSA", ensure_key(desk.server.data / "token.key"))


def past(seconds: int = 5) -> int:
    """When a token was issued."""
    return int(time.time()) - seconds


def test_all_tokens_of_somebody_end_at_once_on_every_process(desk: Desk, signer: Signer) -> None:
    ann, ben = signer.token(iat=past()), signer.token(sub="users/ben", iat=past())
    undated = signer.token(iat=None)
    with serving(desk.server.dsn, token_keys=desk.server.data / "token.pub") as second:
        assert {tried(each, ann) for each in (desk, second)} == {"OK"}
        compliance = desk.role("compliance")
        told = compliance.access.revoke_tokens(principal="users/ann", reason="phone stolen")
        assert (told.principal, told.actor) == ("users/ann", "dev:compliance")
        assert tried(desk, ann) == tried(desk, undated) == "UNAUTHENTICATED"
        time.sleep(1.3)
        assert tried(second, ann) == tried(second, undated) == "UNAUTHENTICATED"
        later = signer.token()
        assert [tried(each, token) for each in (desk, second) for token in (ben, later)] == [
            "OK"
        ] * 4
    event = desk.client.audit.get_event(name=told.event)
    assert (event.kind, event.reason, event.actor) == (
        *("tokens_revoked", "phone stolen", "dev:compliance"),
    )
    with serving(desk.server.dsn, token_keys=desk.server.data / "token.pub") as third:
        assert [tried(third, token) for token in (ann, later)] == ["UNAUTHENTICATED", "OK"]


def test_one_token_ends_by_its_id(desk: Desk, signer: Signer) -> None:
    first, second = signer.token(jti="a-1"), signer.token(jti="a-2")
    other = signer.token(jti="a-1", sub="users/ben")
    operator = desk.role("operator").access
    operator.revoke_tokens(principal="users/ann", token_id="a-1", reason="left in a log")
    assert [tried(desk, token) for token in (first, second, other)] == [
        *("UNAUTHENTICATED", "OK", "OK"),
    ]


def test_a_dry_run_ends_nothing_and_a_request_id_counts_once(desk: Desk, signer: Signer) -> None:
    token = signer.token(iat=past())
    access = desk.role("operator").access
    access.revoke_tokens(principal="users/ann", reason="only to see", validate_only=True)
    assert tried(desk, token) == "OK"
    first = access.revoke_tokens(principal="users/ann", reason="now", request_id="r-1")
    assert access.revoke_tokens(principal="users/ann", reason="now", request_id="r-1") == first
    assert len(list(desk.client.audit.list_events.iterate(kind="tokens_revoked"))) == 1


def test_who_ends_tokens_is_compliance_or_an_operator_and_says_why(desk: Desk) -> None:
    with pytest.raises(PermissionDenied):
        desk.role("finance").access.revoke_tokens(principal="users/ann", reason="no")
    with pytest.raises(InvalidArgument) as told:
        desk.role("operator").access.revoke_tokens()
    assert {field for field, _ in told.value.violations} == {"principal", "reason"}
    mine = desk.role("operator")
    mine.access.revoke_tokens(principal="dev:operator", reason="my laptop is gone")
    with pytest.raises(Unauthenticated, match="revoked"):
        mine.ledger.list_periods()
