"""Worked entries may come in other words: each is still posted by the rule that it means."""

from __future__ import annotations

from typing import Any

import pytest

from tests.vectors.case import Case
from tests.vectors.journals import check

WORDS: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("capitalisation", {"interest": 500}, "D 1303P 500, C 1132 500"),
    (
        "interest_capitalisation",
        {"interest": 500, "penalty": 20},
        "D 1303P 520, C 1132 500, C 1134 20",
    ),
    ("capitalised_arrears", {"interest": 500, "penalty": 20}, "D 1303P 520, C 1132 500, C 1134 20"),
    ("fee_amortisation_eir", {"fee": 200}, "D 1303A 200, C 6011 200"),
    ("fee_amortisation", {"amount": 200}, "D 1303A 200, C 6011 200"),
    ("fee_amortisation_straight_line", {"amount": 10}, "D 2401 10, C 6011 10"),
    ("fee_amortisation_undo", {"amount": 10}, "D 6011 10, C 2401 10"),
    ("credit_balance_refund", {"cash": 500}, "D 2242 500, C 1001 500"),
    ("refund", {"amount": 500}, "D 2242 500, C 1001 500"),
    ("provision_charge", {"amount": 500}, "D 6702 500, C 1304 500"),
    ("provision", {"charge": 500}, "D 6702 500, C 1304 500"),
    ("provision_release", {"amount": 500}, "D 1304 500, C 6702 500"),
    ("provision_release", {"release": 500}, "D 1304 500, C 6702 500"),
    (
        "stage_transfer",
        {"from": "S1", "to": "S2", "allowance": 30, "remeasurement": 70},
        "D 1304-S1 30, C 1304-S2 100, D 6702 70",
    ),
    (
        "stage_transfer",
        {"allowance_carried": 30, "new_allowance": 100},
        "D 1304-S1 30, C 1304-S2 100, D 6702 70",
    ),
    (
        "write_off_shortfall",
        {"principal": 500, "interest": 40, "allowance": 200},
        "D 6702 340, C 1304 340, D 1304 540, C 1303P 500, C 1132 40",
    ),
    (
        "write_off_with_shortfall",
        {"principal": 500, "interest": 40, "allowance": 200},
        "D 6702 340, D 1304 200, C 1303P 500, C 1132 40",
    ),
    (
        "write_off_with_shortfall",
        {"principal": 500, "interest": 0, "allowance": 200, "shortfall": 300},
        "D 6702 300, C 1304 300, D 1304 500, C 1303I 500",
    ),
    (
        "recovery_long_form_cn",
        {"cash": 70},
        "D 1303P 70, C 1304 70, D 1001 70, C 1303P 70, D 1304 70, C 6702 70",
    ),
    ("recovery_fineract", {"cash": 70}, "D 1001 70, C 6301 70"),
    ("modification_loss", {"loss": 80}, "D 6111 80, C 1303A 80"),
    (
        "modification_loss",
        {"gross_carrying_amount": 1000, "pv_modified": 920},
        "D 6111 80, C 1303A 80",
    ),
    ("modification_gain", {"gain": 80}, "D 1303A 80, C 6111 80"),
    ("modification_gain", {"amount": 80}, "D 1303A 80, C 6111 80"),
    ("vat_accrual", {"interest_gross": 10600}, "D 1132 10600, C 6011 10000, C 2240 600"),
    (
        "accrual_with_vat",
        {"interest": 10600, "vat_rate": "0.06"},
        "D 1132 10600, C 6011 10000, C 2240 600",
    ),
    ("accrual_vat", {"net": 10000, "vat": 600}, "D 1132 10600, C 6011 10000, C 2240 600"),
    ("vat_due", {"vat": 600}, "D 2240 600, C 2221 600"),
    (
        "sale_without_recourse_gain",
        {"cash": 980000, "allowance": 50000, "principal": 1000000, "interest_receivable": 4000},
        "D 1001 980000, D 1304 50000, C 6111 26000, C 1303P 1000000, C 1132 4000",
    ),
    ("sale_with_recourse", {"cash": 900}, "D 1001 900, C 2243 900"),
    (
        "repossession",
        {"fair_value": 700, "allowance": 200, "principal": 950, "interest": 30},
        "D 1441 700, D 1304 200, D 6702 80, C 1303I 950, C 1132 30",
    ),
    (
        "repossession",
        {"fair_value": 700, "allowance": 200, "carrying_amount": 950},
        "D 1441 700, D 1304 200, D 6702 50, C 1303I 950",
    ),
    (
        "charge_off_direct",
        {"principal": 500, "fee": 10, "penalty": 5, "interest": 3},
        "D 6702 500, D 6021 10, D 6051 5, D 6011 3, C 1303P 500, C 1133 10, C 1134 5, C 1132 3",
    ),
    ("fx_revaluation_gain", {"gain": 70}, "D 1303P 70, C 6061 70"),
    (
        "fx_revaluation",
        {"principal_fcy": 1000, "rate_before": "7.10", "rate_after": "7.20"},
        "D 1303P 100, C 6061 100",
    ),
    ("suspense_receipt", {"cash": 70}, "D 1001 70, C 2241 70"),
    ("suspense_matched", {"interest": 10, "principal": 60}, "D 2241 70, C 1132 10, C 1303P 60"),
    (
        "bounced_payment",
        {"penalty": 1, "fee": 2, "interest": 3, "principal": 4},
        "D 1134 1, D 1133 2, D 1132 3, D 1303P 4, C 1001 10",
    ),
    ("nonaccrual_reversal_us", {"accrued_current_year": 900}, "D 6011 900, C 1132 900"),
    (
        "impairment_reclassification",
        {"principal": 1000, "interest": 40},
        "D 1303I 1040, C 1303P 1000, C 1132 40",
    ),
    ("unwinding", {"amount": 12}, "D 1304 12, C 6011 12"),
    ("buy_back", {"fair_value": 850}, "D 1303P 850, C 1001 850"),
    (
        "stage3_interest",
        {"contractual": 2500, "recognised": 2000},
        "D 1132 2500, C 6011 2000, C 1304 500",
    ),
    (
        "accrual_eir",
        {"contractual_interest": 5000, "eir_interest": 5200},
        "D 1132 5000, D 1303A 200, C 6011 5200",
    ),
    ("disbursement", {"principal": 100}, "D 1303P 100, C 2011 100"),
    ("capitalised_income", {"fee": 50}, "D 1303P 50, C 2401 50"),
    (
        "overpayment",
        {"cash": 9500, "interest": 1000, "principal": 8000, "fee": 100},
        "D 1001 9500, C 1132 1000, C 1303P 8000, C 1133 100, C 2242 400",
    ),
    (
        "collateral_sale",
        {"cash": 650, "collateral": 700, "collateral_allowance": 60},
        "D 1001 650, D 1442 60, C 6111 10, C 1441 700",
    ),
    (
        "collateral_sale",
        {"cash": 650, "carrying_amount": 700, "allowance": 60},
        "D 1001 650, D 1442 60, C 6111 10, C 1441 700",
    ),
    (
        "disbursement_net_of_fee",
        {"principal": 1000, "fee_integral": 15},
        "D 1303P 1000, C 1001 985, C 1303A 15",
    ),
    ("fee_accrual", {"fee": 15}, "D 1133 15, C 6021 15"),
    ("fee_accrual", {"amount": 15}, "D 1133 15, C 6021 15"),
    ("penalty_accrual", {"amount": 15}, "D 1134 15, C 6051 15"),
    (
        "prepayment_with_penalty",
        {"principal": 1000, "interest": 5, "penalty": 20},
        "D 1001 1025, C 1303P 1000, C 1132 5, C 6051 20",
    ),
    ("forgiven_interest", {"interest": 40}, "D 6702 40, C 1132 40"),
    ("cost_recovery", {"cash": 40}, "D 1001 40, C 1303P 40"),
    ("cash_basis", {"cash": 40}, "D 1001 40, C 6011 40"),
)


