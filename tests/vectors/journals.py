"""journals.json: worked entries, line by line, from the real posting rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from ledger.book.chart import DEFAULT_CHART, AccountType, Part, Role
from ledger.book.rules import RULES, entries_for
from ledger.money import Rounding, round_ratio
from tests.vectors.case import Case
from tests.vectors.journal_names import EVENTS, MIRRORED, NAMES, PROFILES, SOLE

Amounts = dict[Part, int]
Step = tuple[str, Amounts]
Lines = Counter[tuple[str, str, str]]

MEMO = frozenset(a.code for a in DEFAULT_CHART if a.type is AccountType.MEMO)
OWED = (Part.PRINCIPAL, Part.INTEREST, Part.FEE, Part.PENALTY, Part.IMPAIRED)
VAT = Fraction(6, 100)


def check(case: Case) -> None:
    event, rule = case.need("event"), case.need("rule")
    assert isinstance(rule, str)
    expected = _expected(case.parts("expected_lines"))
    steps = _steps(event, case.part("input"), {account for account, _, _ in expected})
    found = _posted(steps, PROFILES.get(event, "allowance"), expected, event in MIRRORED)
    if found != expected:
        assert _one_sided(expected), (found, expected)
        assert _net(found) == _net(expected)


def _expected(parts: Sequence[Case]) -> Lines:
    found: Lines = Counter()
    for part in parts:
        account, currency = _code(part.need("account")), part.take("currency", "CNY")
        found[account, "D", currency] += part.need("debit")
        found[account, "C", currency] += part.need("credit")
    return +found


def _code(account: str) -> str:
    """Positions are named by their currency; the loan's account in a currency by a suffix."""
    if account.lower().startswith(("position", "fx")):
        return "3002"
    head, _, tail = account.rpartition("-")
    return head if tail in {"USD", "CNY", "EUR"} else account


def _posted(steps: Sequence[Step], profile: str, expected: Lines, mirrored: bool) -> Lines:
    """All steps as one journal: what stands on both sides of cash or a result is one line."""
    found: Lines = Counter()
    sign = -1 if mirrored else 1
    for movement, amounts in steps:
        signed = {part: sign * amount for part, amount in amounts.items()}
        currency = "USD" if movement.startswith("redenomination") else "CNY"
        for entry in entries_for(movement, signed, _accounts(expected), currency, 7, profile):
            if entry.account not in MEMO or any(code == entry.account for code, _, _ in expected):
                found[entry.account, entry.side, entry.currency] += entry.amount
    return found


def _accounts(expected: Lines) -> Mapping[Role, str]:
    """A lender that pays through deposits, or revalues on the account of the loan itself."""
    codes = {account for account, _, _ in expected}
    found = {Role.LOAN_REVALUATION: "1303P", Role.INTEREST_REVALUATION: "1132"}
    return found | ({Role.FUND_SOURCE: "2011"} if "2011" in codes and "1001" not in codes else {})


def _one_sided(lines: Lines) -> bool:
    return len({(account, currency) for account, _, currency in lines}) == len(lines)


def _net(lines: Lines) -> dict[tuple[str, str], int]:
    found: Counter[tuple[str, str]] = Counter()
    for (account, side, currency), amount in lines.items():
        found[account, currency] += amount if side == "D" else -amount
    return {key: amount for key, amount in found.items() if amount}


def _steps(event: str, given: Case, codes: set[str]) -> list[Step]:
    assert event in EVENTS, f"the adapter does not know the event {event}"
    steps: list[Step] = []
    for movement in EVENTS[event]:
        make = _MADE.get(event) or _MADE.get(movement) or _taken
        amounts = make(given, movement)
        if "1303I" in codes and "1303P" not in codes and Part.PRINCIPAL in amounts:
            amounts[Part.IMPAIRED] = amounts.pop(Part.PRINCIPAL)
        steps.append((movement, amounts))
    return steps


def _taken(given: Case, movement: str) -> Amounts:
    """Every named figure of the input that the movement knows; a lone amount is its main one."""
    found: Amounts = {}
    rule = {part for profile in RULES.values() for part in profile[movement]}
    for key, part in {**NAMES, **SOLE.get(movement, {})}.items():
        if key in given and part in rule:
            found[part] = found.get(part, 0) + given.need(key)
    return found


def _received(given: Case, movement: str) -> Amounts:
    """Cash beyond what is owed is held as the borrower's credit."""
    found = _taken(given, movement)
    if "cash" in given:
        found[Part.CREDIT] = given.need("cash") - sum(
            amount for part, amount in found.items() if part is not Part.CREDIT
        )
    return found


