"""Nobody calls more often than they may, and nobody holds what they do not use."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import grpc
import pytest

from loanledger import LoanLedgerError
from loanledger.v1 import ledger_service_pb2 as lg
from server.errors import Unread
from server.limits import ITEMS, Bucket, Limits, RateLimited
from server.rpc import read_in
from server.security import ALLOWED, Caller
from tests.server.bad import send
from tests.server.desk import Desk, pair, serving
from tests.server.provider import bearer
from tests.server.test_access import NAMES
from tests.server.test_tokens import DATA, PATH


def test_a_caller_who_calls_too_often_is_told_when_to_come_back(database: str) -> None:
    with serving(database, rate_reads=2, rate_burst=3) as desk:
        ledger, other = desk.role("finance").ledger, desk.role("operator").ledger
        for _ in range(3):
            ledger.list_periods()
        with pytest.raises(LoanLedgerError) as told:
            ledger.list_periods()
        error = told.value
        assert (error.code.name, error.reason) == ("RESOURCE_EXHAUSTED", "RATE_LIMITED")
        assert error.retry_after is not None
        assert 0 < error.retry_after <= 0.5
        other.list_periods()
        ledger.post_journal(entries=pair("5"))
        time.sleep(error.retry_after + 0.05)
        ledger.list_periods()


def test_writing_has_its_own_limit_and_a_client_waits_by_itself(database: str) -> None:
    with serving(database, rate_writes=5, rate_burst=1) as desk:
        begun = time.monotonic()
        for _ in range(4):
            desk.client.ledger.post_journal(entries=pair("5"))
        assert time.monotonic() - begun > 0.55
        for _ in range(10):
            desk.client.ledger.list_periods()


def journal(request_id: str) -> lg.PostJournalRequest:
    return lg.PostJournalRequest(entries=pair("5"), request_id=request_id)


def test_a_batch_costs_as_many_calls_as_it_has_journals(database: str) -> None:
    with serving(database, rate_writes=20, rate_burst=5) as desk:
        ledger = desk.role("finance").ledger
        requests = [
            lg.PostJournalRequest(entries=pair("5"), request_id=f"b-{n}") for n in range(30)
        ]
        ledger.batch_post_journals(requests=requests)
        with pytest.raises(LoanLedgerError) as told:
            ledger.post_journal(entries=pair("5"))
        assert told.value.reason == "RATE_LIMITED"
        assert told.value.retry_after is not None
        assert 1 < told.value.retry_after <= 1.35
        desk.role("operator").ledger.list_periods()


def test_a_stream_is_read_as_fast_as_its_caller_may_post(database: str) -> None:
    with serving(database, rate_writes=20, rate_burst=1) as desk:

        def batch(no: int) -> lg.BatchPostJournalsRequest:
            requests = [
                lg.PostJournalRequest(entries=pair("5"), request_id=f"s-{no}-{n}")
                for n in range(10)
            ]
            return lg.BatchPostJournalsRequest(parent="books/main", requests=requests)

        begun = time.monotonic()
        answers = list(desk.role("finance").ledger.stream_post_journals(map(batch, range(3))))
        assert [len(answer.results) for answer in answers] == [10] * 3
        assert time.monotonic() - begun > 0.9


def test_every_method_of_many_commands_counts_them() -> None:
    for name, field in ITEMS.items():
        assert NAMES[name].input_type.fields_by_name[field].is_repeated
    assert {name for name, method in NAMES.items() if method.client_streaming} <= ITEMS.keys()


def test_a_development_server_has_no_limits(desk: Desk) -> None:
    for _ in range(300):
        assert send(desk, PATH, DATA, bearer(desk.server.token("finance"))) is None


def test_what_has_a_request_id_counts_as_writing() -> None:
    for name, method in NAMES.items():
        limits = Limits(0, 1, 1)
        limits.take("first", name)
        if "request_id" in {field.name for field in method.input_type.fields}:
            with pytest.raises(RateLimited):
                limits.take("first", name)
    assert set(ALLOWED) == set(NAMES)


def test_a_bucket_fills_up_to_its_size_and_forgets_who_is_away() -> None:
    bucket = Bucket(10, 5)
    for _ in range(5):
        bucket.take("a", 100.0)
    with pytest.raises(RateLimited) as told:
        bucket.take("a", 100.0)
    assert told.value.milliseconds == 100
    bucket.take("a", 100.125)
    for _ in range(5):
        bucket.take("a", 1000.0)
    with pytest.raises(RateLimited):
        bucket.take("a", 1000.0)
    for number in range(10_001):
        bucket.take(f"caller-{number}", 1000.0)
    assert len(bucket._left) <= 10_000


def test_a_limit_costs_next_to_nothing() -> None:
    limits, count = Limits(1e9, 1e9, 1000), 20_000
    best = min(_seconds(limits, count) for _ in range(5))
    assert best / count < 5e-6


def _seconds(limits: Limits, count: int) -> float:
    begun = time.perf_counter()
    for _ in range(count):
        limits.take("users/ann", "LoanService/RepayLoan")
    return time.perf_counter() - begun


def test_a_connection_without_calls_is_closed(database: str) -> None:
    with serving(database, idle_seconds=1) as desk:
        seen: list[grpc.ChannelConnectivity] = []
        with grpc.insecure_channel(desk.server.target) as channel:
            channel.subscribe(seen.append, try_to_connect=True)
            grpc.channel_ready_future(channel).result(timeout=10)
            end = time.monotonic() + 10
            while time.monotonic() < end and grpc.ChannelConnectivity.IDLE not in seen[2:]:
                time.sleep(0.1)
        assert grpc.ChannelConnectivity.IDLE in seen[2:]


@pytest.mark.asyncio
async def test_a_stream_that_nobody_reads_is_ended_and_lets_go_of_what_it_holds() -> None:
    let_go = asyncio.Event()

    async def answers(*_: object) -> AsyncIterator[int]:
        try:
            yield 1
            yield 2
            yield 3
        finally:
            let_go.set()

    stream = read_in(0.2, answers)(None, Caller("users/ann", frozenset(), 0))
    assert [await anext(stream), await anext(stream)] == [1, 2]
    assert not let_go.is_set()
    await asyncio.wait_for(let_go.wait(), 10)
    with pytest.raises(Unread):
        await anext(stream)


def test_a_stream_that_is_read_in_time_comes_whole(database: str) -> None:
    with serving(database, unread_seconds=1) as desk:
        desk.client.ledger.post_journal(entries=pair("5"))
        whole = b"".join(part.chunk for part in desk.client.audit.export_history())
        time.sleep(1.2)
        again = b"".join(part.chunk for part in desk.client.audit.export_history())
        assert len(again.splitlines()) == len(whole.splitlines()) > 2


def test_messages_too_deep_or_too_large_are_refused(desk: Desk) -> None:
    metadata = bearer(desk.server.token("finance"))
    for depth in (1000, 100_000):
        deep = b"\x7b" * depth + b"\x7c" * depth
        error = send(desk, PATH, deep, metadata)
        assert error is not None
        assert error.code.name == "INVALID_ARGUMENT"
    with desk.big_channel() as channel:
        call = channel.unary_unary(PATH)
        with pytest.raises(grpc.RpcError) as told:
            call(DATA + b"\x7a\x80\x80\x80\x10" + bytes(32 * 1024 * 1024), metadata=metadata)
    assert told.value.code() == grpc.StatusCode.RESOURCE_EXHAUSTED
