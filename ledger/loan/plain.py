"""Frozen values as plain JSON values and back, by the types of their fields.

Dates are ISO 8601, exact rates numerator/denominator, enumerations their values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints


def plain(value: Any) -> Any:
    """A value as strings, integers, booleans, lists and objects."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if hasattr(value, "_fields"):
        return {name: plain(item) for name, item in zip(value._fields, value, strict=True)}
    if isinstance(value, Mapping):
        return {plain(key): plain(item) for key, item in sorted(value.items())}
    if isinstance(value, frozenset):
        return [plain(item) for item in sorted(value)]
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    return value


def typed(kind: Any, found: Any) -> Any:
    """The inverse of `plain` for a type."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return None if found is None else typed(_chosen(inner, found), found)
    if origin is frozenset:
        return frozenset(typed(inner[0], item) for item in found)
    if origin is tuple and inner[-1] is Ellipsis:
        return tuple(typed(inner[0], item) for item in found)
    if origin is tuple:
        return tuple(typed(part, item) for part, item in zip(inner, found, strict=True))
    if origin is not None:
        return {typed(inner[0], key): typed(inner[1], item) for key, item in found.items()}
    if kind is date:
        return date.fromisoformat(found)
    if isinstance(kind, type) and (is_dataclass(kind) or hasattr(kind, "_fields")):
        hints = _hints(kind)
        return kind(**{name: typed(hints[name], item) for name, item in found.items()})
    if kind in (int, str, bool):
        return found
    return kind(found)


def _chosen(inner: tuple[Any, ...], found: Any) -> Any:
    """Of several types the one that was written: a number as it is, else the last."""
    kinds = [item for item in inner if item is not type(None)]
    return int if int in kinds and isinstance(found, int) else kinds[-1]


def changes(value: Any, names: Iterable[str]) -> dict[str, Any]:
    """Those of the named fields of a dataclass that differ from their defaults, as plain values."""
    known = _fields(value.__class__)
    return {
        name: plain(getattr(value, name))
        for name in names
        if getattr(value, name) != _default(known[name])
    }


def changed(kind: Any, found: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """The named fields that were kept, as arguments of the dataclass; others keep defaults."""
    hints = _hints(kind)
    return {name: typed(hints[name], found[name]) for name in names if name in found}


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


@cache
def _fields(kind: Any) -> dict[str, Field[Any]]:
    return {found.name: found for found in fields(kind)}


def _default(found: Field[Any]) -> Any:
    if found.default_factory is not MISSING:
        return found.default_factory()
    return found.default
