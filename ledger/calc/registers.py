"""The registers of compliance as values: what an item of each says, and how it may move on.

A register is a row of `FORMS`: nothing else in the ledger knows what an obligation or a complaint
is.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ledger.errors import Violation

#: What is wrong with the text of a fact; nothing where it is right.
Shape = Callable[[str], str]
MAX_FACT, MAX_LINKS, MAX_PAPERS, MAX_MONTHS = 200, 200, 50, 120
_HASH = re.compile(r"[0-9a-f]{64}\Z")
_COUNT = re.compile(r"[1-9][0-9]{0,3}\Z")


def words(_: str) -> str:
    """Any text."""
    return ""


def count(text: str) -> str:
    """A whole number."""
    return "" if _COUNT.match(text) else "must be a whole number from 1 to 9999"


def months(text: str) -> str:
    """How many months from one time to the next."""
    fits = _COUNT.match(text) and int(text) <= MAX_MONTHS
    return "" if fits else f"must be a whole number of months from 1 to {MAX_MONTHS}"


def day(text: str) -> str:
    """A date."""
    try:
        fits = date.fromisoformat(text).isoformat() == text
    except ValueError:
        fits = False
    return "" if fits else "must be a date such as 2026-03-31"


def one_of(*choices: str) -> Shape:
    """One of some words."""
    return lambda text: "" if text in choices else f"must be one of {', '.join(choices)}"


@dataclass(frozen=True, slots=True)
class Form:
    """A register: its states with those that may follow (the first is the one to begin with).

    `facts` are what an item may say beside its title, owner and due date; `needs` is what it must
    say to be in a state: facts, `owner`, `due_date`, or a `note` with the step itself.
    """

    kind: str
    collection: str
    moves: Mapping[str, tuple[str, ...]]
    facts: Mapping[str, Shape] = field(default_factory=dict)
    needs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def first(self) -> str:
        """The state of a new item."""
        return next(iter(self.moves))

    @property
    def ends(self) -> frozenset[str]:
        """The states that end an item."""
        return frozenset(state for state, later in self.moves.items() if not later)


_SEVERITY = one_of("low", "medium", "high", "critical")
#: The event types of Basel (OPE 25.17).
EVENT_TYPES = (
    *("internal_fraud", "external_fraud", "employment_practices", "clients_and_products"),
    *("damage_to_assets", "disruption_and_failures", "execution_and_processes"),
)
FORMS: Mapping[str, Form] = {
    form.kind: form
    for form in (
        Form(
            "alert",
            "alerts",
            {"new": ("dismissed", "in_case"), "dismissed": (), "in_case": ()},
            {"scenario": words, "policy": count, "day": day, "actor": words},
            {"dismissed": ("note",)},
        ),
        Form(
            "case",
            "cases",
            {
                "open": ("investigating", "no_suspicion", "reported"),
                "investigating": ("no_suspicion", "reported"),
                "no_suspicion": (),
                "reported": (),
            },
            {"authority": words, "report_reference": words, "reported_on": day},
            {
                "open": ("owner",),
                "reported": ("authority", "report_reference", "reported_on"),
            },
        ),
        Form(
            "obligation",
            "obligations",
            {"due": ("met", "void"), "met": (), "void": ()},
            {"source": words, "every_months": months, "performed_on": day},
            {"due": ("source", "owner", "due_date"), "void": ("note",)},
        ),
        Form(
            "audit",
            "complianceAudits",
            {
                "planned": ("fieldwork", "cancelled"),
                "fieldwork": ("reported",),
                "reported": ("closed",),
                "cancelled": (),
                "closed": (),
            },
            {
                "scope": words,
                "event_kind": words,
                "first_day": day,
                "last_day": day,
                "sample_size": count,
                "seed": words,
                "sample_events": words,
                "sample_hash": words,
                "sealed_size": words,
            },
            {
                "planned": ("scope", "owner", "due_date"),
                "reported": ("note",),
                "cancelled": ("note",),
            },
        ),
        Form(
            "finding",
            "findings",
            {
                "open": ("in_correction", "accepted"),
                "in_correction": ("corrected", "accepted"),
                "corrected": ("closed", "in_correction"),
                "accepted": (),
                "closed": (),
            },
            {"severity": _SEVERITY, "corrective_action": words, "followed_up_on": day},
            {
                "open": ("severity", "owner", "due_date"),
                "in_correction": ("corrective_action",),
                "accepted": ("note",),
                "closed": ("followed_up_on", "note"),
            },
        ),
        Form(
            "complaint",
            "complaints",
            {
                "received": ("in_review", "upheld", "rejected", "withdrawn"),
                "in_review": ("upheld", "rejected", "withdrawn"),
                "upheld": (),
                "rejected": (),
                "withdrawn": (),
            },
            {
                "channel": one_of("branch", "letter", "mail", "phone", "app", "authority"),
                "subject": one_of("charges", "collections", "conduct", "contract", "data", "other"),
                "received_on": day,
                "answered_on": day,
            },
            {
                "received": ("channel", "subject", "received_on", "owner", "due_date"),
                **dict.fromkeys(("upheld", "rejected"), ("answered_on",)),
            },
        ),
        Form(
            "risk_event",
            "riskEvents",
            {"open": ("closed",), "closed": ()},
            {
                "event_type": one_of(*EVENT_TYPES),
                "occurred_on": day,
                "discovered_on": day,
                "cause": words,
            },
            {"open": ("event_type", "occurred_on", "discovered_on", "owner"), "closed": ("cause",)},
        ),
        Form(
            "self_test",
            "selfTests",
            {"failed": (), "passed": (), "unfinished": ()},
            {
                "loans": words,
                "stripes": words,
                "differences": words,
                "root": words,
                "sealed_size": words,
                "milliseconds": words,
                "business_date": words,
                "failed_checks": words,
                "schema": words,
            },
        ),
    )
}
BY_COLLECTION: Mapping[str, Form] = {form.collection: form for form in FORMS.values()}
#: Those that a borrower must not learn of, nor anybody who might tell.
CONFIDENTIAL = frozenset({"alert", "case"})
#: Those that people open by hand in the register.
BY_HAND = ("obligation", "audit", "finding", "complaint", "risk_event")


@dataclass(frozen=True, slots=True)
class Step:
    """What an item says after a step, and what the step itself says."""

    before: str
    state: str
    owner: str
    due: date | None
    facts: Mapping[str, str]
    noted: bool = False


def violations(form: Form, step: Step) -> Iterator[Violation]:
    """All that is wrong in a step; `before` is empty where it opens the item."""
    if step.before and step.state != step.before and step.state not in form.moves[step.before]:
        later = ", ".join(form.moves[step.before]) or "nothing"
        yield Violation("state", f"from {step.before} it goes to {later}, not to {step.state}")
    for name, text in sorted(step.facts.items()):
        if name not in form.facts:
            known = ", ".join(form.facts)
            yield Violation(f"facts[{name}]", f"is none of those of {form.collection}: {known}")
        elif wrong := form.facts[name](text):
            yield Violation(f"facts[{name}]", wrong)
    if not step.before or step.state != step.before:
        yield from _missing(form, step)


def _missing(form: Form, step: Step) -> Iterator[Violation]:
    said = {
        "owner": bool(step.owner),
        "due_date": step.due is not None,
        "note": step.noted,
        **dict.fromkeys((name for name, text in step.facts.items() if text), True),
    }
    for name in form.needs.get(step.state, ()):
        if not said.get(name):
            path = f"facts[{name}]" if name in form.facts else name
            yield Violation(path, f"is required for one that is {step.state}")


def paper_violations(papers: Sequence[tuple[str, str]], links: int) -> Iterator[Violation]:
    """What is wrong with workpapers, given as (title, SHA-256)."""
    for index, (title, digest) in enumerate(papers):
        if not title.strip():
            yield Violation(f"workpapers[{index}].title", "is required")
        if not _HASH.match(digest):
            text = "must be the SHA-256 of the file: 64 digits of lower-case hex"
            yield Violation(f"workpapers[{index}].sha256", text)
    if len(papers) > MAX_PAPERS:
        yield Violation("workpapers", f"at most {MAX_PAPERS} a step")
    if links > MAX_LINKS:
        yield Violation("links", f"at most {MAX_LINKS}")


def next_due(due: date, later: int) -> date:
    """The due date some months on: the same day, or the last one of a shorter month."""
    year, month = divmod(due.year * 12 + due.month - 1 + later, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(due.day, monthrange(year, month + 1)[1]))
