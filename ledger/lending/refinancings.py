"""Refinancing: a new loan settles an old one in one transaction, through the clearing account."""

from __future__ import annotations

from dataclasses import replace

from ledger.book.chart import Part
from ledger.errors import AmountExceeded, FailedPrecondition, InvalidInput, Violation
from ledger.lending.disclosures import fees_of_payout
from ledger.lending.loans import Asked, Done, Key, happen, reverse
from ledger.loan.events import Kind
from ledger.loan.fees import Collection
from ledger.money import decimal_text
from ledger.names import id_text
from ledger.record import Decision
from ledger.store.loans import LoanRecord
from ledger.view import View

#: Under these components the clearing account takes over what the old loan owed.
_CLEARED = (Part.PRINCIPAL, Part.INTEREST, Part.FEE, Part.PENALTY, Part.SUSPENDED)


def refinance(view: View, old: Key, asked: Asked, new: Key) -> Decision:
    """Two events: the old loan is settled, and the new one disburses that and cash on top."""
    before, after = view.loan(old), view.loan(new)
    _require_pair(before, after)
    into = {"into": id_text(*new)}
    settling = replace(asked, kind=Kind.REFINANCED, amounts={}, currency="", details=into)
    settled = happen(view, old, settling)
    assert isinstance(settled.result, Done)
    owed = sum(settled.result.allocation.get(part, 0) for part in _CLEARED)
    amount = asked.amounts["amount"] or after.state.approved - after.state.disbursed
    details = {"refinances": id_text(*old), "settled": owed}
    paying = replace(asked, kind=Kind.DISBURSED, amounts={"amount": amount}, details=details)
    kept = sum(fees_of_payout(after.state.terms, amount, Collection.DEDUCTED))
    if amount < owed + kept:
        least = decimal_text(owed + kept, after.state.terms.currency)
        raise AmountExceeded(f"at least {least} is needed to settle the loan", payoff=least)
    return settled._replace(also=(happen(view, new, paying, ahead=1),))


#: Events on a loan that another one follows, and how many events later that one has its own.
FOLLOWED = {Kind.REFINANCED.value: 1, Kind.REDENOMINATED.value: 2}
_TWINS = {**FOLLOWED, Kind.CONVERTED.value: -2}


def undo(view: View, key: Key, number: int, other: Key, reason: str) -> Decision:
    """Undoes both events of a refinancing or a redenomination, whichever of them is named."""
    kind = next((item[1] for item in view.history(key) if item[0] == number), "")
    twin = number + _TWINS.get(kind, -1)
    named = reverse(view, key, number, reason, paired=True)
    return named._replace(also=(reverse(view, other, twin, reason, paired=True, ahead=1),))


def _require_pair(old: LoanRecord, new: LoanRecord) -> None:
    """One borrower, one stripe, one currency; and something on the books to take over."""
    if old.loan == new.loan:
        raise InvalidInput([Violation("into", "must be another loan")])
    if old.state.terms.currency != new.state.terms.currency:
        raise InvalidInput([Violation("into", f"must be in {old.state.terms.currency}")])
    if (old.party_stripe, old.party) != (new.party_stripe, new.party):
        raise FailedPrecondition("both loans must have the same borrower")
