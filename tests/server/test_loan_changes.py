"""Changes of the contract over gRPC: rates, dates, term, arrears, borrower; and the books tie."""

from __future__ import annotations

from itertools import count

import pytest

from loanledger import FailedPrecondition, date_of, decimal_, minor, to_date
from loanledger.v1 import loan_service_pb2 as ln
from loanledger.v1.product_service_pb2 import Frequency
from tests.server.desk import Desk, parts


def dues(desk: Desk, name: str) -> list[str]:
    rows = desk.client.loans.get_schedule(name=name).instalments
    return [str(to_date(row.due)) for row in rows]


@pytest.fixture
def running(desk: Desk) -> str:
    """A loan of twelve months, one of them unpaid and past due."""
    name = desk.lent(desk.publish(), "1200")
    desk.go_to("2024-02-20")
    return name


def test_the_rate_changes_by_contract_and_by_index_and_the_agreed_one_stays_known(
    desk: Desk, running: str
) -> None:
    loans = desk.client.loans
    level = loans.get_schedule(name=running).instalments[5].total
    kept = loans.change_rate(name=running, annual_rate=decimal_("0.09"), keep_instalment=True)
    assert kept.transaction.details["rate"] == "9/100"
    assert loans.get_schedule(name=running).instalments[5].total == level
    reset = loans.reset_index_rate(
        name=running,
        annual_rate=decimal_("0.045"),
        index="LPR-1Y",
        fixing_date=date_of("2024-02-20"),
    )
    assert (reset.loan.annual_rate.value, reset.loan.current_rate.value) == ("0.06", "0.045")
    assert dict(reset.transaction.details) == {
        "fixing_date": "2024-02-20",
        "index": "LPR-1Y",
        "rate": "9/200",
    }
    assert minor(loans.get_schedule(name=running).instalments[5].total) < minor(level)
    assert desk.tied()


def test_a_backdated_change_of_rate_is_undone_by_its_reversal(desk: Desk, running: str) -> None:
    loans = desk.client.loans
    before = loans.get_schedule(name=running)
    done = loans.change_rate(
        name=running, annual_rate=decimal_("0.12"), value_date=date_of("2024-02-01")
    )
    assert desk.tied()
    loans.reverse_loan_event(event=done.transaction.event, reason="the wrong loan")
    assert loans.get_schedule(name=running) == before
    assert desk.tied()


def test_interest_rests_until_a_day(desk: Desk, running: str) -> None:
    loans = desk.client.loans
    owed = minor(loans.get_loan(name=running).balance.interest)
    loans.pause_interest(name=running, until=date_of("2024-03-01"))
    desk.go_to("2024-03-01")
    assert minor(loans.get_loan(name=running).balance.interest) == owed
    desk.go_to("2024-03-03")
    assert minor(loans.get_loan(name=running).balance.interest) > owed
    assert desk.tied()


def test_due_dates_move_together_and_a_holiday_leaves_some_out(desk: Desk, running: str) -> None:
    loans = desk.client.loans
    loans.change_due_date(
        name=running, from_due=date_of("2024-03-15"), to_due=date_of("2024-03-25")
    )
    assert dues(desk, running)[:3] == ["2024-02-15", "2024-03-25", "2024-04-25"]
    loans.grant_payment_holiday(name=running, instalments=2, extend=True)
    assert dues(desk, running)[:3] == ["2024-02-15", "2024-05-25", "2024-06-25"]
    assert dues(desk, running)[-1] == "2025-03-25"
    with pytest.raises(FailedPrecondition, match="instalments are left"):
        loans.grant_payment_holiday(name=running, instalments=12, interest_free=True)
    assert desk.tied()


def test_a_loan_is_rescheduled_reamortised_and_reaged(desk: Desk, running: str) -> None:
    loans = desk.client.loans
    loans.reschedule_loan(name=running, extra_instalments=6, annual_rate=decimal_("0.05"))
    assert len(dues(desk, running)) == 18
    spread = loans.reamortize_loan(name=running, reason="arrears agreed")
    assert minor(spread.loan.overdue) == 600  # the interest of the first instalment
    aged = loans.reage_loan(
        name=running,
        start=date_of("2024-04-01"),
        frequency=Frequency(unit="FREQUENCY_UNIT_WEEK", every=2),
        instalments=10,
    )
    assert dues(desk, running)[1:3] == ["2024-04-01", "2024-04-15"]
    assert parts(aged.loan.balance)["principal"] == 120000
    assert desk.tied()


def test_interest_owed_becomes_principal(desk: Desk, running: str) -> None:
    done = desk.client.loans.capitalize_interest(name=running)
    interest = parts(done.transaction.allocation)["interest"]
    assert parts(done.loan.balance)["principal"] == 120000 + interest
    assert desk.tied()


def test_another_borrower_takes_the_loan_over_and_is_found_by_it(desk: Desk, running: str) -> None:
    loans = desk.client.loans
    first = loans.get_loan(name=running).party
    stripe = running.rpartition("/")[2][:3]
    takers = (desk.party(f"Taker {n}") for n in count())
    other = next(name for name in takers if name.rpartition("/")[2][:3] != stripe)
    parties = [next(takers), other, next(takers)]
    events = []
    for party in parties:
        done = loans.assume_loan(name=running, party=party, reason="sold the house")
        events.append(done.transaction.event)
        assert (done.loan.party, done.loan.name) == (party, running)
        assert [x.name for x in loans.list_loans(party=party).loans] == [running]
    assert not loans.list_loans(party=first).loans
    with pytest.raises(FailedPrecondition, match="already"):
        loans.assume_loan(name=running, party=parties[-1], reason="again")
    desk.go_to("2024-03-16")
    assert loans.get_loan(name=running).party == parties[-1]
    undone = loans.reverse_loan_event(event=events[-1], reason="the deal fell through")
    assert undone.loan.party == parties[-2]
    back = loans.assume_loan(
        name=running, party=first, reason="late news", value_date=date_of("2024-02-19")
    )
    assert back.loan.party == parties[-2]
    for event in (*events[:2], back.transaction.event):
        undone = loans.reverse_loan_event(event=event, reason="the deal fell through")
    assert undone.loan.party == first
    assert [x.name for x in loans.list_loans(party=first).loans] == [running]
    assert desk.tied()


def test_a_loan_that_was_assumed_still_takes_money(desk: Desk, running: str) -> None:
    loans = desk.client.loans
    party = desk.party()
    loans.assume_loan(name=running, party=party, reason="inheritance")
    quote = loans.quote_payoff(name=running)
    done = loans.pay_off_loan(name=running, amount=quote.total)
    assert (done.loan.status, done.loan.party) == (ln.LOAN_STATUS_REPAID, party)
    assert desk.tied()


def test_a_change_is_booked_as_a_modification_where_it_is_asked_for(desk: Desk) -> None:
    name, loans = desk.lent(desk.publish(), "1200", rate="0.12"), desk.client.loans
    done = loans.change_rate(name=name, annual_rate=decimal_("0.06"), modification=True)
    balances = desk.balances()
    assert balances["6111"] == -balances["1303A"] > 3_000  # of 1,200.00 half a year at 6 %
    assert desk.tied()
    loans.reverse_loan_event(event=done.transaction.event, reason="not agreed")
    assert not {"6111", "1303A"} & desk.balances().keys()
