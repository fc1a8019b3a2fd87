"""AuditService: history, checkpoints, proofs, export."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

from ledger.audit.archived import NIGHT
from ledger.audit.canonical import ENTRY_FIELDS, Entry, EventRecord, canonical_bytes
from ledger.audit.export import (
    Manifest,
    Totals,
    event_line,
    leaves_line,
    lines_line,
    manifest_line,
)
from ledger.audit.merkle import consistency_path, inclusion_path
from ledger.errors import FailedPrecondition, NotFound
from ledger.names import event_text
from ledger.store import accruals, archives, events, seals
from loanledger.v1 import audit_service_pb2 as pb
from server import convert
from server.pages import page, token
from server.security import ALLOWED, Caller
from server.services.checkpoints import Checkpoints
from server.services.discretion import hidden
from server.services.line_proofs import bulk_lines, line_proofs
from server.services.nodes import Nodes

CHUNK = 4096
READ = 500


class AuditService(Checkpoints):
    """What an auditor pulls."""

    async def ListEvents(
        self, request: pb.ListEventsRequest, caller: Caller
    ) -> pb.ListEventsResponse:
        """Events that match, in order of stripe and number."""
        check, room = self.room.checks(), self.room
        check.parent(request.parent)
        first = check.date(request, "posting_date_start")
        last = check.date(request, "posting_date_end")
        size, (stripe, number) = page(check, request, 2)
        for field in ("kind", "subject", "actor"):
            check.text(getattr(request, field), field, most=200)
        check.done()
        async with room.database.reading() as connection:
            keys = await events.search(
                connection,
                room.book.number,
                (stripe, number),
                size + 1,
                kind=request.kind,
                subject=request.subject.removeprefix(f"books/{room.book.code}/"),
                actor=request.actor,
                first=first,
                last=last,
            )
            found = await events.read(connection, room.book.code, keys[:size])
        response = pb.ListEventsResponse(
            events=[convert.event(room.book.code, *found[key]) for key in keys[:size]]
        )
        if len(keys) > size:
            response.next_page_token = token(request, keys[size - 1])
        return response

    async def StreamEvents(
        self, request: pb.StreamEventsRequest, caller: Caller
    ) -> AsyncIterator[pb.Event]:
        """Sealed events in leaf order, from an index on."""
        check, room = self.room.checks(), self.room
        check.parent(request.parent)
        if request.start_index < 0:
            check.add("start_index", "must not be negative")
        check.done()
        subject = request.subject.removeprefix(f"books/{room.book.code}/")
        index = request.start_index
        while True:
            async with room.database.reading() as connection:
                keys = await seals.events_from(connection, room.book.number, index, READ)
                found = await events.read(connection, room.book.code, [key for _, key in keys])
            for _, key in keys:
                record, leaf = found[key]
                if (
                    request.kind in ("", record.kind)
                    and subject in ("", record.subject)
                    and request.actor in ("", record.actor)
                ):
                    yield convert.event(room.book.code, record, leaf)
            if len(keys) < READ:
                return
            index = keys[-1][0] + 1

    async def GetEvent(self, request: pb.GetEventRequest, caller: Caller) -> pb.Event:
        """One event with its canonical bytes."""
        check = self.room.checks()
        key = check.event(request.name, "name")
        check.done()
        async with self.room.database.reading() as connection:
            found = await events.read(connection, self.room.book.code, [key])
        if key not in found or hidden(caller, found[key][0]):
            raise NotFound(f"no event {request.name}", resource=request.name)
        return convert.event(self.room.book.code, *found[key])

    async def GetInclusionProof(
        self, request: pb.GetInclusionProofRequest, caller: Caller
    ) -> pb.InclusionProof:
        """That an event is in a checkpoint's tree; its bytes to those only who may read it."""
        reads = not caller.roles or caller.roles & ALLOWED["AuditService/GetEvent"]
        check, book = self.room.checks(), self.room.book.number
        key = check.event(request.name, "name")
        loan = check.key(request.loan, "loans", "loan") if request.loan else None
        check.done()
        async with self.room.database.reading() as connection:
            await accruals.hold(connection)
            checkpoint = await seals.checkpoint(connection, book, request.size or None)
            leaf = await seals.leaf_of(connection, key)
            if checkpoint is None or leaf is None or leaf[0] >= checkpoint[0]:
                raise FailedPrecondition(
                    "the event is not sealed under that checkpoint; create a checkpoint first"
                )
            nodes = Nodes(connection, book)
            path = await nodes.path(lambda get: inclusion_path(get, leaf[0], checkpoint[0]))
            found = await events.read(connection, self.room.book.code, [key])
            if key in found and hidden(caller, found[key][0]):
                raise NotFound(f"no event {request.name}", resource=request.name)
            lines = (
                await line_proofs(connection, found[key][0], loan) if loan and key in found else []
            )
        return pb.InclusionProof(
            index=leaf[0],
            size=checkpoint[0],
            leaf_hash=leaf[1],
            path=path,
            root=checkpoint[1],
            note=checkpoint[2],
            canonical=canonical_bytes(found[key][0]) if key in found and reads else b"",
            lines=lines,
        )

    async def GetConsistencyProof(
        self, request: pb.GetConsistencyProofRequest, caller: Caller
    ) -> pb.ConsistencyProof:
        """That one checkpoint only appended to another."""
        check, book = self.room.checks(), self.room.book.number
        check.parent(request.parent)
        if not 0 < request.old_size <= request.new_size:
            check.add("old_size", "must be greater than zero and at most new_size")
        check.done()
        async with self.room.database.reading() as connection:
            latest = await seals.checkpoint(connection, book, None)
            if latest is None or request.new_size > latest[0]:
                raise NotFound("new_size is beyond the latest checkpoint")
            nodes = Nodes(connection, book)
            path = await nodes.path(
                lambda get: consistency_path(get, request.old_size, request.new_size)
            )
            old = await seals.checkpoint(connection, book, request.old_size)
            new = await seals.checkpoint(connection, book, request.new_size)
        return pb.ConsistencyProof(
            old_size=request.old_size,
            new_size=request.new_size,
            path=path,
            old_note=old[2] if old else "",
            new_note=new[2] if new else "",
        )

    async def ExportHistory(
        self, request: pb.ExportHistoryRequest, caller: Caller
    ) -> AsyncIterator[pb.ExportHistoryResponse]:
        """The whole sealed history as lines of a file."""
        check, room = self.room.checks(), self.room
        check.parent(request.parent)
        check.done()
        async with room.database.reading() as connection:
            archived = await archives.archived_through(connection, room.book.number)
        sealed = await room.sealer.seal()
        size = sealed.size
        totals, leaves = Totals(), list[bytes]()
        manifest = Manifest(room.book.code, room.sealer.origin, size, caller.actor, sealed.note)

        def sent(line: bytes) -> pb.ExportHistoryResponse:
            totals.add_line(line)
            return pb.ExportHistoryResponse(chunk=line)

        yield sent(manifest_line(manifest))
        index = 0
        while index < size:
            count = min(READ, size - index, CHUNK - len(leaves))
            for record, leaf, bulk in await self._exported(index, count, archived):
                leaves.append(leaf)
                totals.add_event([_plain(entry) for entry in record.entries])
                yield sent(event_line(canonical_bytes(record)))
                if bulk:
                    yield sent(bulk)
            index += count
            if len(leaves) == CHUNK or index == size:
                yield sent(leaves_line(leaves))
                leaves.clear()
        yield pb.ExportHistoryResponse(chunk=totals.control_line())

    async def _exported(
        self, index: int, count: int, archived: date | None
    ) -> list[tuple[EventRecord, bytes, bytes]]:
        """(event, leaf hash, line of its bulk lines); no connection waits for the caller.

        Lines up to `archived` may be gone: the export has the events that say so.
        """
        room = self.room
        async with room.database.reading() as connection:
            await accruals.hold(connection)
            keys = await seals.events_from(connection, room.book.number, index, count)
            found = await events.read(connection, room.book.code, [key for _, key in keys])
            if len(keys) < count or any(key not in found for _, key in keys):
                lost = [f"events/{event_text(*key)}" for _, key in keys if key not in found]
                raise FailedPrecondition(
                    f"the sealed history has a gap between leaves {index} and {index + count}:"
                    f" {lost[0] if lost else 'a leaf'} is missing from the database",
                    first_leaf=index,
                )
            bulk = [
                (record.stripe, record.number, date.fromisoformat(record.value_date))
                for record, _ in found.values()
                if record.lines_root
            ]
            lines: dict[tuple[int, int], list[tuple[str, str, int]] | None] = {
                (stripe, number): None
                for stripe, number, day in bulk
                if found[stripe, number][0].kind == NIGHT and archived and day <= archived
            }
            lines |= await bulk_lines(connection, bulk)
            if await archives.archived_through(connection, room.book.number) != archived:
                raise FailedPrecondition(
                    "accrual lines were archived while the history was exported: export it again"
                )
        return [
            (*found[key], lines_line(*key, lines[key]) if key in lines else b"") for _, key in keys
        ]


def _plain(entry: Entry) -> list[object]:
    return [getattr(entry, name) for name in ENTRY_FIELDS]
