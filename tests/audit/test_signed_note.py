"""The second verifier's Ed25519: RFC 8032's own vectors, and signatures that are nearly right."""

from __future__ import annotations

from hashlib import sha512

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from tests.audit.verifiers import beside
from tests.examples import examples

note = beside("signed_note")
#: RFC 8032, 7.1: secret key, message, signature.
VECTORS = {
    "TEST 1": (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        b"",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e3970"
        "1cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    "TEST 2": (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        b"\x72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613"
        "d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    "TEST 3": (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        b"\xaf\x82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760"
        "984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
    "TEST SHA(abc)": (
        "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
        sha512(b"abc").digest(),
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c6"
        "6431e0303dca179c138ac17ad9bef1177331a704",
    ),
}
MESSAGE = b"a message"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC, SIGNATURE = KEY.public_key().public_bytes_raw(), KEY.sign(MESSAGE)
R, S = SIGNATURE[:32], int.from_bytes(SIGNATURE[32:], "little")


def public(secret: str) -> bytes:
    return (
        Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret)).public_key().public_bytes_raw()
    )


@pytest.mark.parametrize("name", VECTORS)
def test_the_vectors_of_the_rfc_hold(name: str) -> None:
    secret, message, signature = VECTORS[name]
    key, raw = public(secret), bytes.fromhex(signature)
    assert note.verified(key, message, raw)
    assert not note.verified(key, message + b"\x00", raw)
    assert not note.verified(PUBLIC, message, raw)


def s_of(number: int) -> bytes:
    return number.to_bytes(32, "little")


IDENTITY = (1).to_bytes(32, "little")
#: After Wycheproof: what a lax implementation takes.
NEARLY = {
    "s is not reduced": (PUBLIC, R + s_of(S + note.L)),
    "s has its highest bit set": (PUBLIC, R + s_of(S + (1 << 255))),
    "s is the group's order": (PUBLIC, R + s_of(note.L)),
    "s is zero": (PUBLIC, R + bytes(32)),
    "all zero": (PUBLIC, bytes(64)),
    "all ones": (PUBLIC, b"\xff" * 64),
    "empty": (PUBLIC, b""),
    "without s": (PUBLIC, R),
    "cut": (PUBLIC, SIGNATURE[:-1]),
    "with a byte more": (PUBLIC, SIGNATURE + b"\x00"),
    "R and s swapped": (PUBLIC, SIGNATURE[32:] + R),
    "R has its sign changed": (PUBLIC, R[:-1] + bytes([R[-1] ^ 0x80]) + SIGNATURE[32:]),
    "R is p": (PUBLIC, s_of(note.P) + SIGNATURE[32:]),
    "R is one, not reduced": (PUBLIC, s_of(note.P + 1) + SIGNATURE[32:]),
    "R is no point": (PUBLIC, s_of(2) + SIGNATURE[32:]),
    "R is one with a sign": (PUBLIC, s_of(1 + (1 << 255)) + SIGNATURE[32:]),
    "key of another length": (PUBLIC[:-1], SIGNATURE),
    "key with a byte more": (PUBLIC + b"\x00", SIGNATURE),
    "key has its sign changed": (PUBLIC[:-1] + bytes([PUBLIC[-1] ^ 0x80]), SIGNATURE),
    "key is one, not reduced": (s_of(note.P + 1), IDENTITY + bytes(32)),
    "key is no point": (s_of(2), SIGNATURE),
}


@pytest.mark.parametrize("kind", NEARLY)
def test_a_signature_that_is_nearly_right_is_refused(kind: str) -> None:
    assert note.verified(PUBLIC, MESSAGE, SIGNATURE)
    key, signature = NEARLY[kind]
    assert not note.verified(key, MESSAGE, signature)


@examples(20)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=90), st.integers(0, 600))
def test_it_agrees_with_another_implementation(secret: bytes, message: bytes, bit: int) -> None:
    key = Ed25519PrivateKey.from_private_bytes(secret)
    signature = bytearray(key.sign(message))
    if bit < 512:
        signature[bit // 8] ^= 1 << bit % 8
    raw = key.public_key().public_bytes_raw()
    try:
        Ed25519PublicKey.from_public_bytes(raw).verify(bytes(signature), message)
        expected = True
    except InvalidSignature:
        expected = False
    assert note.verified(raw, message, bytes(signature)) == expected == (bit >= 512)
