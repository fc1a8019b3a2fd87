"""A running server in this process, for any test that wants a book of its own."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from loanledger import Client
from server.app import App
from server.config import Config
from server.dev import config_for, role_token
from server.logs import configure

ROLES = ("channel", "credit_officer", "finance", "auditor", "operator", "compliance")
START = date(2024, 1, 15)
_SECONDS = 60


@dataclass
class Running:
    """A server on a port of its own; its clients are closed with it."""

    port: int
    data: Path
    dsn: str
    app: App
    clients: list[Client] = field(default_factory=list)

    @property
    def target(self) -> str:
        """Where it listens."""
        return f"127.0.0.1:{self.port}"

    def token(self, *roles: str) -> str:
        """A token of one actor with the roles, or with all of them."""
        return role_token(self.data, *(roles or ROLES))

    def client(self, *roles: str, timeout: float = 60, retries: int = 5) -> Client:
        """A client with the roles, or with all of them."""
        made = Client(self.target, token=self.token(*roles), timeout=timeout, retries=retries)
        self.clients.append(made)
        return made


@contextmanager
def running_server(dsn: str, folder: Path, **settings: object) -> Iterator[Running]:
    """Serves a migrated database from a thread with an event loop of its own."""
    given = {"currency": "CNY", "business_date": START, "stripes": 3, "seal_seconds": 3600}
    given |= {"closers": 0}
    config = config_for(0, folder, "Test Lender", **given | settings)
    configure("error")
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="server")
    thread.start()
    try:
        app = asyncio.run_coroutine_threadsafe(_started(config, dsn), loop).result(_SECONDS)
        found = Running(app.port, config.data, dsn, app)
        try:
            yield found
        finally:
            for client in found.clients:
                client.close()
            asyncio.run_coroutine_threadsafe(app.stop(), loop).result(_SECONDS)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _started(config: Config, dsn: str) -> App:
    """gRPC binds a server to the loop in which it is made."""
    app = App(config, dsn)
    await app.start()
    return app
