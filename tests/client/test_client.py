"""The surface of both clients: what the contract has, filled in, over pages, with typed streams."""

from typing import Any

import grpc
import pytest

from loanledger import AsyncClient, Client, iterate
from loanledger import aio as aio_module
from loanledger.methods import Method, Service
from loanledger.v1 import (
    access_service_pb2,
    approval_service_pb2,
    audit_service_pb2,
    calendar_service_pb2,
    collateral_service_pb2,
    compliance_service_pb2,
    end_of_day_service_pb2,
    ledger_service_pb2,
    loan_service_pb2,
    party_service_pb2,
    product_service_pb2,
    rate_service_pb2,
    report_service_pb2,
    risk_service_pb2,
    rule_service_pb2,
)
from tests.client.fake import METHODS, Fake, in_turn, status

FILES = (
    access_service_pb2,
    approval_service_pb2,
    audit_service_pb2,
    calendar_service_pb2,
    collateral_service_pb2,
    compliance_service_pb2,
    end_of_day_service_pb2,
    ledger_service_pb2,
    loan_service_pb2,
    party_service_pb2,
    product_service_pb2,
    rate_service_pb2,
    report_service_pb2,
    risk_service_pb2,
    rule_service_pb2,
)
CONTRACT = {
    f"/{service.full_name}/{rpc.name}": rpc
    for file in FILES
    for service in file.DESCRIPTOR.services_by_name.values()
    for rpc in service.methods
}


def test_every_rpc_of_the_contract_is_a_method_and_nothing_else_is() -> None:
    assert METHODS.keys() == CONTRACT.keys()


@pytest.mark.parametrize("path", sorted(CONTRACT))
def test_a_method_has_the_contracts_messages_and_kind(path: str) -> None:
    rpc, method = CONTRACT[path], METHODS[path]
    assert method.request.DESCRIPTOR is rpc.input_type
    assert method.response.DESCRIPTOR is rpc.output_type
    assert method.kind == _kind(rpc)
    if method.kind == "paged":
        assert type(next(iter(_one_item(method)))) is method.item  # type: ignore[attr-defined]


def _kind(rpc: Any) -> str:
    if rpc.client_streaming:
        return "exchange"
    if rpc.server_streaming:
        return "stream"
    return "paged" if "next_page_token" in rpc.output_type.fields_by_name else "unary"


def _one_item(method: Method[Any, Any, Any]) -> Any:
    response = method.response()
    method.items(response).add()
    return method.items(response)


def test_both_clients_have_all_services() -> None:
    names = ("ledger", "products", "parties", "loans", "end_of_day", "audit", "reports")
    with Client("localhost:1") as client:
        for name in names:
            assert isinstance(getattr(client, name), Service)


def test_the_book_is_filled_in_where_it_is_left_out(fake: Fake) -> None:
    fake.answers["ListLoans"] = in_turn(loan_service_pb2.ListLoansResponse())
    with Client(fake.target, book="north") as client:
        client.loans.list_loans()
        client.loans.list_loans(parent="books/south")
    assert [request.parent for request in fake.asked] == ["books/north", "books/south"]


def test_a_parent_that_is_a_loan_is_not_filled_in(fake: Fake, client: Client) -> None:
    fake.answers["ListTransactions"] = in_turn(loan_service_pb2.ListTransactionsResponse())
    client.loans.list_transactions()
    assert fake.asked[0].parent == ""


def test_the_token_and_the_user_agent_go_with_each_call(fake: Fake, client: Client) -> None:
    fake.answers["GetLoan"] = in_turn(loan_service_pb2.Loan())
    client.loans.get_loan(name="x")
    assert fake.metadata[0]["authorization"] == "Bearer t0ken"
    assert fake.metadata[0]["user-agent"].startswith("loanledger-python/")


def test_a_token_can_be_asked_for_anew_at_each_attempt(fake: Fake) -> None:
    fake.answers["GetLoan"] = in_turn(
        status(grpc.StatusCode.UNAVAILABLE, "down"), loan_service_pb2.Loan()
    )
    tokens = iter(["first", "second"])
    with Client(fake.target, token=lambda: next(tokens)) as client:
        client.loans.get_loan(name="x")
    assert [m["authorization"] for m in fake.metadata] == ["Bearer first", "Bearer second"]


def test_other_options_share_the_channel(fake: Fake, client: Client) -> None:
    fake.answers["ListLoans"] = in_turn(loan_service_pb2.ListLoansResponse())
    other = client.with_options(book="south")
    other.loans.list_loans()
    client.loans.list_loans()
    assert [request.parent for request in fake.asked] == ["books/south", "books/main"]
    assert other.transport.channel is client.transport.channel


