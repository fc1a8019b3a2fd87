"""The command: tables, JSON, errors and exit codes, against a fake server."""

import json
from typing import Any

import grpc
import pytest

from loanledger import date_of, money
from loanledger.cli import app
from loanledger.v1 import (
    common_pb2,
    end_of_day_service_pb2,
    ledger_service_pb2,
    loan_service_pb2,
    report_service_pb2,
)
from tests.client.conftest import Run
from tests.client.fake import Fake, in_turn, info, status

LOAN = loan_service_pb2.Loan(
    name="books/main/loans/017-9F3K",
    party="books/main/parties/017-7",
    product="books/main/products/CASH/versions/2",
    status="LOAN_STATUS_ACTIVE",
    amount=money("1234567.80", "CNY"),
    reference="[red]R-1",
)
DONE = loan_service_pb2.LoanCommandResponse(loan=LOAN)


def test_a_list_is_a_table_with_short_names_and_separated_amounts(fake: Fake, run: Run) -> None:
    fake.answers["ListLoans"] = in_turn(loan_service_pb2.ListLoansResponse(loans=[LOAN]))
    shown = run("loans", "list", "--status", "active", "--party", "017-7")
    assert shown.exit_code == 0
    for text in ("017-9F3K", "CASH@2", "active", "CNY 1,234,567.80", "[red]R-1"):
        assert text in shown.stdout
    assert fake.asked[0].status == loan_service_pb2.LOAN_STATUS_ACTIVE
    assert fake.asked[0].party == "books/main/parties/017-7"


def test_json_is_the_response_with_the_contracts_names(fake: Fake, run: Run) -> None:
    fake.answers["ListLoans"] = in_turn(loan_service_pb2.ListLoansResponse(loans=[LOAN]))
    before, after = run("--json", "loans", "list"), run("loans", "list", "--json")
    assert before.stdout == after.stdout
    [loan] = json.loads(after.stdout)["loans"]
    assert loan["days_past_due"] == 0
    assert loan["amount"] == {"currency_code": "CNY", "units": "1234567", "nanos": 800000000}


def test_a_list_goes_over_pages_up_to_the_limit(fake: Fake, run: Run) -> None:
    def page(request: Any, _: Any) -> Any:
        return loan_service_pb2.ListLoansResponse(
            loans=[LOAN] * min(request.page_size, 2), next_page_token="more"
        )

    fake.answers["ListLoans"] = page
    shown = run("loans", "list", "--limit", "5", "--json")
    assert len(json.loads(shown.stdout)["loans"]) == 5
    assert "the first 5" in shown.stderr
    assert [request.page_size for request in fake.asked] == [5, 3, 1]


def test_a_repayment_takes_a_short_id_an_amount_and_a_request_id(fake: Fake, run: Run) -> None:
    fake.answers["RepayLoan"] = in_turn(DONE)
    options = ("--value-date", "2026-01-31", "--request-id", "r1", "--reason", "cash", "--dry-run")
    shown = run("loans", "repay", "017-9F3K", "CNY 1,234.50", *options)
    assert (shown.exit_code, "nothing was written" in shown.stderr) == (0, True)
    assert run("loans", "repay", "books/b/loans/1", "7", "--currency", "JPY").exit_code == 0
    first, second = fake.asked
    assert first == loan_service_pb2.RepayLoanRequest(
        name="books/main/loans/017-9F3K",
        amount=money("1234.50", "CNY"),
        value_date=date_of("2026-01-31"),
        request_id="r1",
        reason="cash",
        validate_only=True,
    )
    assert (second.name, second.amount) == ("books/b/loans/1", money("7", "JPY"))


def test_a_rate_may_be_given_in_percent(fake: Fake, run: Run) -> None:
    fake.answers["QuoteSchedule"] = in_turn(loan_service_pb2.Schedule())
    quote = ("loans", "quote", "CASH@2", "1000", "--instalments", "12", "--start", "2026-01-31")
    assert run(*quote, "--rate", "4.35%").exit_code == 0
    assert run(*quote, "--rate", "0.0435").exit_code == 0
    assert [request.annual_rate.value for request in fake.asked] == ["0.0435", "0.0435"]
    assert fake.asked[0].product == "books/main/products/CASH/versions/2"


