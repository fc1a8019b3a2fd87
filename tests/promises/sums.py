"""Books of one loan: what movements and accruals make of each component, from their entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from ledger.book.chart import CREDIT_SIDE, Part
from ledger.book.journal import Entry, imbalances
from ledger.book.rules import DEFAULT_PROFILE, entries_for
from ledger.loan.correcting import Correction
from ledger.loan.trail import Movement, Trail
from ledger.money import Rounding

ByDay = dict[tuple[date, Part], int]
_LOAN = 7


class Books:
    """Signed amounts by value date and component; every journal that enters must balance."""

    def __init__(self, profile: str = DEFAULT_PROFILE) -> None:
        self.profile = profile
        self.days: defaultdict[tuple[date, Part], int] = defaultdict(int)
        self.accounts: defaultdict[str, int] = defaultdict(int)

    def post(self, day: date, entries: Iterable[Entry]) -> None:
        """One journal."""
        held = tuple(entries)
        assert imbalances(held) == {}
        assert all(entry.amount > 0 for entry in held)
        for entry in held:
            self.accounts[entry.account] += entry.amount if entry.side == "D" else -entry.amount
            if entry.component:
                part = Part(entry.component)
                debit = (entry.side == "D") != (part in CREDIT_SIDE)
                self.days[day, part] += entry.amount if debit else -entry.amount

    def move(self, movement: Movement, *, mirrored: bool = False) -> None:
        """A movement by the posting rules."""
        amounts = {part: -a if mirrored else a for part, a in movement.amounts.items()}
        self.post(
            movement.value_date,
            entries_for(movement.kind, amounts, {}, "CNY", _LOAN, self.profile),
        )

    def accrue(self, night_after: date, amounts: Mapping[Part, int]) -> None:
        """An accrual, which counts from the start of the next day."""
        self.post(night_after, entries_for("accrual", amounts, {}, "CNY", _LOAN, self.profile))

    def correct(self, changes: Iterable[Correction]) -> None:
        """Corrections as they are posted."""
        for change in changes:
            self.move(change.movement, mirrored=change.mirrored)

    def by_day(self) -> ByDay:
        """What is not zero."""
        return {key: amount for key, amount in self.days.items() if amount}

    def sums(self) -> dict[Part, int]:
        """All days together, every component named."""
        found = dict.fromkeys(Part, 0)
        for (_, part), amount in self.days.items():
            found[part] += amount
        return found


def every_part(balances: Mapping[Part, int]) -> dict[Part, int]:
    """Balances with a zero for all that the loan does not keep."""
    return dict.fromkeys(Part, 0) | dict(balances)


def books_of(
    trail: Trail,
    rounding: Rounding,
    first: date,
    through: date,
    profile: str = DEFAULT_PROFILE,
) -> Books:
    """The books of a closed trail at the start of day `through`."""
    books = Books(profile)
    for movement in trail.movements:
        books.move(movement)
    for (day, part), amount in trail.accrued(rounding, first, through).items():
        books.accrue(day, {part: amount})
    return books


def days(first: date, last: date) -> Iterable[date]:
    """All days from first to last, both included."""
    return (first + timedelta(days=n) for n in range((last - first).days + 1))
