"""Amounts, rates and dates between Python and the wire."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from google.type import date_pb2, money_pb2

from loanledger import amount, date_of, decimal_, format_money, minor, money, to_date
from loanledger.money import of_minor, to_decimal


@pytest.mark.parametrize(
    ("text", "currency", "units", "nanos"),
    [
        ("12.34", "CNY", 12, 340_000_000),
        ("-0.01", "CNY", 0, -10_000_000),
        ("5", "JPY", 5, 0),
        ("1.005", "KWD", 1, 5_000_000),
        ("1e3", "CNY", 1000, 0),
    ],
)
def test_text_becomes_units_and_nanos(text: str, currency: str, units: int, nanos: int) -> None:
    expected = money_pb2.Money(currency_code=currency, units=units, nanos=nanos)
    assert money(text, currency) == expected
    assert money(Decimal(text), currency) == expected


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("12.345", "CNY"),
        ("0.1", "JPY"),
        ("1." + "0" * 40 + "1", "CNY"),
        ("1e-999999999", "CNY"),
        ("1e999999999", "CNY"),
        ("12,34", "CNY"),
        ("NaN", "CNY"),
        ("Infinity", "CNY"),
        ("", "CNY"),
        ("1", "XXX"),
        ("1", ""),
    ],
)
def test_an_amount_that_is_too_fine_or_no_amount_is_refused(text: str, currency: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        money(text, currency)


@pytest.mark.parametrize("value", [0.1, True, None])
def test_a_float_is_never_taken_for_money(value: Any) -> None:
    with pytest.raises(TypeError):
        money(value, "CNY")


def test_an_amount_comes_back_exactly() -> None:
    assert amount(money("1234567.80", "CNY")) == Decimal("1234567.80")
    assert str(amount(money("5", "CNY"))) == "5.00"
    assert minor(money("12.34", "CNY")) == 1234
    assert of_minor(-1234, "CNY") == money("-12.34", "CNY")


def test_an_unset_amount_is_nothing() -> None:
    assert minor(money_pb2.Money()) == 0
    assert amount(money_pb2.Money()) == 0
    assert format_money(money_pb2.Money()) == ""


def test_an_amount_shows_thousands_and_all_decimals() -> None:
    assert format_money(money("1234567.8", "CNY")) == "CNY 1,234,567.80"
    assert format_money(money("-1000", "JPY"), currency=False) == "-1,000"


def test_dates_go_both_ways() -> None:
    assert to_date(date_of("2026-02-28")) == datetime.date(2026, 2, 28)
    assert date_of(datetime.date(2026, 1, 31)) == date_pb2.Date(year=2026, month=1, day=31)
    assert to_date(date_pb2.Date()) is None
    with pytest.raises(ValueError, match="day"):
        date_of("2026-02-30")


def test_rates_are_exact_decimals() -> None:
    assert decimal_("0.06").value == "0.06"
    assert decimal_("6e-2").value == "0.06"
    assert to_decimal(decimal_("0.0435")) == Decimal("0.0435")
