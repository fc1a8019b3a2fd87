"""What must tie in an open position, by itself and under its product: every finding at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import pairwise

from ledger.calc.schedule import Method
from ledger.errors import Finding
from ledger.lending.agreements import date_violations, shape_violations_of
from ledger.lending.contracts import MAX_YEARS, violations
from ledger.loan.dating import periods_of
from ledger.loan.events import LoanEvent
from ledger.loan.instalments import Instalment, RowKind
from ledger.loan.position import UNTOLD, Position
from ledger.loan.state import OFF_BOOKS
from ledger.loan.terms import Settlement, Terms
from ledger.money import Rounding, round_ratio

_HALF = Fraction(1, 2)


def untied(found: Position, history: Sequence[LoanEvent], day: date) -> list[Finding]:
    """What does not tie in a position by itself, whatever its product."""
    return [
        *_amounts(found, day),
        *_rows(found, day),
        *_sums(found, day),
        *_dates(found, day),
        *_history(found, history, day),
    ]


def _amounts(found: Position, day: date) -> Iterator[Finding]:
    for index, charge in enumerate(found.charges):
        if charge.amount <= 0:
            yield Finding(f"charges[{index}].amount", "must be greater than zero")
    if not any(found.owed(day).values()) and not found.charges:
        yield Finding("principal", "nothing is open: there is nothing to bring over")
    if found.stage in OFF_BOOKS and found.adjustment:
        yield Finding("deferred_fees", "are lost when a loan is charged off: must be zero")
    for field, kept in (("credit", found.credit), ("deferred_fees", found.adjustment)):
        if found.only_memo and kept:
            yield Finding(field, "must be zero where only a written-off memorandum is left")


def _rows(found: Position, day: date) -> Iterator[Finding]:
    for index, row in enumerate(found.rows):
        path = f"schedule[{index}]"
        if row.kind is RowKind.REGULAR and row.start >= row.due:
            yield Finding(f"{path}.due", f"must lie after the start {row.start}")
        if row.no < 1:
            yield Finding(f"{path}.number", "must be greater than zero")
        if row.principal_paid > row.principal:
            text = "is more than the instalment's principal"
            yield Finding(f"{path}.principal_paid", text, row.principal_paid, row.principal)
        if row.interest_paid > row.interest and row.due <= day:
            text = "is more than the instalment's interest"
            yield Finding(f"{path}.interest_paid", text, row.interest_paid, row.interest)
    for index, (before, row) in enumerate(pairwise(found.rows), start=1):
        yield from _after(f"schedule[{index}]", before, row)
    if found.rows and UNTOLD != found.rows[0].start < found.start:
        yield Finding("schedule[0].start", f"must not lie before the loan's start {found.start}")


def _after(path: str, before: Instalment, row: Instalment) -> Iterator[Finding]:
    """A row follows the one before it in number and date."""
    if row.no != before.no + 1:
        yield Finding(f"{path}.number", f"must follow {before.no}")
    regular = row.kind is RowKind.REGULAR and before.kind is RowKind.REGULAR
    if row.due < before.due or (regular and row.due == before.due):
        yield Finding(f"{path}.due", f"must lie after {before.due}, the one before it")
    elif regular and row.start != before.due:
        yield Finding(f"{path}.start", f"must be {before.due}, when the one before it fell due")


def _sums(found: Position, day: date) -> Iterator[Finding]:
    if found.rows:
        open_ = sum(row.principal - row.principal_paid for row in found.rows)
        if open_ != found.principal:
            text = "is not what the schedule leaves open"
            yield Finding("principal", text, found.principal, open_)
    running = found.running(day)
    if running < 0:
        text = "is less than the due instalments leave open"
        yield Finding("interest", text, found.interest, found.interest - running)
    earned = sum(amount for _, amount in found.earnings)
    if found.earnings and earned != found.adjustment:
        text = "is not the sum of what the instalments earn"
        yield Finding("deferred_fees", text, found.adjustment, earned)
    if any(due <= day for due, _ in found.earnings):
        yield Finding("schedule", f"an instalment due by {day} has earned its deferred fee")


def _dates(found: Position, day: date) -> Iterator[Finding]:
    if found.start > day:
        yield Finding("start", f"must not lie after the cut-over date {day}")
    days = [day, *(since for since, _ in found.rates)]
    if any(low >= high for low, high in pairwise(days)):
        yield Finding("later_rates", f"must lie after the cut-over date {day}, in rising order")
    if found.late_fees_from and found.late_fees_from > day:
        yield Finding("late_fees_from", f"must not lie after the cut-over date {day}")


def _history(found: Position, history: Sequence[LoanEvent], day: date) -> Iterator[Finding]:
    for index, event in enumerate(history):
        if not found.start <= event.value_date < day:
            text = f"must lie from the start {found.start} on and before the cut-over date {day}"
            yield Finding(f"history[{index}].value_date", text)
        for item in violations(event.kind, event.details, event.value_date):
            yield Finding(f"history[{index}].{item.field}", item.description)
    for index, (before, event) in enumerate(pairwise(history), start=1):
        if event.value_date < before.value_date:
            text = f"must not lie before {before.value_date}, the event before it"
            yield Finding(f"history[{index}].value_date", text)


def too_long(terms: Terms, found: Position) -> Iterator[Finding]:
    """A term over which no due dates are worked out."""
    if found.agreement.instalments / terms.frequency.per_year > MAX_YEARS:
        yield Finding("instalments", f"the term must not pass {MAX_YEARS} years")


def untied_under(terms: Terms, found: Position, day: date) -> list[Finding]:
    """What does not go together with the terms of the product."""
    wrong = [*date_violations(found.agreement, found.start)]
    if not found.rows and not found.only_memo:
        wrong += shape_violations_of(terms, found.agreement)
    findings = [Finding(item.field, item.description) for item in wrong]
    if found.rows and found.rows[0].start == UNTOLD:
        text = f"is required: no period of the product's terms ends on {found.rows[0].due}"
        findings.append(Finding("schedule[0].start", text))
    findings += [*_exactly(found, day), *_whole(terms, found), *_borne(terms, found, day)]
    return findings if findings else [*_coming(terms, found, day)]


def begun(terms: Terms, found: Position) -> Position:
    """The position with the start of its first row, by the terms where it does not tell it."""
    if not found.rows or found.rows[0].start != UNTOLD:
        return found
    if any(date_violations(found.agreement, found.start)):
        return found
    first, periods = found.rows[0], periods_of(terms, found.agreement, found.start)
    start = next((period.start for period in periods if period.due == first.due), UNTOLD)
    return replace(found, rows=(first._replace(start=start), *found.rows[1:]))


def _exactly(found: Position, day: date) -> Iterator[Finding]:
    """An exact accrual must round to the figure that it stands behind, whichever way ties go."""
    pairs = (
        ("interest_exact", found.interest_exact, found.running(day)),
        ("penalty_exact", found.penalty_exact, found.penalty),
    )
    for field, exact, rounded in pairs:
        if exact is not None and abs(exact - rounded) > _HALF:
            ours = round_ratio(exact.numerator, exact.denominator, Rounding.HALF_UP)
            yield Finding(field, "does not round to what was accrued", rounded, ours)


def _borne(terms: Terms, found: Position, day: date) -> Iterator[Finding]:
    """No more can have accrued than the running instalment bears, but for interest on arrears."""
    row = next((row for row in found.rows if row.due > day and row.kind is RowKind.REGULAR), None)
    running = found.running(day)
    if row and row.start <= day and running > row.interest and not terms.interest_on_overdue:
        text = f"more has accrued than the instalment due on {row.due} bears"
        yield Finding("interest", text, found.interest, found.interest - running + row.interest)


def _whole(terms: Terms, found: Position) -> Iterator[Finding]:
    """What a product needs to know of the past, or of steps to come."""
    if found.only_memo:
        return
    agreed = found.agreement.amount
    if found.disbursed > agreed and not terms.revolving:
        yield Finding("disbursed", "is more than was agreed", found.disbursed, agreed)
    if found.commitment and not terms.commitment:
        yield Finding("commitment_exact", "the product has no commitment fee")
    elif not 0 <= found.commitment <= agreed:
        yield Finding("commitment_exact", "must lie between zero and what was agreed")
    if terms.settlement is Settlement.RULE_OF_78 and (not found.rows or found.rows[0].no != 1):
        yield Finding("schedule", "the rule of 78 needs all instalments from the first on")
    if terms.method is Method.FIXED_INSTALMENT and not found.agreement.instalment:
        yield Finding("fixed_instalment", "is required by the product's method")


def _coming(terms: Terms, found: Position, day: date) -> Iterator[Finding]:
    """Instalments to come, by the position or else by the product, and the rates of their steps."""
    periods = periods_of(terms, found.agreement, found.start)
    coming = found.rows or [period for period in periods if period.due > day]
    if not coming and (found.principal or found.interest > 0):
        text = f"is required: by the product's terms nothing falls due after {day}"
        yield Finding("schedule", text)
    foreseen = {no for no, _ in found.agreement.steps} or {s.instalment for s in terms.rate_steps}
    stepped = {period.start for period in periods if period.no in foreseen}
    last = max((row.due for row in coming), default=day)
    if not found.rates and any(day < start < last for start in stepped):
        yield Finding("later_rates", "the rate steps to come must be given by their dates")
