"""How credit cases name what they give: one name here for all of their spellings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from tests.vectors.case import Case

#: Patterns of the keys that stand for a name, beside the name itself.
SPELLINGS: Mapping[str, str] = {
    "days_past_due": r"dpd|days_overdue|overdue_days",
    "technical_overdue": r"(operational|technical)(_overdue)?",
    "credit_impaired": r"impaired|is_credit_impaired",
    "ecl_to_book": r"ecl_(share|ratio)(_of_book)?|ecl_(to|over)_(book|carrying).*|ecl_pct_of_book",
    "debt_evasion": r".*evasion.*|.*evad.*",
    "bankruptcy_liquidation": r"(in_)?liquidation|bankruptcy(_or_liquidation)?|in_bankruptcy.*",
    "share_npl_in_own_bank": r"(share_)?npl_share.*|share_.*npl.*|own_bank_npl_share",
    "share_over_90_all_banks": r"share_.*(90|all_banks).*|all_banks_.*90.*",
    "restructured_before_class": r"restructured_from|class_before.*|.*before_class",
    "restructured_again": r"restructured_again.*|second_restructur.*|re_?restructured.*",
    "debtor_type": r"debtor|debtor_kind|borrower_type|borrower|segment|customer_type",
    "sicr": r"significant_increase.*|.*sicr.*",
    "rebutted_30": r".*rebut.*30.*|.*30.*rebut.*",
    "rebutted_90": r".*rebut.*90.*|.*90.*rebut.*",
    "rebutted": r"presumption_rebutted|rebut(tal|ted)?",
    "in_process_of_collection": r"in_collection|process_of_collection",
    "full_payment_expected": r"(full_collection|payment_in_full|full_repayment)_expected",
    "full_payment_not_expected": r".*(payment|collection).*not_expected|.*doubt.*",
    "bankruptcy_notice_days": r"days_since_bankruptcy.*|bankruptcy(_days.*)?",
    "bankruptcy_notice_date": r"bankruptcy_notice(_on)?|bankruptcy_date",
    "fraud_discovery_days": r"days_since_fraud.*|fraud(_days.*)?",
    "fraud_discovery_date": r"fraud_discovered(_on)?|fraud_date|fraud_discovery",
    "as_of": r"as_of_date|on|date|reporting_date",
    "due_date": r"(earliest|oldest)_(due|unpaid|overdue).*|first_unpaid.*",
    "due_dates": r"(unpaid_)?due_dates(_unpaid)?|unpaid_dues",
    "gross": r"gross_carrying_amount|gross_minor|ead",
    "pd_12m": r"pd|pd_12_months?",
    "eir": r"eir_annual|effective_rate",
    "contract_change_date": r"contract_change(d)?(_on)?|change_date|restructur.*_(date|on)",
    "first_repayment_date": r"first_(repayment|payment|due).*",
    "period_months": r".*period_months|.*months_per_period|.*period_length_months|period_months.*",
    "frequency": r".*frequency|repayment_period",
    "missed": r"missed.*",
    "normal_since": r"(paying_)?normal(ly)?_(since|from)|arrears_(repaid|cleared).*|cured_on",
}


class Given:
    """A case's input under the adapter's own names."""

    def __init__(self, part: Case) -> None:
        self._part = part

    def __contains__(self, name: str) -> bool:
        return bool(self._keys(name))

    def get(self, name: str, default: Any = None) -> Any:
        keys = self._keys(name)
        return self._part.need(keys[0]) if keys else default

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

    def _keys(self, name: str) -> list[str]:
        """The key that bears the name, or else keys that mean it and bear no other name."""
        if name in self._part:
            return [name]
        pattern = SPELLINGS.get(name, name)
        return [key for key in self._part if key not in SPELLINGS and re.fullmatch(pattern, key)]
