"""Accounting periods: months that close in order and, with a reason, open again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from ledger.drafts import Changes, Draft
from ledger.errors import FailedPrecondition
from ledger.names import id_text
from ledger.record import Decision
from ledger.store.stripes import Stripe
from ledger.view import View

_DAY = timedelta(days=1)
#: Loans that an error names: it travels in a header.
_NAMED = 20


class PeriodIncomplete(FailedPrecondition):
    """Loans are set aside: the period's accruals and dues are not all booked."""

    reason = "PERIOD_INCOMPLETE"


@dataclass(frozen=True, slots=True)
class Period:
    """A calendar month of a book."""

    start: date
    end: date
    closed: bool

    @property
    def id(self) -> str:
        """yyyy-mm."""
        return self.start.strftime("%Y-%m")


def month_of(day: date) -> tuple[date, date]:
    """First and last day of a day's month."""
    start = day.replace(day=1)
    return start, start + relativedelta(months=1) - _DAY


def periods(stripes: list[Stripe]) -> list[Period]:
    """All months from the book's opening to its business date."""
    first = min(stripe.opened for stripe in stripes).replace(day=1)
    last = max(stripe.business_date for stripe in stripes)
    closed = min(stripe.closed_through for stripe in stripes)
    found = []
    while first <= last:
        start, end = month_of(first)
        found.append(Period(start, end, end <= closed))
        first = end + _DAY
    return found


def close(view: View, start: date, reason: str) -> Decision:
    """Closes a month: ended on every stripe, the next in order, and no loan lacks days of it."""
    start, end = month_of(start)
    closed = max(stripe.closed_through for stripe in view.stripes.values())
    if end <= closed:
        raise FailedPrecondition(f"period {start:%Y-%m} is closed already")
    require_ended(view, start, end)
    if start != closed + _DAY:
        raise FailedPrecondition(
            f"months close in order: {closed + _DAY:%Y-%m} is next", next=f"{closed + _DAY:%Y-%m}"
        )
    _require_whole(view, start, end)
    return _moved("period_closed", start, end, end, reason, True)


def require_ended(view: View, start: date, end: date) -> None:
    """Refuses a month that has not ended on every stripe."""
    behind = min(stripe.business_date for stripe in view.stripes.values())
    if behind <= end:
        raise FailedPrecondition(
            f"period {start:%Y-%m} has not ended: the business date is {behind}",
            business_date=behind,
        )


def _require_whole(view: View, start: date, end: date) -> None:
    """Refuses to close a month while a loan is set aside since a day of it, or before."""
    lacking = [f"loans/{id_text(a.stripe, a.loan)}" for a in view.set_aside() if a.since <= end]
    if lacking:
        more = f" and {len(lacking) - _NAMED} more" if len(lacking) > _NAMED else ""
        named = ", ".join(lacking[:_NAMED]) + more
        raise PeriodIncomplete(
            f"period {start:%Y-%m} lacks days of loans that are set aside: {named};"
            " resume them first (ResumeLoan, `loanledger eod resume`)",
            loans=named,
            count=len(lacking),
        )


def reopen(view: View, start: date, reason: str) -> Decision:
    """Opens the last closed month again."""
    start, end = month_of(start)
    closed = max(stripe.closed_through for stripe in view.stripes.values())
    if end != closed:
        raise FailedPrecondition(
            f"only the last closed period can be reopened; closed through {closed}",
            closed_through=closed,
        )
    return _moved("period_reopened", start, end, start - _DAY, reason, False)


def _moved(kind: str, start: date, end: date, through: date, reason: str, closed: bool) -> Decision:
    return Decision(
        Draft(
            kind=kind,
            subject=f"periods/{start:%Y-%m}",
            payload={"closed_through": through.isoformat(), "start": start.isoformat()},
            reason=reason,
        ),
        Changes(closed_through=through),
        Period(start, end, closed),
    )
