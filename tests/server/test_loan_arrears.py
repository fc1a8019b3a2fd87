"""A loan in arrears, corrected and lost: late fee, penalty, backdating, reversal, write-off.

EUR 1,200 at 6 % over 12 months from 15 January 2024: instalment 103.28, of which 6.00 interest.
Unpaid on 15 February, there are 15 days later, on 1 March, a fee of 10.00 (after 5 days' grace),
penalty 97.28 x 12 % x 15/365 = 0.4797 and interest 6.00 + 1102.72 x 0.5 % x 15/29 = 2.8519.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from google.type import money_pb2

from loanledger import FailedPrecondition, date_of, decimal_, minor, money
from loanledger.v1 import loan_service_pb2 as ln
from tests.server.desk import Desk, parts

LATE = {"principal": 120000, "interest": 885, "fee": 1000, "penalty": 48}
ON_TIME = {"principal": 110272, "interest": 285}


def eur(text: str) -> money_pb2.Money:
    return money(text, "EUR")


def account(desk: Desk, code: str) -> int:
    """Debits less credits."""
    return sum(minor(b.net) for b in desk.client.ledger.list_balances(accounts=[code]).balances)


@pytest.fixture
def late(desk: Desk) -> str:
    """The loan on 1 March, its first instalment unpaid."""
    product = desk.publish(
        "strict",
        "EUR",
        late_fee=eur("10"),
        late_fee_grace_days=5,
        penalty_rate=decimal_("0.12"),
    )
    name = desk.lent(product, "1200", "EUR")
    desk.go_to("2024-03-01")
    return name


def test_the_fee_comes_after_its_grace_and_the_penalty_day_by_day(desk: Desk) -> None:
    product = desk.publish(
        "strict", "EUR", late_fee=eur("10"), late_fee_grace_days=5, penalty_rate=decimal_("0.12")
    )
    name = desk.lent(product, "1200", "EUR")
    desk.go_to("2024-02-20")
    loan = desk.client.loans.get_loan(name=name)
    # Five days: 97.28 x 12 % x 5/365 = 0.1599; 1102.72 x 0.5 % x 5/29 = 0.9506.
    assert parts(loan.balance) == {"principal": 120000, "interest": 695, "penalty": 16}
    assert (loan.days_past_due, minor(loan.overdue)) == (5, 10328)
    desk.go_to("2024-02-21")
    assert parts(desk.client.loans.get_loan(name=name).balance)["fee"] == 1000
    desk.go_to("2024-03-01")
    assert parts(desk.client.loans.get_loan(name=name).balance) == LATE
    assert desk.tied()


def test_late_money_goes_to_penalty_fee_interest_principal(desk: Desk, late: str) -> None:
    done = desk.client.loans.repay_loan(name=late, amount=eur("120"))
    assert parts(done.transaction.allocation) == {
        "penalty": 48,
        "fee": 1000,
        "interest": 600,
        "principal": 9728,
        "credit": 624,
    }
    assert (done.loan.days_past_due, minor(done.loan.overdue)) == (0, 0)
    desk.go_to("2024-03-15")
    # The credit pays the second instalment's interest (5.51), then principal.
    left = {"principal": 110272 - 73}
    assert parts(desk.client.loans.get_loan(name=late).balance) == left
    assert desk.tied()


def test_money_that_came_in_time_undoes_fee_and_penalty_when_it_is_booked_late(
    desk: Desk, late: str
) -> None:
    loans = desk.client.loans
    done = loans.repay_loan(name=late, amount=eur("103.28"), value_date=date_of("2024-02-15"))
    assert parts(done.transaction.allocation) == {"interest": 600, "principal": 9728}
    assert done.transaction.posting_date == date_of("2024-03-01")
    assert parts(done.loan.balance) == ON_TIME
    assert account(desk, "6021") == 0
    assert account(desk, "6051") == 0
    assert desk.tied()
    desk.go_to("2024-03-15")
    assert parts(loans.get_loan(name=late).balance) == {"principal": 110272, "interest": 551}
    assert desk.tied()


def test_a_reversal_brings_back_what_would_have_been(desk: Desk, late: str) -> None:
    loans = desk.client.loans
    paid = loans.repay_loan(name=late, amount=eur("103.28"), value_date=date_of("2024-02-15"))
    undone = loans.reverse_loan_event(event=paid.transaction.event, reason="bounced")
    assert parts(undone.loan.balance) == LATE
    assert undone.transaction.reverses == paid.transaction.event
    assert desk.tied()
    with pytest.raises(FailedPrecondition) as caught:
        loans.reverse_loan_event(event=paid.transaction.event, reason="again")
    assert caught.value.reason == "ALREADY_REVERSED"
    with pytest.raises(FailedPrecondition, match="is itself a reversal"):
        loans.reverse_loan_event(event=undone.transaction.event, reason="undo the undo")
    found = {t.event: t for t in loans.list_transactions(parent=late).transactions}
    assert found[paid.transaction.event].reversed_by == undone.transaction.event


def test_a_disbursement_stands_while_a_repayment_builds_on_it(desk: Desk, late: str) -> None:
    loans = desk.client.loans
    paid = loans.repay_loan(name=late, amount=eur("1"))
    events = loans.list_transactions(parent=late).transactions
    payout = next(t.event for t in events if t.kind == "disbursement_recorded")
    with pytest.raises(FailedPrecondition, match="later events build on it"):
        loans.reverse_loan_event(event=payout, reason="wrong account")
    loans.reverse_loan_event(event=paid.transaction.event, reason="wrong account")
    done = loans.reverse_loan_event(event=payout, reason="wrong account")
    assert done.loan.status == ln.LOAN_STATUS_APPROVED
    assert parts(done.loan.balance) == {}
    assert desk.tied()
    for code in ("1001", "1132", "1133", "1134", "1303P", "6011", "6021", "6051"):
        assert account(desk, code) == 0


def test_fee_penalty_and_interest_may_be_waived_together(desk: Desk, late: str) -> None:
    done = desk.client.loans.waive_loan(
        name=late, fee=eur("10"), penalty=eur("0.48"), interest=eur("6"), reason="ill"
    )
    assert parts(done.loan.balance) == {"principal": 120000, "interest": 285}
    assert parts(done.transaction.allocation) == {"interest": 600, "fee": 1000, "penalty": 48}
    assert account(desk, "6702") == 1648
    assert desk.tied()


def test_what_is_written_off_is_kept_in_mind_and_recovered_up_to_it(desk: Desk, late: str) -> None:
    loans = desk.client.loans
    lost = loans.write_off_loan(name=late, reason="bankrupt")
    total = sum(LATE.values())
    assert parts(lost.loan.balance) == {"written_off": total} == {"written_off": 121933}
    assert (account(desk, "6702"), account(desk, "9001")) == (total, total)
    desk.go_to("2024-04-20")
    assert parts(loans.get_loan(name=late).balance) == {"written_off": total}
    got = loans.record_recovery(name=late, amount=eur("219.33"))
    assert parts(got.loan.balance) == {"written_off": 100000}
    assert account(desk, "6301") == -21933
    with pytest.raises(FailedPrecondition) as caught:
        loans.record_recovery(name=late, amount=eur("1000.01"))
    assert caught.value.facts == {"limit": "1000.00"}
    with pytest.raises(FailedPrecondition, match="later events build on it"):
        loans.reverse_loan_event(event=lost.transaction.event, reason="found")
    loans.reverse_loan_event(event=got.transaction.event, reason="another's money")
    back = loans.reverse_loan_event(event=lost.transaction.event, reason="found")
    assert back.loan.status == ln.LOAN_STATUS_ACTIVE
    assert back.loan.days_past_due == 65
    assert account(desk, "9001") == 0
    assert desk.tied()


def test_a_loan_of_which_the_loss_was_recovered_closes(desk: Desk, late: str) -> None:
    loans = desk.client.loans
    loans.write_off_loan(name=late, reason="bankrupt")
    assert parts(loans.record_recovery(name=late, amount=eur("1219.33")).loan.balance) == {}
    assert loans.close_loan(name=late).loan.status == ln.LOAN_STATUS_CLOSED
    assert desk.tied()


_ACTS: list[Callable[[Desk, str, Any], Any]] = [
    lambda desk, name, day: desk.client.loans.repay_loan(
        name=name, amount=eur("30"), value_date=day
    ),
    lambda desk, name, day: desk.client.loans.charge_loan(
        name=name, amount=eur("5"), value_date=day
    ),
    lambda desk, name, day: desk.client.loans.pay_off_loan(
        name=name, amount=eur("1300"), value_date=day
    ),
    lambda desk, name, day: desk.client.loans.write_off_loan(
        name=name, reason="lost", value_date=day
    ),
]


@pytest.mark.parametrize("act", range(len(_ACTS)))
@pytest.mark.parametrize("text", ["2024-01-15", "2024-02-15", "2024-02-20", "2024-02-29"])
def test_any_backdated_act_and_its_reversal_leave_books_that_tie(
    desk: Desk, late: str, act: int, text: str
) -> None:
    done = _ACTS[act](desk, late, date_of(text))
    assert desk.tied()
    back = desk.client.loans.reverse_loan_event(event=done.transaction.event, reason="typo")
    assert parts(back.loan.balance) == LATE
    assert desk.tied()


def test_a_correction_of_a_closed_month_is_posted_in_the_open_one(desk: Desk, late: str) -> None:
    desk.client.ledger.close_period(name="books/main/periods/2024-01")
    desk.client.ledger.close_period(name="books/main/periods/2024-02")
    february = date_of("2024-02-29")
    before = desk.client.ledger.get_trial_balance(posting_date=february)
    done = desk.client.loans.repay_loan(
        name=late, amount=eur("103.28"), value_date=date_of("2024-02-15")
    )
    assert done.transaction.value_date == date_of("2024-02-15")
    assert done.transaction.posting_date == date_of("2024-03-01")
    assert desk.client.ledger.get_trial_balance(posting_date=february) == before
    event = done.transaction.event.rsplit("/", 1)[1]
    corrected = [
        j for j in desk.client.ledger.list_journals(loan=late).journals
        if j.event.endswith(event) and j.corrects
    ]  # fmt: skip
    assert {date_of("2024-02-21").day} <= {j.value_date.day for j in corrected}
    assert desk.tied()
