"""`loanledger loans explain`: what it asks for, and what it shows."""

from __future__ import annotations

import json

import pytest

from loanledger import date_of, decimal_, money
from loanledger.v1 import common_pb2
from loanledger.v1 import loan_service_pb2 as pb
from tests.client.conftest import Run
from tests.client.fake import Fake, in_turn

NAME = "books/main/loans/017-9F3K"
PAID = pb.ExplanationCause(
    event="books/main/events/017-42", kind="repayment_recorded", value_date=date_of("2026-01-21")
)
SPAN = pb.AccrualSpan(
    component="COMPONENT_INTEREST",
    start=date_of("2026-01-21"),
    end=date_of("2026-01-24"),
    days=4,
    balance=money("1000", "CNY"),
    annual_rate=decimal_("0.06"),
    day_count_numerator=4,
    day_count_denominator=365,
    exact_before="432/365",
    exact="48/73",
    booked=money("0.66", "CNY"),
    causes=[PAID],
)
COMMON = {"name": NAME, "rounding_mode": "ROUNDING_MODE_HALF_UP"}


def explanation(**figure: object) -> pb.LoanExplanation:
    return pb.LoanExplanation(rounding_unit=money("0.01", "CNY"), **COMMON, **figure)


def test_accruals_are_a_row_a_span_with_its_fractions(fake: Fake, run: Run) -> None:
    found = pb.AccrualsExplanation(spans=[SPAN], booked=money("0.66", "CNY"))
    fake.answers["ExplainLoan"] = in_turn(explanation(accruals=found))
    shown = run("loans", "explain", "017-9F3K", "--accruals", "2026-01-21..2026-01-24")
    assert shown.exit_code == 0
    for text in ("4/365", "48/73", "432/365", "CNY 1,000.00", "repayment_recorded 017-42"):
        assert text in shown.stdout
    assert "half_up to CNY 0.01" in shown.stdout
    dates = common_pb2.DateRange(start=date_of("2026-01-21"), end=date_of("2026-01-24"))
    assert fake.asked == [pb.ExplainLoanRequest(name=NAME, accruals=dates)]


def test_an_instalment_shows_each_change_and_what_is_open(fake: Fake, run: Run) -> None:
    paid = common_pb2.Breakdown(interest=money("6", "CNY"))
    found = pb.InstalmentExplanation(
        number=3,
        accruals=[SPAN],
        changes=[pb.InstalmentChange(causes=[PAID], effect="INSTALMENT_EFFECT_PAID", amounts=paid)],
        settled=paid,
        outstanding=money("97.28", "CNY"),
    )
    fake.answers["ExplainLoan"] = in_turn(explanation(instalment=found))
    shown = run("loans", "explain", "017-9F3K", "--instalment", "3")
    assert shown.exit_code == 0
    for text in ("instalment 3", "paid", "CNY 6.00", "repayment_recorded 017-42", "CNY 97.28"):
        assert text in shown.stdout
    assert fake.asked == [pb.ExplainLoanRequest(name=NAME, instalment=3)]


def test_a_payoff_shows_its_lines_and_how_interest_accrued(fake: Fake, run: Run) -> None:
    line = pb.PayoffLine(kind="interest_accrued", amount=money("0.66", "CNY"), accruals=[SPAN])
    found = pb.PayoffExplanation(
        value_date=date_of("2026-01-25"), lines=[line], total=money("1000.66", "CNY")
    )
    fake.answers["ExplainLoan"] = in_turn(explanation(payoff=found))
    shown = run("loans", "explain", "017-9F3K", "--payoff", "2026-01-25")
    assert shown.exit_code == 0
    for text in ("interest_accrued", "48/73", "CNY 1,000.66"):
        assert text in shown.stdout
    assert fake.asked == [pb.ExplainLoanRequest(name=NAME, payoff=date_of("2026-01-25"))]
    told = run("loans", "explain", "017-9F3K", "--payoff", "2026-01-25", "--json")
    assert json.loads(told.stdout)["payoff"]["lines"][0]["accruals"][0]["exact"] == "48/73"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ((), "exactly one of"),
        (("--instalment", "1", "--payoff", "2026-01-25"), "exactly one of"),
        (("--accruals", "2026-01-25"), "no span of days"),
        (("--accruals", "2026-01-25..tomorrow"), "tomorrow"),
    ],
)
def test_what_is_no_question_is_refused_before_it_is_asked(
    fake: Fake, run: Run, options: tuple[str, ...], told: str
) -> None:
    shown = run("loans", "explain", "017-9F3K", *options)
    assert (shown.exit_code, told in shown.stderr) == (2, True)
    assert fake.asked == []
