"""The credit policy stops interest from being income, and lets it be income again."""

from __future__ import annotations

from typing import Any

import pytest
from google.protobuf.json_format import MessageToDict

from loanledger import money, to_date
from tests.promises.soundness import require_sound
from tests.server.desk import Desk
from tests.server.test_classification import settle
from tests.server.test_delinquency import published

RULES = {
    "NONACCRUAL": ("CREDIT_REGIME_US", "2024-05-15"),
    "STAGE_3": ("CREDIT_REGIME_IFRS9", "2024-05-15"),
    "NON_PERFORMING": ("CREDIT_REGIME_FIVE_CATEGORY", "2024-05-16"),
}


def kinds(desk: Desk, kind: str) -> list[tuple[str, Any]]:
    """Day and policy of the events of a kind; a person's has none."""
    found = desk.client.audit.list_events.iterate(kind=kind)
    plain = [(to_date(event.value_date), MessageToDict(event.payload)) for event in found]
    return [(str(day), told.get("details", {}).get("policy")) for day, told in plain]


@pytest.mark.parametrize("rule", RULES)
def test_interest_stops_on_the_morning_that_the_grade_says_so(desk: Desk, rule: str) -> None:
    regime, day = RULES[rule]
    published(desk, "2024-01-16", regimes=[regime], suspension=f"INTEREST_SUSPENSION_{rule}")
    loan = desk.lent(desk.publish(), "1200", n=24)
    desk.go_to("2024-05-20")
    assert kinds(desk, "interest_suspended") == [(day, 1)]
    # Of the principal not due: 6.00, 5.76, 5.53, 5.29, and five nights of a fifth month.
    found = desk.balances()
    assert "1132" not in found
    assert "6011" not in found
    assert found["9003"] == 23_39
    assert desk.client.risk.get_credit_quality(loan=loan).suspended_by_policy
    assert desk.tied()
    assert not list(desk.client.ledger.verify_ledger())[-1].differences
    require_sound(desk.server.dsn)


def test_interest_that_a_close_stopped_is_resumed_when_the_loan_is_better(desk: Desk) -> None:
    published(
        desk,
        "2024-01-16",
        regimes=["CREDIT_REGIME_US"],
        suspension="INTEREST_SUSPENSION_NONACCRUAL",
        cure_days=10,
    )
    product = desk.publish()
    late, manual = desk.lent(product, "1200", n=24), desk.lent(product, "1200", n=24)
    desk.client.loans.suspend_interest(name=manual, reason="committee")
    desk.go_to("2024-05-16")
    settle(desk, late)
    settle(desk, manual)
    desk.go_to("2024-05-30")
    suspended = sorted(kinds(desk, "interest_suspended"), key=lambda one: one[0])
    assert suspended == [("2024-01-15", None), ("2024-05-15", 1)]
    assert kinds(desk, "interest_resumed") == [("2024-05-27", 1)]
    stages = [desk.client.loans.get_loan(name=name).stage for name in (late, manual)]
    assert stages == [1, 2]
    assert not desk.client.risk.get_credit_quality(loan=late).suspended_by_policy
    assert desk.tied()
    require_sound(desk.server.dsn)


def test_a_mark_that_comes_later_keeps_what_the_close_stopped(desk: Desk) -> None:
    published(
        desk,
        "2024-01-16",
        regimes=["CREDIT_REGIME_US"],
        suspension="INTEREST_SUSPENSION_NONACCRUAL",
    )
    loan = desk.lent(desk.publish(), "1200", n=24)
    desk.go_to("2024-05-16")
    found = desk.client.risk.set_credit_marks(
        loan=loan, collateral=money("900", "CNY"), reason="found"
    )
    assert found.suspended_by_policy
    assert found.nonaccrual
