"""Requests that must be refused: sent as they are over a real socket, and judged by their error."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import grpc
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from google.type import money_pb2

from loanledger import LoanLedgerError, date_of, money, new_request_id
from loanledger.errors import from_rpc
from loanledger.v1 import ledger_service_pb2 as lg
from loanledger.v1 import loan_service_pb2 as ln
from server.app import SERVICES
from tests.server.desk import BOOK, Desk, pair

#: The business date of the stock; January 2024 is closed in it, and the book opened on the 15th.
TODAY = "2024-03-10"
METHODS = [
    method
    for module, name, _ in SERVICES
    for method in module.DESCRIPTOR.services_by_name[name].methods
]


@dataclass(frozen=True)
class Stock:
    """A book with a loan in each status, to err against."""

    desk: Desk
    applied: str
    approved: str
    active: str
    repaid: str
    written_off: str
    closed: str
    party: str
    journal: str
    reversed: str
    disbursement: str

    def latest(self) -> str:
        """An event since the last close, which sealed all before it."""
        listed = self.desk.client.audit.list_events.iterate(subject=self.approved)
        return list(listed)[-1].name


@dataclass(frozen=True)
class Bad:
    """A request and what must be answered: status, reason, and every violated field."""

    title: str
    ask: Callable[[Stock], Message]
    code: str = "INVALID_ARGUMENT"
    reason: str = "INVALID_INPUT"
    fields: str = ""

    def __str__(self) -> str:
        return self.title


def stocked(desk: Desk) -> Stock:
    """Fills a book."""
    loans, product = desk.client.loans, desk.publish()
    for code, currency in (("euro", "EUR"), ("yen", "JPY"), ("dinar", "KWD")):
        desk.publish(code, currency)
    active, repaid, written, closed = (desk.lent(product, "1200") for _ in range(4))
    paid = [loans.pay_off_loan(name=name, amount=cny("1200")) for name in (repaid, closed)]
    assert all(each.loan.status == ln.LOAN_STATUS_REPAID for each in paid)
    loans.close_loan(name=closed)
    loans.write_off_loan(name=written, reason="lost")
    journals = [desk.client.ledger.post_journal(entries=pair("5")).name for _ in range(2)]
    desk.client.ledger.reverse_journal(name=journals[1], reason="typed twice")
    desk.go_to(TODAY)
    desk.client.ledger.close_period(name=f"{BOOK}/periods/2024-01")
    first = loans.list_transactions(parent=active).transactions[2].event
    applied, approved = desk.applied(product, "1200").name, desk.approved(product, "1200")
    party = loans.get_loan(name=active).party
    return Stock(desk, applied, approved, active, repaid, written, closed, party, *journals, first)


def asked(kind: type[Message], **fields: Any) -> Message:
    """A request with the book and a new request id, unless they are given."""
    names = kind.DESCRIPTOR.fields_by_name
    if "parent" in names and kind is not ln.ListTransactionsRequest:
        fields.setdefault("parent", BOOK)
    if "request_id" in names:
        fields.setdefault("request_id", new_request_id())
    return kind(**fields)


def cny(text: str) -> money_pb2.Money:
    """Yuan."""
    return money(text, "CNY")


def raw(units: int = 0, nanos: int = 0, currency: str = "CNY") -> money_pb2.Money:
    """Money as it may come over the wire, right or wrong."""
    return money_pb2.Money(currency_code=currency, units=units, nanos=nanos)


def repay(amount: money_pb2.Money | None, **fields: Any) -> Callable[[Stock], Message]:
    """A repayment of the active loan."""
    return lambda stock: asked(
        ln.RepayLoanRequest, **{"name": stock.active, "amount": amount} | fields
    )


def post(*entries: lg.Entry, **fields: Any) -> Callable[[Stock], Message]:
    """A manual journal."""
    legs = entries or tuple(pair("5"))
    return lambda stock: asked(lg.PostJournalRequest, **{"entries": legs} | fields)


def day(text: str) -> Any:
    """A date."""
    return date_of(text)


def path_of(request: Message) -> str:
    """The first RPC that takes this request."""
    found = next(m for m in METHODS if m.input_type.full_name == request.DESCRIPTOR.full_name)
    return f"/{found.containing_service.full_name}/{found.name}"


def answered(
    desk: Desk, path: str, data: bytes, metadata: Any = None, channel: grpc.Channel | None = None
) -> list[Message]:
    """Sends bytes to an RPC of any shape; what comes back, or the error of gRPC."""
    service, name = path.removeprefix("/loanledger.v1.").split("/")
    method = next(m for m in METHODS if (m.containing_service.name, m.name) == (service, name))
    channel = channel or desk.client.transport.channel
    if metadata is None:
        metadata = desk.client.options.metadata()
    parse = GetMessageClass(method.output_type).FromString
    if method.client_streaming:
        call = channel.stream_stream(path, None, parse)
        return list(call(iter([data]), timeout=30, metadata=metadata))
    if method.server_streaming:
        return list(channel.unary_stream(path, None, parse)(data, timeout=30, metadata=metadata))
    return [channel.unary_unary(path, None, parse)(data, timeout=30, metadata=metadata)]


def send(*args: Any, **more: Any) -> LoanLedgerError | None:
    """The same; the error, or None if it was answered."""
    try:
        answered(*args, **more)
    except grpc.RpcError as failure:
        return from_rpc(failure)
    return None


def refusal(desk: Desk, request: Message) -> LoanLedgerError:
    """The error that a request is answered with."""
    error = send(desk, path_of(request), request.SerializeToString())
    assert error is not None, "the request was accepted"
    return error


def judge(stock: Stock, bad: Bad) -> None:
    """The expected error, with all its fields, and not a row written."""
    before = stock.desk.written()
    error = refusal(stock.desk, bad.ask(stock))
    assert (error.code.name, error.reason) == (bad.code, bad.reason), error
    assert {field for field, _ in error.violations} == set(bad.fields.split()), error
    assert stock.desk.written() == before
