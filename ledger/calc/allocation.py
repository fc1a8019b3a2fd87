"""The waterfall: how money is split over instalments and their components."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


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
    LAST_INSTALMENT_PRINCIPAL = "last_instalment_principal"
    REDUCE_TERM = "reduce_term"
    REDUCE_INSTALMENT = "reduce_instalment"


@dataclass(frozen=True, slots=True)
class Due:
    """What is open of one instalment, in minor units."""

    no: int
    due: date
    penalty: int
    fee: int
    interest: int
    principal: int

    def open(self, component: Component) -> int:
        """The open amount of a component."""
        return int(getattr(self, component.value))


@dataclass(frozen=True, slots=True)
class Part:
    """Money that went to one component of one instalment."""

    no: int
    component: Component
    amount: int


@dataclass(frozen=True, slots=True)
class Allocation:
    """Parts, principal prepaid, and what is held: together they are the payment."""

    parts: tuple[Part, ...]
    prepaid: int
    credit: int


Step = tuple[Due, Component]


def allocate(
    instalments: Sequence[Due],
    amount: int,
    on: date,
    order: Sequence[Component],
    mode: Mode,
    excess: Excess,
) -> Allocation:
    """Pays what is due on a day, oldest first, then the excess by its rule; nothing is lost."""
    due = sorted((item for item in instalments if item.due <= on), key=_age)
    later = sorted((item for item in instalments if item.due > on), key=_age)
    if mode is Mode.BY_INSTALMENT:
        steps: list[Step] = [(item, component) for item in due for component in order]
    else:
        steps = [(item, component) for component in order for item in due]
    if excess is Excess.NEXT_INSTALMENT:
        steps += [(item, component) for item in later for component in order]
    elif excess is Excess.LAST_INSTALMENT_PRINCIPAL:
        steps += [(item, Component.PRINCIPAL) for item in reversed(later)]
    parts = tuple(_poured(steps, amount))
    left = amount - sum(part.amount for part in parts)
    prepaid = 0
    if excess in (Excess.REDUCE_TERM, Excess.REDUCE_INSTALMENT):
        prepaid = min(left, sum(item.principal for item in later))
    return Allocation(parts, prepaid, left - prepaid)


def _age(item: Due) -> tuple[date, int]:
    return (item.due, item.no)


def _poured(steps: Sequence[Step], amount: int) -> Iterator[Part]:
    for item, component in steps:
        paid = min(item.open(component), amount)
        if paid > 0:
            yield Part(item.no, component, paid)
            amount -= paid
