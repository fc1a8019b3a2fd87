"""Rules as data: what must hold when a command is asked for, by versions with a first day.

A value like any other: published as a version, never changed. Each rule brings its own cases, and
is published only if they come out as they say. Without a rulebook nothing is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from ledger.calc.expressions import Expression, Kind, Unknown, Value, compiled

#: Numbers are below ten to this power, so that sums of them are exact.
MAX_POWER = 24


class About(StrEnum):
    """What a declared fact is about."""

    PARTY = "party"
    LOAN = "loan"
    BOOK = "book"


class Effect(StrEnum):
    """What becomes of a command that breaks a rule: it is refused, or done with a note of it."""

    REFUSE = "refuse"
    NOTE = "note"


class Outcome(StrEnum):
    """What a rule says of a command; one whose facts are not known is broken."""

    HELD = "held"
    BROKEN = "broken"
    NOT_CONCERNED = "not_concerned"


@dataclass(frozen=True, slots=True)
class Declared:
    """A fact that people record: what it is about, its kind, the words that it may have.

    `roles` may record it; empty, those of `RECORDERS`.
    """

    name: str
    about: About
    kind: Kind
    title: str = ""
    words: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """Facts as text by name, those of tables as `table.word`, and what the rule must say."""

    title: str
    facts: Mapping[str, str]
    expected: Outcome


@dataclass(frozen=True, slots=True)
class Rule:
    """What must hold at some commands, from one day to another (included), and in which words.

    It concerns those commands of which `when` is true; empty, all.
    """

    code: str
    methods: tuple[str, ...]
    must: str
    text: str
    text_zh: str
    when: str = ""
    effect: Effect = Effect.REFUSE
    since: date | None = None
    until: date | None = None
    source: str = ""
    cases: tuple[Case, ...] = ()

    def in_force(self, day: date) -> bool:
        """Whether it counts on a day."""
        return (self.since or day) <= day <= (self.until or day)


@dataclass(frozen=True, slots=True)
class Said:
    """What a rule says of facts; `unknown` are those that it needs and nobody knows."""

    rule: Rule
    outcome: Outcome
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rulebook:
    """A version of a book's rules, with the facts and tables of its own that they use."""

    declared: tuple[Declared, ...] = ()
    tables: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    title: str = "none"
    version: int = 0
    effective_from: date = date.min
    booked_at: int = 0

    def of(self, method: str, day: date) -> list[Rule]:
        """The rules of a method that are in force on a day."""
        return [rule for rule in self.rules if method in rule.methods and rule.in_force(day)]

    def fact(self, name: str) -> Declared | None:
        """A fact that it declares."""
        return next((one for one in self.declared if one.name == name), None)

    def kinds(self, known: Mapping[str, Kind]) -> dict[str, Kind]:
        """The kinds of all facts that its conditions may name."""
        own = {one.name: one.kind for one in self.declared}
        return {**known, **own, **dict.fromkeys(self.tables, Kind.TABLE)}

    def needs(self, rules: Iterable[Rule], known: Mapping[str, Kind]) -> set[str]:
        """The names of the facts that rules look at, those of known tables as `table.word`."""
        found: set[str] = set()
        for rule in rules:
            for one in self._conditions(rule, known):
                keyed = {table for table, _ in one.keys}
                found |= {name for name in one.facts - keyed if name not in self.tables}
                words = {f"{name}.{word}" for name, word in one.keys if name not in self.tables}
                found |= words
        return found

    def says(self, rule: Rule, facts: Mapping[str, str | None], known: Mapping[str, Kind]) -> Said:
        """What a rule says of facts, given as text as `needs` names them."""
        values: dict[str, Value] = {**self.tables}
        kinds = self.kinds(known)
        for name, text in facts.items():
            table, dot, word = name.partition(".")
            if text is None:
                continue
            try:
                if dot:
                    values[table] = {**_table(values.get(table)), word: number(text)}
                else:
                    values[name] = parsed(kinds[name], text)
            except ValueError:
                continue  # recorded when the fact was declared otherwise: not known as it is now
        for name, kind in known.items():
            if kind is Kind.TABLE:
                values.setdefault(name, {})
        try:
            *when, must = self._conditions(rule, known)
            if when and not when[0].holds(values):
                return Said(rule, Outcome.NOT_CONCERNED)
            return Said(rule, Outcome.HELD if must.holds(values) else Outcome.BROKEN)
        except Unknown as error:
            return Said(rule, Outcome.BROKEN, error.names)

    def _conditions(self, rule: Rule, known: Mapping[str, Kind]) -> list[Expression]:
        kinds = self.kinds(known)
        return [compiled(text, kinds) for text in (rule.when, rule.must) if text]


