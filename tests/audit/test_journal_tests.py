"""Each test of journal entries on a small history made by hand: what it finds and leaves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import orjson
import pytest

from ledger.audit.canonical import Entry, canonical_bytes
from ledger.audit.journal_tests import CHECKS, WHOLE, JournalTests, Outcome, Settings
from tests.audit.sample import Sample

SHANGHAI = Settings(ZoneInfo("Asia/Shanghai"), seldom=1, reversals=1, round_to=1000)
#: A Wednesday, ten in the morning in Shanghai.
NOON = datetime(2026, 3, 4, 2, 0, tzinfo=UTC)


def event(number: int = 1, amount: int = 12_345, **more: Any) -> dict[str, Any]:
    """A repayment on a working day; `booked` is its time, `pair` its accounts."""
    debit, credit = more.pop("pair", ("1001", "1311"))
    currency = more.pop("currency", "CNY")
    booked = more.pop("booked", NOON)
    entries = (
        Entry(1, "2026-03-04", debit, "D", currency, amount),
        Entry(1, "2026-03-04", credit, "C", currency, amount),
    )
    known = {"value_date": "2026-03-04", "posting_date": "2026-03-04", "entries": entries}
    known |= {"booked_at": int(booked.timestamp()) * 10**6}
    made = Sample(()).event(number, **known | more)
    found: dict[str, Any] = orjson.loads(canonical_bytes(made))
    return found


def outcomes(events: Iterable[dict[str, Any]], settings: Settings = SHANGHAI) -> dict[str, Outcome]:
    tests = JournalTests(settings)
    for one in events:
        tests.add(one)
    return {outcome.name: outcome for outcome in tests.outcomes()}


def names(events: Iterable[dict[str, Any]], test: str, settings: Settings = SHANGHAI) -> list[str]:
    found = outcomes(events, settings)[test]
    assert found.count == len(found.events)
    return [posted.name for posted, _ in found.events]


MANUAL = {"kind": "journal_posted", "reason": "correction"}
FOUND: list[tuple[str, dict[str, Any]]] = [
    ("manual", MANUAL),
    ("manual", {"kind": "journal_reversed", "reason": "wrong"}),
    ("unexplained", {"kind": "journal_posted", "reason": " "}),
    ("weekend", {"booked": datetime(2026, 3, 6, 16, 0, tzinfo=UTC)}),  # Saturday in Shanghai
    ("weekend", {"booked": datetime(2026, 3, 8, 4, 0, tzinfo=UTC)}),
    ("night", {"booked": datetime(2026, 3, 4, 12, 0, tzinfo=UTC)}),  # 20:00
    ("night", {"booked": datetime(2026, 3, 3, 23, 59, tzinfo=UTC)}),  # 07:59
    ("round-amount", {"amount": 300_000}),
    ("round-amount", {"amount": 3000, "currency": "JPY"}),
    ("below-limit", {"amount": 4_500_000}),
    ("below-limit", {"amount": 4_999_999}),
    ("past-month", {"posting_date": "2026-02-28", "value_date": "2026-02-28"}),
    ("backdated", {"value_date": "2026-02-01"}),
]
LEFT: list[tuple[str, dict[str, Any]]] = [
    ("manual", {}),
    ("unexplained", {}),
    ("unexplained", {"kind": "journal_posted", "reference": "doc 7"}),
    ("weekend", {"booked": datetime(2026, 3, 8, 16, 0, tzinfo=UTC)}),  # Monday in Shanghai
    ("night", {"booked": datetime(2026, 3, 4, 0, 0, tzinfo=UTC)}),  # 08:00
    ("night", {"booked": datetime(2026, 3, 4, 11, 59, tzinfo=UTC)}),  # 19:59
    ("round-amount", {"amount": 300_001}),
    ("round-amount", {"amount": 1000}),
    ("below-limit", {"amount": 4_499_999}),
    ("below-limit", {"amount": 5_000_000}),
    ("below-limit", {"amount": 4_500_000, "currency": "USD"}),
    ("past-month", {}),
    ("past-month", {"posting_date": "2026-04-01"}),
    ("backdated", {"value_date": "2026-02-02"}),
    ("manual", MANUAL | {"actor": "system:end-of-day"}),
    ("manual", MANUAL | {"entries": ()}),
]
LIMITED = replace(SHANGHAI, limits={"CNY": 5_000_000})


@pytest.mark.parametrize(("test", "more"), FOUND)
def test_what_stands_out_is_found(test: str, more: dict[str, Any]) -> None:
    assert names([event(**more)], test, LIMITED) == ["7-1"]


@pytest.mark.parametrize(("test", "more"), LEFT)
def test_what_is_plain_is_left(test: str, more: dict[str, Any]) -> None:
    assert names([event(**more)], test, LIMITED) == []


def test_without_a_limit_the_test_of_it_does_not_run() -> None:
    assert not outcomes([event()])["below-limit"].ran
    assert outcomes([event()], LIMITED)["below-limit"].ran


def closing(number: int, through: str, kind: str = "period_closed") -> dict[str, Any]:
    return event(number, kind=kind, payload={"closed_through": through, "start": ""}, entries=())


def test_what_is_posted_to_a_period_that_was_opened_again_is_found() -> None:
    life = [
        event(1, posting_date="2026-02-27"),
        closing(2, "2026-02-28"),
        closing(3, "2026-01-31", "period_reopened"),
        event(4, posting_date="2026-02-28"),
        event(5, posting_date="2026-03-01"),
    ]
    assert names(life, "after-close") == ["7-4"]


def test_a_reversal_in_the_month_after_is_found_over_the_end_of_a_year() -> None:
    days = ("2025-12-31", "2025-12-31", "2026-01-02", "2026-02-01")
    life = [event(number, posting_date=day) for number, day in enumerate(days, 1)]
    life[1]["reverses"] = 1
    life[2]["reverses"] = 2
    life[3]["reverses"] = 1
    found = outcomes(life)["reversed-next-period"]
    assert [(p.name, note) for p, note in found.events] == [
        ("7-3", "reverses 7-2 of the month before")
    ]


def test_accounts_and_combinations_that_are_seldom_are_found() -> None:
    life = [
        event(1),
        event(2),
        event(3, pair=("1311", "1001")),
        event(4, pair=("1001", "6711")),
        event(5, pair=("6711", "6712")),
    ]
    assert names(life, "seldom-account") == ["7-5"]
    assert names(life, "rare-combination") == ["7-3", "7-4", "7-5"]
    more = outcomes(life, replace(SHANGHAI, seldom=2))
    assert {p.name for p, _ in more["seldom-account"].events} == {"7-4", "7-5"}
    assert more["seldom-account"].count == 2
    assert more["rare-combination"].count == 5


def test_an_actor_with_many_reversals_is_found_with_all_of_them() -> None:
    life = [event(1), event(2), event(3, reverses=1), event(4, reverses=2, actor="users/bob")]
    assert names(life, "many-reversals") == []
    life += [event(number, amount=100, reverses=number - 1) for number in (5, 6, 7)]
    found = outcomes(life, replace(SHANGHAI, listed=2))["many-reversals"]
    assert (found.count, found.amounts["CNY"]) == (4, 12_345 + 300)
    assert [(p.name, note) for p, note in found.events] == [
        ("7-3", "users/ann: 4 events"),
        ("7-5", "users/ann: 4 events"),
    ]


def test_counts_and_amounts_are_of_all_events_though_few_are_listed() -> None:
    life = [event(number, **MANUAL) for number in range(1, 8)]
    found = outcomes(life, replace(SHANGHAI, listed=3))["manual"]
    assert (found.count, found.amounts["CNY"], len(found.events)) == (7, 7 * 12_345, 3)


def test_every_test_has_a_name_of_its_own_and_says_what_it_finds() -> None:
    known = [name for name, _, _ in CHECKS] + list(WHOLE)
    assert len(set(known)) == len(known) == len(outcomes([]))
    assert all(outcome.meaning for outcome in outcomes([]).values())
