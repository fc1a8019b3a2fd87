"""Promise 2 under every accounting profile: what a loan owes is not a matter of policy."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given

from ledger.book.chart import Part
from ledger.book.rules import RULES
from ledger.loan.fold import closed_trail, fold
from ledger.loan.trail import Movement, Trail
from tests.examples import examples
from tests.promises.cases import Life, lived, lives
from tests.promises.intents import ORDINARY
from tests.promises.sums import Books, books_of

_EXAMPLES = examples(50)
_AFTER = timedelta(days=45)
_RECEIVABLES = ("1132", "1133", "1134")
#: Deferred fees of a loan that is given up are a loss, not income.
_GIVEN_UP = ("write_off",)


def _told(life: Life) -> tuple[Trail, dict[str, Books]]:
    """A life's trail, and its books under each profile."""
    events = lived(life)
    last = max((event.value_date for event in events), default=life.start) + _AFTER
    state, whole = fold(life.opened, events, last)
    trail, rounding = closed_trail(state, whole, last), life.terms.rounding
    return trail, {p: books_of(trail, rounding, life.start, last, p) for p in RULES}


@_EXAMPLES
@given(lives())
def test_every_profile_holds_the_same_components_on_every_day(life: Life) -> None:
    _, books = _told(life)
    usual = books["allowance"].by_day()
    assert all(found.by_day() == usual for found in books.values())


_RECEIVED = ("repayment", "credit_application", "capitalisation")
_PARTS = (Part.INTEREST, Part.FEE, Part.PENALTY)


def _received(movement: Movement) -> list[int]:
    """What a movement makes income on the cash basis: interest, fee, penalty."""
    kind, amounts = movement.kind, movement.amounts
    interest, fee, penalty = (amounts.get(part, 0) for part in _PARTS)
    if kind in _RECEIVED:
        return [interest, fee, penalty]
    if kind == "disbursement":  # taken from the money paid out, tax beside it
        return [0, fee, 0]
    if kind == "fee_amortised":  # received at the disbursement or since, earned now
        return [amounts[Part.ADJUSTMENT], 0, 0]
    if kind == "interest_surplus":
        return [-amounts[Part.CREDIT], 0, 0]
    # A charge is no income yet, but the tax on it is owed, and what is deferred earned later.
    return [0, -amounts.get(Part.TAX_DUE, 0) - amounts.get(Part.ADJUSTMENT, 0), 0]


@_EXAMPLES
@given(lives(kinds=ORDINARY))
def test_on_the_cash_basis_only_what_was_received_is_income(life: Life) -> None:
    trail, books = _told(life)
    accounts = books["cash"].accounts
    settling = [m for m in trail.movements if m.kind not in _GIVEN_UP]
    received = [sum(each) for each in zip([0] * 3, *map(_received, settling), strict=True)]
    assert not any(accounts[code] for code in _RECEIVABLES)
    assert [-accounts[code] for code in ("6011", "6021", "6051")] == received
