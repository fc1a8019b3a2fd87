"""Terms, agreements and states as canonical JSON, the form in which they are stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import partial
from itertools import chain, repeat
from typing import Any

import orjson

from ledger.book.chart import Role
from ledger.calc.accrual import Line
from ledger.calc.allocation import Component, Excess, Mode
from ledger.calc.periods import Frequency, InterestBasis, Unit
from ledger.calc.schedule import Method
from ledger.loan.instalments import Instalment, RowKind
from ledger.loan.plain import changed, changes
from ledger.loan.state import State, Status
from ledger.loan.terms import Agreement, Terms
from ledger.money import Rounding

ROW_FIGURES = 5
#: `Instalment._make` without a call of Python for each row.
_instalment: Callable[[Iterable[Any]], Instalment] = partial(tuple.__new__, Instalment)
#: Fields that most products and loans leave at their defaults; only what differs is stored.
_TERMS = (
    "interest",
    "settlement",
    "due_order",
    "advance_order",
    "advance_mode",
    "overrides",
    "credit_allocation",
    "down_payment",
    "down_payment_taken",
    "shape",
    "day_setting",
    "interest_period",
    "profile",
    "penalty_base",
    "capitalised_rows",
    "rate_steps",
    "penalty_multiple",
    "fees",
    "conventions",
    "floating",
    "calendar",
    "roll",
    "interest_follows",
    "pricing",
    "penalty_cap",
    "capitalised_every",
    "offer_days",
    "reminder_days",
)
_AGREEMENT = ("shape", "instalment", "steps", "dues", "planned", "margin")
_STATE = (
    "charges",
    "rates",
    "pauses",
    "grid",
    "spell",
    "spell_day",
    "stage",
    "fraud",
    "booked_through",
    "borrowing",
    "adjustment",
    "earnings",
    "refinanced_into",
    "imported",
    "first_no",
    "late_fees_from",
)


def fraction_text(value: Fraction) -> str:
    """An exact rate as numerator/denominator, or as a whole number."""
    return str(value)


def terms_object(terms: Terms) -> dict[str, Any]:
    """Terms as a plain object of strings, integers and booleans."""
    return {
        "accounts": {role.value: code for role, code in sorted(terms.accounts.items())},
        "basis": terms.basis.value,
        "currency": terms.currency,
        "every": terms.frequency.every,
        "excess": terms.excess.value,
        "interest_on_overdue": terms.interest_on_overdue,
        "late_fee": terms.late_fee,
        "late_fee_grace": terms.late_fee_grace,
        "max_amount": terms.max_amount,
        "max_instalments": terms.max_instalments,
        "max_rate": fraction_text(terms.max_rate),
        "method": terms.method.value,
        "min_amount": terms.min_amount,
        "min_instalments": terms.min_instalments,
        "min_rate": fraction_text(terms.min_rate),
        "mode": terms.mode.value,
        "order": [component.value for component in terms.order],
        "penalty_grace": terms.penalty_grace,
        "penalty_rate": fraction_text(terms.penalty_rate),
        "rounding": terms.rounding.value,
        "unit": terms.frequency.unit.value,
        **changes(terms.frequency, ("days",)),
        **changes(terms, _TERMS),
    }


def terms_from(found: Mapping[str, Any]) -> Terms:
    """The inverse of `terms_object`."""
    return Terms(
        currency=found["currency"],
        method=Method(found["method"]),
        frequency=Frequency(
            Unit(found["unit"]), found["every"], **changed(Frequency, found, ("days",))
        ),
        basis=InterestBasis(found["basis"]),
        rounding=Rounding(found["rounding"]),
        order=tuple(Component(name) for name in found["order"]),
        mode=Mode(found["mode"]),
        excess=Excess(found["excess"]),
        min_rate=Fraction(found["min_rate"]),
        max_rate=Fraction(found["max_rate"]),
        min_amount=found["min_amount"],
        max_amount=found["max_amount"],
        min_instalments=found["min_instalments"],
        max_instalments=found["max_instalments"],
        late_fee=found["late_fee"],
        late_fee_grace=found["late_fee_grace"],
        penalty_rate=Fraction(found["penalty_rate"]),
        penalty_grace=found["penalty_grace"],
        interest_on_overdue=found["interest_on_overdue"],
        accounts={Role(role): code for role, code in found["accounts"].items()},
        **changed(Terms, found, _TERMS),
    )


def agreement_object(agreement: Agreement) -> dict[str, Any]:
    """An agreement as a plain object."""
    first = agreement.first_due
    return {
        "amount": agreement.amount,
        "first_due": first.isoformat() if first else None,
        "instalments": agreement.instalments,
        "rate": fraction_text(agreement.rate),
        **changes(agreement, _AGREEMENT),
    }


def agreement_from(found: Mapping[str, Any]) -> Agreement:
    """The inverse of `agreement_object`."""
    return Agreement(
        found["amount"],
        Fraction(found["rate"]),
        found["instalments"],
        _day(found["first_due"]),
        **changed(Agreement, found, _AGREEMENT),
    )


def state_text(state: State) -> str:
    """A state without its terms, which stand with the product version."""
    return orjson.dumps(
        {
            "agreement": agreement_object(state.agreement),
            "approved": state.approved,
            "as_of": state.as_of.isoformat(),
            "credit": state.credit,
            "disbursed": state.disbursed,
            "interest": _line_list(state.interest),
            "interest_settled": state.interest_settled,
            "level": state.level,
            "next": state.next_date.isoformat() if state.next_date else None,
            "penalty": _line_list(state.penalty),
            "penalty_settled": state.penalty_settled,
            "principal": state.principal,
            "rows": _figures(state.rows),
            "start": state.start.isoformat() if state.start else None,
            "status": state.status.value,
            "written_off": state.written_off,
            **_exceptions(state),
            **({"commitment": _line_list(state.commitment)} if state.commitment else {}),
            **changes(state, _STATE),
        },
        option=orjson.OPT_SORT_KEYS,
    ).decode()


def state_from(text: str, terms: Terms) -> State:
    """The inverse of `state_text`."""
    found = orjson.loads(text)
    return State(
        terms=terms,
        agreement=agreement_from(found["agreement"]),
        as_of=date.fromisoformat(found["as_of"]),
        status=Status(found["status"]),
        approved=found["approved"],
        disbursed=found["disbursed"],
        start=_day(found["start"]),
        principal=found["principal"],
        credit=found["credit"],
        written_off=found["written_off"],
        level=found["level"],
        interest_settled=found["interest_settled"],
        penalty_settled=found["penalty_settled"],
        interest=_line(found["interest"]),
        penalty=_line(found["penalty"]),
        rows=_rows(found, _day(found["start"])),
        next_date=_day(found["next"]),
        commitment=_line(found.get("commitment")),
        **changed(State, found, _STATE),
    )


def _exceptions(state: State) -> dict[str, dict[str, Any]]:
    """Rows that are not of the plan, and starts that do not follow from the row before."""
    kinds, starts = dict[str, Any](), dict[str, Any]()
    if _of_plan(state):
        return {}
    follows = state.start
    for place, (_, start, due, *_, kind) in enumerate(state.rows):
        if kind is not RowKind.REGULAR:
            kinds[str(place)] = kind.value
        if start != (due if kind is RowKind.DOWN_PAYMENT else follows):
            starts[str(place)] = start.toordinal()
        follows = due if kind is RowKind.REGULAR else follows
    return {name: found for name, found in (("kinds", kinds), ("starts", starts)) if found}


def _of_plan(state: State) -> bool:
    """Whether all rows plainly are of the plan, each from where the one before it ends."""
    if not state.rows:
        return True
    _, starts, dues, *_, kinds = zip(*state.rows, strict=True)
    regular = kinds.count(RowKind.REGULAR) == len(kinds)
    return regular and starts == (state.start, *dues[:-1])


def _figures(rows: Sequence[Instalment]) -> list[int]:
    """Each row as five integers; its number and its start follow from the row before it."""
    if not rows:
        return []
    _, _, dues, *columns, _ = zip(*rows, strict=True)
    return list(chain.from_iterable(zip(map(date.toordinal, dues), *columns, strict=True)))


def _rows(found: Mapping[str, Any], start: date | None) -> tuple[Instalment, ...]:
    """The rows of a plan, and those of another kind or start where there are some."""
    if start is None:
        return ()
    figures, first = found["rows"], found.get("first_no", 1)
    columns = [figures[place::ROW_FIGURES] for place in range(ROW_FIGURES)]
    dues = list(map(date.fromordinal, columns[0]))
    kinds = {int(place): RowKind(kind) for place, kind in found.get("kinds", {}).items()}
    of_kind: Iterable[RowKind] = repeat(RowKind.REGULAR)
    starts = [start, *dues[:-1]]
    if kinds or "starts" in found:
        of_kind = [kinds.get(place, RowKind.REGULAR) for place in range(len(dues))]
        starts = _starts(found.get("starts", {}), start, dues, kinds)
    numbers = range(first, first + len(dues))
    rows = zip(numbers, starts, dues, *columns[1:], of_kind, strict=False)
    return tuple(map(_instalment, rows))


def _starts(
    named: Mapping[str, int], start: date, dues: Sequence[date], kinds: Mapping[int, RowKind]
) -> list[date]:
    """Where rows begin: on a day of their own, at their due date, or where the plan's last ends."""
    found = []
    for place, due in enumerate(dues):
        kind = kinds.get(place, RowKind.REGULAR)
        begin = due if kind is RowKind.DOWN_PAYMENT else start
        found.append(date.fromordinal(named[str(place)]) if str(place) in named else begin)
        start = due if kind is RowKind.REGULAR else start
    return found


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _line_list(line: Line | None) -> list[str] | None:
    """Integers as text: a line's base may pass 64 bits."""
    if line is None:
        return None
    return [line.start.isoformat(), str(line.base), str(line.slope), str(line.denominator)]


def _line(found: list[str] | None) -> Line | None:
    if found is None:
        return None
    return Line(date.fromisoformat(found[0]), int(found[1]), int(found[2]), int(found[3]))
