"""The policies of a book: documents that are published as versions, a table for each kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, LiteralString, Protocol, TypeVar

import orjson

from ledger.calc import authority, monitoring, policy, rules
from ledger.calc.authority import ApprovalPolicy
from ledger.calc.monitoring import MonitoringPolicy
from ledger.calc.policy import Policy
from ledger.calc.rules import Rulebook
from ledger.store.rows import Connection, Writes, fetch, put


class Version(Protocol):
    """What every policy has: its number, its first day, and when it was recorded."""

    @property
    def version(self) -> int:
        """From one up."""

    @property
    def effective_from(self) -> date:
        """The first business date on which it holds."""

    @property
    def booked_at(self) -> int:
        """Microseconds since the epoch."""


P = TypeVar("P", bound=Version)


@dataclass(frozen=True, slots=True)
class Documents(Generic[P]):
    """Policies of one kind: their table, and how a document is read and written."""

    table: LiteralString
    read: Callable[[Mapping[str, Any], int, date, int], P]
    write: Callable[[P], Mapping[str, Any]]

    async def versions(self, connection: Connection, book: int) -> list[P]:
        """All versions, oldest first."""
        rows = await fetch(
            connection,
            f"select version, effective_from, policy, booked_at from {self.table}"
            " where book = %s order by version",
            (book,),
        )
        return [self.read(orjson.loads(row[2]), row[0], row[1], row[3]) for row in rows]

    def add(self, writes: Writes, book: int, added: Sequence[P]) -> None:
        """Publishes versions; the key refuses a version that exists."""
        put(
            writes,
            f"insert into {self.table} (book, version, effective_from, policy, booked_at)"
            " select * from unnest(%s::int[], %s::int[], %s::date[], %s::text[], %s::bigint[])",
            [
                (
                    *(book, one.version, one.effective_from),
                    orjson.dumps(self.write(one), option=orjson.OPT_SORT_KEYS).decode(),
                    one.booked_at,
                )
                for one in added
            ],
        )


CREDIT: Documents[Policy] = Documents("ledger.credit_policy", policy.from_object, policy.as_object)
RULES: Documents[Rulebook] = Documents("ledger.rulebook", rules.from_object, rules.as_object)
APPROVAL: Documents[ApprovalPolicy] = Documents(
    "ledger.approval_policy", authority.from_object, authority.as_object
)
MONITORING: Documents[MonitoringPolicy] = Documents(
    "ledger.monitoring_policy", monitoring.from_object, monitoring.as_object
)
