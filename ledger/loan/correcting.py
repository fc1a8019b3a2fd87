"""Backdated events and reversals: the loan is folded again, and what the books lack is posted.

What the ledger holds is what the earlier fold said; what it should hold is what the new fold says.
Movements that differ are mirrored and posted anew, accrual is adjusted day by day, each with its
true value date and linked to the event that caused it.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ledger.book.chart import Part
from ledger.loan.trail import Movement, Trail
from ledger.money import Rounding


class Correction(NamedTuple):
    """A movement to post: `cause` is the key of what it belongs to, None for the event's own."""

    movement: Movement
    mirrored: bool
    own: bool


def corrections(
    old: Trail, new: Trail, own_key: str | None, rounding: Rounding, first: date, through: date
) -> list[Correction]:
    """What brings books that hold `old` to `new`; accrual days in [first, through) are compared.

    `own_key` is the key of the event being recorded: its own movements are plain postings.
    """
    before, after = _merged(old), _merged(new)
    found: list[Correction] = []
    for key, movement in before.items():
        if key not in after or after[key].amounts != movement.amounts:
            found.append(Correction(movement, mirrored=True, own=False))
    for key, movement in after.items():
        if key not in before or before[key].amounts != movement.amounts:
            own = own_key is not None and own_key in movement.key[1:]
            found.append(Correction(movement, mirrored=False, own=own))
    found.extend(_accruals(old, new, rounding, first, through))
    return sorted(found, key=lambda item: not item.own)


def _merged(trail: Trail) -> dict[tuple[tuple[str, ...], date], Movement]:
    """Movements by cause and day, so that two folds can be compared."""
    found: dict[tuple[tuple[str, ...], date], Movement] = {}
    for movement in trail.movements:
        key = (movement.key, movement.value_date)
        amounts = dict(found[key].amounts) if key in found else {}
        for part, amount in movement.amounts.items():
            amounts[part] = amounts.get(part, 0) + amount
        found[key] = movement._replace(amounts=amounts)
    return found


def _accruals(
    old: Trail, new: Trail, rounding: Rounding, first: date, through: date
) -> list[Correction]:
    was = old.accrued(rounding, first, through)
    now = new.accrued(rounding, first, through)
    by_day: dict[date, dict[Part, int]] = {}
    for key in was | now:
        change = now.get(key, 0) - was.get(key, 0)
        if change:
            by_day.setdefault(key[0], {})[key[1]] = change
    return [
        Correction(
            Movement("accrual", day, by_day[day], ("accrual", str(day))), mirrored=False, own=False
        )
        for day in sorted(by_day)
    ]
