"""One wrapper around every method: who calls, may they, what went wrong, how long it took."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from typing import Any, NamedTuple

import grpc
import psycopg
import structlog
from google.protobuf.descriptor import MethodDescriptor, ServiceDescriptor
from google.protobuf.message import DecodeError, Message
from google.protobuf.message_factory import GetMessageClass

from ledger.errors import InvalidInput, LedgerError, Violation
from ledger.store.rows import DAMAGED
from server import logs, metrics
from server.errors import MAX_MESSAGE, Unavailable, Unread, code_of, status_of, storage_damaged
from server.gate import Authenticate
from server.limits import ITEMS, Limits
from server.security import Caller

log = structlog.get_logger()
Narrow = Callable[[Caller, str, Message | None], Awaitable[Caller]]


class Door(NamedTuple):
    """What a call passes before it is served: who calls, by which branches, and how much.

    `narrowed` is asked where a role of the caller is bounded to branches.
    """

    authenticate: Authenticate
    narrowed: Narrow
    limits: Limits | None = None


def handlers(
    service: ServiceDescriptor,
    servicer: object,
    door: Door,
    unread: int = 60,
) -> grpc.GenericRpcHandler[Any, Any]:
    """All methods of a service, wrapped; answers may be messages or their bytes.

    A stream ends when its client leaves an answer unread for so many seconds.
    """
    methods = {m.name: _handler(service, m, servicer, door, unread) for m in service.methods}
    return grpc.method_handlers_generic_handler(service.full_name, methods)


def _serialized(answer: Message | bytes) -> bytes:
    return answer if isinstance(answer, bytes) else answer.SerializeToString()


def _parser(method: MethodDescriptor) -> Callable[[bytes], Message | None]:
    """Bytes to a request; None for what is no message, since gRPC would call it our fault."""
    parse = GetMessageClass(method.input_type).FromString

    def read(data: bytes) -> Message | None:
        try:
            return parse(data)
        except DecodeError:
            return None

    return read


def _whole(request: Message | None) -> Message:
    if request is None:
        raise InvalidInput([Violation("", "the bytes are not a message of this method")])
    return request


async def _batches(
    name: str, door: Door, caller: Caller, requests: AsyncIterator[Message | None]
) -> AsyncIterator[Message]:
    """The messages of a stream; one that is beyond the caller's rate is read when there is room."""
    async for request in requests:
        whole = _whole(request)
        if door.limits:
            await door.limits.batch(caller.actor, name, len(getattr(whole, ITEMS[name])))
        yield whole


def _handler(
    service: ServiceDescriptor,
    method: MethodDescriptor,
    servicer: object,
    door: Door,
    unread: int,
) -> grpc.RpcMethodHandler[Any, Any]:
    name = f"{service.name}/{method.name}"
    call = getattr(servicer, method.name)
    parse = _parser(method)
    if not method.server_streaming:
        return grpc.unary_unary_rpc_method_handler(_unary(name, call, door), parse, _serialized)
    call = read_in(unread, call)
    wrapped = _stream(name, call, door, streaming=method.client_streaming)
    if method.client_streaming:
        return grpc.stream_stream_rpc_method_handler(wrapped, parse, _serialized)
    return grpc.unary_stream_rpc_method_handler(wrapped, parse, _serialized)


def _unary(name: str, call: Callable[..., Any], door: Door) -> Callable[..., Any]:
    items = ITEMS.get(name)

    async def run(request: Any, context: Any) -> Any:
        begun, caller = time.perf_counter_ns(), None
        try:
            caller = await door.authenticate(context, name)
            whole = _whole(request)
            if door.limits and items:
                door.limits.spend(caller.actor, len(getattr(whole, items)))
            if caller.reach:
                caller = await door.narrowed(caller, name, whole)
            answer = await call(whole, caller)
        except BaseException as error:
            await _refuse(name, error, caller, begun, context)
            raise
        _logged(name, "OK", caller, begun)
        return answer

    return run


def _stream(
    name: str, call: Callable[..., Any], door: Door, *, streaming: bool
) -> Callable[..., Any]:
    async def run(request: Any, context: Any) -> AsyncIterator[Any]:
        begun, caller = time.perf_counter_ns(), None
        try:
            caller = await door.authenticate(context, name)
            asked = _batches(name, door, caller, request) if streaming else _whole(request)
            if caller.reach:
                named = None if streaming else _whole(request)
                caller = await door.narrowed(caller, name, named)
            async for answer in call(asked, caller):
                yield answer
        except GeneratorExit:
            raise
        except BaseException as error:
            await _refuse(name, error, caller, begun, context)
            raise
        _logged(name, "OK", caller, begun)

    return run


def read_in(seconds: float, call: Callable[..., Any]) -> Callable[..., Any]:
    """The stream of a method, which ends when an answer is not taken in time.

    A client that stopped reading would hold for ever what its stream holds. The stream stands still
    at its answer, so it is closed from outside; whoever reads on is told.
    """
    closing = set[asyncio.Task[None]]()

    def end(answers: Any) -> None:
        closed = asyncio.ensure_future(answers.aclose())
        closing.add(closed)
        closed.add_done_callback(closing.discard)

    async def run(request: Any, caller: Caller) -> AsyncIterator[Any]:
        loop = asyncio.get_running_loop()
        async with aclosing(call(request, caller)) as answers:
            async for answer in answers:
                alarm = loop.call_later(seconds, end, answers)
                yield answer
                if alarm.when() <= loop.time():
                    raise Unread(f"an answer was left unread for {seconds} seconds")
                alarm.cancel()

    return run


async def _refuse(
    name: str, error: BaseException, caller: Caller | None, begun: int, context: Any
) -> None:
    """Ends a call with its status; an unforeseen error keeps its text to the log."""
    if isinstance(error, asyncio.CancelledError):
        _logged(name, "CANCELLED", caller, begun)
        return
    if isinstance(error, DAMAGED):
        error = storage_damaged(error, name)
    elif isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
        error = Unavailable("the database did not answer; try again")
    if not isinstance(error, LedgerError):
        log.error("rpc_failed", method=name, exc_info=error)
        await context.abort(grpc.StatusCode.INTERNAL, "internal error; see the server's log")
        return
    code = code_of(error)
    _logged(name, code.name, caller, begun, error.reason)
    detail = ("grpc-status-details-bin", status_of(error).SerializeToString())
    await context.abort(
        code, error.message[:MAX_MESSAGE].encode("ascii", "replace").decode(), (detail,)
    )


def _logged(
    name: str, code: str, caller: Caller | None, begun: int, reason: str | None = None
) -> None:
    micros = (time.perf_counter_ns() - begun) // 1000
    metrics.called(name, code, micros)
    actor = caller.actor if caller else ""
    logs.rpc(name, code, actor, reason, micros)
