"""A time-stamping authority of RFC 3161 over HTTP, honest or not, without any program outside."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from asn1crypto import algos, cms, core, tsp
from asn1crypto import x509 as plain
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

POLICY = "1.2.3.4.1"
#: A response that has a status (2, rejection) and no token.
REJECTION = bytes.fromhex("30053003020102")


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


@dataclass
class Authority:
    """A root, and a certificate of it that stamps; `shift` moves its clock."""

    name: str = "Time"
    since: datetime = datetime(2020, 1, 1, tzinfo=UTC)
    until: datetime = datetime(2060, 1, 1, tzinfo=UTC)
    purpose: x509.ObjectIdentifier = ExtendedKeyUsageOID.TIME_STAMPING
    shift: timedelta = timedelta()
    rejects: bool = False
    asked: int = 0
    changes: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._root_key = rsa.generate_private_key(65537, 2048)
        self._key = rsa.generate_private_key(65537, 2048)
        name = _name(f"{self.name} root")
        self.root = self._issued(name, self._root_key, ca=True)
        self.certificate = self._issued(_name(f"{self.name} stamps"), self._key, ca=False)

    @property
    def pem(self) -> bytes:
        """The root, as an auditor is given it."""
        return self.root.public_bytes(Encoding.PEM)

    def _issued(self, subject: x509.Name, key: rsa.RSAPrivateKey, *, ca: bool) -> x509.Certificate:
        made = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(_name(f"{self.name} root"))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(self.since - timedelta(days=ca))
            .not_valid_after(self.until + timedelta(days=3650 * ca))
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        )
        if not ca:
            made = made.add_extension(x509.ExtendedKeyUsage([self.purpose]), critical=True)
        return made.sign(self._root_key, SHA256())

    def answer(self, request: bytes) -> bytes:
        """The response to a request, DER."""
        self.asked += 1
        if self.rejects:
            return REJECTION
        asked = tsp.TimeStampReq.load(request)
        imprint = asked["message_imprint"]
        found = {
            "digest": imprint["hashed_message"].native,
            "algorithm": imprint["hash_algorithm"]["algorithm"].native,
            "nonce": asked["nonce"].native,
        }
        return self.response(**found | self.changes)

    def response(
        self,
        digest: bytes,
        nonce: int | None = None,
        *,
        algorithm: str = "sha256",
        moment: datetime | None = None,
    ) -> bytes:
        """A token over a digest, in its response."""
        moment = moment or datetime.now(UTC) + self.shift
        info = tsp.TSTInfo(
            {
                "version": "v1",
                "policy": POLICY,
                "message_imprint": {
                    "hash_algorithm": {"algorithm": algorithm},
                    "hashed_message": digest,
                },
                "serial_number": x509.random_serial_number(),
                "gen_time": moment.replace(microsecond=0),
                "nonce": nonce,
            }
        )
        content = {"status": {"status": "granted"}, "time_stamp_token": self._signed(info)}
        return tsp.TimeStampResp(content).dump()  # type: ignore[no-any-return]

    def _signed(self, info: tsp.TSTInfo) -> cms.ContentInfo:
        der = self.certificate.public_bytes(Encoding.DER)
        own = plain.Certificate.load(der)
        hashed = algos.DigestAlgorithm({"algorithm": "sha256"})
        ess = tsp.SigningCertificateV2({"certs": [{"cert_hash": sha256(der).digest()}]})
        attributes = cms.CMSAttributes(
            [
                {"type": "content_type", "values": ["tst_info"]},
                {"type": "message_digest", "values": [sha256(info.dump()).digest()]},
                {"type": "signing_certificate_v2", "values": [ess]},
            ]
        )
        signer = {
            "version": "v1",
            "sid": {
                "issuer_and_serial_number": {
                    "issuer": own.issuer,
                    "serial_number": own.serial_number,
                }
            },
            "digest_algorithm": hashed,
            "signed_attrs": attributes,
            "signature_algorithm": {"algorithm": "sha256_rsa"},
            "signature": self._key.sign(attributes.dump(), padding.PKCS1v15(), SHA256()),
        }
        data = {
            "version": "v3",
            "digest_algorithms": [hashed],
            "encap_content_info": {
                "content_type": "tst_info",
                "content": core.ParsableOctetString(info.dump()),
            },
            "certificates": [own],
            "signer_infos": [signer],
        }
        return cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(data)})


@contextmanager
def serving(authority: Authority, port: int = 0) -> Iterator[str]:
    """The URL at which it answers."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            assert self.headers["Content-Type"] == "application/timestamp-query"
            found = authority.answer(body)
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(found)))
            self.end_headers()
            self.wfile.write(found)

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
