"""Signed notes and checkpoints, against the example of the reference implementation."""

from __future__ import annotations

from base64 import b64decode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.audit.checkpoint import (
    BadSignature,
    Checkpoint,
    MalformedNote,
    VerifierKey,
    open_note,
    sign,
    sign_note,
    verify_note,
)

# The example of the Go package golang.org/x/mod/sumdb/note: keys, text and signatures.
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETER_SEED = b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]
ENOCH = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
PETER_LINE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdng"
    "otpRZb6KE6RyyBwJnAM=\n"
)
ENOCH_LINE = (
    "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWL"
    "ox33WWd1RvMc+QQ=\n"
)
NOTE = f"{TEXT}\n{PETER_LINE}"

ORIGIN = "loanledger/main"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OURS = VerifierKey.of(ORIGIN, KEY)
CHECKPOINT = Checkpoint(ORIGIN, 20852163, bytes(range(32)))


def test_the_published_note_verifies_with_the_published_key() -> None:
    assert verify_note(NOTE, VerifierKey.parse(PETER)) == TEXT


def test_the_published_key_signs_the_published_note_byte_for_byte() -> None:
    private_key = Ed25519PrivateKey.from_private_bytes(PETER_SEED)
    assert sign_note(TEXT, "PeterNeumann", private_key) == NOTE
    assert VerifierKey.of("PeterNeumann", private_key).text() == PETER


def test_a_note_with_two_signatures_verifies_with_either_key() -> None:
    note = NOTE + ENOCH_LINE
    assert verify_note(note, VerifierKey.parse(PETER)) == TEXT
    assert verify_note(note, VerifierKey.parse(ENOCH)) == TEXT


def test_a_note_that_the_key_did_not_sign_is_refused() -> None:
    with pytest.raises(BadSignature, match="not signed by this key"):
        verify_note(NOTE, VerifierKey.parse(ENOCH))


def test_one_wrong_signature_of_the_key_is_refused_even_beside_a_right_one() -> None:
    wrong = PETER_LINE.replace("JkuBS", "JkuBT")
    with pytest.raises(BadSignature):
        verify_note(NOTE + wrong, VerifierKey.parse(PETER))


@pytest.mark.parametrize(
    "note",
    [
        TEXT,
        TEXT + "\n",
        NOTE[:-1],
        "\x01" + NOTE,
        "\ud800" + NOTE,
        NOTE.replace("PeterNeumann", "Bad Name"),
        NOTE.replace("PeterNeumann", "Bad+Name"),
        NOTE + "Unexpected line.\n",
        NOTE + "— PeterNeumann x08g\n",
        NOTE + PETER_LINE * 100,
        NOTE.replace("nAM=", "nAN="),
    ],
)
def test_a_malformed_note_is_refused(note: str) -> None:
    with pytest.raises(MalformedNote):
        verify_note(note, VerifierKey.parse(PETER))


def test_every_substring_of_a_key_and_every_changed_character_is_refused() -> None:
    cuts = [PETER[i:j] for i in range(len(PETER) + 1) for j in range(i + 1, len(PETER) + 1)]
    changed = [PETER[:i] + chr(ord(c) + 1) + PETER[i + 1 :] for i, c in enumerate(PETER)]
    for text in [*cuts, *changed]:
        if text != PETER:
            with pytest.raises(MalformedNote):
                VerifierKey.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    ],
)
def test_a_key_of_another_length_or_algorithm_is_refused(text: str) -> None:
    with pytest.raises(MalformedNote):
        VerifierKey.parse(text)


def test_a_signed_checkpoint_opens_as_it_was() -> None:
    text = sign(CHECKPOINT, ORIGIN, KEY)
    assert open_note(text, OURS.text()) == CHECKPOINT
    assert text.splitlines()[:3] == [
        "loanledger/main",
        "20852163",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    ]


def test_extension_lines_are_signed_and_read() -> None:
    checkpoint = Checkpoint(ORIGIN, 5, bytes(32), ("sealed 2026-03-01", "stripes 64"))
    assert open_note(sign(checkpoint, ORIGIN, KEY), OURS) == checkpoint


def test_any_changed_byte_of_a_checkpoint_is_refused() -> None:
    text = sign(CHECKPOINT, ORIGIN, KEY)
    data = text.encode()
    for i in range(len(data)):
        changed = (data[:i] + bytes([data[i] ^ 1]) + data[i + 1 :]).decode(errors="replace")
        with pytest.raises((BadSignature, MalformedNote)):
            open_note(changed, OURS)


@pytest.mark.parametrize(
    "body",
    [
        "loanledger/main\n5\n",
        "loanledger/main\n05\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        "loanledger/main\n-5\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        "loanledger/main\n9999999999999999999\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        "loanledger/main\n٥\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        "loanledger/main\n5\nAAECAwQF\n",
        "loanledger/main\n5\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9=\n",
        "\n5\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        "loanledger/main\n5\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n\nlate\n",
    ],
)
def test_a_signed_note_that_is_no_checkpoint_is_refused(body: str) -> None:
    with pytest.raises(MalformedNote):
        open_note(sign_note(body, ORIGIN, KEY), OURS)


def test_a_checkpoint_that_could_not_be_read_back_is_not_made() -> None:
    for origin, size, root in (("", 1, bytes(32)), ("a\nb", 1, bytes(32)), ("a", -1, bytes(32))):
        with pytest.raises(MalformedNote):
            Checkpoint(origin, size, root)
    with pytest.raises(MalformedNote):
        Checkpoint("a", 1, bytes(31))


def test_a_key_name_with_a_space_or_a_plus_signs_nothing() -> None:
    for name in ("", "a b", "a+b"):
        with pytest.raises(MalformedNote):
            sign(CHECKPOINT, name, KEY)