def test_a_wrong_message_and_a_wrong_field_are_refused(client: Client) -> None:
    with pytest.raises(TypeError, match="GetLoanRequest"):
        client.loans.get_loan(loan_service_pb2.Loan())  # type: ignore[call-overload]
    with pytest.raises(ValueError, match="nam"):
        client.loans.get_loan(nam="x")  # type: ignore[call-overload]


def pages(request: Any, _: Any) -> loan_service_pb2.ListLoansResponse:
    """Three pages of two loans."""
    page = int(request.page_token or 0)
    loans = [loan_service_pb2.Loan(name=f"{request.party}{2 * page + n}") for n in (0, 1)]
    token = str(page + 1) if page < 2 else ""
    return loan_service_pb2.ListLoansResponse(loans=loans, next_page_token=token)


def test_items_come_from_all_pages(fake: Fake, client: Client) -> None:
    fake.answers["ListLoans"] = pages
    request = loan_service_pb2.ListLoansRequest(party="p")
    assert [loan.name for loan in iterate(client.loans.list_loans, request)] == [
        f"p{number}" for number in range(6)
    ]
    assert len(list(client.loans.list_loans.iterate(party="p"))) == 6
    assert request.page_token == ""


def test_pages_are_fetched_as_they_are_needed(fake: Fake, client: Client) -> None:
    fake.answers["ListLoans"] = pages
    next(iterate(client.loans.list_loans))
    assert len(fake.asked) == 1


def test_batches_are_exchanged_in_order(fake: Fake, client: Client) -> None:
    def exchange(requests: Any, _: Any) -> Any:
        for batch in requests:
            results = [{"journal": item.reference} for item in batch.requests]
            yield ledger_service_pb2.BatchPostJournalsResponse(results=results)

    fake.answers["StreamPostJournals"] = exchange
    batches = (
        ledger_service_pb2.BatchPostJournalsRequest(requests=[{"reference": name}])
        for name in "abc"
    )
    answers = client.ledger.stream_post_journals(batches)
    assert [answer.results[0].journal for answer in answers] == ["a", "b", "c"]


def test_leaving_a_stream_early_cancels_the_call(fake: Fake, client: Client) -> None:
    ended: list[bool] = []

    def endless(_: Any, context: grpc.ServicerContext) -> Any:
        context.add_callback(lambda: ended.append(True))
        while context.is_active():
            yield end_of_day_service_pb2.EndOfDayProgress()

    fake.answers["RunEndOfDay"] = endless
    steps = client.end_of_day.run_end_of_day()
    next(steps)
    steps.close()  # type: ignore[attr-defined]
    fake.answers["GetLoan"] = in_turn(loan_service_pb2.Loan())
    for _ in range(50):
        client.loans.get_loan(name="x")
    assert ended == [True]


async def test_the_async_client_retries_with_the_same_request_id(fake: Fake) -> None:
    down = status(grpc.StatusCode.UNAVAILABLE, "down")
    fake.answers["RepayLoan"] = in_turn(down, down, loan_service_pb2.LoanCommandResponse())
    async with AsyncClient(fake.target, token="t0ken") as client:
        await client.loans.repay_loan(name="x")
    assert len({request.request_id for request in fake.asked}) == 1
    assert len(fake.asked) == 3
    assert fake.metadata[0]["authorization"] == "Bearer t0ken"


async def test_the_async_client_pages_and_streams(fake: Fake) -> None:
    fake.answers["ListLoans"] = pages
    fake.answers["RunEndOfDay"] = lambda *_: iter([end_of_day_service_pb2.EndOfDayProgress()] * 3)
    async with AsyncClient(fake.target) as client:
        items = [loan async for loan in aio_module.iterate(client.loans.list_loans, party="p")]
        assert [loan.name for loan in items] == [f"p{number}" for number in range(6)]
        assert len([step async for step in client.end_of_day.run_end_of_day()]) == 3


async def test_the_async_client_exchanges_and_raises_typed_errors(fake: Fake) -> None:
    def exchange(requests: Any, _: Any) -> Any:
        for _batch in requests:
            yield ledger_service_pb2.BatchPostJournalsResponse()

    fake.answers["StreamPostJournals"] = exchange
    fake.answers["GetLoan"] = in_turn(status(grpc.StatusCode.NOT_FOUND, "no such loan"))
    batch = ledger_service_pb2.BatchPostJournalsRequest()
    async with AsyncClient(fake.target, timeout=5) as client:
        assert len([a async for a in client.ledger.stream_post_journals([batch, batch])]) == 2
        with pytest.raises(Exception, match="no such loan"):
            await client.loans.get_loan(name="x")


async def test_the_async_client_leaves_at_the_deadline(fake: Fake) -> None:
    fake.answers["GetLoan"] = in_turn(status(grpc.StatusCode.UNAVAILABLE, "down"))
    async with AsyncClient(fake.target, timeout=0.3, retries=100) as client:
        with pytest.raises(Exception, match="down"):
            await client.loans.get_loan(name="x")
    assert len(fake.asked) < 10
