"""The amounts of a movement from what a worked entry gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from ledger.book.chart import Part
from ledger.book.rules import RULES
from ledger.money import Rounding, round_ratio
from tests.vectors.case import Case
from tests.vectors.journal_names import NAMES, SOLE

Amounts = dict[Part, int]

OWED = (Part.PRINCIPAL, Part.INTEREST, Part.FEE, Part.PENALTY, Part.IMPAIRED)
VAT = Fraction(6, 100)


def taken(given: Case, movement: str, event: str) -> Amounts:
    """Every named figure of the input that the movement knows; a lone amount is its main one."""
    found: Amounts = {}
    rule = {part for profile in RULES.values() for part in profile[movement]}
    for key, part in {**NAMES, **SOLE.get(movement, {}), **SOLE.get(event, {})}.items():
        if key in given and part in rule:
            found[part] = found.get(part, 0) + given.need(key)
    return found


def _received(given: Case, movement: str, event: str) -> Amounts:
    """Cash beyond what is owed is held as the borrower's credit."""
    found = taken(given, movement, event)
    if "cash" in given:
        found[Part.CREDIT] = given.need("cash") - sum(
            amount for part, amount in found.items() if part is not Part.CREDIT
        )
    return found


def _settled_early(given: Case, movement: str, event: str) -> Amounts:
    """What was owed; the fee for paying early is a movement of its own."""
    found = taken(given, movement, event)
    return {part: n for part, n in found.items() if part in (Part.PRINCIPAL, Part.INTEREST)}


def _cost_recovery(given: Case, movement: str, event: str) -> Amounts:
    """All cash lowers what the loan is carried at."""
    found = taken(given, movement, event)
    return found if "cash" not in given else found | {Part.PRINCIPAL: given.need("cash")}


def _written_off(given: Case, movement: str, event: str) -> Amounts:
    """The allowance covers what it can; a shortfall that is printed must be the rest."""
    found = taken(given, movement, event)
    total = sum(found.get(part, 0) for part in OWED)
    found[Part.ALLOWANCE] = min(found.get(Part.ALLOWANCE, 0), total)
    assert given.take("shortfall", total - found[Part.ALLOWANCE]) == total - found[Part.ALLOWANCE]
    return found | {Part.WRITTEN_OFF: total}


def _charged_off(given: Case, movement: str, event: str) -> Amounts:
    found = taken(given, movement, event)
    return found | {Part.WRITTEN_OFF: sum(found.get(part, 0) for part in OWED)}


def _taxed(given: Case, movement: str, event: str) -> Amounts:
    """Interest includes its tax: net = gross / (1 + rate), rounded half up."""
    found = taken(given, movement, event)
    rate = Fraction(given.take("vat_rate", given.take("rate", VAT)))
    if Part.TAX_DEFERRED not in found:
        share = found[Part.INTEREST] * rate / (1 + rate)
        found[Part.TAX_DEFERRED] = round_ratio(share.numerator, share.denominator, Rounding.HALF_UP)
    if "net" in given:
        found[Part.INTEREST] = given.need("net") + found[Part.TAX_DEFERRED]
    return found


def _effective(given: Case, movement: str, event: str) -> Amounts:
    """Income at the effective rate: what exceeds the coupon moves the adjustment."""
    found = taken(given, movement, event)
    for key in ("eir_income", "income", "eir_interest", "effective_interest"):
        if key in given:
            found[Part.ADJUSTMENT] = given.need(key) - found[Part.INTEREST]
    return found


def _net_interest(given: Case, movement: str, event: str) -> Amounts:
    """Stage 3: what of the contract's interest is not recognised goes to the allowance."""
    found = taken(given, movement, event)
    for key in ("net_interest", "interest_revenue", "recognised", "net_income"):
        if key in given:
            found[Part.ALLOWANCE] = found[Part.INTEREST] - given.need(key)
    return found


def _remeasured(given: Case, movement: str, event: str) -> Amounts:
    """The charge, or the release as a negative one, or from the balances before and after."""
    found = taken(given, movement, event)
    if event.endswith("_release"):
        found = {part: -amount for part, amount in found.items()}
    elif "release" in given:
        found[Part.ALLOWANCE] = -given.need("release")
    for before, after in (("allowance_before", "allowance_after"), ("booked", "required")):
        if before in given:
            found[Part.ALLOWANCE] = given.need(after) - given.need(before)
    return found


def _moved_stage(given: Case, movement: str, event: str) -> Amounts:
    """From one stage's allowance to another's: {from_stage, to_stage, allowance}."""
    amount = _carried(given)
    source, target = _stages(given)
    return {source: -amount, target: amount}


