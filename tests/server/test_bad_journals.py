"""Journals, terms and page tokens that are wrong; what is too much; what is not even a message."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from google.protobuf import timestamp_pb2
from google.protobuf.message import Message
from google.type import decimal_pb2

from loanledger import decimal_, new_request_id
from loanledger.v1 import audit_service_pb2 as au
from loanledger.v1 import ledger_service_pb2 as lg
from loanledger.v1 import loan_service_pb2 as ln
from loanledger.v1 import party_service_pb2 as pa
from loanledger.v1 import product_service_pb2 as pr
from tests.server.bad import METHODS, Bad, Stock, asked, cny, judge, post, raw, refusal, repay, send
from tests.server.desk import BOOK, leg, pair, product_terms

MANY = 1001
_D, _C = leg("1001", "D", "5"), leg("4001", "C", "5")

JOURNALS = [
    Bad("no legs", lambda s: asked(lg.PostJournalRequest), fields="entries"),
    Bad("one leg", post(_D), fields="entries"),
    Bad("two legs of one side", post(_D, _D), fields="entries"),
    Bad("unbalanced", post(_D, leg("4001", "C", "4.99")), fields="entries"),
    Bad("balanced over two currencies", post(_D, leg("4001", "C", "5", "EUR")), fields="entries"),
    Bad("1001 legs", post(*[_D] * MANY), fields="entries"),
    Bad("100,000 legs", post(*pair("1") * 50_000), fields="entries"),
    Bad("no side", post(lg.Entry(account="1001", amount=cny("5")), _C), fields="entries[0].side"),
    Bad("unknown side", post(_D, lg.Entry(account="1001", side=7, amount=cny("5"))),
        fields="entries[1].side entries"),
    Bad("server's fields", post(lg.Entry(account="1001", side=1, amount=cny("5"), component=1), _C),
        fields="entries[0]"),
    Bad("no account", post(leg("", "D", "5"), _C), fields="entries[0].account"),
    Bad("long account", post(leg("1" * 21, "D", "5"), _C), fields="entries[0].account"),
    Bad("unknown account", post(leg("7777", "D", "5"), _C), "NOT_FOUND", "NOT_FOUND"),
    Bad("NUL for an account", post(leg("\x00", "D", "5"), _C), "NOT_FOUND", "NOT_FOUND"),
    *(
        Bad(f"control account {code}", post(leg(code, "D", "5"), _C), "FAILED_PRECONDITION",
            "ACCOUNT_NOT_USABLE")
        for code in ("1303P", "1132", "1133", "1134", "2242", "9001")
    ),
    Bad("reversal of a reversal or of what was reversed",
        lambda s: asked(lg.ReverseJournalRequest, name=s.reversed, reason="again"),
        "FAILED_PRECONDITION", "ALREADY_REVERSED"),
    Bad("reversal of a loan's journal",
        lambda s: asked(lg.ReverseJournalRequest, reason="no",
                        name=s.disbursement.replace("events", "journals") + "-1"),
        "FAILED_PRECONDITION", "FAILED_PRECONDITION"),
    Bad("batch of none", lambda s: asked(lg.BatchPostJournalsRequest), fields="requests"),
    Bad("batch of 1001",
        lambda s: asked(lg.BatchPostJournalsRequest, requests=[lg.PostJournalRequest()] * MANY),
        fields="requests"),
    Bad("account that exists",
        lambda s: asked(lg.CreateAccountRequest,
                        account=lg.Account(code="1001", title="Cash", type=1)),
        "ALREADY_EXISTS", "ALREADY_EXISTS"),
    Bad("account of an unknown type, with control and no title",
        lambda s: asked(lg.CreateAccountRequest,
                        account=lg.Account(code="1 2", type=99, control=1)),
        fields="account.code account.type account.control account.title"),
]  # fmt: skip


def _terms(title: str, fields: str, **given: Any) -> Bad:
    made = product_terms(**given)
    return Bad(
        f"terms: {title}",
        lambda s: asked(pr.PublishProductRequest, code="new", title="New", terms=made),
        fields=" ".join(f"terms.{field}" for field in fields.split()),
    )


_ALL_TERMS = (
    "currency amortization frequency.unit frequency.every interest_basis rounding min_rate max_rate"
    " min_instalments max_instalments allocation.order allocation.mode allocation.excess"
)
TERMS = [
    Bad(
        "an empty product",
        lambda s: asked(pr.PublishProductRequest, request_id=""),
        fields=" ".join(
            ["code", "title", "request_id", *(f"terms.{f}" for f in _ALL_TERMS.split())]
        ),
    ),
    _terms("limits crossed", "max_rate max_amount max_instalments",
           min_rate=decimal_("0.2"), max_rate=decimal_("0.1"), min_amount=cny("2"),
           max_amount=cny("1"), min_instalments=9, max_instalments=8),
    _terms("enums that nobody knows", "amortization interest_basis rounding",
           amortization=99, interest_basis=99, rounding=-1),
    _terms("an order that repeats", "allocation.order",
           allocation=pr.Allocation(order=[4, 4, 2, 1], mode=1, excess=1)),
    _terms("an order with a stranger", "allocation.order",
           allocation=pr.Allocation(order=[4, 3, 2, 99], mode=1, excess=1)),
    _terms("a late fee of another currency", "late_fee.currency_code",
           late_fee=raw(1, 0, "EUR")),
    _terms("grace of minus a day", "late_fee_grace_days penalty_grace_days",
           late_fee_grace_days=-1, penalty_grace_days=10**9),
    _terms("a penalty that is no number", "penalty_rate",
           penalty_rate=decimal_pb2.Decimal(value="24%")),
    _terms("a role that is none, an account that is none",
           "accounts[gold]", accounts={"gold": "1001"}),
    _terms("an account that is not there", "accounts[fund_source]",
           accounts={"fund_source": "7" * 1_000_000}),
    _terms("an account that controls nothing", "accounts[loan_principal]",
           accounts={"loan_principal": "1001"}),
    _terms("periods that pass the calendar's end", "max_instalments",
           frequency=pr.Frequency(unit=3, every=365), max_instalments=600),
]  # fmt: skip


def _forged(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode()


LISTS: list[tuple[type[Message], str]] = [
    (lg.ListAccountsRequest, BOOK),
    (lg.ListJournalsRequest, BOOK),
    (lg.ListEntriesRequest, BOOK),
    (pr.ListProductsRequest, BOOK),
    (pa.ListPartiesRequest, BOOK),
    (ln.ListLoansRequest, BOOK),
    (au.ListEventsRequest, BOOK),
]
_TOKENS = ("x", "ÿ", "a" * 1_000_000, _forged("0:1"), _forged(":".join(["0" * 16, *"123"])))
PAGES = [
    Bad(f"{kind.DESCRIPTOR.name} with token {token[:12]!r}",
        lambda s, k=kind, p=parent, t=token: k(parent=p, page_token=t), fields="page_token")
    for kind, parent in LISTS
    for token in _TOKENS
] + [
    Bad(f"{kind.DESCRIPTOR.name} with page size -1",
        lambda s, k=kind, p=parent: k(parent=p, page_size=-1), fields="page_size")
    for kind, parent in LISTS
]  # fmt: skip
FILTERS = [
    Bad("NUL as a loan's reference",
        lambda s: ln.ListLoansRequest(parent=BOOK, reference="\x00", product="\x00"),
        fields="reference product"),
    Bad("unknown status and days before all time",
        lambda s: ln.ListLoansRequest(parent=BOOK, status=99, min_days_past_due=-1),
        fields="status min_days_past_due"),
    Bad("NUL as an event's kind, subject, actor",
        lambda s: au.ListEventsRequest(parent=BOOK, kind="\x00", subject="\x00", actor="\x00"),
        fields="kind subject actor"),
    Bad("NUL as an account",
        lambda s: lg.ListBalancesRequest(parent=BOOK, accounts=["\x00"]), fields="accounts[0]"),
    Bad("a moment beyond all time",
        lambda s: lg.ListBalancesRequest(
            parent=BOOK, known_at=timestamp_pb2.Timestamp(seconds=2**63 - 1)),
        fields="known_at"),
    Bad("unknown account of a balance",
        lambda s: lg.ListBalancesRequest(parent=BOOK, accounts=["1001", "7777"]),
        "NOT_FOUND", "NOT_FOUND"),
    Bad("another book's loan",
        lambda s: lg.ListEntriesRequest(parent=BOOK, loan="books/other/loans/000-000000000000"),
        "NOT_FOUND", "NOT_FOUND"),
]  # fmt: skip


@pytest.mark.parametrize("bad", [*JOURNALS, *TERMS, *PAGES, *FILTERS], ids=str)
def test_it_is_refused_and_nothing_is_written(stock: Stock, bad: Bad) -> None:
    judge(stock, bad)


def test_a_page_token_of_another_filter_is_refused(stock: Stock) -> None:
    page = stock.desk.client.loans.list_loans(page_size=1)
    other = ln.ListLoansRequest(parent=BOOK, page_token=page.next_page_token, status=3)
    assert [field for field, _ in refusal(stock.desk, other).violations] == ["page_token"]


def test_a_thousand_wrong_legs_still_fit_into_an_answer(stock: Stock) -> None:
    request = asked(lg.PostJournalRequest, entries=[lg.Entry()] * 1000)
    error = refusal(stock.desk, request)
    assert error.reason == "INVALID_INPUT"
    assert ("entries[0].side", "must be SIDE_DEBIT or SIDE_CREDIT") in error.violations


def test_the_same_id_for_something_else_names_the_first_event(stock: Stock) -> None:
    given = new_request_id()
    asking = repay(cny("0.01"), request_id=given, validate_only=False)(stock)
    stock.desk.client.loans.charge_loan(name=stock.active, amount=cny("1"), request_id=given)
    error = refusal(stock.desk, asking)
    assert (error.code.name, error.reason) == ("ALREADY_EXISTS", "REQUEST_ID_REUSED")
    assert error.facts["method"] == "ChargeLoan"
    assert error.facts["event"].startswith("events/")


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.full_name)
def test_bytes_that_are_no_message_are_refused(stock: Stock, method: Any) -> None:
    path = f"/{method.containing_service.full_name}/{method.name}"
    before = stock.desk.written()
    for data in (b"\x0a\xff", b"\x0a\x02\xff\xfe", b"\xff" * 100):
        error = send(stock.desk, path, data)
        assert error is not None
        assert error.code.name == "INVALID_ARGUMENT", error
    assert stock.desk.written() == before


def test_a_message_beyond_16_mebibytes_is_refused(stock: Stock) -> None:
    before = stock.desk.written()
    request = asked(lg.PostJournalRequest, reason="x" * (16 * 1024 * 1024 + 1))
    channel = stock.desk.big_channel()
    error = send(stock.desk, "/loanledger.v1.LedgerService/PostJournal",
                 request.SerializeToString(), channel=channel)  # fmt: skip
    channel.close()
    assert error is not None
    assert error.code.name == "RESOURCE_EXHAUSTED"
    assert stock.desk.written() == before


def test_metadata_of_64_kibibytes_is_refused(stock: Stock) -> None:
    metadata = (*stock.desk.client.options.metadata(), ("x-much", "x" * 65_536))
    data = asked(lg.ListPeriodsRequest).SerializeToString()
    error = send(stock.desk, "/loanledger.v1.LedgerService/ListPeriods", data, metadata)
    assert error is not None
    assert error.code.name == "RESOURCE_EXHAUSTED", error
    assert stock.desk.client.ledger.list_periods().periods
