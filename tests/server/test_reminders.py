"""Reminders before and after due dates, as events of the history, with figures by hand."""

from __future__ import annotations

from typing import Any

import pytest

from loanledger import InvalidArgument, date_of, minor, money
from tests.promises.soundness import require_sound
from tests.server.desk import Desk


def told(desk: Desk, loan: str) -> list[tuple[str, str, int, int]]:
    """(day, due date, days, amount) of each reminder of a loan."""
    events = desk.client.audit.list_events.iterate(subject=loan, kind="reminder_due")
    return [
        (
            f"2024-{event.value_date.month:02d}-{event.value_date.day:02d}",
            event.payload["details"]["due"],
            int(event.payload["details"]["days"]),
            int(event.payload["amounts"]["amount"]),
        )
        for event in events
    ]


def test_a_borrower_is_reminded_before_and_after_a_due_date(desk: Desk) -> None:
    product = desk.publish(reminder_days=[-3, 0, 7])
    silent = desk.lent(desk.publish("silent"), "1200")
    loan, paid = desk.lent(product, "1200"), desk.lent(product, "1200")
    [first, second, *_] = desk.client.loans.get_schedule(name=loan).instalments
    asked = minor(first.principal) + minor(first.interest)
    desk.go_to("2024-02-12")
    # Due on 15 February: three days before both are reminded of the instalment.
    for name in (loan, paid):
        assert told(desk, name) == [("2024-02-12", "2024-02-15", -3, asked)]
    listed = list(desk.client.end_of_day.list_reminders.iterate(page_size=1))
    assert {one.loan for one in listed} == {loan, paid}
    assert {(one.days, minor(one.amount)) for one in listed} == {(-3, asked)}
    assert [one.due_date for one in listed] == [date_of("2024-02-15")] * 2
    of_day = desk.client.end_of_day.list_reminders(business_date=date_of("2024-02-11"))
    assert not of_day.reminders
    desk.go_to("2024-02-15")
    desk.client.loans.repay_loan(name=paid, amount=money("150", "CNY"))
    desk.go_to("2024-02-23")
    late = [("2024-02-15", "2024-02-15", 0, asked), ("2024-02-22", "2024-02-15", 7, asked)]
    assert told(desk, loan)[1:] == late
    assert told(desk, paid)[1:] == late[:1]
    assert told(desk, silent) == []
    steps = desk.client.end_of_day.list_end_of_day_steps
    assert {step.step: step.items for step in steps().steps}["remind"] == 0
    desk.go_to("2024-03-12")
    # One is reminded of March although February is unpaid; nobody twice of the same.
    march = minor(second.principal) + minor(second.interest)
    assert told(desk, loan)[3:] == [("2024-03-12", "2024-03-15", -3, march)]
    assert (
        desk.client.loans.get_loan(name=loan).balance
        == desk.client.loans.get_loan(name=silent).balance
    )
    assert desk.tied()
    require_sound(desk.server.dsn)
    *_, last = desk.client.ledger.verify_ledger()
    assert (last.finished, last.differences) == (True, 0)


@pytest.mark.parametrize("days", [[7, 1], [1, 1], [-32], [367], list(range(21))])
def test_days_that_make_no_sense_are_refused(desk: Desk, days: list[Any]) -> None:
    with pytest.raises(InvalidArgument) as refused:
        desk.publish(reminder_days=days)
    assert {field for field, _ in refused.value.violations} == {"terms.reminder_days"}
