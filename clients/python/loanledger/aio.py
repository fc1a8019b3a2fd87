"""The asyncio client: the same surface as `Client`, awaited."""

from __future__ import annotations

from dataclasses import replace
from types import TracebackType
from typing import Any, Self

import grpc.aio

from loanledger.acalls import Transport, iterate
from loanledger.options import Options, TlsConfig, Token, channel_options
from loanledger.services import Services

__all__ = ["AsyncClient", "iterate"]


class AsyncClient(Services[Transport]):
    """A connection to a loanledger server; make it inside a running event loop.

    async with AsyncClient("localhost:50051") as client:
        await client.loans.repay_loan(name=loan.name, amount=money("100.00", "CNY"))
    """

    def __init__(
        self,
        target: str,
        *,
        token: Token = None,
        book: str = "main",
        tls: TlsConfig | None = None,
        timeout: float = 10.0,
        attempt_timeout: float | None = None,
        retries: int = 5,
    ) -> None:
        options = Options(book, token, timeout, attempt_timeout, retries)
        super().__init__(Transport(_channel(target, tls), options))

    def with_options(self, **changes: Any) -> AsyncClient:
        """A client over the same channel with other `Options`."""
        twin = AsyncClient.__new__(AsyncClient)
        changed = replace(self.transport.options, **changes)
        Services.__init__(twin, Transport(self.transport.channel, changed))
        return twin

    @property
    def options(self) -> Options:
        """What calls go out with."""
        return self.transport.options

    async def close(self) -> None:
        """Closes the channel, also for the clients made with `with_options`."""
        await self.transport.channel.close(None)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()


def _channel(target: str, tls: TlsConfig | None) -> grpc.aio.Channel:
    options = channel_options(tls)
    if tls is None:
        return grpc.aio.insecure_channel(target, options=options)
    return grpc.aio.secure_channel(target, tls.credentials(), options=options)
