"""LoanService, the questions: lists, transactions, schedules and statements."""

from __future__ import annotations

import pytest
from google.type import money_pb2

from loanledger import NotFound, date_of, decimal_, minor, to_date
from loanledger.v1 import common_pb2
from loanledger.v1 import loan_service_pb2 as ln
from tests.server.bad import cny
from tests.server.desk import BOOK, Desk


def owed(loan: ln.Loan) -> int:
    """All that is owed less what is held, in minor units."""
    found = loan.balance
    held = minor(found.credit)
    return sum(map(minor, (found.principal, found.interest, found.fee, found.penalty))) - held


@pytest.fixture
def busy(desk: Desk) -> str:
    """A loan to which about everything happened."""
    product = desk.publish(late_fee=cny("10"), late_fee_grace_days=5, penalty_rate=decimal_("0.12"))
    name, loans = desk.lent(product, "1200"), desk.client.loans
    desk.go_to("2024-03-01")
    paid = loans.repay_loan(name=name, amount=cny("50"), reference="P-1")
    loans.repay_loan(name=name, amount=cny("60"), value_date=date_of("2024-02-10"))
    loans.reverse_loan_event(event=paid.transaction.event, reason="bounced")
    loans.charge_loan(name=name, amount=cny("7"), value_date=date_of("2024-02-20"))
    desk.go_to("2024-04-02")
    loans.waive_loan(name=name, fee=cny("7"), reason="goodwill")
    loans.repay_loan(name=name, amount=cny("400"))
    return name


def test_a_statement_adds_up_line_by_line_to_the_loan_s_balance(desk: Desk, busy: str) -> None:
    statement = desk.client.loans.get_statement(name=busy)
    assert minor(statement.opening_balance) == 0
    running = 0
    for line in statement.lines:
        moved = line.movement
        running += sum(map(minor, (moved.principal, moved.interest, moved.fee, moved.penalty)))
        running -= minor(moved.credit)
        assert minor(line.balance) == running
    loan = desk.client.loans.get_loan(name=busy)
    loan.ClearField("disclosure")  # only GetLoan tells it
    assert statement.loan == loan
    assert minor(statement.closing_balance) == running == owed(loan)
    assert desk.tied()


def test_a_part_of_a_statement_opens_where_the_part_before_it_closed(desk: Desk, busy: str) -> None:
    loans, close = desk.client.loans, money_pb2.Money(currency_code="CNY")
    for first, last in (
        ("2024-01-01", "2024-01-31"),
        ("2024-02-01", "2024-02-29"),
        ("2024-03-01", "2024-03-01"),
        ("2024-03-02", "2024-04-02"),
    ):
        dates = common_pb2.DateRange(start=date_of(first), end=date_of(last))
        part = loans.get_statement(name=busy, posting_date=dates)
        assert part.opening_balance == close
        assert all(first <= str(to_date(line.posting_date)) <= last for line in part.lines)
        close = part.closing_balance
    assert close == loans.get_statement(name=busy).closing_balance


def test_a_statement_to_a_day_closes_with_what_was_owed_that_evening(desk: Desk) -> None:
    name = desk.lent(desk.publish(), "1200")
    desk.go_to("2024-02-15")
    dates = common_pb2.DateRange(end=date_of("2024-01-24"))
    part = desk.client.loans.get_statement(name=name, posting_date=dates)
    # Ten nights of 6.00 / 31: 1.9355.
    assert minor(part.closing_balance) == 120000 + 194


def test_transactions_are_told_as_they_were_booked_page_by_page(desk: Desk, busy: str) -> None:
    found = list(desk.client.loans.list_transactions.iterate(parent=busy, page_size=2))
    whole = desk.client.loans.list_transactions(parent=busy).transactions
    assert [t.event for t in found] == [t.event for t in whole]
    kinds = [t.kind for t in found]
    assert kinds[:3] == ["loan_opened", "loan_approved", "disbursement_recorded"]
    assert kinds.count("repayment_recorded") == 3
    paid = next(t for t in found if t.reference == "P-1")
    undo = next(t for t in found if t.kind == "loan_event_reversed")
    assert (paid.reversed_by, undo.reverses) == (undo.event, paid.event)
    assert (minor(paid.amount), undo.reason) == (5000, "bounced")


