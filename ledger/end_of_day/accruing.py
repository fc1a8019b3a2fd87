"""The first step of a close: every loan's accrual of the night, as one event a stripe."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from ledger.audit.archived import NIGHT
from ledger.audit.merkle import HASH_SIZE, root_of
from ledger.book.chart import Part
from ledger.book.journal import Entry, Journal
from ledger.book.rules import entries_for
from ledger.drafts import Draft
from ledger.end_of_day.set_aside import require_known
from ledger.end_of_day.turn import ACTOR, Turn
from ledger.store import accruals, catalogue
from ledger.store.accruals import Accrued


async def accrue(turn: Turn) -> Mapping[int, int]:
    """Appends the night's lines, and posts their sums by product and component."""
    numbers = [(n, s.last_number + 1) for n, s in turn.batch.stripes.items()]
    sums, leaves = await accruals.accrue(turn.connection, numbers, turn.day)
    turn.known = await catalogue.covering(turn.connection, turn.batch.book.number, turn.known, sums)
    await require_known(turn.connection, turn.stripes, sums, turn.known)
    done: Counter[int] = Counter()
    for stripe in turn.stripes:
        own = [found for found in sums if found.stripe == stripe]
        _closed(turn, stripe, own, leaves.get(stripe, b""))
        done[stripe] = sum(found.loans for found in own)
    return done


def _closed(turn: Turn, stripe: int, sums: Iterable[Accrued], leaves: bytes) -> None:
    """One event a stripe: the day is closed, with its accruals and the root of their lines."""
    entries: list[Entry] = []
    for found in sums:
        terms = turn.known.products[found.product, found.version].terms
        amounts = {Part(found.component): found.amount}
        entries.extend(
            entries_for("accrual", amounts, terms.accounts, found.currency, None, terms.profile)
        )
    draft = Draft(
        kind=NIGHT,
        subject=f"days/{turn.day.isoformat()}",
        payload={"lines": len(leaves) // HASH_SIZE},
        journals=(Journal(turn.day, tuple(entries)),) if entries else (),
        lines_root=root_of(leaves).hex() if leaves else None,
        reason="close of business",
    )
    turn.batch.add(stripe, draft, ACTOR, turn.name)
