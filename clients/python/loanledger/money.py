"""Amounts, rates and dates between Python and the wire: exact decimals, never a float."""

from __future__ import annotations

import datetime
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from google.type import date_pb2, decimal_pb2, money_pb2

from ledger.money import EXPONENTS, decimal_text, from_units_nanos, to_units_nanos

#: More decimals, or a higher power of ten, are refused unread: "1e-999999999" must cost nothing.
_FINEST = 100
_LARGEST = 17


def money(value: str | int | Decimal, currency: str) -> money_pb2.Money:
    """`money("12.34", "CNY")`; ValueError for an unknown currency or a too fine amount."""
    exponent = exponent_of(currency)
    number = _exact(value)
    if number.adjusted() > _LARGEST:
        raise ValueError(f"{value} is beyond what an amount can hold")
    readable = int(number.as_tuple().exponent) > -_FINEST
    scaled = Fraction(number) * 10**exponent if readable else Fraction(1, 2)
    if scaled.denominator != 1:
        raise ValueError(f"{currency} has {exponent} decimals; {value} is finer than that")
    return of_minor(int(scaled), currency)


def of_minor(value: int, currency: str) -> money_pb2.Money:
    """Minor units to the wire: `of_minor(1234, "CNY")` is 12.34 yuan."""
    exponent_of(currency)
    units, nanos = to_units_nanos(value, currency)
    return money_pb2.Money(currency_code=currency, units=units, nanos=nanos)


def minor(value: money_pb2.Money) -> int:
    """The amount in minor units of its currency; an unset amount is 0."""
    if not value.currency_code and not value.units and not value.nanos:
        return 0
    exponent_of(value.currency_code)
    return from_units_nanos(value.units, value.nanos, value.currency_code)


def amount(value: money_pb2.Money) -> Decimal:
    """The amount as a decimal with the currency's decimals: Decimal("12.30")."""
    if not value.currency_code:
        return Decimal(minor(value))
    return Decimal(decimal_text(minor(value), value.currency_code))


def format_money(value: money_pb2.Money, *, currency: bool = True) -> str:
    """`CNY 1,234,567.80`, or without the code; an unset amount is empty."""
    if not value.currency_code:
        return ""
    text = f"{amount(value):,f}"
    return f"{value.currency_code} {text}" if currency else text


def exponent_of(currency: str) -> int:
    """The number of decimals of an ISO 4217 currency; ValueError if there is no such currency."""
    if currency not in EXPONENTS:
        raise ValueError(f"{currency!r} is not an ISO 4217 currency code")
    return EXPONENTS[currency]


def date_of(value: datetime.date | str) -> date_pb2.Date:
    """`date_of("2026-01-31")` or a date; ValueError if there is no such day."""
    day = datetime.date.fromisoformat(value) if isinstance(value, str) else value
    return date_pb2.Date(year=day.year, month=day.month, day=day.day)


def to_date(value: date_pb2.Date) -> datetime.date | None:
    """The date, or None where it is unset."""
    return datetime.date(value.year, value.month, value.day) if value.year else None


def decimal_(value: str | int | Decimal) -> decimal_pb2.Decimal:
    """A rate: `decimal_("0.06")` is six per cent a year."""
    return decimal_pb2.Decimal(value=f"{_exact(value):f}")


def to_decimal(value: decimal_pb2.Decimal) -> Decimal | None:
    """The decimal, or None where it is unset."""
    return Decimal(value.value) if value.value else None


def _exact(value: str | int | Decimal) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise TypeError(f"give a str, an int or a Decimal, not a {type(value).__name__}")
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise ValueError(f"{value!r} is not a number") from None
    if not number.is_finite():
        raise ValueError(f"{value!r} is not a finite number")
    return number
