"""Prices as a table: the rate by amount, term, segment and score; discounts of a season."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ledger.errors import NotEligible, PriceMissing


@dataclass(frozen=True, slots=True)
class Applicant:
    """What a price may depend on beside amount and term; a score that is not known is None."""

    segment: str = ""
    score: int | None = None


ANYONE = Applicant()


@dataclass(frozen=True, slots=True)
class PriceRow:
    """A rate a year and whom it is for; 0, an empty tuple and None leave a condition open.

    Amounts in minor units. The rate of a floating product is the margin over its index.
    """

    rate: Fraction
    min_amount: int = 0
    max_amount: int = 0
    min_instalments: int = 0
    max_instalments: int = 0
    segments: tuple[str, ...] = ()
    min_score: int | None = None
    max_score: int | None = None

    def fits(self, amount: int, instalments: int, applicant: Applicant) -> bool:
        """Whether all conditions hold; a score that is not known meets none on the score."""
        score, bounded = applicant.score, (self.min_score, self.max_score) != (None, None)
        return (
            self.min_amount <= amount <= (self.max_amount or amount)
            and self.min_instalments <= instalments <= (self.max_instalments or instalments)
            and (not self.segments or applicant.segment in self.segments)
            and (not bounded or (score is not None and _within(score, self)))
        )


@dataclass(frozen=True, slots=True)
class Discount:
    """What is taken off the rate of loans that are applied for from one day to another."""

    code: str
    rate: Fraction
    first: date
    last: date
    segments: tuple[str, ...] = ()

    def fits(self, applicant: Applicant, day: date) -> bool:
        """Whether the offer stands on a day, and for the applicant."""
        known = not self.segments or applicant.segment in self.segments
        return known and self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Pricing:
    """A product's prices: the first row and the first discount that fit are taken.

    `segments` are those that may apply at all; empty means everybody.
    """

    rows: tuple[PriceRow, ...] = ()
    discounts: tuple[Discount, ...] = ()
    segments: tuple[str, ...] = ()


UNPRICED = Pricing()


@dataclass(frozen=True, slots=True)
class Price:
    """A rate, the number of its row from one, and the code of the discount that is off it."""

    rate: Fraction
    row: int
    discount: str = ""


def require_eligible(segments: Sequence[str], applicant: Applicant) -> None:
    """Refuses a segment that the product is not for."""
    if segments and applicant.segment not in segments:
        allowed = ", ".join(segments)
        raise NotEligible(
            f"the product is for the segments {allowed}, not {applicant.segment or 'none'}",
            segment=applicant.segment,
            allowed=allowed,
        )


def priced(
    pricing: Pricing, amount: int, instalments: int, applicant: Applicant, day: date
) -> Price:
    """The first row that fits, less the first discount that does; PriceMissing where none fits."""
    rows = enumerate(pricing.rows, start=1)
    found = next((item for item in rows if item[1].fits(amount, instalments, applicant)), None)
    if found is None:
        raise PriceMissing(
            "no row of the product's prices fits amount, term, segment and score",
            instalments=instalments,
            segment=applicant.segment,
        )
    number, row = found
    offer = next((d for d in pricing.discounts if d.fits(applicant, day)), None)
    if offer is None:
        return Price(row.rate, number)
    return Price(row.rate - offer.rate, number, offer.code)


def _within(score: int, row: PriceRow) -> bool:
    least = score if row.min_score is None else row.min_score
    most = score if row.max_score is None else row.max_score
    return least <= score <= most
