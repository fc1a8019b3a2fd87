"""Rows that events made, against those events: the chart, products, rates, parties, periods.

Each row beside the history was made by one event, which says the same. A row that was altered,
deleted or made up behind the server's back is not as its event has it.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import orjson
from cryptography.exceptions import InvalidTag

from ledger.book.chart import DEFAULT_CHART, Account
from ledger.calc import authority, monitoring
from ledger.calc import rules as rulebooks
from ledger.calc.authority import ApprovalPolicy
from ledger.calc.monitoring import MonitoringPolicy
from ledger.calc.policy import Policy, as_object, from_object
from ledger.calc.rules import Rulebook
from ledger.errors import LedgerError
from ledger.lending.accounts import account_object
from ledger.lending.branches import PARTY_MOVED
from ledger.lending.collateral_history import kept_versions, told_versions
from ledger.lending.parties import ERASED, opened
from ledger.lending.verification import Difference
from ledger.loan.codec import terms_from, terms_object
from ledger.names import SPAN, event_text, id_text
from ledger.store.calendars import OwnCalendar
from ledger.store.catalogue import Product
from ledger.store.collateral import Collateral
from ledger.store.parties import PartyRecord
from ledger.store.provenance import Told, Unlike
from ledger.store.rates import Fixing, RateIndex
from ledger.store.stripes import Book, Stripe

PARTY: Final = "party_created"
PERIODS: Final = ("period_closed", "period_reopened")
#: Figures of a resource by name, as plain values.
Figures = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Shelved:
    """The rows of a book's catalogue."""

    book: Book
    accounts: Sequence[Account]
    products: Sequence[Product]
    indexes: Sequence[RateIndex]
    fixings: Sequence[Fixing]
    calendars: Sequence[OwnCalendar]
    policies: Sequence[Policy]
    approvals: Sequence[ApprovalPolicy]
    rulebooks: Sequence[Rulebook]
    monitoring: Sequence[MonitoringPolicy]


def of_catalogue(told: Iterable[Told], kept: Shelved) -> Iterator[Difference]:
    """Rows of the catalogue that are not as the events of the book's first stripe made them.

    An account of the default chart may have come with a migration, which is no event.
    """
    expected = {name: figures for one in told for name, figures in _MADE[one.kind](one)}
    stored = dict(_stored(kept))
    for account in DEFAULT_CHART:
        if (name := f"accounts/{account.code}") in stored:
            expected.setdefault(name, account_object(account))
    yield from _compared(kept.book.number * SPAN, stored, expected)


def of_parties(
    stripe: int,
    told: Sequence[Told],
    parties: Sequence[PartyRecord],
    ring: Callable[[PartyRecord], bytes | None],
) -> Iterator[Difference]:
    """Parties of a stripe that are not as they were created, or whose key opens no name.

    `ring` is a party's keys, None where they are not to be had here. `told` are the events that
    created, moved and erased them. A party without a key was
    erased by an event, or by somebody behind the server's back.
    """
    created = [one for one in told if one.kind == PARTY]
    erased = {one.subject for one in told if one.kind == ERASED}
    stored = {
        f"parties/{id_text(stripe, one.party)}": {
            "booked_at": one.booked_at,
            "branch": one.branch,
            "display_name": b64encode(one.display_name).decode(),
            "kind": one.kind,
            "reference": one.reference,
        }
        for one in parties
    }
    branch = {
        one.subject: one.payload.get("branch", "")
        for one in told
        if one.kind in (PARTY, PARTY_MOVED)
    }
    facts = {"booked_at", "reference"}
    expected = {
        one.subject: {
            **one.payload,
            **{name: getattr(one, name) for name in facts},
            "branch": branch[one.subject],
        }
        for one in created
    }
    yield from _compared(stripe, stored, expected)
    for one in parties:
        name = f"parties/{id_text(stripe, one.party)}"
        if (name in erased) == bool(one.key):
            figures = ("there", "not there") if one.key else ("not there", "there")
            yield Difference(stripe % SPAN, name, "key", *figures)
        try:
            keys = ring(one)
            if keys is not None:
                opened(one.display_name, keys)
        except (InvalidTag, ValueError, LedgerError):
            yield Difference(stripe % SPAN, name, "key", "does not open the name", "")


def of_collateral(
    stripe: int, told: Iterable[Told], rows: Sequence[Collateral]
) -> Iterator[Difference]:
    """Versions of collateral that are not what the events up to them come to."""
    yield from _compared(stripe, dict(kept_versions(rows)), dict(told_versions(stripe, told)))


def of_periods(told: Sequence[Told], rows: Iterable[Stripe]) -> Iterator[Difference]:
    """Stripes whose periods are closed otherwise than the last event of a period said."""
    for row in rows:
        through = row.opened.replace(day=1) - timedelta(days=1)
        if told:
            through = date.fromisoformat(told[-1].payload["closed_through"])
        if row.closed_through != through:
            name = f"periods/{row.closed_through:%Y-%m}"
            figures = row.closed_through.isoformat(), through.isoformat()
            yield Difference(row.stripe % SPAN, name, "closed through", *figures)


def of_rules(kept: Shelved, rows: Iterable[Stripe]) -> Iterator[Difference]:
    """Stripes that tell of another number of approval policies or rulebooks than there are."""
    for row in rows:
        for name, stored, found in (
            ("approvalPolicies", row.approval_policy, kept.approvals),
            ("rulebooks", row.rulebook, kept.rulebooks),
        ):
            if stored != len(found):
                figures = str(stored), str(len(found))
                yield Difference(row.stripe % SPAN, name, "versions", *figures)


