"""ProductService: versions that never change, and loans that keep theirs."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from loanledger import NotFound, decimal_, minor
from loanledger.v1 import ledger_service_pb2 as lg
from loanledger.v1 import product_service_pb2 as pr
from tests.server.bad import cny
from tests.server.desk import BOOK, Desk, allocation, product_terms


def filled(found: Any, asked: Any) -> bool:
    """Whether what was asked for is there; what was left open may be filled in."""
    for field, value in asked.ListFields():
        there = getattr(found, field.name)
        single = field.message_type and not field.is_repeated
        if not (filled(there, value) if single else there == value):
            return False
    return True


def test_a_version_is_read_as_it_was_published(desk: Desk) -> None:
    terms = product_terms(
        "KWD",
        amortization="AMORTIZATION_EQUAL_PRINCIPAL",
        frequency=pr.Frequency(unit="FREQUENCY_UNIT_WEEK", every=2),
        interest_basis="INTEREST_BASIS_THIRTY_E_360",
        rounding="ROUNDING_MODE_HALF_EVEN",
        min_rate=decimal_("0.001"),
        max_rate=decimal_("0.123456789"),
        allocation=allocation("REDUCE_TERM", "BY_COMPONENT"),
        late_fee_grace_days=3,
        penalty_rate=decimal_("0.24"),
        penalty_grace_days=2,
        interest_on_overdue=True,
        accounts={"fund_source": "2011"},
    )
    made = desk.client.products.publish_product(code="weekly", title="每两周", terms=terms)
    assert made.name == f"{BOOK}/products/weekly/versions/1"
    assert desk.client.products.get_product(name=f"{BOOK}/products/weekly") == made
    assert filled(made.terms, terms)
    assert (minor(made.terms.min_amount), minor(made.terms.late_fee)) == (1, 0)


def test_publishing_again_makes_the_next_version_and_a_loan_keeps_its_own(desk: Desk) -> None:
    products = desk.client.products
    name = desk.publish(max_rate=decimal_("0.06"))
    first = products.get_product(name=name)
    loan = desk.applied(name, "1200")
    desk.publish(max_rate=decimal_("0.05"))
    assert products.get_product(name=name).version == 2
    assert products.get_product(name=first.name) == first
    assert desk.client.loans.get_loan(name=loan.name).product == first.name
    assert desk.applied(first.name, "1200").product == first.name
    versions = products.list_products(code="plain").products
    assert [product.version for product in versions] == [1, 2]
    with pytest.raises(NotFound):
        products.get_product(name=f"{name}/versions/3")


def test_products_are_listed_page_by_page_in_their_latest_version(desk: Desk) -> None:
    for code in ("b", "a", "c", "a"):
        desk.publish(code)
    found = list(desk.client.products.list_products.iterate(page_size=2))
    assert [(p.code, p.version) for p in found] == [("a", 2), ("b", 1), ("c", 1)]


def test_a_published_version_cannot_be_changed_even_by_the_superuser(desk: Desk) -> None:
    desk.publish()
    for statement in ("update ledger.product set title = 'x'", "delete from ledger.product"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"):
            desk.rows(statement)


def test_a_dry_run_publishes_nothing(desk: Desk) -> None:
    before = desk.written()
    dry = desk.client.products.publish_product(
        code="plain", title="Plain", terms=product_terms(), validate_only=True
    )
    assert (dry.version, desk.written()) == (1, before)
    with pytest.raises(NotFound):
        desk.client.products.get_product(name=f"{BOOK}/products/plain")


def test_a_product_posts_to_its_own_accounts(desk: Desk) -> None:
    asked = lg.Account(code="6012", title="Interest, staff", type="ACCOUNT_TYPE_INCOME")
    desk.client.ledger.create_account(account=asked)
    name = desk.publish(accounts={"fund_source": "2011", "interest_income": "6012"})
    desk.lent(name, "1200")
    desk.go_to("2024-02-15")
    found = desk.client.ledger.list_balances(accounts=["1001", "2011", "6011", "6012"]).balances
    assert {b.account: minor(b.net) for b in found} == {"2011": -120000, "6012": -600}
    assert desk.tied()


def test_a_rate_of_nothing_makes_equal_parts(desk: Desk) -> None:
    loan = desk.applied(desk.publish(), "1200", rate="0")
    rows = desk.client.loans.get_schedule(name=loan.name).instalments
    assert {minor(row.total) for row in rows} == {10000}
    assert minor(loan.amount) == minor(cny("1200"))
