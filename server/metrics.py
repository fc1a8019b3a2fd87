"""Figures for Prometheus: calls by method and outcome, their time, and what is not yet sealed."""

from __future__ import annotations

from functools import cache

from prometheus_client import Counter, Gauge, Histogram, start_http_server

_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 30)
CALLS = Counter("loanledger_rpc_total", "Calls by method and status.", ["method", "code"])
SECONDS = Histogram("loanledger_rpc_seconds", "Time of calls.", ["method"], buckets=_BUCKETS)
WAITING = Gauge("loanledger_waiting_commands", "Commands in the lanes, waiting or under way.")
UNSEALED = Gauge("loanledger_unsealed_events", "Events recorded and not yet sealed.")


@cache
def _calls(method: str, code: str) -> Counter:
    return CALLS.labels(method, code)


@cache
def _seconds(method: str) -> Histogram:
    return SECONDS.labels(method)


def called(method: str, code: str, micros: int) -> None:
    """Counts one call; children are cached, since finding them costs more than counting."""
    _calls(method, code).inc()
    _seconds(method).observe(micros / 1e6)


def serve(host: str, port: int) -> None:
    """Answers scrapes on a port of its own."""
    start_http_server(port, host)
