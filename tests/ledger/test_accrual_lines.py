"""Promise 6 in the night's one statement: the database rounds each line as the engine does."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

import psycopg
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from psycopg import AsyncConnection

from ledger.book.chart import Part
from ledger.calc.accrual import Line
from ledger.loan.accruing import accrued_part
from ledger.loan.state import Stage
from ledger.loan.trail import Span
from ledger.money import Rounding
from ledger.names import id_text
from ledger.store import accruals
from tests.examples import examples

DAY = date(2024, 3, 1)
_FEW = examples(30, suppress_health_check=[HealthCheck.function_scoped_fixture])
_PLAIN = st.sampled_from([1, 2, 3, 7, 360, 365, 36_000, 36_500, 2 * 10**9])
_BIG = st.integers(1, 10**24)


@st.composite
def exact(draw: st.DrawFn, denominator: int, most: int) -> int:
    """A numerator that is whole, a tie, beside a tie, or anything between."""
    whole = draw(st.integers(-most, most)) * denominator
    tie = denominator // 2
    return whole + draw(
        st.one_of(st.just(0), st.sampled_from([tie, tie - 1, tie + 1]), st.integers(0, denominator))
    )


@st.composite
def lines(draw: st.DrawFn) -> Line:
    """A line that began within a year, rising, level or falling, of any sign."""
    denominator = draw(st.one_of(_PLAIN, _BIG))
    start = DAY - timedelta(days=draw(st.integers(0, 366)))
    slope = draw(st.one_of(st.just(0), exact(denominator, 10), exact(denominator, 10**7)))
    base = draw(st.one_of(exact(denominator, 3), exact(denominator, 10**12)))
    if draw(st.booleans()):  # so that the line passes zero about now
        base = -slope * (DAY - start).days + draw(exact(denominator, 1))
    return Line(start, base, slope, denominator)


@dataclass(frozen=True)
class Row:
    """What the statement reads of a loan."""

    interest: Line
    penalty: Line
    rounding: Rounding
    stage: Stage

    def night(self) -> dict[str, int]:
        """The night after the day, by the engine."""
        found: dict[str, int] = {}
        for part, line in ((Part.INTEREST, self.interest), (Part.PENALTY, self.penalty)):
            span = Span(accrued_part(self, part), line, DAY + timedelta(days=1))  # type: ignore[arg-type]
            for _, amount in span.days(self.rounding, DAY, span.until):
                found[span.part.value] = found.get(span.part.value, 0) + amount
        return {part: amount for part, amount in found.items() if amount}


rows = st.builds(
    Row, lines(), lines(), rounding=st.sampled_from(Rounding), stage=st.sampled_from(Stage)
)


@_FEW
@given(st.lists(rows, min_size=20, max_size=40))
def test_a_night_in_sql_is_the_engine_s_to_the_minor_unit(database: str, found: list[Row]) -> None:
    sums, booked = asyncio.run(_accrued(database, found))
    expected = [
        (number, part, amount)
        for number, row in enumerate(found)
        for part, amount in sorted(row.night().items())
    ]
    assert booked == [
        sha256(b"\0" + f'["{id_text(1000, number)}","{part}",{amount}]'.encode()).digest()
        for number, part, amount in expected
    ]
    totals: dict[str, int] = {}
    for _, part, amount in expected:
        totals[part] = totals.get(part, 0) + amount
    assert {one.component: one.amount for one in sums} == totals


@_FEW
@given(st.lists(st.tuples(lines(), st.sampled_from(Rounding)), min_size=20, max_size=40))
def test_a_line_in_sql_is_the_engine_s_on_any_day(
    database: str, found: list[tuple[Line, Rounding]]
) -> None:
    with psycopg.connect(database) as connection:
        cursor = connection.execute(
            "select ledger.line_at(base, slope, denominator, days, half_even)"
            " from unnest(%s::numeric[], %s::numeric[], %s::numeric[], %s::int[], %s::bool[])"
            " with ordinality as x (base, slope, denominator, days, half_even, n) order by n",
            (
                [line.base for line, _ in found],
                [line.slope for line, _ in found],
                [line.denominator for line, _ in found],
                [(DAY - line.start).days for line, _ in found],
                [rounding is Rounding.HALF_EVEN for _, rounding in found],
            ),
        )
        told = [row[0] for row in cursor.fetchall()]
    assert told == [line.at(DAY, rounding) for line, rounding in found]


async def _accrued(dsn: str, found: list[Row]) -> tuple[list[accruals.Accrued], list[bytes]]:
    """The statement on loans that have these lines; nothing of it is kept."""
    async with (
        await AsyncConnection.connect(dsn, autocommit=True) as connection,
        connection.transaction(force_rollback=True),
    ):
        for number, row in enumerate(found):
            await connection.execute(
                "insert into ledger.loan (stripe, loan, party, product, version, currency, status,"
                " reference, booked_at, last_number, state, principal, fee, credit, written_off,"
                " overdue, interest_settled, interest_from, interest_base, interest_slope,"
                " interest_denominator, penalty_settled, penalty_from, penalty_base,"
                " penalty_slope, penalty_denominator, half_even, stage) values (1000, %s, 1, 'p',"
                " 1, 'CNY', 'active', '', 0, 0, '', 0, 0, 0, 0, 0, 0, %s, %s, %s, %s, 0, %s, %s,"
                " %s, %s, %s, %s)",
                (
                    number,
                    *row.interest,
                    *row.penalty,
                    row.rounding is Rounding.HALF_EVEN,
                    row.stage.value,
                ),
            )
        await accruals.begin_month(connection, DAY)
        sums, leaves = await accruals.accrue(connection, [(1000, 7)], DAY)
    return sums, leaves.get(1000, [])
