"""How a loan's schedule and charges live together: parameters, with named sets in one table.

Lenders differ in what a new tranche does to rows already paid, or in where a charge belongs. Each
such habit is one field here, so that the fold has one path.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Habits:
    """`name` is how terms refer to a set.

    `with_instalment`: a charge falls due with the instalment in whose period it lies.
    `keeps_paid`: a new plan leaves money where it was paid ahead, and spreads the whole principal.
    `recuts_today`: a tranche changes the row that falls due on its very day too.
    `shares_total`: a tranche gives each later row its share of all principal ever lent.
    `rounds_spells`: interest of a scheduled period is rounded at each change of its balance.
    `applies_surplus`: a held credit pays rows ahead of their time when a tranche is paid out.
    """

    name: str = "standard"
    with_instalment: bool = False
    keeps_paid: bool = False
    recuts_today: bool = False
    shares_total: bool = False
    rounds_spells: bool = False
    applies_surplus: bool = False


STANDARD = Habits()

HABITS: Mapping[str, Habits] = {
    found.name: found
    for found in (
        STANDARD,
        Habits(
            "cumulative",
            with_instalment=True,
            keeps_paid=True,
            recuts_today=True,
            shares_total=True,
            applies_surplus=True,
        ),
        Habits(
            "progressive",
            with_instalment=True,
            keeps_paid=True,
            rounds_spells=True,
            applies_surplus=True,
        ),
    )
}
