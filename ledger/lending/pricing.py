"""What a loan pays: the rate asked for, or the one that its product sets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from ledger.errors import InvalidInput, Violation
from ledger.lending.rates import floated
from ledger.loan.terms import Agreement, Terms
from ledger.record import View

Why = Mapping[str, Any]


def agreed(
    view: View, terms: Terms, asked: Agreement, rated: bool, day: date
) -> tuple[Agreement, Why]:
    """The agreement with its rate, and where the rate comes from; empty where it was asked for.

    A rate that is asked for must be the one that the product sets, if it sets one.
    """
    if terms.floating is None:
        if not rated:
            raise InvalidInput([Violation("annual_rate", "is required")])
        return asked, {}
    why = floated(view, terms.floating, day)
    rate = Fraction(why["rate"])
    if rated and asked.rate != rate:
        text = f"must be left out, or be what {why['index']} gives on {day}: {rate}"
        raise InvalidInput([Violation("annual_rate", text)])
    return replace(asked, rate=rate), why
