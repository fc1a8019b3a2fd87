"""What a verification found, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

#: Findings beyond this many are counted, not listed: a broken export must not fill the memory.
MAX_FINDINGS: Final = 100


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong: the event ("1017-42", or "" if none has a name), its leaf, the problem."""

    event: str
    leaf: int | None
    problem: str


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome; `proven` lists the sizes of the checkpoints whose root the events have.

    `archived` counts the bulk events whose lines are archived and were not shown.
    """

    book: str
    events: int
    entries: int
    root: bytes
    proven: tuple[int, ...]
    findings: tuple[Finding, ...]
    unlisted: int = 0
    archived: int = 0

    @property
    def ok(self) -> bool:
        """Nothing was found."""
        return not self.findings


@dataclass(slots=True)
class Findings:
    """Collects findings up to the limit."""

    listed: list[Finding] = field(default_factory=list)
    unlisted: int = 0

    def add(self, event: str, leaf: int | None, problem: str) -> None:
        """Notes a finding, once, or only counts it when the list is full."""
        finding = Finding(event, leaf, problem)
        if finding in self.listed:
            return
        if len(self.listed) < MAX_FINDINGS:
            self.listed.append(finding)
        else:
            self.unlisted += 1
