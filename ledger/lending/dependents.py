"""What depends on an earlier event of a loan: later draws, and the loan that took it over."""

from __future__ import annotations

from collections.abc import Iterable

from ledger.errors import FailedPrecondition
from ledger.loan.correcting import Correction
from ledger.loan.events import Kind, LoanEvent

#: What may be drawn follows from these: where one comes or goes, later ones must still fit.
LIMITING = frozenset({Kind.DISBURSED, Kind.LIMIT_CHANGED})


def limited_after(events: Iterable[LoanEvent], changed: LoanEvent) -> list[int]:
    """The draws and limits after an event."""
    since = changed.value_date, changed.number
    later = (each for each in events if (each.value_date, each.number) > since)
    return [each.number for each in later if each.kind in LIMITING]


#: What another loan took over from one, to the minor unit.
_OUT = frozenset({"refinancing_out", "redenomination_out"})


def require_carried_over(changes: Iterable[Correction]) -> None:
    """Refuses what changes the figures with which another loan went on."""
    if any(change.movement.kind in _OUT and not change.own for change in changes):
        raise FailedPrecondition(
            "another loan went on with what this one owed, which this would change: undo that first"
        )
