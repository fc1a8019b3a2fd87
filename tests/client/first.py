"""The first contract, as its clients and servers know it: no later field, value or method.

`first_contract.binpb` holds the descriptors of the contract's first commit, and is never renewed:
an application that was built then must be served for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool
from google.protobuf.descriptor import MethodDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass

from loanledger import Client
from loanledger.calls import Transport
from loanledger.services import Services

_FILE = Path(__file__).with_name("first_contract.binpb")


@cache
def methods() -> Mapping[str, MethodDescriptor]:
    """The methods of the first contract by path, in a pool of their own."""
    pool = descriptor_pool.DescriptorPool()
    found = {}
    for file in descriptor_pb2.FileDescriptorSet.FromString(_FILE.read_bytes()).file:
        pool.Add(file)  # type: ignore[no-untyped-call]
        for service in pool.FindFileByName(file.name).services_by_name.values():
            for method in service.methods:
                found[f"/{service.full_name}/{method.name}"] = method
    return found


def request(path: str) -> type[Message]:
    """What a method took then."""
    return GetMessageClass(methods()[path].input_type)


def response(path: str) -> type[Message]:
    """What a method gave then."""
    return GetMessageClass(methods()[path].output_type)


def _only(kind: type[Message], data: bytes) -> bytes:
    """What is left of a message for somebody who knows it in an earlier form."""
    message = kind.FromString(data)
    message.DiscardUnknownFields()  # type: ignore[no-untyped-call]
    return message.SerializeToString()


class _Then:
    """A channel on which only what the first contract knows comes and goes."""

    def __init__(self, channel: grpc.Channel) -> None:
        self._channel = channel
        self.unary_unary = self._opened("unary_unary")
        self.unary_stream = self._opened("unary_stream")
        self.stream_stream = self._opened("stream_stream")

    def close(self) -> None:
        """Closes the channel."""
        self._channel.close()

    def _opened(self, name: str) -> Callable[..., Any]:
        def opened(
            path: str,
            request_serializer: Callable[[Any], bytes],
            response_deserializer: Callable[[bytes], Any],
        ) -> Any:
            return getattr(self._channel, name)(
                path,
                request_serializer=lambda m: _only(request(path), request_serializer(m)),
                response_deserializer=lambda b: response_deserializer(_only(response(path), b)),
            )

        return opened


class FirstClient(Client):
    """A client of the first contract; a method that came later is a KeyError."""

    def __init__(self, target: str, **options: Any) -> None:
        super().__init__(target, **options)
        then: Any = _Then(self.transport.channel)
        Services.__init__(self, Transport(then, self.transport.options))
