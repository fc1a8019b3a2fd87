"""One look at each event of a piece, for what nearly every event is: plainly right in all respects.

`canonical.shape_problem` and `history.CHECKS` are the rules. An event that the look does not take
may still keep them; it takes none that breaks any, and a test with random events holds it to that.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from ledger.audit.canonical import ENTRY_FIELDS, KEYS, VERSION, is_plain, shape_problem
from ledger.audit.history import Stripe, history_problems, is_date


class Tally:
    """What the events of a piece come to, which begins anywhere in its stripes.

    `turnover` is what was debited by currency, and so credited as well, since each event balances.
    """

    def __init__(self, book: str) -> None:
        self.book, self.entries = book, 0
        self.stripes: dict[int, Stripe] = {}
        self.first: dict[int, tuple[int, int]] = {}
        self.turnover: Counter[str] = Counter()
        self._days: set[str] = set()

    def keeps(self, event: dict[str, Any]) -> bool:
        """Whether an event keeps all rules, and then counts it."""
        if self.takes(event):
            return True
        if shape_problem(event):
            return False
        stripe = self._stripe(event["stripe"], event["number"], event["booked_at"])
        if any(history_problems(event, stripe)):
            return False
        self.entries += len(event["entries"])
        for _, _, _, side, currency, amount, _, _, _ in event["entries"]:
            if side == "D":
                self.turnover[currency] += amount
        return True

    def takes(self, event: dict[str, Any]) -> bool:
        """Whether an event is plainly right, and then counts it; else nothing but its stripe is.

        The type of each value is asked by itself: that costs half of a tuple of all types.
        """
        if type(event) is not dict or [*event] != KEYS:
            return False
        (
            actor,
            approvals,
            book,
            booked_at,
            entries,
            kind,
            lines_root,
            number,
            payload,
            posting,
            reason,
            reference,
            request,
            reverses,
            name,
            subject,
            version,
            value,
        ) = event.values()
        if reverses is not None or approvals != [] or version != VERSION or book != self.book:
            return False
        if not (
            type(actor) is type(kind) is type(posting) is type(reason) is type(reference) is str
            and type(request) is type(subject) is type(value) is type(book) is str
            and type(booked_at) is type(number) is type(name) is type(version) is int
            and type(payload) is dict
            and type(entries) is list
            and (lines_root is None or type(lines_root) is str)
            and (not payload or is_plain(payload))
            and (value in self._days or self._is_day(value))
            and (posting in self._days or self._is_day(posting))
        ):
            return False
        stripe = self.stripes.get(name) or self._stripe(name, number, booked_at)
        if number != stripe.number + 1 or booked_at < stripe.booked_at:
            return False
        if not self._takes_entries(entries):
            return False
        stripe.number, stripe.booked_at = number, booked_at
        return True

    def _takes_entries(self, entries: list[Any]) -> bool:
        """Whether each is right, all are in one currency and each journal balances as it stands."""
        days, at, rest, debited = self._days, 0, 0, 0
        code: str | None = None
        for entry in entries:
            if type(entry) is not list or len(entry) != len(ENTRY_FIELDS):
                return False
            journal, day, account, side, currency, amount, loan, component, cause = entry
            if not (
                type(journal) is type(amount) is int
                and type(day) is type(account) is type(side) is type(currency) is str
                and (loan is None or type(loan) is str)
                and (component is None or type(component) is str)
                and (cause is None or type(cause) is int)
                and amount > 0
                and (day in days or self._is_day(day))
            ):
                return False
            if journal != at or currency != code:
                if rest or (code is not None and currency != code):
                    return False
                at, code = journal, currency
            if side == "D":
                rest += amount
                debited += amount
            elif side == "C":
                rest -= amount
            else:
                return False
        if rest:
            return False
        if code is not None:
            self.entries += len(entries)
            self.turnover[code] += debited
        return True

    def _is_day(self, text: str) -> bool:
        """Remembers the days that exist, of which a piece has few."""
        if not is_date(text):
            return False
        self._days.add(text)
        return True

    def _stripe(self, name: int, number: int, booked_at: int) -> Stripe:
        found = self.stripes.get(name)
        if found is None:
            found = self.stripes[name] = Stripe(self.book, number - 1, booked_at)
            self.first[name] = (number, booked_at)
        return found
