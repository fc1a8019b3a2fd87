"""Loans of another system are brought over: over gRPC, after a dry run, and the books tie."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction

import pytest

from loanledger import FailedPrecondition, date_of, decimal_, minor
from loanledger.v1 import loan_service_pb2 as ln
from tests.server.bad import cny
from tests.server.desk import Desk, leg, parts
from tests.server.importing import CUT, fields, position, ready, request, run, states


@pytest.fixture
def old(desk: Desk) -> Desk:
    """The day of the cut-over."""
    return ready(desk)


def clearing(desk: Desk) -> int:
    """What stands on the clearing account, debits less credits, in minor units."""
    (balance,) = desk.client.ledger.list_balances(accounts=["1307"]).balances
    return minor(balance.net)


def one(desk: Desk, **more: object) -> ln.ImportResult:
    """The result of a run of one position that is imported."""
    response = run(desk, position(desk, **more))
    assert states(response) == ["IMPORTED"], response
    return response.results[0]


def test_a_dry_run_tells_all_and_writes_nothing_and_the_run_then_does_it(old: Desk) -> None:
    asked = request(position(old), position(old, "A-2"), validate_only=True)
    before = old.written()
    tried = old.client.loans.import_loans(asked)
    assert old.written() == before
    assert (states(tried), tried.tied) == (["IMPORTABLE", "IMPORTABLE"], True)
    asked.validate_only = False
    done = old.client.loans.import_loans(asked)
    assert (states(done), done.tied) == (["IMPORTED", "IMPORTED"], True)
    assert [result.loan for result in done.results] == [result.loan for result in tried.results]
    assert done.ledger == done.positions == tried.ledger
    assert (done.ledger.loans, minor(done.ledger.principal)) == (2, 1_200_000)
    assert minor(done.ledger.interest) == 2 * 5_833
    assert old.tied()
    # Two events a loan: it is opened, and it is brought over.
    assert old.written()[0] - before[0] == 4


def test_the_loan_is_as_it_was_there_and_goes_on_from_that(old: Desk) -> None:
    loans, name = old.client.loans, one(old).loan
    loan = loans.get_loan(name=name)
    assert loan.status == ln.LOAN_STATUS_ACTIVE
    assert (loan.reference, loan.cut_over_date) == ("A-1", date_of(CUT))
    assert (loan.days_past_due, minor(loan.overdue)) == (5, 105_000)
    assert parts(loan.balance) == {"principal": 600_000, "interest": 5_833}
    assert (loan.next_due, loan.maturity) == (date_of("2024-05-15"), date_of("2024-09-15"))
    assert not loan.HasField("disclosure")
    schedule = loans.get_schedule(name=name).instalments
    assert [(r.number, minor(r.outstanding)) for r in schedule][:2] == [(6, 105_000), (7, 105_000)]
    assert minor(loans.quote_payoff(name=name).total) == 605_833
    old.go_to("2024-05-15")
    # 8.33 and 25 nights of 50.00/30 make 50.00 of the second instalment, beside 50.00 of the first.
    assert parts(loans.get_loan(name=name).balance) == {"principal": 600_000, "interest": 10_000}
    assert old.tied()
    loans.repay_loan(name=name, amount=cny("2100"))
    assert loans.get_loan(name=name).days_past_due == 0
    old.go_to("2024-06-16")
    assert old.tied()


def test_finance_opens_the_clearing_account_with_what_the_loans_make_up(old: Desk) -> None:
    run(old, position(old, credit=cny("100")), position(old, "A-2", principal=cny("6000")))
    assert clearing(old) == -(2 * 605_833 - 10_000)
    entries = [leg("1307", "D", "12016.66"), leg("4103", "C", "12016.66")]
    old.client.ledger.post_journal(entries=entries, reason="opening balances of the old core")
    assert clearing(old) == 0
    assert old.tied()


def test_the_same_run_again_gets_the_same_answer_and_another_doubles_nothing(old: Desk) -> None:
    found = position(old)
    asked = request(found, request_id="cut-over-1")
    first = old.client.loans.import_loans(asked)
    before = old.written()
    assert old.client.loans.import_loans(asked) == first
    again = run(old, found)
    assert (states(again), again.tied) == (["ALREADY_IMPORTED"], True)
    assert again.results[0].loan == first.results[0].loan
    assert again.results[0].event == first.results[0].event
    assert states(run(old, found, validate_only=True)) == ["ALREADY_IMPORTED"]
    found.principal.units = 5999
    changed = run(old, found)
    assert (states(changed), fields(changed.results[0])) == (["REFUSED"], ["reference"])
    asked.positions[0].CopyFrom(found)
    reused = old.client.loans.import_loans(asked).results[0]
    assert (reused.state, reused.error.message[:11]) == (ln.IMPORT_STATE_REFUSED, "request id ")
    assert old.written() == before


def test_runs_at_the_same_moment_import_each_loan_once(old: Desk) -> None:
    party = old.party()
    found = [position(old, f"A-{n}", party=party) for n in range(6)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: run(old, *found), range(8)))
    for place in range(6):
        told = [states(answer)[place] for answer in answers]
        assert sorted(told) == ["ALREADY_IMPORTED"] * 7 + ["IMPORTED"]
    assert all(answer.tied for answer in answers)
    assert len(old.client.loans.list_loans(product="old").loans) == 6
    assert clearing(old) == -6 * 605_833


def test_a_backdated_event_reaches_back_to_the_cut_over_and_no_further(old: Desk) -> None:
    loans, name = old.client.loans, one(old).loan
    old.go_to("2024-05-20")
    with pytest.raises(FailedPrecondition, match="brought over at 2024-04-20") as caught:
        loans.repay_loan(name=name, amount=cny("10"), value_date=date_of("2024-04-19"))
    assert caught.value.facts["cut_over_date"] == CUT
    loans.repay_loan(name=name, amount=cny("1050"), value_date=date_of(CUT))
    assert loans.get_loan(name=name).days_past_due == 5
    assert old.tied()


def test_an_import_is_undone_while_nothing_builds_on_it_and_can_be_done_again(old: Desk) -> None:
    loans, found = old.client.loans, position(old)
    done = run(old, found).results[0]
    old.go_to("2024-05-20")
    paid = loans.repay_loan(name=done.loan, amount=cny("100")).transaction.event
    with pytest.raises(FailedPrecondition, match="later events build on it"):
        loans.reverse_loan_event(event=done.event, reason="the wrong file")
    loans.reverse_loan_event(event=paid, reason="first this one")
    undone = loans.reverse_loan_event(event=done.event, reason="the wrong file")
    assert (undone.loan.status, parts(undone.loan.balance)) == (ln.LOAN_STATUS_APPLIED, {})
    assert (clearing(old), old.tied()) == (0, True)
    mended = position(old, party=found.party, interest=cny("58.00"))
    again = run(old, mended)
    assert (states(again), again.results[0].loan) == (["IMPORTED"], done.loan)
    # 58.00 at the cut-over, and 30 nights to the due date and five after it.
    assert old.tied()
    old.go_to("2024-05-25")
    assert old.tied()


def test_a_cut_over_that_lies_back_is_booked_night_by_night_up_to_today(old: Desk) -> None:
    old.go_to("2024-06-20")
    name = one(old).loan
    balance = parts(old.client.loans.get_loan(name=name).balance)
    # 50.00 of April, May and 40.00 of June are due; since then five nights of 30.00/30 accrued.
    assert balance == {"principal": 600_000, "interest": 5_000 + 5_000 + 4_000 + 500}
    assert old.tied()


def test_statement_transactions_and_explanations_tell_of_an_imported_loan(old: Desk) -> None:
    loans, name = old.client.loans, one(old).loan
    old.go_to("2024-05-16")
    booked = loans.get_statement(name=name)
    known = loans.get_statement(name=name, view="STATEMENT_VIEW_AS_NOW_KNOWN")
    assert booked.lines[0].kind == known.lines[0].kind == "loan_imported"
    assert (
        minor(booked.closing_balance) == minor(known.closing_balance) == 610_129
    )  # 100.00 due, and a night of 40.00/31
    kinds = [item.kind for item in loans.list_transactions(parent=name).transactions]
    # A day past due it is special mention.
    assert kinds == ["loan_opened", "loan_imported", "loan_classified"]
    first = loans.explain_loan(name=name, instalment=6).instalment
    assert minor(first.outstanding) == 105_000
    assert first.changes[0].causes[0].kind == "loan_imported"
    whole = loans.explain_loan(name=name, payoff=date_of("2024-05-16")).payoff
    assert whole.total == loans.quote_payoff(name=name).total
    assert loans.explain_loan(name=name, accruals={}).accruals.spans


def test_memos_stages_and_charges_come_as_the_other_books_had_them(old: Desk) -> None:
    suspended = position(old, stage="LOAN_STAGE_SUSPENDED", penalty=cny("2.47"))
    charged_off = position(old, "A-2", stage="LOAN_STAGE_CHARGED_OFF")
    lost = position(old, "A-3", written_off=cny("900"), principal=None, interest=None, schedule=[])
    fees = position(
        old,
        "A-4",
        deferred_fees=cny("6"),
        charges=[
            ln.PositionCharge(due=date_of("2024-04-01"), amount=cny("10")),
            ln.PositionCharge(part="COMPONENT_PENALTY", due=date_of("2024-04-02"), amount=cny("3")),
        ],
    )
    response = run(old, suspended, charged_off, lost, fees)
    assert states(response) == ["IMPORTED"] * 4, response
    loans = [old.client.loans.get_loan(name=result.loan) for result in response.results]
    assert [parts(loan.balance) for loan in loans] == [
        {"principal": 600_000, "suspended": 6_080},
        {"written_off": 605_833},
        {"written_off": 90_000},
        {
            "principal": 600_000,
            "interest": 5_833,
            "fee": 1_000,
            "penalty": 300,
            "adjustment": 600,
        },
    ]
    assert loans[2].status == ln.LOAN_STATUS_WRITTEN_OFF
    old.client.loans.record_recovery(name=loans[2].name, amount=cny("100"))
    old.go_to("2024-06-20")
    assert old.tied()


def test_a_position_without_a_schedule_is_planned_by_the_product(old: Desk) -> None:
    name = one(old, schedule=[], interest=cny("10")).loan
    schedule = old.client.loans.get_schedule(name=name).instalments
    assert [(r.number, minor(r.principal)) for r in schedule] == [
        (n, 100_000) for n in range(7, 13)
    ]
    late = position(old, "A-2", schedule=[], instalments=6, interest=cny("10"))
    (result,) = run(old, late).results
    assert fields(result) == ["schedule"]


def test_journals_of_an_import_stand_against_the_clearing_account(old: Desk) -> None:
    done = one(old)
    (journal,) = old.client.ledger.list_journals(account="1307").journals
    assert journal.event == done.event
    assert {(entry.account, minor(entry.amount)) for entry in journal.entries} == {
        ("1303P", 600_000),
        ("1307", 600_000),
        ("1132", 5_833),
        ("1307", 5_833),
    }


def exact_accrual(desk: Desk, name: str, day: str) -> str:
    """What the running period has accrued before rounding, as the ledger explains it."""
    lines = desk.client.loans.explain_loan(name=name, payoff=date_of(day)).payoff.lines
    spans = next(line.accruals for line in lines if line.kind == "interest_accrued")
    return str(Fraction(spans[-1].exact_before) + Fraction(spans[-1].exact))


def test_a_loan_read_through_the_contract_and_brought_over_goes_on_the_same(desk: Desk) -> None:
    day, loans = "2024-03-27", desk.client.loans
    terms = {"interest_basis": "INTEREST_BASIS_ACT_360", "penalty_rate": decimal_("0.18")}
    first = desk.lent(desk.publish(**terms), "1200", rate="0.07")
    desk.go_to("2024-02-28")
    loans.repay_loan(name=first, amount=cny("60"))
    desk.go_to(day)
    found, schedule = loans.get_loan(name=first), loans.get_schedule(name=first).instalments
    quote = loans.quote_payoff(name=first)
    copy = ln.Position(
        reference="copy",
        party=found.party,
        product=found.product,
        start=found.start,
        amount=found.amount,
        annual_rate=found.annual_rate,
        instalments=found.instalments,
        principal=found.balance.principal,
        interest=found.balance.interest,
        penalty=quote.penalty,
        interest_exact=exact_accrual(desk, first, day),
        schedule=[
            ln.PositionInstalment(
                number=item.number,
                due=item.due,
                principal=item.principal,
                interest=item.interest,
                principal_paid=item.principal_paid,
                interest_paid=item.interest_paid,
            )
            for item in schedule
            if not item.settled
        ],
    )
    response = run(desk, copy, cut_over_date=date_of(day))
    assert states(response) == ["IMPORTED"], response
    second = response.results[0].loan
    for later in ("2024-03-28", "2024-04-15", "2024-04-30", "2024-05-16"):
        desk.go_to(later)
        one_, two = (loans.get_loan(name=name) for name in (first, second))
        assert (one_.balance, one_.days_past_due) == (two.balance, two.days_past_due), later
        assert loans.quote_payoff(name=first) == loans.quote_payoff(name=second)
    for name in (first, second):
        loans.repay_loan(name=name, amount=cny("400"))
    desk.go_to("2024-07-20")
    one_, two = (loans.get_loan(name=name) for name in (first, second))
    assert one_.balance == two.balance
    assert desk.tied()
