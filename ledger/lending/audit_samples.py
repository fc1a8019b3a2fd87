"""The sample of a compliance audit: drawn once, from the sealed history, by the audit's seed."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from ledger.errors import Conflict, FailedPrecondition, InvalidInput, Violation
from ledger.lending.registers import Change, changed, find
from ledger.names import event_text
from ledger.record import Decision
from ledger.store.registers import Item, Key
from ledger.view import View

MAX_SAMPLE = 1000
#: What the population and the sample come from.
ASKED = ("event_kind", "first_day", "last_day", "sample_size", "seed")


@dataclass(frozen=True, slots=True)
class Sample:
    """Events as drawn, from so many leaves of the tree, by these facts of the audit."""

    drawn: tuple[Key, ...]
    sealed_size: int
    asked: tuple[str, ...]


def asked(audit: Item) -> tuple[str, ...]:
    """What the audit says of its sample; refused where it does not say enough."""
    facts = audit.content.facts
    wrong = [
        Violation(f"facts[{name}]", "the audit must say it before its sample is drawn")
        for name in ("sample_size", "seed")
        if not facts.get(name)
    ]
    if int(facts.get("sample_size", 0)) > MAX_SAMPLE:
        wrong.append(Violation("facts[sample_size]", f"at most {MAX_SAMPLE}"))
    if wrong:
        raise InvalidInput(wrong)
    return tuple(facts.get(name, "") for name in ASKED)


def keep(view: View, key: Key, sample: Sample, reason: str) -> Decision:
    """The sample becomes part of the audit; its hash is over the events' names, a line each."""
    found = find(view, key, "complianceAudits")
    if "sample_hash" in found.content.facts:
        raise FailedPrecondition(f"the sample of {found.resource} was drawn before")
    if asked(found) != sample.asked:
        raise Conflict("the audit was changed meanwhile: ask again")
    names = tuple(event_text(*event) for event in sample.drawn)
    facts = {
        "sample_events": str(len(names)),
        "sample_hash": sha256("\n".join(names).encode()).hexdigest(),
        "sealed_size": str(sample.sealed_size),
    }
    return changed(view, found, Change(facts=facts, causes=names), reason)
