"""A bulk caller and single callers in one lane; and a queue that is full before memory is."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import grpc
import pytest
from google.rpc import error_details_pb2, status_pb2

from ledger.errors import Overloaded
from loanledger import Client, money
from loanledger.errors import ResourceExhausted
from loanledger.v1 import ledger_service_pb2 as lg
from loanledger.v1 import ledger_service_pb2_grpc
from server.queue import OVERHEAD, Queue
from tests.book import Running, running_server
from tests.server.lane import command, held, lane_on

BULK, SINGLE = "bulk", "single"


async def test_a_single_caller_passes_a_bulk_callers_queue(database: str) -> None:
    order: list[str] = []
    async with lane_on(database, batch=20) as lane:
        with held(database, 1000, 1001) as other:
            futures = [
                lane.submit(command(f"b{n}", stripe=1000 + n % 2, actor=BULK)) for n in range(400)
            ]
            futures += [lane.submit(command(f"s{n}", stripe=1002, actor=SINGLE)) for n in range(5)]
            for number, future in enumerate(futures):
                name = BULK if number < 400 else SINGLE
                future.add_done_callback(lambda _, name=name: order.append(name))
            other.commit()
        await asyncio.gather(*futures)
    assert SINGLE not in order[-300:]


async def test_flows_take_turns_and_each_keeps_its_order() -> None:
    queue = Queue(1000, 2**30)
    for number in range(50):
        queue.put(command(f"b{number}", actor=BULK), 100)
    for number in range(3):
        queue.put(command(f"s{number}", actor=f"{SINGLE}{number}"), 100)
    first = [item.command.request_id for item in queue.take(8, lambda item: False)]
    assert first == ["b0", "b1", "s0", "s1", "s2", "b2", "b3", "b4"]
    rest = [item.command.request_id for item in queue.take(100, lambda item: False)]
    assert rest == [f"b{number}" for number in range(5, 50)]
    assert len(queue) == 0


async def test_more_callers_than_a_batch_holds_are_all_served_in_turn() -> None:
    queue = Queue(1000, 2**30)
    for turn in range(2):
        for number in range(10):
            queue.put(command(f"{number}-{turn}", actor=str(number)), 100)
    found = [[i.command.request_id for i in queue.take(4, lambda item: False)] for _ in range(5)]
    order = [name for batch in found for name in batch]
    assert order == [f"{number}-{turn}" for turn in range(2) for number in range(10)]


async def test_a_caller_may_fill_half_of_the_queue_by_count() -> None:
    queue = Queue(10, 2**30)
    for number in range(5):
        queue.put(command(str(number), actor=BULK), 100)
    with pytest.raises(Overloaded, match="share"):
        queue.put(command("5", actor=BULK), 100)
    for number in range(5):
        queue.put(command(str(number), actor=f"{SINGLE}{number}"), 100)
    with pytest.raises(Overloaded, match="full"):
        queue.put(command("5", actor="late"), 100)


async def test_bytes_are_bounded_and_room_comes_back_with_the_answer() -> None:
    queue = Queue(1000, 4 * (10_000 + OVERHEAD))
    for number in range(2):
        queue.put(command(str(number), actor=BULK), 10_000)
    with pytest.raises(Overloaded, match="share"):
        queue.require_room(BULK, 1, 10_000)
    taken = queue.take(10, lambda item: False)
    with pytest.raises(Overloaded, match="share"):
        queue.require_room(BULK, 1, 10_000)  # what is under way takes memory as well
    for item in taken:
        queue.done([item])
    queue.require_room(BULK, 2, 20_000)
    assert (queue.count, queue.size) == (0, 0)


async def test_the_hint_grows_with_the_queue() -> None:
    short, long = Queue(4, 2**30), Queue(40_000, 2**30)
    hints = []
    for queue in (short, long):
        queue.served(1000, 1000)
        for number in range(queue.count_limit // 2):
            queue.put(command(str(number)), 1)
        with pytest.raises(Overloaded) as caught:
            queue.put(command("more"), 1)
        hints.append(caught.value.milliseconds)
    assert hints[0] < hints[1] <= 5000


def batch(run: str, count: int) -> lg.BatchPostJournalsRequest:
    """Journals of two entries each."""
    request = lg.BatchPostJournalsRequest(parent="books/main")
    for number in range(count):
        item = request.requests.add(parent="books/main", request_id=f"{run}-{number}")
        for account, side in (("1001", "SIDE_DEBIT"), ("2011", "SIDE_CREDIT")):
            item.entries.add(account=account, side=side, amount=money("5.00", "CNY"))
    return request


@pytest.fixture
def small(database: str, tmp_path: Path) -> Iterator[Running]:
    """A server whose lane takes 2,000 commands, 1,000 of one caller."""
    with running_server(database, tmp_path / "small", lane_queue=2000) as found:
        yield found


def test_a_full_queue_is_told_with_a_hint_and_the_clients_retry_waits_for_room(
    small: Running,
) -> None:
    channel, stub, metadata = _bare(small)
    with held(small.dsn, 1000, 1001, 1002) as other, ThreadPoolExecutor(4) as pool:
        first = pool.submit(stub.BatchPostJournals, batch("a", 900), metadata=metadata)
        _until(lambda: small.app.waiting == 900)
        with pytest.raises(grpc.RpcError) as caught:
            stub.BatchPostJournals(batch("b", 200), metadata=metadata)
        assert caught.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
        assert 0 < _retry_delay(caught.value) <= 5
        assert small.app.waiting == 900  # refused as a whole
        patient = pool.submit(_posted, small.client(retries=20), batch("b", 200))
        with pytest.raises(ResourceExhausted, match="share"):
            small.client(retries=0).ledger.batch_post_journals(requests=batch("c", 200).requests)
        single = pool.submit(_posted, small.client("finance", retries=0), batch("d", 1))
        _until(lambda: small.app.waiting == 901)
        time.sleep(0.3)
        assert not patient.done()
        other.commit()
        assert single.result(30) == 1
        assert all(result.journal for result in first.result(30).results)
        assert patient.result(30) == 200
    channel.close()


def test_a_stream_waits_for_room_instead_of_failing(small: Running) -> None:
    channel, stub, metadata = _bare(small)
    with held(small.dsn, 1000, 1001, 1002) as other:
        timer = threading.Timer(0.5, other.commit)
        timer.start()
        answers = stub.StreamPostJournals(
            iter([batch(f"s{number}", 600) for number in range(5)]), metadata=metadata
        )
        posted = sum(bool(result.journal) for answer in answers for result in answer.results)
        timer.join()
    assert posted == 3000
    channel.close()


def _bare(server: Running) -> tuple[grpc.Channel, Any, tuple[tuple[str, str]]]:
    """A channel, a stub and metadata without the client's retries."""
    channel = grpc.insecure_channel(server.target)
    metadata = ("authorization", f"Bearer {server.token()}")
    return channel, ledger_service_pb2_grpc.LedgerServiceStub(channel), (metadata,)


def _posted(client: Client, request: lg.BatchPostJournalsRequest) -> int:
    answer = client.ledger.batch_post_journals(requests=request.requests)
    return sum(bool(result.journal) for result in answer.results)


def _retry_delay(error: grpc.RpcError) -> float:
    details = dict(error.trailing_metadata())["grpc-status-details-bin"]
    for packed in status_pb2.Status.FromString(details).details:
        retry = error_details_pb2.RetryInfo()
        if packed.Unpack(retry):
            return retry.retry_delay.ToTimedelta().total_seconds()
    raise AssertionError("no RetryInfo")


def _until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)
