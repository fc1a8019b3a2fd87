"""What the verifier finds in a history that was recorded wrongly, signed or not."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.audit.canonical import Entry
from tests.audit.sample import build, found, recorded

SAMPLE = build()
EXPORT = SAMPLE.export()


def test_an_event_numbered_with_a_gap_is_named_though_signed() -> None:
    report = recorded(SAMPLE.event(1), SAMPLE.event(3))
    assert found(report) == {("7-2", "it is missing: 7-3 stands in its place")}


def test_an_event_booked_before_its_predecessor_is_named_though_signed() -> None:
    report = recorded(SAMPLE.event(1), SAMPLE.event(2, booked_at=1))
    assert found(report) == {("7-2", "it was booked before its predecessor")}


def test_stripes_have_clocks_of_their_own() -> None:
    assert recorded(SAMPLE.event(1), SAMPLE.event(1, stripe=8, booked_at=1)).ok


def test_an_event_of_another_book_or_version_is_named_though_signed() -> None:
    report = recorded(SAMPLE.event(1, book="other"), SAMPLE.event(2, v=2))
    assert found(report) == {
        ("7-1", "it belongs to the book other"),
        ("7-2", "its version is 2, not 1"),
    }


@pytest.mark.parametrize("text", ["2026-02-29", "20260301", "2026-3-1", "", "2026-03-01T00:00"])
def test_an_event_with_an_impossible_date_is_named_though_signed(text: str) -> None:
    report = recorded(SAMPLE.event(1, posting_date=text))
    assert found(report) == {("7-1", "a date is not of the form YYYY-MM-DD")}


def entry(amount: int, side: str = "D", journal: int = 1, currency: str = "CNY") -> Entry:
    """One entry on account 1001."""
    return Entry(journal, "2026-03-01", "1001", side, currency, amount)


@pytest.mark.parametrize(
    ("entries", "problem"),
    [
        ((entry(5), entry(4, "C")), "journal 1 in CNY: debits less credits are 1, not 0"),
        (
            (entry(5), entry(5, "C", currency="USD")),
            "journal 1 in CNY: debits less credits are 5, not 0",
        ),
        ((entry(5), entry(5, "C", 2)), "journal 1 in CNY: debits less credits are 5, not 0"),
        ((entry(0), entry(0, "C")), "an entry of journal 1 is not above zero"),
        ((entry(-5), entry(-5, "C")), "an entry of journal 1 is not above zero"),
    ],
)
def test_an_event_that_does_not_balance_is_named_though_signed(
    entries: tuple[Entry, ...], problem: str
) -> None:
    report = recorded(SAMPLE.event(1), SAMPLE.event(2, entries=entries))
    assert found(report) == {("7-2", problem)}


def test_an_entry_that_is_neither_debit_nor_credit_is_named_though_signed() -> None:
    report = recorded(SAMPLE.event(1, entries=(entry(5), entry(5, "X"))))
    assert ("7-1", "an entry of journal 1 is neither debit nor credit") in found(report)


@pytest.mark.parametrize("target", [0, -1, 2, 3])
def test_a_reversal_of_what_is_not_earlier_is_named_though_signed(target: int) -> None:
    report = recorded(SAMPLE.event(1), SAMPLE.event(2, reverses=target))
    problem = f"it reverses {target}, which is no earlier event of its stripe"
    assert found(report) == {("7-2", problem)}


def test_a_second_reversal_of_one_event_is_named_though_signed() -> None:
    events = [SAMPLE.event(1), SAMPLE.event(2, reverses=1), SAMPLE.event(3, reverses=1)]
    assert found(recorded(*events)) == {("7-3", "it reverses 1 a second time")}


def test_a_changed_line_of_a_bulk_event_is_found_and_the_event_named() -> None:
    lines = [["L1", "interest", 206], ["L2", "interest", 136], ["L3", "fee", 1]]
    report = SAMPLE.verify(SAMPLE.tampered(EXPORT, 6, lines=lines))
    assert found(report) == {("8-2", "its per-loan lines do not have the root that it recorded")}


@pytest.mark.parametrize("lines", [{}, [["L1", "interest"]], [["L1", "interest", "205"]], [1], []])
def test_lines_of_another_shape_are_found_and_the_event_named(lines: Any) -> None:
    report = SAMPLE.verify(SAMPLE.tampered(EXPORT, 6, lines=lines))
    assert found(report) == {("8-2", "its per-loan lines do not have the root that it recorded")}


def test_lines_that_name_another_event_are_found() -> None:
    report = SAMPLE.verify(SAMPLE.tampered(EXPORT, 6, of=[8, 1]))
    assert found(report) == {("8-2", "the per-loan lines after it are not its own")}


def test_lines_after_an_event_without_any_are_found() -> None:
    report = SAMPLE.verify(SAMPLE.resealed([*EXPORT[:3], EXPORT[6], *EXPORT[3:]]))
    assert found(report) == {("7-2", "the per-loan lines after it are not its own")}


def test_a_bulk_event_without_its_lines_is_named() -> None:
    report = SAMPLE.verify(SAMPLE.resealed([*EXPORT[:6], *EXPORT[7:]]))
    assert found(report) == {("8-2", "its per-loan lines are missing")}
