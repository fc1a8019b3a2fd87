"""make soak: kills server, database and closing processes amid closes, and checks the whole book.

Each round closes business dates while callers post, kills something at a random moment, starts the
server again and runs the full-book check: zero differences, or the run ends with an error. The
seed is printed; a run with the same seed kills at the same moments of its own clock.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from loanledger import Client, decimal_, money
from loanledger.v1 import party_service_pb2
from server.embedded import start
from tests.chaos.stage import above
from tests.faults.crowd import Crowd, closing
from tests.faults.process import Process, served
from tests.promises.soundness import require_sound
from tests.server.desk import product_terms

CALLERS, NEW_LOANS, FIRST_LOANS = 4, 2, 40
KINDS = ("server", "database", "backend", "closer", "server and database")
#: Rounds between looks at the rows themselves, with no server beside them.
LOOKS = 25


@dataclass
class Soak:
    """One run: what was killed, what was asked and told, what was checked."""

    folder: Path
    chance: random.Random
    killed: Counter[str] = field(default_factory=Counter)
    loans: list[str] = field(default_factory=list)
    acknowledged: int = 0
    checked: int = 0
    days: int = 0

    def run(self, kills: int, seconds: float) -> None:
        """Rounds until so many kills are done or the time is over."""
        begun = time.monotonic()
        crowd = Crowd(self.loans)
        while sum(self.killed.values()) < kills and time.monotonic() < begun + seconds:
            with served(self.folder, log_level="critical", stripes="8") as process:
                with process.client(retries=5) as client:
                    self._check(client, crowd)
                    self._lend(client)
                self._kill(process, crowd, self.chance.choice(KINDS))
            if sum(self.killed.values()) % LOOKS == 0:
                self._look()
        with served(self.folder, log_level="critical", stripes="8") as process:
            with process.client(retries=5) as client:
                self._check(client, crowd)
            process.stop()
        self._look()

    def _check(self, client: Client, crowd: Crowd) -> None:
        """What was acknowledged is answered as it was; then the full-book check."""
        for request_id in crowd.unknown:
            crowd.told[request_id] = crowd.ask(client, request_id)
        for request_id in self.chance.sample(sorted(crowd.told), min(20, len(crowd.told))):
            assert crowd.ask(client, request_id) == crowd.told[request_id], request_id
        self.acknowledged = len(crowd.told)
        for step in client.ledger.verify_ledger():
            assert not step.differences, step.differences
            self.checked += step.finished
        status = client.end_of_day.get_end_of_day()
        assert status.loans_set_aside == 0
        assert client.reports.get_tie_out().tied
        self.days = len({e.subject for e in client.audit.list_events.iterate(kind="day_closed")})

    def _lend(self, client: Client) -> None:
        """New loans, so that something falls due on most days."""
        if not self.loans:
            terms = product_terms()
            client.products.publish_product(code="plain", title="Plain", terms=terms)
        for _ in range(NEW_LOANS if self.loans else FIRST_LOANS):
            person = party_service_pb2.Party(kind="PARTY_KIND_PERSON", display_name="P")
            loan = client.loans.open_loan(
                party=client.parties.create_party(party=person).name,
                product="books/main/products/plain",
                amount=money(str(self.chance.randint(1_000, 90_000)), "CNY"),
                annual_rate=decimal_("0.06"),
                instalments=self.chance.choice((3, 12, 36)),
            )
            client.loans.approve_loan(name=loan.name)
            client.loans.disburse_loan(name=loan.name)
            self.loans.append(loan.name)

    def _kill(self, process: Process, crowd: Crowd, kind: str) -> None:
        """Closes and posts, and kills at a random moment."""
        name = f"round-{sum(self.killed.values())}"
        with process.client(timeout=60) as client:
            list(client.end_of_day.run_end_of_day())
            threads = [*crowd.at_work(client, name, CALLERS), closing(client)]
            time.sleep(self.chance.uniform(0.05, 1.5))
            if "database" in kind:
                process.kill_database()
            if kind in ("backend", "closer"):
                self._kill_one(process, kind)
                time.sleep(self.chance.uniform(0.0, 0.5))
            process.kill()
            for thread in threads:
                thread.join(90)
                assert not thread.is_alive()
        crowd.errors.clear()
        self.killed[kind] += 1

    def _kill_one(self, process: Process, kind: str) -> None:
        """SIGKILL to some back-end of the database, or to some closing process."""
        mark = b"postgres: " if kind == "backend" else b"spawn_main"
        found = []
        for folder in Path("/proc").iterdir():
            with suppress(OSError, ValueError):
                words = (folder / "cmdline").read_bytes()
                if mark in words and process.process.pid in above(int(folder.name)):
                    found.append(int(folder.name))
        if found:
            with suppress(ProcessLookupError):
                os.kill(self.chance.choice(sorted(found)), signal.SIGKILL)

    def _look(self) -> None:
        """The rows themselves: once each, balanced, sealed in order."""
        with start(self.folder) as database:
            require_sound(database.dsn)


def main() -> None:
    """Arguments: kills, minutes at most, seed."""
    kills, minutes, seed = (int(text) for text in sys.argv[1:4])
    folder = Path(tempfile.mkdtemp(prefix="loanledger-soak-"))
    soak, begun = Soak(folder, random.Random(seed)), time.monotonic()
    print(f"seed {seed}; {kills} kills or {minutes} minutes")
    soak.run(kills, minutes * 60)
    shutil.rmtree(folder, ignore_errors=True)
    took = (time.monotonic() - begun) / 60
    print(f"{sum(soak.killed.values())} kills in {took:.1f} minutes: {dict(soak.killed)}")
    print(
        f"{soak.acknowledged} commands acknowledged, {len(soak.loans)} loans, {soak.days} days"
        f" closed; {soak.checked} full-book checks, no difference"
    )


if __name__ == "__main__":
    main()
