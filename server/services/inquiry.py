"""The reading side of LedgerService: accounts, journals, entries, balances."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date

from ledger.book.chart import Part
from ledger.errors import DateNotOpen, NotFound
from ledger.names import event_text, id_text
from ledger.store import balances, catalogue, events, journals, stripes
from ledger.store.journals import Filter
from loanledger.v1 import common_pb2
from loanledger.v1 import ledger_service_pb2 as pb
from server import convert
from server.checks import Checks
from server.clock import microseconds
from server.pages import page, token
from server.security import Caller
from server.services.base import Room

#: Seconds that a caller's clock may be ahead of ours.
MAX_AHEAD = 1.0
Search = pb.ListJournalsRequest | pb.ListEntriesRequest


class Inquiry:
    """Answers of finance's questions; nothing here adds to the books."""

    def __init__(self, room: Room) -> None:
        self.room = room

    async def GetAccount(self, request: pb.GetAccountRequest, caller: Caller) -> pb.Account:
        """One account."""
        check = self.room.checks()
        code = check.rest(request.name, "accounts", "name")
        check.done()
        async with self.room.database.reading() as connection:
            known = await catalogue.load(connection, self.room.book.number)
        if code not in known.accounts:
            raise NotFound(f"no account {code[:40]!r}", resource=request.name)
        return convert.account(self.room.book.code, known.accounts[code])

    async def ListAccounts(
        self, request: pb.ListAccountsRequest, caller: Caller
    ) -> pb.ListAccountsResponse:
        """The chart."""
        check = self.room.checks()
        check.parent(request.parent)
        size, (offset,) = page(check, request, 1)
        check.done()
        async with self.room.database.reading() as connection:
            found = await catalogue.accounts(connection, self.room.book.number)
        offset = max(offset, 0)
        response = pb.ListAccountsResponse(
            accounts=[
                convert.account(self.room.book.code, item) for item in found[offset : offset + size]
            ]
        )
        if offset + size < len(found):
            response.next_page_token = token(request, (offset + size,))
        return response

    async def GetJournal(self, request: pb.GetJournalRequest, caller: Caller) -> pb.Journal:
        """One journal."""
        check = self.room.checks()
        key = check.journal(request.name)
        check.done()
        found = await self._journals([key])
        if not found:
            raise NotFound(f"no journal {request.name}", resource=request.name)
        return found[0]

    async def ListJournals(
        self, request: pb.ListJournalsRequest, caller: Caller
    ) -> pb.ListJournalsResponse:
        """Journals with a matching entry."""
        check = self.room.checks()
        asked = _filter(check, request)
        size, (stripe, number, no) = page(check, request, 3)
        check.done()
        async with self.room.database.reading() as connection:
            book = self.room.book.number
            keys = await journals.search(connection, book, asked, (stripe, number, no), size + 1)
        response = pb.ListJournalsResponse(journals=await self._journals(keys[:size]))
        if len(keys) > size:
            response.next_page_token = token(request, keys[size - 1])
        return response

    async def ListEntries(
        self, request: pb.ListEntriesRequest, caller: Caller
    ) -> pb.ListEntriesResponse:
        """Matching entries, with their journals' names and dates."""
        check = self.room.checks()
        asked = _filter(check, request)
        size, (stripe, number, line) = page(check, request, 3)
        check.done()
        book = self.room.book
        async with self.room.database.reading() as connection:
            rows = await journals.entries(
                connection, book.number, asked, (stripe, number, line), size + 1
            )
        response = pb.ListEntriesResponse()
        for row in rows[:size]:
            entry = pb.Entry(
                account=row[4], side=convert.SIDE[row[5]], amount=convert.money(row[7], row[6])
            )
            if row[8] is not None:
                entry.loan = f"books/{book.code}/loans/{id_text(row[0], row[8])}"
            if row[9]:
                entry.component = convert.COMPONENT[Part(row[9])]
            response.entries.add(
                entry=entry,
                journal=f"books/{book.code}/journals/{event_text(row[0], row[1])}-{row[3]}",
                value_date=convert.day(row[10]),
                posting_date=convert.day(row[11]),
                create_time=convert.moment(row[12]),
                kind=row[13],
                reference=row[14],
            )
        if len(rows) > size:
            last = rows[size - 1]
            response.next_page_token = token(request, (last[0], last[1], last[2]))
        return response

    async def ListBalances(
        self, request: pb.ListBalancesRequest, caller: Caller
    ) -> pb.ListBalancesResponse:
        """Balances now, or as the past had or knew them."""
        check = self.room.checks()
        check.parent(request.parent)
        value = check.date(request, "value_date")
        posting = check.date(request, "posting_date")
        for index, code in enumerate(request.accounts):
            check.text(code, f"accounts[{index}]", required=True, most=20)
        known = check.moment(request, "known_at")
        check.done()
        book = self.room.book.number
        if known is not None:
            await settle(self.room, known)
        async with self.room.database.reading() as connection:
            if value or posting or known is not None:
                rows = await balances.at(connection, book, request.accounts, value, posting, known)
            else:
                rows = await balances.now(connection, book, request.accounts)
            chart = await catalogue.load(connection, book)
        for code in request.accounts:
            if code not in chart.accounts:
                raise NotFound(f"no account {code[:40]!r}", resource=f"accounts/{code[:40]}")
        return pb.ListBalancesResponse(balances=[_balance(chart, row) for row in rows])

    async def GetTrialBalance(
        self, request: pb.GetTrialBalanceRequest, caller: Caller
    ) -> pb.TrialBalance:
        """All balances, with totals that must agree in each currency."""
        check = self.room.checks()
        check.parent(request.parent)
        posting = check.date(request, "posting_date")
        check.done()
        book = self.room.book.number
        async with self.room.database.reading() as connection:
            if posting:
                rows = await balances.at(connection, book, (), None, posting, None)
            else:
                rows = await balances.now(connection, book)
            chart = await catalogue.load(connection, book)
        debit: dict[str, int] = {}
        credit: dict[str, int] = {}
        for _, currency, debits, credits in rows:
            net = debits - credits
            debit[currency] = debit.get(currency, 0) + max(net, 0)
            credit[currency] = credit.get(currency, 0) + max(-net, 0)
        return pb.TrialBalance(
            lines=[_balance(chart, row) for row in rows],
            debit=[convert.money(total, currency) for currency, total in debit.items()],
            credit=[convert.money(total, currency) for currency, total in credit.items()],
            balanced=debit == credit,
        )

    async def _journals(self, keys: Sequence[tuple[int, int, int]]) -> list[pb.Journal]:
        book = self.room.book.code
        async with self.room.database.reading() as connection:
            found = await events.read(connection, book, sorted({key[:2] for key in keys}))
        by_name = {
            journal.name: journal
            for record, _ in found.values()
            for journal in convert.journals(book, record)
        }
        names = [f"books/{book}/journals/{event_text(s, n)}-{no}" for s, n, no in keys]
        return [by_name[name] for name in names if name in by_name]


