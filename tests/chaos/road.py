"""A network whose packets are lost, doubled, late or damaged below TCP.

A TUN device with two addresses: what is sent to the far one comes to this process as raw packets,
and is handed back as if it came from the far one to the near one. So a connection to the far
address reaches a listener on the near one, and every packet of it passes through here.
"""

from __future__ import annotations

import errno
import fcntl
import heapq
import os
import random
import select
import struct
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from shutil import which

_DEVICE = Path("/dev/net/tun")
_SET, _TUN, _PLAIN = 0x400454CA, 0x0001, 0x1000
_HEADER = 40
_MOST = 65536


@dataclass(frozen=True)
class Weather:
    """The share of packets that are lost, doubled, late (so that later ones pass), damaged."""

    lost: float = 0.0
    doubled: float = 0.0
    late: float = 0.0
    damaged: float = 0.0
    late_seconds: float = 0.03


@dataclass
class Road:
    """The way from the far address to the near one; `seen` counts what happened to packets."""

    file: int
    near: str
    far: str
    chance: random.Random
    weather: Weather = Weather()
    seen: int = 0
    harmed: int = 0
    _waiting: list[tuple[float, int, bytes]] = field(default_factory=list)
    _ended: bool = False

    def run(self) -> None:
        """Passes packets on until the road ends."""
        while not self._ended:
            rest = self._waiting[0][0] - time.monotonic() if self._waiting else 0.1
            if select.select([self.file], [], [], max(0.0, min(rest, 0.1)))[0]:
                with suppress(BlockingIOError):
                    self._take(os.read(self.file, _MOST))
            while self._waiting and self._waiting[0][0] <= time.monotonic():
                self._send(heapq.heappop(self._waiting)[2])

    def end(self) -> None:
        """No packet goes any further."""
        self._ended = True

    def _take(self, packet: bytes) -> None:
        if packet[0] >> 4 != 4 or len(packet) < _HEADER:
            return
        turned = packet[:12] + packet[16:20] + packet[12:16] + packet[20:]
        weather, draw = self.weather, self.chance.random
        self.seen += 1
        copies = (draw() >= weather.lost) + (draw() < weather.doubled)
        self.harmed += copies != 1
        if draw() < weather.damaged:
            turned = self._damaged(turned)
        for _ in range(copies):
            late = draw() < weather.late
            self.harmed += late
            if late:
                due = time.monotonic() + draw() * weather.late_seconds
                heapq.heappush(self._waiting, (due, self.seen, turned))
            else:
                self._send(turned)

    def _damaged(self, packet: bytes) -> bytes:
        """One bit of what TCP carries, or of its header, is turned."""
        self.harmed += 1
        place = self.chance.randrange(20, len(packet))
        changed = bytes([packet[place] ^ 1 << self.chance.randrange(8)])
        return packet[:place] + changed + packet[place + 1 :]

    def _send(self, packet: bytes) -> None:
        try:
            os.write(self.file, packet)
        except OSError as error:
            if error.errno not in (errno.EINVAL, errno.EAGAIN, errno.ENOBUFS, errno.EIO):
                raise


@contextmanager
def road() -> Iterator[Road | None]:
    """A road of its own for this process; None where a network device may not be made."""
    number = os.getpid()
    net = f"10.{200 + number // 250 % 50}.{number % 250}"
    name, near, far = f"chaos{number}", f"{net}.1", f"{net}.2"
    made = _made(name, near)
    if made is None:
        yield None
        return
    found = Road(made, near, far, random.Random(number))
    thread = threading.Thread(target=found.run, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        found.end()
        thread.join()
        os.close(made)


def _made(name: str, near: str) -> int | None:
    """The device, which is gone when the file is closed."""
    program = which("ip", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if os.geteuid() or not program or not _DEVICE.exists():
        return None
    try:
        made = os.open(_DEVICE, os.O_RDWR | os.O_NONBLOCK)
    except OSError:
        return None
    try:
        fcntl.ioctl(made, _SET, struct.pack("16sH22x", name.encode(), _TUN | _PLAIN))
        for words in (("addr", "add", f"{near}/30", "dev", name), ("link", "set", name, "up")):
            subprocess.run([program, *words], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        os.close(made)
        return None
    return made
