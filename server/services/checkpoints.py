"""AuditService, the checkpoints: made, and those that were kept."""

from __future__ import annotations

from ledger.errors import NotFound
from ledger.store import seals
from ledger.store.seals import Sealed
from loanledger.v1 import audit_service_pb2 as pb
from server import convert
from server.pages import page, token
from server.security import Caller
from server.services.base import Room


class Checkpoints:
    """Signed sizes and roots of the history."""

    def __init__(self, room: Room) -> None:
        self.room = room

    async def CreateCheckpoint(
        self, request: pb.CreateCheckpointRequest, caller: Caller
    ) -> pb.Checkpoint:
        """Seals and signs."""
        check = self.room.checks()
        check.parent(request.parent)
        check.done()
        return self._checkpoint(await self.room.sealer.seal())

    async def GetCheckpoint(
        self, request: pb.GetCheckpointRequest, caller: Caller
    ) -> pb.Checkpoint:
        """A checkpoint that was signed before."""
        check = self.room.checks()
        check.parent(request.parent)
        check.done()
        async with self.room.database.reading() as connection:
            found = await seals.checkpoint(connection, self.room.book.number, request.size or None)
        if found is None:
            raise NotFound("no such checkpoint", resource="checkpoints")
        return self._checkpoint(found)

    async def ListCheckpoints(
        self, request: pb.ListCheckpointsRequest, caller: Caller
    ) -> pb.ListCheckpointsResponse:
        """All checkpoints that were signed, in order of size."""
        check, room = self.room.checks(), self.room
        check.parent(request.parent)
        size, (after,) = page(check, request, 1)
        check.done()
        async with room.database.reading() as connection:
            found = await seals.checkpoints(connection, room.book.number, after, size + 1)
        response = pb.ListCheckpointsResponse(checkpoints=map(self._checkpoint, found[:size]))
        if len(found) > size:
            response.next_page_token = token(request, (found[size - 1].size,))
        return response

    def _checkpoint(self, found: Sealed) -> pb.Checkpoint:
        at = found.sealed_at
        return pb.Checkpoint(
            size=found.size,
            root=found.root,
            note=found.note,
            verifier_key=self.room.sealer.verifier_key,
            create_time=None if at is None else convert.moment(at),
            timestamp=found.token,
        )
