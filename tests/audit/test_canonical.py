"""Canonical bytes: one spelling for one event, frozen by vectors."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.audit.canonical import (
    ENTRY_FIELDS,
    Entry,
    EventRecord,
    NotCanonical,
    canonical_bytes,
    encode,
    from_object,
    is_plain,
    leaf_hash,
    line_bytes,
)

VECTORS = json.loads((Path(__file__).parent / "vectors" / "events.json").read_text("utf-8"))
KEYS = [
    *("v", "book", "stripe", "number", "kind", "subject", "value_date", "posting_date"),
    *("booked_at", "actor", "reason", "approvals", "request_id", "reference", "reverses"),
    *("payload", "entries", "lines_root"),
]

ascii_keys = st.text(st.characters(max_codepoint=127), max_size=8)
exact = st.integers(-(2**53) + 1, 2**53 - 1)
plain = st.recursive(
    st.none() | st.booleans() | exact | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ascii_keys, inner, max_size=4),
    max_leaves=12,
)


def spelled_by_the_standard_library(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


@pytest.mark.parametrize("vector", VECTORS["events"], ids=lambda vector: vector["name"])
def test_an_event_has_the_frozen_bytes_and_leaf(vector: dict[str, Any]) -> None:
    canonical = canonical_bytes(from_object(vector["event"]))
    assert canonical.decode() == vector["canonical"]
    assert leaf_hash(canonical).hex() == vector["leaf"]
    assert sha256(b"\x00" + vector["canonical"].encode()).hexdigest() == vector["leaf"]
    assert spelled_by_the_standard_library(vector["event"]) == canonical


@pytest.mark.parametrize("vector", VECTORS["lines"], ids=lambda vector: vector["canonical"])
def test_a_line_of_a_bulk_event_has_the_frozen_bytes_and_leaf(vector: dict[str, Any]) -> None:
    loan, component, amount = vector["line"]
    canonical = line_bytes(loan, component, amount)
    assert canonical.decode() == vector["canonical"] == f'["{loan}","{component}",{amount}]'
    assert leaf_hash(canonical).hex() == vector["leaf"]


@given(plain)
def test_the_encoder_spells_as_the_standard_library_does(value: Any) -> None:
    assert is_plain(value)
    assert encode(value) == spelled_by_the_standard_library(value)


@given(st.dictionaries(ascii_keys, plain), st.text(), exact)
def test_an_event_read_back_is_the_event(payload: dict[str, Any], text: str, n: int) -> None:
    event = from_object(VECTORS["events"][0]["event"])
    event = replace(event, payload=payload, reason=text, booked_at=n)
    assert from_object(json.loads(canonical_bytes(event))) == event


def test_strings_are_escaped_as_rfc_8785_prints_its_sample() -> None:
    sample = "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/"
    assert encode(sample).decode() == '"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'


def test_an_event_has_exactly_the_keys_of_the_format() -> None:
    assert {field.name for field in fields(EventRecord)} == set(KEYS)
    assert tuple(field.name for field in fields(Entry)) == ENTRY_FIELDS
    written = json.loads(VECTORS["events"][0]["canonical"])
    assert list(written) == sorted(KEYS)


@pytest.mark.parametrize("value", [1.5, float("nan"), [0.0], {"a": {"b": 2.0}}, b"x", {"é": 1}])
def test_a_payload_with_a_float_or_a_foreign_value_is_refused(value: Any) -> None:
    event = from_object(VECTORS["events"][0]["event"])
    with pytest.raises(NotCanonical):
        canonical_bytes(replace(event, payload={"value": value}))


@pytest.mark.parametrize("number", [2**53, -(2**53), 2**64, 2**200])
def test_an_integer_that_a_double_cannot_hold_is_refused(number: int) -> None:
    event = from_object(VECTORS["events"][0]["event"])
    with pytest.raises(NotCanonical):
        canonical_bytes(replace(event, payload={"value": number}))


def test_a_payload_that_nests_too_deep_is_refused() -> None:
    payload: dict[str, Any] = {}
    for _ in range(2000):
        payload = {"a": payload}
    assert not is_plain(payload)


@pytest.mark.parametrize(
    "changes",
    [
        {"number": "1"},
        {"number": True},
        {"reverses": 1.0},
        {"approvals": [1]},
        {"payload": []},
        {"payload": {"a": 0.5}},
        {"entries": [[1, "2026-03-01", "1001", "D", "CNY", 1.0, None, None, None]]},
        {"entries": [[1, "2026-03-01", "1001", "D", "CNY", 1, None, None]]},
        {"entries": [{}]},
        {"surplus": 1},
    ],
)
def test_an_object_of_another_shape_is_no_event(changes: dict[str, Any]) -> None:
    with pytest.raises(NotCanonical):
        from_object(VECTORS["events"][0]["event"] | changes)


def test_an_object_without_a_key_is_no_event() -> None:
    event = dict(VECTORS["events"][0]["event"])
    del event["reason"]
    with pytest.raises(NotCanonical):
        from_object(event)
