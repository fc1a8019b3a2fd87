"""Our loan as the tables that a Fineract scenario prints: schedule, transactions, charges."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from ledger.book.chart import Part
from ledger.loan.dues import charges_of, row_of
from ledger.loan.events import Kind
from ledger.loan.instalments import Instalment, RowKind
from ledger.loan.state import State, Status
from ledger.loan.trail import Trail
from tests.vectors.fineract_life import Life

Table = list[dict[str, Any]]
COLUMNS = {
    Part.PRINCIPAL: "principal",
    Part.INTEREST: "interest",
    Part.FEE: "fees",
    Part.PENALTY: "penalties",
}
TYPES = {
    Kind.DISBURSED: "disbursement",
    Kind.REPAID: "repayment",
    Kind.PAID_OFF: "repayment",
    Kind.DOWN_PAID: "down_payment",
    Kind.MERCHANT_REFUNDED: "merchant_issued_refund",
    Kind.PAYOUT_REFUNDED: "payout_refund",
    Kind.GOODWILL_CREDITED: "goodwill_credit",
    Kind.CHARGED_BACK: "chargeback",
    Kind.REFUNDED: "credit_balance_refund",
    Kind.CHARGED_OFF: "charge_off",
    Kind.CHARGE_WAIVED: "waive_loan_charges",
    Kind.CHARGE_ADJUSTED: "charge_adjustment",
    Kind.REAGED: "re_age",
    Kind.REAMORTIZED: "re_amortize",
}

_STILL = (Kind.REAGED, Kind.REAMORTIZED, Kind.CHARGED_OFF)
_SIGNS = {
    Kind.REFUNDED: 1,
    **dict.fromkeys(_STILL, 0),
}


def cents(text: str) -> int:
    """A decimal text in cents."""
    return int(Decimal(text) * 100)


def amount(minor: int) -> str:
    """Cents as a decimal text."""
    return f"{Decimal(minor) / 100:.2f}"


def schedule(life: Life, state: State, trail: Trail) -> Table:
    """Disbursements and instalments by date, with the running balance of the plan."""
    lines: list[tuple[date, int, int, dict[str, Any], int]] = []
    down_payments = any(row.kind is RowKind.DOWN_PAYMENT for row in state.rows)
    place_last = life.terms.habits.down_payment_last
    for event in life.standing:
        if event.kind is Kind.DISBURSED:
            row = {
                "kind": "disbursement",
                "due": event.value_date.isoformat(),
                "fees": "0.00",
                "due_total": "0.00",
                "paid": "0.00",
                "outstanding": "0.00",
            }
            place = 3 if down_payments and life.terms.habits.down_payment_last else 0
            lines.append((event.value_date, place, 0, row, event.amount))
    again = _owed_again(state, trail)
    for row_ in state.rows:
        place = 4 if row_.kind is RowKind.DOWN_PAYMENT and place_last else 1
        change = (again.get(row_.no, 0)) - row_.principal
        lines.append((row_.due, place, row_.no, _instalment(state, row_, trail), change))
    balance, before, found = 0, "", []
    for _, _, _, line, change in sorted(lines, key=lambda item: item[:3]):
        balance += change
        shown = change if line["kind"] == "disbursement" else balance
        begun = {"from": before} if line["kind"] == "instalment" and before else {}
        before = line["due"] if line["kind"] == "instalment" else before
        found.append({**line, **begun, "balance": amount(shown)})
    return found


def _owed_again(state: State, trail: Trail) -> dict[int, int]:
    """Principal that came back to a row: a chargeback, or a refund of more than the credit."""
    found: dict[int, int] = {}
    for item in trail.owed_again:
        no = row_of(state.rows, item.day)
        found[no] = found.get(no, 0) + item.amounts.get(Part.PRINCIPAL, 0)
    return found


def _instalment(state: State, row: Instalment, trail: Trail) -> dict[str, Any]:
    charges = charges_of(state, row)
    sums = {
        part: sum(c.amount for c in charges if c.part is part) for part in (Part.FEE, Part.PENALTY)
    }
    waived = sum(c.waived for c in charges)
    due = row.principal + row.interest + sum(sums.values())
    paid = row.principal_paid + row.interest_paid + sum(c.paid for c in charges)
    own = [s for s in trail.settled if s.due == row.due and s.row_kind == row.kind.value]
    dates = [s.day for s in own] + [m.day for m in trail.moved if m.due == row.due]
    line = {
        "kind": "instalment",
        "n": row.no,
        "from": row.start.isoformat(),
        "due": row.due.isoformat(),
        "days": (row.due - row.start).days,
        "principal": amount(row.principal),
        "interest": amount(row.interest),
        "fees": amount(sums[Part.FEE]),
        "penalties": amount(sums[Part.PENALTY]),
        "due_total": amount(due),
        "paid": amount(paid),
        "in_advance": amount(sum(s.amount for s in own if s.day < row.due)),
        "late": amount(sum(s.amount for s in own if s.day > row.due)),
        "waived": amount(waived),
        "outstanding": amount(due - paid - waived),
    }
    if due - paid - waived == 0:
        line["paid_date"] = max(dates, default=row.due).isoformat()
    return line


def totals(rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The sums of a schedule's columns."""
    kept = [row for row in rows if row["kind"] == "instalment"]
    names = {
        "principal_due": "principal",
        "interest": "interest",
        "fees": "fees",
        "penalties": "penalties",
        "due": "due_total",
        "paid": "paid",
        "in_advance": "in_advance",
        "late": "late",
        "waived": "waived",
        "outstanding": "outstanding",
    }
    return {total: amount(sum(cents(row[name]) for row in kept)) for total, name in names.items()}


