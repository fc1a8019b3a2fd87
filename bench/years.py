"""python -m bench.years: a book of loans that are all paid as agreed, closed for a thousand days.

Every day the same loans accrue and as many fall due, so what a close costs more at the end than at
the beginning is the age of the book.
"""

from __future__ import annotations

import asyncio
import shutil
import time
from datetime import date, timedelta
from pathlib import Path

import uvloop
from psycopg import AsyncConnection
from rich.console import Console
from rich.table import Table

from bench.book import DAYS, EACH, PRODUCT, close, day_of
from bench.stand import Stand, processor_seconds, stand
from examples.rules import CURRENCY, terms
from loanledger import AsyncClient, decimal_, money
from loanledger.v1 import party_service_pb2

FOLDER = Path("build/bench-years")
START, TRANCHE, TRANCHES, STRIPES = date(2024, 1, 1), 100, 10, 8


def main() -> None:
    """Opens the book and closes its days, a hundred at a time."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    with stand(FOLDER, STRIPES) as found:
        figures = uvloop.run(_measured(found))
    table = Table("days", "seconds", "processor µs a loan and day", "against the first")
    for number, (seconds, used) in enumerate(figures, start=1):
        each = used * 1e6 / (TRANCHE * DAYS * EACH)
        table.add_row(
            str(number * TRANCHE), f"{seconds:.1f}", f"{each:.0f}", f"{used / figures[0][1]:.2f}"
        )
    Console().print(table)


async def _measured(found: Stand) -> list[tuple[float, float]]:
    async with AsyncClient(found.ledger, token=found.token, timeout=3600) as client:
        wanted = terms("auto")
        wanted.allocation.excess = "EXCESS_RULE_CREDIT_BALANCE"
        await client.products.publish_product(code="large", title="Car loan", terms=wanted)
        limit = asyncio.Semaphore(32)

        async def one(number: int) -> None:
            async with limit:
                await _lent(client, number)

        await asyncio.gather(*(one(number) for number in range(DAYS * EACH)))
        # The first month brings the loans to their due days one after the other.
        await close(client, START + timedelta(days=DAYS + 4))
        figures, day = [], START + timedelta(days=DAYS + 4)
        for _ in range(TRANCHES):
            day += timedelta(days=TRANCHE)
            await _tidied(found.dsn)
            begun, used = time.perf_counter(), processor_seconds()
            await close(client, day)
            figures.append((time.perf_counter() - begun, processor_seconds() - used))
        return figures


async def _tidied(dsn: str) -> None:
    """What autovacuum does overnight, and has no time for when a hundred days take a minute."""
    async with await AsyncConnection.connect(dsn, autocommit=True) as connection:
        await connection.execute("vacuum analyze")


async def _lent(client: AsyncClient, number: int) -> None:
    """A loan of five years whose every instalment is paid from what was paid ahead."""
    person = party_service_pb2.Party(kind="PARTY_KIND_PERSON", display_name=f"Borrower {number}")
    party = await client.parties.create_party(party=person)
    loan = await client.loans.open_loan(
        party=party.name,
        product=PRODUCT,
        amount=money(str(5_000 + 37 * (number % 400)), CURRENCY),
        annual_rate=decimal_("0.069"),
        instalments=60,
        first_due=day_of(START + timedelta(days=5 + number // EACH)),
    )
    await client.loans.approve_loan(name=loan.name)
    await client.loans.disburse_loan(name=loan.name)
    await client.loans.repay_loan(name=loan.name, amount=money("30000", CURRENCY))


if __name__ == "__main__":
    main()
