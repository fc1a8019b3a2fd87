"""Promise 3 with cut connections and impatient callers: asked again, everything is there once."""

from __future__ import annotations

import threading
import time
from collections import Counter

import psycopg
import pytest

from loanledger import Client, LoanLedgerError
from tests.book import Running
from tests.faults.crowd import Crowd
from tests.promises.soundness import require_sound
from tests.server.desk import Desk

CALLERS = 16


@pytest.fixture
def desk(server: Running) -> Desk:
    """A server on a book of its own, with short verbs."""
    return Desk(server, server.client(timeout=120))


def _crowd(desk: Desk) -> Crowd:
    product = desk.publish()
    return Crowd([desk.lent(product, "100000.00") for _ in range(4)])


def require_once(desk: Desk, crowd: Crowd) -> None:
    rows = desk.rows(
        "select request_id, count(*) from ledger.event"
        " where kind in ('journal_posted', 'repayment_recorded') group by 1"
    )
    assert dict(rows) == dict.fromkeys(crowd.asked, 1)
    require_sound(desk.server.dsn)


def test_callers_do_not_notice_that_the_database_drops_connections(desk: Desk) -> None:
    crowd = _crowd(desk)
    with desk.server.client(retries=0) as client:
        threads = crowd.at_work(client, "cut", CALLERS)
        with psycopg.connect(desk.server.dsn, autocommit=True) as superuser:
            for _ in range(10):
                time.sleep(0.1)
                superuser.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity"
                    " where pid <> pg_backend_pid() and datname = current_database()"
                )
        crowd.stopping.set()
        for thread in threads:
            thread.join(60)
    assert crowd.errors == []
    assert crowd.unknown == []
    assert crowd.acknowledged > CALLERS
    require_once(desk, crowd)


def test_callers_that_leave_before_the_answer_find_it_when_they_come_back(desk: Desk) -> None:
    crowd = _crowd(desk)
    fates: Counter[str] = Counter()
    impatient = [desk.server.client(timeout=0.001 * (n + 2), retries=0) for n in range(CALLERS)]

    def hurry(number: int) -> None:
        for request_id, asked in crowd.some_requests(f"hurry-{number}", 30):
            crowd.asked[request_id] = asked
            fates[_tried(crowd, impatient[number], request_id)] += 1

    threads = [threading.Thread(target=hurry, args=(n,)) for n in range(CALLERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert fates["DEADLINE_EXCEEDED"] > 0
    for request_id in crowd.asked:
        answer = crowd.ask(desk.client, request_id)
        assert crowd.told.setdefault(request_id, answer) == answer
    require_once(desk, crowd)


def _tried(crowd: Crowd, client: Client, request_id: str) -> str:
    try:
        crowd.told[request_id] = crowd.ask(client, request_id)
    except LoanLedgerError as error:
        return error.code.name
    return "OK"
