"""Allowances by category: posted as differences, moved in a table, tied to the ledger."""

from __future__ import annotations

from typing import Any

import pytest

from loanledger import FailedPrecondition, InvalidArgument, date_of, decimal_, minor, money, to_date
from loanledger.v1 import common_pb2
from loanledger.v1 import risk_service_pb2 as pb
from tests.promises.soundness import require_sound
from tests.server.desk import Desk, pair
from tests.server.test_classification import mark, settle
from tests.server.test_delinquency import published

RATES = {"PASS": "0.01", "SPECIAL_MENTION": "0.02", "SUBSTANDARD": "0.25", "DOUBTFUL": "0.5"}


def by_category(frequency: str = "DAILY", **more: Any) -> pb.Provisioning:
    rates = [
        pb.CategoryRate(category=f"CREDIT_CATEGORY_{name}", rate=decimal_(rate))
        for name, rate in {**RATES, "LOSS": "1"}.items()
    ]
    return pb.Provisioning(
        method="PROVISIONING_METHOD_CATEGORY",
        frequency=f"PROVISIONING_FREQUENCY_{frequency}",
        rates=rates,
        **more,
    )


def lines(desk: Desk, loan: str) -> list[tuple[str, str, int, str, int, str]]:
    """(day, grade before, amount before, grade, amount, cause)."""
    found = desk.client.risk.list_allowance_lines.iterate(parent=loan, page_size=2)
    return [
        (
            str(to_date(one.date)),
            one.grade_before,
            minor(one.before),
            one.grade,
            minor(one.amount),
            one.cause,
        )
        for one in found
    ]


def moves(found: pb.GradeMovement | pb.AccountMovement) -> dict[str, int]:
    """What is not zero of a row, in minor units."""
    amounts = {f.name: minor(value) for f, value in found.ListFields() if f.message_type}
    return {name: amount for name, amount in amounts.items() if amount}


def allowance(desk: Desk) -> int:
    """The credit balance of the general allowance account."""
    return -desk.balances().get("1304", 0)


def kept(desk: Desk) -> int:
    return int(desk.rows("select coalesce(sum(amount), 0) from ledger.provided")[0][0])


def table(desk: Desk, start: str, end: str) -> pb.AllowanceMovements:
    span = common_pb2.DateRange(start=date_of(start), end=date_of(end))
    found = desk.client.risk.get_allowance_movements(dates=span)
    assert found.tied
    return found


