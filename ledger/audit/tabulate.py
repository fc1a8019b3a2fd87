"""The rows of a bundle's tables, from the events of an export in one pass.

Memory grows with accounts, currencies and months, and with users and kinds, never with events.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from ledger.audit.canonical import encode, leaf_hash
from ledger.audit.controls import category
from ledger.audit.history import event_name
from ledger.audit.stream import BrokenExport, Item
from ledger.audit.tables import ACCOUNTS, BALANCES, CONTROLS, ENTRIES, EVENTS, LINES, USERS, Row
from ledger.money import EXPONENTS, decimal_text

Emit = Callable[[str, Row], None]
#: What an event tells of an account: code, title, title_zh, type, control.
Facts = Mapping[str, str]


class Tabulator:
    """Takes events in order and emits rows; `finish` emits the tables that sum them up."""

    def __init__(self, emit: Emit) -> None:
        self._emit = emit
        self.events = self.entries = 0
        self.debit, self.credit = Counter[str](), Counter[str]()
        #: The first and the last accounting day of all events.
        self.span: tuple[str, str] | None = None
        #: (account, currency) -> month -> [debit, credit, entries].
        self._moved: dict[tuple[str, str], dict[str, list[int]]] = {}
        self._accounts: dict[str, tuple[Facts, str]] = {}
        #: (user, role, kind) -> [events, first, booked, last, booked].
        self._users: dict[tuple[str, str, str], list[Any]] = {}

    def add(self, item: Item) -> None:
        """The next event."""
        event, name = item.event, event_name(item.event["stripe"], item.event["number"])
        self.events += 1
        day = event["posting_date"]
        first, last = self.span or (day, day)
        self.span = (min(first, day), max(last, day))
        self._emit(EVENTS.name, _event_row(item, name))
        self._add_entries(item, name)
        for number, (loan, part, figure) in enumerate(item.lines, start=1):
            row = (name, item.leaf, event["kind"], event["value_date"], number, loan, part, figure)
            self._emit(LINES.name, row)
        for facts in _declared(event):
            self._accounts.setdefault(facts["code"], (facts, name))
        if told := category(event["kind"], event["payload"]):
            self._emit(CONTROLS.name, _control_row(told, item, name))
        self._count(event["actor"], "actor", event, name)
        for approver in event["approvals"]:
            self._count(approver, "approver", event, name)

    def undeclared(self) -> list[str]:
        """Codes of accounts that entries move and no event declared."""
        return sorted({code for code, _ in self._moved} - self._accounts.keys())

    def finish(self, catalogue: Mapping[str, Facts]) -> None:
        """Emits accounts, balances and users; `catalogue` knows accounts that no event declared."""
        self._emit_accounts(catalogue)
        self._emit_balances()
        for key in sorted(self._users):
            self._emit(USERS.name, (*key, *self._users[key]))

    def _add_entries(self, item: Item, name: str) -> None:
        event = item.event
        stripe, posting, booked = event["stripe"], event["posting_date"], event["booked_at"]
        kind, actor, month = event["kind"], event["actor"], posting[:7]
        for line, entry in enumerate(event["entries"], start=1):
            journal, value, account, side, currency, amount, loan, component, cause = entry
            row = (
                *(name, item.leaf, journal, line, value, posting, booked, kind, actor),
                *(account, side, currency, amount, money_text(amount, currency)),
                *(loan, component, None if cause is None else event_name(stripe, cause)),
            )
            self._emit(ENTRIES.name, row)
            self.entries += 1
            moved = self._moved.setdefault((account, currency), {}).setdefault(month, [0, 0, 0])
            moved[side != "D"] += amount
            moved[2] += 1
            (self.debit if side == "D" else self.credit)[currency] += amount

    def _count(self, user: str, role: str, event: dict[str, Any], name: str) -> None:
        booked = event["booked_at"]
        known = self._users.setdefault((user, role, event["kind"]), [0, name, booked, name, booked])
        known[0] += 1
        known[3:] = name, booked

    def _emit_accounts(self, catalogue: Mapping[str, Facts]) -> None:
        unknown: dict[str, tuple[Facts, str]] = {code: ({}, "") for code in self.undeclared()}
        for code, (facts, name) in sorted((self._accounts | unknown).items()):
            told = facts or catalogue.get(code, {})
            source = "history" if name else "catalogue" if told else "none"
            words = [str(told.get(key, "")) for key in ("title", "title_zh", "type", "control")]
            self._emit(ACCOUNTS.name, (code, *words, source, name or None))

    def _emit_balances(self) -> None:
        last = max((month for months in self._moved.values() for month in months), default="")
        for (account, currency), months in sorted(self._moved.items()):
            opening, month = 0, min(months)
            while month <= last:
                debit, credit, entries = months.get(month, (0, 0, 0))
                figures = (opening, debit, credit, opening + debit - credit)
                texts = [money_text(figure, currency) for figure in figures]
                self._emit(BALANCES.name, (account, currency, month, *figures, *texts, entries))
                opening, month = figures[-1], month_after(month)


def money_text(minor: int, currency: str) -> str:
    """12345, CNY -> "123.45"; BrokenExport for a currency that is not known."""
    if currency not in EXPONENTS:
        raise BrokenExport(f"{currency!r} is no currency that is known", currency=currency)
    return decimal_text(minor, currency)


def month_after(month: str) -> str:
    """ "2026-12" -> "2027-01"."""
    year, number = int(month[:4]), int(month[5:])
    return f"{year + number // 12:04d}-{number % 12 + 1:02d}"


def _event_row(item: Item, name: str) -> Row:
    event = item.event
    reverses = event["reverses"]
    return (
        *(item.leaf, name, event["stripe"], event["number"], event["kind"], event["subject"]),
        *(event["value_date"], event["posting_date"], event["booked_at"], event["actor"]),
        *(encode(event["approvals"]).decode(), event["reason"], event["reference"]),
        event["request_id"],
        None if reverses is None else event_name(event["stripe"], reverses),
        len(event["entries"]),
        encode(event["payload"]).decode(),
        event["lines_root"],
        leaf_hash(item.canonical).hex(),
    )


def _control_row(told: str, item: Item, name: str) -> Row:
    event = item.event
    return (
        *(told, name, item.leaf, event["kind"], event["subject"], event["booked_at"]),
        *(event["actor"], encode(event["approvals"]).decode(), event["reason"]),
        encode(event["payload"]).decode(),
    )


def _declared(event: dict[str, Any]) -> list[Facts]:
    """Accounts as the opening of a book and the creation of an account tell of them."""
    payload = event["payload"]
    if event["kind"] == "book_opened":
        return list(payload.get("accounts", ()))
    return [payload] if event["kind"] == "account_created" else []
