"""Rules at work: published, asked before a command is recorded, and what they refused kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from ledger.calc.rule_checks import redeclared, violations
from ledger.calc.rules import (
    About,
    Effect,
    Outcome,
    Rule,
    Rulebook,
    Said,
    as_object,
    on_day,
    parsed,
)
from ledger.drafts import Changes, Draft
from ledger.errors import (
    InvalidInput,
    NotEntitled,
    RuleBroken,
    Violation,
)
from ledger.lending import known_facts
from ledger.lending.approvals import Decide
from ledger.lending.authority import magnitude
from ledger.lending.known_facts import KINDS
from ledger.lending.occasions import Occasion
from ledger.lending.refinancings import FOLLOWED
from ledger.lending.versions import numbered
from ledger.names import id_text, new_key
from ledger.record import Decision
from ledger.store import facts
from ledger.store.facts import Contact, Fact, Refusal, Subject
from ledger.view import View

PUBLISHED, REFUSED = "rulebook_published", "command_refused"
RECORDED, CONTACTED = "facts_recorded", "contact_recorded"
#: Where an event's payload has what the rules said of its command.
EVIDENCE = "ruled"
#: Who records facts that do not say it themselves.
RECORDERS = ("compliance", "credit_officer")


def publish(
    view: View, stripe: int, asked: Rulebook, methods: Collection[str], reason: str
) -> Decision:
    """The next version of the rulebook, for all stripes; it begins today at the earliest."""
    older = view.newest().rules
    found = [*violations(asked, methods, KINDS), *redeclared(asked, older)]
    wrong = [Violation(f"rulebook.{v.field}", v.description) for v in found]
    if wrong:
        raise InvalidInput(wrong)
    book = numbered(asked, older, view.stripes[stripe].business_date, "rulebook")
    payload = {**as_object(book), "effective_from": book.effective_from.isoformat()}
    draft = Draft(PUBLISHED, f"rulebooks/{book.version}", payload, reason=reason)
    return Decision(draft, Changes(rulebook=book), book)


def in_force(view: View, stripe: int) -> Rulebook:
    """The rulebook by which a stripe decides today."""
    row = view.stripes[stripe]
    known = view.versions(row.rulebook, lambda kept: kept.rules, "rulebook")
    return on_day(known, row.business_date)


@dataclass(frozen=True, slots=True)
class Wish:
    """A command as rules see it; `method` is the one whose rules hold."""

    stripe: int
    request_id: str
    method: str
    actor: str
    roles: frozenset[str]


def ruled(view: View, wish: Wish, decide: Decide) -> Decision:
    """What a command comes to if the rules allow it, with what they said in its event."""
    book = in_force(view, wish.stripe)
    rules = book.of(wish.method, view.stripes[wish.stripe].business_date)
    decision = decide(view)
    if not rules:
        return decision
    found = judged(view, occasion(view, wish, decision), book, rules)
    broken = [one for one in found.said if one.outcome is Outcome.BROKEN]
    refusing = [one for one in broken if one.rule.effect is Effect.REFUSE]
    if refusing:
        subject = decision.draft.subject
        raise _broken(book, refusing, {**found.evidence(), "subject": subject}, wish)
    payload = {**decision.draft.payload, EVIDENCE: found.evidence()}
    return decision._replace(draft=decision.draft._replace(payload=payload))


def refusal(view: View, wish: Wish, error: RuleBroken) -> Decision:
    """The refusal as the history keeps it, once for a request and the facts that it had."""
    key = wish.stripe, new_key("refusal", view.book.code, wish.request_id)
    last = view.read(("refusal", key), partial(facts.refusal, key=key))
    content = dict(error.evidence)
    found = Refusal(*key, str(content["subject"]), content)
    if last and last.content == content:
        raise error
    draft = Draft(REFUSED, found.resource, content)
    return Decision(draft, Changes(refusal=found), refusal=lambda _: error)


def occasion(view: View, wish: Wish, decision: Decision) -> Occasion:
    """What a decision shows to rules; of two loans, the one that goes on."""
    loans = [one.changes.loan for one in (decision, *decision.also) if one.changes.loan]
    goes_on = -1 if decision.draft.kind in FOLLOWED else 0
    loan = loans[goes_on] if loans else None
    contact, told = decision.changes.contact, decision.changes.facts
    if loan is None and decision.draft.loan is not None:
        loan = view.loans.get((decision.stripe or wish.stripe, decision.draft.loan))
    day = view.stripes[wish.stripe].business_date
    return Occasion(
        wish.method,
        wish.actor,
        wish.roles,
        day,
        decision.draft.value_date or day,
        magnitude(decision),
        loan,
        changed=tuple(loans),
        contact=contact,
        party=next((one.key for one in told if one.about is About.PARTY), None),
        given={one.name: one.value for one in told if one.about is About.LOAN},
    )


@dataclass(frozen=True, slots=True)
class Judged:
    """What the rules of a method said of an occasion, and the facts that they looked at."""

    version: int
    said: tuple[Said, ...]
    facts: Mapping[str, str | None]

    def evidence(self) -> dict[str, Any]:
        """The same as an event keeps it."""
        by = {
            name: sorted(one.rule.code for one in self.said if one.outcome is outcome)
            for name, outcome in (("broken", Outcome.BROKEN), ("held", Outcome.HELD))
        }
        return {
            **by,
            "facts": {name: value for name, value in self.facts.items() if value is not None},
            "rulebook": self.version,
            "unknown": sorted({name for one in self.said for name in one.unknown}),
        }


def judged(view: View, at: Occasion, book: Rulebook, rules: list[Rule]) -> Judged:
    """What rules say of an occasion."""
    found = known_facts.told(view, at, book, book.needs(rules, KINDS))
    return Judged(book.version, tuple(book.says(rule, found, KINDS) for rule in rules), found)


def _broken(
    book: Rulebook, said: list[Said], evidence: Mapping[str, object], wish: Wish
) -> RuleBroken:
    """The refusal in plain words: each rule's own text, and what it would need to know."""
    english, chinese = [], []
    for one in said:
        code, unknown = one.rule.code, ", ".join(one.unknown)
        english.append(f"{one.rule.text} ({code}{f'; not known: {unknown}' if unknown else ''})")
        chinese.append(f"{one.rule.text_zh}（{code}{f'；缺少：{unknown}' if unknown else ''}）")
    name = f"rulebooks/{book.version}"
    return RuleBroken(
        f"refused by {name}: {'; '.join(english)}",
        f"根据 {name} 拒绝：{'；'.join(chinese)}",
        {**evidence, "method": wish.method, "request_id": wish.request_id},
        rules=", ".join(one.rule.code for one in said),
        rulebook=name,
    )