def transactions(life: Life, trail: Trail) -> Table:
    """The events that move something, with their split and the principal after them."""
    found: Table = list(life.reverted)
    balance = 0
    for event in sorted(life.standing, key=lambda e: (e.value_date, e.number)):
        if event.kind not in TYPES:
            continue
        split = _split(event.key, trail) if event.kind is not Kind.DISBURSED else {}
        total, day = event.amount or sum(split.values()), event.value_date
        if event.number in life.waived:
            day, total, part = life.waived[event.number]
            split = {part: total} if part else {}
        if event.kind in (Kind.DISBURSED, Kind.CHARGED_BACK):
            lent = event.amount if event.kind is Kind.DISBURSED else split.get(Part.PRINCIPAL, 0)
            balance += lent - _surplus(event.value_date, trail)
        else:
            balance += _SIGNS.get(event.kind, -1) * split.get(Part.PRINCIPAL, 0)
        found.append(
            {
                "date": day.isoformat(),
                "type": TYPES[event.kind],
                "amount": amount(total),
                **{name: amount(split.get(part, 0)) for part, name in COLUMNS.items()},
                "balance": amount(max(balance, 0)) if event.kind not in _STILL else "0.00",
                "reverted": False,
                "replayed": life.first_splits.setdefault(event.number, split) != split,
            }
        )
    return found


def accrual(item: Mapping[str, Any]) -> dict[str, Any]:
    """An accrual as a transaction."""
    parts = item["parts"]
    return {
        "date": item["date"],
        "type": "accrual",
        "amount": amount(sum(parts.values())),
        **{name: amount(parts.get(part, 0)) for part, name in COLUMNS.items()},
        "balance": "0.00",
        "reverted": False,
    }


def _surplus(day: date, trail: Trail) -> int:
    """Principal that a held credit paid when a tranche was paid out."""
    key = f"credit {day}"
    return sum(s.amount for s in trail.settled if s.key == key and s.part is Part.PRINCIPAL)


def _split(key: str, trail: Trail) -> dict[Part, int]:
    found: dict[Part, int] = {}
    for item in trail.settled:
        if item.key == key:
            found[item.part] = found.get(item.part, 0) + item.amount
    for item in trail.owed_again:
        if item.key == key:
            return dict(item.amounts)
    if key in {moved.key for moved in trail.moved}:
        found[Part.PRINCIPAL] = sum(m.amount for m in trail.moved if m.key == key)
    if not found:
        for movement in trail.movements:
            if key in movement.key and movement.kind not in ("disbursement",):
                for part in COLUMNS:
                    found[part] = found.get(part, 0) + movement.amounts.get(part, 0)
    return found


def printed_charge(row: Mapping[str, Any]) -> dict[str, Any]:
    """A printed charge without its labels; one on every instalment has no date."""
    found = {name: row[name] for name in ("ispenalty", "due", "paid", "waived", "outstanding")}
    text = row.get("due_as_of")
    day = datetime.strptime(text, "%d %B %Y").replace(tzinfo=UTC).date() if text else None
    return {**found, "due_as_of": day.isoformat() if day else ""}


def charges(life: Life, state: State) -> Table:
    """What was charged; a fee on every instalment is one charge."""
    sums: dict[tuple[str, str], list[int]] = {}
    for charge in state.charges:
        if charge.event:
            each = charge.event in life.on_instalments
            key = ("" if each else f"{charge.due} {charge.event}", charge.part.value)
            figures = sums.setdefault(key, [0, 0, 0])
            for place, figure in enumerate((charge.amount, charge.paid, charge.waived)):
                figures[place] += figure
    return [
        {
            "ispenalty": "true" if part == Part.PENALTY.value else "false",
            "due_as_of": due[:10],
            "due": amount(total),
            "paid": amount(paid),
            "waived": amount(waived),
            "outstanding": amount(total - paid - waived),
        }
        for (due, part), (total, paid, waived) in sums.items()
    ]


def status(state: State) -> str:
    """The status in the scenario's words."""
    if state.status is Status.REPAID:
        return "overpaid" if state.credit else "closed_obligations_met"
    return state.status.value
