"""LedgerService: chart of accounts, manual journals, balances, periods."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from functools import partial

from ledger.book.chart import Account, AccountType
from ledger.drafts import Stamp
from ledger.errors import LedgerError, NotFound, Overloaded
from ledger.lending import accounts, journals
from ledger.lending.journals import NewJournal
from ledger.names import event_text
from ledger.record import Decision
from ledger.store import events
from loanledger.v1 import ledger_service_pb2 as pb
from server import convert
from server.checks import Checks
from server.errors import status_of
from server.security import Caller
from server.services.base import Ask
from server.services.periods import Periods

MAX_BATCH = 1000
Encode = Callable[[Decision, Stamp], pb.Journal]


class LedgerService(Periods):
    """The writing side; reading and checking are inherited."""

    async def CreateAccount(self, request: pb.CreateAccountRequest, caller: Caller) -> bytes:
        """Adds an account to the chart."""
        check, asked = self.room.checks(), request.account
        check.parent(request.parent)
        check.request_id(request.request_id)
        code = check.text(asked.code, "account.code", required=True, most=20)
        if not code.replace(".", "").replace("-", "").isalnum() or not code.isascii():
            check.add("account.code", "letters, digits, dots and hyphens only")
        name = pb.AccountType.Name(asked.type) if asked.type in pb.AccountType.values() else ""
        if not asked.type or not name:
            check.add("account.type", "must be one of the account types")
        if asked.control:
            check.add("account.control", "control accounts are those of the default chart")
        account = Account(
            code,
            check.text(asked.title, "account.title", required=True, most=200),
            check.text(asked.title_zh, "account.title_zh", most=200),
            AccountType(name.removeprefix("ACCOUNT_TYPE_").lower())
            if asked.type and name
            else AccountType.ASSET,
        )
        reason = check.text(request.reason, "reason")
        check.done()
        return await Ask(
            self.room,
            caller,
            "CreateAccount",
            request,
            request.request_id,
            self.room.first,
            lambda view: accounts.create(view, account, reason),
            lambda decision, stamp: convert.account(self.room.book.code, account),
            {"fresh": True},
        ).run()

    async def PostJournal(self, request: pb.PostJournalRequest, caller: Caller) -> bytes:
        """Posts one manual journal."""
        check = self.room.checks()
        check.parent(request.parent)
        encode = partial(_posted, self.room.book.code)
        return await self._posting(check, request, caller, "PostJournal", encode).run()

    async def BatchPostJournals(
        self, request: pb.BatchPostJournalsRequest, caller: Caller
    ) -> pb.BatchPostJournalsResponse:
        """Posts many; each has its own outcome."""
        check = self.room.checks()
        check.parent(request.parent)
        if not 1 <= len(request.requests) <= MAX_BATCH:
            check.add("requests", f"between 1 and {MAX_BATCH} journals a batch")
        check.done()
        self.room.lanes.require_room(caller.actor, len(request.requests), request.ByteSize())
        results: list[asyncio.Future[bytes] | LedgerError] = []
        encode = partial(_named, self.room.book.code)
        for item in request.requests:
            try:
                results.append(self._submit(item, caller, encode))
            except LedgerError as error:
                results.append(error)
        response = pb.BatchPostJournalsResponse()
        for result in results:
            added = response.results.add()
            try:
                if isinstance(result, LedgerError):
                    raise result
                added.journal = pb.Journal.FromString(await result).name
            except LedgerError as error:
                added.error.CopyFrom(status_of(error))
        return response

    async def StreamPostJournals(
        self, requests: AsyncIterator[pb.BatchPostJournalsRequest], caller: Caller
    ) -> AsyncIterator[pb.BatchPostJournalsResponse]:
        """Batches of a stream, a few in flight at once, answered in order."""
        flying: asyncio.Queue[asyncio.Task[pb.BatchPostJournalsResponse] | None]
        flying = asyncio.Queue(maxsize=3)

        async def post(request: pb.BatchPostJournalsRequest) -> pb.BatchPostJournalsResponse:
            """While there is no room the stream is not read on, so that its sender waits."""
            while True:
                try:
                    return await self.BatchPostJournals(request, caller)
                except Overloaded as error:
                    await asyncio.sleep(error.milliseconds / 1000)

        async def take() -> None:
            try:
                async for request in requests:
                    task = asyncio.create_task(post(request))
                    task.add_done_callback(_heard)
                    await flying.put(task)
            finally:
                await flying.put(None)

        reader = asyncio.create_task(take())
        reader.add_done_callback(_heard)
        try:
            while (task := await flying.get()) is not None:
                yield await task
            await reader
        finally:
            reader.cancel()

    def _submit(
        self, item: pb.PostJournalRequest, caller: Caller, encode: Encode
    ) -> asyncio.Future[bytes]:
        check = self.room.checks()
        if item.parent:
            check.parent(item.parent)
        if item.validate_only:
            check.add("validate_only", "is for single journals")
        ask = self._posting(check, item, caller, "BatchPostJournals", encode)
        return ask.submit(fits=True)

    def _posting(
        self,
        check: Checks,
        request: pb.PostJournalRequest,
        caller: Caller,
        method: str,
        encode: Encode,
    ) -> Ask:
        """A manual journal as a command, all its fields checked."""
        check.request_id(request.request_id)
        asked = NewJournal(
            check.entries(request.entries),
            check.date(request, "value_date"),
            check.date(request, "posting_date"),
            check.text(request.reference, "reference", most=200),
            check.text(request.reason, "reason"),
        )
        check.violations.extend(journals.balance_violations(asked.entries))
        check.done()
        stripe = self.room.stripe_of(request.request_id)
        return Ask(
            self.room,
            caller,
            method,
            request,
            request.request_id,
            stripe,
            lambda view: journals.post(view, stripe, asked),
            encode,
        )

    async def ReverseJournal(self, request: pb.ReverseJournalRequest, caller: Caller) -> bytes:
        """Posts the mirror image of a manual journal."""
        check = self.room.checks()
        stripe, number, journal = check.journal(request.name)
        check.request_id(request.request_id)
        reason = check.text(request.reason, "reason", required=True)
        posting = check.date(request, "posting_date")
        check.done()
        key = (stripe, number)
        async with self.room.database.reading() as connection:
            found = await events.read(connection, self.room.book.code, [key])
        if key not in found or journal != 1 or not found[key][0].entries:
            raise NotFound(f"no journal {request.name}", resource=request.name)
        original = found[key][0]
        return await Ask(
            self.room,
            caller,
            "ReverseJournal",
            request,
            request.request_id,
            stripe,
            lambda view: journals.reverse(view, original, journal, posting, reason),
            partial(_reversed, self.room.book.code, number),
            {"event": key},
        ).run()


def _heard(task: asyncio.Task[pb.BatchPostJournalsResponse] | asyncio.Task[None]) -> None:
    """Takes note of an error: after the first of a stream nobody asks for those of the others."""
    if not task.cancelled():
        task.exception()


def _named(book: str, decision: Decision, stamp: Stamp) -> pb.Journal:
    """A batch answers with names: the journals are the caller's own."""
    return pb.Journal(name=f"books/{book}/journals/{event_text(stamp.stripe, stamp.number)}-1")


def _posted(book: str, decision: Decision, stamp: Stamp) -> pb.Journal:
    """The journal as it was just posted."""
    draft = decision.draft
    name = event_text(stamp.stripe, stamp.number)
    journal = pb.Journal(
        name=f"books/{book}/journals/{name}-1",
        event=f"books/{book}/events/{name}",
        create_time=convert.moment(stamp.booked_at),
        reference=draft.reference,
        reason=draft.reason,
        actor=stamp.actor,
        kind=draft.kind,
    )
    convert.dated(journal.value_date, stamp.value_date)
    convert.dated(journal.posting_date, stamp.posting_date)
    for entry in decision.result:
        added = journal.entries.add(account=entry.account, side=convert.SIDE[entry.side])
        convert.filled(added.amount, entry.amount, entry.currency)
    return journal


def _reversed(book: str, number: int, decision: Decision, stamp: Stamp) -> pb.Journal:
    journal = _posted(book, decision, stamp)
    original = event_text(stamp.stripe, number)
    journal.reverses = f"books/{book}/journals/{original}-1"
    journal.corrects = f"books/{book}/events/{original}"
    return journal
