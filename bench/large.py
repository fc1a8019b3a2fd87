"""make bench-large: closes of books of up to a million loans, and what callers notice of them."""

from __future__ import annotations

import asyncio
import json
import os
import platform
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import quantiles

import psycopg
import uvloop
from google.type import money_pb2
from rich.console import Console
from rich.table import Table

from bench.book import close, day_of, grow, open_template
from bench.stand import Stand, stand
from loanledger import AsyncClient, to_date

FOLDER, RESULT = Path("build/bench-large"), Path("build/bench-large.json")
START = date(2024, 1, 1)
SIZES = (10_000, 100_000, 1_000_000)
CLOSES, CALLERS, QUIET_SECONDS = 2, 8, 10
#: Days of turnover that a book has had before, for balances of the past.
PAST_DAYS = 1000
CLOSERS = 2
#: Two thousand loans a stripe in the largest book: what docs/operator.md advises.
STRIPES = 500


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure, as a ratio where there is something to hold it against."""

    name: str
    value: float
    unit: str
    ratio: float | None = None
    against: str = ""
    aim: str = ""


@dataclass(slots=True)
class Day:
    """A close: its loans, seconds, and each step's things and microseconds."""

    loans: int
    seconds: float
    steps: dict[str, tuple[int, int]]


def main() -> None:
    """Grows a book size by size, and measures at each."""
    sizes = [int(text) for text in sys.argv[1:]] or list(SIZES)
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    console = Console()
    python = platform.python_version()
    console.print(f"{os.cpu_count()} cores, {platform.machine()}, Python {python}")
    with stand(FOLDER, STRIPES) as found:
        console.print("loans that the others are made after …")
        names = asyncio.run(open_template(found.ledger, found.token, START))
        figures = uvloop.run(_measured(found, names, sizes, console))
    table = Table("name", "value", "unit", "ratio", "against", "aim")
    for one in figures:
        ratio = f"{one.ratio:.2f}" if one.ratio is not None else ""
        table.add_row(one.name, f"{one.value:,.1f}", one.unit, ratio, one.against, one.aim)
    console.print(table)
    keys = ("name", "value", "unit", "ratio", "against")
    rows = [{key: asdict(one)[key] for key in keys} for one in figures]
    RESULT.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


async def _measured(
    found: Stand, names: list[str], sizes: list[int], console: Console
) -> list[Figure]:
    figures: list[Figure] = []
    first: float | None = None
    day = Day(0, 0, {})
    for size in sizes:
        console.print(f"a book of {size:,} loans …")
        await asyncio.to_thread(grow, found.dsn, size)
        days = [await _closed(found) for _ in range(CLOSES)]
        day = min(days, key=lambda one: one.seconds)
        each = day.seconds * 1e6 / day.loans
        first = first or each
        told = {name: f"{micros / 1e6:.1f} s" for name, (_, micros) in day.steps.items()}
        console.print(f"closed in {day.seconds:.1f} s: {told}")
        figures += [
            Figure(f"close_{size}", day.seconds, "s", day.seconds / 60, "60 s", "≤ 1"),
            Figure(
                f"close_per_loan_{size}", each, "µs", each / first, f"{sizes[0]:,} loans", "≤ 1"
            ),
        ]
    rows, seconds = _raw(found.dsn)
    accrued, micros = day.steps["accrue"]
    rate, raw = accrued / (micros / 1e6 / CLOSERS), rows / seconds
    figures.append(Figure("accrue_bulk", rate, "rows/s", rate / raw, "raw insert", "≥ 0.8"))
    console.print("repayments without a close, and while one runs …")
    figures += await _callers(found, names)
    console.print("a trial balance of the past …")
    figures.append(await _trial_balance(found))
    async with AsyncClient(found.ledger, token=found.token, timeout=600) as client:
        if not (await client.reports.get_tie_out()).tied:
            raise RuntimeError("the book does not tie")
    return figures