def _cost_recovery(given: Case, movement: str) -> Amounts:
    """All cash lowers what the loan is carried at."""
    found = _taken(given, movement)
    return found if "cash" not in given else found | {Part.PRINCIPAL: given.need("cash")}


def _written_off(given: Case, movement: str) -> Amounts:
    """The allowance covers what it can; a shortfall that is printed must be the rest."""
    found = _taken(given, movement)
    total = sum(found.get(part, 0) for part in OWED)
    found[Part.ALLOWANCE] = min(found.get(Part.ALLOWANCE, 0), total)
    assert given.take("shortfall", total - found[Part.ALLOWANCE]) == total - found[Part.ALLOWANCE]
    return found | {Part.WRITTEN_OFF: total}


def _charged_off(given: Case, movement: str) -> Amounts:
    found = _taken(given, movement)
    return found | {Part.WRITTEN_OFF: sum(found.get(part, 0) for part in OWED)}


def _taxed(given: Case, movement: str) -> Amounts:
    """Interest includes its tax: net = gross / (1 + rate), rounded half up."""
    found = _taken(given, movement)
    rate = Fraction(given.take("vat_rate", given.take("rate", VAT)))
    if Part.TAX_DEFERRED not in found:
        share = found[Part.INTEREST] * rate / (1 + rate)
        found[Part.TAX_DEFERRED] = round_ratio(share.numerator, share.denominator, Rounding.HALF_UP)
    if "net" in given:
        found[Part.INTEREST] = given.need("net") + found[Part.TAX_DEFERRED]
    return found


def _effective(given: Case, movement: str) -> Amounts:
    """Income at the effective rate: what exceeds the coupon moves the adjustment."""
    found = _taken(given, movement)
    for key in ("eir_income", "income", "eir_interest", "effective_interest"):
        if key in given:
            found[Part.ADJUSTMENT] = given.need(key) - found[Part.INTEREST]
    return found


def _net_interest(given: Case, movement: str) -> Amounts:
    """Stage 3: what of the contract's interest is not recognised goes to the allowance."""
    found = _taken(given, movement)
    for key in ("net_interest", "interest_revenue", "recognised", "net_income"):
        if key in given:
            found[Part.ALLOWANCE] = found[Part.INTEREST] - given.need(key)
    return found


def _remeasured(given: Case, movement: str) -> Amounts:
    """The charge, or the release as a negative one, or from the balances before and after."""
    found = _taken(given, movement)
    if "release" in given:
        found[Part.ALLOWANCE] = -given.need("release")
    for before, after in (("allowance_before", "allowance_after"), ("booked", "required")):
        if before in given:
            found[Part.ALLOWANCE] = given.need(after) - given.need(before)
    return found


def _moved_stage(given: Case, movement: str) -> Amounts:
    """From one stage's allowance to another's: {from_stage, to_stage, allowance}."""
    amount = given.take("amount") or given.take("allowance") or given.take("allowance_carried")
    source = given.take("from_stage", given.take("from", 1))
    target = given.take("to_stage", given.take("to", 2))
    return {Part(f"stage_{_stage(source)}"): -amount, Part(f"stage_{_stage(target)}"): amount}


def _stage(text: object) -> str:
    return str(text)[-1]


def _stage_charge(given: Case, movement: str) -> Amounts:
    amount = given.take("remeasurement") or given.take("charge") or 0
    target = given.take("to_stage", given.take("to", 2))
    return {Part(f"stage_{_stage(target)}"): amount}


def _modified(given: Case, movement: str) -> Amounts:
    """A loss raises the credit on the adjustment; or from the carrying amounts around it."""
    found = _taken(given, movement)
    if "gain" in given:
        found[Part.ADJUSTMENT] = -given.need("gain")
    for before, after in (
        ("carrying_before", "carrying_after"),
        ("gross_before", "gross_after"),
        ("old_carrying", "pv_modified"),
    ):
        if before in given:
            found[Part.ADJUSTMENT] = given.need(before) - given.need(after)
    return found


def _revalued(given: Case, movement: str) -> Amounts:
    found = _taken(given, movement)
    if "gain" in given:
        found[Part.PRINCIPAL] = given.need("gain")
    if "loss" in given:
        found[Part.PRINCIPAL] = -given.need("loss")
    return found


_MADE: Mapping[str, Callable[[Case, str], Amounts]] = {
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
    "stage_provision": _stage_charge,
    "modification": _modified,
    "revaluation": _revalued,
}
