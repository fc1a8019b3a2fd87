"""The cookbook of products: published and quoted for real, and its figures by other means.

The independent figures come from the textbook formulas in decimals, and from what a regulator
prints; none of the engine's functions has a part in them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from loanledger import date_of, decimal_, money
from loanledger.v1 import product_service_pb2 as pr
from server.embedded import Embedded
from tests.book import Running, running_server
from tests.docs import products
from tests.docs.products import Recipe, called, page, preparation, recipes, rendered, schedule_of
from tests.server.desk import product_terms

D = Decimal
RECIPES = {recipe.code: recipe for recipe in recipes()}
_NUMBERED = re.compile(r"^\| (\d+|total)[^|]*\|", re.MULTILINE)


@pytest.fixture(scope="module")
def bank(
    server_postgres: Embedded, template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    """One server for the whole page, with its indexes."""
    folder = tmp_path_factory.mktemp("products")
    with psycopg.connect(server_postgres.dsn, autocommit=True) as connection:
        connection.execute(f"create database products template {template}".encode())
        try:
            dsn = make_conninfo(server_postgres.dsn, dbname="products")
            with running_server(dsn, folder / "server", business_date=products.DAY) as server:
                for words in preparation():
                    called(server, folder, words)
                yield server
        finally:
            connection.execute(b"drop database products with (force)")


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
def test_a_product_is_published_and_quoted_as_the_page_shows(
    recipe: Recipe, bank: Running, tmp_path: Path
) -> None:
    plan = schedule_of(bank, tmp_path, recipe)
    assert rendered(plan, recipe) == recipe.shown, "run python -m tests.docs.products"


def test_each_section_of_the_page_is_a_product_and_each_is_checked_by_other_means() -> None:
    assert len(RECIPES) == page().count("\n## ") == 13
    assert {check[0] for check in FIGURES} == RECIPES.keys()


def cents(value: Decimal) -> Decimal:
    return value.quantize(D("0.01"), ROUND_HALF_UP)


def annuity(amount: str, rate: str, count: int, left: str = "0") -> Decimal:
    """PMT of the textbook: monthly in arrears, with a value left at the end."""
    month = D(rate) / 12
    grown = (1 + month) ** count
    return cents((D(amount) * grown - D(left)) * month / (grown - 1))


def last_of(amount: str, rate: str, count: int, paid: str) -> Decimal:
    """What the last instalment comes to where all others are of whole cents."""
    balance = D(amount)
    for _ in range(count - 1):
        balance += cents(balance * D(rate) / 12) - D(paid)
    return balance + cents(balance * D(rate) / 12)


def by_days(amount: str, rate: str, start: date, dues: list[date]) -> Decimal:
    """The level instalment where interest runs by days over 365."""
    discount, annuities = D(1), D(0)
    for begin, end in pairwise([start, *dues]):
        discount /= 1 + D(rate) * (end - begin).days / 365
        annuities += discount
    return cents(D(amount) / annuities)


def seasonal(amount: str, rate: str, months: Iterable[int], paid: Decimal) -> Decimal:
    """The balance at the end where the months that are not paid in only save up interest."""
    balance, waiting = D(amount), D(0)
    for month in months:
        waiting += balance * D(rate) / 12
        if month > 5:
            balance, waiting = balance + waiting - paid, D(0)
    return balance


def level_of_season() -> Decimal:
    """The instalment that leaves nothing: the balance at the end is a straight line in it."""
    months = [(9 + n) % 12 + 1 for n in range(1, 63)]
    none, one = (seasonal("60000", "0.06", months, D(paid)) for paid in (0, 1))
    return cents(none / (none - one))


def tenths_paid(balance: Decimal, times: int) -> Decimal:
    """What is left where each time a tenth of the balance is paid, in whole cents."""
    for _ in range(times):
        balance -= cents(balance / 10)
    return balance


def month_ends(count: int) -> list[date]:
    """The 29th of each month from November 2025 on; of February its last day."""
    found = []
    for n in range(count):
        year, month = 2025 + (10 + n) // 12, (10 + n) % 12 + 1
        short = month == 2 and year % 4
        found.append(date(year, month, 28 if short else 29))
    return found


#: Product, row, column, the figure as a literal, and how else one comes to it.
FIGURES: tuple[tuple[str, str, str, str, Callable[[], Decimal]], ...] = (
    ("consumer-cn", "1", "instalment", "4248.36", lambda: annuity("50000", "0.036", 12)),
    (
        *("consumer-cn", "12", "instalment", "4248.39"),
        lambda: last_of("50000", "0.036", 12, "4248.36"),
    ),
    ("mortgage-cn", "1", "instalment", "4270.16", lambda: annuity("1000000", "0.031", 360)),
    (
        *("mortgage-cn", "360", "instalment", "4272.59"),
        lambda: last_of("1000000", "0.031", 360, "4270.16"),
    ),
    ("draw-cn", "1", "interest", "186.00", lambda: 30000 * D("0.0002") * 31),
    ("draw-cn", "total", "interest", "2190.00", lambda: 30000 * D("0.0002") * 365),
    ("line-cn", "3", "interest", "150.66", lambda: 24300 * D("0.0002") * 31),
    ("line-cn", "12", "principal", "9414.32", lambda: tenths_paid(D(30000), 11)),
    ("working-capital", "1", "interest", "11550.00", lambda: 3000000 * D("0.0385") * 36 / 360),
    ("working-capital", "2", "interest", "9625.00", lambda: 3000000 * D("0.0385") * 30 / 360),
    (
        *("auto-us", "1", "instalment", "496.27"),
        lambda: by_days("25000", "0.0699", products.DAY, month_ends(60)),
    ),
    ("auto-us", "1", "interest", "215.45", lambda: cents(25000 * D("0.0699") * 45 / 365)),
    ("student-us", "14", "interest", "745.50", lambda: 10000 * D("0.0639") * 14 / 12),
    ("student-us", "15", "instalment", "121.41", lambda: annuity("10745.50", "0.0639", 120)),
    (
        *("student-us", "134", "instalment", "121.83"),
        lambda: last_of("10745.50", "0.0639", 120, "121.41"),
    ),
    ("mortgage-uk", "1", "instalment", "1111.66", lambda: annuity("200000", "0.045", 300)),
    ("mortgage-uk", "25", "instalment", "1423.57", lambda: annuity("190935.36", "0.0725", 276)),
    (
        *("mortgage-uk", "300", "instalment", "1425.77"),
        lambda: last_of("190935.36", "0.0725", 276, "1423.57"),
    ),
    ("consumer-eu", "1", "instalment", "237.10", lambda: annuity("10000", "0.0649", 48)),
    ("consumer-eu", "48", "instalment", "237.29", lambda: last_of("10000", "0.0649", 48, "237.10")),
    ("micro-in", "1", "interest", "69.23", lambda: cents(30000 * D("0.12") / 52)),
    ("micro-in", "1", "instalment", "646.00", lambda: D(round(30000 * D("1.12") / 52))),
    ("micro-in", "52", "instalment", "654.00", lambda: 30000 * D("1.12") - 51 * 646),
    ("lease", "2", "instalment", "544.15", lambda: annuity("32000", "0.049", 36, "16000")),
    ("lease", "37", "instalment", "16544.12", lambda: last_of("32000", "0.049", 36, "544.15")),
    ("pay-in-four", "1", "instalment", "50.00", lambda: cents(D("199.99") / 4)),
    ("pay-in-four", "4", "instalment", "49.99", lambda: D("199.99") - 150),
    ("harvest", "1", "instalment", "1903.74", level_of_season),
    ("harvest", "8", "interest", "1703.54", lambda: cents(D("56784.50") * D("0.06") / 12 * 6)),
)


@pytest.mark.parametrize(
    ("code", "row", "column", "figure", "independent"),
    FIGURES,
    ids=[f"{code}-{row}-{column}" for code, row, column, *_ in FIGURES],
)
def test_a_figure_of_the_page_is_what_the_textbook_gives(
    code: str, row: str, column: str, figure: str, independent: Callable[[], Decimal]
) -> None:
    lines = RECIPES[code].shown.splitlines()
    header = [word.strip() for word in lines[0].split("|")]
    line = next(text for text in lines if (m := _NUMBERED.match(text)) and m[1] == row)
    shown = line.split("|")[header.index(column)].strip().replace(",", "")
    assert shown == figure
    assert independent() == D(figure)


def worth(rate: float, payments: Iterable[tuple[float, float]]) -> float:
    """Present value of (amount, periods from now) at a rate of a period."""
    return sum(amount / (1 + rate) ** periods for amount, periods in payments)


def rate_of(received: float, payments: list[tuple[float, float]]) -> float:
    """The rate of a period at which payments are worth what was received."""
    low, high = 0.0, 1.0
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if worth(middle, payments) > received else (low, middle)
    return low


def shown_rate(code: str) -> float:
    found = re.search(r"`\w+` ([\d.]+) %", RECIPES[code].shown)
    assert found is not None
    return float(found[1])


def test_the_apr_of_the_car_loan_is_that_of_appendix_j() -> None:
    """Appendix J (b)(5): the odd 14 days before the first period bear simple interest."""
    paid = [496.27] * 59 + [496.06]
    low, high = 0.0, 1.0
    for _ in range(100):
        middle = (low + high) / 2
        dated = [(amount, float(n)) for n, amount in enumerate(paid, start=1)]
        value = worth(middle, dated) / (1 + 14 / 30 * middle)
        low, high = (middle, high) if value > 24750 else (low, middle)
    assert round(low * 12 * 100, 2) == shown_rate("auto-us") == 7.41


def test_the_aprc_of_the_mortgage_is_that_of_its_flows() -> None:
    paid = [1111.66] * 24 + [1423.57] * 275 + [1425.77]
    found = rate_of(199001, [(amount, n / 12) for n, amount in enumerate(paid, start=1)])
    assert round(found * 100, 2) == shown_rate("mortgage-uk") == 6.97


def test_the_rate_of_the_microloan_is_that_of_its_weeks() -> None:
    paid = [(646.0, float(n)) for n in range(1, 52)] + [(654.0, 52.0)]
    found = rate_of(30000 - 300 * 1.18, paid)
    assert round(found * 52 * 100, 2) == shown_rate("micro-in") == 25.14


def test_the_illustration_of_the_reserve_bank_of_india(bank: Running) -> None:
    """Circular DOR.STR.REC.13/13.03.00/2024-25, Annex B: 20,000 at 15 % over 24 months with fees
    of 400, of which 19,600 is paid out: an APR of 17.07 %.
    """
    client = bank.client()
    fee = pr.FeeRule(
        name="processing_fee",
        when="FEE_WHEN_DISBURSEMENT",
        fixed=money("400", "INR"),
        collection="FEE_COLLECTION_DEDUCTED",
    )
    terms = product_terms("INR", max_amount=money("20000", "INR"), fees=[fee])
    client.products.publish_product(code="key-facts", title="Key facts", terms=terms)
    plan = client.loans.quote_schedule(
        product="books/main/products/key-facts",
        amount=money("20000", "INR"),
        annual_rate=decimal_("0.15"),
        instalments=24,
        start=date_of(products.DAY.isoformat()),
    )
    assert plan.disclosure.received == money("19600", "INR")
    assert round(float(plan.disclosure.annualised_irr.value) * 100, 2) == 17.07
