"""The schedule: planned at disbursement, and again when the balance or the terms change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

from ledger.book.chart import Part
from ledger.calc.allocation import Excess
from ledger.calc.periods import Period
from ledger.calc.schedule import Method, Shape, plan
from ledger.frozen import replace
from ledger.loan.earning import spread
from ledger.loan.instalments import Instalment, RowKind
from ledger.loan.interest import carried, grid, spells
from ledger.loan.posting import interest_to_credit, move
from ledger.loan.projecting import reprojected
from ledger.loan.state import State
from ledger.loan.terms import Interest
from ledger.loan.trail import Trail
from ledger.money import round_ratio


def replanned(
    state: State,
    day: date,
    trail: Trail,
    *,
    keep_level: bool = False,
    lent: int = 0,
    term: int | None = None,
    since: date | None = None,
) -> State:
    """Rows from a day on for the principal not yet due; earlier rows stay as they are.

    Interest that was paid ahead in the replaced rows becomes the borrower's credit again, unless
    the habit is to leave money where it was paid. `keep_level` keeps the instalment, so that the
    term shortens (reduce term). `lent` is what a tranche has just added to the principal. `term` is
    the number of rows, where it is not that of the rows replaced; rows due before `since` stay.
    """
    if state.start is None:
        return state
    habits = state.terms.habits
    first = day if habits.recuts_today and lent else day + timedelta(days=1)
    first = max(first, since) if since else first
    kept, cut = list[Instalment](), list[Instalment]()
    for row in state.rows:
        (cut if row.kind is RowKind.REGULAR and row.due >= first else kept).append(row)
    open_periods = [period for period in grid(state) if period.due >= first]
    if (cut and not state.terms.revolving) or term is not None:
        open_periods = open_periods[: len(cut) if term is None else term]
    balance = state.principal - sum(row.principal - row.principal_paid for row in kept)
    state = _spell_noted(state, day, open_periods)
    if habits.keeps_paid:
        balance += sum(row.principal_paid for row in cut)
        how = (keep_level, lent > 0)
        planned = _spread(state, day, trail, (kept, cut), open_periods, balance, how)
    else:
        planned = _cut_anew(state, day, trail, (kept, cut), open_periods, balance, keep_level)
    if state.booked_through:
        planned = _booked_anew(planned, day, trail)
    return spread(planned, day) if planned.adjustment else planned


def _booked_anew(state: State, day: date, trail: Trail) -> State:
    """Interest that was recognised ahead, as the new rows have it: all that they leave open."""
    more = sum(row.interest_open for row in state.rows) - state.interest_owed(day)
    move(state, trail, "accrual", day, {Part.INTEREST: more}, "earned", day, "replan")
    through = max((row.due for row in state.rows), default=state.booked_through)
    return replace(state, interest_settled=state.interest_settled + more, booked_through=through)


def _spell_noted(state: State, day: date, open_periods: Sequence[Period]) -> State:
    """The running period's interest so far, kept while its balance or rate changes."""
    if state.terms.interest is Interest.DAILY or not open_periods:
        return state
    begun = carried(state, day, open_periods[0])
    if state.terms.habits.rounds_spells:
        begun = Fraction(round_ratio(begun.numerator, begun.denominator, state.terms.rounding))
    return replace(state, spell=begun, spell_day=day)


def _cut_anew(
    state: State,
    day: date,
    trail: Trail,
    parted: tuple[list[Instalment], list[Instalment]],
    open_periods: list[Period],
    balance: int,
    keep_level: bool,
) -> State:
    kept, cut = parted
    rows = list(_planned(state, day, balance, open_periods, keep_level))
    ahead = sum(row.interest_paid for row in cut)
    if ahead and rows:
        earned = min(cut[0].interest_paid, _accrued(state, day, open_periods[0]))
        rows[0] = rows[0]._replace(interest_paid=earned)
        ahead -= earned
    if rows and not cut and day > open_periods[0].start:
        earned = min(rows[0].interest, _paid_since(state, kept, day))
        rows[0] = rows[0]._replace(interest_paid=earned)
    freed = interest_to_credit(state, day, trail, ahead, day, "replan")
    changed = replace(freed, rows=ordered(state, [*kept, *rows]))
    return changed if keep_level else replace(changed, level=level_of(state, rows))


