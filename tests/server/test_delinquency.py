"""Days past due: tolerance, buckets, pauses, and a history that says how each day began."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from loanledger import (
    FailedPrecondition,
    InvalidArgument,
    NotFound,
    date_of,
    money,
    to_date,
)
from loanledger.v1 import risk_service_pb2 as pb
from tests.server.desk import BOOK, Desk


def published(desk: Desk, since: str, **fields: Any) -> pb.CreditPolicy:
    policy = pb.CreditPolicy(title="Ours", effective_from=date_of(since), **fields)
    return desk.client.risk.publish_credit_policy(policy=policy)


def history(desk: Desk, loan: str) -> dict[date, tuple[int, str, bool]]:
    """(days, bucket, paused) of each day that the history covers."""
    found: dict[date, tuple[int, str, bool]] = {}
    for span in desk.client.risk.list_delinquency_spans.iterate(parent=loan, page_size=2):
        first, last = to_date(span.first), to_date(span.last)
        assert first
        assert last
        for no in range((last - first).days + 1):
            grows = no if span.HasField("since") and not span.paused else 0
            assert first + timedelta(no) not in found
            days = span.days_past_due + grows
            found[first + timedelta(no)] = days, span.bucket, span.paused
    return found


def spans(desk: Desk, loan: str) -> list[tuple[str, str, int, str]]:
    found = desk.client.risk.list_delinquency_spans.iterate(parent=loan)
    return [(str(to_date(s.first)), str(to_date(s.last)), s.days_past_due, s.bucket) for s in found]


def test_a_loan_ages_through_the_buckets_until_it_is_paid(desk: Desk) -> None:
    loan = desk.lent(desk.publish(), "1200", n=3)
    desk.go_to("2024-03-18")
    # Due on 15 February and unpaid: the 16th begins with one day.
    assert spans(desk, loan) == [
        ("2024-02-16", "2024-03-16", 1, "1-30"),
        ("2024-03-17", "2024-03-18", 31, "31-60"),
    ]
    due = desk.client.loans.get_schedule(name=loan).instalments[0]
    desk.client.loans.repay_loan(name=loan, amount=due.total)
    desk.go_to("2024-03-20")
    # The instalment of 15 March is the oldest from then on.
    assert spans(desk, loan)[1:] == [
        ("2024-03-17", "2024-03-18", 31, "31-60"),
        ("2024-03-19", "2024-03-20", 4, "1-30"),
    ]
    paid = desk.client.loans.quote_payoff(name=loan)
    desk.client.loans.pay_off_loan(name=loan, amount=paid.total)
    desk.go_to("2024-03-22")
    assert spans(desk, loan)[-1] == ("2024-03-21", "2024-03-22", 0, "current")
    assert desk.rows("select count(*) from ledger.arrears") == [(0,)]


def test_an_amount_within_the_tolerance_is_not_past_due(desk: Desk) -> None:
    published(desk, "2024-01-16", tolerances=[money("5", "CNY")], tolerance_days=3)
    loan = desk.lent(desk.publish(), "1200", n=3)
    desk.go_to("2024-02-20")
    assert history(desk, loan)[date(2024, 2, 18)] == (3, "current", False)
    assert history(desk, loan)[date(2024, 2, 19)] == (4, "1-30", False)
    # 404.01 is due: 399.00 leaves a fen more than the tolerance.
    due = desk.client.loans.get_schedule(name=loan).instalments[0]
    assert (due.total.units, due.total.nanos) == (404, 10_000_000)
    desk.client.loans.repay_loan(name=loan, amount=money("399", "CNY"))
    desk.go_to("2024-02-21")
    assert history(desk, loan)[date(2024, 2, 21)] == (6, "1-30", False)
    desk.client.loans.repay_loan(name=loan, amount=money("0.01", "CNY"))
    desk.go_to("2024-02-22")
    assert history(desk, loan)[date(2024, 2, 22)] == (0, "current", False)


def test_days_do_not_count_while_a_dispute_lasts(desk: Desk) -> None:
    loan = desk.lent(desk.publish(), "1200", n=3)
    desk.go_to("2024-02-20")
    paused = desk.client.risk.pause_delinquency(
        loan=loan, cause="PAUSE_CAUSE_DISPUTE", until=date_of("2024-03-01"), reason="double charge"
    )
    with pytest.raises(FailedPrecondition) as twice:
        desk.client.risk.pause_delinquency(
            loan=loan, cause="PAUSE_CAUSE_DISPUTE", until=date_of("2024-03-01"), reason="again"
        )
    assert twice.value.reason == "DELINQUENCY_PAUSED"
    assert paused.event.startswith(f"{BOOK}/events/")
    desk.go_to("2024-02-26")
    assert history(desk, loan)[date(2024, 2, 26)] == (5, "1-30", True)
    ended = desk.client.risk.resume_delinquency(loan=loan, reason="settled")
    assert (to_date(ended.first), to_date(ended.until)) == (date(2024, 2, 20), date(2024, 2, 26))
    with pytest.raises(FailedPrecondition) as none:
        desk.client.risk.resume_delinquency(loan=loan, reason="again")
    assert none.value.reason == "DELINQUENCY_NOT_PAUSED"
    desk.go_to("2024-03-01")
    found = history(desk, loan)
    # The nights from the 20th to the 25th do not count.
    assert found[date(2024, 2, 27)] == (6, "1-30", False)
    assert found[date(2024, 3, 1)] == (9, "1-30", False)


def test_a_pause_ends_by_itself(desk: Desk) -> None:
    loan = desk.lent(desk.publish(), "1200", n=3)
    desk.go_to("2024-02-10")
    desk.client.risk.pause_delinquency(
        loan=loan,
        cause="PAUSE_CAUSE_PAYMENT_HOLIDAY",
        until=date_of("2024-02-18"),
        reason="holiday",
    )
    desk.go_to("2024-02-20")
    found = history(desk, loan)
    assert [found[date(2024, 2, day)] for day in (16, 17, 18, 19, 20)] == [
        (0, "current", True),
        (0, "current", True),
        (0, "current", False),
        (1, "1-30", False),
        (2, "1-30", False),
    ]


def test_buckets_are_the_books_own_from_the_day_that_a_policy_begins(desk: Desk) -> None:
    loan = desk.lent(desk.publish(), "1200", n=3)
    desk.go_to("2024-02-20")
    buckets = [pb.BucketRule(name="M0", first_day=0), pb.BucketRule(name="M1", first_day=1)]
    buckets.append(pb.BucketRule(name="M2", first_day=30))
    policy = published(desk, "2024-02-22", buckets=buckets)
    assert (policy.name, policy.version) == (f"{BOOK}/creditPolicies/1", 1)
    now = desk.client.risk.get_credit_policy(name=f"{BOOK}/creditPolicies/current")
    assert (now.version, len(now.buckets)) == (0, 6)
    desk.go_to("2024-03-16")
    assert [(first, bucket) for first, _, _, bucket in spans(desk, loan)] == [
        ("2024-02-16", "1-30"),
        ("2024-02-22", "M1"),
        ("2024-03-16", "M2"),
    ]
    assert list(desk.client.risk.list_credit_policies.iterate()) == [policy]
    now = desk.client.risk.get_credit_policy(name=f"{BOOK}/creditPolicies/current")
    assert now == policy
    with pytest.raises(FailedPrecondition):
        published(desk, "2024-03-16")
    with pytest.raises(NotFound):
        desk.client.risk.get_credit_policy(name=f"{BOOK}/creditPolicies/2")


def test_buckets_are_told_of_today_with_amounts_and_of_any_day_by_number(desk: Desk) -> None:
    product = desk.publish()
    late, _ = desk.lent(product, "1200", n=3), desk.lent(product, "900", n=1)
    desk.go_to("2024-02-20")
    desk.client.loans.pay_off_loan(
        name=late, amount=desk.client.loans.quote_payoff(name=late).total
    )
    other = desk.lent(product, "500")
    desk.go_to("2024-02-21")
    now = desk.client.risk.get_delinquency_buckets()
    told = [(b.bucket, b.loans, b.principal.units, b.overdue.units) for b in now.buckets]
    assert told == [("not past due", 1, 500, 0), ("1-30", 1, 900, 904)]
    before = desk.client.risk.get_delinquency_buckets(date=date_of("2024-02-20"))
    assert [(b.bucket, b.loans) for b in before.buckets] == [("1-30", 2)]
    assert other


def test_an_export_proves_each_loans_line(desk: Desk) -> None:
    desk.lent(desk.publish(), "1200", n=3)
    desk.go_to("2024-02-17")
    (event,) = desk.client.audit.list_events.iterate(kind="loans_aged")
    assert event.payload["lines"] == 1
    desk.client.audit.create_checkpoint()
    exported = b"".join(part.chunk for part in desk.client.audit.export_history())
    assert b'"1-30",1]' in exported


def test_a_policy_asked_for_twice_is_one_and_a_dry_run_none(desk: Desk) -> None:
    policy = pb.CreditPolicy(title="Ours", effective_from=date_of("2024-01-16"))
    ask = desk.client.risk.publish_credit_policy
    ask(policy=policy, validate_only=True)
    answers = [ask(policy=policy, request_id="once") for _ in range(2)]
    assert answers[0] == answers[1]
    assert desk.rows("select count(*) from ledger.credit_policy") == [(1,)]
    loan = desk.lent(desk.publish(), "1200")
    with pytest.raises(InvalidArgument):
        desk.client.risk.pause_delinquency(
            loan=loan, cause="PAUSE_CAUSE_DISPUTE", until=date_of("2024-01-15"), reason="x"
        )
