"""Time stamps over checkpoints: honest ones hold, others are refused, openssl's own are read."""

from __future__ import annotations

import json
from base64 import b64decode
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256, sha512
from pathlib import Path
from typing import Any

import pytest
from cryptography.x509.oid import ExtendedKeyUsageOID
from rfc3161_client import decode_timestamp_response

from ledger.audit.der import sorted_certificates
from ledger.audit.timestamps import (
    APART,
    Authority,
    BadTimestamp,
    available,
    require_after,
    shown,
)
from tests.audit.sample import build
from tests.authority import REJECTION
from tests.authority import Authority as Tsa

NOTE = build().note()
WHEN = datetime(2026, 3, 1, 12, tzinfo=UTC)
VECTOR = json.loads((Path(__file__).parent / "vectors/timestamp.json").read_bytes())


@cache
def tsa() -> Tsa:
    """An honest authority."""
    return Tsa()


def stamp(by: Tsa, **changes: Any) -> bytes:
    found = {"digest": sha256(NOTE.encode()).digest(), "moment": WHEN} | changes
    return by.response(**found)


def moment(response: bytes, by: Tsa | None = None, **options: Any) -> int:
    return Authority.parse((by or tsa()).pem).moment(NOTE, response, **options)


def test_an_honest_stamp_tells_when_the_checkpoint_was_seen() -> None:
    assert available()
    assert shown(moment(stamp(tsa()))) == "2026-03-01T12:00:00+00:00"
    assert moment(stamp(tsa(), nonce=7), nonce=7) == int(WHEN.timestamp()) * 10**6


def test_one_of_several_roots_is_enough() -> None:
    both = Authority.parse(Tsa("Other").pem + tsa().pem)
    assert both.moment(NOTE, stamp(tsa()))


@pytest.mark.parametrize("response", ["response", "response_sha512"])
def test_a_response_of_openssl_is_read(response: str) -> None:
    found = Authority.parse(VECTOR["root"].encode())
    assert VECTOR["note"] == NOTE
    data = b64decode(VECTOR[response])
    if response == "response":
        assert found.moment(NOTE, data) == VECTOR["moment"]
        with pytest.raises(BadTimestamp, match="self-signed certificate in certificate chain"):
            moment(data)
    else:
        with pytest.raises(BadTimestamp, match="Mismatch between messages"):
            found.moment(NOTE, data)


def test_certificates_in_another_order_are_put_in_that_of_der() -> None:
    data = b64decode(VECTOR["response"])
    with pytest.raises(ValueError, match="InvalidSetOrdering"):
        decode_timestamp_response(data)
    mended = sorted_certificates(data)
    assert sorted(mended) == sorted(data)
    assert decode_timestamp_response(mended)
    assert sorted_certificates(mended) == mended


@pytest.mark.parametrize(
    "data", [b"", b"\x30", b"\x30\x80\x00\x00", b"\x30\x03\x02\x01", REJECTION]
)
def test_what_is_no_response_stays_as_it_is_and_is_refused(data: bytes) -> None:
    assert sorted_certificates(data) == data
    with pytest.raises(BadTimestamp):
        moment(data)


EXPIRED = {"until": datetime(2026, 2, 1, tzinfo=UTC)}
FORGED: dict[str, tuple[Any, str]] = {
    "another imprint": (
        lambda: stamp(tsa(), digest=bytes(32), nonce=7),
        "Mismatch between messages",
    ),
    "another hash": (
        lambda: stamp(tsa(), digest=sha512(NOTE.encode()).digest(), algorithm="sha512", nonce=7),
        "Mismatch",
    ),
    "a hash by another name": (
        lambda: stamp(tsa(), algorithm="sha512", nonce=7),
        "not over a SHA-256",
    ),
    "another authority": (lambda: stamp(Tsa("Other")), "unable to get local issuer"),
    "another authority of the same name": (lambda: stamp(Tsa()), "Error|signature|issuer"),
    "before the certificate": (
        lambda: stamp(tsa(), moment=datetime(2019, 1, 1, tzinfo=UTC)),
        "not yet valid",
    ),
    "after the certificate": (
        lambda: stamp(tsa(), moment=datetime(2061, 1, 1, tzinfo=UTC)),
        "expired",
    ),
    "a refusal": (lambda: REJECTION, "not GRANTED"),
    "another nonce": (lambda: stamp(tsa(), nonce=8), "Nonce mismatch"),
    "no nonce": (lambda: stamp(tsa()), "Nonce mismatch"),
    "something behind it": (lambda: stamp(tsa(), nonce=7) + b"\0", "ExtraData"),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_stamp_is_refused(name: str) -> None:
    made, words = FORGED[name]
    with pytest.raises(BadTimestamp, match=words):
        moment(made(), nonce=7)


def test_a_certificate_for_another_purpose_stamps_nothing() -> None:
    signs = Tsa(purpose=ExtendedKeyUsageOID.CODE_SIGNING)
    with pytest.raises(BadTimestamp, match="purpose"):
        moment(stamp(signs), signs)


def test_a_certificate_that_expired_since_still_shows_what_it_saw_then() -> None:
    old = Tsa(**EXPIRED)
    assert moment(stamp(old, moment=datetime(2026, 1, 1, tzinfo=UTC)), old)
    with pytest.raises(BadTimestamp, match="expired"):
        moment(stamp(old), old)


def test_an_altered_byte_is_refused_or_changes_nothing_that_is_shown() -> None:
    honest = stamp(tsa())
    known, seen = moment(honest), 0
    for place in range(len(honest)):
        changed = bytearray(honest)
        changed[place] ^= 1
        try:
            assert moment(bytes(changed)) == known
            seen += 1
        except BadTimestamp:
            pass
    assert seen < 20  # names of algorithms that the signature does not cover


def test_a_time_before_what_it_covers_is_refused_but_for_a_difference_of_clocks() -> None:
    recorded = int(WHEN.timestamp()) * 10**6
    require_after(recorded - APART, recorded)
    with pytest.raises(BadTimestamp, match="before what it covers was recorded"):
        require_after(recorded - APART - 1, recorded)


def test_what_is_no_certificate_is_no_authority() -> None:
    for data in (b"", b"no certificate", NOTE.encode()):
        with pytest.raises(ValueError, match="PEM"):
            Authority.parse(data)
    assert timedelta(microseconds=APART) == timedelta(seconds=10)
