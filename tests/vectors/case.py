"""A case as an adapter reads it: it remembers what was read, so that no key is passed over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

#: Keys that tell where a case comes from and hold no figure to compare.
META = frozenset({"id", "name", "note", "source", "cross_checks", "published", "hand_checked"})


class Case:
    """The keys of a case or of a part of it; each is to be taken by the adapter."""

    def __init__(self, raw: Mapping[str, Any], path: str = "") -> None:
        self._raw = raw
        self._path = path
        self._taken: set[str] = set()
        self._parts: list[Case] = []

    def __contains__(self, key: str) -> bool:
        return key in self._raw

    def __iter__(self) -> Iterator[str]:
        """The names of all keys; to look at them takes none."""
        return iter(self._raw)

    def take(self, key: str, default: Any = None) -> Any:
        """The value of a key that may be missing."""
        self._taken.add(key)
        return self._raw.get(key, default)

    def need(self, key: str) -> Any:
        """The value of a key that must be there."""
        self._taken.add(key)
        return self._raw[key]

    def day(self, key: str) -> date:
        """The date that a key must have."""
        return date.fromisoformat(self.need(key))

    def day_or_none(self, key: str) -> date | None:
        """The date of a key that may be null or missing."""
        found = self.take(key)
        return None if found is None else date.fromisoformat(found)

    def days(self, key: str) -> tuple[date, ...]:
        """The dates of a key that may be missing."""
        return tuple(date.fromisoformat(text) for text in self.take(key, ()))

    def part(self, key: str) -> Case:
        """A nested object, watched as well."""
        self._parts.append(Case(self.need(key), f"{self._path}{key}."))
        return self._parts[-1]

    def parts(self, key: str) -> list[Case]:
        """A list of nested objects, watched as well."""
        found = [Case(raw, f"{self._path}{key}.") for raw in self.need(key)]
        self._parts += found
        return found

    def left(self) -> list[str]:
        """The paths of keys that nobody took and that are no meta keys."""
        own = [f"{self._path}{key}" for key in self._raw if key not in self._taken | META]
        return own + [path for part in self._parts for path in part.left()]

    def nothing_is_left(self) -> None:
        """Fails the case if it has a key that its adapter does not know."""
        assert not self.left(), f"the adapter does not know {', '.join(self.left())}"