def case(event: str, given: dict[str, Any], lines: list[dict[str, Any]]) -> Case:
    """A case as a file would have it."""
    return Case({"event": event, "input": given, "rule": "1", "expected_lines": lines})


def line(text: str) -> dict[str, Any]:
    """`D 1001 5` as a line of a case."""
    side, account, amount = text.split()
    debit, credit = (int(amount), 0) if side == "D" else (0, int(amount))
    return {"account": account, "debit": debit, "credit": credit}


@pytest.mark.parametrize(("event", "given", "expected"), WORDS)
def test_a_worked_entry_may_come_in_other_words(
    event: str, given: dict[str, Any], expected: str
) -> None:
    asked = case(event, given, [line(text) for text in expected.split(",")])
    check(asked)
    asked.nothing_is_left()


def test_each_currency_of_a_worked_entry_is_compared_by_itself() -> None:
    lines = [
        line("D 1303P-USD 1000") | {"currency": "USD"},
        line("C position-USD 1000") | {"currency": "USD"},
        line("D position-CNY 7100"),
        line("C 1001-CNY 7100"),
    ]
    check(case("fx_disbursement", {"principal_usd": 1000, "cash_cny": 7100}, lines))
    with pytest.raises(AssertionError):
        check(case("fx_disbursement", {"principal_usd": 1000, "cash_cny": 7000}, lines))


def test_an_event_that_nobody_knows_fails_its_case() -> None:
    with pytest.raises(AssertionError, match="does not know the event surprise"):
        check(case("surprise", {}, []))
