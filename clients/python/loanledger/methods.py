"""RPCs as typed class attributes: one line each in `services.py` says all there is to know.

A method takes its parameters' types from the request message's constructor (a ParamSpec), so that
mypy and an editor know every keyword field, with no generated code. Read from a service of a
`Client` it is a blocking call, from one of an `AsyncClient` a coroutine function.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, Generic, ParamSpec, Self, TypeVar, overload

from google.protobuf.message import Message

if TYPE_CHECKING:
    from loanledger import acalls, calls

P = ParamSpec("P")
Req = TypeVar("Req", bound=Message)
Resp = TypeVar("Resp", bound=Message)
Item = TypeVar("Item", bound=Message)
T = TypeVar("T")


class Service(Generic[T]):
    """A service of the contract over a transport, which is `calls.Transport` or its async twin."""

    service: ClassVar[str]

    def __init__(self, transport: T) -> None:
        self.transport = transport


class Method(Generic[P, Req, Resp]):
    """An RPC: its path comes from the service's name and the attribute's."""

    kind: ClassVar[str]

    def __init__(self, request: Callable[P, Req], response: type[Resp]) -> None:
        self.request: Any = request
        self.response = response
        self.path = self.name = ""

    def __set_name__(self, owner: type[Service[Any]], name: str) -> None:
        self.name = name
        rpc = "".join(part.capitalize() for part in name.split("_"))
        self.path = f"/{owner.service}/{rpc}"

    def message(self, args: tuple[Any, ...], fields: dict[str, Any]) -> Req:
        """The request: the one message given, or a new one of the keyword fields."""
        if not args:
            return self.request(**fields)  # type: ignore[no-any-return]
        if len(args) > 1 or fields or not isinstance(args[0], self.request):
            wanted = self.request.DESCRIPTOR.name
            raise TypeError(f"{self.name}() takes one {wanted}, or its fields by keyword")
        return args[0]  # type: ignore[no-any-return]

    def items(self, response: Resp) -> Any:
        """The repeated field of a list's response."""
        field = next(f for f in response.DESCRIPTOR.fields if f.is_repeated)
        return getattr(response, field.name)

    def _bind(self, instance: Service[Any]) -> Any:
        bound = instance.transport.bind(self)
        instance.__dict__[self.name] = bound
        return bound


class Unary(Method[P, Req, Resp]):
    """One request, one response."""

    kind = "unary"

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...
    @overload
    def __get__(
        self, instance: Service[calls.Transport], owner: type
    ) -> calls.Unary[P, Req, Resp]: ...
    @overload
    def __get__(
        self, instance: Service[acalls.Transport], owner: type
    ) -> acalls.Unary[P, Req, Resp]: ...
    def __get__(self, instance: Any, owner: type) -> Any:
        return self if instance is None else self._bind(instance)


class Paged(Method[P, Req, Resp], Generic[P, Req, Resp, Item]):
    """One page a call; `iterate` gives the items of all pages."""

    kind = "paged"

    def __init__(self, request: Callable[P, Req], response: type[Resp], item: type[Item]) -> None:
        super().__init__(request, response)
        self.item = item

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...
    @overload
    def __get__(
        self, instance: Service[calls.Transport], owner: type
    ) -> calls.Paged[P, Req, Resp, Item]: ...
    @overload
    def __get__(
        self, instance: Service[acalls.Transport], owner: type
    ) -> acalls.Paged[P, Req, Resp, Item]: ...
    def __get__(self, instance: Any, owner: type) -> Any:
        return self if instance is None else self._bind(instance)


class Stream(Method[P, Req, Resp]):
    """One request, a stream of responses."""

    kind = "stream"

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...
    @overload
    def __get__(
        self, instance: Service[calls.Transport], owner: type
    ) -> calls.Stream[P, Req, Resp]: ...
    @overload
    def __get__(
        self, instance: Service[acalls.Transport], owner: type
    ) -> acalls.Stream[P, Req, Resp]: ...
    def __get__(self, instance: Any, owner: type) -> Any:
        return self if instance is None else self._bind(instance)


class Exchange(Method[P, Req, Resp]):
    """A stream of requests, a stream of responses."""

    kind = "exchange"

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...
    @overload
    def __get__(
        self, instance: Service[calls.Transport], owner: type
    ) -> calls.Exchange[P, Req, Resp]: ...
    @overload
    def __get__(
        self, instance: Service[acalls.Transport], owner: type
    ) -> acalls.Exchange[P, Req, Resp]: ...
    def __get__(self, instance: Any, owner: type) -> Any:
        return self if instance is None else self._bind(instance)
