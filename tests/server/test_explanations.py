"""LoanService: a figure is explained down to the events and the fractions that made it."""

from __future__ import annotations

from fractions import Fraction

import pytest
from google.type import date_pb2

from loanledger import FailedPrecondition, InvalidArgument, NotFound, date_of, decimal_, minor
from loanledger.v1 import common_pb2
from loanledger.v1 import loan_service_pb2 as ln
from tests.server.bad import cny
from tests.server.desk import BOOK, Desk, allocation

EFFECT = ln.InstalmentEffect.Name


def span_of(first: str, last: str) -> common_pb2.DateRange:
    return common_pb2.DateRange(start=date_of(first), end=date_of(last))


def causes(span: ln.AccrualSpan | ln.InstalmentChange) -> list[tuple[str, str]]:
    return [(cause.kind, cause.event) for cause in span.causes]


@pytest.fixture
def lent(desk: Desk) -> str:
    """1,200.00 at 6 % from 15 January 2024 in 12 months, ACT/365F."""
    terms = {"allocation": allocation("REDUCE_INSTALMENT")}
    return desk.lent(desk.publish(interest_basis="INTEREST_BASIS_ACT_365F", **terms), "1200")


def test_accruals_tell_each_span_with_balance_rate_days_and_the_event_that_began_it(
    desk: Desk, lent: str
) -> None:
    loans = desk.client.loans
    desk.go_to("2024-01-21")
    paid = loans.repay_loan(name=lent, amount=cny("200")).transaction
    desk.go_to("2024-01-25")
    changed = loans.change_rate(name=lent, annual_rate=decimal_("0.073")).transaction
    desk.go_to("2024-01-27")
    paused = loans.pause_interest(name=lent, until=date_of("2024-01-30")).transaction
    desk.go_to("2024-02-01")
    told = loans.explain_loan(name=lent, accruals=span_of("2024-01-15", "2024-01-31"))
    found = told.accruals.spans
    left = 120000 - minor(paid.allocation.principal)
    assert left < 120000
    by_hand = [
        (6, 120000, Fraction(6, 100), Fraction(6, 365)),
        (4, left, Fraction(6, 100), Fraction(4, 365)),
        (2, left, Fraction(73, 1000), Fraction(2, 365)),
        (3, left, Fraction(0), Fraction(3, 365)),
        (2, left, Fraction(73, 1000), Fraction(2, 365)),
    ]
    assert len(found) == len(by_hand)
    before = Fraction(0)
    for span, (days, balance, rate, year) in zip(found, by_hand, strict=True):
        exact = balance * rate * year / 100
        count = (span.day_count_numerator, span.day_count_denominator)
        assert (span.days, minor(span.balance), count) == (days, balance, (days, 365))
        assert Fraction(span.annual_rate.value) == rate
        assert (Fraction(span.exact), Fraction(span.exact_before)) == (exact, before)
        booked = int((before + exact) * 100 + Fraction(1, 2)) - int(before * 100 + Fraction(1, 2))
        assert minor(span.booked) == booked
        before += exact
    assert causes(found[1]) == [("repayment_recorded", paid.event)]
    assert causes(found[2]) == [("rate_changed", changed.event)]
    assert causes(found[3]) == [("interest_paused", paused.event)]
    assert causes(found[4]) == [("interest_pause_ended", "")]
    assert [span.paused for span in found] == [False, False, False, True, False]
    assert (told.rounding_mode, minor(told.rounding_unit)) == (1, 1)
    assert minor(told.accruals.booked) == minor(loans.get_loan(name=lent).balance.interest)
    [row] = desk.rows("select sum(amount) from ledger.accrual")
    assert row[0] == minor(told.accruals.booked)


