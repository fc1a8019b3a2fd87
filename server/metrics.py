"""Figures for Prometheus: calls by method and outcome, their time, and what is not yet sealed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate

from prometheus_client import REGISTRY, Gauge, start_http_server
from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 30)
_BOUNDS = [*map(str, map(float, _BUCKETS)), "+Inf"]
_MICROS = [bound * 1_000_000 for bound in _BUCKETS]
WAITING = Gauge("loanledger_waiting_commands", "Commands in the lanes, waiting or under way.")
UNSEALED = Gauge("loanledger_unsealed_events", "Events recorded and not yet sealed.")


class _Calls(Collector):
    """Calls in plain numbers: the library's counters take a lock at each step, six to a call."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str, str], int] = {}
        #: By method how many calls took up to each bound, and what all took, in microseconds.
        self._times: dict[str, tuple[list[int], list[int]]] = {}

    def called(self, method: str, code: str, micros: int) -> None:
        """Counts one call."""
        counts = self._counts
        counts[method, code] = counts.get((method, code), 0) + 1
        found = self._times.get(method)
        if found is None:
            found = self._times[method] = [0] * len(_BOUNDS), [0]
        found[0][bisect_left(_MICROS, micros)] += 1
        found[1][0] += micros

    def collect(self) -> Iterator[Metric]:
        """What a scrape is answered."""
        counted = CounterMetricFamily(
            "loanledger_rpc", "Calls by method and status.", labels=["method", "code"]
        )
        for labels, count in list(self._counts.items()):
            counted.add_metric(labels, count)
        yield counted
        timed = HistogramMetricFamily("loanledger_rpc_seconds", "Time of calls.", labels=["method"])
        for method, (counts, total) in list(self._times.items()):
            buckets = list(zip(_BOUNDS, map(float, accumulate(counts)), strict=True))
            timed.add_metric([method], buckets, total[0] / 1e6)
        yield timed


_CALLS = _Calls()
REGISTRY.register(_CALLS)
called = _CALLS.called


def serve(host: str, port: int) -> None:
    """Answers scrapes on a port of its own."""
    start_http_server(port, host)
