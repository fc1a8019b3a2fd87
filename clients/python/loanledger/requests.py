"""Fills what a request may leave out: the book it belongs to, and its request id."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import TypeVar

from google.protobuf.message import Message

Req = TypeVar("Req", bound=Message)
#: Its parent is a loan, so the book cannot stand in for it.
_PARENT_IS_NO_BOOK = frozenset({"ListTransactionsRequest"})


def new_request_id() -> str:
    """A fresh id: 32 hexadecimal digits."""
    return uuid.uuid4().hex


def complete(request: Req, parent: str, new_id: Callable[[], str] = new_request_id) -> Req:
    """A copy with parent and request id filled where empty, in a batch's items as well."""
    whole = type(request)()
    whole.CopyFrom(request)
    _fill(whole, parent, new_id)
    return whole


def request_id(request: Message) -> str:
    """The id that the request carries; empty for a read."""
    return str(getattr(request, "request_id", ""))


def _fill(request: Message, parent: str, new_id: Callable[[], str]) -> None:
    fields = request.DESCRIPTOR.fields_by_name
    if request.DESCRIPTOR.name not in _PARENT_IS_NO_BOOK:
        _set_if_empty(request, "parent", lambda: parent)
    _set_if_empty(request, "request_id", new_id)
    if "requests" in fields:
        for item in getattr(request, "requests"):  # noqa: B009 (no field that Message knows)
            _fill(item, parent, new_id)


def _set_if_empty(request: Message, field: str, value: Callable[[], str]) -> None:
    if field in request.DESCRIPTOR.fields_by_name and not getattr(request, field):
        setattr(request, field, value())
