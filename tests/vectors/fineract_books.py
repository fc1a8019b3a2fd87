"""Journals of a Fineract scenario: ours, with accruals at the cadence of that system."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from ledger.book.chart import Part, Role
from ledger.book.rules import entries_for
from ledger.loan.correcting import corrections
from ledger.loan.events import LoanEvent
from ledger.loan.instalments import RowKind
from ledger.loan.state import OFF_BOOKS, State, Status
from ledger.loan.trail import Trail
from tests.vectors import fineract_view as view
from tests.vectors.fineract_life import Life

Line = tuple[str, str, int]
NAMES: Mapping[Role, str] = {
    Role.FUND_SOURCE: "fund_source",
    Role.LOAN_PRINCIPAL: "loan_portfolio",
    Role.INTEREST_RECEIVABLE: "receivable_interest_fee_penalty",
    Role.FEE_RECEIVABLE: "receivable_interest_fee_penalty",
    Role.PENALTY_RECEIVABLE: "receivable_interest_fee_penalty",
    Role.CUSTOMER_CREDIT: "overpayment_liability",
    Role.INTEREST_INCOME: "income_interest",
    Role.FEE_INCOME: "income_fee_and_penalty",
    Role.PENALTY_INCOME: "income_fee_and_penalty",
    Role.GOODWILL_EXPENSE: "goodwill_expense",
    Role.INTEREST_REVERSED: "income_interest_chargeoff_or_goodwill",
    Role.FEE_REVERSED: "income_fee_penalty_chargeoff_or_goodwill",
    Role.PENALTY_REVERSED: "income_fee_penalty_chargeoff_or_goodwill",
    Role.CHARGE_OFF_EXPENSE: "chargeoff_expense",
    Role.FRAUD_EXPENSE: "chargeoff_expense_fraud",
    Role.WRITE_OFF_EXPENSE: "writeoff_expense",
    Role.RECOVERY_INCOME: "income_recovery",
}
ACCOUNTS = {role: role.value for role in Role}
#: What that system books with its own accruals.
EARNED = frozenset({"accrual", "charge", "charge_due", "late_fee"})


def post(life: Life, old: Trail, new: Trail, own: LoanEvent | None) -> None:
    """The journals that an entered event makes, each under the event whose effect it is."""
    key = own.key if own else None
    rounding = life.terms.rounding
    for change in corrections(old, new, key, rounding, life.business, life.business):
        movement = change.movement
        cause = next((part for part in movement.key[1:] if part.startswith("#")), "")
        if movement.kind in EARNED or not cause:
            continue
        signed = {p: -a if change.mirrored else a for p, a in movement.amounts.items()}
        found = _lines(movement.kind, signed, life)
        life.journals.setdefault(int(cause[1:]), []).extend(found)


def _lines(kind: str, amounts: Mapping[Part, int], life: Life) -> Iterator[Line]:
    sums: Counter[tuple[str, str]] = Counter()
    entries = entries_for(kind, amounts, ACCOUNTS, life.terms.currency, 1, life.terms.profile)
    for entry in entries:
        role = Role(entry.account)
        if role in NAMES:
            sums[NAMES[role], "debit" if entry.side == "D" else "credit"] += entry.amount
    return ((name, side, amount) for (name, side), amount in sums.items())


def blocks(life: Life, trail: Trail) -> list[tuple[str, str, Counter[Line]]]:
    """(transaction type, value date, lines) of every transaction.

    That system lists a transaction as it now is, and one that was reversed with its mirror. What
    our correction journals have posted for an event must come to the same.
    """
    current: dict[int, list[Line]] = {}
    for movement in trail.movements:
        cause = next((part for part in movement.key[1:] if part.startswith("#")), "")
        if cause and movement.kind not in EARNED:
            lines = current.setdefault(int(cause[1:]), [])
            lines += _lines(movement.kind, movement.amounts, life)
    found = []
    for event in life.events:
        posted = life.journals.get(event.number, [])
        lines = current.get(event.number, [])
        assert _net(posted) == _net(lines), (event, posted, lines)
        if event.kind in view.TYPES:
            shown = posted if event.number in life.undone else lines
            day = event.value_date.isoformat()
            found.append((view.TYPES[event.kind], day, Counter(shown)))
    for item in life.accruals:
        amounts = {part: item["parts"].get(part, 0) for part in view.COLUMNS}
        found.append(("accrual", item["date"], Counter(_lines("accrual", amounts, life))))
    return found


def _net(lines: Iterable[Line]) -> dict[str, int]:
    sums: Counter[str] = Counter()
    for name, side, amount in lines:
        sums[name] += amount if side == "debit" else -amount
    return {name: amount for name, amount in sums.items() if amount}


def expected(block: Mapping[str, Any]) -> tuple[str, str, Counter[Line]]:
    """A printed block in the same form."""
    lines: Counter[Line] = Counter()
    for entry in block["entries"]:
        side = "debit" if "debit" in entry else "credit"
        lines[entry["role"], side, view.cents(entry[side])] += 1
    return block["transaction"], block["date"], lines


def accrue(life: Life, state: State, on: date, closes_day: bool) -> None:
    """What that system accrues: at its close of business, or all at once when a loan is paid."""
    if state.stage in OFF_BOOKS:
        return
    ends = state.status is Status.REPAID
    if not ends and not closes_day:
        return
    through = life.business - timedelta(days=1)
    sums: dict[date, Counter[Part]] = {}
    for name, day, part, amount in _earnings(life, state):
        left = amount - life.accrued.get(name, 0)
        if left <= 0 or not (ends or day <= through):
            continue
        life.accrued[name] = amount
        sums.setdefault(day if day <= through and closes_day else on, Counter())[part] += left
    for day, parts in sorted(sums.items()):
        life.accruals.append({"date": day.isoformat(), "parts": dict(parts)})


def _earnings(life: Life, state: State) -> Iterator[tuple[str, date, Part, int]]:
    by_entry = life.settings.get("charge-accrual-date") == "submitted-date"
    for row in state.rows:
        if row.kind is RowKind.REGULAR:
            yield f"interest {row.no}", row.due, Part.INTEREST, row.interest
    for charge in state.charges:
        if not charge.event:
            continue
        entered = life.entered.get(charge.event, charge.due)
        amount = charge.amount - charge.waived
        yield f"charge {charge.event}", entered if by_entry else charge.due, charge.part, amount
