"""From what a fold moved to the journals that the ledger posts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ledger.book.chart import Part, Role
from ledger.book.journal import Journal
from ledger.book.rules import entries_for
from ledger.loan.correcting import Correction
from ledger.loan.terms import Terms
from ledger.loan.trail import Movement


def movement_journal(
    movement: Movement, terms: Terms, loan: int, *, mirrored: bool = False, cause: int | None = None
) -> Journal:
    """A movement as a journal, by the posting rules."""
    amounts = {p: -a if mirrored else a for p, a in movement.amounts.items()}
    accounts = terms.accounts
    if movement.funds:
        accounts = {**accounts, Role.FUND_SOURCE: movement.funds}
    found = tuple(
        entries_for(movement.kind, amounts, accounts, terms.currency, loan, terms.profile)
    )
    return Journal(movement.value_date, found, cause)


def own_amounts(changes: Iterable[Correction]) -> dict[Part, int]:
    """What an event moved itself by component, corrections left out."""
    found: dict[Part, int] = {}
    for change in changes:
        if change.own:
            for part, amount in change.movement.amounts.items():
                found[part] = found.get(part, 0) + amount
    return found


def journals(
    changes: Iterable[Correction], terms: Terms, loan: int, number: int
) -> Iterator[Journal]:
    """Own movements plainly, corrections with the event that they correct, or else this one."""
    for change in changes:
        named = [part for part in change.movement.key[1:] if part.startswith("#")]
        corrected = int(named[0][1:]) if named else number
        yield movement_journal(
            change.movement,
            terms,
            loan,
            mirrored=change.mirrored,
            cause=None if change.own else corrected,
        )
