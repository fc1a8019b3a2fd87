"""Calls that are awaited: the twin of `calls.py`, line for line."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable, AsyncIterator, Iterable
from typing import Any, Generic, overload

import grpc
import grpc.aio

from loanledger.errors import LoanLedgerError, from_rpc
from loanledger.methods import Item, Method, P, Req, Resp
from loanledger.options import Options
from loanledger.requests import complete, request_id
from loanledger.retry import Pace


class Transport:
    """A channel and the options that calls over it go out with."""

    def __init__(self, channel: grpc.aio.Channel, options: Options) -> None:
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

    async def _send(self, request: Req) -> Resp:
        pace = Pace(self._options)
        while True:
            try:
                response: Resp = await self._call(
                    request, timeout=pace.attempt_timeout(), metadata=self._options.metadata()
                )
                return response
            except grpc.RpcError as failure:
                pause = pace.pause(_typed(failure, request_id(request)))
            await asyncio.sleep(pause)


class Unary(_Call[P, Req, Resp]):
    """Takes the request message or its fields; tries again with the same request id."""

    open = "unary_unary"

    @overload
    async def __call__(self, request: Req, /) -> Resp: ...
    @overload
    async def __call__(self, *args: P.args, **fields: P.kwargs) -> Resp: ...
    async def __call__(self, *args: Any, **fields: Any) -> Resp:
        return await self._send(self._request(args, fields))


class Paged(_Call[P, Req, Resp], Generic[P, Req, Resp, Item]):
    """One page a call; `iterate` goes on over all pages."""

    open = "unary_unary"

    @overload
    async def __call__(self, request: Req, /) -> Resp: ...
    @overload
    async def __call__(self, *args: P.args, **fields: P.kwargs) -> Resp: ...
    async def __call__(self, *args: Any, **fields: Any) -> Resp:
        return await self._send(self._request(args, fields))

    @overload
    def iterate(self, request: Req, /) -> AsyncIterator[Item]: ...
    @overload
    def iterate(self, *args: P.args, **fields: P.kwargs) -> AsyncIterator[Item]: ...
    async def iterate(self, *args: Any, **fields: Any) -> AsyncIterator[Item]:
        """The items of this page and all that follow."""
        request: Any = self._request(args, fields)
        while True:
            page: Any = await self._send(request)
            for item in self._method.items(page):
                yield item
            if not page.next_page_token:
                return
            request.page_token = page.next_page_token


class Stream(_Call[P, Req, Resp]):
    """Yields responses as they come; tried again only while nothing was received."""

    open = "unary_stream"

    @overload
    def __call__(self, request: Req, /) -> AsyncIterator[Resp]: ...
    @overload
    def __call__(self, *args: P.args, **fields: P.kwargs) -> AsyncIterator[Resp]: ...
    def __call__(self, *args: Any, **fields: Any) -> AsyncIterator[Resp]:
        return self._receive(self._request(args, fields))

    async def _receive(self, request: Req) -> AsyncIterator[Resp]:
        pace, received = Pace(self._options, endless=True), False
        while True:
            call = self._call(request, metadata=self._options.metadata())
            try:
                async for response in call:
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
            await asyncio.sleep(pause)


class Exchange(_Call[P, Req, Resp]):
    """Sends requests as they come and yields the responses; never tried again by itself.

    Give each item its own request id: then what was not answered can be sent once more.
    """

    open = "stream_stream"

    async def __call__(self, requests: Iterable[Req] | AsyncIterable[Req]) -> AsyncIterator[Resp]:
        call = self._call(self._filled(requests), metadata=self._options.metadata())
        try:
            async for response in call:
                yield response
        except grpc.RpcError as failure:
            raise _typed(failure)  # noqa: B904 (the cause is set)
        finally:
            call.cancel()

    async def _filled(self, requests: Iterable[Req] | AsyncIterable[Req]) -> AsyncIterator[Req]:
        if isinstance(requests, AsyncIterable):
            async for request in requests:
                yield complete(request, self._options.parent)
        else:
            for request in requests:
                yield complete(request, self._options.parent)


def _typed(failure: Any, sent: str = "") -> LoanLedgerError:
    return from_rpc(failure, sent)


_BOUND: dict[str, Any] = {
    "unary": Unary,
    "paged": Paged,
    "stream": Stream,
    "exchange": Exchange,
}


@overload
def iterate(method: Paged[P, Req, Resp, Item], request: Req, /) -> AsyncIterator[Item]: ...
@overload
def iterate(
    method: Paged[P, Req, Resp, Item], *args: P.args, **fields: P.kwargs
) -> AsyncIterator[Item]: ...
def iterate(method: Any, *args: Any, **fields: Any) -> AsyncIterator[Any]:
    """The items of all pages: `async for loan in iterate(client.loans.list_loans)`."""
    items: AsyncIterator[Any] = method.iterate(*args, **fields)
    return items
