"""Personal data in clear: for whom, recorded before it is shown, and all of a person's at once."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any
from uuid import uuid4

import orjson
from google.protobuf.message import Message

from ledger.errors import NotEntitled
from ledger.lending import personal
from ledger.lending.parties import opened
from ledger.store import parties, subjects
from ledger.store.parties import Key
from loanledger.v1 import party_service_pb2 as pb
from server.security import IN_CLEAR, Caller
from server.services import discretion
from server.services.base import Ask, Room

#: Of these nobody may tell a person: that they are erased is told, why they were not is not.
_SILENT = discretion.COMMANDS - {"EraseParty"}
#: Texts that are JSON themselves.
_NESTED = ("payload", "content", "state")
#: Personal data by the name of its column, or of its field in an event.
_SEALED = ("display_name", "description")


async def recorded(
    room: Room,
    caller: Caller,
    request: Message,
    party: Key,
    subject: tuple[str, Sequence[str]],
) -> None:
    """Records that the caller sees fields of a subject in clear, or refuses it.

    Without tokens (in development) nobody has roles, and everybody may.
    """
    if caller.roles and not caller.roles & IN_CLEAR:
        needed = ", ".join(sorted(IN_CLEAR))
        raise NotEntitled(
            f"personal data is shown in clear to: {needed}; without a reason it is masked",
            method=type(request).__name__.removesuffix("Request"),
        )
    await noted(room, caller, request, party, subject)


async def noted(
    room: Room,
    caller: Caller,
    request: Message,
    party: Key,
    subject: tuple[str, Sequence[str]],
) -> None:
    """Records that the caller sees fields of a subject in clear, before it is shown."""
    told = pb.Party(name=f"books/{room.book.code}/{subject[0]}")  # the kept answer tells no more
    method, reason = type(request).__name__.removesuffix("Request"), getattr(request, "reason", "")
    await Ask(
        room,
        caller,
        method,
        request,
        f"read-{uuid4()}",
        party[0],
        lambda view: personal.read(view, party, *subject, reason, method),
        lambda decision, stamp: told,
        {"party": party},
    ).run()


async def everything(room: Room, party: Key) -> AsyncIterator[pb.ExportPartyResponse]:
    """All that the books hold of a party, row by row, of one moment."""
    found: list[pb.ExportPartyResponse] = []
    async with room.database.reading() as connection:
        ring = room.keys.ring((await parties.read(connection, [party]))[party])
        named = await subjects.named(connection, party, _SILENT)
        for table in subjects.TABLES:
            for text in await subjects.rows(connection, table, named):
                row = orjson.dumps(_clear(orjson.loads(text), ring)).decode()
                found.append(pb.ExportPartyResponse(table=table, row=row))
    for each in found:
        yield each


def _clear(row: dict[str, Any], ring: bytes) -> dict[str, Any]:
    """A row with what is sealed in it opened, and with nested JSON as such."""
    for name in _NESTED:
        if str(row.get(name)).startswith("{"):  # the state of a register's item is a word
            row[name] = orjson.loads(row[name])
    note = row["content"].get("sealed", "") if isinstance(row.get("content"), Mapping) else ""
    if note:
        row["content"] = {**row["content"], "note": opened(b64decode(note), ring)}
    for name in _SEALED:
        if isinstance(row.get(name), str):
            row[name] = opened(bytes.fromhex(row[name].removeprefix("\\x")), ring)
    own = str(row.get("subject", "")).startswith(("parties/", "collaterals/"))
    payload = row.get("payload")
    if own and isinstance(payload, Mapping):
        told = {name: payload[name] for name in _SEALED if name in payload}
        row["payload"] = {
            **payload,
            **{name: opened(b64decode(text), ring) for name, text in told.items()},
        }
    return row
