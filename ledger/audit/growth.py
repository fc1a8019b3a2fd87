"""The verifier's tree: it grows by chunks and remembers its root at the sizes that were signed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from ledger.audit.findings import Finding
from ledger.audit.history import event_name
from ledger.audit.merkle import EMPTY_ROOT, Frontier

#: (stripe, number) of an event, or None where the line could not be read.
Name = tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Growth:
    """A frontier, the sizes of interest, and the roots seen at those sizes."""

    sizes: frozenset[int]
    frontier: Frontier = field(default_factory=Frontier)
    roots: dict[int, bytes] = field(default_factory=lambda: {0: EMPTY_ROOT})

    def extend(self, leaves: Sequence[bytes]) -> Growth:
        """Adds a chunk of leaf hashes, noting the roots that fall inside it."""
        start = self.frontier.size
        inside = (n for n in self.sizes if start < n <= start + len(leaves))
        seen = {n: self.frontier.extend(leaves[: n - start])[0].root() for n in inside}
        frontier, _ = self.frontier.extend(leaves)
        return replace(self, frontier=frontier, roots=self.roots | seen)


def differences(
    start: int, names: Sequence[Name], computed: Sequence[bytes], listed: Sequence[bytes]
) -> Iterator[Finding]:
    """Names a chunk's events whose leaf hash is not listed, and the listed leaves that are lost."""
    if computed == listed:
        return
    changed = _absent(computed, listed)
    lost = _absent(listed, computed)
    if len(computed) == len(listed):
        lost = sorted(set(lost) - set(changed))
    for i in changed:
        yield Finding(name_text(names[i]), start + i, "its content is not what was recorded")
    for i in lost:
        yield Finding("", start + i, "the event of this leaf is missing")
    if not changed and not lost:
        pairs = zip(computed, listed, strict=False)
        i = next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(computed), len(listed)))
        name = names[i] if i < len(names) else None
        yield Finding(name_text(name), start + i, "it does not stand in leaf order, once")


def name_text(name: Name) -> str:
    """An event's name, or "" where it could not be read."""
    return event_name(*name) if name else ""


def _absent(values: Sequence[bytes], others: Iterable[bytes]) -> list[int]:
    known = set(others)
    return [i for i, value in enumerate(values) if value not in known]
