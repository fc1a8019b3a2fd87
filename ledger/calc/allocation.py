"""The waterfall: how money is split over instalments and their components."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from ledger.money import Rounding, round_ratio


class Component(StrEnum):
    """What an instalment is made of."""

    PENALTY = "penalty"
    FEE = "fee"
    INTEREST = "interest"
    PRINCIPAL = "principal"


class Mode(StrEnum):
    """Whether an instalment is finished before the next, or a component over all instalments."""

    BY_INSTALMENT = "by_instalment"
    BY_COMPONENT = "by_component"


class Excess(StrEnum):
    """What happens to money beyond what is due."""

    CREDIT_BALANCE = "credit_balance"
    NEXT_INSTALMENT = "next_instalment"
    LAST_INSTALMENT = "last_instalment"
    LAST_INSTALMENT_PRINCIPAL = "last_instalment_principal"
    PROPORTIONAL = "proportional"
    REDUCE_TERM = "reduce_term"
    REDUCE_INSTALMENT = "reduce_instalment"


#: The rules by which money ahead of its time lowers the principal and not an instalment.
REDUCING = frozenset({Excess.REDUCE_TERM, Excess.REDUCE_INSTALMENT})
Order = tuple[Component, ...]


class Due(NamedTuple):
    """What is open of one instalment, in minor units."""

    no: int
    due: date
    penalty: int
    fee: int
    interest: int
    principal: int

    def open(self, component: Component) -> int:
        """The open amount of a component."""
        return int(getattr(self, component))


class Waterfall(NamedTuple):
    """The rules of an allocation.

    `order` holds for what is past due and, unless `due_order` says otherwise, for what falls due on
    the very day; with `due_order` the past due are finished first. `advance_order` and
    `advance_mode` hold for instalments paid ahead of their time.
    """

    order: Order
    mode: Mode
    excess: Excess
    due_order: Order | None = None
    advance_order: Order | None = None
    advance_mode: Mode = Mode.BY_INSTALMENT


class Part(NamedTuple):
    """Money that went to one component of one instalment."""

    no: int
    component: Component
    amount: int


class Allocation(NamedTuple):
    """Parts, principal prepaid, and what is held: together they are the payment."""

    parts: tuple[Part, ...]
    prepaid: int
    credit: int


Step = tuple[Due, Component]


def allocate(instalments: Sequence[Due], amount: int, on: date, rule: Waterfall) -> Allocation:
    """Pays what is due on a day, oldest first, then the excess by its rule; nothing is lost."""
    ordered = sorted(instalments, key=lambda item: (item.due, item.no))
    due, later = [i for i in ordered if i.due <= on], [i for i in ordered if i.due > on]
    parts = list(_poured(_due_steps(due, on, rule), amount))
    left = amount - sum(part.amount for part in parts)
    ahead = list(_AHEAD[rule.excess](later, left, rule))
    parts += ahead
    left -= sum(part.amount for part in ahead)
    prepaid = min(left, sum(item.principal for item in later)) if rule.excess in REDUCING else 0
    return Allocation(tuple(parts), prepaid, left - prepaid)


def _due_steps(due: Sequence[Due], on: date, rule: Waterfall) -> list[Step]:
    if rule.due_order is None:
        return _steps(due, rule.order, rule.mode)
    past, today = [i for i in due if i.due < on], [i for i in due if i.due == on]
    return _steps(past, rule.order, rule.mode) + _steps(today, rule.due_order, rule.mode)


def _steps(items: Sequence[Due], order: Order, mode: Mode) -> list[Step]:
    if mode is Mode.BY_INSTALMENT:
        return [(item, component) for item in items for component in order]
    return [(item, component) for component in order for item in items]


def _poured(steps: Iterable[Step], amount: int) -> Iterator[Part]:
    for item, component in steps:
        paid = min(item.open(component), amount)
        if paid > 0:
            yield Part(item.no, component, paid)
            amount -= paid


def _held(later: Sequence[Due], amount: int, rule: Waterfall) -> Iterable[Part]:
    return ()


def _next(later: Sequence[Due], amount: int, rule: Waterfall) -> Iterable[Part]:
    return _poured(_steps(later, rule.advance_order or rule.order, rule.advance_mode), amount)


def _last(later: Sequence[Due], amount: int, rule: Waterfall) -> Iterable[Part]:
    return _next(tuple(reversed(later)), amount, rule)


def _last_principal(later: Sequence[Due], amount: int, rule: Waterfall) -> Iterable[Part]:
    return _poured([(item, Component.PRINCIPAL) for item in reversed(later)], amount)


def _proportional(later: Sequence[Due], amount: int, rule: Waterfall) -> Iterable[Part]:
    """Equal shares, half-even, the last one with the rest; what does not fit is shared again."""
    order = rule.advance_order or rule.order
    shares = _shares([sum(item.open(c) for c in order) for item in later], amount)
    for item, share in zip(later, shares, strict=True):
        yield from _poured([(item, component) for component in order], share)


def _shares(room: Sequence[int], amount: int) -> list[int]:
    given = [0] * len(room)
    while amount and (open_ := [i for i, most in enumerate(room) if given[i] < most]):
        share = round_ratio(amount, len(open_), Rounding.HALF_EVEN)
        left = amount
        for place in open_:
            part = left if place == open_[-1] else min(share, left)
            taken = min(part, room[place] - given[place])
            given[place] += taken
            amount -= taken
            left -= part
    return given


_AHEAD: Mapping[Excess, Callable[[Sequence[Due], int, Waterfall], Iterable[Part]]] = {
    Excess.CREDIT_BALANCE: _held,
    Excess.NEXT_INSTALMENT: _next,
    Excess.LAST_INSTALMENT: _last,
    Excess.LAST_INSTALMENT_PRINCIPAL: _last_principal,
    Excess.PROPORTIONAL: _proportional,
    Excess.REDUCE_TERM: _held,
    Excess.REDUCE_INSTALMENT: _held,
}
