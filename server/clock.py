"""The one place that reads the wall clock; everything below takes the moment as an argument."""

import time


def microseconds() -> int:
    """Now, in microseconds since the epoch, UTC."""
    return time.time_ns() // 1000
