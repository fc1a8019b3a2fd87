"""Operational-risk events: losses, provisions and recoveries booked by the posting rules."""

from __future__ import annotations

from collections.abc import Mapping

from ledger.book.chart import DEFAULT_ROLES, Part, Role
from ledger.book.journal import Journal
from ledger.book.rules import DEFAULT_PROFILE, entries_for
from ledger.errors import AmountExceeded, InvalidInput
from ledger.lending.accounts import funds_violations
from ledger.lending.registers import Change, changed, find
from ledger.money import MAX_MINOR, decimal_text
from ledger.record import Decision
from ledger.store.registers import Key
from ledger.view import View

#: What is booked: the movement of the posting rules, and the part that it moves.
MOVEMENTS: Mapping[str, tuple[str, Part]] = {
    "loss": ("operational_loss", Part.COST),
    "provision": ("operational_provision", Part.COST),
    "provision_used": ("operational_provision_used", Part.COST),
    "recovery": ("operational_recovery", Part.CASH),
}


def book_amount(
    view: View, key: Key, kind: str, money: tuple[str, int], funds: str, reason: str
) -> Decision:
    """A journal of the event, which keeps the sums of what was booked for it by currency."""
    found = find(view, key, "riskEvents")
    wrong = list(funds_violations(view, funds))
    if wrong:
        raise InvalidInput(wrong)
    currency, amount = money
    sums = {name: dict(amounts) for name, amounts in found.content.amounts.items()}
    mine = sums.setdefault(kind, {})
    mine[currency] = mine.get(currency, 0) + amount
    _require_covered(sums, kind, currency)
    movement, part = MOVEMENTS[kind]
    accounts = {**DEFAULT_ROLES, Role.FUND_SOURCE: funds or DEFAULT_ROLES[Role.FUND_SOURCE]}
    entries = entries_for(movement, {part: amount}, accounts, currency, None, DEFAULT_PROFILE)
    step = changed(view, found, Change(amounts=sums), reason)
    journal = Journal(view.stripes[key[0]].business_date, tuple(entries))
    return step._replace(draft=step.draft._replace(journals=(journal,)))


def _require_covered(sums: Mapping[str, Mapping[str, int]], kind: str, currency: str) -> None:
    """No more comes back than was lost, and no more of a provision is used than there is."""

    def total(name: str) -> int:
        return sums.get(name, {}).get(currency, 0)

    if total(kind) > MAX_MINOR:
        raise AmountExceeded("the amount passes the largest figure that the books hold")
    for name, most in (
        ("recovery", total("loss") + total("provision_used")),
        ("provision_used", total("provision")),
    ):
        if kind == name and total(name) > most:
            limit = decimal_text(most, currency)
            text = f"{name.replace('_', ' ')} in all may be {currency} {limit} at most"
            raise AmountExceeded(text, limit=limit)