def of_rows(stripe: int, found: Iterable[Unlike]) -> Iterator[Difference]:
    """What the store found, as differences."""
    for one in found:
        yield Difference(stripe % SPAN, one.resource, one.figure, one.stored, one.computed)


def _compared(
    stripe: int, stored: Mapping[str, Figures], expected: Mapping[str, Figures]
) -> Iterator[Difference]:
    for name in sorted(stored.keys() | expected.keys()):
        kept, made = stored.get(name), expected.get(name)
        if kept is None or made is None:
            yield Difference(stripe % SPAN, name, "row", _there(kept), _there(made))
            continue
        for figure in sorted(kept.keys() | made.keys()):
            if kept.get(figure) != made.get(figure):
                texts = _text(kept.get(figure)), _text(made.get(figure))
                yield Difference(stripe % SPAN, name, figure, *texts)


def _there(figures: Figures | None) -> str:
    return "there" if figures is not None else "not there"


def _text(value: Any) -> str:
    return value if isinstance(value, str) else orjson.dumps(value).decode()[:200]


Made = Iterator[tuple[str, Figures]]


def _book(one: Told) -> Made:
    yield "book", {name: one.payload[name] for name in ("currency", "lender", "stripes")}
    for account in one.payload["accounts"]:
        yield f"accounts/{account['code']}", account


def _account(one: Told) -> Made:
    yield one.subject, one.payload


def _product(one: Told) -> Made:
    terms = terms_object(terms_from(one.payload["terms"]))
    more = {"title_zh": "", "effective_from": "", "booked_at": one.booked_at}
    yield one.subject, {**more, **one.payload, "terms": terms}


def _fixing(one: Told) -> Made:
    facts = {name: one.payload[name] for name in ("date", "index", "rate")}
    facts |= {"actor": one.actor, "reason": one.reason, "booked_at": one.booked_at}
    yield f"events/{event_text(0, one.number)}", facts


def _policy(one: Told) -> Made:
    since = date.fromisoformat(one.payload["effective_from"])
    version = int(one.subject.partition("/")[2])
    found = from_object(one.payload, version, since, one.booked_at)
    yield one.subject, _of_policy(found)


def _dated(one: Told) -> Made:
    yield one.subject, {**one.payload, "booked_at": one.booked_at}


#: What the event of each kind made, by resource.
_MADE: Mapping[str, Callable[[Told], Made]] = {
    "book_opened": _book,
    "account_created": _account,
    "product_published": _product,
    "rate_index_created": _dated,
    "fixing_published": _fixing,
    "calendar_published": _dated,
    "credit_policy_published": _policy,
    "approval_policy_published": _dated,
    "rulebook_published": _dated,
    "monitoring_policy_published": _dated,
}
CATALOGUE: Final = tuple(_MADE)


def _stored(kept: Shelved) -> Made:
    """The same of the rows."""
    book = kept.book
    yield "book", {"currency": book.currency, "lender": book.lender, "stripes": book.stripes}
    for account in kept.accounts:
        yield f"accounts/{account.code}", account_object(account)
    for product in kept.products:
        yield (
            f"products/{product.code}/versions/{product.version}",
            {
                "booked_at": product.booked_at,
                "effective_from": _iso(product.effective_from),
                "terms": terms_object(product.terms),
                "title": product.title,
                "title_zh": product.title_zh,
            },
        )
    for index in kept.indexes:
        facts = {"code": index.code, "title": index.title, "valid_days": index.valid_days}
        yield f"rateIndexes/{index.code}", {**facts, "booked_at": index.booked_at}
    for fixing in kept.fixings:
        facts = {"date": fixing.day.isoformat(), "index": fixing.index, "rate": str(fixing.rate)}
        facts |= {"actor": fixing.actor, "reason": fixing.reason}
        yield f"events/{event_text(0, fixing.number)}", {**facts, "booked_at": fixing.booked_at}
    for own in kept.calendars:
        yield (
            f"calendars/{own.code}/versions/{own.version}",
            {
                "base": own.base,
                "booked_at": own.booked_at,
                "closed": [_iso(day) for day in own.closed],
                "last_year": own.last_year,
                "title": own.title,
                "worked": [_iso(day) for day in own.worked],
            },
        )
    for policy in kept.policies:
        yield f"creditPolicies/{policy.version}", _of_policy(policy)
    for rules in kept.approvals:
        dates = {"booked_at": rules.booked_at, "effective_from": _iso(rules.effective_from)}
        yield f"approvalPolicies/{rules.version}", {**authority.as_object(rules), **dates}
    for book_of_rules in kept.rulebooks:
        since = _iso(book_of_rules.effective_from)
        dates = {"booked_at": book_of_rules.booked_at, "effective_from": since}
        name = f"rulebooks/{book_of_rules.version}"
        yield name, {**rulebooks.as_object(book_of_rules), **dates}
    for watch in kept.monitoring:
        dates = {"booked_at": watch.booked_at, "effective_from": _iso(watch.effective_from)}
        yield f"monitoringPolicies/{watch.version}", {**monitoring.as_object(watch), **dates}


def _of_policy(policy: Policy) -> Figures:
    dates = {"booked_at": policy.booked_at, "effective_from": _iso(policy.effective_from)}
    return {**as_object(policy), **dates}


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