def test_an_instalment_tells_what_planned_paid_and_waived_it(desk: Desk) -> None:
    product = desk.publish(late_fee=cny("10"), late_fee_grace_days=5, penalty_rate=decimal_("0.12"))
    name, loans = desk.lent(product, "1200"), desk.client.loans
    desk.go_to("2024-02-28")
    waived = loans.waive_loan(name=name, fee=cny("4"), reason="goodwill").transaction
    paid = loans.repay_loan(name=name, amount=cny("50")).transaction
    desk.go_to("2024-03-05")
    told = loans.explain_loan(name=name, instalment=1).instalment
    row = loans.get_schedule(name=name).instalments[0]
    assert (told.number, told.start, told.due, told.days) == (1, row.start, row.due, 31)
    assert minor(told.owed.principal) == minor(row.principal)
    assert minor(told.owed.interest) == minor(row.interest) == 600  # 1,200.00 x 0.06 / 12
    assert minor(told.settled.principal) == minor(row.principal_paid)
    assert minor(told.settled.interest) == minor(row.interest_paid)
    assert minor(told.outstanding) == minor(row.outstanding)
    assert sum(minor(span.booked) for span in told.accruals) == 600
    # The late fee fell due in the period of the second one.
    after = loans.explain_loan(name=name, instalment=2).instalment
    second_row = loans.get_schedule(name=name).instalments[1]
    assert minor(after.outstanding) == minor(second_row.outstanding)
    first, second = ([(EFFECT(c.effect), causes(c)) for c in t.changes] for t in (told, after))
    assert [effect for effect, _ in first[:2]] == ["INSTALMENT_EFFECT_PLANNED"] * 2
    assert [(cause.kind, bool(cause.event)) for cause in told.changes[0].causes] == [
        ("disbursement_recorded", True)
    ]
    assert ("INSTALMENT_EFFECT_CHARGED", [("late_fee_due", "")]) in second
    assert ("INSTALMENT_EFFECT_WAIVED", [("waiver_recorded", waived.event)]) in second
    assert ("INSTALMENT_EFFECT_PAID", [("repayment_recorded", paid.event)]) in first
    given = sum(
        minor(getattr(change.amounts, part))
        for change in (*told.changes, *after.changes)
        if change.effect == ln.INSTALMENT_EFFECT_PAID
        for part in ("principal", "interest", "fee", "penalty")
    )
    assert given + minor(paid.allocation.penalty) == 5000  # accrued penalty is no part of the row


def test_a_payoff_tells_its_lines_and_sums_to_the_quote(desk: Desk) -> None:
    product = desk.publish(late_fee=cny("10"), late_fee_grace_days=5, penalty_rate=decimal_("0.12"))
    name, loans = desk.lent(product, "1200"), desk.client.loans
    desk.go_to("2024-02-28")
    charged = loans.charge_loan(name=name, amount=cny("7")).transaction
    for day in ("2024-02-28", "2024-04-01"):
        quote = loans.quote_payoff(name=name, value_date=date_of(day))
        told = loans.explain_loan(name=name, payoff=date_of(day)).payoff
        assert (told.total, told.credit) == (quote.total, quote.credit)
        for part in ("principal", "interest", "fee", "penalty"):
            component = common_pb2.Component.Value(f"COMPONENT_{part.upper()}")
            lines = [line for line in told.lines if line.component == component]
            assert sum(minor(line.amount) for line in lines) == minor(getattr(quote, part))
        [accrued] = [line for line in told.lines if line.kind == "interest_accrued"]
        assert sum(minor(span.booked) for span in accrued.accruals) == minor(accrued.amount)
        assert charged.event in [line.event for line in told.lines]


def test_what_was_reversed_explains_nothing(desk: Desk, lent: str) -> None:
    loans = desk.client.loans
    desk.go_to("2024-01-21")
    paid = loans.repay_loan(name=lent, amount=cny("200")).transaction
    loans.reverse_loan_event(event=paid.event, reason="bounced")
    desk.go_to("2024-01-25")
    told = loans.explain_loan(name=lent, accruals=common_pb2.DateRange()).accruals
    assert [(span.days, minor(span.balance)) for span in told.spans] == [(10, 120000)]


def test_a_question_must_name_one_figure_that_there_is(desk: Desk, lent: str) -> None:
    loans = desk.role("auditor").loans
    with pytest.raises(InvalidArgument) as refused:
        loans.explain_loan(name=lent)
    assert [field for field, _ in refused.value.violations] == ["figure"]
    with pytest.raises(InvalidArgument) as refused:
        loans.explain_loan(name="no loan", accruals=span_of("2024-02-01", "2024-01-01"))
    assert [field for field, _ in refused.value.violations] == ["name", "accruals.end"]
    with pytest.raises(InvalidArgument) as refused:
        loans.explain_loan(name=lent, instalment=0)
    assert [field for field, _ in refused.value.violations] == ["instalment"]
    with pytest.raises(InvalidArgument) as refused:
        loans.explain_loan(name=lent, payoff=date_pb2.Date(year=2024, month=2, day=30))
    assert [field for field, _ in refused.value.violations] == ["payoff"]
    with pytest.raises(NotFound, match="no instalment 13"):
        loans.explain_loan(name=lent, instalment=13)
    with pytest.raises(NotFound):
        loans.explain_loan(name=f"{BOOK}/loans/000-1", instalment=1)
    with pytest.raises(FailedPrecondition, match="before the business date"):
        loans.explain_loan(name=lent, accruals=span_of("2024-01-15", "2024-01-15"))
    with pytest.raises(FailedPrecondition, match="366 days"):
        loans.explain_loan(name=lent, payoff=date_of("2024-01-14"))
