"""A link between two parts that can be cut, delayed, half open, or lose what goes one way."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

#: Where a link leads to: a port of this host, an address and a port, or a socket file.
Target = int | tuple[str, int] | Path
_CHUNK = 65536


@dataclass
class Link:
    """Listens on `port` of `host` and passes bytes on to whatever `target` names at that moment.

    `delay` is waited before each chunk is passed on; what goes in a direction of `lost` ("up" to
    the target, "down" from it) is read and thrown away; with `closed` nobody gets in.
    """

    target: Callable[[], Target]
    host: str = "127.0.0.1"
    port: int = 0
    delay: float = 0.0
    closed: bool = False
    lost: set[str] = field(default_factory=set)
    cuts: int = 0
    _writers: set[asyncio.StreamWriter] = field(default_factory=set)
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)

    def __post_init__(self) -> None:
        ready = threading.Event()
        threading.Thread(target=self._run, args=(ready,), daemon=True).start()
        ready.wait()

    def cut(self) -> None:
        """Drops every connection at once."""
        asyncio.run_coroutine_threadsafe(self._cut(), self._loop).result(10)

    def heal(self) -> None:
        """An honest link again; connections that lost something are dropped."""
        spoiled = bool(self.lost)
        self.lost, self.delay, self.closed = set(), 0.0, False
        if spoiled:
            self.cut()

    def stop(self) -> None:
        """Ends the link and its thread."""
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)

    def _run(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._taken, self.host, 0))
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        self._loop.run_forever()
        server.close()

    async def _end(self) -> None:
        self.closed = True
        await self._cut()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _cut(self) -> None:
        self.cuts += len(self._writers) // 2
        for writer in list(self._writers):
            writer.transport.abort()

    async def _taken(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far = None if self.closed else await self._reached()
        if far is None:
            writer.transport.abort()
            return
        ends = {writer, far[1]}
        self._writers |= ends
        tasks = [
            asyncio.create_task(self._pump(reader, far[1], "up")),
            asyncio.create_task(self._pump(far[0], writer, "down")),
        ]
        with suppress(asyncio.CancelledError):  # the link ends
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            task.cancel()
        for end in ends:
            end.transport.abort()
        self._writers -= ends

    async def _reached(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        target = self.target()
        with suppress(OSError):
            if isinstance(target, Path):
                return await asyncio.open_unix_connection(str(target))
            host, port = target if isinstance(target, tuple) else ("127.0.0.1", target)
            return await asyncio.open_connection(host, port)
        return None

    async def _pump(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, direction: str
    ) -> None:
        with suppress(OSError):
            while chunk := await reader.read(_CHUNK):
                if self.delay:
                    await asyncio.sleep(self.delay)
                if direction not in self.lost:
                    writer.write(chunk)
                    await writer.drain()
