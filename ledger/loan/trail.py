"""What a fold leaves for the books: movements to post and lines that were accrued along."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from typing import NamedTuple

from ledger.book.chart import Part
from ledger.calc.accrual import Line
from ledger.money import Rounding, round_ratio

_DAY = timedelta(days=1)


class Movement(NamedTuple):
    """Amounts by component that a rule turns into entries; `key` names the cause in any fold.

    `funds` is the account of the money, where it is not the product's fund source.
    """

    kind: str
    value_date: date
    amounts: Mapping[Part, int]
    key: tuple[str, ...]
    funds: str = ""


def total(amounts: Mapping[Part, int]) -> int:
    """What a movement is about, for people: what is owed or held, without memos and figures."""
    return sum(amount for part, amount in amounts.items() if part in _SHOWN)


_SHOWN = (Part.PRINCIPAL, Part.INTEREST, Part.FEE, Part.PENALTY, Part.CREDIT)


class Settled(NamedTuple):
    """Money of a cause that went to a component of a row: what an explanation is made of."""

    key: str
    day: date
    row: int
    due: date
    row_kind: str
    part: Part
    amount: int


@dataclass(frozen=True, slots=True)
class Moved:
    """Principal that an event took from a row to spread it over later ones."""

    key: str
    day: date
    due: date
    amount: int


@dataclass(frozen=True, slots=True)
class OwedAgain:
    """What an event put back into the instalment of its day."""

    key: str
    day: date
    amounts: Mapping[Part, int]


class Span(NamedTuple):
    """A line that a component accrued along, from its start to the day when it ended (excluded)."""

    part: Part
    line: Line
    until: date

    def days(self, rounding: Rounding, first: date, last: date) -> Iterator[tuple[date, int]]:
        """(day, amount accrued in the night after it) for days in [first, last)."""
        start, base, slope, denominator = self.line
        day, end = max(start, first), min(self.until, last)
        if day >= end or not slope:
            return
        exact = base + slope * (day - start).days
        before = round_ratio(exact, denominator, rounding)
        while day < end:
            exact += slope
            after = round_ratio(exact, denominator, rounding)
            if after != before:
                yield day, after - before
            before, day = after, day + _DAY


@dataclass(slots=True)
class Trail:
    """Collects movements and spans while a loan is folded."""

    movements: list[Movement] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    settled: list[Settled] = field(default_factory=list)
    moved: list[Moved] = field(default_factory=list)
    owed_again: list[OwedAgain] = field(default_factory=list)

    def copy(self) -> Trail:
        """The same so far, to go on from in another way."""
        return Trail(*(list(getattr(self, known.name)) for known in fields(self)))

    def move(self, kind: str, day: date, amounts: Mapping[Part, int], *key: object) -> None:
        """Adds a movement unless all its amounts are zero."""
        kept = {part: amount for part, amount in amounts.items() if amount}
        if kept:
            self.movements.append(
                Movement(kind, day, kept, (kind, *(str(part) for part in key or (day,))))
            )

    def accrued(self, rounding: Rounding, first: date, last: date) -> dict[tuple[date, Part], int]:
        """What was accrued on each day in [first, last), by component; zero days are left out."""
        found: dict[tuple[date, Part], int] = {}
        for span in self.spans:
            for day, amount in span.days(rounding, first, last):
                found[day, span.part] = found.get((day, span.part), 0) + amount
        return found
