"""Promise 6 in the night's one statement: the database rounds each line as the engine does."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

import psycopg
import pytest
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

DAY, _DAY = date(2024, 3, 1), timedelta(days=1)
_FEW = examples(30, suppress_health_check=[HealthCheck.function_scoped_fixture])
_PLAIN = st.sampled_from([1, 2, 3, 7, 360, 365, 36_000, 36_500, 2 * 10**9])
_BIG = st.integers(1, 10**24)
#: The largest offset and divisor, the largest step, and the days that a plain night is told for.
MOST, MOST_STEP, MOST_DAYS = 2**62, 2**47, 2**14 - 1


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


@st.composite
def edges(draw: st.DrawFn) -> Line:
    """A line whose figures lie about the bounds up to which 64 bits are proven to hold them."""
    about = st.sampled_from([-2, -1, 0, 0, 0, 1, 2])
    start = DAY - timedelta(days=draw(st.sampled_from([0, 1, 30, 16_381, 16_382, 16_383])))
    slope = draw(st.sampled_from([0, 1, 10**9, MOST_STEP // 2])) + draw(about)
    denominator = draw(st.sampled_from([1, 2, 36_500, MOST // 4, MOST // 2])) + draw(about)
    base = draw(st.sampled_from([0, 10**15, (MOST - denominator) // 2])) + draw(about)
    return Line(start, base, slope, max(denominator, 1))


def fits(line: Line) -> bool:
    """Whether 64 bits hold a line, by the bounds that stand in the migration."""
    offset, step, divisor = 2 * line.base + line.denominator, 2 * line.slope, 2 * line.denominator
    return line.base >= 0 and offset <= MOST and divisor <= MOST and 0 <= step <= MOST_STEP


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
            span = Span(accrued_part(self, part), line, DAY + _DAY)  # type: ignore[arg-type]
            for _, amount in span.days(self.rounding, DAY, span.until):
                found[span.part.value] = found.get(span.part.value, 0) + amount
        return {part: amount for part, amount in found.items() if amount}


rows = st.builds(
    Row,
    *[st.one_of(lines(), edges())] * 2,
    rounding=st.sampled_from(Rounding),
    stage=st.sampled_from(Stage),
)


_PLAIN_NIGHTS = (
    "with given as (select * from unnest(%s::numeric[], %s::numeric[], %s::numeric[], %s::int[],"
    " %s::bool[]) with ordinality as x (base, slope, denominator, days, half_even, n)),"
    " fitting as (select *, ledger.line_fits(base, slope, denominator) as fits from given)"
    " select fits, case when fits then ledger.plain_night((2 * base + denominator)::bigint,"
    " (2 * slope)::bigint, (2 * denominator)::bigint, days, half_even) end,"
    " case when fits then (2 * base + denominator + 2 * slope * (days + 1))::bigint end"
    " from fitting order by n"
)


@_FEW
@given(st.lists(st.tuples(edges(), st.sampled_from(Rounding)), min_size=20, max_size=40))
def test_64_bits_hold_each_line_that_they_are_said_to_hold(
    database: str, found: list[tuple[Line, Rounding]]
) -> None:
    with psycopg.connect(database) as connection:
        told = connection.execute(_PLAIN_NIGHTS, _columns(found)).fetchall()
    for (line, rounding), (fitting, night, largest) in zip(found, told, strict=True):
        days = (DAY - line.start).days
        assert fitting == fits(line)
        if fitting and days < MOST_DAYS:
            assert night == line.at(DAY + _DAY, rounding) - line.at(DAY, rounding)
            assert largest <= MOST + 2**61
        else:
            assert night is None


def test_the_largest_figures_of_all_are_told_and_a_day_more_is_not(database: str) -> None:
    for denominator in (1, 2**61):
        line = Line(DAY, (MOST - denominator) // 2, MOST_STEP // 2, denominator)
        for rounding in Rounding:
            even = rounding is Rounding.HALF_EVEN
            with psycopg.connect(database) as connection:
                rows = [
                    connection.execute(
                        _PLAIN_NIGHTS,
                        ([line.base], [line.slope], [denominator], [days], [even]),
                    ).fetchall()[0]
                    for days in (MOST_DAYS - 1, MOST_DAYS, -1)
                ]
            last = DAY + timedelta(days=MOST_DAYS - 1)
            night = line.at(last + _DAY, rounding) - line.at(last, rounding)
            assert [row[:2] for row in rows] == [(True, night), (True, None), (True, None)]


@pytest.mark.parametrize(
    ("base", "slope", "denominator"),
    [(2**61, 1, 1), (0, 2**46 + 1, 1), (0, 1, 2**61 + 1), (-1, 1, 1), (0, -1, 1), (0, 1, 0)],
)
def test_a_figure_beyond_its_bound_is_left_to_exact_arithmetic(
    database: str, base: int, slope: int, denominator: int
) -> None:
    with psycopg.connect(database) as connection:
        (fitting,) = connection.execute(
            "select ledger.line_fits(%s, %s, %s)", (base, slope, denominator)
        ).fetchall()
    assert fitting == (False,)


@pytest.mark.parametrize("figure", ["NaN", "Infinity", "0.5", "1.0"])
def test_a_figure_that_is_no_whole_number_is_left_to_exact_arithmetic(
    database: str, figure: str
) -> None:
    with psycopg.connect(database) as connection:
        for place in range(3):
            figures = ["1", "1", "1"]
            figures[place] = figure
            row = connection.execute("select ledger.line_fits(%s, %s, %s)", figures).fetchone()
            assert row is not None
            assert row[0] is not True


@_FEW
@given(st.lists(rows, min_size=20, max_size=40))
def test_a_night_in_sql_is_the_engine_s_to_the_minor_unit(database: str, found: list[Row]) -> None:
    sums, booked = asyncio.run(_accrued(database, found))
    expected = [
        (number, part, amount)
        for number, row in enumerate(found)
        for part, amount in sorted(row.night().items())
    ]
    assert booked == b"".join(
        sha256(b"\0" + f'["{id_text(1000, number)}","{part}",{amount}]'.encode()).digest()
        for number, part, amount in expected
    )
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
            _columns(found),
        )
        told = [row[0] for row in cursor.fetchall()]
    assert told == [line.at(DAY, rounding) for line, rounding in found]


def _columns(found: list[tuple[Line, Rounding]]) -> tuple[list[int] | list[bool], ...]:
    """Lines with their roundings as the statement's arrays."""
    return (
        [line.base for line, _ in found],
        [line.slope for line, _ in found],
        [line.denominator for line, _ in found],
        [(DAY - line.start).days for line, _ in found],
        [rounding is Rounding.HALF_EVEN for _, rounding in found],
    )


async def _accrued(dsn: str, found: list[Row]) -> tuple[list[accruals.Accrued], bytes]:
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
    return sums, leaves.get(1000, b"")
