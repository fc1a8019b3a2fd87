"""A synchronous standby takes over: what was acknowledged is there, and the old primary is out."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chaos.pair import Pair, paired
from tests.chaos.run import Run


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    """A primary with a synchronous standby, and a server."""
    with paired(tmp_path / "pair") as found:
        yield found


def test_a_standby_takes_over_and_the_old_primary_that_comes_back_is_not_believed(
    pair: Pair,
) -> None:
    run = Run(pair, 1, lambda text: None)
    run.begin()
    with run.at_work(0):
        time.sleep(1.5)
        pair.fail_over()
        time.sleep(1)
    run.check()
    with run.at_work(1):
        time.sleep(0.5)
        pair.come_back()
        for cord in pair.cords:
            cord.cut()
        time.sleep(1.5)
        pair.nodes[0].end()
        pair.nodes[0].start()
        time.sleep(1)
    run.check()
    assert run.checks == 3
    lost = pair.run(0, f"select max(booked_at) < {_last(pair)} from ledger.event")
    assert lost == [(True,)]


def _last(pair: Pair) -> int:
    ((found,),) = pair.run(1, "select max(booked_at) from ledger.event")
    assert isinstance(found, int)
    return found


def test_a_commit_whose_wait_for_the_standby_was_cancelled_is_not_acknowledged(
    pair: Pair,
) -> None:
    run = Run(pair, 2, lambda text: None)
    run.begin()
    pair.pause(1, signal.SIGSTOP)
    before = len(run.record.checkpoints)
    with run.at_work(0):
        for _ in range(20):
            pair.run(
                0,
                "select pg_cancel_backend(pid) from pg_stat_activity where wait_event = 'SyncRep'",
            )
            time.sleep(0.1)
        told = [c.request_id for c in run.record.commands.values() if c.state == "done"]
        new = run.record.checkpoints[before:]
        pair.run(0, "alter system set synchronous_standby_names = ''")
        pair.run(0, "select pg_reload_conf()")
    assert told == []
    assert new == []
    run.check()


def test_what_was_cancelled_and_then_lost_was_never_told(pair: Pair) -> None:
    run = Run(pair, 3, lambda text: None)
    run.begin()
    with run.at_work(0):
        time.sleep(0.5)
        pair.pause(1, signal.SIGSTOP)
        for _ in range(30):
            pair.run(
                0,
                "select pg_cancel_backend(pid) from pg_stat_activity where wait_event = 'SyncRep'",
            )
            time.sleep(0.05)
        pair.cords[0].closed = True
        pair.cords[0].cut()
        pair.pause(1, signal.SIGCONT)
        pair.fail_over()
        time.sleep(0.5)
    run.check()
