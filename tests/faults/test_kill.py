"""Promise 3: server and database are killed at work; what was acknowledged is there once."""

from __future__ import annotations

import time
from pathlib import Path

import psycopg
import pytest

from ledger.audit.verify import verify_export
from loanledger import Client, decimal_, money
from loanledger.v1 import party_service_pb2
from server.embedded import start
from tests.faults.crowd import Crowd, closing
from tests.faults.process import Process, served
from tests.promises.soundness import require_sound
from tests.server.desk import product_terms

CALLERS = 12
LOANS = 6
ENOUGH = 150
KILLS = 3


def lent(client: Client) -> list[str]:
    """Loans that are all the same."""
    terms = product_terms()
    product = client.products.publish_product(code="plain", title="Plain", terms=terms).name
    found = []
    for number in range(LOANS):
        person = party_service_pb2.Party(kind="PARTY_KIND_PERSON", display_name=f"P{number}")
        loan = client.loans.open_loan(
            party=client.parties.create_party(party=person).name,
            product=product,
            amount=money("100000.00", "CNY"),
            annual_rate=decimal_("0.06"),
            instalments=12,
        )
        client.loans.approve_loan(name=loan.name)
        client.loans.disburse_loan(name=loan.name)
        found.append(loan.name)
    return found


def _work_until(crowd: Crowd, process: Process, name: str, *, hard: bool) -> None:
    """Kills the server amid calls and a close of business; `hard` kills the database first."""
    before = crowd.acknowledged
    crowd.errors.clear()
    with process.client() as client:
        threads = [*crowd.at_work(client, name, CALLERS), closing(client)]
        _wait_for(crowd, before + ENOUGH, process)
        if hard:
            process.kill_database()
        process.kill()
        for thread in threads:
            thread.join(60)
            assert not thread.is_alive()


def _wait_for(crowd: Crowd, count: int, process: Process) -> None:
    deadline = time.monotonic() + 60
    while crowd.acknowledged < count:
        assert crowd.errors == [], process.said()
        assert time.monotonic() < deadline, f"{crowd.acknowledged}: {process.said()}"
        time.sleep(0.002)


def ask_all_again(crowd: Crowd, client: Client) -> None:
    """What was acknowledged is answered as it was; what was not is settled."""
    for request_id, first in list(crowd.told.items()):
        assert crowd.ask(client, request_id) == first, request_id
    for request_id in crowd.unknown:
        crowd.told[request_id] = crowd.ask(client, request_id)


def require_proven(client: Client) -> None:
    assert client.reports.get_tie_out().tied
    assert client.reports.get_trial_balance().balanced
    checkpoint = client.audit.create_checkpoint()
    lines = b"".join(part.chunk for part in client.audit.export_history()).splitlines(keepends=True)
    report = verify_export(lines, checkpoint.note, checkpoint.verifier_key)
    assert report.findings == ()
    assert report.proven[-1] == report.events


def require_once(folder: Path, crowd: Crowd) -> None:
    """Looks at the rows themselves, with no server beside it."""
    with start(folder) as database:
        require_sound(database.dsn)
        with psycopg.connect(database.dsn) as connection:
            rows = connection.execute(
                "select request_id, count(*) from ledger.event"
                " where kind in ('journal_posted', 'repayment_recorded') group by 1"
            ).fetchall()
    assert dict(rows) == dict.fromkeys(crowd.asked, 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where server and database keep everything."""
    return tmp_path / "data"


def test_what_was_acknowledged_survives_sigkill_of_server_and_database(folder: Path) -> None:
    with served(folder) as process:
        crowd = Crowd(lent(process.client()))
        _work_until(crowd, process, "round-0", hard=True)
    for number in range(1, KILLS):
        with served(folder) as process:
            with process.client(retries=5) as client:
                ask_all_again(crowd, client)
                require_proven(client)
            _work_until(crowd, process, f"round-{number}", hard=number % 2 == 0)
    with served(folder) as process:
        with process.client(retries=5) as client:
            ask_all_again(crowd, client)
            require_proven(client)
        process.stop()
    require_once(folder, crowd)


def test_without_its_database_the_server_says_unavailable_and_nothing_is_lost(
    folder: Path,
) -> None:
    with served(folder) as process:
        crowd = Crowd(lent(process.client()))
        with process.client() as client:
            threads = crowd.at_work(client, "orphan", CALLERS)
            _wait_for(crowd, ENOUGH, process)
            process.kill_database()
            for thread in threads:
                thread.join(60)
                assert not thread.is_alive()
        assert {error.code.name for error in crowd.errors} == {"UNAVAILABLE"}
        assert process.process.poll() is None
        process.kill()
    with served(folder) as process:
        with process.client(retries=5) as client:
            ask_all_again(crowd, client)
            require_proven(client)
        process.stop()
    require_once(folder, crowd)
