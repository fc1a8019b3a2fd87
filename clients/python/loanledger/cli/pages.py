"""Lists over several pages as one response, up to a limit."""

from __future__ import annotations

from typing import Any, TypeVar

from google.protobuf.message import Message

from loanledger.calls import Paged
from loanledger.cli import output

Req = TypeVar("Req", bound=Message)
Resp = TypeVar("Resp", bound=Message)
LARGEST = 1000


def gather(method: Paged[Any, Req, Resp, Any], request: Req, limit: int) -> Resp:
    """The first `limit` items, all if 0; says on stderr where more are left."""
    asked: Any = request
    asked.page_size = min(limit or LARGEST, LARGEST)
    whole: Any = method(asked)
    items = getattr(whole, next(f.name for f in whole.DESCRIPTOR.fields if f.is_repeated))
    while whole.next_page_token and (not limit or len(items) < limit):
        asked.page_token = whole.next_page_token
        asked.page_size = min(limit - len(items) if limit else LARGEST, LARGEST)
        whole.ClearField("next_page_token")
        whole.MergeFrom(method(asked))
    if limit and whole.next_page_token:
        output.note(f"the first {limit}; --limit 0 shows all")
    return whole  # type: ignore[no-any-return]
