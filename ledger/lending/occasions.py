"""An occasion: what a command looked like when it was decided, and what people knew of it then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import partial

from ledger.calc.rules import About
from ledger.money import Rounding, round_ratio
from ledger.names import SPAN
from ledger.store import facts
from ledger.store.facts import Contact
from ledger.store.loans import Key, LoanRecord
from ledger.view import View

#: Decimals of a rate that has no end, ties half up.
PLACES = 12


@dataclass(frozen=True, slots=True)
class Occasion:
    """A command as it was decided; `until` is a moment of the past at which to know what was known.

    `loan` is the one it is about, `changed` are all that it changes.
    `amounts` are what its largest journal moves, in minor units by currency; `given` are facts of
    the loan that it brings itself. `roles` are None where nobody knows them any more.
    """

    method: str
    actor: str
    roles: frozenset[str] | None
    day: date
    value_date: date
    amounts: Mapping[str, int] = field(default_factory=dict)
    loan: LoanRecord | None = None
    party: Key | None = None
    changed: tuple[LoanRecord, ...] = ()
    contact: Contact | None = None
    given: Mapping[str, str] = field(default_factory=dict)
    until: int | None = None

    @property
    def borrower(self) -> Key | None:
        """The party whom it concerns."""
        return (self.loan.party_stripe, self.loan.party) if self.loan else self.party


def ratio_text(value: Fraction) -> str:
    """A ratio as a decimal, exact where it has an end within twelve places."""
    scaled = round_ratio(value.numerator * 10**PLACES, value.denominator, Rounding.HALF_UP)
    return format(Decimal(scaled).scaleb(-PLACES).normalize(), "f")


def highest_rate(at: Occasion) -> Fraction:
    """The highest yearly rate that a loan bears from the value date on, as far as it is agreed."""
    assert at.loan
    state = at.loan.state
    later = [rate for since, rate in state.rates if since >= at.value_date]
    steps = [rate for _, rate in state.foreseen] if state.start is None else []
    return max([state.rate_on(at.value_date), *later, *steps])


def recorded(view: View, at: Occasion, about: About) -> Mapping[str, str]:
    """What people recorded of the loan, its borrower or the book."""
    if about is About.BOOK:
        key: Key | None = (view.book.number * SPAN, 0)
    elif about is About.PARTY:
        key = at.borrower
    else:
        key = (at.loan.stripe, at.loan.loan) if at.loan else None
    if key is None:
        return {}
    subject = (about, *key)
    load = partial(facts.latest, subject=subject, until=at.until)
    found = view.read(("facts", subject, at.until), load)
    found = {**found, **view.told.get(("recorded", subject), {})}
    found = {**found, **at.given} if about is About.LOAN else found
    return {name: value for name, value in found.items() if value}
