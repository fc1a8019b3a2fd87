"""A planted bug: where, what was right, what is wrong, and the tests that must notice."""

from __future__ import annotations

from typing import NamedTuple


class Mutant(NamedTuple):
    """A bug: `was` stands once in `file` and becomes `now`; one of `suites` must fail."""

    name: str
    file: str
    was: str
    now: str
    suites: tuple[str, ...]
