"""Time stamps of RFC 3161 over signed checkpoints: what an outside authority saw, and when.

The stamp covers the SHA-256 of the note. It is a whole response, as `openssl ts` reads it too. The
verifier is the optional package `rfc3161-client`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from importlib.util import find_spec
from typing import Final

from cryptography.x509 import Certificate, load_pem_x509_certificates

from ledger.audit.der import sorted_certificates
from ledger.errors import LedgerError

#: How far the clocks of the database and of the authority may lie apart, in microseconds.
APART: Final = 10_000_000
_SHA256: Final = "2.16.840.1.101.3.4.2.1"
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_CAUSE: Final = re.compile(r"Verify error: ([^\"]+)\"")


class BadTimestamp(LedgerError):
    """The stamp is not one of this authority over this checkpoint."""

    reason = "BAD_TIMESTAMP"


@dataclass(frozen=True, slots=True)
class Authority:
    """The certificates that a stamp's own must lead to: the root, and any between."""

    certificates: Sequence[Certificate]

    @classmethod
    def parse(cls, pem: bytes) -> Authority:
        """Reads certificates in PEM form; ValueError where there are none."""
        return cls(tuple(load_pem_x509_certificates(pem)))

    def moment(self, note: str, stamp: bytes, nonce: int | None = None) -> int:
        """When it saw the note, in microseconds since 1970; BadTimestamp with the reason.

        Certificates must have been valid then; they may have expired since. `nonce` is that of the
        request, where it is known.
        """
        from rfc3161_client import (  # noqa: PLC0415 only where somebody has time stamps
            VerificationError,
            VerifierBuilder,
            decode_timestamp_response,
        )

        try:
            found = decode_timestamp_response(sorted_certificates(stamp))
            verifier = VerifierBuilder(roots=[*self.certificates], nonce=nonce).build()
            verifier.verify(found, sha256(note.encode()).digest())
            info = found.tst_info
        except (VerificationError, ValueError) as error:
            cause = _CAUSE.search(str(error))
            text = cause[1] if cause else (str(error).splitlines() or ["?"])[0]
            raise BadTimestamp(f"the time stamp is refused: {text}") from None
        if info.message_imprint.hash_algorithm.dotted_string != _SHA256:
            raise BadTimestamp("the time stamp is not over a SHA-256")
        return (info.gen_time - _EPOCH) // timedelta(microseconds=1)


def available() -> bool:
    """Whether the verifier is installed."""
    return find_spec("rfc3161_client") is not None


def require_after(moment: int, recorded: int) -> None:
    """BadTimestamp where a stamp says a time before what it covers was recorded.

    Both in microseconds since 1970; clocks may lie APART.
    """
    if moment + APART < recorded:
        text = f"it is of {shown(moment)}, before what it covers was recorded ({shown(recorded)})"
        raise BadTimestamp(f"the time stamp is refused: {text}")


def shown(moment: int) -> str:
    """Microseconds since 1970 as people read them."""
    return (_EPOCH + timedelta(microseconds=moment)).isoformat(timespec="seconds")