def _paid_since(state: State, kept: Sequence[Instalment], day: date) -> int:
    """What was paid of the interest that accrued since the last due date, when no row held it."""
    line = state.interest
    accrued = line.at(day, state.terms.rounding) if line else 0
    on_rows = sum(row.interest_open if row.due <= day else -row.interest_paid for row in kept)
    return max(accrued + on_rows - state.interest_owed(day), 0)


def _accrued(state: State, day: date, period: Period) -> int:
    """What the running period has accrued so far, rounded."""
    begun = carried(state, day, period)
    return round_ratio(begun.numerator, begun.denominator, state.terms.rounding)


def _spread(
    state: State,
    day: date,
    trail: Trail,
    parted: tuple[list[Instalment], list[Instalment]],
    open_periods: list[Period],
    balance: int,
    how: tuple[bool, bool],
) -> State:
    """Rows anew, with the money that was paid on them before left where it is.

    `how` is whether the level instalment is kept, and whether a tranche was lent.
    """
    (kept, cut), (keep_level, lent) = parted, how
    rows = _planned(state, day, balance, open_periods, keep_level)
    if lent and rows and state.terms.habits.shares_total and cut and not state.grid:
        rows = _total_shares(state, rows, balance)
    filled, interest = _refilled(rows, cut)
    state = interest_to_credit(state, day, trail, interest, day, "replan")
    changed = replace(state, rows=ordered(state, [*kept, *filled]))
    return changed if keep_level else replace(changed, level=level_of(state, rows))


def _refilled(
    rows: Sequence[Instalment], cut: Sequence[Instalment]
) -> tuple[list[Instalment], int]:
    """New rows with what the old ones were paid, each its own first; and interest too much."""
    filled, principal, interest = [], 0, 0
    for index, row in enumerate(rows):
        old = cut[index] if index < len(cut) else None
        principal += old.principal_paid if old else 0
        interest += old.interest_paid if old else 0
        paid, earned = min(principal, row.principal), min(interest, row.interest)
        principal, interest = principal - paid, interest - earned
        filled.append(row._replace(principal_paid=paid, interest_paid=earned))
    principal += sum(row.principal_paid for row in cut[len(rows) :])
    interest += sum(row.interest_paid for row in cut[len(rows) :])
    for index, row in enumerate(filled):
        paid, earned = min(principal, row.principal_open), min(interest, row.interest_open)
        principal, interest = principal - paid, interest - earned
        filled[index] = row._replace(
            principal_paid=row.principal_paid + paid,
            interest_paid=row.interest_paid + earned,
        )
    return filled, interest


def _total_shares(state: State, rows: Sequence[Instalment], balance: int) -> tuple[Instalment, ...]:
    """Each row its share of all principal ever lent; the last one takes the rest."""
    lent = state.disbursed - sum(
        row.principal for row in state.rows if row.kind is RowKind.DOWN_PAYMENT
    )
    periods = spells(state, grid(state), grid(state)[0].start)
    whole = plan(
        state.terms.method,
        lent,
        state.rate_on(periods[0].start),
        periods,
        state.terms.rounding,
        shape=_shape(state),
        conventions=state.terms.habits,
    )
    found = []
    for row in rows[:-1]:
        full = next(planned for planned in whole if planned.due == row.due)
        share = min(full.principal, balance)
        balance -= share
        found.append(row._replace(principal=share))
    return (*found, rows[-1]._replace(principal=balance))


