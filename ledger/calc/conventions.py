"""Habits of lenders and of other systems, as parameters: named sets in one table.

Sources: the figures of Apache Fineract's own scenarios (commit 4198b0bcf9a9), restated as rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Conventions:
    """How amounts become whole and how conventional periods count.

    Amounts: `unit_in_two_steps` rounds to the minor unit before the multiple; `unit_on_principal`
    rounds equal principal to the multiple as well; `waits_rounded` keeps waiting interest in minor
    units; `smooths` tries once to bring the last instalment near the others.
    Periods: `daily_year` is the year of daily interest whatever the setting says; `level_month`
    the days of a month in the level instalment's rate; a new rate or a pause counts from
    `lead` nights before its date.
    """

    name: str
    unit_in_two_steps: bool = False
    unit_on_principal: bool = True
    waits_rounded: bool = False
    smooths: bool = False
    daily_year: int | None = None
    level_month: int | None = None
    lead: int = 0


STANDARD = Conventions("standard")

CONVENTIONS: Mapping[str, Conventions] = {
    found.name: found
    for found in (
        STANDARD,
        Conventions(
            "fineract_cumulative",
            unit_in_two_steps=True,
            unit_on_principal=False,
            waits_rounded=True,
            daily_year=365,
            level_month=30,
            lead=1,
        ),
        Conventions(
            "fineract_progressive",
            unit_in_two_steps=True,
            unit_on_principal=False,
            waits_rounded=True,
            smooths=True,
            lead=1,
        ),
    )
}
