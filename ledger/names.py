"""Resource ids: derived from the request, so that a retry names the same; they tell the stripe."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import sha256

#: Stripes of a book are numbered book * SPAN + n.
SPAN = 1000
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32
_VALUES = {letter: value for value, letter in enumerate(_ALPHABET)}
_ID = re.compile(r"([0-9]{3})-([0-9A-HJKMNP-TV-Z]{12})\Z")
_EVENT = re.compile(r"([0-9]{3})-([1-9][0-9]{0,17})\Z")
_JOURNAL = re.compile(r"([0-9]{3})-([1-9][0-9]{0,17})-([1-9][0-9]{0,6})\Z")


def new_key(noun: str, book: str, request_id: str) -> int:
    """A key of 60 bits for what a request creates."""
    digest = sha256(f"{noun}\x00{book}\x00{request_id}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 4


def hashed(text: str, count: int) -> int:
    """A number in [0, count) from a text, the same on every machine."""
    return int.from_bytes(sha256(text.encode()).digest()[:8], "big") % count


@lru_cache(maxsize=4096)
def id_text(stripe: int, key: int) -> str:
    """The id of a loan or a party: three digits of the stripe and twelve letters of the key."""
    letters = "".join(_ALPHABET[(key >> shift) & 31] for shift in range(55, -1, -5))
    return f"{stripe % SPAN:03d}-{letters}"


def parse_id(text: str, book: int) -> tuple[int, int] | None:
    """(stripe, key) of an id, or None where the text is not one."""
    found = _ID.fullmatch(text)
    if not found:
        return None
    key = 0
    for letter in found[2]:
        key = key * 32 + _VALUES[letter]
    return book * SPAN + int(found[1]), key


def event_text(stripe: int, number: int) -> str:
    """The id of an event."""
    return f"{_three(stripe)}-{number}"


@lru_cache(maxsize=1024)
def _three(stripe: int) -> str:
    return f"{stripe % SPAN:03d}"


def parse_event(text: str, book: int) -> tuple[int, int] | None:
    """(stripe, number) of an event's id, or None."""
    found = _EVENT.fullmatch(text)
    return (book * SPAN + int(found[1]), int(found[2])) if found else None


def parse_journal(text: str, book: int) -> tuple[int, int, int] | None:
    """(stripe, number, journal) of a journal's id, or None."""
    found = _JOURNAL.fullmatch(text)
    return (book * SPAN + int(found[1]), int(found[2]), int(found[3])) if found else None
