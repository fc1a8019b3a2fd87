"""Money that came in or went out stands on the cash account, whatever became of the loan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from hypothesis import given

from ledger.book.rules import RULES
from ledger.loan.events import Kind
from ledger.loan.fees import Collection, When
from ledger.loan.fold import closed_trail, fold
from tests.examples import examples
from tests.promises.cases import Life, lived, lives
from tests.promises.intents import TROUBLED
from tests.promises.sums import books_of

#: What an event's amount does to cash; the others move none.
_IN_OR_OUT: Mapping[Kind, int] = {
    **dict.fromkeys((Kind.REPAID, Kind.DOWN_PAID, Kind.PAID_OFF, Kind.RECOVERED, Kind.SOLD), 1),
    **dict.fromkeys((Kind.MERCHANT_REFUNDED, Kind.PAYOUT_REFUNDED), 1),
    **dict.fromkeys((Kind.DISBURSED, Kind.REFUNDED, Kind.CHARGED_BACK, Kind.BOUGHT_BACK), -1),
}


@examples(150)
@given(lives(kinds=TROUBLED))
def test_cash_is_what_events_brought_and_took(life: Life) -> None:
    kept = tuple(
        fee
        for fee in life.terms.fees
        if fee.when is not When.DISBURSEMENT or fee.collection is not Collection.DEDUCTED
    )
    life = replace(life, terms=replace(life.terms, fees=kept, down_payment_taken=False))
    events = lived(life)
    last = max((event.value_date for event in events), default=life.start) + timedelta(days=45)
    state, whole = fold(life.opened, events, last)
    trail = closed_trail(state, whole, last)
    moved = sum(_IN_OR_OUT.get(event.kind, 0) * event.amount for event in events)
    for profile in RULES:
        books = books_of(trail, life.terms.rounding, life.start, last, profile)
        assert books.accounts["1001"] == moved
