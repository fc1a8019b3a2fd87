"""Standing instructions: what falls due is taken on the day, once, with figures by hand."""

from __future__ import annotations

import pytest

from loanledger import FailedPrecondition, InvalidArgument, NotFound, minor, money
from loanledger.v1 import loan_service_pb2 as ln
from tests.promises.soundness import require_sound
from tests.server.desk import Desk


def repaid(desk: Desk, loan: str) -> list[ln.LoanTransaction]:
    listed = desk.client.loans.list_transactions.iterate(parent=loan)
    return [one for one in listed if one.kind == "repayment_recorded"]


def test_what_falls_due_is_taken_from_the_account_on_the_day(desk: Desk) -> None:
    loans = desk.client.loans
    loan = desk.lent(desk.publish(), "1200")
    told = loans.set_standing_instruction(name=loan, funds_account="2011", reason="mandate 7")
    assert (told.active, told.funds_account, told.HasField("limit")) == (True, "2011", False)
    assert loans.get_standing_instruction(name=loan) == told
    [first, *_] = loans.get_schedule(name=loan).instalments
    asked = minor(first.principal) + minor(first.interest)
    desk.go_to("2024-02-14")
    assert repaid(desk, loan) == []
    desk.go_to("2024-02-15")
    [taken] = repaid(desk, loan)
    assert minor(taken.amount) == asked
    assert (taken.value_date.month, taken.value_date.day) == (2, 15)
    assert desk.balances()["2011"] == asked
    [event] = desk.client.audit.list_events.iterate(subject=loan, kind="repayment_recorded")
    assert (event.actor, event.reason) == ("system:end-of-day", "standing instruction")
    desk.go_to("2024-03-14")
    assert len(repaid(desk, loan)) == 1
    desk.go_to("2024-03-15")
    assert len(repaid(desk, loan)) == 2
    assert desk.tied()
    require_sound(desk.server.dsn)


def test_a_limit_takes_less_and_the_rest_stays_due(desk: Desk) -> None:
    loans = desk.client.loans
    loan = desk.lent(desk.publish(), "1200")
    loans.set_standing_instruction(name=loan, funds_account="2011")
    loans.set_standing_instruction(name=loan, funds_account="1001", limit=money("50", "CNY"))
    desk.go_to("2024-02-20")
    [taken] = repaid(desk, loan)
    assert minor(taken.amount) == 5_000
    assert "2011" not in desk.balances()
    assert loans.get_loan(name=loan).days_past_due == 5
    require_sound(desk.server.dsn)


def test_an_instruction_ends_and_is_kept(desk: Desk) -> None:
    loans = desk.client.loans
    loan = desk.lent(desk.publish(), "1200")
    with pytest.raises(NotFound):
        loans.get_standing_instruction(name=loan)
    with pytest.raises(FailedPrecondition, match="no standing instruction"):
        loans.end_standing_instruction(name=loan)
    loans.set_standing_instruction(name=loan, funds_account="2011", request_id="mandate")
    ended = loans.end_standing_instruction(name=loan, reason="revoked")
    assert not ended.active
    assert loans.get_standing_instruction(name=loan) == ended
    again = loans.set_standing_instruction(name=loan, funds_account="2011", request_id="mandate")
    assert again.active
    assert not loans.get_standing_instruction(name=loan).active
    desk.go_to("2024-02-16")
    assert repaid(desk, loan) == []
    *_, last = desk.client.ledger.verify_ledger()
    assert (last.finished, last.differences) == (True, 0)


def test_an_account_of_loans_and_another_currency_are_refused(desk: Desk) -> None:
    loans = desk.client.loans
    loan = desk.lent(desk.publish(), "1200")
    for account in ("1303P", "9001", "7777", ""):
        with pytest.raises(InvalidArgument) as refused:
            loans.set_standing_instruction(name=loan, funds_account=account)
        assert [field for field, _ in refused.value.violations] == ["funds_account"]
    with pytest.raises(FailedPrecondition, match="currency is CNY"):
        loans.set_standing_instruction(name=loan, funds_account="2011", limit=money("5", "EUR"))
    loans.pay_off_loan(name=loan, amount=money("1200", "CNY"))
    with pytest.raises(FailedPrecondition, match="repaid"):
        loans.set_standing_instruction(name=loan, funds_account="2011")
