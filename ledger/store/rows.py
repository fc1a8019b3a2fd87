"""Arrays in, rows out: what every store module shares.

Look-ups by an array of keys are lateral subqueries with `offset 0`: an index probe a key, whatever
the planner believes of a table that has just grown. Their cost does not depend on the book's size.
Where an index is to begin is a column or a whole subquery: under row-level security a bound such as
`coalesce((select …), 0)` is not trusted with an index, and all rows before it are read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, Generic, LiteralString, TypeVar

import psycopg
from psycopg import AsyncConnection
from psycopg.rows import TupleRow

Connection = AsyncConnection[TupleRow]
T = TypeVar("T")
#: What the database raises where a row is wrong, whoever asks again: not for a lost connection.
REFUSALS = (psycopg.DataError, psycopg.IntegrityError)
#: What it raises where its files are not what it wrote: no second attempt finds them otherwise.
DAMAGED = (
    psycopg.errors.DataCorrupted,
    psycopg.errors.IndexCorrupted,
    psycopg.errors.UndefinedFile,
    psycopg.errors.IoError,
)


@dataclass(slots=True)
class Writes:
    """Rows on their way to several tables, sent as one statement.

    Each table is written once, so that all parts may see the same snapshot; the statement's text
    depends only on which tables are written, so it is prepared once.
    """

    parts: list[tuple[LiteralString, list[str]]] = field(default_factory=list)

    async def run(self, connection: Connection) -> None:
        """Sends them."""
        if self.parts:
            await connection.execute(*self.statement())

    def statement(self) -> tuple[bytes, list[str]]:
        """The one statement, and its columns."""
        columns = [column for _, found in self.parts for column in found]
        return _joined(tuple(statement for statement, _ in self.parts)), columns


@lru_cache(maxsize=256)
def _joined(parts: tuple[LiteralString, ...]) -> bytes:
    named = [f"w{n} as ({statement})" for n, statement in enumerate(parts)]
    return f"with {', '.join(named)} select".encode()


def put(writes: Writes, statement: LiteralString, rows: Sequence[Sequence[Any]]) -> None:
    """Adds an `insert … select from unnest(…)` with one array a column; nothing for no rows."""
    if rows:
        columns = [array(column) for column in zip(*rows, strict=True)]
        writes.parts.append((statement, columns))


@dataclass(frozen=True, slots=True)
class Query(Generic[T]):
    """A question and how to read its rows, so that several can travel together."""

    statement: LiteralString
    parameters: Sequence[Any]
    read: Callable[[list[TupleRow]], T]


async def ask(connection: Connection, query: Query[T]) -> T:
    """The answer to one question."""
    cursor = await connection.execute(query.statement, query.parameters)
    return query.read(await cursor.fetchall())


async def fetch(
    connection: Connection,
    statement: LiteralString,
    parameters: Sequence[Any] | Mapping[str, Any] = (),
) -> list[TupleRow]:
    """All rows of a query."""
    cursor = await connection.execute(statement, parameters)
    return await cursor.fetchall()


def array(values: Iterable[Any]) -> str:
    """A column as PostgreSQL's array literal: a third of the time that a generic adapter takes.

    A column mostly has one type, and often one value.
    """
    found = list(values)
    kinds = set(map(type, found))
    if len(kinds) == 1:
        kind, first = kinds.pop(), found[0]
        write = _WRITERS[kind]
        if found.count(first) == len(found):
            return f"{{{','.join([write(first)] * len(found))}}}"
        if kind is str:
            return _texts(found)
        return f"{{{','.join(map(write, found))}}}"
    return f"{{{','.join([_WRITERS[type(value)](value) for value in found])}}}"


def _texts(found: list[str]) -> str:
    """Texts as an array: one look at all of them tells that none needs an escape."""
    joined = '","'.join(found)
    if "\\" in joined or joined.count('"') != 2 * (len(found) - 1):
        return f"{{{','.join(map(_quoted, found))}}}"
    return f'{{"{joined}"}}'


def _quoted(text: str) -> str:
    if "\\" in text or '"' in text:
        text = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


#: One writer a type; any other type is a KeyError, so nothing is written by accident.
_WRITERS: Mapping[type, Callable[[Any], str]] = {
    int: str,
    str: _quoted,
    bytes: lambda value: '"\\\\x' + value.hex() + '"',
    date: date.isoformat,
    bool: lambda value: "t" if value else "f",
    type(None): lambda value: "NULL",
}
