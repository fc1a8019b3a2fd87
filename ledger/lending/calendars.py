"""Business days in loans: a book's own calendars, and due dates that roll by them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from ledger.calc.calendar import SATURDAY_SUNDAY, Calendar, Roll
from ledger.calc.holidays import SOURCES, business_calendar
from ledger.calc.periods import due_dates, rolled_dues
from ledger.drafts import Changes, Draft
from ledger.errors import CalendarUnknown, InvalidInput
from ledger.loan.terms import Agreement, Terms
from ledger.record import Decision
from ledger.store.calendars import OwnCalendar
from ledger.store.catalogue import Catalogue
from ledger.view import View


def publish(view: View, asked: OwnCalendar, reason: str) -> Decision:
    """The next version of a calendar; loans disbursed before keep the due dates that they have."""
    last = view.catalogue.calendars.get(asked.code)
    calendar = replace(asked, version=last.version + 1 if last else 1)
    Calendar().with_own(calendar.closed, calendar.worked)
    return Decision(
        Draft(
            kind="calendar_published",
            subject=f"calendars/{calendar.code}/versions/{calendar.version}",
            payload={
                "base": calendar.base,
                "closed": [day.isoformat() for day in calendar.closed],
                "last_year": calendar.last_year,
                "title": calendar.title,
                "worked": [day.isoformat() for day in calendar.worked],
            },
            reason=reason,
        ),
        Changes(calendar=calendar),
        calendar,
    )


def in_force(known: Catalogue, code: str, first: int, last: int) -> Calendar:
    """The calendar of a code for the years of a range that it knows: the book's own, or a base.

    Beyond its base's last year an own calendar has weekends and its own days, up to its own.
    """
    own = known.calendars.get(code) or OwnCalendar(code, 0, "", code)
    source = SOURCES.get(own.base)
    through = max(own.last_year, source.last if source else 0)
    begin, last = max(first, source.first if source else first), min(last, through)
    if begin > last:
        raise _unknown(code, through)
    found = Calendar(weekend=SATURDAY_SUNDAY)
    if source and begin <= source.last:
        found = business_calendar(own.base, begin, min(last, source.last))
    extended = replace(found, known=(date(begin, 1, 1), date(last, 12, 31)))
    return extended.with_own(own.closed, own.worked)


def dues_of(known: Catalogue, terms: Terms, agreement: Agreement, start: date) -> dict[str, Any]:
    """The due dates of a loan that starts on a day, as facts; empty where none of them rolls.

    Each tranche has them, as if it were the first: it may come to be, when that one is reversed.

    CalendarUnknown where the term goes beyond what the calendar knows: to guess would move them.
    """
    agreed = agreement.dues and not agreement.planned
    if not terms.calendar or terms.roll is Roll.UNADJUSTED or agreed:
        return {}
    count, first_due = agreement.instalments, agreement.first_due
    end = due_dates(start, count, terms.frequency, first_due)[-1]
    # Dates that roll onto one another are one, so that the last may lie far behind the planned.
    last = min(end.year + (end - start).days // 365 + 2, date.max.year)
    calendar = in_force(known, terms.calendar, start.year, last)
    try:
        pairs = rolled_dues(start, count, terms.frequency, first_due, calendar, terms.roll)
    except InvalidInput as error:
        assert calendar.known
        raise _unknown(terms.calendar, calendar.known[1].year) from error
    own = known.calendars.get(terms.calendar)
    return {
        "calendar": f"{terms.calendar}@{own.version if own else 0}",
        "dues": [due.isoformat() for due, _ in pairs],
        "planned": [planned.isoformat() for _, planned in pairs],
    }


def dated(known: Catalogue, terms: Terms, agreement: Agreement, start: date) -> Agreement:
    """An agreement with the due dates that a disbursement on a day would keep, for a quote."""
    found = dues_of(known, terms, agreement, start)
    if not found:
        return agreement
    dues, planned = (
        tuple(date.fromisoformat(day) for day in found[name]) for name in ("dues", "planned")
    )
    return replace(agreement, dues=dues, planned=planned)


def _unknown(code: str, last: int) -> CalendarUnknown:
    text = (
        f"calendar {code} is known up to {last} and the loan runs beyond it:"
        f" publish a version of {code} with the book's own days and a later last_year"
    )
    return CalendarUnknown(text, calendar=code, last_year=last)
