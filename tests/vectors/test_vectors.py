"""The one runner of truth cases; what is compared stands in the adapter of each file."""

from __future__ import annotations

from collections.abc import Callable


def test_the_engine_gives_every_figure_of_the_case(check: Callable[[], None]) -> None:
    check()
