"""Which of several databases takes postings: after a fail-over the old primary is not believed.

PostgreSQL counts up its timeline when a standby is promoted. An old primary that comes back takes
postings again, on the timeline before: the one that is furthest on is the book, and none that is
behind what was seen before.
"""

from __future__ import annotations

import asyncio

import psycopg
from psycopg import AsyncConnection
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from ledger.store import commits

_SECONDS = 5


class Primary:
    """The databases that a DSN names."""

    def __init__(self, dsn: str) -> None:
        self._doors = _each(dsn)
        self._timeline = 0

    async def dsn(self) -> str:
        """The DSN of the one to connect to; OperationalError where none of them may be believed."""
        if len(self._doors) == 1:
            return self._doors[0]
        timelines = await asyncio.gather(*(_timeline(door) for door in self._doors))
        timeline, door = max(zip(timelines, self._doors, strict=True))
        if not timeline:
            raise psycopg.OperationalError("none of the databases takes postings")
        if timeline < self._timeline:
            text = f"only a former primary answers: timeline {timeline}, not {self._timeline}"
            raise psycopg.OperationalError(text)
        self._timeline = timeline
        return door


async def _timeline(door: str) -> int:
    """What a database writes to; 0 where it does not answer."""
    try:
        connection = await AsyncConnection.connect(door, autocommit=True, connect_timeout=_SECONDS)
        async with connection:
            return await commits.timeline(connection)
    except psycopg.OperationalError:
        return 0


def _each(dsn: str) -> list[str]:
    """A DSN for each host, in their order."""
    parts = conninfo_to_dict(dsn)
    given = {name: str(parts[name]) for name in ("host", "hostaddr", "port") if parts.get(name)}
    lists = {name: text.split(",") for name, text in given.items()}
    count = max(map(len, lists.values()), default=1)
    if count == 1:
        return [dsn]
    parts.pop("target_session_attrs", None)
    doors = []
    for n in range(count):
        own = {name: values[n if len(values) > 1 else 0] for name, values in lists.items()}
        doors.append(make_conninfo(**{name: str(value) for name, value in (parts | own).items()}))
    return doors
