"""A stripe that another transaction holds makes no other stripe wait, and is not forgotten."""

from __future__ import annotations

import asyncio
import threading

import psycopg

from ledger.store import stripes
from tests.server.lane import command, held, lane_on, recorded

#: Long enough for what does not wait, short enough to tell it from what does.
SOON = 2.0


async def test_other_stripes_go_on_while_one_is_held(database: str) -> None:
    async with lane_on(database) as lane:
        with held(database, 1000) as other:
            waiting = [lane.submit(command(f"held-{n}")) for n in range(5)]
            free = [lane.submit(command(f"free-{n}", stripe=1001)) for n in range(5)]
            assert await asyncio.wait_for(asyncio.gather(*free), SOON) == _numbers(1, 5)
            waiting += [lane.submit(command(f"held-{n}")) for n in range(5, 10)]
            later = lane.submit(command("later", stripe=1002))
            assert await asyncio.wait_for(later, SOON) == b"1"
            await asyncio.sleep(0.2)
            assert not any(future.done() for future in waiting)
            other.commit()
        assert await asyncio.wait_for(asyncio.gather(*waiting), SOON) == _numbers(2, 10)
    names = [name for stripe, _, name in recorded(database) if stripe == 1000]
    assert names == ["open-main", *(f"held-{n}" for n in range(10))]


async def test_a_stripe_that_is_never_free_is_queued_for(database: str) -> None:
    """Holders follow each other without a gap: only who waits in the database gets its turn."""
    ready, done = threading.Barrier(3), threading.Event()

    def hold_again() -> None:
        with psycopg.connect(database) as connection:
            ready.wait()
            while not done.is_set():
                connection.execute("select from ledger.stripe where stripe = 1000 for update")
                done.wait(0.05)
                connection.commit()

    threads = [threading.Thread(target=hold_again) for _ in range(2)]
    async with lane_on(database) as lane:
        for thread in threads:
            thread.start()
        await asyncio.to_thread(ready.wait)
        await asyncio.sleep(0.06)
        try:
            for number in range(5):
                answer = lane.submit(command(f"n{number}"))
                assert await asyncio.wait_for(answer, 5) == str(number + 2).encode()
        finally:
            done.set()
            for thread in threads:
                await asyncio.to_thread(thread.join)


async def test_a_command_of_all_stripes_waits_for_the_held_one_and_keeps_its_place(
    database: str,
) -> None:
    async with lane_on(database) as lane:
        with held(database, 1002) as other:
            before = lane.submit(command("before"))
            wide = lane.submit(command("wide", locks=(1000, 1001, 1002, 1003)))
            after = lane.submit(command("after"))
            assert await asyncio.wait_for(before, SOON) == b"2"
            await asyncio.sleep(0.2)
            assert not wide.done()
            assert not after.done()
            other.commit()
        assert await asyncio.wait_for(asyncio.gather(wide, after), SOON) == [b"3", b"4"]


async def test_more_held_stripes_than_helpers_all_come_free(database: str) -> None:
    stripes = (1000, 1001, 1002, 1003)
    async with lane_on(database) as lane:
        with held(database, *stripes) as other:
            waiting = [
                lane.submit(command(f"{stripe}-{n}", stripe=stripe))
                for n in range(3)
                for stripe in stripes
            ]
            await asyncio.sleep(0.2)
            other.commit()
        answers = await asyncio.wait_for(asyncio.gather(*waiting), SOON)
    assert answers == [str(n + (k == 0) + 1).encode() for n in range(3) for k in range(4)]


async def test_a_lane_that_stops_answers_what_it_put_by(database: str) -> None:
    async with lane_on(database) as lane:
        with held(database, 1000) as other:
            waiting = lane.submit(command("held"))
            await asyncio.sleep(0.1)
            stopping = asyncio.create_task(lane.stop())
            await asyncio.sleep(0.1)
            assert not stopping.done()
            other.commit()
        assert await asyncio.wait_for(waiting, SOON) == b"2"
        await stopping


def _numbers(first: int, count: int) -> list[bytes]:
    return [str(first + n).encode() for n in range(count)]


async def test_what_holds_a_stripe_holds_it_alone(database: str) -> None:
    async with lane_on(database):
        pass  # opens the book
    async with (
        await psycopg.AsyncConnection.connect(database) as ours,
        await psycopg.AsyncConnection.connect(database) as theirs,
    ):
        assert set(await stripes.lock(ours, [1000])) == {1000}
        assert await stripes.free(theirs, [1000, 1001]) == {1001}
        await ours.rollback()
        await theirs.rollback()
        assert await stripes.free(theirs, [1000, 1001]) == {1000, 1001}
