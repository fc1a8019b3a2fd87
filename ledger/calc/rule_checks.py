"""What is wrong in a rulebook before it is published: names, conditions, and cases that fail."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from ledger.calc.expressions import BadExpression, Kind, compiled
from ledger.calc.rules import Case, Outcome, Rule, Rulebook, parsed
from ledger.errors import Violation


def violations(
    found: Rulebook, methods: Collection[str], known: Mapping[str, Kind]
) -> Iterator[Violation]:
    """All that is wrong in a rulebook; `methods` are the commands that rules may name."""
    own = [*(one.name for one in found.declared), *found.tables]
    for name in sorted({name for name in own if own.count(name) > 1 or name in known}):
        yield Violation("facts", f"{name} is the name of another fact already")
    codes = [rule.code for rule in found.rules]
    for index, rule in enumerate(found.rules):
        path = f"rules[{index}]"
        if codes.index(rule.code) != index:
            yield Violation(f"{path}.code", f"{rule.code} is the code of another rule already")
        for method in rule.methods:
            if method not in methods:
                text = f"{method} is no command that rules can name, such as OpenLoan"
                yield Violation(f"{path}.methods", text)
        if rule.since and rule.until and rule.until < rule.since:
            yield Violation(f"{path}.until", "must not lie before since")
        wrong = list(_conditions(found, rule, path, known))
        yield from wrong or _cases(found, rule, path, known)


def _conditions(
    found: Rulebook, rule: Rule, path: str, known: Mapping[str, Kind]
) -> Iterator[Violation]:
    for name, text in (("when", rule.when), ("must", rule.must)):
        if not text and name == "when":
            continue
        try:
            read = compiled(text, found.kinds(known))
        except BadExpression as error:
            yield Violation(f"{path}.{name}", str(error))
            continue
        keyed = {table for table, _ in read.keys}
        for table in sorted(read.facts):
            if known.get(table) is Kind.TABLE and table not in keyed:
                yield Violation(f"{path}.{name}", f"{table} needs a word, as in {table}['A']")


def _cases(
    found: Rulebook, rule: Rule, path: str, known: Mapping[str, Kind]
) -> Iterator[Violation]:
    """Cases that are missing, that cannot be read, or that come out otherwise."""
    expected = {case.expected for case in rule.cases}
    for outcome in (Outcome.HELD, Outcome.BROKEN):
        if outcome not in expected:
            yield Violation(f"{path}.cases", f"needs a case in which it is {outcome.value}")
    for index, case in enumerate(rule.cases):
        place = f"{path}.cases[{index}]"
        wrong = list(_facts(found, case, place, known))
        yield from wrong
        if wrong:
            continue
        said = found.says(rule, case.facts, known)
        if said.outcome is not case.expected:
            why = f", since {', '.join(said.unknown)} is not known" if said.unknown else ""
            text = f"{case.title}: it is {said.outcome.value}{why}, not {case.expected.value}"
            yield Violation(place, text)


def _facts(
    found: Rulebook, case: Case, path: str, known: Mapping[str, Kind]
) -> Iterator[Violation]:
    kinds = found.kinds(known)
    for name, text in sorted(case.facts.items()):
        table, dot, _ = name.partition(".")
        kind = kinds.get(table)
        if table in found.tables or kind is None or (kind is Kind.TABLE) is not bool(dot):
            yield Violation(f"{path}.facts", f"there is no fact {name}")
            continue
        try:
            parsed(Kind.NUMBER if dot else kind, text)
        except ValueError as error:
            yield Violation(f"{path}.facts", f"{name}: {error}")


def redeclared(found: Rulebook, older: Iterable[Rulebook]) -> Iterator[Violation]:
    """Facts that were something else in an older version, as which some may be recorded."""
    before = {one.name: one for book in older for one in book.declared}
    for index, one in enumerate(found.declared):
        known = before.get(one.name, one)
        if (known.kind, known.about) != (one.kind, one.about):
            text = (
                f"{one.name} was a {known.kind.value} of a {known.about.value}: take another name"
            )
            yield Violation(f"facts[{index}]", text)
