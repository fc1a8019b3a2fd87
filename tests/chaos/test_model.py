"""The checker itself: silent on a sound book, and each planted fault is told in words."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.chaos.model import Shown, Told, faults, read, root

Event = dict[str, Any]


def event(number: int, request_id: str, entries: list[list[Any]], **more: Any) -> Event:
    """An event of stripe 1001 as an export has it."""
    plain = {
        "actor": "channel",
        "booked_at": 100 + number,
        "entries": entries,
        "kind": "any",
        "number": number,
        "request_id": request_id,
        "reverses": None,
        "stripe": 1001,
    }
    return plain | more


def entry(account: str, side: str, amount: int, loan: str | None = None, part: str | None = None):
    """An entry of journal 1."""
    return [1, "2024-01-15", account, side, "CNY", amount, loan, part, None]


def events() -> list[Event]:
    """A journal, a disbursement, a repayment, a night and a reversal."""
    lent = [entry("1303", "D", 900, "001-A", "principal"), entry("1001", "C", 900)]
    paid = [entry("1001", "D", 300), entry("1303", "C", 300, "001-A", "principal")]
    back = [entry("1303", "D", 300, "001-A", "principal"), entry("1001", "C", 300)]
    night = [entry("1132", "D", 7, None, "interest"), entry("6011", "C", 7)]
    return [
        event(1, "j", [entry("1001", "D", 500), entry("4001", "C", 500)]),
        event(2, "d", lent),
        event(3, "p", paid),
        event(4, "close-2024-01-15", night, actor="system:end-of-day", kind="day_closed"),
        event(5, "r", back, reverses=3),
    ]


COMMANDS = [
    Told("j", "journal", "done", "books/main/events/001-1", 500),
    Told("d", "set-up", "done", ""),
    Told("p", "repayment", "done", "books/main/events/001-3", 300, "books/main/loans/001-A"),
    Told("r", "reversal", "done", "books/main/events/001-5", reverses="books/main/events/001-3"),
    Told("no", "repayment", "refused", "", 1),
]


def lines(found: list[Event]) -> list[bytes]:
    """The lines of an export; the night is followed by its lines."""
    made = []
    for one in found:
        made.append(json.dumps(one, sort_keys=True, separators=(",", ":")).encode())
        if one["kind"] == "day_closed":
            made.append(b'{"lines":[["001-A","interest",7]],"of":[1001,4]}')
    return made


def shown() -> Shown:
    """What the API shows of the sound book."""
    export = lines(events())
    leaves = read(export).leaves
    return Shown(
        export,
        {
            "1001": (800, 1200),
            "4001": (0, 500),
            "1303": (1200, 300),
            "1132": (7, 0),
            "6011": (0, 7),
        },
        {"001-A": {"principal": 900, "interest": 7}},
        [(2, root(leaves[:2])), (5, root(leaves))],
    )


def test_a_sound_book_has_no_faults() -> None:
    assert list(faults(COMMANDS, shown())) == []


def _with(change: Callable[[list[Event]], object]) -> Shown:
    """The book with other events; balances, loans and checkpoints as they were handed out."""
    found = events()
    change(found)
    return replace(shown(), export=lines(found))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda e: e.pop(), "r: done, and 0 events"),
        (lambda e: e.append(event(6, "p", [])), "p: done, and 2 events"),
        (lambda e: e.append(event(6, "no", [])), "no: refused, and 1 events"),
        (lambda e: e.append(event(6, "else", [])), "else: nobody asked for it"),
        (lambda e: e[0].update(number=9), "1001-9 follows 0"),
        (lambda e: e[1].update(booked_at=1), "was booked before"),
        (lambda e: e[0]["entries"].pop(), "1001-1 does not balance"),
        (lambda e: e[0]["entries"][0].__setitem__(5, -1), "has an entry of -1"),
        (lambda e: [x.__setitem__(5, 499) for x in e[0]["entries"]], "asked for 500, recorded 499"),
        (lambda e: [x.__setitem__(5, 301) for x in e[2]["entries"]], "paid 300, recorded 301"),
        (lambda e: e[2]["entries"][1].__setitem__(6, "001-B"), "recorded on another loan"),
        (lambda e: e[4].update(reverses=2), "undoes 2, not"),
        (lambda e: e[0].update(stripe=1002), "told books/main/events/001-1, recorded as 002-1"),
        (lambda e: e[1].update(reason="else"), "is not the one that was handed out"),
        (lambda e: e.pop(), "a checkpoint of 5 events was handed out, 4 are there"),
    ],
)
def test_an_altered_history_is_told(change: Callable[[list[Event]], object], words: str) -> None:
    found = list(faults(COMMANDS, _with(change)))
    assert any(words in one for one in found), found


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"balances": {"1001": (800, 1201)}}, "account 1001: entries come to (800, 1200)"),
        ({"loans": {"001-A": {"principal": 900, "interest": 8}}}, "loan 001-A: its books come to"),
        ({"loans": {}}, "loan 001-A: its books come to"),
        ({"checkpoints": [(5, b"other")]}, "the root of the first 5 events"),
    ],
)
def test_what_the_api_shows_must_fit_the_history(change: dict[str, Any], words: str) -> None:
    found = list(faults(COMMANDS, replace(shown(), **change)))
    assert any(words in one for one in found), found


def test_a_command_that_was_answered_but_never_recorded_is_told() -> None:
    lost = [*COMMANDS, Told("lost", "journal", "done", "books/main/events/001-6", 1)]
    assert list(faults(lost, shown())) == ["lost: done, and 0 events"]


def test_the_root_is_that_of_rfc_6962() -> None:
    """The tree of the eight inputs of certificate transparency's reference tests."""
    inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657"]
    inputs.append("606162636465666768696a6b6c6d6e6f")
    leaves = [hashlib.sha256(b"\0" + bytes.fromhex(text)).digest() for text in inputs]
    assert root(leaves).hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
