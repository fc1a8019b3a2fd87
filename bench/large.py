"""make bench-large: the close of business of books of up to a million loans."""

from __future__ import annotations

import asyncio
import shutil
import sys
import time
from datetime import date
from pathlib import Path

from rich.console import Console

from bench.book import close, grow, open_template
from bench.stand import stand
from loanledger import AsyncClient, to_date

FOLDER = Path("build/bench-large")
START = date(2024, 1, 1)


def main() -> None:
    sizes = [int(text) for text in sys.argv[1:]] or [10_000, 100_000, 1_000_000]
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    console = Console()
    with stand(FOLDER) as found:
        t = time.perf_counter()
        asyncio.run(open_template(found.ledger, found.token, START))
        console.print("template", time.perf_counter() - t)
        for size in sizes:
            t = time.perf_counter()
            grown = grow(found.dsn, size)
            console.print("grown", grown, time.perf_counter() - t)
            for _ in range(2):
                asyncio.run(closed(found, console))


async def closed(found, console) -> None:
    async with AsyncClient(found.ledger, token=found.token, timeout=3600) as client:
        day = to_date((await client.end_of_day.get_end_of_day()).business_date)
        t = time.perf_counter()
        steps = await close(client, day)
        took = time.perf_counter() - t
        console.print(day, f"{took:.2f} s", steps)
        tie = await client.reports.get_tie_out()
        console.print("tied", tie.tied)


if __name__ == "__main__":
    main()
