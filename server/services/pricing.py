"""Prices of a product and the applicant that they are for: messages to values and back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from ledger.calc.pricing import UNPRICED, Applicant, Discount, PriceRow, Pricing
from ledger.loan.terms import Terms
from loanledger.v1 import loan_service_pb2
from loanledger.v1 import product_service_pb2 as pb
from server import convert
from server.checks import Checks

_PATH = "terms.pricing"
_WORD = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}\Z")
_WORDS = "small letters, digits, hyphens and underscores, at most 40"
MAX_ROWS, MAX_SCORE, MAX_COUNT = 500, 1_000_000, 600


def applicant_of(
    check: Checks, request: loan_service_pb2.OpenLoanRequest | loan_service_pb2.QuoteScheduleRequest
) -> Applicant:
    """What is told of the applicant."""
    if request.segment:
        _words(check, [request.segment], "segment")
    score = request.score if request.HasField("score") else None
    if score is not None:
        check.integer(score, "score", -MAX_SCORE, MAX_SCORE)
    return Applicant(request.segment, score)


def pricing_of(check: Checks, terms: pb.Terms) -> Pricing:
    """Prices with every violated field noted."""
    asked = terms.pricing
    if len(asked.rows) > MAX_ROWS or len(asked.discounts) > MAX_ROWS:
        check.add(_PATH, f"at most {MAX_ROWS} rows and as many discounts")
        return UNPRICED
    if asked.discounts and not asked.rows:
        check.add(f"{_PATH}.discounts", "need rows to be taken off")
    return Pricing(
        tuple(_row(check, terms, row, n) for n, row in enumerate(asked.rows)),
        tuple(_discount(check, offer, n) for n, offer in enumerate(asked.discounts)),
        _words(check, asked.segments, f"{_PATH}.segments"),
    )


def _row(check: Checks, terms: pb.Terms, row: pb.PriceRow, number: int) -> PriceRow:
    path = f"{_PATH}.rows[{number}]"
    low = _amount(check, terms, row, "min_amount", path)
    high = _amount(check, terms, row, "max_amount", path)
    least = check.integer(row.min_instalments, f"{path}.min_instalments", 0, MAX_COUNT)
    most = check.integer(row.max_instalments, f"{path}.max_instalments", 0, MAX_COUNT)
    scores = [
        row.min_score if row.HasField("min_score") else None,
        row.max_score if row.HasField("max_score") else None,
    ]
    pairs = {"max_amount": (low, high or low), "max_instalments": (least, most or least)}
    if scores[0] is not None and scores[1] is not None:
        pairs["max_score"] = (scores[0], scores[1])
    for name, (first, last) in pairs.items():
        if first > last:
            check.add(f"{path}.{name}", "must not be below its minimum")
    rate = check.rate(row.rate, f"{path}.rate", least=-1 if terms.HasField("floating") else 0)
    words = _words(check, row.segments, f"{path}.segments")
    return PriceRow(rate, low, high, least, most, words, *scores)


def _amount(check: Checks, terms: pb.Terms, row: pb.PriceRow, field: str, path: str) -> int:
    given = row.min_amount if field == "min_amount" else row.max_amount
    if not given.ByteSize():
        return 0
    return check.money(given, f"{path}.{field}", currency=terms.currency)[1]


def _discount(check: Checks, offer: pb.Discount, number: int) -> Discount:
    path = f"{_PATH}.discounts[{number}]."
    _words(check, [offer.code], path + "code")
    first = check.date(offer, "start", path, required=True) or date.min
    last = check.date(offer, "end", path, required=True) or date.max
    if last < first:
        check.add(path + "end", "must not lie before the start")
    rate = check.rate(offer.rate, path + "rate", 1)
    words = _words(check, offer.segments, path + "segments")
    return Discount(offer.code, rate, first, last, words)


def _words(check: Checks, found: Sequence[str], field: str) -> tuple[str, ...]:
    if not all(_WORD.fullmatch(word) for word in found):
        check.add(field, _WORDS)
    return tuple(found)


def pricing_message(terms: Terms) -> pb.Pricing | None:
    """Prices as a message; None where there are none."""
    pricing, currency = terms.pricing, terms.currency
    if pricing == UNPRICED:
        return None
    return pb.Pricing(
        rows=[_row_message(row, currency) for row in pricing.rows],
        discounts=[
            pb.Discount(
                code=offer.code,
                rate=convert.decimal(offer.rate),
                start=convert.day(offer.first),
                end=convert.day(offer.last),
                segments=offer.segments,
            )
            for offer in pricing.discounts
        ],
        segments=pricing.segments,
    )


def _row_message(row: PriceRow, currency: str) -> pb.PriceRow:
    return pb.PriceRow(
        rate=convert.decimal(row.rate),
        min_amount=convert.money(row.min_amount, currency) if row.min_amount else None,
        max_amount=convert.money(row.max_amount, currency) if row.max_amount else None,
        min_instalments=row.min_instalments,
        max_instalments=row.max_instalments,
        segments=row.segments,
        min_score=row.min_score,
        max_score=row.max_score,
    )