def ordered(state: State, rows: Sequence[Instalment]) -> tuple[Instalment, ...]:
    """Rows by due date, numbered from the first; the terms say where a down payment stands."""
    last = state.terms.habits.down_payment_last
    placed, dues = list(rows), [row.due for row in rows]
    if dues != sorted(set(dues)):
        placed.sort(key=lambda row: (row.due, (row.kind is RowKind.DOWN_PAYMENT) is last, row.no))
    if RowKind.EXTRA in {row.kind for row in rows}:
        for place, row in enumerate(placed):
            if row.kind is RowKind.EXTRA:
                placed[place] = _after_regular(row, placed[:place])
    return tuple(
        [
            row if row.no == no else row._replace(no=no)
            for no, row in enumerate(placed, start=state.first_no)
        ]
    )


def _after_regular(row: Instalment, placed: Sequence[Instalment]) -> Instalment:
    """An extra row begins where the regular one before it ended."""
    before = next((r.due for r in reversed(placed) if r.kind is RowKind.REGULAR), row.start)
    return row._replace(start=before)


def with_row(state: State, day: date) -> State:
    """The state with a row that is due on a day or later: one more after the plan where needed."""
    last = state.rows[-1]
    if day <= last.due:
        return state
    if last.kind is RowKind.EXTRA:
        return replace(state, rows=(*state.rows[:-1], last._replace(due=day)))
    extra = Instalment(last.no + 1, last.due, day, 0, 0, kind=RowKind.EXTRA)
    return replace(state, rows=(*state.rows, extra))


def level_of(state: State, rows: Sequence[Instalment]) -> int:
    """The level instalment of planned rows; the first may be of a stub and the last a rest."""
    if state.terms.method is not Method.EQUAL_INSTALMENTS or not rows:
        return state.level
    row = rows[1] if len(rows) > 2 else rows[0]
    return row.principal + row.interest


def _planned(
    state: State, day: date, balance: int, open_periods: list[Period], keep_level: bool
) -> tuple[Instalment, ...]:
    if not open_periods:
        return ()
    first = open_periods[0]
    begun = carried(state, day, first)
    if balance <= 0 and state.terms.method not in (Method.FLAT, Method.REVOLVING):
        interest = _accrued(state, day, first)  # what accrued so far still falls due at its end
        return (Instalment(first.no, first.start, first.due, 0, interest),) if interest else ()
    rest = max(day, first.start)
    rows = plan(
        state.terms.method,
        balance,
        state.rate_on(rest),
        spells(state, open_periods, rest),
        state.terms.rounding,
        carried=begun,
        instalment=_billed(state, day, balance)
        if state.terms.revolving
        else _instalment(state, keep_level),
        shape=_shape(state),
        conventions=state.terms.habits,
    )
    return tuple(
        [
            Instalment(no, start, due, principal, interest)
            for no, start, due, _, principal, interest in rows
        ]
    )


def _instalment(state: State, keep_level: bool) -> int | None:
    if state.terms.method is Method.FIXED_INSTALMENT:
        return state.agreement.instalment
    return (state.level or None) if keep_level else None


def _billed(state: State, day: date, balance: int) -> int | None:
    """The running minimum of a line: as its period began, less principal that was paid ahead."""
    ahead = [row for row in state.rows if row.due > day]
    if not ahead or ahead[0].kind is not RowKind.REGULAR or ahead[0].start > day:
        return None
    prepaid = max(sum(row.principal - row.principal_paid for row in ahead) - balance, 0)
    return max(ahead[0].principal_open - prepaid, 0)


def _shape(state: State) -> Shape:
    if state.terms.method is Method.FLAT and state.terms.habits.shares_total:
        return replace(state.shape, flat_base=state.disbursed)
    return state.shape


def after_prepayment(state: State, day: date, trail: Trail, excess: Excess) -> State:
    """The schedule after money paid principal ahead of its due date, by the product's rule."""
    if excess is Excess.REDUCE_TERM:
        return replanned(state, day, trail, keep_level=True)
    if excess is Excess.REDUCE_INSTALMENT:
        return replanned(state, day, trail)
    return reprojected(state, day)
