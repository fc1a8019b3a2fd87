"""Samples: published examples, the same seed the same sample, each unit with its fair chance."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.audit.sampling import (
    Filter,
    NotSampled,
    Unit,
    allocated,
    draw_key,
    interval_of,
    measured,
    monetary_unit_sample,
    random_sample,
    start_of,
    stratified_sample,
)

AMOUNTS = st.lists(st.integers(1, 10**6), min_size=1, max_size=60)
SEEDS = st.text(max_size=8)


def units(*amounts: int) -> list[Unit]:
    words = ("repayment_recorded", "users/ann", "2026-03-01", "2026-03-02")
    return [Unit(f"7-{n}", *words, amount) for n, amount in enumerate(amounts, 1)]


def test_the_example_of_auditing_for_dummies() -> None:
    """A book value of $300,000 and 96 records: interval 3,125, and from the start 556 the second
    customer holds dollar 556, the fourth 3,681; the fourth, above the interval, is hit twice."""
    assert interval_of(300_000, 96) == 3125
    drawn = monetary_unit_sample(units(435, 785, 1510, 5000), 3125, 556)
    assert [(d.unit.name, d.hits) for d in drawn] == [("7-2", (556,)), ("7-4", (3681, 6806))]


def test_an_example_of_course_notes_with_invoices_hit_twice() -> None:
    """Invoices of 357, 1,281, 60, 573 and 729, start 200, interval 500."""
    drawn = monetary_unit_sample(units(357, 1281, 60, 573, 729), 500, 200)
    assert [(d.unit.name, d.hits) for d in drawn] == [
        ("7-1", (200,)),
        ("7-2", (700, 1200)),
        ("7-4", (1700, 2200)),
        ("7-5", (2700,)),
    ]


def test_an_interval_that_does_not_divide_is_rounded_up() -> None:
    assert interval_of(2_500_000, 93) == 26_882
    assert interval_of(10, 3) == 4


def test_the_seed_alone_makes_keys_and_start() -> None:
    assert draw_key("2026", "7-1") == sha256(b"2026\n7-1").digest()
    assert start_of("2026", 3125) == 1457


@given(AMOUNTS, st.integers(1, 80), SEEDS)
def test_a_random_sample_is_repeatable_without_duplicates_and_grows(
    amounts: list[int], size: int, seed: str
) -> None:
    population = units(*amounts)
    drawn = random_sample(population, size, seed)
    assert drawn == random_sample(iter(population[::-1]), size, seed)
    names = [d.unit.name for d in drawn]
    assert len(set(names)) == len(names) == min(size, len(population))
    assert [d.unit.name for d in random_sample(population, size + 1, seed)][: len(names)] == names


@given(AMOUNTS, st.integers(1, 80), SEEDS)
def test_a_monetary_unit_sample_takes_all_that_is_above_the_interval(
    amounts: list[int], size: int, seed: str
) -> None:
    population = units(*amounts)
    interval = interval_of(sum(amounts), size)
    start = start_of(seed, interval)
    assert 1 <= start <= interval
    drawn = monetary_unit_sample(iter(population), interval, start)
    names = [d.unit.name for d in drawn]
    assert len(set(names)) == len(names)
    assert {u.name for u in population if u.amount >= interval} <= set(names)
    hits = [hit for d in drawn for hit in d.hits]
    assert hits == list(range(start, sum(amounts) + 1, interval))
    assert len(hits) <= size


@given(AMOUNTS, st.integers(4, 80), SEEDS, st.lists(st.integers(1, 10**6), max_size=3))
def test_a_stratified_sample_shares_itself_out_among_the_bands(
    amounts: list[int], size: int, seed: str, edges: list[int]
) -> None:
    population = units(*amounts)
    found = measured(population, edges)
    assert sum(band.count for band in found.bands) == found.count == len(population)
    assert sum(band.total for band in found.bands) == found.total == sum(amounts)
    allocated(found, size)
    drawn = stratified_sample(population, found, seed)
    assert Counter(d.band for d in drawn) == Counter(
        {n: band.size for n, band in enumerate(found.bands) if band.size}
    )
    assert len({d.unit.name for d in drawn}) == len(drawn) == min(size, len(population))
    for d in drawn:
        band = found.bands[d.band or 0]
        assert band.low <= d.unit.amount < (band.high or 10**9)
        assert d.unit.amount
    assert all(band.size >= 1 for band in found.bands if band.count)


def test_shares_follow_the_totals_of_the_bands() -> None:
    """Totals 60, 900 and 6,000: one each, then of the seven left 0, 0.9 and 6.03 by totals."""
    found = measured(units(*[10] * 6, *[300] * 3, *[1000] * 6), (100, 500))
    assert [(band.count, band.total) for band in found.bands] == [(6, 60), (3, 900), (6, 6000)]
    allocated(found, 10)
    assert [band.size for band in found.bands] == [1, 3, 6]
    with pytest.raises(NotSampled, match="3 at least"):
        allocated(measured(units(1, 200, 600), (100, 500)), 2)


def test_each_unit_has_the_same_chance() -> None:
    """Chi-square over 2,000 seeds, 19 degrees of freedom: 43.8 is exceeded once in a thousand."""
    population, seeds, size = units(*range(1, 21)), 2000, 5
    drawn: Counter[str] = Counter()
    for seed in range(seeds):
        drawn.update(d.unit.name for d in random_sample(population, size, str(seed)))
    expected = seeds * size / len(population)
    deviation = sum((drawn[u.name] - expected) ** 2 / expected for u in population)
    assert deviation < 43.8


def test_each_monetary_unit_has_the_same_chance() -> None:
    """Over all starts each unit is hit as often as it has monetary units."""
    population = units(3, 8, 1, 12, 6)
    interval = interval_of(30, 3)
    hit: Counter[str] = Counter()
    for start in range(1, interval + 1):
        for drawn in monetary_unit_sample(population, interval, start):
            hit[drawn.unit.name] += len(drawn.hits)
    assert hit == {u.name: u.amount for u in population}
    starts = Counter(start_of(str(seed), interval) for seed in range(5000))
    assert sum((starts[n] - 500) ** 2 / 500 for n in range(1, interval + 1)) < 27.9


def test_a_filter_makes_units_of_events() -> None:
    entries = [
        [1, "2026-03-01", "1001", "D", "CNY", 100, None, None, None],
        [1, "2026-03-01", "1001", "D", "CNY", 20, None, None, None],
        [1, "2026-03-01", "6011", "C", "CNY", 120, None, None, None],
        [2, "2026-03-01", "1001", "D", "JPY", 7, None, None, None],
    ]
    event = {
        "stripe": 7,
        "number": 2,
        "kind": "journal_posted",
        "actor": "users/ann",
        "value_date": "2026-03-01",
        "posting_date": "2026-03-02",
        "entries": entries,
    }
    unit = Filter("CNY").unit(event)
    assert unit == Unit("7-2", "journal_posted", "users/ann", "2026-03-01", "2026-03-02", 120)
    amounts = {"JPY": Filter("JPY"), "credit": Filter("CNY", "C", "6011")}
    found = {name: wanted.unit(event) for name, wanted in amounts.items()}
    assert {name: unit.amount for name, unit in found.items() if unit} == {"JPY": 7, "credit": 120}
    for wanted in (
        Filter("CNY", account="1002"),
        Filter("CNY", kind="repayment_recorded"),
        Filter("CNY", first="2026-03-03"),
        Filter("CNY", last="2026-03-01"),
    ):
        assert wanted.unit(event) is None
