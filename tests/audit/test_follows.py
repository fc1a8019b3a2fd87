"""The quick look at an event tells nothing that the table of rules does not tell."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import Any

import orjson
from hypothesis import given
from hypothesis import strategies as st

from ledger.audit.canonical import canonical_bytes
from ledger.audit.history import Stripe, follows, history_problems
from tests.audit.sample import Sample

LAST = Stripe("main", 41, 1_772_000_000_000_000)
EVENT: dict[str, Any] = orjson.loads(canonical_bytes(Sample(()).event(42)))
DAYS = st.sampled_from(["2026-03-01", "2026-02-30", "2026-3-1", "", "20260301"])
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


@given(FIELDS, st.none() | ENTRIES)
def test_what_follows_keeps_every_rule(fields: dict[str, Any], entries: list[Any] | None) -> None:
    event = EVENT | fields | ({} if entries is None else {"entries": entries})
    quick, slow = deepcopy(LAST), deepcopy(LAST)
    plain = follows(event, quick)
    problems = list(history_problems(event, slow))
    if plain:
        assert not problems
        assert quick == slow
    else:
        assert quick == LAST
        assert problems or event["reverses"] is not None


def test_a_plain_event_and_one_with_many_entries_follow() -> None:
    assert follows(EVENT, deepcopy(LAST))
    event = Sample(()).event(42)
    many = replace(event, entries=event.entries * 3)
    assert follows(orjson.loads(canonical_bytes(many)), deepcopy(LAST))
