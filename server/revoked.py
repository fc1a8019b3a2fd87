"""The tokens that were revoked, as a process knows them: read anew each second."""

from __future__ import annotations

import structlog

from ledger.store import revocations
from ledger.store.revocations import Revocation
from server.database import Database
from server.fresh import kept_fresh

log = structlog.get_logger()
_MICROS = 1_000_000


class Revoked:
    """All revocations of a book in memory, by principal."""

    def __init__(self, database: Database, book: int) -> None:
        self._database, self._book = database, book
        self._newest = 0
        self._before: dict[str, int] = {}
        self._ids: set[tuple[str, str]] = set()

    def covers(self, principal: str, issued: int, token_id: str) -> bool:
        """Whether a token is good no more; `issued` in seconds, 0 where it does not say when."""
        before = self._before.get(principal)
        if before is not None and issued <= before:
            return True
        return bool(self._ids) and bool(token_id) and (principal, token_id) in self._ids

    async def refresh(self) -> None:
        """Reads what is newer than the last one."""
        async with self._database.reading() as connection:
            found = await revocations.after(connection, self._book, self._newest)
        for one in found:
            self._take(one)

    async def run(self) -> None:
        """Reads on and on."""
        await kept_fresh(
            self.refresh, lambda problem: log.warning("revocations_not_read", error=problem)
        )

    def _take(self, one: Revocation) -> None:
        self._newest = max(self._newest, one.number)
        if one.token_id:
            self._ids.add((one.principal, one.token_id))
        else:
            last = one.booked_at // _MICROS
            self._before[one.principal] = max(last, self._before.get(one.principal, 0))
