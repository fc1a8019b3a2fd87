"""Events of a Fineract scenario as our own, at any point of its telling."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from ledger.book.chart import Part
from ledger.calc.periods import Unit
from ledger.loan.events import Kind
from ledger.loan.instalments import RowKind
from ledger.loan.trail import Trail
from ledger.money import Rounding, round_ratio
from tests.vectors import fineract_books as books
from tests.vectors import fineract_view as view
from tests.vectors.case import Case
from tests.vectors.fineract_life import LIMIT, Life
from tests.vectors.fineract_targets import PAYING, PAYMENTS, still_paid, targets
from tests.vectors.fineract_terms import minor

DAY = timedelta(days=1)
OVERDUE = "OVERDUE"
UNITS = {"DAYS": Unit.DAY, "WEEKS": Unit.WEEK, "MONTHS": Unit.MONTH}


def enter(life: Life, case: Case) -> None:
    """One event of the scenario; what it split and moved is noted as it was entered."""
    number, kind = case.need("seq") * 1000, case.need("type")
    case.take("note")
    if "business_date" in case:
        life.business = case.day("business_date")
    day = case.day_or_none("date") or life.business
    known = len(life.events)
    before = life.folded()[1] if life.standing else Trail()
    _ENTERED[kind](life, number, day, case)
    if not life.standing:
        return
    state, trail = life.folded()
    view.transactions(life, trail)
    added = life.events[known:]
    books.post(life, before, trail, added[-1] if added else None)
    books.accrue(life, state, day, kind == "close_of_business")


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
        percent, of = Fraction(case.need("percent")) / 100, case.take("of")
        if "charge_due" not in case:
            _per_instalment(life, number, part, percent, name)
            return
        amount = _share(life, percent, of)
    life.names[number] = name
    seen = life.start if life.always_visible else max(min(life.business, due + DAY), life.start)
    place = number
    if life.always_visible:
        first = next(e.number for e in life.standing if e.kind is Kind.DISBURSED)
        place = first + 2 + number // 1000
        life.names[place] = name
    life.entered[place] = life.business
    details = {"part": part.value, "due": due.isoformat()}
    life.add(place, Kind.CHARGED, seen, amount, details)


def _share(life: Life, percent: Fraction, of: str | None) -> int:
    state, _ = life.folded()
    base = sum(row.principal + row.interest for row in state.rows)
    exact = percent * base
    return round_ratio(exact.numerator, exact.denominator, Rounding.HALF_EVEN)


def _per_instalment(life: Life, number: int, part: Part, percent: Fraction, name: str) -> None:
    """A fee on each instalment, due with it."""
    state, _ = life.folded()
    for row in state.rows:
        exact = percent * (row.principal + row.interest)
        amount = round_ratio(exact.numerator, exact.denominator, Rounding.HALF_EVEN)
        details = {"part": part.value, "due": row.due.isoformat()}
        place = number + row.no
        life.names[place], life.entered[place] = name, life.business
        life.on_instalments.add(place)
        life.add(place, Kind.CHARGED, life.start, amount, details)


def _closed(life: Life, number: int, day: date, case: Case) -> None:
    """The close of business charges a penalty on each instalment that is overdue."""
    percent = life.settings.get("overdue charge")
    if not percent:
        return
    state, _ = life.folded()
    for row in state.rows:
        place = number + row.no
        known = {e.details.get("row") for e in life.standing if e.kind is Kind.CHARGED}
        if row.due >= life.business or not row.unpaid or row.no in known:
            continue
        exact = Fraction(percent) * row.unpaid
        amount = round_ratio(exact.numerator, exact.denominator, Rounding.HALF_EVEN)
        life.names[place] = OVERDUE
        details = {"part": Part.PENALTY.value, "due": row.due.isoformat(), "row": row.no}
        life.add(place, Kind.CHARGED, life.start, amount, details)


def _nothing(life: Life, number: int, day: date, case: Case) -> None:
    return None


def _set(life: Life, number: int, day: date, case: Case) -> None:
    life.settings[case.need("name")] = case.need("value")


def _charged_back(life: Life, number: int, day: date, case: Case) -> None:
    place = int(re.search(r"nr (\d+)", case.need("target"))[1])  # type: ignore[index]
    amount = minor(case.need("amount"))
    paid = [e for e in life.standing if e.kind in PAYING and e.amount >= amount]
    target = sorted(paid, key=lambda e: e.number)[place - 1 if place <= len(paid) else -1]
    settled = still_paid(life, target)
    life.add(
        number,
        Kind.CHARGED_BACK,
        day,
        amount,
        {"event": target.number, "allocation": settled},
    )


def _refunded(life: Life, number: int, day: date, case: Case) -> None:
    life.add(number, Kind.REFUNDED, day, minor(case.need("amount")))


def _waived(life: Life, number: int, day: date, case: Case) -> None:
    assert case.need("target") == "last added charge"
    last = max((e for e in life.standing if e.kind is Kind.CHARGED), key=lambda e: e.number)
    state, _ = life.folded()
    charge = next(c for c in state.charges if c.event == last.number)
    earned = charge.part if life.accrued.get(f"charge {last.number}") else None
    life.waived[number] = (min(charge.due, day), charge.open, earned)
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
    undone = set(targets(life, text, place, day))
    rows = view.transactions(life, life.folded()[1])
    known = sorted(life.standing, key=lambda e: (e.value_date, e.number))
    shown = [e.number for e in known if e.kind in view.TYPES]
    booked = dict(zip(shown, rows[len(life.reverted) :], strict=True))
    life.reverted += [{**booked[n], "reverted": True} for n in booked if n in undone]
    life.undone |= undone


_ENTERED: Mapping[str, Callable[[Life, int, date, Case], None]] = {
    "approve": _approved,
    "disburse": _disbursed,
    **dict.fromkeys(PAYMENTS, _paid),
    "charge": _charged,
    "close_of_business": _closed,
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
