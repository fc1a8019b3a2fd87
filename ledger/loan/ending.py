"""When a loan goes wrong or leaves the books: suspension, charge-off, write-off, recovery, sale."""

from __future__ import annotations

from datetime import date

from ledger.book.chart import Part
from ledger.errors import AmountExceeded, FailedPrecondition, InsufficientCredit
from ledger.frozen import replace
from ledger.loan.accruing import relined
from ledger.loan.charging import all_earned, commitment_fee
from ledger.loan.dues import payoff_parts
from ledger.loan.events import LoanEvent
from ledger.loan.instalments import Instalment, RowKind
from ledger.loan.opening import require_at_most
from ledger.loan.paying import emptied, finished_rows, given_up, interest_handed_back, taken
from ledger.loan.posting import move
from ledger.loan.projecting import reprojected
from ledger.loan.state import OFF_BOOKS, Stage, State, Status
from ledger.loan.trail import Trail
from ledger.money import decimal_text, round_ratio


def suspended(state: State, event: LoanEvent, trail: Trail) -> State:
    """Interest stops being income: what is accrued and unpaid is reversed and kept as a memo.

    The part that earlier calendar years earned is a charge against the allowance, not this year's
    income (FFIEC Call Report glossary, nonaccrual status).
    """
    if state.stage is not Stage.PERFORMING:
        raise FailedPrecondition(f"the loan's interest is {state.stage.value} already")
    day = event.value_date
    state = relined(state, day, trail)
    owed = {Part.INTEREST: state.interest_owed(day), Part.PENALTY: state.penalty_owed(day)}
    earlier = _of_earlier_years(state, day, max(owed[Part.INTEREST], 0))
    memo = sum(owed.values())
    current = {**owed, Part.INTEREST: owed[Part.INTEREST] - earlier}
    trail.move("suspension", day, {**current, Part.SUSPENDED: memo}, event.key)
    trail.move("suspension_prior_years", day, {Part.INTEREST: earlier}, event.key)
    return replace(state, stage=Stage.SUSPENDED)


def _of_earlier_years(state: State, day: date, owed: int) -> int:
    """The part of unpaid interest that was earned before this calendar year.

    Money settles the oldest first, so what is unpaid is the newest.
    """
    this_year = sum(_since(state, row, date(day.year, 1, 1), day) for row in state.rows)
    return max(owed - this_year, 0)


def _since(state: State, row: Instalment, begin: date, day: date) -> int:
    """A row's interest of the nights in [begin, day), taken as even over its days."""
    end, first = min(row.due, day), max(row.start, begin)
    if row.kind is not RowKind.REGULAR or first >= end:
        return 0
    running = state.interest.at(day, state.terms.rounding) if state.interest else 0
    figure = row.interest if row.due <= day else running
    return round_ratio(figure * (end - first).days, (end - row.start).days, state.terms.rounding)


def resumed(state: State, event: LoanEvent, trail: Trail) -> State:
    """Interest is income again, and what was kept as a memo is recognised."""
    if state.stage is not Stage.SUSPENDED:
        raise FailedPrecondition("the loan's interest is not suspended")
    day = event.value_date
    state = relined(state, day, trail)
    owed = {Part.INTEREST: state.interest_owed(day), Part.PENALTY: state.penalty_owed(day)}
    memo = sum(owed.values())
    back = {part: -amount for part, amount in {**owed, Part.SUSPENDED: memo}.items()}
    trail.move("suspension", day, back, event.key)
    return replace(state, stage=Stage.PERFORMING)


def fraud_flagged(state: State, event: LoanEvent, trail: Trail) -> State:
    """A mark that decides to which expense a later charge-off goes."""
    return replace(state, fraud=bool(event.details.get("value", True)))


