"""Nights whose per-loan lines the ledger keeps no more: declared as archived, perhaps in a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from ledger.audit.findings import Findings
from ledger.audit.history import event_name

#: The kind of event whose lines may be archived, and of the event that says so of a span of days.
NIGHT: Final = "day_closed"
ARCHIVED: Final = "accruals_archived"

Name = tuple[int, int]


@dataclass(slots=True)
class Archived:
    """What archive files give, and which nights of the export lack their lines."""

    findings: Findings
    unshown: int = 0
    _given: dict[Name, str] = field(default_factory=dict)
    _undeclared: dict[str, list[tuple[Name, int]]] = field(default_factory=dict)

    def give(self, of: object, lines_root: str | None) -> None:
        """Takes an archive's line by the name of its event and the root of its lines."""
        if lines_root is None or not isinstance(of, list) or [*map(type, of)] != [int, int]:
            self.findings.add("", None, "a line of an archive is not one of per-loan lines")
        elif self._given.setdefault((of[0], of[1]), lines_root) != lines_root:
            text = "two archives give it different per-loan lines"
            self.findings.add(event_name(of[0], of[1]), None, text)

    def fits(self, name: Name, leaf: int, lines_root: str) -> bool:
        """Whether an archive gives the lines of a bulk event; those that do not fit are found."""
        given = self._given.pop(name, None)
        if given not in (None, lines_root):
            text = "its archived lines do not have the root that it recorded"
            self.findings.add(event_name(*name), leaf, text)
        return given == lines_root

    def lack(self, name: Name, leaf: int, night: str, *, shown: bool) -> None:
        """Notes a night without its lines, which a later event must declare archived."""
        self._undeclared.setdefault(night, []).append((name, leaf))
        self.unshown += not shown

    def declare(self, payload: Mapping[str, Any]) -> None:
        """An event says that the nights of a span of days up to it are archived."""
        since, until = payload.get("since"), payload.get("until")
        if isinstance(since, str) and isinstance(until, str):
            for night in [night for night in self._undeclared if since <= night <= until]:
                del self._undeclared[night]

    def finish(self) -> None:
        """What is left over has no event that it belongs to."""
        for lacking in self._undeclared.values():
            for name, leaf in lacking:
                text = "its per-loan lines are missing, and no later event says they are archived"
                self.findings.add(event_name(*name), leaf, text)
        for name in self._given:
            text = "an archive gives per-loan lines of it, and it is no bulk event of the export"
            self.findings.add(event_name(*name), None, text)
