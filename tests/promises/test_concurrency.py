"""Promise 3 in a crowd: nothing is lost, nothing is doubled, and everyone hears the same."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import grpc
import pytest

from loanledger import AlreadyExists, money
from loanledger.v1 import ledger_service_pb2 as lg
from loanledger.v1 import loan_service_pb2 as ln
from tests.book import Running, running_server
from tests.promises.soundness import require_sound
from tests.server.desk import BOOK, Desk, pair

CALLERS = 64
T = TypeVar("T")


def at_once(count: int, call: Callable[[int], T]) -> list[T]:
    """All calls leave their starting line together."""
    line = threading.Barrier(count)

    def run(number: int) -> T:
        line.wait(30)
        return call(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def journal(request_id: str, amount: str = "1.00") -> lg.PostJournalRequest:
    """A transfer from cash to capital."""
    return lg.PostJournalRequest(parent=BOOK, request_id=request_id, entries=pair(amount))


def raw(running_target: str, token: str) -> Callable[[lg.PostJournalRequest], bytes]:
    """PostJournal without any client of ours: the answer's very bytes."""
    channel = grpc.insecure_channel(running_target)
    call = channel.unary_unary(
        "/loanledger.v1.LedgerService/PostJournal",
        request_serializer=lg.PostJournalRequest.SerializeToString,
        response_deserializer=None,
    )
    metadata = (("authorization", f"Bearer {token}"),)
    return lambda request: bytes(call(request, metadata=metadata, timeout=60))


def test_64_callers_on_one_account_lose_no_update(desk: Desk) -> None:
    names = at_once(
        CALLERS,
        lambda n: [desk.client.ledger.post_journal(journal(f"hot-{n}-{k}")).name for k in range(5)],
    )
    assert len({name for own in names for name in own}) == CALLERS * 5
    balances = desk.client.ledger.list_balances(accounts=["1001"]).balances
    assert [balance.net for balance in balances] == [money("320.00", "CNY")]
    require_sound(desk.server.dsn)


def test_64_callers_on_one_loan_lose_no_update(desk: Desk) -> None:
    loan = desk.lent(desk.publish(), "1000.00")
    answers = at_once(
        CALLERS,
        lambda n: desk.client.loans.repay_loan(
            name=loan, amount=money("1.00", "CNY"), request_id=f"repay-{n}"
        ),
    )
    assert len({answer.transaction.event for answer in answers}) == CALLERS
    balance = desk.client.loans.get_loan(name=loan).balance
    assert balance.credit == money("64.00", "CNY")
    credits = sorted(answer.loan.balance.credit.units for answer in answers)
    assert credits == list(range(1, CALLERS + 1))
    require_sound(desk.server.dsn)


def test_50_identical_requests_at_once_give_one_posting_and_the_same_bytes(desk: Desk) -> None:
    post = raw(desk.server.target, desk.server.token())
    before = desk.written()
    answers = at_once(50, lambda _: post(journal("the-same")))
    assert len(set(answers)) == 1
    assert lg.Journal.FromString(answers[0]).name
    assert [b - a for a, b in zip(before, desk.written(), strict=True)] == [1, 2, 0, 1, 0, 0, 0, 0]
    assert post(journal("the-same")) == answers[0]


def test_two_servers_of_one_book_do_not_double_what_both_are_asked(
    server: Running, desk: Desk, tmp_path: Path
) -> None:
    with running_server(server.dsn, tmp_path / "server") as other:
        doors = [raw(found.target, server.token()) for found in (server, other)]
        answers = at_once(CALLERS, lambda n: doors[n % 2](journal(f"both-{n // 8}")))
    assert len(set(answers)) == CALLERS // 8
    assert all(len(set(answers[n : n + 8])) == 1 for n in range(0, CALLERS, 8))
    assert desk.rows("select count(*) from ledger.event where request_id like 'both-%%'") == [(8,)]
    require_sound(server.dsn)


def test_a_request_id_used_for_something_else_is_refused_and_names_the_first_event(
    desk: Desk,
) -> None:
    first = desk.client.ledger.post_journal(journal("once", "5.00"))
    with pytest.raises(AlreadyExists) as refused:
        desk.client.ledger.post_journal(journal("once", "6.00"))
    assert refused.value.reason == "REQUEST_ID_REUSED"
    assert first.event.endswith(refused.value.facts["event"])


def test_of_50_different_requests_with_one_id_one_is_recorded_and_the_rest_are_refused(
    desk: Desk,
) -> None:
    loan = desk.lent(desk.publish(), "1000.00")

    def repay(n: int) -> ln.LoanCommandResponse | AlreadyExists:
        paid = money(str(n + 1), "CNY")
        try:
            return desk.client.loans.repay_loan(name=loan, amount=paid, request_id="mine")
        except AlreadyExists as error:
            return error

    answers = at_once(50, repay)
    recorded = [answer for answer in answers if isinstance(answer, ln.LoanCommandResponse)]
    assert len(recorded) == 1
    refused = [answer for answer in answers if isinstance(answer, AlreadyExists)]
    assert {error.reason for error in refused} == {"REQUEST_ID_REUSED"}
    held = desk.client.loans.get_loan(name=loan).balance.credit
    assert held == recorded[0].transaction.amount
