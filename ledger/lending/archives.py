"""Archiving a month of accrual lines, as an event of the book."""

from __future__ import annotations

from typing import Any

from ledger.audit.archived import ARCHIVED
from ledger.drafts import Draft
from ledger.errors import FailedPrecondition
from ledger.record import Decision
from ledger.store.archives import Archive
from ledger.view import View


def payload_of(archive: Archive) -> dict[str, Any]:
    """What the history keeps: nights of these days may lack their lines from this event on."""
    return {
        "lines": archive.lines,
        "sha256": archive.sha256,
        "since": archive.since.isoformat(),
        "until": archive.until.isoformat(),
    }


def archived(view: View, archive: Archive) -> Decision:
    """The lines of a month are in a file from now on; its period must be closed."""
    closed = min(stripe.closed_through for stripe in view.stripes.values())
    if closed < archive.until:
        raise FailedPrecondition(
            f"period {archive.until:%Y-%m} is not closed in book {view.book.code}",
            closed_through=closed,
        )
    return Decision(
        Draft(
            kind=ARCHIVED,
            subject=f"accruals/{archive.until}",
            payload=payload_of(archive),
            reason=archive.reason,
        )
    )
