"""A planned fault, and what a way of doing it looks like."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.chaos.stage import Node, Stage


@dataclass(frozen=True)
class Fault:
    """One planned fault: its kind, the server that it meets, and a length between 0 and 1."""

    kind: str
    node: int
    length: float

    def seconds(self, least: float = 0.1, most: float = 1.2) -> float:
        """How long it lasts."""
        return least + self.length * (most - least)

    def pick(self, count: int) -> int:
        """One of so many, by its length."""
        return int(self.length * 1000) % count


Inject = Callable[[Stage, Node, Fault], None]
