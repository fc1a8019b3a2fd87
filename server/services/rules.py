"""RuleService: rulebooks, the facts that rules look at, contacts, and what was refused."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from ledger.calc.rule_checks import violations
from ledger.calc.rules import on_day
from ledger.drafts import Stamp, attributed
from ledger.errors import InvalidInput, NotFound, Violation
from ledger.lending import rules as lending
from ledger.lending.known_facts import KINDS, KNOWN
from ledger.lending.rule_trials import Tried, tried
from ledger.names import event_text
from ledger.record import Decision
from ledger.store import facts, loans, policies
from ledger.store.facts import Contact
from loanledger.v1 import rule_service_pb2 as pb
from server import convert
from server.checks import Checks
from server.clock import microseconds
from server.pages import MAX_SIZE, page, token
from server.security import ALLOWED_BY_NAME, Caller
from server.services import rulebooks
from server.services.base import Ask, Room
from server.services.documents import Published
from server.services.pending import governable

_DAY, _LIMIT = 86_400_000_000, 100
_PUBLISHED = Published(policies.RULES, "rulebooks", "rulebook", rulebooks.rulebook_message, on_day)


class RuleService:
    """Rulebooks are read by all; of facts the declaration says who records them."""

    def __init__(self, room: Room) -> None:
        self.room = room

    async def PublishRulebook(self, request: pb.PublishRulebookRequest, caller: Caller) -> bytes:
        """Publishes the next version."""
        check, room = self.room.checks(), self.room
        check.parent(request.parent)
        check.request_id(request.request_id)
        found = rulebooks.asked(check, request.rulebook)
        check.date(request.rulebook, "effective_from", "rulebook.", required=True)
        reason = check.text(request.reason, "reason")
        check.done()
        methods = governable(room)
        every = tuple(range(room.first, room.first + room.book.stripes))
        return await Ask(
            room,
            caller,
            "PublishRulebook",
            request,
            request.request_id,
            room.first,
            lambda view: lending.publish(view, room.first, found, methods, reason),
            lambda done, stamp: rulebooks.rulebook_message(
                room.book.code, done.result, stamp.booked_at
            ),
            {"locks": every, "fresh": True},
        ).run()

    async def GetRulebook(self, request: pb.GetRulebookRequest, caller: Caller) -> pb.Rulebook:
        """One version, or what is in force."""
        return await _PUBLISHED.one(self.room, request)

    async def ListRulebooks(
        self, request: pb.ListRulebooksRequest, caller: Caller
    ) -> pb.ListRulebooksResponse:
        """All versions, oldest first."""
        found, more = await _PUBLISHED.some(self.room, request)
        return pb.ListRulebooksResponse(rulebooks=found, next_page_token=more)

    async def TryRulebook(
        self, request: pb.TryRulebookRequest, caller: Caller
    ) -> AsyncIterator[pb.TryRulebookResponse]:
        """What it would have said of the past."""
        check, room = self.room.checks(), self.room
        check.parent(request.parent)
        book = rulebooks.asked(check, request.rulebook)
        first = check.date(request, "start_date", required=True)
        last = check.date(request, "end_date", required=True)
        limit = check.integer(request.limit or _LIMIT, "limit", 1, MAX_SIZE)
        check.done()
        assert first
        assert last
        wrong = violations(book, governable(room), KINDS)
        if found := [Violation(f"rulebook.{v.field}", v.description) for v in wrong]:
            raise InvalidInput(found)
        told = pb.TryRulebookResponse()
        async with room.database.reading() as connection:
            async for group in tried(connection, room.book, book, first, last):
                for one in group:
                    told.events += 1
                    told.unreadable += one.judged is None
                    told.broken += bool(one.broken)
                    told.held += one.judged is not None and not one.broken
                    if one.broken and told.broken <= limit:
                        told.found.append(self._tried(one))
                yield told
                del told.found[:]
        told.done = True
        yield told

    async def ListKnownFacts(
        self, request: pb.ListKnownFactsRequest, caller: Caller
    ) -> pb.ListKnownFactsResponse:
        """What conditions may name without a declaration."""
        check = self.room.checks()
        check.parent(request.parent)
        check.done()
        return pb.ListKnownFactsResponse(
            facts=[
                pb.KnownFact(name=name, kind=f"FACT_KIND_{one.kind.name}", title=one.title)
                for name, one in KNOWN.items()
            ]
        )

    async def RecordFacts(self, request: pb.RecordFactsRequest, caller: Caller) -> bytes:
        """Records facts."""
        check, room = self.room.checks(), self.room
        subject = rulebooks.subject_of(check, request.name, "name")
        check.request_id(request.request_id)
        given = rulebooks.facts_of(check, request.facts, "facts")
        if not given:
            check.add("facts", "must name at least one")
        reason = check.text(request.reason, "reason", required=True)
        check.done()
        about, stripe, key = subject
        roles = caller.roles & ALLOWED_BY_NAME["RecordFacts"]
        loads = {"party": (stripe, key)} if about == "party" else {}
        loads |= {"loan": (stripe, key)} if about == "loan" else {}

        def answer(_: Decision, __: Stamp) -> pb.SubjectFacts:
            name = rulebooks.subject_name(room.book.code, subject)
            return pb.SubjectFacts(name=name, facts=given)

        return await Ask(
            room,
            caller,
            "RecordFacts",
            request,
            request.request_id,
            stripe,
            lambda view: lending.record_facts(view, subject, given, roles, reason),
            answer,
            loads,
        ).run()

    async def GetFacts(self, request: pb.GetFactsRequest, caller: Caller) -> pb.SubjectFacts:
        """What is known now."""
        check = self.room.checks()
        subject = rulebooks.subject_of(check, request.name, "name")
        check.done()
        async with self.room.database.reading() as connection:
            found = await facts.latest(connection, subject)
        name = rulebooks.subject_name(self.room.book.code, subject)
        return pb.SubjectFacts(name=name, facts=found)

    async def ListFactVersions(
        self, request: pb.ListFactVersionsRequest, caller: Caller
    ) -> pb.ListFactVersionsResponse:
        """The history of a subject's facts."""
        check, book = self.room.checks(), self.room.book.code
        subject = rulebooks.subject_of(check, request.parent, "parent")
        fact = check.text(request.fact, "fact", most=100)
        limit = check.integer(request.limit or _LIMIT, "limit", 1, MAX_SIZE)
        check.done()
        async with self.room.database.reading() as connection:
            found = await facts.versions(connection, subject, fact, limit)
        shown = [rulebooks.version_message(book, one) for one in found]
        return pb.ListFactVersionsResponse(versions=shown)

    async def RecordContact(self, request: pb.RecordContactRequest, caller: Caller) -> bytes:
        """Records a contact, if rules allow it."""
        check, room = self.room.checks(), self.room
        contact = self._contact(check, request)
        check.request_id(request.request_id)
        reason = check.text(request.reason, "reason")
        check.done()
        return await Ask(
            room,
            caller,
            "RecordContact",
            request,
            request.request_id,
            contact.stripe,
            lambda view: lending.record_contact(view, contact, reason),
            lambda done, stamp: rulebooks.contact_message(
                room.book.code, attributed(done.result, stamp, reason)
            ),
            {"loan": contact.key},
        ).run()

    def _contact(self, check: Checks, request: pb.RecordContactRequest) -> Contact:
        """When it is, on the clock of the ledger and on that of the borrower."""
        key, now = check.key(request.loan, "loans", "loan"), microseconds()
        channel = rulebooks.name(check, request.channel, "channel")
        purpose = rulebooks.name(check, request.purpose, "purpose")
        moment = check.moment(request, "contact_time")
        moment = now if moment is None else moment
        if not 0 <= moment <= now + _DAY:
            check.add("contact_time", "must not lie more than a day ahead, nor before 1970")
            moment = now
        zone = request.time_zone or self.room.zone or "UTC"
        if zone not in available_timezones():
            check.add("time_zone", "must be a time zone such as Asia/Shanghai")
            zone = "UTC"
        clock = datetime.fromtimestamp(0, UTC) + timedelta(microseconds=moment)
        local = clock.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M")
        return Contact(*key, channel, purpose, moment, local)

    async def ListContacts(
        self, request: pb.ListContactsRequest, caller: Caller
    ) -> pb.ListContactsResponse:
        """The last contacts about a loan."""
        check, book = self.room.checks(), self.room.book.code
        key = check.key(request.parent, "loans", "parent")
        limit = check.integer(request.limit or _LIMIT, "limit", 1, MAX_SIZE)
        check.done()
        async with self.room.database.reading() as connection:
            if key not in await loans.read(connection, [key]):
                raise NotFound(f"no loan {request.parent}", resource=request.parent[:200])
            found = await facts.contacts(connection, key, limit)
        shown = [rulebooks.contact_message(book, one) for one in found]
        return pb.ListContactsResponse(contacts=shown)

    async def ListRefusals(
        self, request: pb.ListRefusalsRequest, caller: Caller
    ) -> pb.ListRefusalsResponse:
        """Refusals in order of their ids."""
        check, book = self.room.checks(), self.room.book
        check.parent(request.parent)
        size, (stripe, key, number) = page(check, request, 3)
        check.done()
        async with self.room.database.reading() as connection:
            found = await facts.refusals(connection, book.number, (stripe, key, number), size + 1)
        shown = [rulebooks.refusal_message(book.code, one) for one in found[:size]]
        response = pb.ListRefusalsResponse(refusals=shown)
        if len(found) > size:
            last = found[size - 1]
            response.next_page_token = token(request, (*last.key, last.number))
        return response

    def _tried(self, found: Tried) -> pb.TriedEvent:
        evidence = found.judged.evidence() if found.judged else {"facts": {}, "unknown": []}
        return pb.TriedEvent(
            event=f"books/{self.room.book.code}/events/{event_text(*found.key)}",
            method=found.method,
            posting_date=convert.day(found.posting_date),
            broken=found.broken,
            facts=evidence["facts"],
            unknown=evidence["unknown"],
        )