def _stage_charge(given: Case, movement: str, event: str) -> Amounts:
    """What is remeasured in the new stage, or what its new allowance lacks."""
    amount = given.take("remeasurement") or given.take("charge") or given.take("remeasure") or 0
    for key in ("new_allowance", "allowance_after", "required"):
        if key in given:
            amount = given.need(key) - _carried(given)
    return {_stages(given)[1]: amount}


def _carried(given: Case) -> int:
    names = ("amount", "allowance", "allowance_carried", "carried", "allowance_before")
    return next(given.need(name) for name in names if name in given)


def _stages(given: Case) -> tuple[Part, Part]:
    found = (
        given.take("from_stage", given.take("from", 1)),
        given.take("to_stage", given.take("to", 2)),
    )
    source, target = (Part(f"stage_{str(text)[-1]}") for text in found)
    return source, target


def _modified(given: Case, movement: str, event: str) -> Amounts:
    """A loss raises the credit on the adjustment; or from the carrying amounts around it."""
    found = taken(given, movement, event)
    if event.endswith("_gain") and Part.ADJUSTMENT in found:
        found[Part.ADJUSTMENT] = -found[Part.ADJUSTMENT]
    elif "gain" in given:
        found[Part.ADJUSTMENT] = -given.need("gain")
    before = [key for key in _BEFORE if key in given]
    after = [key for key in _AFTER if key in given]
    if before and after:
        found[Part.ADJUSTMENT] = given.need(before[0]) - given.need(after[0])
    return found


_BEFORE = (
    "carrying_before",
    "gross_before",
    "old_carrying",
    "gross_carrying_amount",
    "carrying_amount",
    "gross_carrying_before",
)
_AFTER = (
    "carrying_after",
    "gross_after",
    "pv_modified",
    "pv_of_modified_flows",
    "new_gross_carrying_amount",
    "gross_carrying_after",
    "pv",
)


def _revalued(given: Case, movement: str, event: str) -> Amounts:
    """A gain, a loss, or the foreign balance at the rates before and after."""
    found = taken(given, movement, event)
    if "gain" in given:
        found[Part.PRINCIPAL] = given.need("gain")
    if "loss" in given:
        found[Part.PRINCIPAL] = -given.need("loss")
    for key in ("principal_fcy", "balance_fcy", "principal_usd"):
        if key in given:
            rates = (
                Fraction(str(given.take("rate_after", given.take("closing_rate")))),
                Fraction(str(given.take("rate_before", given.take("opening_rate")))),
            )
            change = given.need(key) * (rates[0] - rates[1])
            found[Part.PRINCIPAL] = _half_up(change)
    return found


def _collateral_sold(given: Case, movement: str, event: str) -> Amounts:
    found = taken(given, movement, event)
    if "allowance" in given:
        found[Part.COLLATERAL_ALLOWANCE] = given.need("allowance")
    return found


def _half_up(figure: Fraction) -> int:
    return round_ratio(figure.numerator, figure.denominator, Rounding.HALF_UP)


MADE: Mapping[str, Callable[[Case, str, str], Amounts]] = {
    "cost_recovery": _cost_recovery,
    "nonaccrual_cost_recovery": _cost_recovery,
    "impaired_cash_received": _cost_recovery,
    "payment_on_impaired": _cost_recovery,
    "cash_received_impaired": _cost_recovery,
    "repayment": _received,
    "write_off": _written_off,
    "charge_off": _charged_off,
    "charge_off_fraud": _charged_off,
    "vat_accrual": _taxed,
    "accrual_with_vat": _taxed,
    "interest_accrual_vat": _taxed,
    "nonaccrual_reversal_vat": _taxed,
    "accrual_eir": _effective,
    "accrual_with_eir": _effective,
    "eir_accrual": _effective,
    "stage3_interest": _net_interest,
    "stage3_accrual": _net_interest,
    "stage3_gross_presentation": _net_interest,
    "provision": _remeasured,
    "stage_transfer": _moved_stage,
    "stage_transfer/provision": _stage_charge,
    "stage_migration/provision": _stage_charge,
    "stage_transfer/stage_transfer": _moved_stage,
    "prepayment_with_penalty/repayment": _settled_early,
    "prepayment_with_fee/repayment": _settled_early,
    "prepayment_full/repayment": _settled_early,
    "payoff_with_fee/repayment": _settled_early,
    "collateral_sale": _collateral_sold,
    "accrual_vat": _taxed,
    "modification": _modified,
    "revaluation": _revalued,
}