async def settle(room: Room, moment: int) -> None:
    """Settles what was known at a moment: the same question later has the same answer."""
    ahead = (moment - microseconds()) / 1e6
    if ahead > MAX_AHEAD:
        raise DateNotOpen("known_at lies in the future: what is known then is not settled")
    await asyncio.sleep(max(ahead, 0))
    connection = await room.database.connect()
    try:
        await stripes.pass_moment(connection, room.book.number, moment)
    finally:
        await connection.close()


def _filter(check: Checks, request: Search) -> Filter:
    check.parent(request.parent)
    ranges: dict[str, common_pb2.DateRange] = {
        "value_date": request.value_date,
        "posting_date": request.posting_date,
    }
    days: dict[tuple[str, str], date | None] = {}
    for name, found in ranges.items():
        for end in ("start", "end"):
            given = found.HasField(end)
            days[name, end] = check.day(getattr(found, end), f"{name}.{end}") if given else None
    return Filter(
        account=check.text(request.account, "account", most=20),
        loan=check.key(request.loan, "loans", "loan") if request.loan else None,
        value_from=days["value_date", "start"],
        value_to=days["value_date", "end"],
        posting_from=days["posting_date", "start"],
        posting_to=days["posting_date", "end"],
        reference=check.text(request.reference, "reference", most=200),
    )


def _balance(chart: catalogue.Catalogue, row: tuple[str, str, int, int]) -> pb.Balance:
    account = chart.accounts.get(row[0])
    return pb.Balance(
        account=row[0],
        debit=convert.money(row[2], row[1]),
        credit=convert.money(row[3], row[1]),
        net=convert.money(row[2] - row[3], row[1]),
        title=account.title if account else None,
        type=f"ACCOUNT_TYPE_{account.type.name}" if account else None,
    )
