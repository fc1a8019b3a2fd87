"""Promise 2 under every accounting profile: what a loan owes is not a matter of policy."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings

from ledger.book.chart import Part
from ledger.book.rules import RULES
from ledger.loan.fold import closed_trail, fold
from ledger.loan.trail import Trail
from tests.promises.cases import Life, lived, lives
from tests.promises.sums import Books, books_of

_EXAMPLES = settings(max_examples=50, deadline=None)
_AFTER = timedelta(days=45)
_RECEIVABLES = ("1132", "1133", "1134")


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


@_EXAMPLES
@given(lives())
def test_on_the_cash_basis_only_what_was_paid_is_income(life: Life) -> None:
    trail, books = _told(life)
    accounts = books["cash"].accounts
    paid = dict.fromkeys((Part.INTEREST, Part.FEE, Part.PENALTY), 0)
    for movement in trail.movements:
        if movement.kind in ("repayment", "credit_application"):
            for part in paid:
                paid[part] += movement.amounts.get(part, 0)
        if movement.kind == "interest_surplus":
            paid[Part.INTEREST] -= movement.amounts[Part.CREDIT]
    assert not any(accounts[code] for code in _RECEIVABLES)
    earned = [-accounts[code] for code in ("6011", "6021", "6051")]
    assert earned == [paid[part] for part in (Part.INTEREST, Part.FEE, Part.PENALTY)]
