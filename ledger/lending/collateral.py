"""Collateral: registered, valued, pledged, released, taken over, impaired and disposed of.

It stands in its borrower's stripe and secures loans of that borrower. Each command is one event of
the collateral; taking it over is one of the loan as well.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from ledger.book.chart import DEFAULT_ROLES, Part, Role
from ledger.book.journal import Journal
from ledger.book.rules import entries_for
from ledger.calc.allocation import Excess
from ledger.drafts import Changes, Draft
from ledger.errors import AmountExceeded, DateNotOpen, FailedPrecondition, NotFound
from ledger.lending.accounts import funds_violations
from ledger.lending.loans import Asked, happen, reverse
from ledger.loan.events import Kind
from ledger.loan.plain import plain
from ledger.loan.state import Status as LoanStatus
from ledger.loan.terms import Terms
from ledger.money import decimal_text
from ledger.names import id_text
from ledger.record import Decision
from ledger.store import collateral as store
from ledger.store.collateral import Collateral, Lien, Status
from ledger.store.loans import Key
from ledger.view import View

REGISTERED, VALUED = "collateral_registered", "collateral_valued"
PLEDGED, RELEASED = "collateral_pledged", "collateral_released"
REPOSSESSED, RESTORED = "collateral_repossessed", "collateral_repossession_reversed"
IMPAIRED, DISPOSED = "collateral_impaired", "collateral_disposed"
#: Events that state a value.
VALUATIONS = (REGISTERED, VALUED)
#: Loans that need no security any more.
SETTLED = frozenset({LoanStatus.REPAID, LoanStatus.CLOSED, LoanStatus.SOLD})


def find(view: View, key: Key) -> Collateral:
    """Collateral as it is now, with the effects of the batch so far."""

    async def load(connection: Any) -> Collateral | None:
        return (await store.read(connection, [key])).get(key)

    found = view.read(("collateral", key), load)
    if found is None:
        name = f"collaterals/{id_text(*key)}"
        raise NotFound(f"no collateral {name}", resource=name)
    return found


def register(view: View, new: Collateral, reason: str) -> Decision:
    """New collateral with its first valuation."""
    view.party((new.stripe, new.party))
    _require_past(view, new.stripe, new.figures.valued_on)
    payload = {**_valuation(new), "description": b64encode(new.description).decode()}
    return _event(new, REGISTERED, reason, payload, reference=new.reference)


def value(view: View, key: Key, changes: Mapping[str, Any], reason: str) -> Decision:
    """A new valuation; the older ones stay in the history."""
    found = _held(find(view, key))
    figures = replace(found.figures, **changes)
    _require_past(view, key[0], figures.valued_on)
    valued = replace(found, figures=figures)
    return _event(valued, VALUED, reason, _valuation(valued))


def pledge(view: View, key: Key, loan: Key, rank: int, most: int | None, reason: str) -> Decision:
    """A lien for a loan of the same borrower; done again it changes rank and limit."""
    found = _held(find(view, key))
    record = view.loan(loan)
    if (record.party_stripe, record.party) != (found.stripe, found.party):
        raise FailedPrecondition("the collateral and the loan must have the same borrower")
    if record.state.terms.currency != found.figures.currency:
        raise FailedPrecondition(
            f"the collateral is valued in {found.figures.currency}, the loan is in"
            f" {record.state.terms.currency}"
        )
    if record.state.status in SETTLED:
        raise FailedPrecondition(f"a loan that is {record.state.status.value} needs no security")
    others = tuple(lien for lien in found.figures.liens if lien.loan != loan[1])
    lien = Lien(loan[1], rank, most)
    liens = tuple(sorted((*others, lien), key=lambda one: (one.rank, one.loan)))
    pledged = replace(found, status=Status.PLEDGED, figures=replace(found.figures, liens=liens))
    payload = {"loan": id_text(*loan), "rank": rank, "most": most}
    decision = _event(pledged, PLEDGED, reason, payload)
    return decision._replace(changes=replace(decision.changes, lien=loan[1]))


def release(view: View, key: Key, loan: Key, early: bool, reason: str) -> Decision:
    """Ends a lien once its loan is settled; before that only where the lender says so."""
    found = _held(find(view, key))
    if all(lien.loan != loan[1] for lien in found.figures.liens):
        raise FailedPrecondition(f"the collateral does not secure loans/{id_text(*loan)}")
    status = view.loan(loan).state.status
    if status not in SETTLED and not early:
        raise FailedPrecondition(
            f"the loan is {status.value}, not settled: release its security early with a reason",
            status=status.value,
        )
    return released(found, [loan[1]], reason)


def released(found: Collateral, loans: list[int], reason: str) -> Decision:
    """Collateral without its liens for some loans."""
    left = tuple(lien for lien in found.figures.liens if lien.loan not in loans)
    free = replace(
        found,
        status=Status.PLEDGED if left else Status.FREE,
        figures=replace(found.figures, liens=left),
    )
    names = [id_text(found.stripe, loan) for loan in loans]
    return _event(free, RELEASED, reason, {"loans": names})


def repossess(view: View, key: Key, loan: Key, asked: Asked, *, in_full: bool) -> Decision:
    """The lender takes collateral over at a value: for all that is owed, or as a payment.

    A payment beyond what is due lowers the principal and the instalments to come.
    """
    found = find(view, key)
    if all(lien.loan != loan[1] for lien in found.figures.liens):
        raise FailedPrecondition(f"the collateral does not secure loans/{id_text(*loan)}")
    terms, amount = view.loan(loan).state.terms, asked.amounts["amount"]
    details: dict[str, Any] = {"collateral": id_text(*key)}
    if not in_full:
        details["funds"] = _account(terms, Role.COLLATERAL_ASSET)
        details["instruction"] = {"excess": Excess.REDUCE_INSTALMENT.value}
    kind = Kind.REPOSSESSED if in_full else Kind.REPAID
    taken = happen(view, loan, replace(asked, kind=kind, details=details), ahead=1)
    number = view.stripes[key[0]].last_number + 2
    figures = replace(
        found.figures, liens=(), book=amount, allowance=0, taken_for=loan[1], taken_by=number
    )
    ours = replace(found, status=Status.REPOSSESSED, figures=figures)
    payload = {"amount": amount, "in_full": in_full, "loan": id_text(*loan)}
    return _event(ours, REPOSSESSED, asked.reason, payload)._replace(also=(taken,))


def restore(view: View, key: Key, reason: str) -> Decision:
    """Undoes a repossession: the loan is owed again, and the collateral secures it again."""
    found = _taken(find(view, key))
    if found.figures.allowance:
        raise FailedPrecondition("the collateral is impaired by now: its sale ends it")
    loan, number = found.figures.taken_for, found.figures.taken_by
    assert loan is not None
    assert number is not None
    undone = reverse(view, (key[0], loan), number, reason, paired=True, ahead=1)
    figures = replace(found.figures, liens=(Lien(loan, 1),), book=0, taken_for=None, taken_by=None)
    back = replace(found, status=Status.PLEDGED, figures=figures)
    restored = _event(back, RESTORED, reason, {"loan": id_text(key[0], loan)})
    return restored._replace(also=(undone,))


def impair(view: View, key: Key, amount: int, reason: str) -> Decision:
    """Sets aside against what was taken over; a negative amount releases again."""
    found = _taken(find(view, key))
    figures, terms = found.figures, _terms(view, found)
    allowance = figures.allowance + amount
    if not 0 <= allowance <= figures.book:
        most = decimal_text(figures.book - figures.allowance, figures.currency)
        raise AmountExceeded(
            f"the allowance must lie between zero and the carrying amount: at most {most} more",
            limit=most,
        )
    impaired = replace(found, figures=replace(figures, allowance=allowance))
    journal = _journal(
        view, impaired, terms, "collateral_impairment", {Part.COLLATERAL_ALLOWANCE: amount}
    )
    return _event(impaired, IMPAIRED, reason, {"amount": amount}, journal)


def dispose(view: View, key: Key, proceeds: int, tax: int, funds: str, reason: str) -> Decision:
    """Sells what was taken over; proceeds less tax and carrying amount are gain or loss."""
    found = _taken(find(view, key))
    figures, terms = found.figures, _terms(view, found)
    for violation in funds_violations(view, funds):
        raise FailedPrecondition(violation.description, account=funds)
    amounts = {
        Part.CASH: proceeds,
        Part.COLLATERAL: figures.book,
        Part.COLLATERAL_ALLOWANCE: figures.allowance,
        Part.TAX_DUE: tax,
    }
    sold = replace(found, status=Status.DISPOSED, figures=replace(figures, book=0, allowance=0))
    journal = _journal(view, sold, terms, "collateral_sale", amounts, funds)
    gain = proceeds - tax - figures.book + figures.allowance
    payload = {"gain": gain, "proceeds": proceeds, "tax": tax}
    return _event(sold, DISPOSED, reason, payload, journal)


def _event(
    found: Collateral,
    kind: str,
    reason: str,
    payload: Mapping[str, Any],
    journal: Journal | None = None,
    reference: str = "",
) -> Decision:
    draft = Draft(
        kind=kind,
        subject=f"collaterals/{id_text(*found.key)}",
        payload=payload,
        journals=(journal,) if journal and journal.entries else (),
        reference=reference,
        reason=reason,
    )
    return Decision(draft, Changes(collateral=found), found)


def _valuation(found: Collateral) -> dict[str, Any]:
    figures = found.figures
    return {
        "currency": figures.currency,
        "haircut": plain(figures.haircut),
        "kind": figures.kind,
        "method": figures.method,
        "value": figures.value,
        "valued_on": figures.valued_on.isoformat(),
        "valuer": figures.valuer,
    }


def _journal(
    view: View,
    found: Collateral,
    terms: Terms,
    movement: str,
    amounts: Mapping[Part, int],
    funds: str = "",
) -> Journal:
    accounts = {**terms.accounts, Role.FUND_SOURCE: funds} if funds else terms.accounts
    currency = found.figures.currency
    entries = entries_for(movement, amounts, accounts, currency, None, terms.profile)
    return Journal(view.stripes[found.stripe].business_date, tuple(entries))


def _account(terms: Terms, role: Role) -> str:
    return terms.accounts.get(role) or DEFAULT_ROLES[role]


def _terms(view: View, found: Collateral) -> Terms:
    """Those of the loan that it was taken over for."""
    assert found.figures.taken_for is not None
    return view.loan((found.stripe, found.figures.taken_for)).state.terms


def _held(found: Collateral) -> Collateral:
    if found.status not in (Status.FREE, Status.PLEDGED):
        raise FailedPrecondition(f"the collateral is {found.status.value}", status=found.status)
    return found


def _taken(found: Collateral) -> Collateral:
    if found.status is not Status.REPOSSESSED:
        raise FailedPrecondition(
            f"the collateral is {found.status.value}, not repossessed", status=found.status.value
        )
    return found


def _require_past(view: View, stripe: int, day: date) -> None:
    business = view.stripes[stripe].business_date
    if day > business:
        raise DateNotOpen(f"valued on {day}, after the business date {business}", valued_on=day)
