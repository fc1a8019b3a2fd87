"""What a command works with: the client, opened when first asked for, and the book's names."""

from __future__ import annotations

from pathlib import Path

from google.type import money_pb2

from loanledger import names
from loanledger.cli import inputs
from loanledger.client import Client
from loanledger.options import TlsConfig


class Session:
    """The global options of one run of the command."""

    def __init__(
        self,
        target: str,
        token: str = "",
        book: str = "main",
        tls_ca: Path | None = None,
        timeout: float = 10,
        as_json: bool = False,
    ) -> None:
        self.target, self.token, self.book = target, token, book
        self.tls_ca, self.timeout, self.as_json = tls_ca, timeout, as_json
        self._client: Client | None = None

    @property
    def client(self) -> Client:
        """The client; a command that works offline never asks for it."""
        if self._client is None:
            tls = TlsConfig.from_files(ca=self.tls_ca) if self.tls_ca else None
            self._client = Client(
                self.target,
                token=self.token or None,
                book=self.book,
                tls=tls,
                timeout=self.timeout,
            )
        return self._client

    def close(self) -> None:
        """Closes the client if there is one."""
        if self._client is not None:
            self._client.close()

    @property
    def parent(self) -> str:
        """The book's resource name."""
        return f"books/{self.book}"

    def name(self, collection: str, text: str) -> str:
        """A full name of a short id."""
        return names.full(self.book, collection, text)

    def optional(self, collection: str, text: str | None) -> str | None:
        """The same where the id may be left out."""
        return self.name(collection, text) if text else None

    def product(self, text: str) -> str:
        """A product's full name; `CODE@3` is a version."""
        return names.product(self.book, text)

    def money(self, text: str, currency: str) -> money_pb2.Money:
        """`123.45` in the currency, or `CNY 123.45`."""
        return inputs.money_of(text, currency)

    def some_money(self, text: str | None, currency: str) -> money_pb2.Money | None:
        """The same where the amount may be left out."""
        return inputs.money_of(text, currency) if text else None
