"""How far a role may go: by amount, by product, for who asks and for who approves."""

from __future__ import annotations

from typing import Any

import pytest

from loanledger import PermissionDenied, date_of, new_request_id
from loanledger.v1 import approval_service_pb2 as pb
from tests.server.bad import cny
from tests.server.desk import Desk, pair
from tests.server.test_approvals import waits

Limit = pb.AuthorityLimit


def limited(desk: Desk, *limits: pb.AuthorityLimit, **more: Any) -> None:
    """Publishes a policy with these limits."""
    day = date_of("2024-01-15")
    policy = pb.ApprovalPolicy(title="Limits", effective_from=day, limits=limits, **more)
    desk.client.approvals.publish_approval_policy(policy=policy, reason="board of May")


def beyond(call: Any, **asked: Any) -> str:
    """Asks for what the caller's limits do not allow; what is told."""
    with pytest.raises(PermissionDenied) as told:
        call(**asked)
    assert told.value.reason == "BEYOND_AUTHORITY"
    return told.value.message


def test_a_write_off_beyond_the_limit_of_the_role_is_refused_and_the_widest_role_counts(
    desk: Desk,
) -> None:
    product = desk.publish()
    small, large = (desk.lent(product, amount) for amount in ("500", "500.01"))
    limited(
        desk,
        Limit(role="credit_officer", method="WriteOffLoan", most=[cny("500")]),
        Limit(role="finance", method="WriteOffLoan", most=[cny("5000")]),
    )
    officer, both = desk.role("credit_officer"), desk.role("credit_officer", "finance")
    told = beyond(officer.loans.write_off_loan, name=large, reason="lost")
    assert "CNY 500.01 is beyond the authority of credit_officer" in told
    assert "credit_officer at most CNY 500.00" in told
    beyond(officer.loans.write_off_loan, name=large, reason="lost", validate_only=True)
    officer.loans.write_off_loan(name=small, reason="lost")
    # An auditor's role does not widen it: it may not write off at all.
    beyond(desk.role("credit_officer", "auditor").loans.write_off_loan, name=large, reason="lost")
    both.loans.write_off_loan(name=large, reason="lost")
    assert desk.tied()


def test_an_officer_approves_loans_of_the_products_of_the_limit_only(desk: Desk) -> None:
    car, home = desk.publish("car"), desk.publish("home")
    limited(desk, Limit(role="credit_officer", method="ApproveLoan", products=["car"]))
    officer = desk.role("credit_officer")
    officer.loans.approve_loan(name=desk.applied(car, "900").name)
    told = beyond(officer.loans.approve_loan, name=desk.applied(home, "900").name)
    assert "credit_officer any amount of car" in told


def test_journals_of_a_batch_are_bounded_and_another_currency_has_no_room(desk: Desk) -> None:
    limited(desk, Limit(role="finance", method="PostJournal", most=[cny("100")]))
    ledger = desk.role("finance").ledger
    ledger.post_journal(entries=pair("100"))
    beyond(ledger.post_journal, entries=pair("100.01"))
    beyond(ledger.post_journal, entries=pair("0.01", "USD"))
    requests = [
        {"entries": pair(amount), "request_id": new_request_id()} for amount in ("5", "500")
    ]
    batch = ledger.batch_post_journals(requests=requests)
    assert batch.results[0].journal
    assert "beyond the authority of finance" in batch.results[1].error.message


def test_who_approves_is_bounded_too_and_limits_are_those_of_the_day_it_is_done(
    desk: Desk,
) -> None:
    loan = desk.lent(desk.publish(), "1200")
    rule = pb.ApprovalRule(method="WriteOffLoan", roles=["finance", "operator"])
    high = Limit(role="finance", method="WriteOffLoan", most=[cny("1000")])
    limited(desk, high, rules=[rule])
    maker = desk.role("credit_officer").loans
    name = waits(maker.write_off_loan, name=loan, reason="lost")
    beyond(desk.role("finance").approvals.approve_pending_command, name=name, reason="yes")
    low = Limit(role="credit_officer", method="WriteOffLoan", most=[cny("1")])
    limited(desk, high, low, rules=[rule])
    told = beyond(desk.role("operator").approvals.approve_pending_command, name=name, reason="y")
    assert "authority of credit_officer" in told
    limited(desk, rules=[rule])
    desk.role("operator").approvals.approve_pending_command(name=name, reason="yes")
    assert desk.tied()
