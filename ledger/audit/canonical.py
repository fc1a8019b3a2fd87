"""An event's canonical bytes: the one form that is hashed, exported and verified (RFC 8785).

Keys are ASCII and sorted, there is no white space, and values are strings, integers below 2**53,
booleans, null, arrays and objects. Floats are refused: two programs may print them differently.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from itertools import product
from operator import attrgetter, itemgetter
from typing import Any, Final

import orjson

from ledger.errors import LedgerError

VERSION: Final = 1
MAX_DEPTH: Final = 32
ENTRY_FIELDS: Final = (
    "journal_no",
    "value_date",
    "account",
    "side",
    "currency",
    "amount",
    "loan",
    "component",
    "cause",
)

_NONE = type(None)
_SCALARS = frozenset({str, int, bool, _NONE})
_OPTIONS = (
    orjson.OPT_SORT_KEYS
    | orjson.OPT_STRICT_INTEGER
    | orjson.OPT_PASSTHROUGH_DATETIME
    | orjson.OPT_PASSTHROUGH_DATACLASS
)
_FIELDS: dict[str, tuple[type, ...]] = {
    "actor": (str,),
    "approvals": (list,),
    "book": (str,),
    "booked_at": (int,),
    "entries": (list,),
    "kind": (str,),
    "lines_root": (str, _NONE),
    "number": (int,),
    "payload": (dict,),
    "posting_date": (str,),
    "reason": (str,),
    "reference": (str,),
    "request_id": (str,),
    "reverses": (int, _NONE),
    "stripe": (int,),
    "subject": (str,),
    "v": (int,),
    "value_date": (str,),
}
_SHAPES = frozenset(product(*_FIELDS.values()))
_ENTRY_SHAPES = frozenset(
    product(
        (int,), (str,), (str,), (str,), (str,), (int,), (str, _NONE), (str, _NONE), (int, _NONE)
    )
)
#: The keys of an event in canonical order.
KEYS: Final = [*_FIELDS]
#: What an event and an entry without a loan nearly always look like.
_USUAL = tuple(kinds[-1] for kinds in _FIELDS.values())
_USUAL_ENTRY = (int, str, str, str, str, int, _NONE, _NONE, _NONE)
_values = itemgetter(*_FIELDS)
_entry_array = attrgetter(*ENTRY_FIELDS)


class NotCanonical(LedgerError):
    """The value has no canonical form, or is not in it."""

    reason = "NOT_CANONICAL"


@dataclass(frozen=True, slots=True)
class Entry:
    """One debit or credit; `amount` is in minor units and above zero, `side` is "D" or "C"."""

    journal_no: int
    value_date: str
    account: str
    side: str
    currency: str
    amount: int
    loan: str | None = None
    component: str | None = None
    cause: int | None = None


@dataclass(frozen=True, slots=True)
class EventRecord:
    """All that is recorded of one event; dates are ISO 8601, `booked_at` UTC microseconds."""

    book: str
    stripe: int
    number: int
    kind: str
    subject: str
    value_date: str
    posting_date: str
    booked_at: int
    actor: str
    reason: str
    approvals: tuple[str, ...]
    request_id: str
    reference: str
    reverses: int | None
    payload: dict[str, Any]
    entries: tuple[Entry, ...]
    lines_root: str | None = None
    v: int = VERSION


def encode(value: object) -> bytes:
    """Canonical JSON of a plain value; NotCanonical for integers of 2**53 and more."""
    try:
        return orjson.dumps(value, option=_OPTIONS)
    except orjson.JSONEncodeError as error:
        raise NotCanonical(f"no canonical form: {error}") from error


def is_plain(value: object, depth: int = MAX_DEPTH) -> bool:
    """No float, no foreign type, no key beyond ASCII, no deeper than 32: RFC 8785 is exact then."""
    if isinstance(value, dict):
        for key, item in value.items():
            if type(key) is not str or not key.isascii():
                return False
            if type(item) not in _SCALARS and not (depth and is_plain(item, depth - 1)):
                return False
        return True
    if isinstance(value, list | tuple):
        return depth > 0 and all(is_plain(item, depth - 1) for item in value)
    return value is None or isinstance(value, str | int)


def canonical_bytes(event: EventRecord) -> bytes:
    """The bytes that the leaf hash covers; NotCanonical when the payload is not plain."""
    return event_bytes(
        {
            "actor": event.actor,
            "approvals": event.approvals,
            "book": event.book,
            "booked_at": event.booked_at,
            "entries": [_entry_array(entry) for entry in event.entries],
            "kind": event.kind,
            "lines_root": event.lines_root,
            "number": event.number,
            "payload": event.payload,
            "posting_date": event.posting_date,
            "reason": event.reason,
            "reference": event.reference,
            "request_id": event.request_id,
            "reverses": event.reverses,
            "stripe": event.stripe,
            "subject": event.subject,
            "v": event.v,
            "value_date": event.value_date,
        }
    )


def event_bytes(fields: dict[str, Any]) -> bytes:
    """The same from the fields by name, entries as arrays; NotCanonical for another payload."""
    if fields["payload"] and not is_plain(fields["payload"]):
        raise NotCanonical("the payload has a float, a foreign type, or a key beyond ASCII")
    return encode(fields)


def leaf_hash(canonical: bytes) -> bytes:
    """RFC 6962, 2.1: SHA-256(0x00 || data); the prefix keeps leaves and nodes apart."""
    return sha256(b"\x00" + canonical).digest()


def line_bytes(loan: str, component: str, amount: int) -> bytes:
    """Canonical bytes of one loan's line in a bulk event; SQL builds the same bytes."""
    return encode((loan, component, amount))


def shape_problem(event: object) -> str:
    """What is wrong with a parsed event's keys and types, or ""; values are `history.py`'s."""
    if not isinstance(event, dict):
        return "its keys are not those of an event"
    # In canonical order, as nearly always, the values stand as the fields do.
    ordered = [*event] == KEYS
    if not ordered and event.keys() != _FIELDS.keys():
        return "its keys are not those of an event"
    kinds = tuple(map(type, event.values() if ordered else _values(event)))
    if kinds != _USUAL and kinds not in _SHAPES:
        return "a field has the wrong type"
    for entry in event["entries"]:
        if type(entry) is not list:
            return "an entry has the wrong shape"
        kinds = tuple(map(type, entry))
        if kinds != _USUAL_ENTRY and kinds not in _ENTRY_SHAPES:
            return "an entry has the wrong shape"
    approvals, payload = event["approvals"], event["payload"]
    if approvals and any(type(approval) is not str for approval in approvals):
        return "an approval is not a string"
    return (
        "" if not payload or is_plain(payload) else "the payload has a float or a key beyond ASCII"
    )


def parsed(canonical: bytes) -> dict[str, Any]:
    """The event of canonical bytes; NotCanonical tells what is wrong with its shape or its form."""
    try:
        event: dict[str, Any] = orjson.loads(canonical)
        problem = shape_problem(event)
        if not problem and encode(event) != canonical:
            problem = "it is not canonical JSON"
    except (orjson.JSONDecodeError, NotCanonical):
        problem = "it is not canonical JSON"
    if problem:
        raise NotCanonical(problem)
    return event


def from_object(event: dict[str, Any]) -> EventRecord:
    """A parsed event as a value; NotCanonical when keys or types are not an event's."""
    problem = shape_problem(event)
    if problem:
        raise NotCanonical(problem)
    entries = tuple(Entry(*entry) for entry in event["entries"])
    fields = event | {"entries": entries, "approvals": tuple(event["approvals"])}
    return EventRecord(**fields)
