"""Currencies, amounts in minor units, and the two roundings: exact, never a float."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

#: Largest amount of one command, in minor units: exact in a double, far from bigint overflow.
MAX_MINOR = 10**15
NANOS = 10**9

# ISO 4217 list one, active codes by number of decimals; funds, metals and test codes are left out.
_ZERO = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_THREE = "BHD IQD JOD KWD LYD OMR TND"
_TWO = (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF "
    "CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD "
    "HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA "
    "MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN "
    "QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP "
    "TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG"
)
EXPONENTS: dict[str, int] = {
    **dict.fromkeys(_ZERO.split(), 0),
    **dict.fromkeys(_TWO.split(), 2),
    **dict.fromkeys(_THREE.split(), 3),
}
#: Minor units of one unit, and nanos of one minor unit, by currency.
SCALES = {code: (10**digits, 10 ** (9 - digits)) for code, digits in EXPONENTS.items()}


class Rounding(StrEnum):
    """How an exact figure becomes minor units; ties only differ."""

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"


#: By itself, as Python 3.11 takes long to find a member of its class.
_HALF_UP = Rounding.HALF_UP


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units of a currency: `Money("CNY", 12345)` is 123.45 yuan."""

    currency: str
    minor: int

    def __str__(self) -> str:
        return f"{self.currency} {decimal_text(self.minor, self.currency)}"


def round_ratio(numerator: int, denominator: int, rounding: Rounding) -> int:
    """The quotient to the nearest integer, ties away from zero or to even; denominator > 0."""
    if numerator < 0:
        return -round_ratio(-numerator, denominator, rounding)
    found = (2 * numerator + denominator) // (2 * denominator)
    tie = rounding is not _HALF_UP and found * 2 * denominator == 2 * numerator + denominator
    return found - 1 if tie and found % 2 else found


def decimal_text(minor: int, currency: str) -> str:
    """12345, CNY -> '123.45'; JPY has no point and KWD three decimals."""
    exponent = EXPONENTS[currency]
    sign, digits = ("-" if minor < 0 else ""), str(abs(minor)).rjust(exponent + 1, "0")
    if exponent == 0:
        return sign + digits
    return f"{sign}{digits[:-exponent]}.{digits[-exponent:]}"


def from_units_nanos(units: int, nanos: int, currency: str) -> int:
    """google.type.Money's pair to minor units; ValueError says what would be right."""
    if not -NANOS < nanos < NANOS:
        raise ValueError("nanos must lie between -999999999 and 999999999")
    if units and nanos and (units > 0) != (nanos > 0):
        raise ValueError("units and nanos must have the same sign")
    scale, step = SCALES[currency]
    if nanos % step:
        raise ValueError(
            f"{currency} has {EXPONENTS[currency]} decimals; the amount is finer than that"
        )
    return int(units * scale + nanos // step)


def to_units_nanos(minor: int, currency: str) -> tuple[int, int]:
    """Minor units to google.type.Money's (units, nanos), both of the amount's sign."""
    scale, step = SCALES[currency]
    units, rest = divmod(abs(minor), scale)
    return (units, rest * step) if minor >= 0 else (-units, -rest * step)
