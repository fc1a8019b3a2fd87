"""A Fineract scenario as far as it was told: the events that stand, and what was said of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from ledger.book.chart import Part
from ledger.loan.events import Kind, LoanEvent
from ledger.loan.fold import closed_trail, fold
from ledger.loan.state import State
from ledger.loan.terms import Agreement, Terms
from ledger.loan.trail import Trail

#: Scenarios pay out more than was approved; our loans are approved for as much as that takes.
LIMIT = 10**12


@dataclass
class Life:
    """What was entered so far; `undone` are the numbers of reversed events."""

    terms: Terms
    agreement: Agreement
    events: list[LoanEvent] = field(default_factory=list)
    undone: set[int] = field(default_factory=set)
    business: date = date.min
    names: dict[int, str] = field(default_factory=dict)
    always_visible: bool = False
    settings: dict[str, str] = field(default_factory=dict)
    submitted: date | None = None
    asked: int = 0
    reverted: list[dict[str, Any]] = field(default_factory=list)
    first_splits: dict[int, dict[Part, int]] = field(default_factory=dict)
    journals: dict[int, list[tuple[str, str, int]]] = field(default_factory=dict)
    accruals: list[dict[str, Any]] = field(default_factory=list)
    accrued: dict[str, int] = field(default_factory=dict)
    entered: dict[int, date] = field(default_factory=dict)
    on_instalments: set[int] = field(default_factory=set)
    waived: dict[int, tuple[date, int, Part | None]] = field(default_factory=dict)

    def imagined(self) -> Life:
        """The loan as if it were paid out on the day that it was applied for."""
        day = self.submitted or self.business
        found = replace(self, events=[], business=day)
        found.add(1, Kind.APPROVED, day, LIMIT)
        found.add(2, Kind.DISBURSED, day, self.asked)
        return found

    @property
    def standing(self) -> list[LoanEvent]:
        """The events that were not reversed."""
        return [event for event in self.events if event.number not in self.undone]

    @property
    def start(self) -> date:
        """The first disbursement."""
        found = [e.value_date for e in self.standing if e.kind is Kind.DISBURSED]
        return min(found, default=self.business)

    def folded(self, through: date | None = None) -> tuple[State, Trail]:
        """The loan at the end of what was entered."""
        first = min((e.value_date for e in self.standing), default=self.business)
        opened = State(self.terms, self.agreement, first)
        day = through or self.business
        state, trail = fold(opened, self.standing, day)
        return state, closed_trail(state, trail, day)

    def add(
        self,
        number: int,
        kind: Kind,
        day: date,
        amount: int = 0,
        details: Mapping[str, Any] | None = None,
    ) -> None:
        """A standing event of ours."""
        amounts = {"amount": amount} if amount else {}
        self.events.append(LoanEvent(number, kind, day, amounts, details or {}))
