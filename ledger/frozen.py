"""A frozen value with some of its fields changed, without going through all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import replace
else:
    import dataclasses

    def replace(value, /, **changes):
        """As `dataclasses.replace`, six times as fast for a class that has no slots.

        Such a value is copied as a whole: its class must check and derive nothing when it is made.
        """
        kept = getattr(value, "__dict__", None)
        if kept is None:
            return dataclasses.replace(value, **changes)
        changed = object.__new__(value.__class__)
        object.__setattr__(changed, "__dict__", kept | changes)
        return changed


__all__ = ["replace"]
