"""From what happens to a loan to the movement that the books see, which depends on its stage.

Interest of a loan that is suspended stands off the books as a memorandum, and so does all that is
owed once the loan was charged off: money that still comes in is then income from recovery.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ledger.book.chart import Part
from ledger.frozen import replace
from ledger.loan.state import OFF_BOOKS, OWED, Stage, State
from ledger.loan.trail import Trail

#: Movements that have another form once the loan was charged off, as income or against the loss.
_RECOVERY = {
    "repayment": "recovery",
    "down_payment": "recovery",
    "charge_adjustment": "charge_adjustment",
    "goodwill_credit": "goodwill",
}
_AGAINST_LOSS = ("merchant_refund", "payout_refund", "chargeback", "credit_refund")
_OTHERS = ("credit_application", "interest_surplus")
#: Movements that change nothing but what is owed: after a charge-off that is the memorandum alone.
_MEMO = frozenset(
    {
        "accrual",
        "capitalisation",
        "charge",
        "charge_due",
        "commitment_charge",
        "fee_amortised",
        "instalment_fee",
        "late_fee",
        "prepayment_charge",
        "waiver",
        "write_off",
    }
)
#: Movements that raise what is owed; the others lower it.
_RAISING = frozenset(
    {
        "accrual",
        "charge",
        "charge_due",
        "commitment_charge",
        "chargeback",
        "credit_refund",
        "instalment_fee",
        "late_fee",
        "prepayment_charge",
    }
)


def move(
    state: State, trail: Trail, kind: str, day: date, amounts: Mapping[Part, int], *key: object
) -> None:
    """Notes a movement as the loan's stage has it."""
    if state.stage is Stage.SUSPENDED:
        amounts = _off_balance(kind, amounts)
    elif state.stage in OFF_BOOKS:
        kind, amounts = _charged_off(kind, amounts, state.stage)
    trail.move(kind, day, amounts, *key)


def interest_to_credit(state: State, day: date, trail: Trail, amount: int, *key: object) -> State:
    """Interest paid for days that will not come, or that cost less, is the borrower's credit."""
    if not amount:
        return state
    move(state, trail, "interest_surplus", day, {Part.CREDIT: amount}, *key)
    return replace(
        state,
        credit=state.credit + amount,
        interest_settled=state.interest_settled + amount,
    )


def _off_balance(kind: str, amounts: Mapping[Part, int]) -> dict[Part, int]:
    """Interest and penalties as the one memorandum of a suspended loan."""
    kept = dict(amounts)
    if kind == "interest_surplus":
        return {Part.SUSPENDED: kept[Part.CREDIT]}
    memo = kept.pop(Part.INTEREST, 0) + kept.pop(Part.PENALTY, 0)
    return {**kept, Part.SUSPENDED: memo} if memo else kept


def _charged_off(
    kind: str, amounts: Mapping[Part, int], stage: Stage
) -> tuple[str, Mapping[Part, int]]:
    """The movement of a loan charged off, with the change of what stands off the books."""
    owed = sum(amounts.get(part, 0) for part in OWED)
    memo = owed if kind in _RAISING else -owed
    if kind == "interest_surplus":
        memo = amounts.get(Part.CREDIT, 0)
    if kind == "sale":
        return "sale_after_charge_off", {Part.CASH: amounts[Part.CASH], Part.WRITTEN_OFF: memo}
    if kind == "capitalisation":  # one part of what stands off the books becomes another
        memo = 0
    with_memo = {**amounts, Part.WRITTEN_OFF: memo}
    if kind in _RECOVERY:
        return f"{_RECOVERY[kind]}_after_charge_off", with_memo
    if kind in _AGAINST_LOSS:
        suffix = "_fraud" if stage is Stage.CHARGED_OFF_FRAUD else ""
        return f"{kind}_after_charge_off{suffix}", with_memo
    if kind in _OTHERS:
        return f"{kind}_after_charge_off", with_memo
    if kind not in _MEMO:
        raise ValueError(f"{kind} has no form once a loan is charged off: its money would be lost")
    return "memo", {Part.WRITTEN_OFF: memo}