def test_a_quote_starts_on_the_business_date_if_no_other_is_given(fake: Fake, run: Run) -> None:
    today = date_of("2026-01-31")
    fake.answers["QuoteSchedule"] = in_turn(loan_service_pb2.Schedule())
    fake.answers["GetEndOfDay"] = in_turn(
        end_of_day_service_pb2.EndOfDayStatus(business_date=today)
    )
    assert run("loans", "quote", "C", "9", "--rate", "6%", "--instalments", "1").exit_code == 0
    assert fake.asked[-1].start == today


def test_an_error_is_one_line_on_stderr_and_exit_code_1(fake: Fake, run: Run) -> None:
    refusal = status(grpc.StatusCode.NOT_FOUND, "there is no loan 1", info("NOT_FOUND"))
    fake.answers["GetLoan"] = in_turn(refusal)
    shown = run("loans", "show", "1")
    assert (shown.exit_code, shown.stdout) == (1, "")
    assert shown.stderr == "error: there is no loan 1 (NOT_FOUND)\n"


def test_an_unknown_outcome_names_the_request_id_to_repeat_with(fake: Fake, run: Run) -> None:
    fake.answers["RepayLoan"] = in_turn(status(grpc.StatusCode.UNAVAILABLE, "restarting"))
    shown = run("--timeout", "0.2", "loans", "repay", "1", "5")
    assert shown.exit_code == 1
    assert f"--request-id {fake.asked[0].request_id}" in shown.stderr


@pytest.mark.parametrize(
    "args",
    [
        ("loans", "repay", "1", "12.345"),
        ("loans", "repay", "1", "ten"),
        ("loans", "repay", "1"),
        ("loans", "repay", "1", "5", "--value-date", "2026-02-30"),
        ("loans", "waive", "1", "--reason", "goodwill"),
        ("loans", "reverse", "17-1"),
        ("loans", "list", "--status", "sleeping"),
        ("ledger", "post", "--debit", "1001", "--credit", "6011=1"),
        ("ledger", "nothing"),
    ],
)
def test_wrong_usage_is_exit_code_2_and_asks_no_server(
    fake: Fake, run: Run, args: tuple[str, ...]
) -> None:
    shown = run(*args)
    assert shown.exit_code == 2
    assert shown.stderr
    assert fake.asked == []


def test_completion_is_available(run: Run) -> None:
    assert "--install-completion" in run("--help").stdout
    script = run(
        _LOANLEDGER_COMPLETE="complete_bash", COMP_WORDS="loanledger loans re", COMP_CWORD="2"
    )
    assert {"repay", "refund", "recover", "reverse"} <= set(script.stdout.split())


def test_every_command_has_help_and_json(run: Run) -> None:
    for group in app.registered_groups:
        assert group.typer_instance is not None
        for command in group.typer_instance.registered_commands:
            assert command.name is not None
            shown = run(str(group.name), command.name, "--help")
            assert shown.exit_code == 0
            assert "--json" in shown.stdout


def test_a_journal_is_posted_and_shown_with_totals(fake: Fake, run: Run) -> None:
    def echo(request: Any, _: Any) -> Any:
        return ledger_service_pb2.Journal(name="books/main/journals/1-2-1", entries=request.entries)

    fake.answers["PostJournal"] = echo
    sides = ("--debit", "1001=1000", "--debit", "1002=234.5", "--credit", "6011=1,234.50")
    shown = run("ledger", "post", *sides)
    assert shown.exit_code == 0
    assert shown.stdout.count("CNY 1,234.50") == 3
    [entry, *_] = fake.asked[0].entries
    assert (entry.account, entry.side) == ("1001", common_pb2.SIDE_DEBIT)


def test_a_report_that_does_not_tie_fails(fake: Fake, run: Run) -> None:
    line = report_service_pb2.TieOutLine(account="1301", difference=money("0.01", "CNY"))
    fake.answers["GetTieOut"] = in_turn(report_service_pb2.TieOut(lines=[line]))
    shown = run("reports", "tie-out")
    assert shown.exit_code == 1
    assert "1301" in shown.stderr


