"""When and after how long a failed attempt is made again: no I/O, so both clients share it."""

from __future__ import annotations

import random
import time

import grpc

from loanledger.errors import LoanLedgerError
from loanledger.options import Options

RETRIED = frozenset(
    {
        grpc.StatusCode.UNAVAILABLE,
        grpc.StatusCode.ABORTED,
        grpc.StatusCode.DEADLINE_EXCEEDED,
        grpc.StatusCode.RESOURCE_EXHAUSTED,
    }
)
FIRST_PAUSE = 0.1
LONGEST_PAUSE = 5.0


class Pace:
    """The attempts of one call: how long the next may take, and the pause before it."""

    def __init__(self, options: Options, *, endless: bool = False) -> None:
        self._options = options
        self._deadline = None if endless else time.monotonic() + options.timeout
        self._failed = 0

    def attempt_timeout(self) -> float | None:
        """Seconds for the next attempt; None for a stream."""
        if self._deadline is None:
            return None
        left = max(0.0, self._deadline - time.monotonic())
        return min(left, self._options.attempt_timeout or left)

    def pause(self, error: LoanLedgerError) -> float:
        """Seconds to wait before the next attempt; raises the error when there is to be none."""
        if not retryable(error) or self._failed >= self._options.retries:
            raise error
        seconds = _pause(self._failed, error.retry_after)
        if self._deadline is not None and time.monotonic() + seconds >= self._deadline:
            raise error
        self._failed += 1
        return seconds


def retryable(error: LoanLedgerError) -> bool:
    """Whether asking again may help; a message that is too large stays too large."""
    return error.code in RETRIED and "larger than max" not in error.message


def _pause(failed: int, hint: float | None) -> float:
    """Half to all of a step that doubles, but the server's hint and up to a fifth more at least."""
    jitter: float = random.random()
    step = min(LONGEST_PAUSE, FIRST_PAUSE * 2.0**failed)
    return max(step * (1 + jitter) / 2, (hint or 0.0) * (1 + jitter / 5))
