"""What a process knows of the database by reading it again each second."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import psycopg

from server.errors import Unavailable, first_line

#: For so long at most a process goes by what another one has changed.
SECONDS = 1


async def kept_fresh(refresh: Callable[[], Awaitable[None]], failed: Callable[[str], None]) -> None:
    """Reads on and on; while the database is away nobody can do anything anyway."""
    while True:
        await asyncio.sleep(SECONDS)
        try:
            await refresh()
        except (psycopg.Error, Unavailable) as error:
            failed(first_line(error))
