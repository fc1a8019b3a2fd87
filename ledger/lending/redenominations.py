"""Redenomination: a loan goes on in another currency, at the rate that both sides agreed on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ledger.drafts import Changes
from ledger.errors import InvalidInput, Violation
from ledger.frozen import replace
from ledger.lending.histories import opening
from ledger.lending.loans import Asked, Key, happen
from ledger.lending.positions import untied_under
from ledger.loan.converting import converted
from ledger.loan.events import Kind
from ledger.loan.fold import advanced
from ledger.loan.position import Position, position_object, position_of
from ledger.loan.state import State
from ledger.loan.terms import Terms
from ledger.loan.trail import Trail
from ledger.money import EXPONENTS, MAX_MINOR, decimal_text
from ledger.names import id_text
from ledger.record import Decision
from ledger.view import View


@dataclass(frozen=True, slots=True)
class NewCurrency:
    """Under which product version a loan goes on (0: the latest), as which loan, and at what rate.

    `rate` is what one unit of the old currency is in units of the new one.
    """

    product: str
    version: int
    loan: int
    rate: Fraction


def redenominate(view: View, old: Key, asked: Asked, wish: NewCurrency) -> Decision:
    """Three events: the old loan goes out, a new one is opened, and it takes the position over."""
    record = view.loan(old)
    day, before = view.stripes[old[0]].business_date, record.state
    product = view.product(wish.product, wish.version, day)
    terms, new = product.terms, (old[0], wish.loan)
    leaving = replace(
        asked,
        kind=Kind.REDENOMINATED,
        details={"into": id_text(*new), "exchange_rate": str(wish.rate)},
    )
    left = happen(view, old, leaving)
    position = _position(before, day, terms, wish.rate)
    fresh = replace(
        record,
        loan=wish.loan,
        product=wish.product,
        version=product.version,
        reference=asked.reference,
        booked_at=0,
        last_number=0,
        state=State(terms, position.agreement, day),
    )
    coming = replace(
        asked,
        kind=Kind.CONVERTED,
        amounts={"amount": position.principal},
        details={**position_object(position), "redenominates": id_text(*old)},
    )
    came = happen(view, new, coming, ahead=2, fresh=fresh)
    return left._replace(
        also=(Decision(opening(fresh, asked.reason, day), Changes(loan=fresh), None), came)
    )


def _position(state: State, day: date, terms: Terms, rate: Fraction) -> Position:
    """What the loan stands at, in the product's currency; InvalidInput where it cannot go on so."""
    old, new = state.terms, terms.currency
    if new == old.currency:
        raise InvalidInput([Violation("product", f"its currency is {new}, as the loan's is")])
    if state.start is None or not state.rows:
        raise InvalidInput([Violation("name", "nothing was paid out on this loan")])
    minor = rate * Fraction(10) ** (EXPONENTS[new] - EXPONENTS[old.currency])
    today = advanced(state, day, Trail())
    found = converted(position_of(today, day), day, minor, terms.rounding)
    if max(found.agreement.amount, found.disbursed, *found.owed(day).values()) > MAX_MINOR:
        most = decimal_text(MAX_MINOR, new)
        text = f"would take the loan beyond {new} {most}, the largest amount there is"
        raise InvalidInput([Violation("exchange_rate", text)])
    wrong = [
        *_alike(old, terms),
        *(str(item.description) for item in untied_under(terms, found, day)),
    ]
    if wrong:
        raise InvalidInput([Violation("product", text) for text in wrong])
    return found


def _alike(old: Terms, new: Terms) -> list[str]:
    """The contract goes on: what shapes its schedule is the same in both currencies."""
    names = (
        *("method", "frequency", "basis", "day_setting", "interest_period"),
        *("interest", "settlement", "conventions"),
    )
    return [
        f"its {name} must be that of the loan's product"
        for name in names
        if getattr(old, name) != getattr(new, name)
    ]
