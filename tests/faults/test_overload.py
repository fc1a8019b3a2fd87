"""A burst far beyond what the server takes: shed early, nothing lost, others still served."""

from __future__ import annotations

import asyncio
import os
import re
import signal
from collections import Counter
from pathlib import Path
from typing import Any

import grpc
from google.rpc import error_details_pb2, status_pb2

from loanledger.v1 import ledger_service_pb2 as lg
from loanledger.v1 import ledger_service_pb2_grpc
from server.keys import ensure_key, token
from tests.book import ROLES
from tests.faults.process import Process, served
from tests.server.desk import BOOK, pair

CHANNELS, EACH, QUEUE, STALL_SECONDS = 1_000, 10, 2_000, 4
MOST_MEBIBYTES = 600
#: A connection of its own for each channel, as from as many machines.
_OWN = [("grpc.use_local_subchannel_pool", 1)]


def test_a_burst_of_a_thousand_channels_is_shed_and_nothing_is_lost(tmp_path: Path) -> None:
    with served(tmp_path / "data", lane_queue=str(QUEUE), closers="0") as process:
        codes, single = asyncio.run(_burst(process))
        memory = _mebibytes(process)
        with process.client(timeout=120) as client:
            book = {b.account: b for b in client.ledger.list_balances().balances}
            assert client.reports.get_tie_out().tied
            assert client.reports.get_trial_balance().balanced
        process.stop()
    done = CHANNELS * EACH + single
    assert codes["OK"] == CHANNELS * EACH
    assert codes["RESOURCE_EXHAUSTED"] > 0
    assert set(codes) <= {"OK", "RESOURCE_EXHAUSTED", "UNAVAILABLE"}
    assert single > 0
    assert book["1001"].debit.units == done
    assert memory < MOST_MEBIBYTES


async def _burst(process: Process) -> tuple[Counter[str], int]:
    """All channels ask at once, and go on asking for what was shed; how often each code came.

    Beside them one caller of another name is served one posting after the other.
    """
    key = ensure_key(process.folder / "token.key")
    address = f"127.0.0.1:{process.port}"
    codes: Counter[str] = Counter()
    over = asyncio.Event()
    channels = [grpc.aio.insecure_channel(address, options=_OWN) for _ in range(CHANNELS + 1)]
    stubs = [ledger_service_pb2_grpc.LedgerServiceStub(channel) for channel in channels]
    bulk = (("authorization", f"Bearer {token(key, 'bulk', ROLES)}"),)
    lone = (("authorization", f"Bearer {token(key, 'single', ROLES)}"),)

    async def served_beside() -> int:
        count = 0
        while not over.is_set():
            request = _journal(f"single-{count}")
            await stubs[-1].PostJournal(request, metadata=lone, timeout=60)
            count += 1
        return count

    beside = asyncio.create_task(served_beside())
    calls = (
        _asked(stubs[n], _journal(f"bulk-{n}-{m}"), bulk, codes)
        for n in range(CHANNELS)
        for m in range(EACH)
    )
    slow = asyncio.create_task(_slow_database(process))
    await asyncio.gather(*calls)
    await slow
    over.set()
    single = await beside
    for channel in channels:
        await channel.close()
    return codes, single


async def _slow_database(process: Process) -> None:
    """For some seconds no statement gets anywhere, as on a disk that hangs."""
    await asyncio.sleep(1)
    children = _backends(process)
    for number in (signal.SIGSTOP, signal.SIGCONT):
        for child in children:
            os.kill(child, number)
        await asyncio.sleep(STALL_SECONDS)


def _backends(process: Process) -> list[int]:
    root = (process.folder / "postgres" / "postmaster.pid").read_text().splitlines()[0]
    return [int(n) for n in Path(f"/proc/{root}/task/{root}/children").read_text().split()]


def _journal(name: str) -> lg.PostJournalRequest:
    return lg.PostJournalRequest(parent=BOOK, request_id=name, entries=pair("1.00"))


async def _asked(
    stub: Any, request: lg.PostJournalRequest, metadata: Any, codes: Counter[str]
) -> None:
    """Until it is done: after the pause that the server asks for, with the same request id."""
    while True:
        try:
            await stub.PostJournal(request, metadata=metadata, timeout=120)
        except grpc.aio.AioRpcError as error:
            codes[error.code().name] += 1
            await asyncio.sleep(_pause(error))
        else:
            codes["OK"] += 1
            return


def _pause(error: grpc.aio.AioRpcError) -> float:
    """Seconds of the RetryInfo; what is shed without one is a defect."""
    found = status_pb2.Status()
    for name, value in error.trailing_metadata() or ():
        if name == "grpc-status-details-bin":
            found.ParseFromString(bytes(value))
    for detail in found.details:
        info = error_details_pb2.RetryInfo()
        if detail.Unpack(info):
            return max(0.01, info.retry_delay.seconds + info.retry_delay.nanos / 1e9)
    assert error.code() is not grpc.StatusCode.RESOURCE_EXHAUSTED, "no RetryInfo"
    return 0.5


def _mebibytes(process: Process) -> int:
    """The most that the server's process has held in memory."""
    text = Path(f"/proc/{process.process.pid}/status").read_text(encoding="ascii")
    found = re.search(r"VmHWM:\s*(\d+) kB", text)
    assert found
    return int(found[1]) // 1024