def charged_off(state: State, event: LoanEvent, trail: Trail) -> State:
    """All that is owed leaves the balance sheet; the loan stays alive and collectible."""
    if state.stage in OFF_BOOKS:
        raise FailedPrecondition("the loan is charged off already")
    day = event.value_date
    state = relined(all_earned(state, day, trail), day, trail)
    owed = {part: amount for part, amount in state.balances(day).items() if part in _GONE}
    total = sum(state.owed(day).values())
    kind = "charge_off_fraud" if state.fraud else "charge_off"
    gone = {**owed, Part.WRITTEN_OFF: total, Part.ADJUSTMENT: state.adjustment}
    trail.move(kind, day, gone, event.key)
    stage = Stage.CHARGED_OFF_FRAUD if state.fraud else Stage.CHARGED_OFF
    return replace(state, stage=stage, adjustment=0, earnings=())


_GONE = (Part.PRINCIPAL, Part.INTEREST, Part.FEE, Part.PENALTY, Part.SUSPENDED)


def written_off(state: State, event: LoanEvent, trail: Trail) -> State:
    """All that is owed is given up; a held credit goes first."""
    day = event.value_date
    state = _lapsed(relined(state, day, trail), day, trail)
    parts = state.owed(day)
    held = taken(parts, state.credit)
    left = {part: amount - held.get(part, 0) for part, amount in parts.items()}
    total = sum(left.values())
    if total <= 0:
        raise AmountExceeded("the held credit covers all that is owed: pay the loan off instead")
    move(state, trail, "credit_application", day, held, day, event.key)
    kept = state.written_off + total
    if state.stage not in OFF_BOOKS:
        lost = {**left, Part.WRITTEN_OFF: total, Part.ADJUSTMENT: state.adjustment}
        move(state, trail, "write_off", day, lost, event.key)
    gone = replace(emptied(state, day, parts), credit=state.credit - sum(held.values()))
    return replace(
        gone,
        status=Status.WRITTEN_OFF,
        stage=Stage.PERFORMING,
        written_off=kept,
        charges=(),
        adjustment=0,
        earnings=(),
    )


def _lapsed(state: State, day: date, trail: Trail) -> State:
    """The loan without what is left of charges that are not due yet: what was paid is earned."""
    for item in state.charges:
        if not item.booked:
            amounts = {item.part: item.paid + item.waived}
            move(state, trail, "charge_due", day, amounts, f"#{item.event}", day)
    return replace(state, charges=tuple(item for item in state.charges if item.booked))


def written_down(state: State, event: LoanEvent, trail: Trail) -> State:
    """A part of what is owed is given up: penalties, fees, interest, then the last principal."""
    day, parts = event.value_date, state.owed(event.value_date)
    total = sum(max(amount, 0) for amount in parts.values())
    if event.amount >= total:
        most = decimal_text(total, state.terms.currency)
        raise AmountExceeded(f"all that is owed is {most}: write the loan off instead", limit=most)
    given = taken(parts, event.amount)
    move(state, trail, "write_off", day, {**given, Part.WRITTEN_OFF: event.amount}, event.key)
    rows, left = [], given[Part.PRINCIPAL]
    for row in reversed(state.rows):
        cut = min(left, row.principal_open)
        left -= cut
        rows.append(row._replace(principal=row.principal - cut))
    forgiven = given_up(replace(state, rows=tuple(reversed(rows))), day, given)
    lowered = replace(
        forgiven,
        principal=state.principal - given[Part.PRINCIPAL],
        written_off=state.written_off + (0 if state.stage in OFF_BOOKS else event.amount),
    )
    return reprojected(lowered, day)


def recovered(state: State, event: LoanEvent, trail: Trail) -> State:
    """Money on what was written off before, at most that."""
    require_at_most(state, event.amount, state.written_off, "written off and not yet recovered")
    trail.move("recovery", event.value_date, {Part.WRITTEN_OFF: event.amount}, event.key)
    return replace(state, written_off=state.written_off - event.amount)


