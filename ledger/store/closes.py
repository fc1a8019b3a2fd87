"""What each step of a day's close did on each stripe."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ledger.names import SPAN
from ledger.store.rows import Connection, Writes, fetch, put


@dataclass(frozen=True, slots=True)
class StepDone:
    """A step of a day over all stripes that have done it; `micros` are summed."""

    step: str
    stripes: int
    items: int
    micros: int


def add(
    writes: Writes,
    stripes: Sequence[int],
    day: date,
    done: Mapping[str, tuple[Mapping[int, int], int]],
) -> None:
    """Notes steps of a day as (items by stripe, microseconds) for stripes closed together.

    The time of a step that did several stripes is shared between them.
    """
    put(
        writes,
        "insert into ledger.close_step (stripe, day, step, items, micros) select * from"
        " unnest(%s::int[], %s::date[], %s::text[], %s::bigint[], %s::bigint[])",
        [
            (stripe, day, step, items.get(stripe, 0), micros // len(stripes))
            for step, (items, micros) in done.items()
            for stripe in stripes
        ],
    )


async def of_day(connection: Connection, book: int, day: date) -> list[StepDone]:
    """The steps of a day, in no order."""
    rows = await fetch(
        connection,
        "select step, count(*), sum(items)::bigint, sum(micros)::bigint from ledger.close_step"
        " where stripe between %s and %s and day = %s group by step",
        (book * SPAN, book * SPAN + SPAN - 1, day),
    )
    return [StepDone(*row) for row in rows]
