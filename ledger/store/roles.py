"""Who has which role, by version: the newest of an assignment holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ledger.names import SPAN, id_text
from ledger.store.rows import Connection, Writes, fetch, put

Key = tuple[int, int]
#: The branches that a role goes to; None is the whole book.
Reach = frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Assignment:
    """A version of an assignment; moments are microseconds since the epoch, `until` excluded.

    `delegated_by` is whose role it is, if another lent it; `ended` that it was ended early;
    `branches` to which it is bounded, none for the whole book.
    """

    stripe: int
    assignment: int
    principal: str
    role: str
    since: int
    until: int | None
    delegated_by: str = ""
    ended: bool = False
    number: int = 0
    booked_at: int = 0
    actor: str = ""
    reason: str = ""
    branches: tuple[str, ...] = ()

    @property
    def key(self) -> Key:
        """(stripe, key)."""
        return self.stripe, self.assignment

    @property
    def resource(self) -> str:
        """Its name within the book."""
        return f"roleAssignments/{id_text(*self.key)}"

    def holds(self, moment: int) -> bool:
        """Whether it is in force at a moment."""
        begun = self.since <= moment and not self.ended
        return begun and (self.until is None or moment < self.until)

    def meets(self, since: int, until: int | None) -> bool:
        """Whether it is in force at any moment of a time."""
        early = until is None or self.since < until
        return early and not self.ended and (self.until is None or since < self.until)


def held(assignments: Iterable[Assignment], principal: str, moment: int) -> dict[str, Reach]:
    """The roles of somebody at a moment, and how far each goes.

    A delegated one is theirs as long and as far as it is its owner's.
    """
    now = [one for one in assignments if one.holds(moment)]
    owned: dict[tuple[str, str], Reach] = {}
    for one in now:
        if not one.delegated_by:
            key, far = (one.principal, one.role), frozenset(one.branches) or None
            owned[key] = wider(owned[key], far) if key in owned else far
    found: dict[str, Reach] = {}
    for one in now:
        key = (one.delegated_by or principal, one.role)
        if one.principal == principal and key in owned:
            far = owned[key]
            found[one.role] = wider(found[one.role], far) if one.role in found else far
    return found


def wider(one: Reach, other: Reach) -> Reach:
    """Both together."""
    return None if one is None or other is None else one | other


def add(writes: Writes, found: Sequence[Assignment]) -> None:
    """Adds versions."""
    put(
        writes,
        "insert into ledger.role_assignment (stripe, assignment, number, principal, role,"
        " valid_from, valid_until, delegated_by, ended, booked_at, actor, reason, branches)"
        " select u.a, u.b, u.c, u.d, u.e, u.f, u.g, u.h, u.i, u.j, u.k, u.l, u.m::text[]"
        " from unnest(%s::int[], %s::bigint[], %s::bigint[], %s::text[], %s::text[],"
        " %s::bigint[], %s::bigint[], %s::text[], %s::boolean[], %s::bigint[], %s::text[],"
        " %s::text[], %s::text[]) as u (a, b, c, d, e, f, g, h, i, j, k, l, m)",
        [
            (
                *(one.stripe, one.assignment, one.number, one.principal, one.role, one.since),
                *(one.until, one.delegated_by, one.ended, one.booked_at, one.actor, one.reason),
                f"{{{','.join(one.branches)}}}",
            )
            for one in found
        ],
    )


_COLUMNS = (
    "c.stripe, c.assignment, c.principal, c.role, c.valid_from, c.valid_until, c.delegated_by,"
    " c.ended, c.number, c.booked_at, c.actor, c.reason, c.branches"
)


async def current(connection: Connection, book: int) -> list[Assignment]:
    """The newest versions of all assignments of a book, in order of key."""
    rows = await fetch(
        connection,
        f"select distinct on (c.stripe, c.assignment) {_COLUMNS} from ledger.role_assignment c"
        " where c.stripe between %s and %s order by c.stripe, c.assignment, c.number desc",
        (book * SPAN, book * SPAN + SPAN - 1),
    )
    return [Assignment(*(*row[:-1], tuple(row[-1]))) for row in rows]


async def newest(connection: Connection, book: int) -> int:
    """The number of the last event about a role; all are in the book's first stripe."""
    rows = await fetch(
        connection,
        "select coalesce(max(number), 0) from ledger.role_assignment where stripe = %s",
        (book * SPAN,),
    )
    return int(rows[0][0])