def sold(state: State, event: LoanEvent, trail: Trail) -> State:
    """Sold: without recourse the loan leaves the books, with recourse the price is a borrowing."""
    day = event.value_date
    if event.details.get("recourse"):
        trail.move("sale_with_recourse", day, {Part.BORROWING: event.amount}, event.key)
        return replace(state, borrowing=state.borrowing + event.amount)
    state = interest_handed_back(_lapsed(state, day, trail), day, trail, event.key)
    parts = state.owed(day)
    gone = {**parts, Part.CASH: event.amount, Part.ADJUSTMENT: state.adjustment}
    move(state, trail, "sale", day, gone, event.key)
    left = replace(emptied(state, day, parts), status=Status.SOLD, charges=())
    return replace(left, adjustment=0, earnings=())


def repossessed(state: State, event: LoanEvent, trail: Trail) -> State:
    """Collateral takes the place of all that is owed; what it is worth less is a loss."""
    if state.stage in OFF_BOOKS:
        raise FailedPrecondition(
            "a loan that is charged off is no asset any more: take the collateral as a payment"
        )
    day = event.value_date
    state = interest_handed_back(_lapsed(state, day, trail), day, trail, event.key)
    parts = state.owed(day)
    require_at_most(state, event.amount, sum(parts.values()), "owed")
    gone = {**parts, Part.COLLATERAL: event.amount, Part.ADJUSTMENT: state.adjustment}
    move(state, trail, "repossession", day, gone, event.key)
    rows = finished_rows(state, day, parts[Part.INTEREST])
    return replace(emptied(state, day, parts), rows=rows, charges=(), adjustment=0, earnings=())


def bought_back(state: State, event: LoanEvent, trail: Trail) -> State:
    """The borrowing against a loan sold with recourse is paid back."""
    require_at_most(state, event.amount, state.borrowing, "received for the loan with recourse")
    trail.move("borrowing_repaid", event.value_date, {Part.BORROWING: event.amount}, event.key)
    return replace(state, borrowing=state.borrowing - event.amount)


def refinanced(state: State, event: LoanEvent, trail: Trail) -> State:
    """A new loan settles this one to the minor unit."""
    if state.stage in OFF_BOOKS:
        raise FailedPrecondition("a loan that is charged off cannot be refinanced: it is collected")
    day = event.value_date
    state = commitment_fee(interest_handed_back(state, day, trail, event.key), day, trail)
    parts = payoff_parts(state, day)
    move(state, trail, "refinancing_out", day, parts, event.key)
    return replace(
        emptied(state, day, parts),
        rows=finished_rows(state, day, parts[Part.INTEREST]),
        refinanced_into=str(event.details.get("into", "")),
    )


def redenominated(state: State, event: LoanEvent, trail: Trail) -> State:
    """All that the loan owes and holds goes over to a loan in another currency."""
    if state.stage in OFF_BOOKS:
        raise FailedPrecondition("a loan that is charged off cannot be redenominated")
    day = event.value_date
    state = _lapsed(relined(state, day, trail), day, trail)
    parts = state.owed(day)
    gone = {**parts, Part.CREDIT: state.credit, Part.ADJUSTMENT: state.adjustment}
    move(state, trail, "redenomination_out", day, gone, event.key)
    rows = finished_rows(state, day, parts[Part.INTEREST])
    left = replace(emptied(state, day, parts), rows=rows, credit=0, adjustment=0, earnings=())
    return replace(left, refinanced_into=str(event.details.get("into", "")))


def closed(state: State, event: LoanEvent, trail: Trail) -> State:
    """The end, when nothing is held for the borrower any more."""
    if state.credit:
        have = decimal_text(state.credit, state.terms.currency)
        raise InsufficientCredit(f"a held credit of {have} must be refunded first", credit=have)
    if state.borrowing:
        left = decimal_text(state.borrowing, state.terms.currency)
        text = f"{left} received for the loan with recourse must be paid back first"
        raise FailedPrecondition(text, borrowing=left)
    return replace(state, status=Status.CLOSED)
