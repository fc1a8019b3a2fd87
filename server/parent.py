"""Processes that end with the one that started them, however that ends."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable
from signal import Signals

_SET_DEATH_SIGNAL = 1


def bound_to(parent: int, number: Signals) -> Callable[[], None]:
    """What a child calls so that the kernel signals it when its parent's thread is gone."""
    if sys.platform != "linux":
        return lambda: None
    prctl = ctypes.CDLL(None).prctl

    def bind() -> None:
        prctl(_SET_DEATH_SIGNAL, int(number))
        if os.getppid() != parent:  # gone before the call
            os._exit(1)

    return bind
