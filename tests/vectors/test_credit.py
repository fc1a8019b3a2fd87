"""Credit cases may name their facts in other words, and cover more than the ones we have."""

from __future__ import annotations

from typing import Any

import pytest

from tests.vectors.case import Case
from tests.vectors.credit import check

WORDS: tuple[tuple[str, dict[str, Any], dict[str, Any]], ...] = (
    (
        "cn_five_category",
        {"days_past_due": 0, "credit_impaired": True},
        {"floor_category": "substandard", "non_performing": True},
    ),
    (
        "cn_five_category",
        {"days_past_due": 10, "credit_impaired": True, "ecl_to_book": "0.55"},
        {"floor_category": "doubtful"},
    ),
    (
        "cn_five_category",
        {"days_past_due": 0, "credit_impaired": True, "ecl_share_of_book": "0.95"},
        {"floor_category": "loss"},
    ),
    (
        "cn_five_category",
        {"days_past_due": 0, "ecl_to_book": "0.50"},
        {"floor_category": "doubtful"},
    ),
    (
        "cn_five_category",
        {"days_past_due": 0, "debt_evasion": True},
        {"floor_category": "doubtful"},
    ),
    (
        "cn_five_category",
        {"days_past_due": 0, "bankruptcy_liquidation": True},
        {"floor_category": "loss"},
    ),
    (
        "cn_five_category",
        {"days_past_due": 0, "retail": True, "share_npl_in_own_bank": "0.12"},
        {"floor_category": "pass"},
    ),
    (
        "cn_five_category",
        {"days_past_due": 0, "debtor": "retail", "share_npl_in_own_bank": "0.12"},
        {"floor_category": "pass"},
    ),
    (
        "cn_five_category",
        {"days_past_due": 0, "share_over_90_all_banks": "0.21"},
        {"floor_category": "substandard"},
    ),
    (
        "cn_five_category",
        {"days_past_due": 0, "share_over_90_dpd_in_all_banks": "0.21"},
        {"floor_category": "substandard"},
    ),
    (
        "cn_five_category",
        {"days_past_due": 0, "share_overdue_90_in_all_banks": "0.20"},
        {"floor_category": "pass"},
    ),
    (
        "cn_five_category",
        {
            "days_past_due": 0,
            "restructured_before_class": "special_mention",
            "restructured_again": True,
        },
        {"floor_category": "substandard"},
    ),
    (
        "cn_five_category",
        {
            "days_past_due": 0,
            "restructured_before_class": "pass",
            "restructured_again_in_observation_period": True,
        },
        {"floor_category": "substandard"},
    ),
    ("days_past_due", {"as_of": "2024-03-31", "due_date": "2024-03-01"}, {"days_past_due": 30}),
    (
        "days_past_due",
        {"as_of": "2024-03-31", "due_dates_unpaid": ["2024-03-20", "2024-03-01"]},
        {"days_past_due": 30},
    ),
    (
        "days_past_due",
        {"as_of": "2024-03-31", "earliest_unpaid_due_date": "2024-03-31"},
        {"days_past_due": 0},
    ),
    (
        "cn_restructure",
        {"contract_change": "2024-01-10", "first_repayment_date": "2024-02-10", "period_months": 1},
        {"observation_start": "2024-02-10", "observation_end": "2025-02-10"},
    ),
    (
        "cn_restructure",
        {
            "contract_change_date": "2024-01-10",
            "first_repayment_after_change": "2024-02-10",
            "repayment_frequency": "monthly",
        },
        {"observation_start": "2024-02-10", "observation_earliest_end": "2025-02-10"},
    ),
    (
        "cn_restructure",
        {
            "first_repayment_date": "2024-02-10",
            "repayment_period_months": 6,
            "missed_payment_date": "2024-08-10",
        },
        {"observation_start": "2024-08-10", "observation_end": "2025-08-10"},
    ),
    (
        "cn_restructure",
        {"arrears_repaid": "2024-02-10", "period_months": 1},
        {"earliest_upgrade": "2024-08-10"},
    ),
    ("ifrs9_stage", {"days_past_due": 45, "rebutted_30": True}, {"stage": 1}),
    ("ifrs9_stage", {"days_past_due": 45, "rebutted": True}, {"stage": 1}),
    ("ifrs9_stage", {"days_past_due": 95, "rebutted_90dpd": True}, {"stage": 2}),
    ("ifrs9_stage", {"days_past_due": 0, "sicr": True}, {"stage": 2}),
    (
        "ifrs9_stage",
        {"days_past_due": 0, "credit_impaired": True},
        {"stage": 3, "ecl_horizon": "lifetime", "interest_basis": "net amortised cost"},
    ),
    (
        "nonaccrual",
        {
            "days_past_due": 95,
            "well_secured": True,
            "in_process_of_collection": True,
            "accrued_current_year": 100,
        },
        {"nonaccrual": False},
    ),
    (
        "nonaccrual",
        {
            "days_past_due": 95,
            "well_secured": True,
            "in_process_of_collection": False,
            "accrued_current_year": 100,
        },
        {
            "nonaccrual": True,
            "reverse_against_interest_income": 100,
            "charge_to_allowance_or_income_prior_years": 0,
            "accrued_interest_after": 0,
        },
    ),
    (
        "nonaccrual",
        {
            "days_past_due": 10,
            "full_payment_expected": False,
            "well_secured": True,
            "in_process_of_collection": True,
            "accrued_current_year": 100,
        },
        {"nonaccrual": True},
    ),
    ("nonaccrual", {"days_past_due": 10, "payment_in_full_expected": False}, {"nonaccrual": True}),
    (
        "nonaccrual",
        {
            "days_past_due": 100,
            "principal": 100000,
            "interest_due": 3000,
            "cash_received": 3500,
            "method": "cash_basis",
        },
        {"nonaccrual": True, "interest_income": 3000, "cost_recovery_to_principal": 500},
    ),
    (
        "ffiec_retail",
        {"type": "open_end", "days_past_due": 180},
        {"charge_off": True, "substandard_or_worse": True},
    ),
    (
        "ffiec_retail",
        {"type": "open_end", "days_past_due": 0, "bankruptcy_notice_days": 60},
        {"charge_off": True, "substandard_or_worse": True},
    ),
    (
        "ffiec_retail",
        {"type": "open_end", "days_past_due": 0, "fraud_discovery_days": 89},
        {"charge_off": False, "substandard_or_worse": False},
    ),
    (
        "ffiec_retail",
        {"type": "closed_end", "days_past_due": 89},
        {"charge_off": False, "substandard_or_worse": False},
    ),
    (
        "cn_provision_ratios",
        {"allowance_minor": 2800000, "gross_loans_minor": 100000000, "npl_minor": 1000000},
        {
            "loan_provision_ratio_pct": "2.80",
            "coverage_pct": "280.00",
            "required_allowance_minor": 2500000,
            "shortfall_minor": 0,
        },
    ),
    (
        "stage3_interest",
        {"gross": 500000, "allowance": 100000, "eir_annual": "0.06", "months": 1},
        {"interest_revenue": 2000, "contractual_interest": 2500},
    ),
    (
        "ecl_scenarios",
        {
            "scenarios": [
                {"weight": "0.3", "ecl": 10001},
                {"weight": "0.5", "ecl": 25000},
                {"weight": "0.2", "ecl": 3},
            ]
        },
        {"ecl": 15501},
    ),
    (
        "cn_2002_provision",
        {"balances_minor": {"pass": 100, "loss": 5}},
        {"specific": {"loss": 5}, "specific_total": 5, "general_minimum_1pct": 1},
    ),
    (
        "cn_2002_provision",
        {"balances_minor": {"pass": 100}},
        {
            "specific": {"special_mention": 0, "substandard": 0, "doubtful": 0, "loss": 0},
            "specific_total": 0,
            "general_minimum_1pct": 1,
        },
    ),
)


@pytest.mark.parametrize(("rule", "given", "expected"), WORDS)
def test_a_credit_case_may_come_in_other_words(
    rule: str, given: dict[str, Any], expected: dict[str, Any]
) -> None:
    case = Case({"rule": rule, "input": given, "expected": expected})
    check(case)
    case.nothing_is_left()


def test_a_fact_that_no_rule_gives_fails_its_case() -> None:
    with pytest.raises(AssertionError, match=r"does not know expected\.colour"):
        check(Case({"rule": "cn_credit_card", "input": {}, "expected": {"colour": "red"}}))
    with pytest.raises(AssertionError, match="does not know the rule surprise"):
        check(Case({"rule": "surprise", "input": {}, "expected": {}}))