def test_the_allowance_follows_the_category_and_the_principal(desk: Desk) -> None:
    published(desk, "2024-01-16", provisioning=by_category())
    product = desk.publish()
    loan, small = desk.lent(product, "1200", n=3), desk.lent(product, "1000.55", n=3)
    desk.go_to("2024-01-16")
    assert allowance(desk) == 0
    desk.go_to("2024-02-18")
    # 1 % of 1,200.00 and of 1,000.55 (10.0055, half up), then 2 % (20.011).
    assert lines(desk, loan) == [
        ("2024-01-16", "pass", 0, "pass", 1200, "provision"),
        ("2024-02-16", "pass", 1200, "special_mention", 2400, "provision"),
    ]
    assert [line[4] for line in lines(desk, small)] == [1001, 2001]
    assert allowance(desk) == 2400 + 2001 == kept(desk)
    settle(desk, loan)
    left = desk.client.loans.get_loan(name=loan).balance.principal
    desk.go_to("2024-02-19")
    # What the first instalment leaves is special mention until the next morning.
    half_up = (2 * minor(left) * 2 + 100) // 200
    assert lines(desk, loan)[-1][3:] == ("special_mention", half_up, "provision")
    desk.go_to("2024-02-20")
    assert lines(desk, loan)[-1][3:] == ("pass", (2 * minor(left) + 100) // 200, "provision")
    loss = desk.balances()["6702"]
    assert loss == allowance(desk) == kept(desk)
    require_sound(desk.server.dsn)
    assert not list(desk.client.ledger.verify_ledger())[-1].differences


def test_the_movement_table_ties_to_the_ledger_through_write_offs_and_recoveries(
    desk: Desk,
) -> None:
    published(desk, "2024-01-16", provisioning=by_category())
    product = desk.publish()
    lost, repaid, good = (desk.lent(product, "1200", n=n) for n in (3, 3, 3))
    desk.go_to("2024-01-20")
    mark(desk, lost, credit_impaired=True, loss_to_book=decimal_("0.6"))
    desk.go_to("2024-01-25")
    written = desk.client.loans.write_off_loan(name=lost, reason="lost")
    desk.client.loans.pay_off_loan(
        name=repaid, amount=desk.client.loans.quote_payoff(name=repaid).total
    )
    desk.client.ledger.post_journal(entries=pair("7", debit="6702", credit="1304"))
    desk.go_to("2024-01-26")
    desk.client.loans.record_recovery(name=lost, amount=money("100", "CNY"))
    desk.go_to("2024-01-27")
    found = table(desk, "2024-01-16", "2024-01-26")
    rows = {row.grade: moves(row) for row in found.grades}
    assert rows == {
        "pass": {
            "created": 3600,
            "transferred": -1200,
            "derecognised": -1200,
            "closing": 1200,
        },
        "doubtful": {"transferred": 1200, "increased": 58800, "written_off": -60000},
    }
    owed = minor(written.transaction.amount)
    (account,) = found.accounts
    assert moves(account) == {
        "provided": 1200,
        "charged": owed,
        "written_off": -owed,
        "other": 700,
        "closing": 1900,
    }
    assert allowance(desk) == 1900
    assert lines(desk, lost)[-1] == ("2024-01-25", "doubtful", 60000, "doubtful", 0, "written_off")
    later = table(desk, "2024-01-26", "2024-01-26")
    assert {row.grade: moves(row) for row in later.grades}["pass"] == {
        "opening": 1200,
        "closing": 1200,
    }
    assert moves(later.accounts[0]) == {"opening": 1900, "closing": 1900}
    assert good
    require_sound(desk.server.dsn)


def test_a_recovery_through_the_allowance_leaves_nothing_on_it(desk: Desk) -> None:
    published(desk, "2024-01-16", provisioning=by_category())
    loan = desk.lent(desk.publish(profile="cn_long"), "1200", n=3)
    desk.go_to("2024-01-17")
    desk.client.loans.write_off_loan(name=loan, reason="lost")
    desk.client.loans.record_recovery(name=loan, amount=money("100", "CNY"))
    desk.go_to("2024-01-18")
    found = table(desk, "2024-01-16", "2024-01-17")
    assert moves(found.accounts[0]).get("recovered", 0) == 0
    assert moves(found.accounts[0]).get("closing", 0) == 0 == allowance(desk)


def test_by_month_it_is_posted_on_the_months_last_day(desk: Desk) -> None:
    published(desk, "2024-01-16", provisioning=by_category("MONTH_END"))
    loan = desk.lent(desk.publish(), "1200", n=3)
    desk.go_to("2024-01-31")
    assert lines(desk, loan) == []
    desk.go_to("2024-02-20")
    assert lines(desk, loan) == [("2024-01-31", "pass", 0, "pass", 1200, "provision")]
    (event,) = desk.client.audit.list_events.iterate(kind="provision_recorded")
    assert event.posting_date == date_of("2024-01-31")
    books = desk.client.reports.get_trial_balance(posting_date=date_of("2024-01-31"))
    assert [minor(line.net) for line in books.lines if line.account == "1304"] == [-1200]
    month = desk.client.risk.get_allowance_movements()
    assert (month.start, month.end) == (date_of("2024-02-01"), date_of("2024-02-19"))
    desk.client.ledger.close_period(name="books/main/periods/2024-01")


def test_ratios_are_those_of_the_ledger(desk: Desk) -> None:
    published(desk, "2024-01-16", provisioning=by_category())
    product = desk.publish()
    bad, _ = desk.lent(product, "1000", n=3), desk.lent(product, "2000", n=3)
    desk.go_to("2024-01-16")
    mark(desk, bad, credit_impaired=True)
    desk.go_to("2024-01-17")
    (found,) = desk.client.risk.get_provision_ratios().ratios
    # 25 % of 1,000.00 and 1 % of 2,000.00; required are 150 % of 1,000.00.
    assert (minor(found.allowance), minor(found.loans), minor(found.non_performing)) == (
        27000,
        300000,
        100000,
    )
    assert (found.loan_provision_ratio.value, found.coverage_ratio.value) == ("0.09", "0.27")
    assert (minor(found.required), minor(found.shortfall)) == (150000, 123000)


def test_a_large_loan_is_assessed_by_itself(desk: Desk) -> None:
    rules = by_category(individual_from=[money("1000", "CNY")])
    published(desk, "2024-01-16", provisioning=rules)
    product = desk.publish()
    large, small = desk.lent(product, "1000", n=3), desk.lent(product, "999.99", n=3)
    desk.go_to("2024-01-16")
    assess = desk.client.risk.assess_allowance
    told = assess(loan=large, amount=money("333.33", "CNY"), reason="cash flows discounted")
    assert told.assessed_allowance == money("333.33", "CNY")
    with pytest.raises(FailedPrecondition):
        assess(loan=small, amount=money("1", "CNY"), reason="too small")
    with pytest.raises(FailedPrecondition) as beyond:
        assess(loan=large, amount=money("2000", "CNY"), reason="more than all")
    assert beyond.value.reason == "AMOUNT_EXCEEDED"
    with pytest.raises(InvalidArgument):
        assess(loan=large, amount=money("1", "EUR"), reason="other currency")
    desk.go_to("2024-01-17")
    assert lines(desk, large) == [("2024-01-16", "pass", 0, "pass", 33333, "provision")]
    assess(loan=large, reason="by the policy again")
    desk.go_to("2024-01-18")
    assert lines(desk, large)[-1] == ("2024-01-17", "pass", 33333, "pass", 1000, "provision")


def test_a_day_that_is_closed_provides_nothing_again(desk: Desk) -> None:
    published(desk, "2024-01-16", provisioning=by_category())
    desk.lent(desk.publish(), "1200", n=3)
    desk.go_to("2024-01-20")
    before = desk.rows("select * from ledger.allowance"), desk.written()
    list(desk.client.end_of_day.run_end_of_day(business_date=date_of("2024-01-19")))
    assert (desk.rows("select * from ledger.allowance"), desk.written()) == before


def test_an_export_proves_each_loans_allowance(desk: Desk) -> None:
    published(desk, "2024-01-16", provisioning=by_category())
    desk.lent(desk.publish(), "1200", n=3)
    desk.go_to("2024-01-17")
    desk.client.audit.create_checkpoint()
    exported = b"".join(part.chunk for part in desk.client.audit.export_history())
    assert b'"pass",1200]' in exported
