"""Tokens of an identity provider: every kind of key, keys that come and go, and known attacks."""

from __future__ import annotations

import base64
import hmac
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import jwt
import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from server.config import Config
from server.errors import StartError
from server.keyring import (
    Source,
    algorithm_of,
    keys_of_file,
    keys_of_set,
    read,
    source_of,
)
from tests.server.bad import send
from tests.server.desk import Desk, serving
from tests.server.provider import KINDS, House, Provider, Signer, bearer, claims, provider

PATH, DATA = "/loanledger.v1.LedgerService/ListPeriods", b"\x0a\x0abooks/main"
SOON = {"token_jwks_again_seconds": 1}


def tried(desk: Desk, token: str) -> str:
    """OK, or the status of a call with a token."""
    error = send(desk, PATH, DATA, bearer(token))
    return error.code.name if error else "OK"


@contextmanager
def trusting(database: str, *signers: Signer, **more: Any) -> Iterator[tuple[Desk, Provider]]:
    """A server that believes only a provider with these keys."""
    with (
        provider(*signers) as found,
        serving(database, token_keys=None, token_jwks_url=found.url, **SOON | more) as desk,
    ):
        yield desk, found


def encoded(part: dict[str, Any] | bytes) -> str:
    """A part of a token."""
    data = part if isinstance(part, bytes) else orjson.dumps(part)
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def forged(header: dict[str, Any], secret: bytes | None) -> str:
    """A token that is signed with a secret by HMAC, or by nobody."""
    body = f"{encoded(header)}.{encoded(claims())}"
    seal = hmac.digest(secret, body.encode(), "sha256") if secret else b""
    return f"{body}.{encoded(seal)}"


def test_keys_of_all_kinds_stand_in_one_file(database: str, tmp_path: Path) -> None:
    signers = [Signer.make("", kind) for kind in KINDS]
    path = tmp_path / "keys.pem"
    path.write_bytes(b"".join(signer.pem for signer in signers))
    with serving(database, token_keys=path) as desk:
        assert [tried(desk, signer.token()) for signer in signers] == ["OK"] * 3
        for signer in signers:
            assert tried(desk, Signer.make("", signer.algorithm).token()) == "UNAUTHENTICATED"


def test_keys_of_all_kinds_come_from_a_provider_by_https(database: str, tmp_path: Path) -> None:
    signers = [Signer.make(kind, kind) for kind in KINDS]
    house = House(tmp_path / "ca")
    with provider(*signers, files=house.issue("provider")) as found:
        given = {"token_keys": None, "token_jwks_url": found.url}
        with serving(database, **given, token_jwks_ca=house.file) as desk:
            assert [tried(desk, signer.token()) for signer in signers] == ["OK"] * 3
            assert found.asked == 1
        with serving(database, **given) as desk:
            assert tried(desk, signers[0].token()) == "UNAUTHENTICATED"


def test_an_attacker_s_token_gets_nobody_in(database: str) -> None:
    old, new = Signer.make("old", "RS256"), Signer.make("new", "ES256")
    edwards, thief = Signer.make("edwards", "EdDSA"), Signer.make("old", "RS256")
    with trusting(database, old, new, edwards) as (desk, _):
        hour = int(time.time()) - 3600
        tokens = {
            "unsigned": forged({"alg": "none", "kid": "old"}, None),
            "unsigned, in capitals": forged({"alg": "NONE", "kid": "old"}, None),
            "public key as secret": forged({"alg": "HS256", "kid": "old"}, old.pem),
            "its public key as secret": forged({"alg": "HS256"}, new.pem),
            "another key of ours is named": new.token(kid="old"),
            "a key that nobody knows": thief.token(kid="gone"),
            "a key of the name, but another": thief.token(),
            "no name": thief.token(kid=""),
            "a path as name": thief.token(kid="../../../dev/null"),
            "another algorithm of the key": jwt.encode(
                claims(), old.key, "RS512", headers={"kid": "old"}
            ),
            "its own key in the header": jwt.encode(
                claims(), thief.key, "RS256", headers={"jwk": thief.jwk(), "kid": "x"}
            ),
            "expired": old.token(exp=hour, iat=hour - 60),
            "of the future": old.token(nbf=hour + 7200, exp=hour + 9000),
            "for others": old.token(aud="elsewhere"),
            "without audience": old.token(aud=None),
            "without issuer": old.token(iss=None),
            "without expiry": old.token(exp=None),
            "without subject": old.token(sub=None),
            "of nobody": old.token(sub=""),
        }
        found = {name: tried(desk, token) for name, token in tokens.items()}
        assert found == dict.fromkeys(tokens, "UNAUTHENTICATED")
        assert [tried(desk, one.token()) for one in (old, new, edwards)] == ["OK"] * 3


def test_a_new_key_is_found_by_its_name_but_not_asked_for_all_the_time(database: str) -> None:
    old, new = Signer.make("old"), Signer.make("new", "EdDSA")
    with trusting(database, old, token_jwks_again_seconds=2) as (desk, found):
        assert tried(desk, old.token()) == "OK"
        time.sleep(2.1)
        found.keys.append(new.jwk())
        assert tried(desk, new.token()) == "OK"
        assert found.asked == 2
        for number in range(20):
            assert tried(desk, old.token(kid=f"nobody's-{number}")) == "UNAUTHENTICATED"
        assert found.asked == 2


