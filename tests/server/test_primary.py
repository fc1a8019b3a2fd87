"""Of several databases the one that is furthest on takes postings."""

from __future__ import annotations

import asyncio

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from server import primary
from server.primary import Primary

TWO = "host=a,b port=1,2 user=u dbname=ledger target_session_attrs=read-write"


@pytest.fixture
def timelines(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """What each host answers; 0 is a standby, or nobody."""
    found = {"a": 1, "b": 0}

    async def timeline(door: str) -> int:
        return found[str(conninfo_to_dict(door)["host"])]

    monkeypatch.setattr(primary, "_timeline", timeline)
    return found


def test_one_host_is_taken_as_it_is() -> None:
    dsn = "host=a user=u target_session_attrs=read-write"
    assert asyncio.run(Primary(dsn).dsn()) == dsn


def test_the_host_that_takes_postings_is_chosen_with_its_own_port(
    timelines: dict[str, int],
) -> None:
    asked = Primary(TWO)
    assert asyncio.run(asked.dsn()) == "user=u dbname=ledger host=a port=1"
    timelines.update(a=0, b=2)
    assert asyncio.run(asked.dsn()) == "user=u dbname=ledger host=b port=2"


def test_a_former_primary_is_not_believed(timelines: dict[str, int]) -> None:
    asked = Primary(TWO)
    timelines.update(a=1, b=2)
    assert "host=b" in asyncio.run(asked.dsn())
    timelines.update(a=1, b=0)
    with pytest.raises(psycopg.OperationalError, match="former primary answers: timeline 1, not 2"):
        asyncio.run(asked.dsn())


def test_without_any_that_takes_postings_it_says_so(timelines: dict[str, int]) -> None:
    timelines.update(a=0, b=0)
    with pytest.raises(psycopg.OperationalError, match="none of the databases takes postings"):
        asyncio.run(Primary(TWO).dsn())
