"""Faults of the wall clock: it jumps ahead, falls back, and passes a change of local time."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import UTC, datetime

from tests.chaos.clock import change
from tests.chaos.fault import Fault, Inject
from tests.chaos.stage import Node, Stage

HOUR = 3600
#: A clock is seen within a second after it was set.
SEEN = 1.1
#: Seconds that clocks run before a change of local time, and in all.
BEFORE, PASSING = 3, 5.5


def _server(sign: int) -> Inject:
    """A server's clock is minutes to two days ahead or behind, and then right again."""

    def inject(stage: Stage, node: Node, fault: Fault) -> None:
        node.clock.shift(sign * fault.seconds(60, 48 * HOUR))
        time.sleep(SEEN + fault.seconds())
        node.clock.shift(0)
        time.sleep(SEEN)

    return inject


def _database(stage: Stage, node: Node, fault: Fault) -> None:
    """The database's clock jumps ahead, then back behind the right time."""
    for sign in (1, -1):
        ahead = sign * fault.seconds(60, 12 * HOUR)
        stage.clock.shift(ahead)
        time.sleep(SEEN + fault.seconds(0.1, 0.6))
        with stage.superuser() as connection:
            row = connection.execute("select extract(epoch from clock_timestamp())").fetchone()
        assert row
        assert abs(float(row[0]) - time.time() - ahead) < HOUR / 60, "the clock was not set"
    stage.clock.shift(0)
    time.sleep(SEEN)


def _started_behind(stage: Stage, node: Node, fault: Fault) -> None:
    """A server is killed and starts on a machine whose clock is behind what it recorded before."""
    node.end()
    node.clock.shift(-fault.seconds(60, 48 * HOUR))
    node.start()
    time.sleep(fault.seconds(0.5, 1.5))
    node.clock.shift(0)
    time.sleep(SEEN)


def _local_time_changes(stage: Stage, node: Node, fault: Fault) -> None:
    """All clocks pass the hour at which local time is put forward or back, and then return."""
    now = datetime.now(UTC)
    moment = change(now, spring=bool(fault.pick(2)))
    clocks = [stage.clock, *(each.clock for each in stage.nodes)]
    for clock in clocks:
        clock.shift((moment - now).total_seconds() - BEFORE)
    time.sleep(PASSING)
    for clock in clocks:
        clock.shift(0)
    time.sleep(SEEN)


KINDS: Mapping[str, Inject] = {
    "server's clock ahead, then back": _server(1),
    "server's clock behind, then right": _server(-1),
    "database's clock ahead and behind": _database,
    "server started with its clock behind": _started_behind,
    "all clocks pass a change of daylight-saving time": _local_time_changes,
}
