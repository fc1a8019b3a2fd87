"""CalendarService: versions of the book's own calendars."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from google.type import date_pb2

from ledger.calc.holidays import SOURCES
from ledger.errors import NotFound
from ledger.lending import calendars
from ledger.store import calendars as store
from ledger.store.calendars import OwnCalendar
from loanledger.v1 import calendar_service_pb2 as pb
from server import convert
from server.checks import Checks
from server.pages import page, token
from server.security import Caller
from server.services.base import Ask, Room

_CODE = re.compile(r"[A-Z][A-Z0-9-]{0,29}\Z")
_VERSION = re.compile(r"[1-9][0-9]{0,5}\Z")
MAX_DAYS = 2000
FIRST_YEAR, LAST_YEAR = 1900, 2200


class CalendarService:
    """Publishing and reading calendars."""

    def __init__(self, room: Room) -> None:
        self.room = room

    async def PublishCalendar(self, request: pb.PublishCalendarRequest, caller: Caller) -> bytes:
        """Publishes the next version of a calendar."""
        check = self.room.checks()
        check.parent(request.parent)
        check.request_id(request.request_id)
        asked = _asked(check, request.calendar)
        reason = check.text(request.reason, "reason")
        check.done()
        book = self.room.book.code
        return await Ask(
            self.room,
            caller,
            "PublishCalendar",
            request,
            request.request_id,
            self.room.first,
            lambda view: calendars.publish(view, asked, reason),
            lambda decision, stamp: _message(book, decision.result, stamp.booked_at),
            {"fresh": True},
        ).run()

    async def GetCalendar(self, request: pb.GetCalendarRequest, caller: Caller) -> pb.Calendar:
        """One version, the latest by default."""
        check = self.room.checks()
        rest = check.rest(request.name, "calendars", "name")
        code, versioned, version = rest.partition("/versions/")
        if versioned and not _VERSION.match(version):
            check.add("name", "the version must be a positive number")
        check.done()
        found = [c for c in await self._versions() if c.code == code]
        found = [c for c in found if not versioned or c.version == int(version)]
        if not found:
            raise NotFound(f"no calendar {rest[:60]!r}", resource=request.name[:200])
        return _message(self.room.book.code, found[-1])

    async def ListCalendars(
        self, request: pb.ListCalendarsRequest, caller: Caller
    ) -> pb.ListCalendarsResponse:
        """The latest version of each, or all versions of one."""
        check = self.room.checks()
        check.parent(request.parent)
        size, (offset,) = page(check, request, 1)
        check.done()
        every, offset = await self._versions(), max(offset, 0)
        latest = {calendar.code: calendar for calendar in every}
        found = [c for c in every if c.code == request.code] or list(latest.values())
        if request.code and request.code not in latest:
            found = []
        book = self.room.book.code
        shown = [_message(book, calendar) for calendar in found[offset : offset + size]]
        response = pb.ListCalendarsResponse(calendars=shown)
        if offset + size < len(found):
            response.next_page_token = token(request, (offset + size,))
        return response

    async def _versions(self) -> list[OwnCalendar]:
        async with self.room.database.reading() as connection:
            return await store.versions(connection, self.room.book.number)


def _asked(check: Checks, asked: pb.Calendar) -> OwnCalendar:
    """A calendar with every violated field noted."""
    if not _CODE.fullmatch(asked.code):
        check.add("calendar.code", "capitals, digits and hyphens, at most 30, capital first")
    if asked.base and asked.base not in SOURCES:
        check.add("calendar.base", f"must be one of {', '.join(sorted(SOURCES))}")
    if not asked.base and not asked.last_year:
        check.add("calendar.last_year", "is required without a base")
    if asked.last_year:
        check.integer(asked.last_year, "calendar.last_year", FIRST_YEAR, LAST_YEAR)
    closed = _days(check, asked.closed, "calendar.closed")
    worked = _days(check, asked.worked, "calendar.worked")
    if set(closed) & set(worked):
        check.add("calendar.worked", "must not hold a day that is closed")
    return OwnCalendar(
        asked.code,
        0,
        check.text(asked.title, "calendar.title", required=True, most=200),
        asked.base,
        closed,
        worked,
        asked.last_year,
    )


def _days(check: Checks, days: Iterable[date_pb2.Date], field: str) -> tuple[date, ...]:
    found = [check.day(day, f"{field}[{index}]") for index, day in enumerate(days)]
    if len(found) > MAX_DAYS:
        check.add(field, f"at most {MAX_DAYS} days")
    return tuple(sorted({day for day in found if day}))


def _message(book: str, calendar: OwnCalendar, booked_at: int = 0) -> pb.Calendar:
    return pb.Calendar(
        name=f"books/{book}/calendars/{calendar.code}/versions/{calendar.version}",
        code=calendar.code,
        version=calendar.version,
        title=calendar.title,
        base=calendar.base,
        closed=[convert.day(day) for day in calendar.closed],
        worked=[convert.day(day) for day in calendar.worked],
        last_year=calendar.last_year,
        create_time=convert.moment(booked_at or calendar.booked_at),
    )
