"""A set of certificates in the order of DER: many authorities send it in another one.

The set is not covered by the signature, and a strict parser refuses the whole response for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

_CERTIFICATES: Final = 0xA0
_LONG: Final = 0x80


class _Part(NamedTuple):
    """An element: its tag, and where it begins, where its content does, and where both end."""

    tag: int
    start: int
    content: int
    end: int


def sorted_certificates(response: bytes) -> bytes:
    """A TimeStampResp (RFC 3161) with its certificates in order; as it was where it is none."""
    try:
        (whole,) = _parts(response, 0, len(response))
        _, token = _parts(response, whole.content, whole.end)
        _, explicit = _parts(response, token.content, token.end)
        (signed,) = _parts(response, explicit.content, explicit.end)
        fields = _parts(response, signed.content, signed.end)
        found = next((each for each in fields if each.tag == _CERTIFICATES), None)
        if found is None:
            return response
        parts = [response[p.start : p.end] for p in _parts(response, found.content, found.end)]
    except (ValueError, IndexError):
        return response
    return response[: found.content] + b"".join(sorted(parts)) + response[found.end :]


def _parts(data: bytes, start: int, end: int) -> Iterator[_Part]:
    """The elements between two places; ValueError where they do not fill it."""
    while start < end:
        size, content = data[start + 1], start + 2
        if size == _LONG:
            raise ValueError("a length that is not told")
        if size > _LONG:
            content += size - _LONG
            size = int.from_bytes(data[start + 2 : content], "big")
        if content + size > end:
            raise ValueError("an element ends after what holds it")
        yield _Part(data[start], start, content, content + size)
        start = content + size
