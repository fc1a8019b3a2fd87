"""Four eyes: what a policy names waits for others, and is done once, under its own request id."""

from __future__ import annotations

from typing import Any

import pytest

from loanledger import (
    AlreadyExists,
    Client,
    FailedPrecondition,
    InvalidArgument,
    PermissionDenied,
    date_of,
    new_request_id,
)
from loanledger.v1 import approval_service_pb2 as pb
from loanledger.v1 import common_pb2
from loanledger.v1 import ledger_service_pb2 as lg
from loanledger.v1 import loan_service_pb2 as ln
from tests.server.bad import cny
from tests.server.desk import BOOK, Desk, pair


def ruled(desk: Desk, *rules: pb.ApprovalRule, day: str = "2024-01-15") -> pb.ApprovalPolicy:
    """Publishes a policy with these rules."""
    policy = pb.ApprovalPolicy(title="Four eyes", effective_from=date_of(day), rules=rules)
    return desk.client.approvals.publish_approval_policy(policy=policy, reason="board of May")


def officers(desk: Desk) -> tuple[Client, Client, Client]:
    """A maker and two who may approve; an actor is named by its first role."""
    return desk.role("credit_officer"), desk.role("finance"), desk.role("operator", "finance")


def waits(call: Any, **asked: Any) -> str:
    """Asks for a command that must wait; the name of the pending command."""
    with pytest.raises(FailedPrecondition) as told:
        call(**asked)
    assert told.value.reason == "APPROVAL_PENDING"
    return told.value.facts["pending_command"]


WRITE_OFF = pb.ApprovalRule(method="WriteOffLoan", roles=["finance"])


def test_a_write_off_waits_for_a_second_person_and_is_done_once_as_its_maker_s(desk: Desk) -> None:
    maker, checker, _ = officers(desk)
    loan = desk.lent(desk.publish(), "1200")
    ruled(desk, WRITE_OFF)
    before, rows = desk.balances(), desk.written()
    asked = {"name": loan, "reason": "lost", "request_id": new_request_id()}
    name = waits(maker.loans.write_off_loan, **asked)
    assert waits(maker.loans.write_off_loan, **asked) == name
    assert desk.balances() == before
    assert desk.client.loans.get_loan(name=loan).status == ln.LOAN_STATUS_ACTIVE
    found = checker.approvals.get_pending_command(name=name)
    told = ln.WriteOffLoanRequest()
    assert found.request.Unpack(told)
    assert (told.name, told.reason) == (loan, "lost")
    assert (found.actor, found.state) == ("dev:credit_officer", pb.PENDING_STATE_WAITING)
    assert [*found.amounts] == [cny("1200")]
    assert {(c.field, c.before, c.after) for c in found.preview.changes} >= {
        ("status", "LOAN_STATUS_ACTIVE", "LOAN_STATUS_WRITTEN_OFF"),
        ("balance.principal", "CNY 1200.00", "CNY 0.00"),
        ("next_due", "2024-02-15", ""),
    }
    assert ("1303P", common_pb2.SIDE_CREDIT, cny("1200")) in [
        (entry.account, entry.side, entry.amount) for entry in found.preview.entries
    ]
    step = {"name": name, "reason": "checked", "request_id": new_request_id()}
    done = checker.approvals.approve_pending_command(**step)
    assert done.state == pb.PENDING_STATE_EXECUTED
    assert checker.approvals.approve_pending_command(**step) == done
    answer = maker.loans.write_off_loan(**asked)
    assert answer.loan.status == ln.LOAN_STATUS_WRITTEN_OFF
    assert maker.loans.write_off_loan(**asked) == answer
    (event,) = desk.client.audit.list_events.iterate(kind="loan_written_off")
    assert (event.actor, event.request_id) == ("dev:credit_officer", asked["request_id"])
    assert desk.rows("select approvals from ledger.event where kind = 'loan_written_off'") == [
        (["dev:finance"],)
    ]
    assert desk.written()[0] == rows[0] + 3
    assert desk.tied()


