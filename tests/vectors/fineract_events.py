"""Events of a Fineract scenario as our own, at any point of its telling."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from ledger.book.chart import Part
from ledger.calc.periods import Unit
from ledger.loan.events import Kind, LoanEvent
from ledger.loan.state import RowKind
from ledger.money import Rounding, round_ratio
from tests.vectors import fineract_view as view
from tests.vectors.case import Case
from tests.vectors.fineract_life import LIMIT, Life
from tests.vectors.fineract_terms import minor

DAY = timedelta(days=1)
PAYMENTS = {
    "repay": Kind.REPAID,
    "merchant_issued_refund": Kind.MERCHANT_REFUNDED,
    "payout_refund": Kind.PAYOUT_REFUNDED,
    "goodwill_credit": Kind.GOODWILL_CREDITED,
}
UNITS = {"DAYS": Unit.DAY, "WEEKS": Unit.WEEK, "MONTHS": Unit.MONTH}


def enter(life: Life, case: Case) -> None:
    """One event of the scenario; what it split and moved is noted as it was entered."""
    number, kind = case.need("seq") * 1000, case.need("type")
    case.take("note")
    if "business_date" in case:
        life.business = case.day("business_date")
    day = case.day_or_none("date") or life.business
    _ENTERED[kind](life, number, day, case)
    if life.standing:
        view.transactions(life, life.folded()[1])


def _approved(life: Life, number: int, day: date, case: Case) -> None:
    case.take("expected_disbursement")
    case.take("amount")
    life.add(number, Kind.APPROVED, day, LIMIT)


def _disbursed(life: Life, number: int, day: date, case: Case) -> None:
    amount = minor(case.need("amount"))
    if not any(e.kind is Kind.APPROVED for e in life.events):
        life.add(number - 1, Kind.APPROVED, day, LIMIT)
    life.add(number, Kind.DISBURSED, day, amount)
    down = life.terms.down_payment
    if down and life.settings.get("down payment") == "automatic":
        state, _ = life.folded(max(day, life.business))
        row = next(
            (r for r in state.rows if r.kind is RowKind.DOWN_PAYMENT and r.due == day and r.unpaid),
            None,
        )
        if row:
            life.add(number + 1, Kind.DOWN_PAID, day, row.principal_open)


def _paid(life: Life, number: int, day: date, case: Case) -> None:
    life.add(number, PAYMENTS[case.need("type")], day, minor(case.need("amount")))


def _charged(life: Life, number: int, day: date, case: Case) -> None:
    part = {"fee": Part.FEE, "penalty": Part.PENALTY, "processing": Part.FEE}[
        case.need("charge_kind")
    ]
    name, due = case.need("charge"), case.day_or_none("charge_due") or day
    part = Part.PENALTY if name == "NSF" else part
    amount = minor(case.take("amount"))
    if "percent" in case:
        amount = _share(life, Fraction(case.need("percent")) / 100, case.take("of"))
    life.names[number] = name
    seen = life.start if life.always_visible else max(min(life.business, due + DAY), life.start)
    place = number
    if life.always_visible:
        first = next(e.number for e in life.standing if e.kind is Kind.DISBURSED)
        place = first + 2 + number // 1000
        life.names[place] = name
    details = {"part": part.value, "due": due.isoformat()}
    life.add(place, Kind.CHARGED, seen, amount, details)


def _share(life: Life, percent: Fraction, of: str | None) -> int:
    state, _ = life.folded()
    base = sum(row.principal + row.interest for row in state.rows)
    exact = percent * base
    return round_ratio(exact.numerator, exact.denominator, Rounding.HALF_EVEN)


def _nothing(life: Life, number: int, day: date, case: Case) -> None:
    return None


def _set(life: Life, number: int, day: date, case: Case) -> None:
    life.settings[case.need("name")] = case.need("value")


def _charged_back(life: Life, number: int, day: date, case: Case) -> None:
    place = int(re.search(r"nr (\d+)", case.need("target"))[1])  # type: ignore[index]
    paid = [e for e in _in_order(life) if e.kind in _PAYING]
    target = paid[place - 1]
    _, trail = life.folded()
    settled: dict[str, int] = {}
    for item in trail.settled:
        if item.key == target.key:
            settled[item.part.value] = settled.get(item.part.value, 0) + item.amount
    life.add(
        number,
        Kind.CHARGED_BACK,
        day,
        minor(case.need("amount")),
        {"event": target.number, "allocation": settled},
    )


_PAYING = frozenset({*PAYMENTS.values(), Kind.DOWN_PAID})


def _in_order(life: Life) -> list[LoanEvent]:
    return sorted(
        (e for e in life.standing if e.kind is not Kind.APPROVED and e.kind is not Kind.CHARGED),
        key=lambda e: (e.value_date, e.number),
    )


def _refunded(life: Life, number: int, day: date, case: Case) -> None:
    life.add(number, Kind.REFUNDED, day, minor(case.need("amount")))


def _waived(life: Life, number: int, day: date, case: Case) -> None:
    assert case.need("target") == "last added charge"
    last = max((e for e in life.standing if e.kind is Kind.CHARGED), key=lambda e: e.number)
    life.add(number, Kind.CHARGE_WAIVED, day, 0, {"charge": last.number})


def _adjusted(life: Life, number: int, day: date, case: Case) -> None:
    text = case.need("target")
    due = re.search(r"due (\S+)", text)[1]  # type: ignore[index]
    name = re.search(r"last (\S+) charge", text)[1]  # type: ignore[index]
    found = [
        e
        for e in life.standing
        if e.kind is Kind.CHARGED and e.details["due"] == due and life.names[e.number] == name
    ]
    life.add(
        number,
        Kind.CHARGE_ADJUSTED,
        day,
        minor(case.need("amount")),
        {"charge": found[-1].number},
    )


def _charge_off(life: Life, number: int, day: date, case: Case) -> None:
    life.add(number, Kind.CHARGED_OFF, day)


def _flagged(life: Life, number: int, day: date, case: Case) -> None:
    life.add(number, Kind.FRAUD_FLAGGED, day, 0, {"value": case.need("value") in (True, "true")})


def _rescheduled(life: Life, number: int, day: date, case: Case) -> None:
    details: dict[str, Any] = {"from_due": case.need("from_instalment_due")}
    if "new_due" in case:
        details["to_due"] = case.need("new_due")
    if "extra_instalments" in case:
        details["extra_instalments"] = int(Fraction(case.need("extra_instalments")))
    life.add(number, Kind.RESCHEDULED, day, 0, details)


def _reaged(life: Life, number: int, day: date, case: Case) -> None:
    details = {
        "start": case.need("startdate"),
        "unit": UNITS[case.need("frequencytype")].value,
        "every": int(case.need("frequencynumber")),
        "instalments": int(case.need("numberofinstallments")),
    }
    life.add(number, Kind.REAGED, day, 0, details)


def _reamortized(life: Life, number: int, day: date, case: Case) -> None:
    life.add(number, Kind.REAMORTIZED, day)


def _rate(life: Life, number: int, day: date, case: Case) -> None:
    rate = Fraction(case.need("new_annual_rate_percent")) / 100
    lead = life.terms.habits.lead * DAY
    life.add(number, Kind.RATE_CHANGED, day - lead, 0, {"rate": str(rate)})


def _paused(life: Life, number: int, day: date, case: Case) -> None:
    lead = life.terms.habits.lead * DAY
    life.add(number, Kind.INTEREST_PAUSED, day - lead, 0, {"until": case.need("until")})


def _paid_off(life: Life, number: int, day: date, case: Case) -> None:
    from ledger.loan.dues import payoff_parts

    state, _ = life.folded(day)
    amount = sum(payoff_parts(state, day).values()) - state.credit
    life.add(number, Kind.PAID_OFF, day, amount)


def _reversed(life: Life, number: int, day: date, case: Case) -> None:
    text = case.need("target")
    for key in ("target_kind", "entered_for", "amount"):
        case.take(key)
    place = case.take("target_nr")
    targets = set(_targets(life, text, place, day))
    rows = view.transactions(life, life.folded()[1])
    known = [e for e in sorted(life.standing, key=lambda e: (e.value_date, e.number))]
    shown = [e.number for e in known if e.kind in view.TYPES]
    booked = dict(zip(shown, rows[len(life.reverted) :], strict=True))
    life.reverted += [{**booked[n], "reverted": True} for n in booked if n in targets]
    life.undone |= targets


def _targets(life: Life, text: str, place: int | None, day: date) -> list[int]:
    ordered = _in_order(life)
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


_ENTERED: Mapping[str, Callable[[Life, int, date, Case], None]] = {
    "approve": _approved,
    "disburse": _disbursed,
    **dict.fromkeys(PAYMENTS, _paid),
    "charge": _charged,
    "close_of_business": _nothing,
    "setting": _set,
    "chargeback": _charged_back,
    "credit_balance_refund": _refunded,
    "waive_charge": _waived,
    "charge_adjustment": _adjusted,
    "charge_off": _charge_off,
    "fraud_flag": _flagged,
    "reschedule": _rescheduled,
    "reage": _reaged,
    "reamortize": _reamortized,
    "interest_rate_change": _rate,
    "interest_pause": _paused,
    "payoff": _paid_off,
    "reverse": _reversed,
}
