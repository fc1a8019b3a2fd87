"""The blocking client."""

from __future__ import annotations

from dataclasses import replace
from types import TracebackType
from typing import Any, Self

import grpc

from loanledger.calls import Transport
from loanledger.options import Options, TlsConfig, Token, channel_options
from loanledger.services import Services


class Client(Services[Transport]):
    """A connection to a loanledger server; safe to share between threads.

    Every RPC is a method of its service, takes the request message or its fields, fills in the book
    and a request id, and tries again with the same id within `timeout` seconds:

        with Client("localhost:50051") as client:
            client.loans.repay_loan(name=loan.name, amount=money("100.00", "CNY"))

    Errors are those of `loanledger.errors`. Without `tls` the channel is not encrypted: that is for
    development, or for a side-car that encrypts.
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

    def with_options(self, **changes: Any) -> Client:
        """A client over the same channel with other `Options`: `with_options(timeout=60)`."""
        twin = Client.__new__(Client)
        changed = replace(self.transport.options, **changes)
        Services.__init__(twin, Transport(self.transport.channel, changed))
        return twin

    @property
    def options(self) -> Options:
        """What calls go out with."""
        return self.transport.options

    def close(self) -> None:
        """Closes the channel, also for the clients made with `with_options`."""
        self.transport.channel.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _channel(target: str, tls: TlsConfig | None) -> grpc.Channel:
    options = channel_options(tls)
    if tls is None:
        return grpc.insecure_channel(target, options=options)
    return grpc.secure_channel(target, tls.credentials(), options=options)
