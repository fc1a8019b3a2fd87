"""Products: versions of terms, published once and never changed."""

from __future__ import annotations

from collections.abc import Iterable

from ledger.batch import Changes, Draft
from ledger.book.chart import CONTROLLED
from ledger.calc.holidays import SOURCES
from ledger.errors import InvalidInput, Violation
from ledger.loan.codec import terms_object
from ledger.loan.terms import Terms
from ledger.record import Decision, View
from ledger.store.catalogue import Catalogue, Product

MAX_INSTALMENTS = 600


def publish(view: View, code: str, title: str, terms: Terms, reason: str) -> Decision:
    """The next version of a product."""
    violations = list(_account_violations(view.catalogue, terms))
    if terms.floating and terms.floating.index not in view.catalogue.indexes:
        violations.append(Violation("terms.floating.index", "no such rate index"))
    if terms.calendar and terms.calendar not in {*SOURCES, *view.catalogue.calendars}:
        violations.append(Violation("terms.calendar", "no such calendar"))
    if violations:
        raise InvalidInput(violations)
    version = view.catalogue.latest(code) + 1
    product = Product(code, version, title, terms, 0)
    return Decision(
        Draft(
            kind="product_published",
            subject=f"products/{code}/versions/{version}",
            payload={"terms": terms_object(terms), "title": title},
            reason=reason,
        ),
        Changes(product=product),
        product,
    )


def _account_violations(known: Catalogue, terms: Terms) -> Iterable[Violation]:
    """A role's account must exist, and must control exactly what the role controls."""
    for role, code in terms.accounts.items():
        account = known.accounts.get(code)
        if account is None:
            yield Violation(f"terms.accounts[{role.value}]", f"no account {code[:40]!r}")
        elif account.control is not CONTROLLED.get(role):
            kind = CONTROLLED[role].value if role in CONTROLLED else "no component"
            yield Violation(f"terms.accounts[{role.value}]", f"account {code} must control {kind}")
