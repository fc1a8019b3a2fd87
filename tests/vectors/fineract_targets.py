"""Which of our events a Fineract scenario means by its words."""

from __future__ import annotations

from datetime import date

from ledger.loan.events import Kind, LoanEvent
from tests.vectors.fineract_life import Life

PAYMENTS = {
    "repay": Kind.REPAID,
    "merchant_issued_refund": Kind.MERCHANT_REFUNDED,
    "payout_refund": Kind.PAYOUT_REFUNDED,
    "goodwill_credit": Kind.GOODWILL_CREDITED,
}
PAYING = frozenset({*PAYMENTS.values(), Kind.DOWN_PAID})


def still_paid(life: Life, target: LoanEvent) -> dict[str, int]:
    """What a repayment paid by component, less what was charged back before."""
    _, trail = life.folded()
    found: dict[str, int] = {}
    for item in trail.settled:
        if item.key == target.key:
            found[item.part.value] = found.get(item.part.value, 0) + item.amount
    earlier = {
        e.key
        for e in life.standing
        if e.kind is Kind.CHARGED_BACK and e.details["event"] == target.number
    }
    for back in trail.owed_again:
        if back.key in earlier:
            for part, owed in back.amounts.items():
                found[part.value] = found.get(part.value, 0) - owed
    return found


def in_order(life: Life) -> list[LoanEvent]:
    return sorted(
        (e for e in life.standing if e.kind is not Kind.APPROVED and e.kind is not Kind.CHARGED),
        key=lambda e: (e.value_date, e.number),
    )


def targets(life: Life, text: str, place: int | None, day: date) -> list[int]:
    ordered = in_order(life)
    if text == "charge waiver":
        return [e.number for e in ordered if e.kind is Kind.CHARGE_WAIVED][-1:]
    if text == "charge_off":
        return [e.number for e in ordered if e.kind is Kind.CHARGED_OFF][-1:]
    if text.startswith("charge_adjustment"):
        return [e.number for e in ordered if e.kind is Kind.CHARGE_ADJUSTED][-1:]
    if text in ("last disbursement", "all disbursements"):
        paid_out = [e for e in ordered if e.kind is Kind.DISBURSED]
        if text.startswith("all"):
            return [e.number for e in ordered]
        return [paid_out[-1].number, paid_out[-1].number + 1]
    if text.startswith("last "):
        kind = {"repayment": Kind.REPAID, **PAYMENTS}[text.removeprefix("last ")]
        return [e.number for e in ordered if e.kind is kind][-1:]
    if "any kind" in text:
        dated = [e for e in ordered if e.value_date == day]
    elif "dated" in text:
        dated = [e for e in ordered if e.value_date == day and e.kind is Kind.REPAID]
    else:
        dated = [e for e in ordered if e.kind is Kind.REPAID]
    assert place is not None
    return [dated[place - 1].number]
