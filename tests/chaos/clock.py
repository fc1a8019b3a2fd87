"""Clocks that are set while processes run: libfaketime reads them from a file, once a second."""

from __future__ import annotations

import platform
import shutil
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from zoneinfo import ZoneInfo

#: The zone of the processes' local time: it has daylight-saving time.
ZONE = "Europe/Berlin"
_INSIDE = "vendor/libfaketime/src/libfaketime.so.1"


def library(folder: Path) -> Path | None:
    """A copy that every account can load; None where the wheel has none for this machine."""
    found = find_spec("libfaketime")
    if not found or not found.origin or (platform.system(), platform.machine()) != _BUILT_FOR:
        return None
    source = Path(found.origin).parent / _INSIDE
    if not source.exists():
        return None
    copy = folder / "libfaketime.so"
    shutil.copy(source, copy)
    copy.chmod(0o755)
    return copy


_BUILT_FOR = ("Linux", "x86_64")


def sweep() -> None:
    """Removes the semaphores that processes which were killed left behind."""
    for file in Path("/dev/shm").glob("*faketime_s*_*"):
        if not Path("/proc", file.name.rpartition("_")[2]).exists():
            with suppress(OSError):
                file.unlink()


class Clock:
    """The wall clock of some processes; time-outs and pauses go by the monotonic one, as always."""

    def __init__(self, file: Path, library: Path | None) -> None:
        self._file, self._library = file, library
        self.shift(0)

    @property
    def environment(self) -> Mapping[str, str]:
        """What a process is started with, so that this is its clock."""
        if self._library is None:
            return {}
        return {
            "LD_PRELOAD": str(self._library),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_CACHE_DURATION": "0",  # to the end of the second
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "TZ": ZONE,
        }

    def shift(self, seconds: float) -> None:
        """From now on it is so many seconds ahead, or behind; processes see it within a second."""
        made = self._file.with_suffix(".new")
        made.write_text(f"{seconds:+.0f}\n", encoding="ascii")
        made.chmod(0o644)
        made.rename(self._file)


def change(now: datetime, *, spring: bool) -> datetime:
    """The moment nearest to `now` at which clocks in ZONE are put forward, or back."""
    zone, hour = ZoneInfo(ZONE), timedelta(hours=1)
    start = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    for distance in range(24 * 366):
        for moment in (start + distance * hour, start - distance * hour):
            before, after = ((moment - back * hour).astimezone(zone).utcoffset() for back in (1, 0))
            assert before is not None
            assert after is not None
            if before != after and (after > before) == spring:
                return moment
    raise AssertionError(f"no such change in {ZONE}")
