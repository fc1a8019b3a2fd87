"""A loan that goes on from a position: of another system, or of its own in another currency."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from ledger.calc.accrual import line
from ledger.calc.periods import Period
from ledger.errors import FailedPrecondition
from ledger.frozen import replace
from ledger.loan.changing import between
from ledger.loan.earning import spread
from ledger.loan.events import CARRIED_OVER, LoanEvent
from ledger.loan.instalments import Instalment, RowKind
from ledger.loan.interest import grid
from ledger.loan.planning import level_of, replanned
from ledger.loan.position import Position, position_from
from ledger.loan.state import Charge, Stage, State, Status
from ledger.loan.terms import Interest
from ledger.loan.trail import Trail
from ledger.money import round_ratio


def imported(state: State, event: LoanEvent, trail: Trail) -> State:
    """The loan as its position has it; each component is brought against the clearing account."""
    day, found = event.value_date, position_from(event.details)
    begun = _begun(state, found, day)
    begun = _owing(begun, found, event)
    after = _earning(_scheduled(begun, found, day), found, day)
    trail.move(CARRIED_OVER[event.kind], day, after.balances(day), event.key)
    return after


def _begun(state: State, found: Position, day: date) -> State:
    """The contract: what was agreed, and the rates from the cut-over on."""
    moved = found.rate is not None and found.rate != found.agreement.rate
    rates = ((day, found.rate),) if moved and found.rate is not None else ()
    return replace(
        state,
        agreement=found.agreement,
        status=Status.WRITTEN_OFF if found.only_memo else Status.ACTIVE,
        approved=found.agreement.amount,
        disbursed=found.disbursed,
        start=found.start,
        rates=(*rates, *found.rates),
        stage=found.stage,
        fraud=found.fraud or found.stage is Stage.CHARGED_OFF_FRAUD,
        pauses=found.pauses,
        imported=day,
        late_fees_from=found.late_fees_from or day,
    )


def _owing(state: State, found: Position, event: LoanEvent) -> State:
    """The figures: lines begin where the other system's accruals stood, exactly where it says."""
    day = event.value_date
    interest = _exact(found.interest_exact, found.running(day))
    penalty = _exact(found.penalty_exact, found.penalty) + found.penalty_paid
    charges = (
        Charge(no, event.number, c.part, c.due, c.amount, booked=c.due <= day)
        for no, c in enumerate(found.charges, start=1)
    )
    return replace(
        state,
        principal=found.principal,
        credit=found.credit,
        written_off=found.written_off,
        adjustment=found.adjustment,
        interest_settled=found.interest - _rounded(state, interest),
        penalty_settled=found.penalty - _rounded(state, penalty),
        interest=line(day, interest, Fraction(0)),
        penalty=line(day, penalty, Fraction(0)),
        charges=tuple(charges),
        commitment=line(day, found.commitment, Fraction(0)),
        level=found.instalment,
    )


def _exact(given: Fraction | None, rounded: int) -> Fraction:
    return Fraction(rounded) if given is None else given


def _rounded(state: State, exact: Fraction) -> int:
    return round_ratio(exact.numerator, exact.denominator, state.terms.rounding)


def _scheduled(state: State, found: Position, day: date) -> State:
    """The rows that came with the position, or those that the product plans for what is left."""
    if state.terms.interest is Interest.SCHEDULED and state.interest:
        state = replace(state, spell=state.interest.exact(day), spell_day=day)
    if found.rows:
        given = replace(state, rows=found.rows, first_no=found.rows[0].no)
        given = replace(given, grid=found.grid or _own_grid(given, found.rows))
        ahead = [row for row in found.rows if row.due > day and row.kind is RowKind.REGULAR]
        return replace(given, level=found.instalment or level_of(given, ahead))
    left = [period for period in grid(state) if period.due > day]
    if not left:
        return state
    planned = replace(state, first_no=left[0].no)
    return replanned(planned, day, Trail(), keep_level=bool(found.instalment), term=len(left))


def _own_grid(state: State, rows: Sequence[Instalment]) -> tuple[Period, ...]:
    """The interest periods of given rows, where they are not those that the terms make."""
    natural = {(period.start, period.due) for period in grid(state)}
    regular = [row for row in rows if row.kind is RowKind.REGULAR]
    if not regular or natural.issuperset((row.start, row.due) for row in regular):
        return ()
    dates, frequency = [row.due for row in regular], state.terms.frequency
    return tuple(between(state, regular[0].start, dates, regular[0].no, frequency))


def _earning(state: State, found: Position, day: date) -> State:
    """Deferred fees: earned as the position has it, or by effective interest from here on."""
    if not found.adjustment:
        return state
    if found.earnings:
        return replace(state, earnings=found.earnings)
    spread_out = spread(state, day)
    if not spread_out.earnings:
        raise FailedPrecondition("no instalment is left to earn the deferred fees")
    return spread_out
