"""Policies of a book as the contract tells them: a version, what is in force, and all of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from ledger.errors import NotFound
from ledger.store import stripes
from ledger.store.policies import Documents, P
from server.pages import page, token
from server.services.base import Room

M = TypeVar("M")
_VERSION = re.compile(r"(0|[1-9][0-9]{0,5}|current)\Z")


@dataclass(frozen=True, slots=True)
class Published(Generic[P, M]):
    """Policies of one kind; `given` is what every book has without publishing it."""

    documents: Documents[P]
    collection: str
    noun: str
    message: Callable[[str, P], M]
    on_day: Callable[[Sequence[P], date], P]
    given: tuple[P, ...] = ()

    async def one(self, room: Room, request: Any) -> M:
        """One version, or what is in force."""
        check, book = room.checks(), room.book
        rest = check.rest(request.name, self.collection, "name")
        if rest and not _VERSION.match(rest):
            check.add("name", "must end in a version, or in current")
        check.done()
        async with room.database.reading() as connection:
            found = await self.documents.versions(connection, book.number)
            rows = await stripes.read(connection, book.number)
        if rest == "current":
            return self.message(
                book.code, self.on_day(found, min(row.business_date for row in rows))
            )
        known = {one.version: one for one in (*self.given, *found)}
        if int(rest) not in known:
            raise NotFound(f"no {self.noun} {rest}", resource=request.name[:200])
        return self.message(book.code, known[int(rest)])

    async def some(self, room: Room, request: Any) -> tuple[list[M], str]:
        """Versions, oldest first, and where the next page begins."""
        check, book = room.checks(), room.book
        check.parent(request.parent)
        size, (offset,) = page(check, request, 1)
        check.done()
        async with room.database.reading() as connection:
            found = await self.documents.versions(connection, book.number)
        offset = max(offset, 0)
        shown = [self.message(book.code, one) for one in found[offset : offset + size]]
        return shown, token(request, (offset + size,)) if offset + size < len(found) else ""
