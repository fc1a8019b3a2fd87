"""The loads: each runs for some seconds or items and returns how many a second were answered."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from statistics import median

import grpc
from google.type import money_pb2

from loanledger.v1 import (
    ledger_service_pb2,
    ledger_service_pb2_grpc,
    loan_service_pb2,
    loan_service_pb2_grpc,
)

CALLERS = 64
BATCH = 500
FLYING = 3
ROUND = 12
Metadata = tuple[tuple[str, str], ...]


Pair = tuple[str, str]
HOT: Pair = ("1001", "2011")


def journal(number: int, run: str, pair: Pair = HOT) -> ledger_service_pb2.PostJournalRequest:
    """A journal between two accounts, two hot ones by default."""
    debit, credit = pair
    request = ledger_service_pb2.PostJournalRequest(
        parent="books/main", request_id=f"{run}-{number:09d}"
    )
    request.entries.add(account=debit, side="SIDE_DEBIT").amount.CopyFrom(_euros(number))
    request.entries.add(account=credit, side="SIDE_CREDIT").amount.CopyFrom(_euros(number))
    return request


def _euros(number: int) -> money_pb2.Money:
    return money_pb2.Money(currency_code="EUR", units=1 + number % 1000, nanos=500_000_000)


async def callers(call: Callable[[int], Awaitable[object]], seconds: float) -> float:
    """64 callers, one after the other each; answers a second after a warm-up of a second."""
    numbers, begun = itertools.count(), time.perf_counter()
    counted, end = 0, begun + seconds + 1

    async def one() -> None:
        nonlocal counted
        while (now := time.perf_counter()) < end:
            await call(next(numbers))
            counted += now > begun + 1

    await asyncio.gather(*(one() for _ in range(CALLERS)))
    return counted / (time.perf_counter() - begun - 1)


async def echo(target: str, metadata: Metadata, seconds: float) -> float:
    """The bare echo of the same message with the same metadata, built by the same client."""
    async with grpc.aio.insecure_channel(target) as channel:
        call = channel.unary_unary(
            "/bench.Echo/Echo",
            ledger_service_pb2.PostJournalRequest.SerializeToString,
            ledger_service_pb2.PostJournalRequest.FromString,
        )
        run = f"echo-{time.time_ns()}"
        return await callers(lambda number: call(journal(number, run), metadata=metadata), seconds)


async def post_unary(target: str, metadata: Metadata, seconds: float) -> float:
    """PostJournal, a call a journal."""
    async with grpc.aio.insecure_channel(target) as channel:
        stub = ledger_service_pb2_grpc.LedgerServiceStub(channel)
        run = f"unary-{time.time_ns()}"
        return await callers(
            lambda number: stub.PostJournal(journal(number, run), metadata=metadata), seconds
        )


def _batches(
    run: str, count: int, pairs: Sequence[Pair] = (HOT,)
) -> Iterator[ledger_service_pb2.BatchPostJournalsRequest]:
    for batch in range(count):
        yield ledger_service_pb2.BatchPostJournalsRequest(
            parent="books/main",
            requests=[journal(batch * BATCH + n, run, pairs[n % len(pairs)]) for n in range(BATCH)],
        )


def _checked(answer: ledger_service_pb2.BatchPostJournalsResponse) -> int:
    for result in answer.results:
        if not result.journal:
            raise RuntimeError(result.error.message)
    return len(answer.results)


async def post_batch(
    target: str, metadata: Metadata, count: int, pairs: Sequence[Pair] = (HOT,)
) -> float:
    """BatchPostJournals of 500, a few in flight; postings a second."""
    requests = list(_batches(f"batch-{time.time_ns()}", count, pairs))
    async with grpc.aio.insecure_channel(target) as channel:
        stub = ledger_service_pb2_grpc.LedgerServiceStub(channel)
        waiting, posted, begun = iter(requests), 0, time.perf_counter()

        async def one() -> None:
            nonlocal posted
            for request in waiting:
                answer = await stub.BatchPostJournals(request, metadata=metadata)
                posted += _checked(answer)

        await asyncio.gather(*(one() for _ in range(FLYING)))
        return posted / (time.perf_counter() - begun)


async def hot_vs_spread(
    target: str, metadata: Metadata, pairs: Sequence[Pair], rounds: int
) -> tuple[float, float]:
    """The same batches on one pair of accounts and on many, by turns: the medians of both."""
    hot, spread = list[float](), list[float]()
    for _ in range(rounds):
        hot.append(await post_batch(target, metadata, ROUND))
        spread.append(await post_batch(target, metadata, ROUND, pairs))
    return median(hot), median(spread)


async def post_stream(target: str, metadata: Metadata, count: int) -> float:
    """One stream of batches; postings a second."""
    requests = list(_batches(f"stream-{time.time_ns()}", count))

    async def source() -> AsyncIterator[ledger_service_pb2.BatchPostJournalsRequest]:
        for request in requests:
            yield request

    async with grpc.aio.insecure_channel(target) as channel:
        stub = ledger_service_pb2_grpc.LedgerServiceStub(channel)
        posted, begun = 0, time.perf_counter()
        async for answer in stub.StreamPostJournals(source(), metadata=metadata):
            posted += _checked(answer)
        return posted / (time.perf_counter() - begun)


async def repay_unary(target: str, metadata: Metadata, names: list[str], seconds: float) -> float:
    """RepayLoan of distinct loans, in turn."""
    async with grpc.aio.insecure_channel(target) as channel:
        stub = loan_service_pb2_grpc.LoanServiceStub(channel)
        run = f"repay-{time.time_ns()}"

        def call(number: int) -> Awaitable[object]:
            request = loan_service_pb2.RepayLoanRequest(
                name=names[number % len(names)],
                request_id=f"{run}-{number}",
                amount=money_pb2.Money(currency_code="EUR", units=1, nanos=10_000_000),
            )
            return stub.RepayLoan(request, metadata=metadata)

        return await callers(call, seconds)
