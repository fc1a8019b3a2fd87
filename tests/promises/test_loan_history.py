"""Promise 2 through the real use cases: backdated, reversed or closed, the books hold."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import LedgerError
from tests.examples import examples
from tests.promises.cases import Life, lives
from tests.promises.intents import EVERYTHING, Intent, intents
from tests.promises.purebook import PureBook
from tests.promises.sums import every_part

_BACK = st.one_of(st.just(0), st.integers(1, 5), st.integers(1, 70))
_WISH = st.tuples(st.just("happen"), intents(EVERYTHING), _BACK)
_CLOSE = st.tuples(st.just("close"), st.none(), st.integers(1, 45))
_DUE = st.tuples(st.just("close to due"), st.none(), st.integers(0, 9))
_REVERSE = st.tuples(st.just("reverse"), st.none(), st.integers(1, 9))
_STEPS = st.lists(st.one_of(_WISH, _CLOSE, _WISH, _DUE, _WISH, _REVERSE), min_size=4, max_size=14)


@examples(250)
@given(lives(most=0), _STEPS)
def test_books_and_cache_equal_the_fold_of_the_history_after_every_command(
    life: Life, steps: list[tuple[str, Intent | None, int]]
) -> None:
    book = PureBook(life)
    book.wish(life.intents[1], 0)
    for step in steps:
        with suppress(LedgerError):
            _take(book, *step)
        state, days = book.refolded()
        assert book.state == state
        assert book.books.by_day() == days
        assert book.books.sums() == every_part(state.balances(book.business))


def _take(book: PureBook, verb: str, intent: Intent | None, number: int) -> None:
    if verb == "close":
        for _ in range(number):
            book.close()
    elif verb == "close to due":
        due = book.next_due()
        while due and book.business < due + timedelta(days=number):
            book.close()
    elif verb == "reverse":
        standing = book.numbers()
        if len(standing) > 1:
            book.reverse(standing[-1 - number % (len(standing) - 1)])
    elif intent:
        book.wish(intent, number)
