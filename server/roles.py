"""The roles that the book gives, as a process knows them: read anew when one has changed."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

import structlog

from ledger.drafts import attributed
from ledger.errors import LedgerError
from ledger.lending.roles import assign
from ledger.names import SPAN, new_key
from ledger.record import Command, execute
from ledger.store import catalogue, roles, stripes
from ledger.store.roles import Assignment, Reach, held
from server.clock import microseconds
from server.config import Config
from server.convert import role_assignment
from server.database import Database
from server.errors import StartError
from server.fresh import kept_fresh
from server.security import ROLES

log = structlog.get_logger()


class Roles:
    """All assignments of a book in memory, by principal."""

    def __init__(self, database: Database, book: int) -> None:
        self._database, self._book = database, book
        self._newest = -1
        self._of: dict[str, list[Assignment]] = {}

    def of(self, principal: str) -> dict[str, Reach]:
        """The roles of somebody now, their own and those lent to them, and how far each goes."""
        mine = self._of.get(principal, [])
        owners = {one.delegated_by for one in mine if one.delegated_by}
        theirs = [one for owner in owners for one in self._of.get(owner, [])]
        return held([*mine, *theirs], principal, microseconds())

    async def refresh(self) -> None:
        """Reads them if there is a newer event about a role."""
        async with self._database.reading() as connection:
            newest = await roles.newest(connection, self._book)
            if newest != self._newest:
                every = await roles.current(connection, self._book)
                self._of = {}
                for one in every:
                    self._of.setdefault(one.principal, []).append(one)
                self._newest = newest

    async def run(self) -> None:
        """Reads on and on."""
        await kept_fresh(self.refresh, lambda problem: log.warning("roles_not_read", error=problem))


@dataclass(frozen=True, slots=True)
class Assigned:
    """A role that an operator gives at the machine."""

    principal: str
    role: str
    actor: str
    reason: str


async def give_role(config: Config, asked: Assigned) -> str:
    """Gives somebody a role without a server; the name of the assignment."""
    if asked.role not in ROLES:
        raise StartError(f"{asked.role!r} is no role; roles are {', '.join(ROLES)}")
    database = Database(config.dsn.get_secret_value(), config.database_role)
    connection = await database.connect()
    try:
        book = await stripes.find_book(connection, config.book)
        if book is None:
            raise StartError(f"no book {config.book}: a server opens it when it first starts")
        await database.serve(connection, book.number)
        key, request_id, now = book.number * SPAN, uuid4().hex, microseconds()
        found = Assignment(
            key, new_key("role", book.code, request_id), asked.principal, asked.role, now, None
        )
        command = Command(
            key,
            request_id,
            asked.actor,
            "AssignRole",
            b"",
            lambda view: assign(view, found, asked.actor, asked.reason),
            lambda decision, stamp: role_assignment(
                book.code, attributed(decision.result, stamp, asked.reason)
            ).SerializeToString(),
        )
        known = await catalogue.load(connection, book.number)
        (outcome,), _ = await execute(connection, book, known, [command], now)
    finally:
        await connection.close()
    if isinstance(outcome, LedgerError):
        raise StartError(outcome.message)
    return f"books/{book.code}/{found.resource}"
