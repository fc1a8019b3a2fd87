"""Applications: a loan as it is asked for, within its product's limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ledger.calc.pricing import ANYONE, Applicant
from ledger.calc.rules import About
from ledger.drafts import Changes
from ledger.errors import InvalidInput, Violation
from ledger.lending.agreements import violations
from ledger.lending.histories import OPENED, opening
from ledger.lending.loans import Done, Key
from ledger.lending.pricing import Wish, agreed
from ledger.lending.rules import facts_of, in_force, require_declared
from ledger.loan.state import State
from ledger.loan.terms import Agreement
from ledger.record import Decision
from ledger.store.loans import LoanRecord
from ledger.view import View


@dataclass(frozen=True, slots=True)
class NewLoan:
    """An application: who, which product version (0 is the latest in effect), and what is agreed.

    `rated` tells whether a rate was asked for, or is left to the product. `facts` are for rules, by
    somebody with these `roles`. Without a `branch` the loan belongs to that of its borrower.
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
    facts: Mapping[str, str] = field(default_factory=dict)
    roles: frozenset[str] = frozenset()
    branch: str = ""


def open_loan(view: View, asked: NewLoan) -> Decision:
    """A loan as applied for, within its product's limits."""
    borrower = view.party(asked.party)
    stripe = asked.party[0]
    business = view.stripes[stripe].business_date
    product = view.product(asked.product, asked.version, business)
    wish = Wish(asked.agreement, asked.rated, asked.applicant)
    agreement, why = agreed(view, product.terms, wish, business)
    found = violations(product.terms, agreement, asked.currency, business)
    if product.effective_from and product.effective_from > business:
        text = f"this version is effective from {product.effective_from}"
        found.append(Violation("product", text))
    if found:
        raise InvalidInput(found)
    state = State(product.terms, agreement, business)
    record = LoanRecord(
        stripe,
        asked.loan,
        stripe,
        asked.party[1],
        product.code,
        product.version,
        asked.reference,
        0,
        0,
        state,
        asked.branch or borrower.branch,
    )
    done = Done(OPENED, agreement.amount, {}, record, business)
    draft = opening(record, asked.reason, pricing=why)
    if not asked.facts:
        return Decision(draft, Changes(loan=record), done)
    subject = About.LOAN, stripe, asked.loan
    require_declared(in_force(view, stripe), About.LOAN, asked.facts, asked.roles)
    draft = draft._replace(payload={**draft.payload, "facts": dict(asked.facts)})
    return Decision(draft, Changes(loan=record, facts=facts_of(subject, asked.facts)), done)
