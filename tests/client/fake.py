"""A server over a real socket that answers as told: for faults that a sound one hides."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import grpc
from google.protobuf import any_pb2, duration_pb2
from google.protobuf.message import Message
from google.rpc import error_details_pb2, status_pb2

from loanledger import services
from loanledger.methods import Method

Answer = Callable[[Any, grpc.ServicerContext], Any]
METHODS: dict[str, Method[Any, Any, Any]] = {
    method.path: method
    for kind in vars(services).values()
    if isinstance(kind, type) and hasattr(kind, "service")
    for method in vars(kind).values()
    if isinstance(method, Method)
}


class Fake(grpc.GenericRpcHandler):  # type: ignore[type-arg] # at run time it takes none
    """Answers by RPC name; keeps what it was asked, and with which metadata."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[Any] = []
        self.metadata: list[dict[str, str]] = []
        self.target = ""
        self._lock = threading.Lock()

    def service(self, details: grpc.HandlerCallDetails) -> Any:
        method = METHODS[details.method]
        name = details.method.rpartition("/")[2]
        answer = self.answers.get(name)
        if answer is None:
            return None

        def handle(request: Any, context: grpc.ServicerContext) -> Any:
            with self._lock:
                self.asked.append(request)
                self.metadata.append({k: str(v) for k, v in context.invocation_metadata()})
            return answer(request, context)

        makers = {
            "unary": grpc.unary_unary_rpc_method_handler,
            "paged": grpc.unary_unary_rpc_method_handler,
            "stream": grpc.unary_stream_rpc_method_handler,
            "exchange": grpc.stream_stream_rpc_method_handler,
        }
        return makers[method.kind](
            handle if method.kind in {"unary", "paged"} else _relay(handle),
            request_deserializer=method.request.FromString,
            response_serializer=method.response.SerializeToString,
        )


def _relay(handle: Answer) -> Answer:
    def stream(request: Any, context: grpc.ServicerContext) -> Iterator[Any]:
        yield from handle(request, context)

    return stream


@contextmanager
def serving() -> Iterator[Fake]:
    """A fake on a free port."""
    fake = Fake()
    server = grpc.server(ThreadPoolExecutor(8), handlers=[fake])
    fake.target = f"127.0.0.1:{server.add_insecure_port('127.0.0.1:0')}"
    server.start()
    try:
        yield fake
    finally:
        server.stop(None).wait()


def in_turn(*steps: Any) -> Answer:
    """Each call takes the next step: a message to answer with, or a status to fail with."""
    left = list(steps)

    def answer(_: Any, context: grpc.ServicerContext) -> Any:
        step = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(step, status_pb2.Status):
            fail(context, step)
        return step

    return answer


def status(code: grpc.StatusCode, message: str, *details: Message) -> status_pb2.Status:
    """A google.rpc.Status with details."""
    made = status_pb2.Status(code=code.value[0], message=message)
    for detail in details:
        packed = any_pb2.Any()
        packed.Pack(detail)
        made.details.append(packed)
    return made


def info(reason: str, **facts: str) -> error_details_pb2.ErrorInfo:
    """The detail that names the reason."""
    return error_details_pb2.ErrorInfo(reason=reason, domain="loanledger", metadata=facts)


def retry_after(seconds: float) -> error_details_pb2.RetryInfo:
    """The detail that says when to ask again."""
    delay = duration_pb2.Duration(nanos=round(seconds * 10**9))
    return error_details_pb2.RetryInfo(retry_delay=delay)


def fail(context: grpc.ServicerContext, made: status_pb2.Status) -> None:
    """Ends the call with the status and its details."""
    codes = {code.value[0]: code for code in grpc.StatusCode}
    context.set_trailing_metadata((("grpc-status-details-bin", made.SerializeToString()),))
    context.abort(codes[made.code], made.message)
