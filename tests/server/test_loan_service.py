"""The life of a loan over a real socket, its figures from the vectors or worked out by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from loanledger import FailedPrecondition, date_of, decimal_, minor, money
from loanledger.v1 import loan_service_pb2 as ln
from tests.server.bad import cny
from tests.server.desk import BOOK, Desk, allocation, parts

VECTORS = Path(__file__).resolve().parents[1] / "vectors" / "data" / "schedules.json"
CASES = json.loads(VECTORS.read_text(encoding="utf-8"))["cases"]
TEXTBOOK = next(case for case in CASES if case["id"] == "SCH-S-01")


def balance(desk: Desk, name: str) -> dict[str, int]:
    return parts(desk.client.loans.get_loan(name=name).balance)


def rows_of(schedule: ln.Schedule) -> list[list[Any]]:
    """Rows as the vectors have them."""
    return [
        [
            row.number,
            f"{row.due.year}-{row.due.month:02}-{row.due.day:02}",
            *map(minor, (row.opening, row.principal, row.interest, row.total, row.closing)),
        ]
        for row in schedule.instalments
    ]


def test_a_loan_that_is_paid_as_quoted_ends_at_nothing(desk: Desk) -> None:
    product, loans = desk.publish(), desk.client.loans
    quote = loans.quote_schedule(
        product=product,
        amount=cny("12000"),
        annual_rate=decimal_("0.06"),
        instalments=12,
        start=date_of("2024-01-15"),
    )
    assert rows_of(quote) == TEXTBOOK["rows"]
    assert minor(quote.total_interest) == TEXTBOOK["totals"]["interest"]
    assert minor(quote.total) == TEXTBOOK["totals"]["paid"]
    name = desk.lent(product, "12000")
    assert rows_of(loans.get_schedule(name=name)) == TEXTBOOK["rows"]
    for no, due, _, principal, interest, _, closing in TEXTBOOK["rows"]:
        desk.go_to(due)
        total = loans.get_schedule(name=name).instalments[no - 1].total
        done = loans.repay_loan(name=name, amount=total)
        assert parts(done.transaction.allocation) == {"principal": principal, "interest": interest}
        assert parts(done.loan.balance) == ({"principal": closing} if closing else {})
    assert done.loan.status == ln.LOAN_STATUS_REPAID
    assert loans.close_loan(name=name).loan.status == ln.LOAN_STATUS_CLOSED
    assert desk.tied()


def test_an_application_is_approved_for_less_and_paid_out_in_tranches(desk: Desk) -> None:
    loans, product = desk.client.loans, desk.publish()
    asked = desk.applied(product, "1500")
    assert asked.status == ln.LOAN_STATUS_APPLIED
    done = loans.approve_loan(name=asked.name, amount=cny("1200"))
    assert (done.loan.status, done.transaction.kind) == (ln.LOAN_STATUS_APPROVED, "loan_approved")
    first = loans.disburse_loan(name=asked.name, amount=cny("500"))
    assert (minor(first.loan.disbursed), parts(first.loan.balance)) == (50000, {"principal": 50000})
    desk.go_to("2024-01-31")
    second = loans.disburse_loan(name=asked.name)
    # 500 x 0.5 % x 16/31 days = 1.29.
    assert parts(second.loan.balance) == {"principal": 120000, "interest": 129}
    desk.go_to("2024-02-15")
    # and 1200 x 0.5 % x 15/31 days more: 4.1935.
    row = loans.get_schedule(name=asked.name).instalments[0]
    assert minor(row.interest) == 419
    assert balance(desk, asked.name) == {"principal": 120000, "interest": 419}
    assert desk.tied()


def test_early_money_is_held_and_pays_the_instalment_on_its_due_date(desk: Desk) -> None:
    name = desk.lent(desk.publish(), "1200")
    desk.go_to("2024-02-01")
    done = desk.client.loans.repay_loan(name=name, amount=cny("103.28"))
    assert parts(done.transaction.allocation) == {"credit": 10328}
    desk.go_to("2024-02-15")
    assert balance(desk, name) == {"principal": 110272}
    kinds = [t.kind for t in desk.client.loans.list_transactions(parent=name).transactions]
    assert kinds[-1] == "credit_application_recorded"
    assert desk.tied()


def test_a_part_pays_interest_before_principal_and_too_much_is_held(desk: Desk) -> None:
    name, loans = desk.lent(desk.publish(), "1200"), desk.client.loans
    desk.go_to("2024-02-15")
    part = loans.repay_loan(name=name, amount=cny("50"))
    assert parts(part.transaction.allocation) == {"interest": 600, "principal": 4400}
    assert (part.loan.days_past_due, minor(part.loan.overdue)) == (0, 0)
    over = loans.repay_loan(name=name, amount=cny("100"))
    assert parts(over.transaction.allocation) == {"principal": 5328, "credit": 4672}
    assert parts(over.loan.balance) == {"principal": 110272, "credit": 4672}
    back = loans.refund_credit(name=name, amount=cny("6.72"))
    assert parts(back.loan.balance) == {"principal": 110272, "credit": 4000}
    assert parts(loans.refund_credit(name=name).loan.balance) == {"principal": 110272}
    assert desk.tied()


def test_a_prepayment_lowers_the_instalment_where_the_product_says_so(desk: Desk) -> None:
    name = desk.lent(desk.publish(allocation=allocation("REDUCE_INSTALMENT")), "1200")
    desk.go_to("2024-02-15")
    done = desk.client.loans.repay_loan(name=name, amount=cny("603.28"))
    assert parts(done.transaction.allocation) == {"interest": 600, "principal": 59728}
    # 602.72 over 11 months at 0.5 %: 56.4502.
    rows = rows_of(desk.client.loans.get_schedule(name=name))
    assert rows[1] == [2, "2024-03-15", 60272, 5344, 301, 5645, 54928]
    assert len(rows) == 12
    assert rows[-1][-1] == 0
    assert desk.tied()


def test_a_quoted_payoff_settles_the_loan_and_a_surplus_goes_back(desk: Desk) -> None:
    name, loans = desk.lent(desk.publish(), "1200"), desk.client.loans
    desk.go_to("2024-02-15")
    loans.repay_loan(name=name, amount=cny("103.28"))
    desk.go_to("2024-03-01")
    # 1102.72 x 0.5 % x 15/29 days = 2.8519; x 24/29 = 4.5630.
    quote = loans.quote_payoff(name=name)
    assert [minor(x) for x in (quote.principal, quote.interest, quote.total)] == [
        110272,
        285,
        110557,
    ]
    ahead = loans.quote_payoff(name=name, value_date=date_of("2024-03-10"))
    assert minor(ahead.total) == 110272 + 456
    with pytest.raises(FailedPrecondition, match=r"1105\.57"):
        loans.pay_off_loan(name=name, amount=cny("1105.56"))
    done = loans.pay_off_loan(name=name, amount=cny("1110"))
    assert parts(done.transaction.allocation) == {
        "principal": 110272,
        "interest": 285,
        "credit": 443,
    }
    assert done.loan.status == ln.LOAN_STATUS_REPAID
    with pytest.raises(FailedPrecondition) as caught:
        loans.close_loan(name=name)
    assert caught.value.reason == "INSUFFICIENT_BALANCE"
    assert parts(loans.refund_credit(name=name).loan.balance) == {}
    assert loans.close_loan(name=name).loan.status == ln.LOAN_STATUS_CLOSED
    assert desk.tied()


def test_a_charge_is_owed_and_may_be_waived_never_by_more(desk: Desk) -> None:
    name, loans = desk.lent(desk.publish(), "1200"), desk.client.loans
    done = loans.charge_loan(name=name, amount=cny("25"), reason="copy of the contract")
    assert parts(done.transaction.allocation) == {"fee": 2500}
    with pytest.raises(FailedPrecondition) as caught:
        loans.waive_loan(name=name, fee=cny("25.01"), reason="goodwill")
    assert caught.value.reason == "AMOUNT_EXCEEDED"
    done = loans.waive_loan(name=name, fee=cny("20"), reason="goodwill")
    assert parts(done.transaction.allocation) == {"fee": 2000}
    assert parts(done.loan.balance) == {"principal": 120000, "fee": 500}
    assert desk.tied()


@pytest.mark.parametrize(
    ("currency", "amount", "level", "interest"),
    [("CNY", "1200", 10328, 600), ("EUR", "1200", 10328, 600), ("JPY", "120000", 10328, 600),
     ("KWD", "120.000", 10328, 600)],
)  # fmt: skip
def test_a_loan_lives_in_the_minor_unit_of_its_currency(
    desk: Desk, currency: str, amount: str, level: int, interest: int
) -> None:
    name, loans = desk.lent(desk.publish("any", currency), amount, currency), desk.client.loans
    desk.go_to("2024-02-15")
    row = loans.get_schedule(name=name).instalments[0]
    assert (minor(row.total), minor(row.interest)) == (level, interest)
    assert row.total.currency_code == currency
    loans.repay_loan(name=name, amount=row.total)
    quote = loans.quote_payoff(name=name)
    assert loans.pay_off_loan(name=name, amount=quote.total).loan.status == ln.LOAN_STATUS_REPAID
    assert desk.tied()


def test_all_currencies_share_a_book_and_each_balances(desk: Desk) -> None:
    given = {"CNY": "1200", "EUR": "1200", "JPY": "120000", "KWD": "120"}
    names = [desk.lent(desk.publish(c.lower(), c), amount, c) for c, amount in given.items()]
    desk.go_to("2024-02-16")
    for name, currency in zip(names, given, strict=True):
        desk.client.loans.repay_loan(name=name, amount=money("7", currency))
    trial = desk.client.reports.get_trial_balance()
    assert [total.currency_code for total in trial.debit] == sorted(given)
    assert [minor(total) for total in trial.debit] == [minor(total) for total in trial.credit]
    assert desk.tied()


def test_a_dry_run_answers_like_the_act_and_leaves_nothing(desk: Desk) -> None:
    name, loans = desk.lent(desk.publish(), "1200"), desk.client.loans
    before = desk.written()
    dry = loans.repay_loan(name=name, amount=cny("10"), validate_only=True)
    assert desk.written() == before
    wet = loans.repay_loan(name=name, amount=cny("10"))
    assert dry.loan.balance == wet.loan.balance
    assert dry.transaction.allocation == wet.transaction.allocation
    assert dry.transaction.event == wet.transaction.event


def test_the_same_request_again_gets_the_same_answer_and_posts_once(desk: Desk) -> None:
    name, loans = desk.lent(desk.publish(), "1200"), desk.client.loans
    first = loans.repay_loan(name=name, amount=cny("10"), request_id="once")
    before = desk.written()
    desk.go_to("2024-01-17")
    again = loans.repay_loan(name=name, amount=cny("10"), request_id="once")
    assert again.SerializeToString() == first.SerializeToString()
    assert desk.written()[3:] == before[3:]
    assert balance(desk, name)["credit"] == 1000
    assert first.transaction.event.startswith(f"{BOOK}/events/")
