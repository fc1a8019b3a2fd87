"""Asks a time-stamping authority (RFC 3161) about the newest checkpoint, now and then.

A stamp over a checkpoint covers all that came before, so one an hour says as much as one for each.
Sealing does not wait for it: an authority that is away is asked again later.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import psycopg
import structlog

from ledger.audit.timestamps import Authority, BadTimestamp, available, require_after
from ledger.store import seals
from ledger.store.rows import DAMAGED
from ledger.store.seals import Sealed
from ledger.store.stripes import Book
from server.apart import apart
from server.database import Database
from server.errors import Unavailable, first_line, storage_damaged

log = structlog.get_logger()
#: A token with its certificates has some kilobytes.
MOST_BYTES = 256 * 1024
_PATIENCE_SECONDS = 10
_AGAIN_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom to ask, whom to believe, and how often, in seconds."""

    url: str
    authority: Authority
    every: int


def asked(url: str, certificate: Path | None, every: int) -> Asked:
    """The settings as values; ValueError in one line where they are no good."""
    if urlsplit(url).scheme not in {"http", "https"}:
        raise ValueError(f"LOANLEDGER_TIMESTAMP_URL: {url!r} is no URL of http or https")
    if certificate is None:
        raise ValueError("LOANLEDGER_TIMESTAMP_CERTIFICATE is not set: whose stamps to believe")
    if not available():
        raise ValueError("time stamps need rfc3161-client: pip install 'loanledger[timestamps]'")
    try:
        return Asked(url, Authority.parse(certificate.read_bytes()), every)
    except (OSError, ValueError) as error:
        raise ValueError(f"LOANLEDGER_TIMESTAMP_CERTIFICATE: {error}") from None


class Stamper:
    """Has the newest checkpoint of a book stamped, and keeps the stamp with it."""

    def __init__(self, database: Database, book: Book, ask: Asked) -> None:
        self._database, self._book, self._ask = database, book, ask

    async def run(self) -> None:
        """Asks once in the time that is set; sooner again where it did not work."""
        while True:
            done = await self.stamp()
            await asyncio.sleep(self._ask.every if done else min(self._ask.every, _AGAIN_SECONDS))

    async def stamp(self) -> bool:
        """Whether the newest checkpoint has its stamp now; what is in the way is logged."""
        try:
            async with self._database.reading() as connection:
                newest = await seals.checkpoint(connection, self._book.number, None)
            if newest is None or newest.token:
                return newest is not None
            token = await self._stamped(newest)
            connection = await self._database.connect()
            try:
                await seals.add_stamp(connection, self._book.number, newest.size, token)
            finally:
                await connection.close()
            return True
        except BadTimestamp as error:
            log.error("timestamp_refused", url=self._ask.url, error=error.message)
        except DAMAGED as error:
            storage_damaged(error, "timestamp")
        except (psycopg.Error, Unavailable, OSError, HTTPException) as error:
            log.warning("timestamp_failed", url=self._ask.url, error=first_line(error))
        return False

    async def _stamped(self, newest: Sealed) -> bytes:
        """The authority's answer, which must hold before it is kept."""
        from rfc3161_client import HashAlgorithm, TimestampRequestBuilder  # noqa: PLC0415

        request = (
            TimestampRequestBuilder()
            .data(newest.note.encode())
            .hash_algorithm(HashAlgorithm.SHA256)
            .build()
        )
        post = partial(_post, self._ask.url, request.as_bytes())
        token = await apart(post, OSError, HTTPException)
        moment = self._ask.authority.moment(newest.note, token, request.nonce)
        require_after(moment, newest.sealed_at or 0)
        return token


def _post(url: str, body: bytes) -> bytes:
    kind = {"Content-Type": "application/timestamp-query"}
    with urlopen(Request(url, body, kind), timeout=_PATIENCE_SECONDS) as answer:
        found: bytes = answer.read(MOST_BYTES + 1)
    if len(found) > MOST_BYTES:
        raise HTTPException(f"the answer has more than {MOST_BYTES} bytes")
    return found