async def _closed(found: Stand) -> Day:
    """Closes the business date."""
    async with AsyncClient(found.ledger, token=found.token, timeout=3600) as client:
        today = to_date((await client.end_of_day.get_end_of_day()).business_date)
        if today is None:
            raise RuntimeError("the book has no business date")
        begun = time.perf_counter()
        steps = await close(client, today)
        return Day(steps["accrue"][0], time.perf_counter() - begun, steps)


def _raw(dsn: str) -> tuple[int, float]:
    """The last night's rows into a table without index, by one connection."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("create table raw (like ledger.accrual)")
        begun = time.perf_counter()
        rows = connection.execute(
            "insert into raw select * from ledger.accrual"
            " where day = (select max(business_date) - 1 from ledger.stripe)"
        ).rowcount
        took = time.perf_counter() - begun
        connection.execute("drop table raw")
    return rows, took


async def _callers(found: Stand, names: list[str]) -> list[Figure]:
    """p99 of repayments one after the other by a few callers, in quiet and amid a close."""
    until = time.perf_counter() + QUIET_SECONDS
    quiet = await _repaid(found, names, lambda: time.perf_counter() < until)
    closing = asyncio.create_task(_closed(found))
    busy = await _repaid(found, names, lambda: not closing.done())
    await closing
    before, amid = (quantiles(times, n=100)[98] * 1000 for times in (quiet, busy))
    return [
        Figure("repay_p99", before, "ms"),
        Figure("repay_p99_amid_close", amid, "ms", amid / before, "without a close", "≤ 3"),
    ]


async def _repaid(found: Stand, names: list[str], going_on: Callable[[], bool]) -> list[float]:
    """Seconds of each repayment; every caller has loans of its own."""
    taken: list[float] = []

    async def one(client: AsyncClient, own: list[str]) -> None:
        number = 0
        while going_on():
            amount = money_pb2.Money(currency_code="EUR", nanos=10_000_000)
            begun = time.perf_counter()
            await client.loans.repay_loan(name=own[number % len(own)], amount=amount)
            taken.append(time.perf_counter() - begun)
            number += 1

    async with AsyncClient(found.ledger, token=found.token, timeout=60) as client:
        await asyncio.gather(*(one(client, names[n::CALLERS]) for n in range(CALLERS)))
    return taken


async def _trial_balance(found: Stand) -> Figure:
    """A trial balance of a past date, with the turnover of years to add up."""
    with psycopg.connect(found.dsn, autocommit=True) as connection:
        connection.execute(
            "insert into ledger.roll select s.stripe, -n, %s - n, 0 from ledger.stripe s,"
            " generate_series(1, %s) as n",
            (START, PAST_DAYS),
        )
        connection.execute(
            "insert into ledger.turnover select s.stripe, -n, b.account, b.currency, %s - n,"
            " %s - n, 1, 1 from ledger.stripe s join ledger.balance b on b.stripe = s.stripe,"
            " generate_series(1, %s) as n",
            (START, START, PAST_DAYS),
        )
        connection.execute(
            "insert into ledger.day_roll select distinct stripe / 1000, day, 0 from ledger.roll"
            " where number < 0"
        )
        connection.execute(
            "insert into ledger.day_turnover select t.stripe / 1000, r.day, t.account, t.currency,"
            " t.value_date, t.posting_date, sum(t.debit), sum(t.credit) from ledger.turnover t"
            " join ledger.roll r using (stripe, number) where t.number < 0 group by 1,2,3,4,5,6"
        )
        connection.execute("vacuum analyze ledger.turnover")
        connection.execute("vacuum analyze ledger.day_turnover")
    asked = day_of(START - timedelta(days=PAST_DAYS // 2))
    async with AsyncClient(found.ledger, token=found.token, timeout=600) as client:
        best = 60.0
        for _ in range(3):
            begun = time.perf_counter()
            answer = await client.ledger.get_trial_balance(posting_date=asked)
            best = min(best, time.perf_counter() - begun)
            if not answer.balanced:
                raise RuntimeError("the past does not balance")
    return Figure("trial_balance_past", best * 1000, "ms", best, "1 s", "≤ 1")


if __name__ == "__main__":
    main()
