"""A book of any size: a few thousand real loans, and as many likenesses of them as are asked for.

The likenesses are rows made by SQL; one real event a stripe brings what they owe into the books, so
that control accounts stay the sums of their loans.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from datetime import date, timedelta

import psycopg
from google.type import date_pb2
from psycopg import AsyncConnection

from examples.rules import CURRENCY, terms
from ledger.batch import Batch
from ledger.book.journal import Entry, Journal
from ledger.drafts import Draft
from ledger.lending.verification import owned
from ledger.store import balances, catalogue, loans, stripes
from loanledger import AsyncClient, date_of, decimal_, money
from loanledger.v1 import party_service_pb2

#: Due days over a month, loans a day, and how many of a hundred fall behind.
DAYS, EACH, LATE = 30, 40, 5
PRODUCT = "books/main/products/large"
_FUNDS = "1001"


async def open_template(target: str, token: str, start: date) -> list[str]:
    """Loans with due days over a month; most have paid ahead, some never pay; a month is closed."""
    async with AsyncClient(target, token=token, timeout=600) as client:
        wanted = terms("auto")
        wanted.allocation.excess = "EXCESS_RULE_CREDIT_BALANCE"
        await client.products.publish_product(code="large", title="Car loan", terms=wanted)
        limit = asyncio.Semaphore(64)

        async def one(number: int) -> str:
            async with limit:
                return await _lent(client, number, start)

        names = list(await asyncio.gather(*(one(n) for n in range(DAYS * EACH))))
        await close(client, start + timedelta(days=DAYS + 4))
        return names


async def _lent(client: AsyncClient, number: int, start: date) -> str:
    person = party_service_pb2.Party(kind="PARTY_KIND_PERSON", display_name=f"Borrower {number}")
    party = await client.parties.create_party(party=person)
    loan = await client.loans.open_loan(
        party=party.name,
        product=PRODUCT,
        amount=money(str(5_000 + 37 * (number % 400)), CURRENCY),
        annual_rate=decimal_("0.069"),
        instalments=12 + 12 * (number % 5),
        first_due=day_of(start + timedelta(days=5 + number // EACH)),
    )
    await client.loans.approve_loan(name=loan.name)
    await client.loans.disburse_loan(name=loan.name)
    if number * 37 % 100 >= LATE:
        await client.loans.repay_loan(name=loan.name, amount=money("4000", CURRENCY))
    return loan.name


async def close(client: AsyncClient, last: date) -> dict[str, tuple[int, int]]:
    """Closes days up to one; items and microseconds of each step over all days."""
    found: dict[str, tuple[int, int]] = {}
    async for told in client.end_of_day.run_end_of_day(business_date=day_of(last)):
        if told.finished:
            for step in told.steps:
                items, micros = found.get(step.step, (0, 0))
                found[step.step] = items + step.items, micros + step.micros
    return found


def day_of(day: date) -> date_pb2.Date:
    """A date as the contract has it."""
    return date_of(day.isoformat())


def grow(dsn: str, total: int) -> int:
    """Adds likenesses of the template's loans, evenly over the stripes, until there are so many."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        listed = ", ".join(_columns(connection))
        have, own = _counts(connection)
        first, count = _stripes(connection)
        each = (total - have + own - 1) // own
        connection.execute(
            "with own as (select *, row_number() over (order by stripe, loan) as no"  # noqa: S608
            f" from ledger.loan where reference = ''), many as (select o.*, n from own o,"
            f" generate_series({have // own}, {have // own + each - 1}) as n)"
            f" insert into ledger.loan (stripe, loan, reference, {listed})"
            f" select {first} + (no + n * 7) % {count},"
            " ('x' || substr(md5(loan || '-' || n), 1, 15))::bit(60)::bigint, 'likeness',"
            f" {listed} from many".encode()
        )
        connection.execute("vacuum (freeze, analyze) ledger.loan")
        connection.execute("checkpoint")
        grown, _ = _counts(connection)
    asyncio.run(_tie(dsn))
    return grown


def _columns(connection: psycopg.Connection) -> Sequence[str]:
    """All columns but the keys and the mark of a likeness."""
    rows = connection.execute(
        "select column_name from information_schema.columns where table_schema = 'ledger'"
        " and table_name = 'loan' and is_generated = 'NEVER'"
        " and column_name not in ('stripe', 'loan', 'reference')"
        " order by ordinal_position"
    )
    return [row[0] for row in rows]


def _stripes(connection: psycopg.Connection) -> tuple[int, int]:
    row = connection.execute("select min(stripe), count(*) from ledger.stripe").fetchone()
    assert row
    return int(row[0]), int(row[1])


def _counts(connection: psycopg.Connection) -> tuple[int, int]:
    row = connection.execute(
        "select count(*), count(*) filter (where reference = '') from ledger.loan"
    ).fetchone()
    assert row
    return int(row[0]), int(row[1])


async def _tie(dsn: str) -> None:
    """One event a stripe that brings what the likenesses hold into the control accounts."""
    async with await AsyncConnection.connect(dsn, autocommit=True) as connection:
        book = await stripes.find_book(connection, "main")
        assert book
        known = await catalogue.load(connection, book.number)
        for number in range(book.number * 1000, book.number * 1000 + book.stripes):
            async with connection.transaction():
                batch = Batch(book, await stripes.lock(connection, [number]), _now())
                held = owned(await loans.component_sums(connection, number, number), known)
                have = {
                    (code, currency): debit - credit
                    for code, currency, debit, credit in await balances.of_stripe(
                        connection, number
                    )
                }
                entries = _entries(held, have)
                if entries:
                    day = batch.stripes[number].business_date
                    draft = Draft("journal_posted", "book", {}, (Journal(day, entries),))
                    batch.add(number, draft, "bench", f"likenesses-{_now()}")
                    await batch.writes().run(connection)


def _entries(
    held: dict[tuple[str, str], int], have: dict[tuple[str, str], int]
) -> tuple[Entry, ...]:
    """What is missing on each control account, against the account of the lender's funds."""
    found, total = [], 0
    for (code, currency), amount in held.items():
        sign = -1 if code == "2242" else 1
        missing = sign * amount - have.get((code, currency), 0)
        total += missing
        if missing:
            found.append(Entry(code, "D" if missing > 0 else "C", currency, abs(missing)))
    if total:
        found.append(Entry(_FUNDS, "C" if total > 0 else "D", CURRENCY, abs(total)))
    return tuple(found)


def _now() -> int:
    return time.time_ns() // 1000
