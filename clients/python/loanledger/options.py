"""How a client connects and how long it tries: values shared by the sync and the async client."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import grpc

#: Largest message in either direction, as on the server.
MAX_MESSAGE = 16 * 1024 * 1024
Metadata = tuple[tuple[str, str], ...]
Token = str | Callable[[], str] | None


@dataclass(frozen=True, slots=True)
class TlsConfig:
    """TLS: PEM bytes; no `ca` means the usual public authorities; certificate and key for mTLS."""

    ca: bytes | None = None
    certificate: bytes | None = None
    key: bytes | None = None
    server_name: str | None = None

    @classmethod
    def from_files(
        cls,
        ca: str | Path | None = None,
        certificate: str | Path | None = None,
        key: str | Path | None = None,
        server_name: str | None = None,
    ) -> TlsConfig:
        """The same from PEM files."""
        return cls(_read(ca), _read(certificate), _read(key), server_name)

    def credentials(self) -> grpc.ChannelCredentials:
        """What gRPC makes a secure channel with."""
        return grpc.ssl_channel_credentials(self.ca, self.key, self.certificate)


@dataclass(frozen=True, slots=True)
class Options:
    """What a call goes out with.

    `timeout` is for the whole call with its retries, in seconds; `attempt_timeout`, if set, cuts
    one attempt short, so that a silent connection is tried again within the timeout; `retries` is
    the number of attempts after the first. Streams have no timeout.
    """

    book: str = "main"
    token: Token = None
    timeout: float = 10.0
    attempt_timeout: float | None = None
    retries: int = 5

    def metadata(self) -> Metadata:
        """The bearer token, asked for anew at each attempt where it is a function."""
        token = self.token() if callable(self.token) else self.token
        return (("authorization", f"Bearer {token}"),) if token else ()

    @property
    def parent(self) -> str:
        """The book's resource name."""
        return f"books/{self.book}"


def channel_options(tls: TlsConfig | None) -> list[tuple[str, str | int]]:
    """Keep-alive finds a dead connection in 40 s; reconnecting starts quickly after a fail-over.

    Each client has a connection of its own, so several of one program spread over server processes.
    """
    options: list[tuple[str, str | int]] = [
        ("grpc.primary_user_agent", f"loanledger-python/{_version()}"),
        ("grpc.max_send_message_length", MAX_MESSAGE),
        ("grpc.max_receive_message_length", MAX_MESSAGE),
        ("grpc.use_local_subchannel_pool", 1),
        ("grpc.keepalive_time_ms", 30_000),
        ("grpc.keepalive_timeout_ms", 10_000),
        ("grpc.http2.max_pings_without_data", 0),
        ("grpc.initial_reconnect_backoff_ms", 100),
        ("grpc.min_reconnect_backoff_ms", 1_000),
        ("grpc.max_reconnect_backoff_ms", 2_000),
    ]
    if tls and tls.server_name:
        options.append(("grpc.ssl_target_name_override", tls.server_name))
    return options


def _read(path: str | Path | None) -> bytes | None:
    return Path(path).read_bytes() if path else None


def _version() -> str:
    try:
        return version("loanledger")
    except PackageNotFoundError:
        return "dev"
