"""Conditions as text over named facts: comparisons and arithmetic on exact decimals.

The language is that of the `rule-engine` library, narrowed to what always ends and is exact: no
functions, patterns, powers or shifts. A fact that is not known makes a condition unknown instead of
false, unless the condition itself says what holds then (`== null`, `??`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import (
    Context,
    Decimal,
    DivisionByZero,
    Inexact,
    InvalidOperation,
    Overflow,
    localcontext,
)
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final

import rule_engine
from rule_engine.errors import EngineError

Value = Decimal | str | bool | date | tuple[str, ...] | Mapping[str, Decimal] | None
#: How long a condition may be, and of how many parts.
MAX_TEXT, MAX_NODES = 1000, 200
_FORBIDDEN: Final = ("**", "<<", ">>", "~", "$", "\\", "#")
_EXACT = Context(prec=60, traps=[Inexact, InvalidOperation, DivisionByZero, Overflow])
_TYPES: Any = rule_engine.DataType


class Kind(StrEnum):
    """What a fact is: a number, a word, true or false, a day, words, or numbers by word."""

    NUMBER = "number"
    TEXT = "text"
    TRUTH = "truth"
    DATE = "date"
    TEXTS = "texts"
    TABLE = "table"


_OF_KIND: Mapping[Kind, Any] = {
    Kind.NUMBER: _TYPES.FLOAT,
    Kind.TEXT: _TYPES.STRING,
    Kind.TRUTH: _TYPES.BOOLEAN,
    Kind.DATE: _TYPES.DATETIME,
    Kind.TEXTS: _TYPES.ARRAY(_TYPES.STRING),
    Kind.TABLE: _TYPES.MAPPING(_TYPES.STRING, _TYPES.FLOAT),
}
#: The parts of a condition, and where each has its own parts.
_PARTS: Mapping[str, tuple[str, ...]] = {
    "AddExpression": ("left", "right"),
    "ArithmeticComparisonExpression": ("left", "right"),
    "ArithmeticExpression": ("left", "right"),
    "BooleanExpression": (),
    "CoalesceExpression": ("left", "right"),
    "ComparisonExpression": ("left", "right"),
    "ContainsExpression": ("container", "member"),
    "DatetimeExpression": (),
    "FloatExpression": (),
    "GetItemExpression": ("container", "item"),
    "LogicExpression": ("left", "right"),
    "NullExpression": (),
    "StringExpression": (),
    "SubtractExpression": ("left", "right"),
    "SymbolExpression": (),
    "TernaryExpression": ("condition", "case_true", "case_false"),
    "UnaryExpression": ("right",),
}
_SUMS = ("AddExpression", "SubtractExpression")


class BadExpression(Exception):
    """What is wrong with a condition, in words for its author."""


class Unknown(Exception):
    """A condition cannot be told, since these facts are not known."""

    def __init__(self, *names: str) -> None:
        self.names = names
        super().__init__(", ".join(names))


@dataclass(frozen=True, slots=True)
class Expression:
    """A condition that was read: the facts it names, and the words it looks up in tables.

    `optional` are facts of which it says itself what holds if they are not known.
    """

    text: str
    facts: frozenset[str]
    optional: frozenset[str]
    keys: frozenset[tuple[str, str]]
    _rule: Any

    def holds(self, facts: Mapping[str, Value]) -> bool:
        """Whether it is true of facts; raises Unknown with the names of those that are missing."""
        needed = self.facts - self.optional
        missing = sorted(name for name in needed if facts.get(name) is None)
        if missing:
            raise Unknown(*missing)
        given = {name: _given(facts.get(name)) for name in self.facts}
        try:
            return bool(self._rule.evaluate(given))
        except (EngineError, ArithmeticError) as error:
            raise Unknown(_words(error)) from None


def compiled(text: str, kinds: Mapping[str, Kind]) -> Expression:
    """Reads a condition over facts of these kinds; raises BadExpression."""
    return _compiled(text, tuple(sorted(kinds.items())))


@lru_cache(maxsize=4096)
def _compiled(text: str, kinds: tuple[tuple[str, Kind], ...]) -> Expression:
    if not text.strip() or len(text) > MAX_TEXT:
        raise BadExpression(f"must be a condition of at most {MAX_TEXT} characters")
    for sign in _FORBIDDEN:
        if sign in text:
            raise BadExpression(f"must not contain {sign}")
    known = dict(kinds)
    context = rule_engine.Context(
        type_resolver=rule_engine.type_resolver_from_dict(
            {name: _OF_KIND[kind] for name, kind in kinds}
        ),
        resolver=rule_engine.resolve_item,
        default_timezone="utc",
        decimal_context=_EXACT,
    )
    try:
        with localcontext(_EXACT):
            rule = rule_engine.Rule(text, context=context)
    except (EngineError, ArithmeticError, RecursionError) as error:
        raise BadExpression(_words(error)) from None
    found = _Found(set(), set(), set(), set(), set())
    root = rule.statement.expression
    _walk(root, found)
    if root.result_type != _TYPES.BOOLEAN:
        raise BadExpression("must be true or false, such as annual_rate <= 0.24")
    unknown = found.facts - known.keys()
    if unknown:
        raise BadExpression(f"there is no fact {', '.join(sorted(unknown))}")
    optional = found.compared | (found.facts - found.bare)
    sets = frozenset(found.facts), frozenset(optional), frozenset(found.keys)
    return Expression(text, *sets, rule)


@dataclass(frozen=True, slots=True)
class _Found:
    """What a condition names: `bare` where nothing stands in for it, `compared` with null."""

    facts: set[str]
    bare: set[str]
    compared: set[str]
    keys: set[tuple[str, str]]
    guarded: set[int]


def _walk(root: Any, found: _Found) -> None:
    """Looks at each part of a condition, and refuses what it may not have."""
    left, count = [root], 0
    while left:
        node, count = left.pop(), count + 1
        name = type(node).__name__
        if name == "ArrayExpression":
            left += node.value
            continue
        if name not in _PARTS or count > MAX_NODES:
            raise BadExpression("is too long, or has a part that conditions cannot have")
        parts = [getattr(node, part) for part in _PARTS[name]]
        _require(node, name, parts)
        if name == "SymbolExpression":
            found.facts.add(node.name)
            found.bare.update([node.name] if id(node) not in found.guarded else [])
        if name == "FloatExpression" and not node.value.is_finite():
            raise BadExpression("must have finite numbers")
        if name == "GetItemExpression":
            table, word = parts
            if type(table).__name__ != "SymbolExpression":
                raise BadExpression("only a table can be looked up in")
            if type(word).__name__ == "StringExpression":
                found.keys.add((table.name, word.value))
        if name == "CoalesceExpression":
            found.guarded.update(id(one) for one in parts if _is_symbol(one))
        if any(_is_null(part) for part in parts):
            found.compared.update(one.name for one in parts if _is_symbol(one))
        left += parts


def _require(node: Any, name: str, parts: list[Any]) -> None:
    """Refuses what would be always false, or is no question at all, because of its kinds."""
    kinds = [part.result_type for part in parts]
    if name == "LogicExpression" or (name == "UnaryExpression" and node.type == "not"):
        if any(kind != _TYPES.BOOLEAN for kind in kinds):
            raise BadExpression("and, or and not need what is true or false")
    elif name == "ArithmeticExpression" and node.type not in ("mul", "tdiv"):
        raise BadExpression("of arithmetic there is + - * and /")
    elif name in _SUMS and any(kind != _TYPES.FLOAT for kind in kinds):
        raise BadExpression("only numbers are added and subtracted")
    elif name == "ComparisonExpression" and not any(map(_is_null, parts)) and kinds[0] != kinds[1]:
        raise BadExpression("two things of different kinds are never equal")
    elif name == "ContainsExpression" and kinds[0] == _TYPES.STRING:
        raise BadExpression("in needs a list, such as purpose in ['car', 'house']")


def _is_null(node: Any) -> bool:
    return type(node).__name__ == "NullExpression"


def _is_symbol(node: Any) -> bool:
    return type(node).__name__ == "SymbolExpression"


def _given(value: Value) -> Any:
    """A fact as the library takes it: a day is its midnight, a table an ordinary one."""
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    return dict(value) if isinstance(value, Mapping) else value


def _words(error: Exception) -> str:
    """What the library says of an error, as one line."""
    text = getattr(error, "message", "") or str(error) or type(error).__name__
    item = getattr(error, "item", None)
    return f"{text} ({item})" if isinstance(item, str) else str(text)
