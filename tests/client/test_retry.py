"""Calls are tried again with the same request id, within the deadline."""

import time
from typing import Any

import grpc
import pytest

from loanledger import Aborted, Client, DeadlineExceeded, InvalidArgument, Unavailable, money
from loanledger.v1 import end_of_day_service_pb2, ledger_service_pb2, loan_service_pb2
from tests.client.fake import Fake, fail, in_turn, info, retry_after, status

DONE = loan_service_pb2.LoanCommandResponse(loan=loan_service_pb2.Loan(name="books/main/loans/1"))
DOWN = status(grpc.StatusCode.UNAVAILABLE, "restarting")
BUSY = status(grpc.StatusCode.ABORTED, "still running", info("CONFLICT"))
FULL = status(grpc.StatusCode.RESOURCE_EXHAUSTED, "no room", info("OVERLOADED"))
LATE = status(grpc.StatusCode.DEADLINE_EXCEEDED, "too slow")


def repay(client: Client, **more: Any) -> loan_service_pb2.LoanCommandResponse:
    return client.loans.repay_loan(name="books/main/loans/1", amount=money("10.00", "CNY"), **more)


@pytest.mark.parametrize("failure", [DOWN, BUSY, FULL, LATE])
def test_two_failures_and_a_success_share_one_request_id(
    fake: Fake, client: Client, failure: Any
) -> None:
    fake.answers["RepayLoan"] = in_turn(failure, failure, DONE)
    assert repay(client) == DONE
    ids = [request.request_id for request in fake.asked]
    assert len(ids) == 3
    assert len(set(ids)) == 1
    assert len(ids[0]) == 32


def test_each_call_has_its_own_request_id_and_the_callers_message_stays_as_it_is(
    fake: Fake, client: Client
) -> None:
    fake.answers["RepayLoan"] = in_turn(DONE)
    request = loan_service_pb2.RepayLoanRequest(name="books/main/loans/1")
    client.loans.repay_loan(request)
    client.loans.repay_loan(request)
    assert request.request_id == ""
    assert len({asked.request_id for asked in fake.asked}) == 2


def test_a_given_request_id_is_kept(fake: Fake, client: Client) -> None:
    fake.answers["RepayLoan"] = in_turn(DOWN, DONE)
    repay(client, request_id="mine")
    assert [request.request_id for request in fake.asked] == ["mine", "mine"]


def test_every_item_of_a_batch_gets_a_book_and_an_id_that_a_retry_keeps(
    fake: Fake, client: Client
) -> None:
    fake.answers["BatchPostJournals"] = in_turn(
        DOWN, ledger_service_pb2.BatchPostJournalsResponse()
    )
    client.ledger.batch_post_journals(requests=[{"reference": "a"}, {"reference": "b"}])
    first, second = ([item.request_id for item in asked.requests] for asked in fake.asked)
    assert first == second
    assert len(set(first)) == 2
    assert [item.parent for item in fake.asked[0].requests] == ["books/main"] * 2


def test_what_cannot_succeed_is_not_tried_again(fake: Fake, client: Client) -> None:
    fake.answers["RepayLoan"] = in_turn(status(grpc.StatusCode.INVALID_ARGUMENT, "no"))
    with pytest.raises(InvalidArgument):
        repay(client)
    assert len(fake.asked) == 1


def test_a_message_that_is_too_large_is_not_sent_again(fake: Fake, client: Client) -> None:
    fake.answers["RepayLoan"] = in_turn(
        status(grpc.StatusCode.RESOURCE_EXHAUSTED, "Sent message larger than max (9 vs. 8)")
    )
    with pytest.raises(Exception, match="larger than max"):
        repay(client)
    assert len(fake.asked) == 1


def test_the_number_of_attempts_is_limited(fake: Fake) -> None:
    fake.answers["RepayLoan"] = in_turn(BUSY)
    with Client(fake.target, retries=2) as client, pytest.raises(Aborted) as caught:
        repay(client)
    assert len(fake.asked) == 3
    assert caught.value.request_id == fake.asked[0].request_id


def test_a_server_that_is_silent_is_left_at_the_deadline(fake: Fake) -> None:
    def silent(_: Any, __: grpc.ServicerContext) -> Any:
        time.sleep(2)
        return DONE

    fake.answers["RepayLoan"] = silent
    began = time.monotonic()
    with Client(fake.target, timeout=0.4) as client, pytest.raises(DeadlineExceeded) as caught:
        repay(client)
    assert time.monotonic() - began < 1.5
    assert caught.value.request_id == fake.asked[0].request_id


def test_retries_end_at_the_deadline(fake: Fake) -> None:
    fake.answers["RepayLoan"] = in_turn(DOWN)
    began = time.monotonic()
    with Client(fake.target, timeout=0.5, retries=100) as client, pytest.raises(Unavailable):
        repay(client)
    assert time.monotonic() - began < 1
    assert 1 < len(fake.asked) < 10


def test_a_silent_attempt_can_be_cut_short_and_made_again(fake: Fake) -> None:
    def slow_once(_: Any, __: grpc.ServicerContext) -> Any:
        if len(fake.asked) == 1:
            time.sleep(1)
        return DONE

    fake.answers["RepayLoan"] = slow_once
    with Client(fake.target, timeout=5, attempt_timeout=0.2) as client:
        assert repay(client) == DONE
    assert len({request.request_id for request in fake.asked}) == 1


def test_the_servers_hint_is_waited_for(fake: Fake, client: Client) -> None:
    busy = status(grpc.StatusCode.ABORTED, "still running", retry_after(0.6))
    fake.answers["RepayLoan"] = in_turn(busy, DONE)
    began = time.monotonic()
    repay(client)
    assert 0.6 <= time.monotonic() - began < 1.5


def test_a_hint_beyond_the_deadline_ends_the_call_at_once(fake: Fake) -> None:
    busy = status(grpc.StatusCode.ABORTED, "still running", retry_after(0.9))
    fake.answers["RepayLoan"] = in_turn(busy)
    began = time.monotonic()
    with Client(fake.target, timeout=0.8) as client, pytest.raises(Aborted):
        repay(client)
    assert time.monotonic() - began < 0.6


def test_a_server_that_is_not_there_yet_is_waited_for() -> None:
    with (
        Client("127.0.0.1:1", timeout=0.5) as client,
        pytest.raises(Unavailable, match="connect"),
    ):
        repay(client)


def test_a_stream_is_tried_again_while_nothing_was_received(fake: Fake, client: Client) -> None:
    def stream(_: Any, context: grpc.ServicerContext) -> Any:
        if len(fake.asked) < 3:
            fail(context, DOWN)
        yield end_of_day_service_pb2.EndOfDayProgress(finished=True)

    fake.answers["RunEndOfDay"] = stream
    assert [step.finished for step in client.end_of_day.run_end_of_day()] == [True]
    assert len(fake.asked) == 3


def test_a_stream_that_breaks_after_its_first_message_is_an_error(
    fake: Fake, client: Client
) -> None:
    def stream(_: Any, context: grpc.ServicerContext) -> Any:
        yield end_of_day_service_pb2.EndOfDayProgress(stripes_done=1)
        fail(context, DOWN)

    fake.answers["RunEndOfDay"] = stream
    steps = client.end_of_day.run_end_of_day()
    assert next(steps).stripes_done == 1
    with pytest.raises(Unavailable):
        next(steps)
    assert len(fake.asked) == 1
