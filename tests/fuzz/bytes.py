"""Messages as bytes, spoilt on the way: bits, lengths, tags, unknown fields, depth and size."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum


class Change(Enum):
    """One way to spoil bytes."""

    FLIP = "a bit"
    CUT = "the end is missing"
    OUT = "a byte is missing"
    IN = "a byte too many"
    TWICE = "a part comes twice"
    LENGTH = "a length is another"
    FIELD = "a field that nobody knows"
    GROUP = "a group that nobody knows"
    NOISE = "nothing but noise"


#: Deeper than a parser goes, and about as deep.
DEEP = tuple(b"\xf3\x3f" * depth + b"\xf4\x3f" * depth for depth in (50, 99, 101, 5000))
#: As large as the server takes, and larger.
SIZES = (2**20, 2**22 + 1, 2**24 - 200_000, 2**24, 2**24 + 1)
_UNKNOWN = (
    b"\xf8\x3f\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",  # a varint of 64 bits
    b"\xf9\x3f" + bytes(8),
    b"\xfd\x3f" + bytes(4),
    b"\xfa\x3f\x03abc",
    b"\x80\x01\x01",  # field 16
    b"\x00\x00",  # field 0, which is none
    b"\xfa\xff\xff\xff\x0f\x01x",  # the last number that a field may have
)


def _varint(number: int) -> bytes:
    made = bytearray()
    while number > 127:
        made.append(number & 127 | 128)
        number >>= 7
    made.append(number)
    return bytes(made)


def huge(size: int) -> bytes:
    """A field that nobody knows, of so many bytes."""
    return b"\xfa\x3f" + _varint(size) + bytes(size)


def spoilt(data: bytes, changes: Sequence[Change], places: Sequence[int]) -> bytes:
    """The bytes after these changes, each at its place."""
    for change, place in zip(changes, places, strict=False):
        data = _changed(data, change, place)
    return data


def _changed(data: bytes, change: Change, place: int) -> bytes:
    at = place % max(len(data), 1)
    match change:
        case Change.FLIP if data:
            return data[:at] + bytes([data[at] ^ (1 << place % 8)]) + data[at + 1 :]
        case Change.CUT:
            return data[:at]
        case Change.OUT:
            return data[:at] + data[at + 1 :]
        case Change.IN:
            return data[:at] + bytes([place % 256]) + data[at:]
        case Change.TWICE:
            return data + data[at:]
        case Change.LENGTH if data:
            return data[:at] + b"\xff\xff\xff\x7f" + data[at + 1 :]
        case Change.FIELD:
            return data + _UNKNOWN[place % len(_UNKNOWN)]
        case Change.GROUP:
            return b"\xf3\x3f" + data + b"\xf4\x3f"
        case Change.NOISE:
            return (place.to_bytes(4, "big") * 9)[: at + 1]
        case _:
            return data
