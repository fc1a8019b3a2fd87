"""Blocking calls: fill in, send, try again, raise typed errors. `acalls.py` is the async twin."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import Any, Generic, overload

import grpc

from loanledger.errors import LoanLedgerError, from_rpc
from loanledger.methods import Item, Method, P, Req, Resp
from loanledger.options import Options
from loanledger.requests import complete, request_id
from loanledger.retry import Pace


class Transport:
    """A channel and the options that calls over it go out with."""

    def __init__(self, channel: grpc.Channel, options: Options) -> None:
        self.channel = channel
        self.options = options

    def bind(self, method: Method[Any, Any, Any]) -> Any:
        """The method as something to call over this channel."""
        return _BOUND[method.kind](method, self)


class _Call(Generic[P, Req, Resp]):
    open: str

    def __init__(self, method: Method[P, Req, Resp], transport: Transport) -> None:
        self._method = method
        self._options = transport.options
        self._call: Any = getattr(transport.channel, self.open)(
            method.path,
            request_serializer=method.request.SerializeToString,
            response_deserializer=method.response.FromString,
        )

    def _request(self, args: tuple[Any, ...], fields: dict[str, Any]) -> Req:
        return complete(self._method.message(args, fields), self._options.parent)

    def _send(self, request: Req) -> Resp:
        pace = Pace(self._options)
        while True:
            try:
                response: Resp = self._call(
                    request, timeout=pace.attempt_timeout(), metadata=self._options.metadata()
                )
                return response
            except grpc.RpcError as failure:
                pause = pace.pause(_typed(failure, request_id(request)))
            time.sleep(pause)


class Unary(_Call[P, Req, Resp]):
    """Takes the request message or its fields; tries again with the same request id."""

    open = "unary_unary"

    @overload
    def __call__(self, request: Req, /) -> Resp: ...
    @overload
    def __call__(self, *args: P.args, **fields: P.kwargs) -> Resp: ...
    def __call__(self, *args: Any, **fields: Any) -> Resp:
        return self._send(self._request(args, fields))


class Paged(_Call[P, Req, Resp], Generic[P, Req, Resp, Item]):
    """One page a call; `iterate` goes on over all pages."""

    open = "unary_unary"

    @overload
    def __call__(self, request: Req, /) -> Resp: ...
    @overload
    def __call__(self, *args: P.args, **fields: P.kwargs) -> Resp: ...
    def __call__(self, *args: Any, **fields: Any) -> Resp:
        return self._send(self._request(args, fields))

    @overload
    def iterate(self, request: Req, /) -> Iterator[Item]: ...
    @overload
    def iterate(self, *args: P.args, **fields: P.kwargs) -> Iterator[Item]: ...
    def iterate(self, *args: Any, **fields: Any) -> Iterator[Item]:
        """The items of this page and all that follow."""
        request: Any = self._request(args, fields)
        while True:
            page: Any = self._send(request)
            yield from self._method.items(page)
            if not page.next_page_token:
                return
            request.page_token = page.next_page_token


class Stream(_Call[P, Req, Resp]):
    """Yields responses as they come; tried again only while nothing was received."""

    open = "unary_stream"

    @overload
    def __call__(self, request: Req, /) -> Iterator[Resp]: ...
    @overload
    def __call__(self, *args: P.args, **fields: P.kwargs) -> Iterator[Resp]: ...
    def __call__(self, *args: Any, **fields: Any) -> Iterator[Resp]:
        return self._receive(self._request(args, fields))

    def _receive(self, request: Req) -> Iterator[Resp]:
        pace, received = Pace(self._options, endless=True), False
        while True:
            call = self._call(request, metadata=self._options.metadata())
            try:
                for response in call:
                    received = True
                    yield response
                return
            except grpc.RpcError as failure:
                error = _typed(failure)
                if received:
                    raise error  # noqa: B904 (the cause is set)
                pause = pace.pause(error)
            finally:
                call.cancel()
            time.sleep(pause)


class Exchange(_Call[P, Req, Resp]):
    """Sends requests as they come and yields the responses; never tried again by itself.

    Give each item its own request id: then what was not answered can be sent once more.
    """

    open = "stream_stream"

    def __call__(self, requests: Iterable[Req]) -> Iterator[Resp]:
        filled = (complete(request, self._options.parent) for request in requests)
        call = self._call(filled, metadata=self._options.metadata())
        try:
            yield from call
        except grpc.RpcError as failure:
            raise _typed(failure)  # noqa: B904 (the cause is set)
        finally:
            call.cancel()


def _typed(failure: Any, sent: str = "") -> LoanLedgerError:
    return from_rpc(failure, sent)


_BOUND: dict[str, Any] = {
    "unary": Unary,
    "paged": Paged,
    "stream": Stream,
    "exchange": Exchange,
}


@overload
def iterate(method: Paged[P, Req, Resp, Item], request: Req, /) -> Iterator[Item]: ...
@overload
def iterate(
    method: Paged[P, Req, Resp, Item], *args: P.args, **fields: P.kwargs
) -> Iterator[Item]: ...
def iterate(method: Any, *args: Any, **fields: Any) -> Iterator[Any]:
    """The items of all pages: `iterate(client.loans.list_loans, party=name)`."""
    items: Iterator[Any] = method.iterate(*args, **fields)
    return items