NO_RULES = Rulebook()


def on_day(versions: Sequence[Rulebook], day: date) -> Rulebook:
    """The rulebook in force on a day: the newest that has begun, else none."""
    begun = (one for one in versions if one.effective_from <= day)
    return max(begun, key=lambda one: one.version, default=NO_RULES)


def _table(value: Value) -> Mapping[str, Decimal]:
    return value if isinstance(value, Mapping) else {}


def parsed(kind: Kind, text: str) -> Value:
    """A fact from its text; raises ValueError that says what would be right."""
    if kind is Kind.NUMBER:
        return number(text)
    if kind is Kind.DATE:
        return date.fromisoformat(text)
    if kind is Kind.TRUTH:
        if text not in ("true", "false"):
            raise ValueError("must be true or false")
        return text == "true"
    if kind is Kind.TEXTS:
        return tuple(word for word in text.split(",") if word)
    return text


def number(text: str) -> Decimal:
    """A finite decimal number from its text."""
    try:
        found = Decimal(text)
    except InvalidOperation:
        raise ValueError("must be a decimal number, such as 0.24") from None
    small = found.is_finite() and abs(found.adjusted()) <= MAX_POWER and len(text) <= 40
    if not small:
        raise ValueError(f"must be a number below 1e{MAX_POWER} of at most 40 characters")
    return found


def as_object(found: Rulebook) -> dict[str, Any]:
    """A rulebook as the history keeps it, without its version and dates."""
    return {
        "facts": [
            {
                "about": one.about.value,
                "kind": one.kind.value,
                "name": one.name,
                "roles": list(one.roles),
                "title": one.title,
                "words": list(one.words),
            }
            for one in found.declared
        ],
        "rules": [
            {
                "cases": [
                    {
                        "expected": case.expected.value,
                        "facts": dict(sorted(case.facts.items())),
                        "title": case.title,
                    }
                    for case in rule.cases
                ],
                "code": rule.code,
                "effect": rule.effect.value,
                "methods": list(rule.methods),
                "must": rule.must,
                "since": rule.since.isoformat() if rule.since else "",
                "source": rule.source,
                "text": rule.text,
                "text_zh": rule.text_zh,
                "until": rule.until.isoformat() if rule.until else "",
                "when": rule.when,
            }
            for rule in found.rules
        ],
        "tables": {
            name: {word: str(value) for word, value in sorted(rows.items())}
            for name, rows in sorted(found.tables.items())
        },
        "title": found.title,
    }


def from_object(
    told: Mapping[str, Any], version: int, effective_from: date, booked_at: int
) -> Rulebook:
    """The inverse of `as_object`."""
    declared = tuple(
        Declared(
            *(one["name"], About(one["about"]), Kind(one["kind"]), one["title"]),
            tuple(one["words"]),
            tuple(one["roles"]),
        )
        for one in told["facts"]
    )
    tables = {
        name: {word: Decimal(value) for word, value in rows.items()}
        for name, rows in told["tables"].items()
    }
    rules = tuple(map(_rule, told["rules"]))
    title: str = told["title"]
    return Rulebook(declared, tables, rules, title, version, effective_from, booked_at)


def _rule(told: Mapping[str, Any]) -> Rule:
    cases = tuple(
        Case(one["title"], one["facts"], Outcome(one["expected"])) for one in told["cases"]
    )
    return Rule(
        code=told["code"],
        methods=tuple(told["methods"]),
        must=told["must"],
        text=told["text"],
        text_zh=told["text_zh"],
        when=told["when"],
        effect=Effect(told["effect"]),
        since=date.fromisoformat(told["since"]) if told["since"] else None,
        until=date.fromisoformat(told["until"]) if told["until"] else None,
        source=told["source"],
        cases=cases,
    )
