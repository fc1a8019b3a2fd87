"""Page tokens: opaque, tied to the query, and refused when forged or used with another filter."""

from __future__ import annotations

import base64
import hashlib
from datetime import date

from google.protobuf.message import Message

from server.checks import Checks

DEFAULT_SIZE, MAX_SIZE = 100, 1000
#: The last day as a number, where a page goes on from a day.
LAST_DAY = date.max.toordinal()


def page(
    check: Checks, request: Message, parts: int, *, most: int = 2**63 - 1
) -> tuple[int, tuple[int, ...]]:
    """(page size, where to go on) of a list request; the start is -1 in all parts.

    Anybody can make a token that fits its query, so no part of it is beyond `most`.
    """
    size = request.page_size  # type: ignore[attr-defined]
    token = request.page_token  # type: ignore[attr-defined]
    if size < 0:
        check.add("page_size", "must not be negative; 0 means the default of 100")
    after = (-1,) * parts
    if token:
        try:
            text = base64.urlsafe_b64decode(token.encode()).decode()
            digest, *numbers = text.split(":")
            after = tuple(int(number) for number in numbers)
            known = digest == _digest(request) and len(after) == parts
            valid = known and all(-1 <= number <= most for number in after)
        except ValueError:
            valid = False
        if not valid:
            after = (-1,) * parts
            check.add("page_token", "is not one that this query returned")
    return min(size or DEFAULT_SIZE, MAX_SIZE), after


def token(request: Message, after: tuple[int, ...]) -> str:
    """The token that continues after a key."""
    text = ":".join([_digest(request), *map(str, after)])
    return base64.urlsafe_b64encode(text.encode()).decode()


def _digest(request: Message) -> str:
    """A fingerprint of the query without its paging fields."""
    query = type(request)()
    query.CopyFrom(request)
    query.ClearField("page_size")
    query.ClearField("page_token")
    return hashlib.sha256(query.SerializeToString(deterministic=True)).hexdigest()[:16]
