"""What a loan pays: the rate asked for, or the one that its product sets by table and index."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from ledger.calc.pricing import ANYONE, Applicant, priced, require_eligible
from ledger.errors import InvalidInput, Violation
from ledger.lending.rates import floated
from ledger.loan.terms import Agreement, Terms
from ledger.view import View

Why = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Wish:
    """An agreement as it is asked for: by whom, and whether with a rate or at the product's."""

    agreement: Agreement
    rated: bool = True
    applicant: Applicant = ANYONE


def agreed(view: View, terms: Terms, wish: Wish, day: date) -> tuple[Agreement, Why]:
    """The agreement with its rate, and where the rate comes from; empty where it was asked for.

    A rate that is asked for must be the one that the product sets, if it sets one. The reason
    names the row of the table and not the score, which is the applicant's own affair.
    """
    asked, applicant = wish.agreement, wish.applicant
    require_eligible(terms.pricing.segments, applicant)
    found, why = asked, {"segment": applicant.segment} if applicant.segment else {}
    if terms.pricing.rows:
        price = priced(terms.pricing, asked.amount, asked.instalments, applicant, day)
        why |= {"price": str(price.rate), "row": str(price.row)}
        why |= {"discount": price.discount} if price.discount else {}
        margin = price.rate if terms.floating else None
        found = replace(asked, rate=max(price.rate, Fraction(0)), margin=margin)
    if terms.floating and terms.floating.fixed:
        if not wish.rated:
            raise InvalidInput([Violation("annual_rate", "is required for the fixed months")])
        found = replace(found, rate=asked.rate)
    elif terms.floating:
        floating = terms.floating
        if found.margin is not None:
            floating = replace(floating, margin=found.margin)
        why |= floated(view, floating, day)
        found = replace(found, rate=Fraction(why["rate"]))
    elif not terms.pricing.rows and not wish.rated:
        raise InvalidInput([Violation("annual_rate", "is required")])
    if wish.rated and found.rate != asked.rate:
        text = f"must be left out, or be what the product sets: {found.rate}"
        raise InvalidInput([Violation("annual_rate", text)])
    return found, why
