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
    Life: `with_instalment`: a charge falls due with the instalment in whose period it lies.
    `keeps_paid`: a new plan leaves money where it was paid ahead and spreads the whole principal.
    `recuts_today`: a tranche changes the row that falls due on its very day too. `shares_total`: it
    gives each later row its share of all principal ever lent, and flat interest is on that.
    `rounds_spells`: interest of a scheduled period is rounded at each change of its balance.
    `applies_surplus`: a held credit pays rows ahead of their time when a tranche is paid out.
    `down_payment_last`: a down payment comes after the instalment that is due on the same day.
    `keeps_instalment`: where interest is on the real balance, a change of interest moves principal
    within the instalment, and the last row absorbs; principal paid ahead is the running row's.
    `shares_arrears`: arrears spread anew are added to the rows to come in equal parts.
    """

    name: str
    unit_in_two_steps: bool = False
    unit_on_principal: bool = True
    waits_rounded: bool = False
    smooths: bool = False
    daily_year: int | None = None
    level_month: int | None = None
    lead: int = 0
    with_instalment: bool = False
    keeps_paid: bool = False
    recuts_today: bool = False
    shares_total: bool = False
    rounds_spells: bool = False
    applies_surplus: bool = False
    down_payment_last: bool = False
    keeps_instalment: bool = False
    shares_arrears: bool = False


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
            with_instalment=True,
            keeps_paid=True,
            recuts_today=True,
            shares_total=True,
            applies_surplus=True,
            keeps_instalment=True,
            shares_arrears=True,
        ),
        Conventions(
            "fineract_progressive",
            unit_in_two_steps=True,
            unit_on_principal=False,
            waits_rounded=True,
            smooths=True,
            lead=1,
            with_instalment=True,
            keeps_paid=True,
            rounds_spells=True,
            applies_surplus=True,
            down_payment_last=True,
            keeps_instalment=True,
            shares_arrears=True,
        ),
    )
}
