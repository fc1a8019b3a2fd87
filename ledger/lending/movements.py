"""The movement table of allowances, from their lines and from the ledger, and how the two tie."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ledger.book.chart import DEFAULT_ROLES
from ledger.book.pairs import ALLOWANCES
from ledger.store.catalogue import Catalogue

#: Events that take loans off the books through the allowance, or bring money on them later.
_WRITE_OFFS = frozenset({"loan_written_off", "loan_charged_off", "loan_written_down"})
_RECOVERIES = frozenset({"recovery_recorded"})
_PROVIDED = "provision_recorded"
Moved = tuple[str, str, str, bool, bool, str, int, int]


@dataclass(slots=True)
class GradeMoves:
    """One grade of one currency: what its allowance was, what moved it, what it is."""

    opening: int = 0
    created: int = 0
    increased: int = 0
    released: int = 0
    transferred: int = 0
    written_off: int = 0
    derecognised: int = 0

    @property
    def closing(self) -> int:
        """What it is at the end."""
        return (
            self.opening
            + self.created
            + self.increased
            + self.released
            + self.transferred
            + self.written_off
            + self.derecognised
        )

    @property
    def provided(self) -> int:
        """What the lines changed it by."""
        return self.closing - self.opening


@dataclass(slots=True)
class AccountMoves:
    """The allowance accounts of one currency; credits are positive."""

    opening: int = 0
    provided: int = 0
    charged: int = 0
    written_off: int = 0
    recovered: int = 0
    other: int = 0

    @property
    def closing(self) -> int:
        """What stands there at the end."""
        return (
            self.opening
            + self.provided
            + self.charged
            + self.written_off
            + self.recovered
            + self.other
        )


@dataclass(slots=True)
class Table:
    """Both sides; `differences` by currency is what lines and ledger do not agree on."""

    grades: dict[tuple[str, str], GradeMoves] = field(default_factory=dict)
    accounts: dict[str, AccountMoves] = field(default_factory=dict)

    @property
    def differences(self) -> Mapping[str, int]:
        """What the ledger has by provisions less what the lines have, where it is not nothing."""
        found = {currency: account.provided for currency, account in self.accounts.items()}
        for (currency, _), moves in self.grades.items():
            found[currency] = found.get(currency, 0) - moves.provided
        return {currency: amount for currency, amount in found.items() if amount}


def accounts(known: Catalogue) -> list[str]:
    """The allowance accounts of all products."""
    found = {DEFAULT_ROLES[role] for role in ALLOWANCES.values()}
    for product in known.products.values():
        found |= {product.terms.accounts.get(role, "") for role in ALLOWANCES.values()}
    return sorted(found - {""})


def table(
    before: Iterable[Moved], during: Iterable[Moved], posted: Iterable[tuple[str, str, int, int]]
) -> Table:
    """The table of a span from the sums of lines before and in it, and what was posted."""
    found = Table()
    for row in before:
        _moved(found, row)
    for moves in found.grades.values():
        moves.opening = moves.closing
        moves.created = moves.increased = moves.released = 0
        moves.transferred = moves.written_off = moves.derecognised = 0
    for row in during:
        _moved(found, row)
    for currency, kind, debits, credits in posted:
        _posted(found.accounts.setdefault(currency, AccountMoves()), kind, debits, credits)
    return found


def _moved(found: Table, row: Moved) -> None:
    currency, grade_before, grade, had, grew, cause, before, after = row
    moves = found.grades.setdefault((currency, grade), GradeMoves())
    change = after - before
    if cause == "written_off":
        moves.written_off += change
    elif cause == "derecognised":
        moves.derecognised += change
    elif not had:
        moves.created += change
    elif grew:
        moves.increased += change
    else:
        moves.released += change
    if had and grade_before != grade:
        moves.transferred += before
        found.grades.setdefault((currency, grade_before), GradeMoves()).transferred -= before


def _posted(moves: AccountMoves, kind: str, debits: int, credits: int) -> None:
    if not kind:
        moves.opening += credits - debits
    elif kind == _PROVIDED:
        moves.provided += credits - debits
    elif kind in _WRITE_OFFS:
        moves.charged += credits
        moves.written_off -= debits
    elif kind in _RECOVERIES:
        moves.recovered += credits - debits
    else:
        moves.other += credits - debits
