"""How credit cases name what they give: one name here for each of their spellings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from tests.vectors.case import Case

#: Other spellings of the keys that the adapter asks for.
SPELLINGS: Mapping[str, tuple[str, ...]] = {
    "days_past_due": ("dpd", "days_overdue", "overdue_days"),
    "technical_overdue": ("operational_overdue", "technical"),
    "credit_impaired": ("impaired",),
    "ecl_to_book": ("ecl_share", "ecl_ratio", "ecl_share_of_book", "ecl_to_book_ratio"),
    "bankruptcy_liquidation": ("in_liquidation", "liquidation", "bankruptcy"),
    "share_npl_in_own_bank": ("npl_share_own_bank", "share_npl_own_bank"),
    "share_over_90_all_banks": (
        "share_over_90_at_all_banks",
        "share_over_90_dpd_all_banks",
        "share_over_90_days_all_banks",
        "share_overdue_90_all_banks",
        "share_over90_all_banks",
        "share_gt_90_all_banks",
    ),
    "restructured_again": ("restructured_again_in_observation", "second_restructure"),
    "sicr": ("significant_increase", "significant_increase_in_credit_risk"),
    "rebutted_30": (
        "rebutted_30_dpd",
        "rebut_30",
        "dpd30_rebutted",
        "presumption_30_rebutted",
        "rebut_30_dpd",
        "rebuttal_30",
        "rebutted_30dpd",
    ),
    "rebutted_90": (
        "rebutted_90_dpd",
        "rebut_90",
        "dpd90_rebutted",
        "presumption_90_rebutted",
        "rebut_90_dpd",
        "rebuttal_90",
        "rebutted_90dpd",
    ),
    "in_process_of_collection": ("in_collection", "process_of_collection"),
    "full_payment_expected": ("full_collection_expected",),
    "full_payment_not_expected": ("payment_in_full_not_expected", "doubt_full_payment"),
    "bankruptcy_notice_days": ("days_since_bankruptcy_notice", "bankruptcy_days"),
    "fraud_discovery_days": ("days_since_fraud_discovery", "fraud_days"),
    "as_of": ("as_of_date", "on"),
    "due_date": (
        "earliest_unpaid_due_date",
        "earliest_unpaid_due",
        "oldest_unpaid_due_date",
        "earliest_unpaid",
        "oldest_due",
    ),
    "gross": ("gross_carrying_amount", "gross_minor"),
    "pd_12m": ("pd",),
    "eir": ("eir_annual",),
    "first_repayment_date": (
        "first_repayment_after_change",
        "first_repayment_after_contract_change",
        "first_due_after_change",
    ),
    "period_months": ("repayment_period_months", "period_length_months", "months_per_period"),
    "missed": ("missed_payment_date", "missed_payment", "missed_dates", "missed_payments"),
    "normal_since": ("paying_normally_since", "arrears_repaid_on", "arrears_repaid"),
}


class Given:
    """A case's input under the adapter's own names."""

    def __init__(self, part: Case) -> None:
        self._part = part

    def __contains__(self, name: str) -> bool:
        return any(key in self._part for key in self._keys(name))

    def get(self, name: str, default: Any = None) -> Any:
        for key in self._keys(name):
            if key in self._part:
                return self._part.need(key)
        return default

    def need(self, name: str) -> Any:
        assert name in self, f"the case has no {name}"
        return self.get(name)

    def fraction(self, name: str, default: Any = 0) -> Fraction:
        return Fraction(str(self.get(name, default)))

    def day(self, name: str) -> date | None:
        found = self.get(name)
        return None if found is None else date.fromisoformat(found)

    def parts(self, name: str) -> list[Given]:
        return [Given(part) for part in self._part.parts(name)]

    @staticmethod
    def _keys(name: str) -> Iterable[str]:
        return (name, *SPELLINGS.get(name, ()))
