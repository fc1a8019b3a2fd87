"""From what a fold moved to the journals that the ledger posts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ledger.batch import Batch
from ledger.book.chart import Part, Role
from ledger.book.journal import Journal
from ledger.book.rules import entries_for
from ledger.drafts import Draft
from ledger.loan.correcting import Correction
from ledger.loan.terms import Terms
from ledger.loan.trail import Movement, total
from ledger.names import id_text
from ledger.store.loans import LoanRecord


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


def movement_draft(movement: Movement, terms: Terms, key: tuple[int, int]) -> Draft:
    """What time brought to a loan, as an event of its own."""
    return Draft(
        kind=f"{movement.kind}_recorded",
        subject=f"loans/{id_text(*key)}",
        payload={
            "allocation": {part.value: amount for part, amount in movement.amounts.items()},
            "amounts": {"amount": total(movement.amounts)},
        },
        journals=(movement_journal(movement, terms, key[1]),),
        loan=key[1],
        value_date=movement.value_date,
        reason="close of business",
    )


@dataclass(frozen=True, slots=True)
class Advanced:
    """A loan that a new day changed, and the events that this brings."""

    record: LoanRecord
    drafts: tuple[Draft, ...]

    def added(self, batch: Batch, actor: str, name: str) -> None:
        """Adds the events and the loan's new state to a batch; `name` begins their request ids."""
        stripe, number = self.record.stripe, self.record.last_number
        own = f"{name}-{id_text(stripe, self.record.loan)}"
        for index, draft in enumerate(self.drafts, start=1):
            number = batch.add(stripe, draft, actor, f"{own}-{index}").number
        batch.keep(replace(self.record, last_number=number))
