"""Floating rates and business days of a product: messages to values and back."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TypedDict

from google.type import date_pb2

from ledger.calc.calendar import Roll
from ledger.calc.holidays import SOURCES
from ledger.loan.floating import Floating
from loanledger.v1 import product_service_pb2 as pb
from server import convert
from server.checks import Checks

_PATH = "terms.floating."
MAX_MONTHS, MAX_LAG, MAX_FIXED = 120, 60, 480
#: No leap year: a reset day must be there every year.
_PLAIN = 2001


def floating_of(check: Checks, terms: pb.Terms) -> Floating | None:
    """A floating rate with every violated field noted; None where the rate is fixed."""
    if not terms.HasField("floating"):
        return None
    asked = terms.floating
    floor, cap = (_limit(check, asked, name) for name in ("floor", "cap"))
    if floor is not None and cap is not None and floor > cap:
        check.add(_PATH + "cap", "must not be below the floor")
    if asked.lag_calendar and asked.lag_calendar not in SOURCES:
        check.add(_PATH + "lag_calendar", f"must be one of {', '.join(sorted(SOURCES))}")
    return Floating(
        check.text(asked.index, _PATH + "index", required=True, most=30),
        check.rate(asked.margin, _PATH + "margin", 1, least=-1),
        check.integer(asked.every_months, _PATH + "every_months", 1, MAX_MONTHS) or 1,
        floor,
        cap,
        check.integer(asked.lag_days, _PATH + "lag_days", 0, MAX_LAG),
        asked.lag_calendar,
        _on(check, asked),
        _fixed(check, asked),
    )


def _fixed(check: Checks, asked: pb.Floating) -> int:
    if asked.fixed_months and asked.HasField("on"):
        check.add(_PATH + "fixed_months", "goes without a reset day: resets count from its end")
    return check.integer(asked.fixed_months, _PATH + "fixed_months", 0, MAX_FIXED)


def _limit(check: Checks, asked: pb.Floating, name: str) -> Fraction | None:
    given = asked.HasField("floor") if name == "floor" else asked.HasField("cap")
    return check.rate(getattr(asked, name), _PATH + name) if given else None


def _on(check: Checks, asked: pb.Floating) -> tuple[int, int] | None:
    if not asked.HasField("on"):
        return None
    try:
        found = date(_PLAIN, asked.on.month, asked.on.day)
    except ValueError:
        found = None
    if found is None or asked.on.year:
        check.add(_PATH + "on", "must be a month and a day of every year, without a year")
        return None
    return found.month, found.day


def floating_message(floating: Floating | None) -> pb.Floating | None:
    """A floating rate as a message."""
    if floating is None:
        return None
    on = floating.on
    return pb.Floating(
        index=floating.index,
        margin=convert.decimal(floating.margin),
        floor=None if floating.floor is None else convert.decimal(floating.floor),
        cap=None if floating.cap is None else convert.decimal(floating.cap),
        every_months=floating.every,
        lag_days=floating.lag,
        lag_calendar=floating.lag_calendar,
        on=date_pb2.Date(month=on[0], day=on[1]) if on else None,
        fixed_months=floating.fixed,
    )


class Rolling(TypedDict):
    """The fields of Terms that say how due dates roll."""

    calendar: str
    roll: Roll
    interest_follows: bool


def rolling_of(check: Checks, terms: pb.Terms) -> Rolling:
    """How due dates roll; a calendar and a roll need each other."""
    known = {f"ROLL_{roll.name}": roll for roll in Roll}
    name = pb.Roll.Name(terms.roll) if terms.roll in pb.Roll.values() else ""
    roll = known.get(name, Roll.UNADJUSTED)
    if terms.roll and name not in known:
        check.add("terms.roll", f"must be one of {', '.join(known)}")
    elif terms.calendar and not terms.roll:
        check.add("terms.roll", "is required with a calendar")
    if not terms.calendar and (roll is not Roll.UNADJUSTED or terms.interest_unadjusted):
        check.add("terms.calendar", "is required where due dates roll")
    return {
        "calendar": check.text(terms.calendar, "terms.calendar", most=30),
        "roll": roll,
        "interest_follows": not terms.interest_unadjusted,
    }
