"""What goes into a field: what it may well hold, and what hurts, by its type and its name."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from google.protobuf.descriptor import FieldDescriptor

from server.security import ROLES
from tests.authz.requests import REFERRED

Names = Mapping[str, tuple[str, ...]]
#: Stands for bytes that are no UTF-8, which no program of ours can put into a text.
MARK, BROKEN = "<<utf8>>", b"\xff\xfe\xc3(\xed\xa0\x80x"
assert len(MARK) == len(BROKEN)
#: A name that must not be found in any log.
PERSON = "Zhang Wei Nobodyelse"

INTEGERS = (
    0,
    1,
    -1,
    2,
    3,
    7,
    12,
    15,
    28,
    31,
    360,
    600,
    1000,
    2024,
    9999,
    10**9,
    2**31 - 1,
    -(2**31),
)
LONGS = (*INTEGERS, 10**13, 10**15, 2**53, 2**53 + 1, 2**62, 2**63 - 1, -(2**63))
TEXTS = (
    "", " ", "x", "CNY", "EUR", "cny", "XXX", "DEM", "0.06", "NaN", "Infinity", "1e9", "1e400",
    "１２３", "1,000", "1001", "4001", "1303P", "\x00", "a\x00b", "\u202eabc", "a\u200bb", "😀",
    "аdmin", "䶮", "\U0002a6d6\U00030000", "阿·不都", "%", "_", "'", "' or 1=1 --",
    '"; drop table x', "{}", "\\", "../../etc", "=HYPERLINK(\"x\")", "+1", "@x", "plain",
    "R-1", "2024-01", "9999-12", "new-code",
    "11010519491231002X", "11010519491231002x", "110105491231002", "+86 138 0013 8000", MARK,
    "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>", "吴" * 600, "A" * 3000, "\n", "\t-",
)  # fmt: skip
DECIMALS = (
    "0", "0.06", "0.24", "1", "0.5", "-0.01", "10", "11", "24", "1000", "NaN", "-Infinity", "1e400",
    "1,000", "０.1", ".5", "5.", "0.1234567891", "999999999.999999999", "-0", "", " 1", "1\n", "x",
)  # fmt: skip
CURRENCIES = ("CNY", "EUR", "JPY", "KWD", "cny", "XXX", "DEM", "", "ZZZ", "CNYX")
UNITS = (0, 1, 5, 100, 1200, -1, -5, 10**9, 10**13, 2**53, 2**63 - 1, -(2**63))
NANOS = (
    0,
    0,
    0,
    500_000_000,
    10_000_000,
    5_000_000,
    1,
    -1,
    999_999_999,
    10**9,
    -(2**31),
    2**31 - 1,
)
DATES = (
    (0, 0, 0), (2026, 2, 30), (9999, 12, 31), (1900, 1, 1), (2999, 12, 31), (2024, 2, 29),
    (2024, 0, 0), (2024, 1, 31), (2023, 12, 31), (2024, 4, 31), (1, 1, 1), (-1, 1, 1), (0, 2, 29),
    (2024, 13, 1), (2**31 - 1, 1, 1), (2025, 2, 29), (1899, 12, 31), (3000, 1, 1), (2024, 3, 10),
)  # fmt: skip
SECONDS = (
    0, 1, -1, 1_700_000_000, 1_800_000_000, 4_000_000_000, 7_258_118_400, 253_402_300_799,
    253_402_300_800, -62_135_596_800, 2**53, 9_007_199_254, 9_007_199_255, 2**63 - 1, -(2**63),
)  # fmt: skip
#: By the name of a field, where more than a number or a text is asked for.
USUAL: Mapping[str, tuple[str, ...]] = {
    "currency": ("CNY", "EUR"),
    "currency_code": ("CNY",),
    "account": ("1001", "4001", "1002"),
    "accounts": ("1001", "4001"),
    "funds_account": ("1001", ""),
    "code": ("plain", "fresh", "LPR", "OURS"),
    "role": tuple(ROLES),
    "roles": tuple(ROLES),
    "first": tuple(ROLES),
    "second": tuple(ROLES),
    "principal": ("users/ann", "users/ben", "dev:channel"),
    "method": ("WriteOffLoan", "PostJournal", "RepayLoan"),
    "base": ("TARGET", "CN", ""),
    "display_name": (PERSON,),
    "valuer": ("Example Appraisers",),
    "reason": ("as asked", ""),
    "title": ("A title",),
    "page_token": ("",),
    "segment": ("",),
    "reference": ("bank 4711", ""),
    "value": ("0.06", "1", "0.5"),
}
LONG = frozenset({FieldDescriptor.TYPE_INT64, FieldDescriptor.TYPE_SINT64})


def number(chance: Random, kind: int, *, sound: bool) -> int:
    """An integer of a field's type."""
    if sound:
        return chance.choice((1, 2, 3, 6, 10, 12, 24))
    if kind in LONG:
        return chance.choice((chance.choice(LONGS), chance.randint(-(2**63), 2**63 - 1)))
    return chance.choice((chance.choice(INTEGERS), chance.randint(-(2**31), 2**31 - 1)))


def text(chance: Random, name: str, names: Names, *, sound: bool) -> str:
    """A text for a field of this name; `names` are things of the book by collection."""
    if sound and name in REFERRED:
        return chance.choice(names[REFERRED[name]])
    if sound:
        return chance.choice(USUAL.get(name, ("x", "")))
    which = chance.randrange(10)
    if which < 3:
        return chance.choice(names[chance.choice(tuple(names))])
    if which < 9:
        return chance.choice(TEXTS)
    return "".join(chr(_letter(chance)) for _ in range(chance.randrange(12)))


def _letter(chance: Random) -> int:
    found = chance.randrange(chance.choice((0x80, 0x3000, 0x110000)))
    return found if not 0xD800 <= found < 0xE000 else 0xFFFD
