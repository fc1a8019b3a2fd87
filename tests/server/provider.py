"""An identity provider on a socket: keys of all kinds, the set of them by URL, and certificates."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any

import jwt
import orjson
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from cryptography.x509.oid import NameOID
from jwt.algorithms import get_default_algorithms

KINDS = {
    "RS256": lambda: rsa.generate_private_key(65537, 2048),
    "ES256": lambda: ec.generate_private_key(ec.SECP256R1()),
    "EdDSA": ed25519.Ed25519PrivateKey.generate,
}


def claims(**changes: Any) -> dict[str, Any]:
    """Claims of a token that is good; None takes one away."""
    now = int(time.time())
    plain = {"sub": "users/ann", "roles": ["finance"], "iss": "loanledger", "aud": "loanledger"}
    told = {**plain, "iat": now, "exp": now + 60} | changes
    return {name: value for name, value in told.items() if value is not None}


def bearer(token: str) -> tuple[tuple[str, str], ...]:
    """The metadata of a call with a token."""
    return (("authorization", f"Bearer {token}"),)


@dataclass
class Signer:
    """A key of the provider."""

    kid: str
    algorithm: str
    key: Any

    @classmethod
    def make(cls, kid: str, algorithm: str = "ES256") -> Signer:
        """A new key."""
        return cls(kid, algorithm, KINDS[algorithm]())

    @property
    def pem(self) -> bytes:
        """Its public half as a file has it."""
        public = self.key.public_key()
        return bytes(public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))

    def jwk(self, **more: Any) -> dict[str, Any]:
        """Its public half as a set has it."""
        told = get_default_algorithms()[self.algorithm].to_jwk(self.key.public_key(), as_dict=True)
        return {**told, "kid": self.kid, "use": "sig", "alg": self.algorithm} | more

    def token(self, *, kid: str | None = None, **changes: Any) -> str:
        """A token, with the name of this key or another one."""
        headers = {"kid": self.kid if kid is None else kid}
        return jwt.encode(claims(**changes), self.key, self.algorithm, headers)


@dataclass
class Provider:
    """What it answers, and how often it was asked."""

    keys: list[dict[str, Any]] = field(default_factory=list)
    answer: bytes | None = None
    status: int = 200
    asked: int = 0
    url: str = ""

    def body(self) -> bytes:
        """The set."""
        self.asked += 1
        return orjson.dumps({"keys": self.keys}) if self.answer is None else self.answer


@contextmanager
def provider(*signers: Signer, files: tuple[Path, Path] | None = None) -> Iterator[Provider]:
    """Serves until the block ends; by https with the files of a certificate and its key."""
    found = Provider([signer.jwk() for signer in signers])

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = found.body()
            self.send_response(found.status)
            if found.status == 302:
                self.send_header("location", found.url + "/elsewhere")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if files:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*files)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    found.url = f"http{'s' if files else ''}://127.0.0.1:{server.server_port}/keys"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class House:
    """A certificate authority, in a folder."""

    folder: Path
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.root = self._signed("Root", self.key, authority=True)
        self.file.write_bytes(self.root.public_bytes(Encoding.PEM))

    @property
    def file(self) -> Path:
        """Its own certificate."""
        return self.folder / "root.pem"

    def issue(self, name: str) -> tuple[Path, Path]:
        """The files of a certificate of this name, good for 127.0.0.1, and of its key."""
        key, stem = ec.generate_private_key(ec.SECP256R1()), name.replace("/", "-")
        paths = self.folder / f"{stem}.pem", self.folder / f"{stem}.key"
        paths[0].write_bytes(self._signed(name, key).public_bytes(Encoding.PEM))
        paths[1].write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        return paths

    def _signed(
        self, name: str, key: ec.EllipticCurvePrivateKey, *, authority: bool = False
    ) -> x509.Certificate:
        def named(text: str) -> x509.Name:
            return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

        now = datetime.now(UTC)
        address = x509.SubjectAlternativeName(
            [x509.DNSName("localhost"), x509.IPAddress(IPv4Address("127.0.0.1"))]
        )
        return (
            x509.CertificateBuilder()
            .subject_name(named(name))
            .issuer_name(named("Root"))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(hours=1))
            .not_valid_after(now + timedelta(hours=1))
            .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
            .add_extension(address, critical=False)
            .sign(self.key, SHA256())
        )
