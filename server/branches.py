"""Branches: what callers may do whose roles are bounded to some, before their call is served.

What a request names (a loan, a party, collateral, an event, a pending command) must belong to a
branch that one of their roles goes to, else it is not found. Whoever is bounded to nothing never
comes here. A call under way goes on while its loan is moved, as when a role is ended.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import reduce
from typing import Any

import orjson
from google.protobuf.message import Message

from ledger.errors import NotEntitled, NotFound
from ledger.names import parse_event, parse_id
from ledger.store import approvals, branches
from ledger.store.approvals import Pending
from ledger.store.roles import wider
from ledger.store.rows import Connection
from ledger.store.stripes import Book
from server.database import Database
from server.security import ALLOWED, LISTING, NAMING, OPEN, Caller

#: Collections whose things belong to a branch, by themselves or by what they are about.
_OWNED = frozenset({"loans", "parties", "collaterals"})
_LEADING = frozenset({"events", "pendingCommands"})
#: Texts of people, which lead nowhere whatever they say.
_FREE = frozenset({"reason", "reference", "note", "title", "display_name", "description", "facts"})


class Branches:
    """Who may do what by branch in a book."""

    def __init__(self, database: Database, book: Book) -> None:
        self._database, self._book = database, book

    async def narrowed(self, caller: Caller, method: str, request: Message | None) -> Caller:
        """The caller with only the roles that go as far as the request, and their branches."""
        if method in OPEN:
            return caller
        allowed = ALLOWED.get(method, frozenset())
        names = set(_names(request)) if request is not None else set[str]()
        if method not in LISTING and not (method in NAMING and names):
            roles = caller.roles - caller.reach.keys()
            if roles & allowed:
                return replace(caller, roles=roles, branches=None)
            what = "must name what it is about" if method in NAMING else "is of the whole book"
            raise NotEntitled(
                f"{method} {what}, and your roles are bounded to branches", method=method
            )
        roles = await self.usable(caller, names)
        if not roles & allowed:
            raise NotFound(f"no {', '.join(sorted(names))}", resource=min(names))
        far = [caller.reach.get(role) for role in sorted(roles & allowed)]
        return replace(caller, roles=roles, branches=reduce(wider, far))

    async def usable(self, caller: Caller, names: Collection[str]) -> frozenset[str]:
        """The caller's roles that go to everything that is named."""
        found = set[str | None]()
        async with self._database.reading() as connection:
            for name in names:
                found |= await self._branches(connection, name)
        return frozenset(
            role for role in caller.roles if role not in caller.reach or found <= caller.reach[role]
        )

    async def _branches(self, connection: Connection, name: str) -> set[str | None]:
        """The branches of what a name leads to; None among them where it leads nowhere."""
        head, _, rest = name.removeprefix("books/").partition("/")
        collection, _, rest = rest.partition("/")
        if head != self._book.code:
            return {None}
        if collection == "events":
            event = parse_event(rest, self._book.number)
            about = await branches.subjects_of(connection, event) if event else []
            return await self._followed(connection, [f"books/{head}/{one}" for one in about])
        key = parse_id(rest, self._book.number)
        if key is None:
            return {None}
        if collection == "pendingCommands":
            found = await approvals.read(connection, key)
            return await self._followed(connection, _named_by(found) if found else ())
        return {await branches.branch_of(connection, collection, key)}

    async def _followed(self, connection: Connection, names: Collection[str]) -> set[str | None]:
        """The same of all names; what is about nobody belongs to the whole book."""
        found = set[str | None]()
        for name in filter(_leads, names):
            found |= await self._branches(connection, name)
        return found or {None}


def _named_by(found: Pending) -> set[str]:
    """What the request of a pending command names."""
    return {text for text in _texts(orjson.loads(found.content.request)) if _leads(text)}


def _leads(text: str) -> bool:
    parts = text.split("/")
    return len(parts) == 4 and parts[0] == "books" and parts[2] in _OWNED | _LEADING


def _texts(value: Any) -> Iterator[str]:
    """All texts of a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        named = (each for name, each in value.items() if name not in _FREE)
        yield from (text for each in named for text in _texts(each))
    elif isinstance(value, list):
        yield from (text for each in value for text in _texts(each))


def _names(message: Message) -> Iterator[str]:
    """What a request names that belongs to a branch, at any depth."""
    for field, value in message.ListFields():
        if field.name in _FREE:
            continue
        for one in value if field.is_repeated else (value,):
            if field.message_type and isinstance(one, Message):
                yield from _names(one)
            elif isinstance(one, str) and _leads(one):
                yield one
