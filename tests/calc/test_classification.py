"""Credit quality: each threshold on both sides, the worst of all signs, and rules by their day."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from ledger.calc.classification import (
    Category,
    Signs,
    credit_card,
    five_category,
    month_end,
    nonaccrual,
    retail_booked_by,
    retail_charge_off,
    retail_substandard,
    stage,
    worst,
)
from ledger.calc.periods import Frequency, Unit
from ledger.calc.restructuring import observation, upgradable_from, upgraded
from ledger.errors import FailedPrecondition

PASS, MENTION, SUB, DOUBTFUL, LOSS = Category
MONTHLY, HALF_YEARLY, YEARLY = (Frequency(Unit.MONTH, months) for months in (1, 6, 12))


@pytest.mark.parametrize(
    ("days", "category"),
    [
        (0, PASS),
        (1, MENTION),
        (90, MENTION),
        (91, SUB),
        (270, SUB),
        (271, DOUBTFUL),
        (360, DOUBTFUL),
        (361, LOSS),
    ],
)
def test_a_chinese_threshold_must_be_exceeded(days: int, category: Category) -> None:
    assert five_category(Signs(days_past_due=days)) is category


@pytest.mark.parametrize(
    ("days", "category"),
    [
        (-1, PASS),
        (0, PASS),
        (1, MENTION),
        (90, MENTION),
        (91, SUB),
        (120, SUB),
        (121, DOUBTFUL),
        (180, DOUBTFUL),
        (181, LOSS),
    ],
)
def test_a_card_has_thresholds_of_its_own(days: int, category: Category) -> None:
    assert credit_card(days) is category


@pytest.mark.parametrize(
    ("signs", "category"),
    [
        (Signs(days_past_due=7, technical=True), PASS),
        (Signs(days_past_due=8, technical=True), MENTION),
        (Signs(credit_impaired=True), SUB),
        (Signs(credit_impaired=True, loss_to_book=Fraction("0.4999")), SUB),
        (Signs(credit_impaired=True, loss_to_book=Fraction("0.5")), DOUBTFUL),
        (Signs(credit_impaired=True, loss_to_book=Fraction("0.9")), LOSS),
        (Signs(loss_to_book=Fraction("0.9")), PASS),
        (Signs(debt_evasion=True), DOUBTFUL),
        (Signs(liquidation=True), LOSS),
        (Signs(own_bank_share=Fraction("0.1")), PASS),
        (Signs(own_bank_share=Fraction("0.1001")), SUB),
        (Signs(own_bank_share=Fraction("0.5"), retail=True), PASS),
        (Signs(all_banks_share=Fraction("0.2")), PASS),
        (Signs(all_banks_share=Fraction("0.21")), SUB),
        (Signs(restructured_from=PASS), MENTION),
        (Signs(restructured_from=MENTION), MENTION),
        (Signs(restructured_from=DOUBTFUL), DOUBTFUL),
        (Signs(restructured_from=PASS, restructured_again=True), SUB),
        (Signs(days_past_due=300, own_bank_share=Fraction("0.5")), DOUBTFUL),
    ],
)
def test_the_worst_sign_decides(signs: Signs, category: Category) -> None:
    assert five_category(signs) is category


def test_substandard_and_worse_are_non_performing() -> None:
    assert [category.non_performing for category in Category] == [False, False, True, True, True]
    assert worst() is PASS


def test_a_day_before_the_rule_has_no_answer() -> None:
    assert five_category(Signs(days_past_due=91), date(2023, 7, 1)) is SUB
    with pytest.raises(FailedPrecondition):
        five_category(Signs(), date(2023, 6, 30))


@pytest.mark.parametrize(("days", "expected"), [(0, 1), (30, 1), (31, 2), (89, 2), (90, 3)])
def test_stage_two_is_beyond_thirty_days_and_stage_three_from_ninety(
    days: int, expected: int
) -> None:
    assert stage(days) == expected


def test_a_stage_may_be_rebutted_or_come_without_days() -> None:
    assert stage(31, rebutted_30=True) == 1
    assert stage(95, rebutted_90=True) == 2
    assert stage(95, rebutted_30=True, rebutted_90=True) == 1
    assert stage(0, increased_risk=True) == 2
    assert stage(31, rebutted_30=True, increased_risk=True) == 2
    assert stage(0, credit_impaired=True) == 3


def test_security_in_collection_excuses_the_days_but_no_doubt_about_payment() -> None:
    assert [nonaccrual(days) for days in (89, 90)] == [False, True]
    assert not nonaccrual(120, well_secured=True, in_collection=True)
    assert nonaccrual(120, well_secured=True)
    assert nonaccrual(120, in_collection=True)
    both = {"well_secured": True, "in_collection": True}
    assert nonaccrual(10, full_payment_expected=False, **both)


@pytest.mark.parametrize(("kind", "limit"), [("closed_end", 120), ("open_end", 180)])
def test_a_retail_loan_is_charged_off_when_its_days_have_passed(kind: str, limit: int) -> None:
    assert [retail_charge_off(kind, days) for days in (limit - 1, limit)] == [False, True]
    assert retail_substandard(90, charged_off=False)
    assert not retail_substandard(89, charged_off=False)
    assert retail_substandard(0, charged_off=True)


def test_bankruptcy_and_fraud_have_shorter_times() -> None:
    assert [retail_charge_off("open_end", 0, days) for days in (59, 60)] == [False, True]
    assert [retail_charge_off("open_end", 0, None, days) for days in (89, 90)] == [False, True]
    assert retail_charge_off("open_end", 180, 5, 5)


def test_a_charge_off_is_booked_by_the_end_of_the_month_in_which_its_time_elapses() -> None:
    due = date(2024, 1, 15)
    assert retail_booked_by("closed_end", due) == date(2024, 5, 31)
    assert retail_booked_by("open_end", due) == date(2024, 7, 31)
    assert retail_booked_by("open_end", due, date(2024, 2, 1)) == date(2024, 4, 30)
    assert retail_booked_by("open_end", None, None, date(2024, 2, 1)) == date(2024, 5, 31)
    assert retail_booked_by("open_end", None) is None
    assert month_end(date(2024, 12, 31)) == date(2024, 12, 31)
    assert month_end(date(2024, 2, 1)) == date(2024, 2, 29)


def test_a_restructured_loan_is_observed_for_two_periods_and_a_year() -> None:
    first = date(2024, 3, 15)
    assert observation(first, MONTHLY).until == date(2025, 3, 15)
    assert observation(first, YEARLY).until == date(2026, 3, 15)
    assert observation(first, MONTHLY).covers(date(2025, 3, 14))
    assert not observation(first, MONTHLY).covers(date(2025, 3, 15))


def test_a_missed_payment_starts_the_observation_anew() -> None:
    first, missed = date(2024, 3, 15), date(2024, 9, 15)
    seen = observation(first, MONTHLY, [missed])
    assert (seen.start, seen.until) == (missed, date(2025, 9, 15))
    again = observation(first, MONTHLY, [date(2025, 8, 15), missed])
    assert again.start == date(2025, 8, 15)
    assert observation(first, MONTHLY, [date(2025, 3, 15)]).start == first


def test_a_bad_loan_may_become_special_mention_after_six_months_and_two_periods() -> None:
    since = date(2024, 1, 31)
    assert upgradable_from(since, MONTHLY) == date(2024, 7, 31)
    assert upgradable_from(since, HALF_YEARLY) == date(2025, 1, 31)
    assert upgraded(DOUBTFUL, since, MONTHLY, date(2024, 7, 30)) is DOUBTFUL
    assert upgraded(DOUBTFUL, since, MONTHLY, date(2024, 7, 31)) is MENTION
    assert upgraded(PASS, since, MONTHLY, date(2024, 7, 31)) is MENTION