def test_a_trial_balance_has_totals_and_fails_if_it_does_not_balance(fake: Fake, run: Run) -> None:
    sound = ledger_service_pb2.TrialBalance(
        debit=[money("1234.5", "CNY")], credit=[money("1234.5", "CNY")], balanced=True
    )
    fake.answers["GetTrialBalance"] = in_turn(sound, ledger_service_pb2.TrialBalance())
    shown = run("reports", "trial-balance")
    assert shown.exit_code == 0
    assert shown.stdout.count("CNY 1,234.50") == 2
    assert run("ledger", "trial-balance").exit_code == 1


def test_the_close_of_business_shows_each_day(fake: Fake, run: Run) -> None:
    steps = [
        end_of_day_service_pb2.EndOfDayProgress(
            business_date=date_of("2026-01-31"), stripes_done=done, stripes=2, loans_accrued=done
        )
        for done in (1, 2)
    ]
    fake.answers["RunEndOfDay"] = lambda *_: iter(steps)
    assert "2026-01-31" in run("eod", "run", "--date", "2026-01-31").stdout
    lines = run("eod", "run", "--json").stdout.splitlines()
    assert [json.loads(line)["stripes_done"] for line in lines] == [1, 2]


def test_the_steps_of_a_close_are_listed_with_what_they_did(fake: Fake, run: Run) -> None:
    step = end_of_day_service_pb2.EndOfDayStep(step="accrue", stripes=64, items=1234, micros=98765)
    fake.answers["ListEndOfDaySteps"] = in_turn(
        end_of_day_service_pb2.ListEndOfDayStepsResponse(
            business_date=date_of("2026-01-31"), steps=[step]
        )
    )
    shown = run("eod", "steps", "--date", "2026-01-31").stdout
    assert all(text in shown for text in ("2026-01-31", "accrue", "1234", "98765"))


def test_loans_set_aside_are_told_listed_and_resumed(fake: Fake, run: Run) -> None:
    step = end_of_day_service_pb2.EndOfDayProgress(loans_set_aside=2, finished=True)
    fake.answers["RunEndOfDay"] = lambda *_: iter([step])
    assert "2 loans were set aside" in run("eod", "run").stderr
    waiting = end_of_day_service_pb2.SetAsideLoan(loan=LOAN.name, reason="KeyError: 'x'")
    fake.answers["ListSetAsideLoans"] = in_turn(
        end_of_day_service_pb2.ListSetAsideLoansResponse(loans=[waiting])
    )
    assert "KeyError: 'x'" in run("eod", "set-aside").stdout
    booked = loan_service_pb2.LoanTransaction(kind="loan_resumed")
    fake.answers["ResumeLoan"] = in_turn(loan_service_pb2.LoanCommandResponse(transaction=booked))
    shown = run("eod", "resume", "017-9F3K", "--reason", "fixed", "--request-id", "r-1")
    assert "loan_resumed" in shown.stdout
    assert fake.asked[-1] == end_of_day_service_pb2.ResumeLoanRequest(
        name=LOAN.name, reason="fixed", request_id="r-1"
    )


def test_a_statement_asks_for_the_days_of_its_view(fake: Fake, run: Run) -> None:
    fake.answers["GetStatement"] = in_turn(loan_service_pb2.Statement(loan=LOAN))
    days = ("--from", "2026-01-01", "--to", "2026-01-31")
    assert run("loans", "statement", "017-9F3K", *days).exit_code == 0
    assert run("loans", "statement", "017-9F3K", *days, "--as-now-known").exit_code == 0
    dates = common_pb2.DateRange(start=date_of("2026-01-01"), end=date_of("2026-01-31"))
    assert fake.asked == [
        loan_service_pb2.GetStatementRequest(
            name=LOAN.name, view="STATEMENT_VIEW_AS_BOOKED", posting_date=dates
        ),
        loan_service_pb2.GetStatementRequest(
            name=LOAN.name, view="STATEMENT_VIEW_AS_NOW_KNOWN", value_date=dates
        ),
    ]
