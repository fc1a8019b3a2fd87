"""Promise 4 in a crowd: what was told of a moment is told again, whatever was under way at it."""

from __future__ import annotations

import threading
import time

import pytest

from loanledger import FailedPrecondition
from loanledger.v1 import ledger_service_pb2 as lg
from tests.faults.crowd import Crowd
from tests.server.desk import Desk


def test_what_was_known_at_a_moment_does_not_change_while_postings_are_under_way(
    desk: Desk,
) -> None:
    crowd = Crowd([desk.lent(desk.publish(), "100000.00")])
    threads = crowd.at_work(desk.client, "busy", 24)
    told: list[tuple[lg.ListBalancesRequest, lg.ListBalancesResponse]] = []
    while len(told) < 60:
        request = lg.ListBalancesRequest(accounts=["1001", "4001"])
        request.known_at.GetCurrentTime()
        told.append((request, desk.client.ledger.list_balances(request)))
    crowd.stopping.set()
    _join(threads)
    changed = [r.known_at for r, answer in told if desk.client.ledger.list_balances(r) != answer]
    assert changed == []


def _join(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.join(60)


def test_what_will_be_known_cannot_be_asked(desk: Desk) -> None:
    request = lg.ListBalancesRequest()
    request.known_at.FromSeconds(int(time.time()) + 60)
    with pytest.raises(FailedPrecondition) as refused:
        desk.client.ledger.list_balances(request)
    assert refused.value.reason == "DATE_NOT_OPEN"
