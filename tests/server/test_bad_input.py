"""Wrong amounts, names, texts and request ids: refused with every field, and nothing written."""

from __future__ import annotations

from itertools import chain

import pytest
from google.type import decimal_pb2

from loanledger import decimal_, money
from loanledger.v1 import audit_service_pb2 as au
from loanledger.v1 import ledger_service_pb2 as lg
from loanledger.v1 import loan_service_pb2 as ln
from loanledger.v1 import party_service_pb2 as pa
from loanledger.v1 import product_service_pb2 as pr
from tests.server.bad import Bad, Stock, asked, cny, judge, raw, repay
from tests.server.desk import BOOK

MAX = 10**15
INT64 = 2**63 - 1

AMOUNTS = [
    Bad("none", repay(None), fields="amount"),
    Bad("zero", repay(raw(0)), fields="amount"),
    Bad("negative", repay(raw(-1)), fields="amount"),
    Bad("negative nanos", repay(raw(0, -10_000_000)), fields="amount"),
    Bad("CNY 1.005", repay(raw(1, 5_000_000)), fields="amount"),
    Bad("one nano", repay(raw(1, 1)), fields="amount"),
    Bad("signs differ", repay(raw(1, -500_000_000)), fields="amount"),
    Bad("signs differ the other way", repay(raw(-1, 500_000_000)), fields="amount"),
    Bad("nanos of a whole unit", repay(raw(1, 1_000_000_000)), fields="amount"),
    Bad("least nanos", repay(raw(0, -(2**31))), fields="amount"),
    Bad("beyond 10^15 minor units", repay(raw(MAX // 100, 10_000_000)), fields="amount"),
    Bad("int64 max", repay(raw(INT64, 990_000_000)), fields="amount"),
    Bad("int64 min", repay(raw(-INT64 - 1)), fields="amount"),
    Bad("no currency", repay(raw(1, 0, "")), fields="amount.currency_code"),
    Bad("unknown currency", repay(raw(1, 0, "ABC")), fields="amount.currency_code"),
    Bad("no currency at all: XXX", repay(raw(1, 0, "XXX")), fields="amount.currency_code"),
    Bad("retired currency", repay(raw(1, 0, "DEM")), fields="amount.currency_code"),
    Bad("lower-case currency", repay(raw(1, 0, "cny")), fields="amount.currency_code"),
    Bad("long currency", repay(raw(1, 0, "C" * 1_000_000)), fields="amount.currency_code"),
    Bad("the loan's currency is another", repay(money("1", "EUR")), fields="amount"),
]


def _too_fine(currency: str, nanos: int) -> Bad:
    given = raw(1, nanos, currency)
    entries = [
        lg.Entry(account="1001", side="SIDE_DEBIT", amount=given),
        lg.Entry(account="4001", side="SIDE_CREDIT", amount=given),
    ]
    return Bad(
        f"{currency} 1 and {nanos} nanos",
        lambda stock: asked(lg.PostJournalRequest, entries=entries),
        fields="entries[0].amount entries[1].amount",
    )


FINENESS = [
    _too_fine("JPY", 500_000_000),
    _too_fine("CNY", 5_000_000),
    _too_fine("EUR", 1_000_000),
    _too_fine("KWD", 100_000),
]
_LONG, _RTL = "x" * 1_000_000, "invoice \u202egpj.exe"
TEXTS = [
    Bad("control character", repay(cny("1"), reason="a\x07b"), fields="reason"),
    Bad("line feed", repay(cny("1"), reason="a\nb"), fields="reason"),
    Bad("NUL", repay(cny("1"), reference="a\x00b"), fields="reference"),
    Bad("right-to-left override", repay(cny("1"), reason=_RTL), fields="reason"),
    Bad("isolate", repay(cny("1"), reason="\u2066a\u2069"), fields="reason"),
    Bad("unassigned", repay(cny("1"), reason="\U000e0fff"), fields="reason"),
    Bad("a megabyte", repay(cny("1"), reason=_LONG, reference=_LONG), fields="reason reference"),
    Bad(
        "a person's name",
        lambda stock: asked(
            pa.CreatePartyRequest, party=pa.Party(kind=1, display_name=_RTL, reference="a\x7fb")
        ),
        fields="party.display_name party.reference",
    ),
    Bad(
        "a person of a megabyte",
        lambda stock: asked(pa.CreatePartyRequest, party=pa.Party(kind=1, display_name=_LONG)),
        fields="party.display_name",
    ),
    Bad(
        "blank name and unknown kind",
        lambda stock: asked(pa.CreatePartyRequest, party=pa.Party(kind=99, display_name=" ")),
        fields="party.display_name party.kind",
    ),
    Bad(
        "no reason for a write-off",
        lambda stock: asked(ln.WriteOffLoanRequest, name=stock.active),
        fields="reason",
    ),
]
REQUEST_IDS = [
    Bad(f"request id {title}", repay(cny("1"), request_id=given), fields="request_id")
    for title, given in (
        ("missing", ""),
        ("of 101 characters", "a" * 101),
        ("of a megabyte", _LONG),
        ("with NUL", "a\x00b"),
        ("with a space", "a b"),
        ("with a line feed at its end", "abc\n"),
        ("not ASCII", "付款-1"),
    )
]


def _get(name: str) -> ln.GetLoanRequest:
    return ln.GetLoanRequest(name=name)


def _malformed(name: str) -> Bad:
    return Bad(f"name {name[:40]!r}", lambda stock: _get(name), fields="name")


def _absent(name: str) -> Bad:
    return Bad(f"absent {name[:50]!r}", lambda stock: _get(name), "NOT_FOUND", "NOT_FOUND")


NAMES = [
    *map(_malformed, ("", "loans/1", f"{BOOK}/loans/", f"{BOOK}/parties/000-000000000000", _LONG)),
    _absent("books/main2/loans/000-000000000000"),
    _malformed("books/main2/parties/000-000000000000"),
    *(
        _absent(f"{BOOK}/loans/{rest}")
        for rest in (
            "000-000000000000",
            "999-000000000000",
            "000-00000000000O",
            "000-00000000000a",
            "000-000000000000/x",
            "000-000000000000\n",
            "٠٠٠-000000000000",
            "%",
            "' or 1=1 --",
            "\x00",
            _LONG,
        )
    ),
    Bad(
        "a loan's transactions without a loan",
        lambda stock: ln.ListTransactionsRequest(),
        fields="parent",
    ),
    Bad(
        "book that is not here",
        lambda stock: lg.ListAccountsRequest(parent="books/other"),
        "NOT_FOUND",
        "NOT_FOUND",
    ),
    Bad(
        "book without its collection",
        lambda stock: lg.ListAccountsRequest(parent="main"),
        fields="parent",
    ),
    *(
        Bad(title, lambda stock, made=request: made, "NOT_FOUND", "NOT_FOUND")
        for title, request in (
            ("party", pa.GetPartyRequest(name=f"{BOOK}/parties/000-000000000000")),
            ("account", lg.GetAccountRequest(name=f"{BOOK}/accounts/7")),
            ("journal", lg.GetJournalRequest(name=f"{BOOK}/journals/000-999-1")),
            ("journal id", lg.GetJournalRequest(name=f"{BOOK}/journals/000-0-1")),
            ("event", au.GetEventRequest(name=f"{BOOK}/events/000-999")),
            ("event id", au.GetEventRequest(name=f"{BOOK}/events/000-{'9' * 30}")),
            ("product", pr.GetProductRequest(name=f"{BOOK}/products/none")),
            ("version", pr.GetProductRequest(name=f"{BOOK}/products/plain/versions/9")),
            ("checkpoint", au.GetCheckpointRequest(parent=BOOK, size=-1)),
        )
    ),
    *(
        Bad(
            f"version {version[:9]!r}",
            lambda stock, v=version: pr.GetProductRequest(
                name=f"{BOOK}/products/plain/versions/{v}"
            ),
            fields="name",
        )
        for version in ("0", "-1", "x", "²", "9" * 5000, "1000000")
    ),
]


def _opening(rate: str) -> Bad:
    return Bad(
        f"rate {rate!r}",
        lambda stock: asked(
            ln.OpenLoanRequest,
            party=stock.party,
            product=f"{BOOK}/products/plain",
            amount=cny("5"),
            annual_rate=decimal_pb2.Decimal(value=rate),
            instalments=3,
        ),
        fields="annual_rate",
    )


RATES = [
    _opening(rate)
    for rate in ("", "NaN", "Infinity", "1e400", "1,000", "０", "0.06\n", "-0.01", "11", " 1")
]
RATES.append(_opening("1.01"))  # above the product's limit, not the server's
ALL = list(chain(AMOUNTS, FINENESS, TEXTS, REQUEST_IDS, NAMES, RATES))


@pytest.mark.parametrize("bad", ALL, ids=str)
def test_it_is_refused_with_every_wrong_field_and_nothing_is_written(
    stock: Stock, bad: Bad
) -> None:
    judge(stock, bad)


def test_everything_wrong_with_an_application_is_told_at_once(stock: Stock) -> None:
    bad = Bad(
        "application",
        lambda stock: asked(
            ln.OpenLoanRequest,
            request_id="",
            party="someone",
            product="something",
            amount=raw(1, 1),
            annual_rate=decimal_("0.06"),
            instalments=601,
            reference="\x00",
            reason="\u202e",
        ),
        fields="request_id party product amount instalments reference reason",
    )
    judge(stock, bad)
