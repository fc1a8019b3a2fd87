"""Applications: a loan as it is asked for, within its product's limits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ledger.batch import Changes, Draft
from ledger.calc.pricing import ANYONE, Applicant
from ledger.errors import InvalidInput, Violation
from ledger.lending.loans import OPENED, Done, Key
from ledger.lending.pricing import Wish, agreed, effective
from ledger.loan.codec import agreement_object
from ledger.loan.state import State
from ledger.loan.terms import Agreement, Terms
from ledger.money import decimal_text
from ledger.names import id_text
from ledger.record import Decision, View
from ledger.store.loans import LoanRecord


@dataclass(frozen=True, slots=True)
class NewLoan:
    """An application: who, which product version (0 is the latest in effect), and what is agreed.

    `rated` tells whether a rate was asked for, or is left to the product.
    """

    party: Key
    loan: int
    product: str
    version: int
    agreement: Agreement
    currency: str
    reference: str
    reason: str
    rated: bool = True
    applicant: Applicant = ANYONE


def agreement_violations(terms: Terms, agreement: Agreement, currency: str) -> Iterator[Violation]:
    """Where an agreement leaves its product's limits, every field at once."""
    if currency != terms.currency:
        yield Violation("amount", f"the product's currency is {terms.currency}")
    elif not terms.min_amount <= agreement.amount <= terms.max_amount:
        least, most = (decimal_text(n, currency) for n in (terms.min_amount, terms.max_amount))
        yield Violation("amount", f"must lie between {least} and {most} {currency}")
    if not terms.min_rate <= agreement.rate <= terms.max_rate:
        yield Violation(
            "annual_rate", f"must lie between {terms.min_rate} and {terms.max_rate} a year"
        )
    if not terms.min_instalments <= agreement.instalments <= terms.max_instalments:
        yield Violation(
            "instalments",
            f"must lie between {terms.min_instalments} and {terms.max_instalments}",
        )


def open_loan(view: View, asked: NewLoan) -> Decision:
    """A loan as applied for, within its product's limits."""
    view.party(asked.party)
    stripe = asked.party[0]
    business = view.stripes[stripe].business_date
    version = effective(view.catalogue, asked.product, asked.version, business)
    product = view.product(asked.product, version)
    wish = Wish(asked.agreement, asked.rated, asked.applicant)
    agreement, why = agreed(view, product.terms, wish, business)
    violations = list(agreement_violations(product.terms, agreement, asked.currency))
    first_due = agreement.first_due
    if first_due and first_due <= business:
        text = f"must lie after the business date {business}"
        violations.append(Violation("first_due", text))
    if violations:
        raise InvalidInput(violations)
    state = State(product.terms, agreement, business)
    record = LoanRecord(
        stripe,
        asked.loan,
        asked.party[1],
        product.code,
        product.version,
        asked.reference,
        0,
        0,
        state,
    )
    draft = Draft(
        kind=OPENED,
        subject=f"loans/{id_text(stripe, asked.loan)}",
        payload={
            "agreement": agreement_object(agreement),
            "party": id_text(*asked.party),
            **({"pricing": dict(why)} if why else {}),
            "product": product.code,
            "version": product.version,
        },
        loan=asked.loan,
        reference=asked.reference,
        reason=asked.reason,
    )
    done = Done(OPENED, agreement.amount, {}, record, business)
    return Decision(draft, Changes(loan=record), done)
