"""One run: a schedule from a seed, faults amid the channels' work, a check after each round."""

from __future__ import annotations

import random
import sys
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from loanledger import Client, LoanLedgerError, decimal_, minor, money
from loanledger.v1 import party_service_pb2
from tests.chaos.channels import Channel, Record, ask
from tests.chaos.fault import Fault
from tests.chaos.faults import KINDS
from tests.chaos.model import Shown, Told, faults
from tests.chaos.stage import Stage
from tests.chaos.versions import UPGRADE
from tests.promises.soundness import require_sound
from tests.server.desk import product_terms

CHANNELS, LOANS, ROUND = 6, 24, 8
SETTLE_SECONDS = 90


class Violated(Exception):
    """Something that must hold does not; the text says what."""


@dataclass
class Run:
    """What was done and checked so far; `found` are violations, `note` says what happens."""

    stage: Stage
    seed: int
    note: Callable[[str], None]
    record: Record = field(default_factory=Record)
    done: Counter[str] = field(default_factory=Counter)
    loans: list[str] = field(default_factory=list)
    checks: int = 0

    def go(self, plan: Sequence[Fault], until: float) -> None:
        """Rounds of faults with a check after each, until the plan or the time is at its end."""
        self.begin()
        rounds = [plan[n : n + ROUND] for n in range(0, len(plan), ROUND)]
        for number, some in enumerate(rounds):
            with self.at_work(number):
                for fault in some:
                    self.note(f"{fault.kind} ({self.stage.nodes[fault.node].name})")
                    KINDS[fault.kind](self.stage, self.stage.nodes[fault.node], fault)
                    self.done[fault.kind] += 1
                    time.sleep(0.1)
                self.stage.restore()
            self.check()
            if time.monotonic() > until:
                break
        require_sound(self.stage.dsn)

    def begin(self) -> None:
        """Lends, and checks that all is well."""
        with self._client() as client:
            self._lend(client)
        self.check()

    def _client(self) -> Client:
        return self.stage.client(0, timeout=60, retries=2)

    def _lend(self, client: Client) -> None:
        terms = product_terms()
        client.products.publish_product(
            code="plain", title="Plain", terms=terms, request_id="set-up-product"
        )
        for number in range(LOANS):
            name = f"set-up-{number}"
            person = party_service_pb2.Party(kind="PARTY_KIND_PERSON", display_name="P")
            party = client.parties.create_party(party=person, request_id=f"{name}-party").name
            loan = client.loans.open_loan(
                party=party,
                product="books/main/products/plain",
                amount=money(str(1000 * (number + 1)), "CNY"),
                annual_rate=decimal_("0.06"),
                instalments=3 + number,
                request_id=f"{name}-open",
            ).name
            client.loans.approve_loan(name=loan, request_id=f"{name}-approve")
            client.loans.disburse_loan(name=loan, request_id=f"{name}-disburse")
            self.loans.append(loan)

    @contextmanager
    def at_work(self, number: int) -> Iterator[None]:
        """Channels, a close and somebody who takes checkpoints, beside the block."""
        stopping = threading.Event()
        channels = [
            Channel(self.stage, self.record, self.loans, n, self.seed * 1000 + number, stopping)
            for n in range(CHANNELS)
        ]
        others = (self._close, self._witness)
        threads = [
            *(threading.Thread(target=channel.run) for channel in channels),
            *(threading.Thread(target=one, args=(stopping,)) for one in others),
        ]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            stopping.set()
            for thread in threads:
                thread.join(SETTLE_SECONDS)
                if thread.is_alive():
                    raise Violated(f"a call did not end: {_place(thread)}")

    def _close(self, stopping: threading.Event) -> None:
        """Closes date after date, on one server and then the other."""
        number = 0
        while not stopping.is_set():
            number += 1
            with suppress(LoanLedgerError), self.stage.client(number, timeout=30) as client:
                list(client.end_of_day.run_end_of_day())
            stopping.wait(0.5)

    def _witness(self, stopping: threading.Event) -> None:
        """Takes checkpoints as an auditor does, and keeps them."""
        number = 0
        while not stopping.is_set():
            number += 1
            with suppress(LoanLedgerError), self.stage.client(number, timeout=10) as client:
                taken = client.audit.create_checkpoint()
                self.record.checkpoints.append((taken.size, taken.root))
            stopping.wait(0.3)

    def check(self) -> None:
        """Settles what is unknown; holds all against the model and the full-book check."""
        deadline = time.monotonic() + SETTLE_SECONDS
        with self._client() as client:
            while pending := self.record.pending():
                for command in pending:
                    ask(client, self.record, command)
                if time.monotonic() > deadline:
                    first = pending[0]
                    raise Violated(f"{first.request_id} is not settled: {first.error}")
            if self.record.defects:
                raise Violated("; ".join(self.record.defects[:5]))
            wrong = list(faults(self._told(), self._shown(client)))
            for step in client.ledger.verify_ledger():
                wrong += [f"{one.resource} {one.figure}" for one in step.found]
            if not client.reports.get_tie_out().tied:
                wrong.append("control accounts are not the sums of their loans")
            if client.end_of_day.get_end_of_day().loans_set_aside:
                wrong.append("a loan was set aside")
        if wrong:
            raise Violated("; ".join(wrong[:5]))
        self.checks += 1

    def _told(self) -> list[Told]:
        set_up = [f"set-up-{n}-{what}" for n in range(LOANS) for what in _SET_UP]
        return [
            *(Told(name, "set-up", "done", "") for name in ("set-up-product", *set_up)),
            *(
                Told(c.request_id, c.kind, c.state, c.event, **c.facts)
                for c in self.record.commands.values()
            ),
        ]

    def _shown(self, client: Client) -> Shown:
        """What the API shows now; nobody is at work."""
        taken = client.audit.create_checkpoint()
        self.record.checkpoints.append((taken.size, taken.root))
        stream = b"".join(part.chunk for part in client.audit.export_history())
        balances = client.ledger.list_balances().balances
        loans = {
            loan.name.rpartition("/")[2]: _parts(loan.balance)
            for loan in client.loans.list_loans.iterate()
        }
        return Shown(
            stream.splitlines(),
            {b.account: (minor(b.debit), minor(b.credit)) for b in balances},
            loans,
            self.record.checkpoints,
        )


_SET_UP = ("party", "open", "approve", "disburse")


def _parts(found: Any) -> dict[str, int]:
    named = {member.name: minor(value) for member, value in found.ListFields()}
    return {name: amount for name, amount in named.items() if amount}


def _place(thread: threading.Thread) -> str:
    """Where a thread is."""
    frame = sys._current_frames().get(thread.ident or 0)
    return "".join(traceback.format_stack(frame)[-6:]) if frame else "gone"


def plan(seed: int, count: int, kinds: Sequence[str]) -> list[Fault]:
    """So many faults in an order that the seed alone decides; every kind comes as often.

    An upgrade comes once, and first: what follows is done to the present version.
    """
    chance = random.Random(seed)
    order = [UPGRADE] if UPGRADE in kinds else []
    others = [kind for kind in kinds if kind != UPGRADE]
    while len(order) < count and others:
        order += chance.sample(others, len(others))
    return [Fault(kind, chance.randrange(2), chance.random()) for kind in order[:count]]
