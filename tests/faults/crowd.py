"""Clients at work with their own record of what they asked and what they were told."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from google.protobuf.message import Message

from loanledger import Client, LoanLedgerError, money
from loanledger.v1 import ledger_service_pb2 as lg
from loanledger.v1 import loan_service_pb2 as ln
from tests.server.desk import BOOK, pair

Call = Callable[[Client], Callable[[Any], Message]]


@dataclass(frozen=True)
class Asked:
    """A request with the call that takes it."""

    call: Call
    request: Any


@dataclass
class Crowd:
    """Requests by id, and the answers; what has no answer may have happened or not."""

    loans: list[str]
    asked: dict[str, Asked] = field(default_factory=dict)
    told: dict[str, Message] = field(default_factory=dict)
    errors: list[LoanLedgerError] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)

    @property
    def unknown(self) -> list[str]:
        """Ids that nobody got an answer to."""
        return sorted(self.asked.keys() - self.told.keys())

    @property
    def acknowledged(self) -> int:
        """The answers so far."""
        return len(self.told)

    def at_work(self, client: Client, name: str, callers: int) -> list[threading.Thread]:
        """Callers that go on until a call fails or they are told to stop."""
        threads = [
            threading.Thread(target=self._work, args=(client, f"{name}-{n}"))
            for n in range(callers)
        ]
        for thread in threads:
            thread.start()
        return threads

    def ask(self, client: Client, request_id: str) -> Message:
        """Asks for an id, again or for the first time."""
        wanted = self.asked[request_id]
        return wanted.call(client)(wanted.request)

    def some_requests(self, name: str, count: int) -> Iterator[tuple[str, Asked]]:
        """The first requests of a caller."""
        return islice(self._requests(name), count)

    def _work(self, client: Client, name: str) -> None:
        for request_id, asked in self._requests(name):
            if self.stopping.is_set():
                return
            self.asked[request_id] = asked
            try:
                self.told[request_id] = self.ask(client, request_id)
            except LoanLedgerError as error:
                self.errors.append(error)
                return

    def _requests(self, name: str) -> Iterator[tuple[str, Asked]]:
        """Journals and repayments by turns, without end."""
        number = 0
        while True:
            number += 1
            request_id = f"{name}-{number}"
            if number % 2:
                journal = lg.PostJournalRequest(
                    parent=BOOK, request_id=request_id, entries=pair("1.00")
                )
                yield request_id, Asked(lambda client: client.ledger.post_journal, journal)
            else:
                loan = self.loans[number // 2 % len(self.loans)]
                repayment = ln.RepayLoanRequest(
                    name=loan, request_id=request_id, amount=money("1.00", "CNY")
                )
                yield request_id, Asked(lambda client: client.loans.repay_loan, repayment)


def closing(client: Client) -> threading.Thread:
    """Closes business dates one after the other until the server is gone."""

    def close() -> None:
        with suppress(LoanLedgerError):
            while True:
                list(client.end_of_day.run_end_of_day())

    thread = threading.Thread(target=close)
    thread.start()
    return thread