def test_nobody_approves_their_own_command_nor_without_the_role_nor_twice(desk: Desk) -> None:
    _, first, second = officers(desk)
    loan = desk.lent(desk.publish(), "1200")
    ruled(desk, pb.ApprovalRule(method="WriteOffLoan", roles=["finance"], approvals=2))
    both = desk.role("credit_officer", "finance")
    name = waits(both.loans.write_off_loan, name=loan, reason="lost")
    refused = [(both, "your own"), (desk.role("compliance"), "roles must decide: finance")]
    for who, text in refused:
        with pytest.raises(PermissionDenied, match=text):
            who.approvals.approve_pending_command(name=name, reason="me")
        with pytest.raises(PermissionDenied, match=text):
            who.approvals.reject_pending_command(name=name, reason="me")
    once = first.approvals.approve_pending_command(name=name, reason="yes")
    assert (once.state, len(once.approvals)) == (pb.PENDING_STATE_WAITING, 1)
    with pytest.raises(PermissionDenied, match="approved it already"):
        first.approvals.approve_pending_command(name=name, reason="yes again")
    assert desk.client.loans.get_loan(name=loan).status == ln.LOAN_STATUS_ACTIVE
    done = second.approvals.approve_pending_command(name=name, reason="yes too")
    assert done.state == pb.PENDING_STATE_EXECUTED
    assert [(one.actor, one.reason) for one in done.approvals] == [
        ("dev:finance", "yes"),
        ("dev:operator", "yes too"),
    ]
    assert desk.client.loans.get_loan(name=loan).status == ln.LOAN_STATUS_WRITTEN_OFF


def test_only_what_is_above_the_limit_of_its_currency_waits(desk: Desk) -> None:
    ruled(desk, pb.ApprovalRule(method="PostJournal", above=[cny("100")]))
    ledger = desk.role("finance").ledger
    ledger.post_journal(entries=pair("100"))
    name = waits(ledger.post_journal, entries=pair("100.01"))
    waits(ledger.post_journal, entries=pair("0.01", "USD"))
    batch = ledger.batch_post_journals(
        requests=[
            {"entries": pair("7"), "request_id": new_request_id()},
            {"entries": pair("700"), "request_id": new_request_id()},
        ]
    )
    assert batch.results[0].journal
    assert "ask for it by PostJournal" in batch.results[1].error.message
    desk.role("operator").approvals.approve_pending_command(name=name, reason="seen the invoice")
    assert desk.tied()
    journals = list(desk.client.ledger.list_journals.iterate())
    assert sorted(str(j.entries[0].amount.units) for j in journals) == ["100", "100", "7"]


def test_a_rejected_a_withdrawn_and_an_expired_command_are_never_done(desk: Desk) -> None:
    maker, checker, _ = officers(desk)
    ruled(desk, pb.ApprovalRule(method="WriteOffLoan", valid_days=2))
    loans = [desk.lent(desk.publish(f"p{n}"), "1200") for n in range(3)]
    asked = [{"name": loan, "reason": "lost", "request_id": new_request_id()} for loan in loans]
    names = [waits(maker.loans.write_off_loan, **one) for one in asked]
    with pytest.raises(PermissionDenied, match="only dev:credit_officer may withdraw"):
        checker.approvals.withdraw_pending_command(name=names[1], reason="?")
    checker.approvals.reject_pending_command(name=names[0], reason="no proof of loss")
    maker.approvals.withdraw_pending_command(name=names[1], reason="it was paid")
    desk.go_to("2024-01-18")
    states = ["rejected", "withdrawn", "expired"]
    for name, one, state in zip(names, asked, states, strict=True):
        for call, more in (
            (maker.loans.write_off_loan, one),
            (checker.approvals.approve_pending_command, {"name": name, "reason": "yes"}),
        ):
            with pytest.raises(FailedPrecondition, match=state) as told:
                call(**more)
            assert (told.value.reason, told.value.facts["state"]) == ("NOT_PENDING", state)
        found = desk.client.approvals.get_pending_command(name=name)
        assert found.state == pb.PendingState.Value(f"PENDING_STATE_{state.upper()}")
        listed = desk.client.approvals.list_pending_commands(state=found.state)
        assert [one.name for one in listed.pending_commands] == [name]
    assert not list(desk.client.audit.list_events.iterate(kind="loan_written_off"))
    # A new request id asks anew.
    waits(maker.loans.write_off_loan, name=loans[0], reason="lost, with proof")


def test_what_cannot_be_done_any_more_is_told_and_the_approval_is_not_recorded(desk: Desk) -> None:
    maker, checker, _ = officers(desk)
    loan = desk.lent(desk.publish(), "1200")
    ruled(desk, WRITE_OFF)
    name = waits(maker.loans.write_off_loan, name=loan, reason="lost")
    total = desk.client.loans.quote_payoff(name=loan).total
    desk.client.loans.pay_off_loan(name=loan, amount=total)
    rows = desk.written()
    assert "LOAN_STATUS" in checker.approvals.get_pending_command(name=name).preview.refusal
    with pytest.raises(FailedPrecondition) as told:
        checker.approvals.approve_pending_command(name=name, reason="yes")
    assert told.value.reason == "LOAN_STATUS"
    assert desk.written() == rows
    assert desk.tied()


