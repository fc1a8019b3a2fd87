"""Rulebooks and facts between contract and domain."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TypeVar

from google.type import decimal_pb2

from ledger.calc.expressions import Kind
from ledger.calc.rules import About, Case, Declared, Effect, Outcome, Rule, Rulebook, number
from ledger.names import event_text, id_text
from ledger.store.facts import Contact, Fact, Refusal, Subject
from loanledger.v1 import rule_service_pb2 as pb
from server import convert
from server.checks import Checks
from server.security import ROLES

MAX_RULES, MAX_CASES, MAX_FACTS, MAX_ROWS, MAX_WORDS = 200, 50, 100, 500, 100
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}\Z")
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}\Z")
_NAMES = "must be lower-case letters, digits and underscores, a letter first, at most 40"
T = TypeVar("T")
KINDS: Mapping[int, Kind] = {
    pb.FACT_KIND_NUMBER: Kind.NUMBER,
    pb.FACT_KIND_TEXT: Kind.TEXT,
    pb.FACT_KIND_TRUTH: Kind.TRUTH,
    pb.FACT_KIND_DATE: Kind.DATE,
    pb.FACT_KIND_TEXTS: Kind.TEXTS,
}
SUBJECTS: Mapping[int, About] = {
    pb.FACT_SUBJECT_PARTY: About.PARTY,
    pb.FACT_SUBJECT_LOAN: About.LOAN,
    pb.FACT_SUBJECT_BOOK: About.BOOK,
}
EFFECTS: Mapping[int, Effect] = {
    pb.RULE_EFFECT_UNSPECIFIED: Effect.REFUSE,
    pb.RULE_EFFECT_REFUSE: Effect.REFUSE,
    pb.RULE_EFFECT_NOTE: Effect.NOTE,
}
OUTCOMES: Mapping[int, Outcome] = {
    pb.RULE_OUTCOME_HELD: Outcome.HELD,
    pb.RULE_OUTCOME_BROKEN: Outcome.BROKEN,
    pb.RULE_OUTCOME_NOT_CONCERNED: Outcome.NOT_CONCERNED,
}


def name(check: Checks, value: str, field: str) -> str:
    """A name of the kind that conditions can use."""
    if not _NAME.match(value):
        check.add(field, _NAMES)
    return value


def asked(check: Checks, given: pb.Rulebook, field: str = "rulebook") -> Rulebook:
    """The rulebook of a request; its version is set when it is published."""
    effective = check.date(given, "effective_from", f"{field}.")
    title = check.text(given.title, f"{field}.title", required=True, most=200)
    for part, most in (("facts", MAX_FACTS), ("tables", MAX_FACTS), ("rules", MAX_RULES)):
        if len(getattr(given, part)) > most:
            check.add(f"{field}.{part}", f"at most {most}")
    declared = tuple(
        _declared(check, one, f"{field}.facts[{no}]")
        for no, one in enumerate(given.facts[:MAX_FACTS])
    )
    tables: dict[str, Mapping[str, Decimal]] = {}
    for no, one in enumerate(given.tables[:MAX_FACTS]):
        path = f"{field}.tables[{no}]"
        if one.name in tables:
            check.add(f"{path}.name", f"{one.name} is the name of another table already")
        tables[name(check, one.name, f"{path}.name")] = _rows(check, one, f"{path}.rows")
    rules = tuple(
        _rule(check, one, f"{field}.rules[{no}]") for no, one in enumerate(given.rules[:MAX_RULES])
    )
    return Rulebook(declared, tables, rules, title, effective_from=effective or date.min)


def _known(check: Checks, value: int, known: Mapping[int, T], field: str, other: T) -> T:
    if value not in known:
        check.add(field, "must be one of the known values")
    return known.get(value, other)


def _declared(check: Checks, given: pb.DeclaredFact, field: str) -> Declared:
    if len(given.words) > MAX_WORDS:
        check.add(f"{field}.words", f"at most {MAX_WORDS}")
    words = tuple(
        check.text(word, f"{field}.words[{no}]", required=True, most=100)
        for no, word in enumerate(given.words[:MAX_WORDS])
    )
    for no, role in enumerate(given.roles[: len(ROLES) + 1]):
        if role not in ROLES:
            check.add(f"{field}.roles[{no}]", f"must be one of {', '.join(ROLES)}")
    return Declared(
        name(check, given.name, f"{field}.name"),
        _known(check, given.about, SUBJECTS, f"{field}.about", About.BOOK),
        _known(check, given.kind, KINDS, f"{field}.kind", Kind.TEXT),
        check.text(given.title, f"{field}.title", most=200),
        words,
        tuple(sorted(set(given.roles) & set(ROLES))),
    )


def _rows(check: Checks, given: pb.RuleTable, field: str) -> dict[str, Decimal]:
    if len(given.rows) > MAX_ROWS:
        check.add(field, f"at most {MAX_ROWS}")
    found: dict[str, Decimal] = {}
    for word, value in sorted(given.rows.items())[:MAX_ROWS]:
        if not _KEY.match(word):
            check.add(field, f"{word[:40]!r}: letters, digits, hyphens, underscores, at most 40")
        try:
            found[word] = number(value.value)
        except ValueError as error:
            check.add(field, f"{word[:40]}: {error}")
    return found


def _rule(check: Checks, given: pb.Rule, field: str) -> Rule:
    if len(given.cases) > MAX_CASES:
        check.add(f"{field}.cases", f"at most {MAX_CASES}")
    if not given.methods:
        check.add(f"{field}.methods", "must name a command, such as OpenLoan")
    cases = tuple(
        Case(
            check.text(one.title, f"{field}.cases[{no}].title", required=True, most=200),
            facts_of(check, one.facts, f"{field}.cases[{no}].facts"),
            _known(check, one.expected, OUTCOMES, f"{field}.cases[{no}].expected", Outcome.BROKEN),
        )
        for no, one in enumerate(given.cases[:MAX_CASES])
    )
    return Rule(
        code=name(check, given.code, f"{field}.code"),
        methods=tuple(sorted(set(given.methods[:MAX_RULES]))),
        must=check.text(given.must, f"{field}.must", required=True, most=1000),
        text=check.text(given.text, f"{field}.text", required=True, most=200),
        text_zh=check.text(given.text_zh, f"{field}.text_zh", required=True, most=200),
        when=check.text(given.when, f"{field}.when", most=1000),
        effect=_known(check, given.effect, EFFECTS, f"{field}.effect", Effect.REFUSE),
        since=check.date(given, "since", f"{field}."),
        until=check.date(given, "until", f"{field}."),
        source=check.text(given.source, f"{field}.source", most=500),
        cases=cases,
    )


def facts_of(check: Checks, given: Mapping[str, str], field: str) -> dict[str, str]:
    """Facts by name, as text."""
    if len(given) > MAX_FACTS:
        check.add(field, f"at most {MAX_FACTS}")
    return {
        check.text(one, field, required=True, most=100): check.text(given[one], field, most=200)
        for one in sorted(given)[:MAX_FACTS]
    }


def subject_of(check: Checks, value: str, field: str) -> Subject:
    """What facts are about: a party, a loan, or the book itself."""
    book = check.book
    if "/parties/" in value:
        return (About.PARTY, *check.key(value, "parties", field))
    if "/loans/" in value:
        return (About.LOAN, *check.key(value, "loans", field))
    check.parent(value, field)
    return About.BOOK, book.number * 1000, 0


def subject_name(book: str, subject: Subject) -> str:
    """The inverse of `subject_of`."""
    about, stripe, key = subject
    collections = {About.PARTY: "parties", About.LOAN: "loans"}
    if about is About.BOOK:
        return f"books/{book}"
    return f"books/{book}/{collections[about]}/{id_text(stripe, key)}"


def rulebook_message(book: str, found: Rulebook, booked_at: int = 0) -> pb.Rulebook:
    """A rulebook as the contract tells it; where there is none, one without a version."""
    told = pb.Rulebook(
        name=f"books/{book}/rulebooks/{found.version}",
        version=found.version,
        title=found.title,
        facts=[
            pb.DeclaredFact(
                name=one.name,
                about=f"FACT_SUBJECT_{one.about.name}",
                kind=f"FACT_KIND_{one.kind.name}",
                title=one.title,
                words=one.words,
                roles=one.roles,
            )
            for one in found.declared
        ],
        tables=[
            pb.RuleTable(
                name=table,
                rows={word: decimal_pb2.Decimal(value=str(v)) for word, v in rows.items()},
            )
            for table, rows in found.tables.items()
        ],
        rules=[_rule_message(rule) for rule in found.rules],
    )
    if found.version:
        told.effective_from.CopyFrom(convert.day(found.effective_from))
        told.create_time.CopyFrom(convert.moment(booked_at or found.booked_at))
    return told


def _rule_message(rule: Rule) -> pb.Rule:
    return pb.Rule(
        code=rule.code,
        methods=rule.methods,
        when=rule.when,
        must=rule.must,
        text=rule.text,
        text_zh=rule.text_zh,
        effect=f"RULE_EFFECT_{rule.effect.name}",
        since=convert.day(rule.since) if rule.since else None,
        until=convert.day(rule.until) if rule.until else None,
        source=rule.source,
        cases=[
            pb.RuleCase(
                title=case.title, facts=case.facts, expected=f"RULE_OUTCOME_{case.expected.name}"
            )
            for case in rule.cases
        ],
    )


def version_message(book: str, found: Fact) -> pb.FactVersion:
    """A version of a fact."""
    return pb.FactVersion(
        fact=found.name,
        value=found.value,
        actor=found.actor,
        reason=found.reason,
        create_time=convert.moment(found.booked_at),
        event=f"books/{book}/events/{event_text(found.stripe, found.number)}",
    )


def contact_message(book: str, found: Contact) -> pb.Contact:
    """A contact."""
    return pb.Contact(
        loan=f"books/{book}/loans/{id_text(*found.key)}",
        channel=found.channel,
        purpose=found.purpose,
        contact_time=convert.moment(found.moment),
        local_time=found.local,
        event=f"books/{book}/events/{event_text(found.stripe, found.number)}",
        actor=found.actor,
    )


def refusal_message(book: str, found: Refusal) -> pb.Refusal:
    """A refusal."""
    content = found.content
    return pb.Refusal(
        name=f"books/{book}/{found.resource}",
        method=content["method"],
        subject=f"books/{book}/{found.subject}",
        actor=found.actor,
        command_request_id=content["request_id"],
        rulebook=f"books/{book}/rulebooks/{content['rulebook']}",
        broken=content["broken"],
        facts=content["facts"],
        unknown=content["unknown"],
        create_time=convert.moment(found.booked_at),
        event=f"books/{book}/events/{event_text(found.stripe, found.number)}",
    )
