"""The quick look at an event takes none that breaks a rule."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from dataclasses import replace
from typing import Any

import orjson
from hypothesis import given
from hypothesis import strategies as st

from ledger.audit.canonical import KEYS, canonical_bytes, shape_problem
from ledger.audit.export import Totals
from ledger.audit.history import Stripe, history_problems
from ledger.audit.plain import Tally
from tests.audit.sample import Sample
from tests.examples import examples

LAST = Stripe("main", 41, 1_772_000_000_000_000)
EVENT: dict[str, Any] = orjson.loads(canonical_bytes(Sample(()).event(42)))
DAYS = st.sampled_from(["2026-03-01", "2026-02-30", "2026-3-1", "", "20260301"])
ANY = st.sampled_from([None, "", "x", 0, 1, 7, True, False, 1.0, [], [1], ["x"], {}, {"x": 0.5}])
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "v": st.sampled_from([1, 2]),
        "book": st.sampled_from(["main", "other"]),
        "number": st.sampled_from([1, 41, 42, 43]),
        "booked_at": st.sampled_from([0, 1_772_000_000_000_000, 1_772_000_000_000_001]),
        "reverses": st.sampled_from([None, 0, 7, 42]),
        "value_date": DAYS,
        "posting_date": DAYS,
    },
)
ENTRIES = st.lists(
    st.tuples(
        st.sampled_from([1, 2]),
        DAYS.filter(bool) | st.just("2026-03-01"),
        st.just("1001"),
        st.sampled_from(["D", "C", "X", ""]),
        st.sampled_from(["CNY", "EUR"]),
        st.sampled_from([-5, 0, 5, 10]),
        st.none(),
        st.none(),
        st.none(),
    ).map(list),
    max_size=4,
)


def looked_at(event: Any) -> tuple[bool, Tally]:
    """Whether the look takes an event after the last one, and what it has counted then."""
    tally = Tally("main")
    tally.stripes[7] = deepcopy(LAST)
    return tally.takes(event), tally


def hold(event: Any) -> bool:
    """The look against the rules; whether it took the event."""
    plain, tally = looked_at(event)
    if not plain:
        assert (tally.entries, tally.turnover) == (0, Counter())
        assert tally.stripes[7] == LAST
        return False
    stripe, totals = deepcopy(LAST), Totals()
    assert not shape_problem(event)
    assert not list(history_problems(event, stripe))
    totals.add_event(event["entries"])
    assert tally.stripes[event["stripe"]] == stripe
    assert tally.entries == totals.entries
    assert tally.turnover == totals.debit == totals.credit
    return True


@given(FIELDS, st.none() | ENTRIES)
def test_what_is_plain_keeps_every_rule(fields: dict[str, Any], entries: list[Any] | None) -> None:
    event = EVENT | fields | ({} if entries is None else {"entries": entries})
    if not hold(event):
        others = "reverses", "entries"
        assert [*history_problems(event, deepcopy(LAST))] or any(event[k] for k in others)


@examples(400)
@given(st.sampled_from(KEYS), ANY)
def test_what_is_plain_has_the_shape_of_an_event(key: str, value: Any) -> None:
    hold(EVENT | {key: value})


@examples(400)
@given(st.integers(0, 1), st.integers(0, 8), ANY)
def test_what_is_plain_has_entries_of_their_shape(at: int, place: int, value: Any) -> None:
    event = deepcopy(EVENT)
    event["entries"][at][place] = value
    hold(event)


def test_no_other_thing_is_plain() -> None:
    without = {key: value for key, value in EVENT.items() if key != "v"}
    shorter = EVENT | {"entries": [entry[:-1] for entry in EVENT["entries"]]}
    for thing in (None, 1, [], {}, without, EVENT | {"w": 1}, shorter, {"v": 1} | EVENT):
        assert not hold(thing)


def test_events_with_two_and_many_entries_and_with_none_are_plain() -> None:
    event = Sample(()).event(42)
    for entries in (event.entries, event.entries * 3, ()):
        assert hold(orjson.loads(canonical_bytes(replace(event, entries=entries))))