def test_loans_are_found_by_what_they_are(desk: Desk) -> None:
    loans, plain, other = desk.client.loans, desk.publish(), desk.publish("other")
    applied = desk.applied(plain, "5").name
    approved = desk.approved(other, "1200")
    active = [desk.lent(plain, "1200") for _ in range(3)]
    party = loans.get_loan(name=active[0]).party
    tagged = loans.open_loan(
        party=party, product=plain, amount=cny("5"), annual_rate=decimal_("0.06"), instalments=1,
        reference="C-7",
    ).name  # fmt: skip

    def names(**asked: object) -> set[str]:
        found = [loan.name for loan in loans.list_loans.iterate(page_size=2, **asked)]
        assert len(found) == len(set(found))
        return set(found)

    assert names() == {applied, approved, tagged, *active}
    assert names(status=ln.LOAN_STATUS_ACTIVE) == set(active)
    assert names(status=ln.LOAN_STATUS_APPROVED) == {approved}
    assert names(product="other") == {approved}
    assert names(party=party) == {active[0], tagged}
    assert names(reference="C-7") == {tagged}
    assert names(reference="%") == set()
    desk.go_to("2024-02-25")
    loans.repay_loan(name=active[1], amount=cny("103.28"))
    assert names(min_days_past_due=10) == {active[0], active[2]}
    assert names(min_days_past_due=11) == set()
    with pytest.raises(NotFound):
        loans.get_loan(name=f"{BOOK}/loans/000-000000000000")


def test_an_undisbursed_loan_shows_the_schedule_that_it_would_have(desk: Desk) -> None:
    loan = desk.applied(desk.publish(), "12000")
    asked = desk.client.loans.get_schedule(name=loan.name)
    quote = desk.client.loans.quote_schedule(
        product=loan.product,
        amount=loan.amount,
        annual_rate=loan.annual_rate,
        instalments=12,
        start=date_of("2024-01-15"),
    )
    assert asked == quote
    desk.client.loans.approve_loan(name=loan.name, amount=cny("6000"))
    assert minor(desk.client.loans.get_schedule(name=loan.name).total_principal) == 600000


def test_a_first_due_date_makes_the_first_period_a_stub(desk: Desk) -> None:
    quote = desk.client.loans.quote_schedule(
        product=desk.publish(),
        amount=cny("1200"),
        annual_rate=decimal_("0.06"),
        instalments=12,
        start=date_of("2024-01-15"),
        first_due=date_of("2024-03-01"),
    )
    first, second = quote.instalments[:2]
    # 46 days: 1200 x 6 % x 46/365 = 9.0740.
    assert (minor(first.interest), first.due) == (907, date_of("2024-03-01"))
    assert second.due == date_of("2024-04-01")


@pytest.mark.parametrize(("start", "dues"), [
    ("2024-01-31", ["2024-02-29", "2024-03-31", "2024-04-30"]),
    ("2023-01-31", ["2023-02-28", "2023-03-31", "2023-04-30"]),
    ("2024-02-29", ["2024-03-29", "2024-04-29", "2024-05-29"]),
])  # fmt: skip
def test_month_ends_stay_month_ends_over_fifty_years(
    desk: Desk, start: str, dues: list[str]
) -> None:
    quote = desk.client.loans.quote_schedule(
        product=desk.publish(max_instalments=600),
        amount=cny("1000000"),
        annual_rate=decimal_("0.06"),
        instalments=600,
        start=date_of(start),
    )
    assert [str(to_date(row.due)) for row in quote.instalments[:3]] == dues
    assert minor(quote.total_principal) == 100_000_000
    assert minor(quote.instalments[-1].closing) == 0
    assert to_date(quote.instalments[-1].due).year == int(start[:4]) + 50