def test_a_key_that_is_taken_away_is_soon_good_no_more(database: str) -> None:
    old, new = Signer.make("old"), Signer.make("new")
    with trusting(database, old, new, token_jwks_seconds=1) as (desk, found):
        token = old.token()
        assert tried(desk, token) == "OK"
        found.keys.pop(0)
        time.sleep(1.6)
        assert tried(desk, token) == "UNAUTHENTICATED"
        assert tried(desk, new.token()) == "OK"


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (500, b"sorry"),
        (302, b""),
        (200, b"<html>"),
        (200, b"[]"),
        (200, b'{"keys": []}'),
        (200, b'{"keys": [' + b'{"kty": "RSA"},' * 30_000 + b"{}]}"),
    ],
)
def test_while_the_provider_is_away_the_last_keys_count(
    database: str, status: int, answer: bytes
) -> None:
    signer = Signer.make("only")
    with trusting(database, signer, token_jwks_seconds=1) as (desk, found):
        found.status, found.answer = status, answer
        before, end = found.asked, time.monotonic() + 10
        while found.asked == before and time.monotonic() < end:
            time.sleep(0.1)
        time.sleep(0.2)
        assert tried(desk, signer.token()) == "OK"


def test_a_server_starts_before_its_provider(database: str) -> None:
    signer = Signer.make("only")
    with trusting(database, signer) as (_, found):
        found.status = 503
        with serving(database, token_keys=None, token_jwks_url=found.url, **SOON) as late:
            assert tried(late, signer.token()) == "UNAUTHENTICATED"
            found.status = 200
            time.sleep(1.1)
            assert tried(late, signer.token()) == "OK"


def test_the_book_comes_from_the_token(database: str) -> None:
    signer = Signer.make("only")
    with trusting(database, signer) as (desk, _):
        assert tried(desk, signer.token(books=["main", "other"])) == "OK"
        assert tried(desk, signer.token(books=["other"])) == "NOT_FOUND"
        assert tried(desk, signer.token(books=[])) == "NOT_FOUND"
        assert tried(desk, signer.token(books="main")) == "UNAUTHENTICATED"
        assert tried(desk, signer.token()) == "OK"
    with trusting(database, signer, token_books="required") as (desk, _):
        assert tried(desk, signer.token()) == "UNAUTHENTICATED"
        assert tried(desk, signer.token(books=["main"])) == "OK"


def test_clocks_may_differ_by_the_leeway(database: str) -> None:
    signer, now = Signer.make("only"), int(time.time())
    late, early = (
        signer.token(exp=now - 5),
        signer.token(nbf=now + 20, iat=now + 3600, exp=now + 90),
    )
    with trusting(database, signer, token_leeway_seconds=30) as (desk, _):
        assert (tried(desk, late), tried(desk, early)) == ("OK", "OK")
        assert tried(desk, signer.token(exp=now - 40)) == "UNAUTHENTICATED"
    with trusting(database, signer) as (desk, _):
        assert (tried(desk, late), tried(desk, early)) == ("UNAUTHENTICATED", "OK")


def test_a_key_tells_its_algorithm_and_weak_ones_are_refused(tmp_path: Path) -> None:
    weak = rsa.generate_private_key(65537, 1024)
    curve = ec.generate_private_key(ec.SECP384R1())
    assert algorithm_of(weak.public_key()) is None
    assert algorithm_of(curve.public_key()) is None
    path = tmp_path / "keys.pem"
    for key, told in ((weak, "2048 bits"), (curve, "P-256")):
        path.write_bytes(Signer("", "", key).pem)
        with pytest.raises(StartError, match=told):
            keys_of_file(path)
    path.write_text("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n")
    with pytest.raises(StartError, match="key 1 is no public key"):
        keys_of_file(path)
    good = Signer.make("good")
    odd = [
        *({"kty": "oct", "k": "c2VjcmV0", "kid": "secret"}, {}, "text", good.jwk(use="enc")),
        *(
            good.jwk(alg="RS256"),
            good.jwk(kid=""),
            good.jwk(x="!"),
            Signer("weak", "RS256", weak).jwk(),
        ),
    ]
    assert [key.kid for key in keys_of_set(orjson.dumps({"keys": [*odd, good.jwk()]}))] == ["good"]


def test_a_url_of_keys_is_https_and_holds_no_password() -> None:
    for url, insecure in (("http://idp/keys", False), ("file:///etc/passwd", True)):
        with pytest.raises(StartError, match="must begin with https"):
            source_of(Config.model_validate({"token_jwks_url": url, "insecure": insecure}))
    with pytest.raises(StartError, match="no password") as told:
        source_of(Config.model_validate({"token_jwks_url": "https://me:secret@idp/keys"}))
    assert "secret" not in str(told.value)


def test_keys_are_not_read_from_where_an_answer_points_to() -> None:
    class Pointing(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            elsewhere = self.path == "/elsewhere"
            self.send_response(200 if elsewhere else 302)
            self.send_header("Location", "/elsewhere")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_: object) -> None:
            return None

    with ThreadingHTTPServer(("127.0.0.1", 0), Pointing) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_address[1]}"
        assert read(Source(f"{url}/elsewhere", None, 1, 1)) == b"{}"
        with pytest.raises(OSError, match="302"):
            read(Source(f"{url}/keys", None, 1, 1))
        server.shutdown()
