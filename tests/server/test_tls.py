"""The port encrypted: no plain call, no other certificate, no caller without one where asked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import grpc
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from server.config import Config
from tests.book import running_server

PATH = "/loanledger.v1.LedgerService/ListPeriods"
REQUEST = b"\x0a\x0abooks/main"


class Authority:
    """Certificates of one issuer."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder, self.name, self.key = folder, name, ec.generate_private_key(ec.SECP256R1())
        self.pem = self._signed(name, self.key, ca=True)

    def _signed(self, name: str, key: ec.EllipticCurvePrivateKey, *, ca: bool) -> bytes:
        now, host = datetime.now(UTC), x509.IPAddress(ip_address("127.0.0.1"))
        made = (
            x509.CertificateBuilder()
            .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
            .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, self.name)]))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName([host]), critical=False)
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        )
        return made.sign(self.key, SHA256()).public_bytes(Encoding.PEM)

    def issued(self, name: str) -> tuple[bytes, bytes]:
        """A key and its certificate, PEM."""
        key = ec.generate_private_key(ec.SECP256R1())
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        return pem, self._signed(name, key, ca=False)

    def file(self, name: str, data: bytes) -> Path:
        """Where something of it is kept."""
        path = self.folder / name
        path.write_bytes(data)
        return path


def asked(channel: grpc.Channel, token: str) -> bytes:
    with channel:
        call = channel.unary_unary(PATH)
        return bytes(call(REQUEST, metadata=(("authorization", f"Bearer {token}"),), timeout=5))


def test_a_server_with_a_certificate_talks_to_nobody_in_clear_and_asks_for_theirs(
    database: str, tmp_path: Path
) -> None:
    ours, others = Authority(tmp_path, "ours"), Authority(tmp_path, "others")
    key, certificate = ours.issued("server")
    settings = {
        "tls_cert": ours.file("server.pem", certificate),
        "tls_key": ours.file("server.key", key),
        "tls_client_ca": ours.file("ca.pem", ours.pem),
    }
    with running_server(database, tmp_path / "data", **settings) as server:
        token, target = server.token(), server.target

        def with_pair(*pair: bytes, root: bytes = ours.pem) -> bytes:
            credentials = grpc.ssl_channel_credentials(root, *pair)
            return asked(grpc.secure_channel(target, credentials), token)

        assert with_pair(*ours.issued("caller"))
        with pytest.raises(grpc.RpcError):
            with_pair()
        with pytest.raises(grpc.RpcError):
            with_pair(*others.issued("caller"))
        with pytest.raises(grpc.RpcError):
            with_pair(*ours.issued("caller"), root=others.pem)
        with pytest.raises(grpc.RpcError):
            asked(grpc.insecure_channel(target), token)


def test_a_server_that_is_not_in_development_needs_encryption_tokens_and_keys() -> None:
    missing = " ".join(Config.model_validate({"insecure": False}).production_problems())
    for name in ("DSN", "TLS_CERT", "TLS_KEY", "TOKEN_KEYS", "SIGNING_KEY"):
        assert f"LOANLEDGER_{name} is not set" in missing
