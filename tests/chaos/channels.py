"""Channels at work, and their own record of what they asked and were told."""

from __future__ import annotations

import json
import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from google.protobuf.message import Message

from loanledger import Client, LoanLedgerError, money
from loanledger.v1 import ledger_service_pb2 as lg
from loanledger.v1 import loan_service_pb2 as ln
from tests.chaos.stage import Stage
from tests.server.desk import BOOK, pair

#: Answers that say for certain that nothing was done.
REFUSALS = frozenset({"INVALID_ARGUMENT", "FAILED_PRECONDITION", "NOT_FOUND", "OUT_OF_RANGE"})
#: Answers that no fault excuses.
DEFECTS = frozenset({"UNKNOWN", "INTERNAL", "DATA_LOSS", "UNIMPLEMENTED", "ALREADY_EXISTS"})


@dataclass
class Command:
    """What a channel asked for: `kind` and `facts` are what the checker looks for."""

    request_id: str
    kind: str
    facts: dict[str, Any]
    method: Callable[[Client], Callable[[Any], Message]]
    request: Any
    state: str = "unknown"
    event: str = ""
    error: str = ""


@dataclass
class Record:
    """All commands by request id, checkpoints as they were handed out, and defects."""

    commands: dict[str, Command] = field(default_factory=dict)
    checkpoints: list[tuple[int, str]] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)
    codes: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def told(self, command: Command, event: str) -> None:
        """An answer: the same one each time it is asked for."""
        with self.lock:
            self.codes["OK"] += 1
            if command.state == "refused" or command.event not in ("", event):
                self.defects.append(
                    f"{command.request_id}: told {event}, before {command.state} {command.event}"
                )
            command.state, command.event = "done", event

    def failed(self, command: Command, error: LoanLedgerError) -> None:
        """An error: certain or not."""
        code = error.code.name
        with self.lock:
            self.codes[code] += 1
            command.error = f"{code} {error.message}"
            if code in DEFECTS:
                self.defects.append(f"{command.request_id}: {code} {error.message}")
            elif code in REFUSALS and command.state == "done":
                self.defects.append(f"{command.request_id}: {code} after it was done")
            elif code in REFUSALS:
                command.state = "refused"

    def pending(self) -> list[Command]:
        """Commands that nobody knows the end of."""
        return [c for c in list(self.commands.values()) if c.state == "unknown"]

    def lines(self) -> str:
        """The record as JSON lines, to be kept when something is wrong."""
        rows = (
            {"id": c.request_id, "kind": c.kind, "state": c.state, "event": c.event, **c.facts}
            for c in self.commands.values()
        )
        return "".join(json.dumps(row) + "\n" for row in rows)


@dataclass
class Channel:
    """One caller: what it asks comes from its own seed, whatever happens around it.

    The first one is an old application: it knows the first contract and nothing of what came later.
    """

    stage: Stage
    record: Record
    loans: list[str]
    number: int
    seed: int
    stopping: threading.Event
    asked: int = 0

    def run(self) -> None:
        """Asks until it is told to stop; each end of a call is recorded."""
        chance = random.Random(f"{self.seed}-{self.number}")
        first = self.number == 0
        clients = [self.stage.client(self.number + n, timeout=5, first=first) for n in (0, 1)]
        hasty = [self.stage.client(self.number, timeout=seconds) for seconds in (0.002, 0.01, 0.03)]
        while not self.stopping.is_set():
            client = clients[chance.random() < 0.1]
            draw = chance.random()
            if draw < 0.08 and (known := list(self.record.commands.values())):
                ask(client, self.record, chance.choice(known))
                continue
            command = self._command(chance)
            self.record.commands[command.request_id] = command
            if draw < 0.16:
                both = [
                    threading.Thread(target=ask, args=(one, self.record, command))
                    for one in clients
                ]
                for thread in both:
                    thread.start()
                for thread in both:
                    thread.join()
            elif draw < 0.24:
                ask(chance.choice(hasty), self.record, command)
            elif not ask(client, self.record, command):
                time.sleep(chance.uniform(0, 0.1))
        for client in [*clients, *hasty]:
            client.close()

    def _command(self, chance: random.Random) -> Command:
        self.asked += 1
        name = f"c{self.seed}-{self.number}-{self.asked}"
        amount = chance.randint(1, 99_999)
        text = f"{amount // 100}.{amount % 100:02d}"
        draw = chance.random()
        if draw < 0.45:
            journal = lg.PostJournalRequest(parent=BOOK, request_id=name, entries=pair(text))
            facts: dict[str, Any] = {"amount": amount}
            return Command(name, "journal", facts, lambda c: c.ledger.post_journal, journal)
        loan = chance.choice(self.loans)
        done = [c for c in list(self.record.commands.values()) if c.kind == "repayment" and c.event]
        if draw < 0.55 and done:
            undone = chance.choice(done)
            return Command(
                name,
                "reversal",
                {"loan": undone.facts["loan"], "reverses": undone.event},
                lambda c: c.loans.reverse_loan_event,
                ln.ReverseLoanEventRequest(event=undone.event, request_id=name, reason="bounced"),
            )
        repayment = ln.RepayLoanRequest(name=loan, request_id=name, amount=money(text, "CNY"))
        facts = {"amount": amount, "loan": loan}
        return Command(name, "repayment", facts, lambda c: c.loans.repay_loan, repayment)


def ask(client: Client, record: Record, command: Command) -> bool:
    """Asks for a command, the first time or again, and records what comes of it."""
    try:
        answer = command.method(client)(command.request)
    except LoanLedgerError as error:
        record.failed(command, error)
        return False
    record.told(command, event_of(answer))
    return True


def event_of(answer: Any) -> str:
    """The name of the event that an answer tells of."""
    if hasattr(answer, "transaction"):
        return str(answer.transaction.event)
    return str(answer.event)
