"""How many random examples a property is tried on: the same in a check, new ones to explore.

A check that must be green on the next machine as well draws the same examples each time. EXPLORE=N
in the environment draws new ones, N times as many; what they find becomes a named test.
"""

from __future__ import annotations

import os
from typing import Any

from hypothesis import settings

_TIMES = int(os.environ.get("EXPLORE", "0"))


def profile() -> None:
    """Sets what holds for every property; one is judged by what it finds, not by its time."""
    explored = {"max_examples": 100 * _TIMES} if _TIMES else {"derandomize": True, "database": None}
    settings.register_profile("ledger", deadline=None, **explored)
    settings.load_profile("ledger")


def examples(count: int, **more: Any) -> settings:
    """Settings for a property whose examples cost more or less than usual."""
    return settings(max_examples=count * max(_TIMES, 1), **more)