def test_another_content_under_the_request_id_of_a_waiting_command_is_refused(desk: Desk) -> None:
    maker, *_ = officers(desk)
    loan = desk.lent(desk.publish(), "1200")
    ruled(desk, WRITE_OFF)
    asked = {"name": loan, "request_id": new_request_id()}
    waits(maker.loans.write_off_loan, reason="lost", **asked)
    for client, reason in ((maker, "stolen"), (desk.role("finance"), "lost")):
        with pytest.raises(AlreadyExists, match="was used before") as told:
            client.loans.write_off_loan(reason=reason, **asked)
        assert told.value.reason == "REQUEST_ID_REUSED"


def test_the_policy_itself_and_a_period_are_opened_by_two(desk: Desk) -> None:
    compliance = desk.role("compliance")
    ruled(
        desk,
        pb.ApprovalRule(method="PublishApprovalPolicy", roles=["operator"]),
        pb.ApprovalRule(method="ReopenPeriod"),
        pb.ApprovalRule(method="PublishProduct"),
    )
    policy = pb.ApprovalPolicy(title="None", effective_from=date_of("2024-01-15"))
    name = waits(compliance.approvals.publish_approval_policy, policy=policy)
    desk.go_to("2024-02-02")
    finance = desk.role("finance")
    finance.ledger.close_period(name=f"{BOOK}/periods/2024-01")
    opening = waits(
        finance.ledger.reopen_period, name=f"{BOOK}/periods/2024-01", reason="a late invoice"
    )
    desk.role("operator").approvals.approve_pending_command(name=opening, reason="yes")
    assert desk.client.ledger.list_periods().periods[0].state == lg.PERIOD_STATE_OPEN
    with pytest.raises(FailedPrecondition, match="expired"):
        desk.role("operator").approvals.approve_pending_command(name=name, reason="late")
    name = waits(
        desk.client.approvals.publish_approval_policy,
        policy=pb.ApprovalPolicy(title="None", effective_from=date_of("2024-02-02")),
    )
    desk.role("operator").approvals.approve_pending_command(name=name, reason="agreed")
    assert (
        desk.client.approvals.get_approval_policy(name=f"{BOOK}/approvalPolicies/current").version
        == 2
    )
    desk.publish("free")


def test_a_policy_is_checked_and_begins_on_its_day(desk: Desk) -> None:
    with pytest.raises(InvalidArgument) as told:
        ruled(
            desk,
            pb.ApprovalRule(method="CreateParty"),
            pb.ApprovalRule(method="WriteOffLoan", roles=["boss"], approvals=9, valid_days=-1),
            pb.ApprovalRule(method="WriteOffLoan", above=[cny("1"), cny("2")]),
        )
    fields = {field for field, _ in told.value.violations}
    assert fields >= {
        "policy.rules[1].roles[0]",
        "policy.rules[1].approvals",
        "policy.rules[1].valid_days",
        "policy.rules[2].above[1]",
    }
    with pytest.raises(InvalidArgument) as told:
        ruled(desk, pb.ApprovalRule(method="CreateParty"), WRITE_OFF, WRITE_OFF)
    assert {field for field, _ in told.value.violations} == {
        "policy.rules[0].method",
        "policy.rules[2].method",
    }
    with pytest.raises(FailedPrecondition, match="2024-01-15 at the earliest"):
        ruled(desk, WRITE_OFF, day="2024-01-14")
    ruled(desk, WRITE_OFF, day="2024-01-17")
    loan, other = (desk.lent(desk.publish(code), "1200") for code in ("a", "b"))
    desk.role("credit_officer").loans.write_off_loan(name=loan, reason="before its day")
    desk.go_to("2024-01-17")
    waits(desk.role("credit_officer").loans.write_off_loan, name=other, reason="on its day")
    assert [one.version for one in desk.client.approvals.list_approval_policies.iterate()] == [1]


def test_waiting_commands_leave_the_book_whole_and_proven(desk: Desk) -> None:
    maker, checker, _ = officers(desk)
    loan = desk.lent(desk.publish(), "1200")
    ruled(desk, WRITE_OFF)
    names = [waits(maker.loans.write_off_loan, name=loan, reason=f"lost {n}") for n in range(2)]
    checker.approvals.approve_pending_command(name=names[0], reason="yes")
    steps = list(desk.client.ledger.verify_ledger())
    assert [one for step in steps for one in step.found] == []
    desk.rows("alter table ledger.pending_command disable trigger all")
    desk.rows("update ledger.pending_command set state = 'waiting' where state = 'executed'")
    steps = list(desk.client.ledger.verify_ledger())
    (found,) = [one for step in steps for one in step.found]
    assert found.figure == "pending command"
    assert found.stored.startswith("waiting dev:finance yes")
    assert found.computed.startswith("executed dev:finance yes")
