"""Loans that fail, and kills amid the closes that meet them: set aside once, and others close."""

from __future__ import annotations

import time
from pathlib import Path

import psycopg

from loanledger import Client, date_of
from server.embedded import start
from tests.faults.crowd import closing
from tests.faults.process import served
from tests.faults.test_kill import lent
from tests.promises.soundness import require_sound

#: Days closed after the first due date, with a kill in each round.
ROUNDS = 4


def _damaged(folder: Path) -> None:
    """The states of half of the loans become nonsense, with nobody looking."""
    with (
        start(folder) as database,
        psycopg.connect(database.dsn, autocommit=True) as connection,
    ):
        connection.execute(
            "update ledger.loan set state = 'nonsense'"
            " where loan in (select loan from ledger.loan order by loan limit 3)"
        )


def _aside(client: Client) -> set[str]:
    return {one.loan for one in client.end_of_day.list_set_aside_loans.iterate()}


def test_a_kill_amid_the_close_that_sets_loans_aside_leaves_no_half_of_it(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with served(folder) as process:
        client = process.client()
        loans = lent(client)
        list(client.end_of_day.run_end_of_day(business_date=date_of("2024-02-12")))
        process.stop()
    _damaged(folder)
    for number in range(ROUNDS):
        with served(folder, log_level="critical") as process, process.client() as client:
            thread = closing(client)
            time.sleep(0.1 + 0.15 * number)
            process.kill()
            thread.join(60)
            assert not thread.is_alive()
    with served(folder, log_level="critical") as process:
        with process.client(retries=5) as client:
            list(client.end_of_day.run_end_of_day(business_date=date_of("2024-03-20")))
            aside = _aside(client)
            assert len(aside) == 3
            assert client.reports.get_tie_out().tied
            events = client.audit.list_events.iterate(kind="loan_set_aside")
            told = [event.subject for event in events]
            assert sorted(told) == sorted(aside)
            for name in sorted(aside):
                client.end_of_day.resume_loan(name=name)
            assert _aside(client) == set()
            balances = {str(client.loans.get_loan(name=name).balance) for name in loans}
            assert len(balances) == 1
        process.stop()
    with start(folder) as database:
        require_sound(database.dsn)
