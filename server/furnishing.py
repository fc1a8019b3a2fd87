"""What a server works with: the book, its lanes, its sealer and its closers, ready to serve."""

from __future__ import annotations

from pathlib import Path

import structlog
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from ledger.lending.books import open_book, tell_schema
from ledger.store import catalogue, clusters, parties, stripes
from ledger.store.rows import DAMAGED, Connection
from ledger.store.stripes import Book
from server.clock import microseconds, today
from server.closers import Closers
from server.config import Config
from server.database import Database
from server.errors import StartError, storage_damaged
from server.lanes import Lane, Lanes
from server.migrate import lacking, newest
from server.party_keys import PartyKeys, provider_of
from server.poster import Shelf
from server.queue import Queue
from server.sealer import Sealer
from server.services.base import Room

log = structlog.get_logger()
#: How far the clocks of two servers may be apart before somebody should look.
_CLOCK_SECONDS = 60


async def furnished(config: Config, database: Database) -> Room:
    """The book, opened on first use, and the parts that serve it."""
    connection = await database.connect()
    try:
        await _fits(connection)
        if not await clusters.checksums(connection):
            log.warning("checksums_off")
        book = await stripes.find_book(connection, config.book)
        if book is None:
            book = await _open_book(config, database, connection)
        await database.serve(connection, book.number)
        await _tell_schema(connection, book)
        await _follows(connection, book)
        keys = await _party_keys(config, connection, book)
        known = await catalogue.load(connection, book.number)
    finally:
        await connection.close()
    shelf = Shelf(known)
    lanes = [
        Lane(
            database,
            book,
            shelf,
            config.lane_batch,
            Queue(config.lane_queue, config.lane_bytes),
        )
        for _ in range(min(config.lanes, book.stripes))
    ]
    sealer = Sealer(database, book, config.signing_name, signing_keys(config))
    closers = Closers(database, book, shelf, config.closers, config.log_level)
    zone = None if config.insecure else config.time_zone
    return Room(database, book, Lanes(lanes), sealer, shelf, closers, zone, keys=keys)


async def _open_book(config: Config, database: Database, connection: Connection) -> Book:
    number = max((book.number for book in await stripes.list_books(connection)), default=0)
    book = Book(number + 1, config.book, config.lender, config.currency, config.stripes)
    await database.serve(connection, book.number)
    day = config.business_date or today(config.time_zone)
    await open_book(connection, book, day, "system:open-book", microseconds())
    return book


async def _fits(connection: Connection) -> None:
    """Refuses a schema that is older than this version; a newer one is served, and told of."""
    found = await clusters.schema(connection)
    if problem := lacking(found):
        raise StartError(problem)
    if found != newest():
        log.warning("schema_newer", schema=found, known=newest())


async def _party_keys(config: Config, connection: Connection, book: Book) -> PartyKeys:
    """What opens personal data; a server that would find some shut does not start."""
    keys = PartyKeys(provider_of(config))
    missing = await parties.wrapped_by_others(connection, book.number, keys.provider.names)
    if missing:
        raise StartError(f"LOANLEDGER_PARTY_KEYS or _PKCS11_KEYS lacks {missing}, which wraps some")
    return keys


async def _tell_schema(connection: Connection, book: Book) -> None:
    """Records how the schema moved on; where the files are damaged, what is whole is served."""
    try:
        await tell_schema(connection, book, microseconds())
    except DAMAGED as error:
        storage_damaged(error, "start")


async def _follows(connection: Connection, book: Book) -> None:
    """Warns of a clock that is behind what the book recorded: the book's own does not go back."""
    last = max(stripe.last_booked_at for stripe in await stripes.read(connection, book.number))
    if (seconds := (last - microseconds()) // 1_000_000) > _CLOCK_SECONDS:
        log.warning("clock_behind", seconds=seconds)


def signing_keys(config: Config) -> list[Ed25519PrivateKey]:
    """The keys that sign checkpoints: the present one, and while it changes the one before."""
    before = config.signing_key_before
    return [signing_key(config.signing_key), *([signing_key(before)] if before else [])]


def signing_key(path: Path | None) -> Ed25519PrivateKey:
    """The key that signs checkpoints."""
    if path is None:
        raise StartError("LOANLEDGER_SIGNING_KEY is not set")
    key = load_pem_private_key(path.read_bytes(), None)
    if not isinstance(key, Ed25519PrivateKey):
        raise StartError(f"{path} is not an Ed25519 private key")
    return key
