"""credit.json: classification, staging, non-accrual, charge-off timing and provisions, by rule."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from ledger.calc import classification, provision, restructuring
from ledger.calc.classification import Category, Signs
from ledger.calc.delinquency import days_past_due
from ledger.calc.periods import Frequency, Unit
from ledger.calc.provision import Exposure, RatioRule
from tests.vectors.case import Case
from tests.vectors.given import Given

Facts = Mapping[str, Any]


def check(case: Case) -> None:
    rule = case.need("rule")
    assert rule in RULES, f"the adapter does not know the rule {rule}"
    found = RULES[rule](Given(case.part("input")))
    expected = case.part("expected")
    for key in expected:
        name = key if key in found else _fact(key, found)
        assert _without_zeros(found[name]) == _without_zeros(expected.need(key)), key


#: Patterns of expected keys that mean a fact of another name.
FACTS: Mapping[str, str] = {
    "observation_start": r".*start.*|restart.*",
    "observation_end": r".*(end|until)(s|_date|_on)?|observation_over.*",
    "upgrade_from": r".*upgrade.*(date|from|on)|.*upgrade|.*eligible.*",
    "charge_off_by": r".*(by|book|latest).*",
    "category": r".*category|.*class",
    "nonaccrual": r"non_accrual",
    "interest_not_recognised": r".*not_recogni[sz]ed|.*unrecogni[sz]ed",
}


def _fact(key: str, found: Facts) -> str:
    names = [n for n, pattern in FACTS.items() if n in found and re.fullmatch(pattern, key)]
    assert names, f"the adapter does not know expected.{key}"
    return names[0]


def _without_zeros(value: Any) -> Any:
    """A breakdown may leave out what is nothing."""
    return {k: n for k, n in value.items() if n} if isinstance(value, dict) else value


def _late(given: Given) -> int:
    """Days past due as given, or from the dates."""
    as_of, stated = given.day("as_of"), int(given.get("days_past_due", 0))
    dues = [date.fromisoformat(text) for text in given.get("due_dates", ())]
    oldest = min(dues, default=given.day("due_date"))
    return stated if as_of is None or oldest is None else days_past_due(oldest, as_of)


def _late_from_dates(given: Given) -> Facts:
    return {"days_past_due": _late(given)}


def _five_category(given: Given) -> Facts:
    before = given.get("restructured_before_class")
    signs = Signs(
        days_past_due=_late(given),
        technical=given.get("technical_overdue", False),
        credit_impaired=given.get("credit_impaired", "ecl_to_book" in given),
        loss_to_book=given.fraction("ecl_to_book"),
        debt_evasion=given.get("debt_evasion", False),
        liquidation=given.get("bankruptcy_liquidation", False),
        retail=_is_retail(given),
        own_bank_share=given.fraction("share_npl_in_own_bank"),
        all_banks_share=given.fraction("share_over_90_all_banks"),
        restructured_from=Category(before) if before else None,
        restructured_again=given.get("restructured_again", False),
    )
    found = classification.five_category(signs)
    return {
        "floor_category": found.value,
        "category": found.value,
        "non_performing": found.non_performing,
    }


def _is_retail(given: Given) -> bool:
    kind = given.get("debtor_type", "non_retail")
    flagged: bool = given.get("retail", not given.get("non_retail", True))
    return flagged or kind in {"retail", "individual", "personal"}


def _credit_card(given: Given) -> Facts:
    found = classification.credit_card(_late(given))
    return {"category": found.value, "non_performing": found.non_performing}


def _restructure(given: Given) -> Facts:
    period = given.get("frequency", given.get("period_months", 1))
    every = Frequency(Unit.MONTH, MONTHS.get(period, period))
    on, found = given.day("as_of"), {}
    given.get("contract_change_date")
    first = given.day("first_repayment_date")
    if first:
        missed = given.get("missed") or []
        days = [missed] if isinstance(missed, str) else missed
        seen = restructuring.observation(first, every, map(date.fromisoformat, days))
        found |= {
            "observation_start": seen.start.isoformat(),
            "observation_end": seen.until.isoformat(),
            "in_observation": on is not None and seen.covers(on),
        }
    since, before = given.day("normal_since"), given.get("restructured_before_class")
    if since:
        ripe = restructuring.upgradable_from(since, every)
        found["upgrade_from"] = ripe.isoformat()
        found["may_upgrade"] = on is not None and on >= ripe
        if before and on:
            found["category"] = restructuring.upgraded(Category(before), since, every, on).value
    return found


MONTHS = {"monthly": 1, "quarterly": 3, "half_yearly": 6, "semi_annual": 6, "annual": 12}


def _stage(given: Given) -> Facts:
    both = given.get("rebutted", False)
    found = classification.stage(
        _late(given),
        credit_impaired=given.get("credit_impaired", False),
        increased_risk=given.get("sicr", False),
        rebutted_30=given.get("rebutted_30", both),
        rebutted_90=given.get("rebutted_90", both),
    )
    return {
        "stage": found,
        "ecl_horizon": "12m" if found == 1 else "lifetime",
        "interest_basis": "net amortised cost" if found == 3 else "gross carrying amount",
    }


def _nonaccrual(given: Given) -> Facts:
    current = given.get("accrued_current_year", 0)
    prior = given.get("accrued_prior_years", 0)
    stopped = classification.nonaccrual(
        _late(given),
        full_payment_expected=given.get(
            "full_payment_expected", not given.get("full_payment_not_expected", False)
        ),
        well_secured=given.get("well_secured", False),
        in_collection=given.get("in_process_of_collection", False),
    )
    return {
        "nonaccrual": stopped,
        "reverse_against_interest_income": current if stopped else 0,
        "charge_to_allowance_or_income_prior_years": prior if stopped else 0,
        "accrued_interest_after": 0 if stopped else current + prior,
        **_cash_of(given),
    }


def _cash_of(given: Given) -> Facts:
    """Cash on a loan that accrues none: principal first, or interest that is due first."""
    cash, principal = given.get("cash_received", 0), given.get("principal")
    due = given.get("interest_due", cash)
    limit = cash if principal is None else principal
    if given.get("method") == "cash_basis":
        income = min(cash, due)
        return {"interest_income": income, "cost_recovery_to_principal": min(cash - income, limit)}
    recovered = min(cash, limit)
    return {"interest_income": cash - recovered, "cost_recovery_to_principal": recovered}


def _retail(given: Given) -> Facts:
    kind, late = given.need("type").replace("-", "_"), _late(given)
    bankrupt, fraud = given.get("bankruptcy_notice_days"), given.get("fraud_discovery_days")
    as_of, notice, found = (
        given.day("as_of"),
        given.day("bankruptcy_notice_date"),
        given.day("fraud_discovery_date"),
    )
    if as_of:
        bankrupt = (as_of - notice).days if notice else bankrupt
        fraud = (as_of - found).days if found else fraud
    gone = classification.retail_charge_off(kind, late, bankrupt, fraud)
    by = classification.retail_booked_by(kind, given.day("due_date"), notice, found)
    text = by.isoformat() if by else None
    return {
        "charge_off": gone,
        "substandard_or_worse": classification.retail_substandard(late, charged_off=gone),
        "charge_off_by": text,
    }


def _reserves(given: Given) -> Facts:
    balances = {Category(name): amount for name, amount in given.need("balances_minor").items()}
    found = provision.reserves(balances)
    return {
        "specific": {category.value: amount for category, amount in found.specific.items()},
        "specific_total": sum(found.specific.values()),
        "general_minimum_1pct": found.general,
    }


def _ratios(given: Given) -> Facts:
    rule = RatioRule(
        given.fraction("required_loan_provision_ratio_pct", "2.5") / 100,
        given.fraction("required_coverage_pct", 150) / 100,
    )
    found = provision.ratios(
        given.need("allowance_minor"),
        given.need("gross_loans_minor"),
        given.need("npl_minor"),
        rule,
    )
    return {
        "loan_provision_ratio_pct": _percent(found.of_loans),
        "coverage_pct": _percent(found.of_bad_loans),
        "required_allowance_minor": found.required,
        "shortfall_minor": found.shortfall,
    }


def _percent(share: Fraction | None) -> str | None:
    """Two decimals, half up."""
    if share is None:
        return None
    hundredths = provision.half_up(share * 10_000)
    return f"{hundredths // 100}.{hundredths % 100:02}"


def _expected_loss(given: Given) -> Facts:
    lgd = given.get("lgd")
    given.get("formula")
    years = [
        Exposure(
            year.need("ead"), Fraction(year.need("marginal_pd")), Fraction(year.get("lgd", lgd))
        )
        for year in given.parts("years")
    ]
    rate = given.fraction("eir")
    return {
        "ecl_12m": provision.expected_loss(years[:1], rate),
        "ecl_lifetime": provision.expected_loss(years, rate),
    }


def _undiscounted(given: Given) -> Facts:
    pd, lgd = given.fraction("pd_12m"), given.fraction("lgd")
    return {"ecl_12m": provision.undiscounted_loss(given.need("gross"), pd, lgd)}


def _weighted(given: Given) -> Facts:
    found = [(part.fraction("weight"), part.need("ecl")) for part in given.parts("scenarios")]
    return {"ecl": provision.weighted_loss(found)}


def _stage3_interest(given: Given) -> Facts:
    assert given.get("convention", "annual/12") == "annual/12"
    gross, rate, months = given.need("gross"), given.fraction("eir"), given.get("months", 1)
    net = gross - given.need("allowance")
    earned, owed = (provision.interest_on(n, rate, months) for n in (net, gross))
    return {
        "interest_revenue": earned,
        "contractual_interest": owed,
        "interest_not_recognised": owed - earned,
    }


RULES: Mapping[str, Callable[[Given], Facts]] = {
    "cn_five_category": _five_category,
    "cn_credit_card": _credit_card,
    "cn_restructure": _restructure,
    "days_past_due": _late_from_dates,
    "ifrs9_stage": _stage,
    "nonaccrual": _nonaccrual,
    "ffiec_retail": _retail,
    "cn_2002_provision": _reserves,
    "cn_provision_ratios": _ratios,
    "ecl_pd_lgd_ead": _expected_loss,
    "ecl_12m_undiscounted": _undiscounted,
    "ecl_scenarios": _weighted,
    "stage3_interest": _stage3_interest,
}