def require_declared(
    book: Rulebook, about: About, given: Mapping[str, str], roles: Collection[str]
) -> None:
    """Refuses facts that the rulebook does not declare of such a subject, or that are not so.

    Also those that others must record: somebody with one of the fact's own roles.
    """
    wrong: list[Violation] = []
    field = "facts"
    for name, text in sorted(given.items()):
        declared = book.fact(name)
        if declared is None or declared.about is not about:
            names = ", ".join(one.name for one in book.declared if one.about is about) or "none"
            why = f"{name} is no fact of a {about.value}; there are: {names}"
            wrong.append(Violation(field, why))
            continue
        if not text:
            continue
        try:
            parsed(declared.kind, text)
        except ValueError as error:
            wrong.append(Violation(field, f"{name}: {error}"))
            continue
        if declared.words and text not in declared.words:
            why = f"{name}: must be one of {', '.join(declared.words)}"
            wrong.append(Violation(field, why))
    if wrong:
        raise InvalidInput(wrong)
    for name in sorted(given):
        declared = book.fact(name)
        allowed = (declared.roles if declared else ()) or RECORDERS
        if not set(allowed) & set(roles):
            needed = ", ".join(allowed)
            raise NotEntitled(f"{name} is recorded by one of these roles: {needed}", fact=name)


def facts_of(subject: Subject, given: Mapping[str, str]) -> tuple[Fact, ...]:
    """Facts to be recorded of a subject."""
    return tuple(Fact(*subject, name, value) for name, value in sorted(given.items()))


def record_facts(
    view: View,
    subject: Subject,
    given: Mapping[str, str],
    roles: Collection[str],
    reason: str,
) -> Decision:
    """What somebody found out about a party, a loan or the book; an empty value takes it back."""
    about, stripe, key = subject
    loan = view.loan((stripe, key)) if about is About.LOAN else None
    if about is About.PARTY:
        view.party((stripe, key))
    require_declared(in_force(view, stripe), about, given, roles)
    collections = {About.PARTY: "parties/", About.LOAN: "loans/", About.BOOK: ""}
    name = collections[about] + id_text(stripe, key) if about is not About.BOOK else "book"
    draft = Draft(
        RECORDED,
        name,
        {"facts": dict(given)},
        loan=key if about is About.LOAN else None,
        reason=reason,
    )
    return Decision(draft, Changes(loan=loan, facts=facts_of(subject, given)), subject)


def record_contact(view: View, contact: Contact, reason: str) -> Decision:
    """A contact with the borrower of a loan, by the rules on when and how often."""
    loan = view.loan(contact.key)
    details = {
        "channel": contact.channel,
        "local_time": contact.local,
        "moment": contact.moment,
        "purpose": contact.purpose,
    }
    draft = Draft(
        CONTACTED,
        f"loans/{id_text(*contact.key)}",
        {"contact": details},
        loan=contact.loan,
        reason=reason,
    )
    return Decision(draft, Changes(loan=loan, contact=contact), contact)
