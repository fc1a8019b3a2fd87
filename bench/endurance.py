"""python -m bench.endurance 1000000: posts so many journals and tells the server's memory."""

from __future__ import annotations

import shutil
import sys

import uvloop
from rich.console import Console

from bench import loads
from bench.__main__ import FOLDER
from bench.stand import Stand, stand

PARTS = 10


async def endure(found: Stand, count: int, console: Console) -> None:
    """Batches, three in flight; the memory at the start and after each tenth."""
    metadata = (("authorization", f"Bearer {found.token}"),)
    batches = max(1, count // PARTS // loads.BATCH)
    for part in range(PARTS + 1):
        posted = part * batches * loads.BATCH
        console.print(f"{posted:>12,} postings: {found.memory() / 2**20:,.0f} MiB")
        if part < PARTS:
            await loads.post_batch(found.ledger, metadata, batches)


def main() -> None:
    """Runs on a stand of its own."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    with stand(FOLDER) as found:
        uvloop.run(endure(found, int(sys.argv[1]), Console()))


if __name__ == "__main__":
    main()
