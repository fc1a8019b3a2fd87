"""Items of the registers of compliance: opened, worked on and ended, each step by one event."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any

from ledger.calc.registers import CONFIDENTIAL, Step, months, next_due, paper_violations, violations
from ledger.drafts import Changes, Draft
from ledger.errors import FailedPrecondition, InvalidInput, NotFound, Violation
from ledger.names import id_text, parse_id
from ledger.record import Decision
from ledger.store import registers
from ledger.store.registers import Content, Item, Key, Paper
from ledger.view import View

OPENED, CHANGED = "register_item_opened", "register_item_changed"
#: Events of the registers tell of people who must not know of them.
KINDS = (OPENED, CHANGED)


@dataclass(frozen=True, slots=True)
class Change:
    """What a step changes; None leaves it. A fact with an empty text is taken away."""

    state: str | None = None
    title: str | None = None
    owner: str | None = None
    due: date | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    links: tuple[str, ...] = ()
    note: str = ""
    sealed: str = ""
    papers: tuple[Paper, ...] = ()
    amounts: Mapping[str, Mapping[str, int]] | None = None
    causes: tuple[str, ...] | None = None


class ItemEnded(FailedPrecondition):
    """The item has ended: what is new about it is an item of its own."""

    reason = "ITEM_ENDED"


def find(view: View, key: Key, collection: str) -> Item:
    """An item as it is now, with the effects of the batch so far."""
    found = view.read(("register item", key), partial(registers.read, key=key))
    if found is None or found.form.collection != collection:
        name = f"{collection}/{id_text(*key)}"
        raise NotFound(f"no {name}", resource=name)
    return found


def opened(view: View, item: Item, reason: str) -> Decision:
    """A new item in the first state of its register."""
    _require(view, item, "", ())
    return _event(OPENED, item, reason)


def changed(
    view: View, found: Item, change: Change, reason: str, made: Collection[str] = ()
) -> Decision:
    """The next step of an item that has not ended; `made` are items of the same command."""
    if found.state in found.form.ends:
        raise ItemEnded(
            f"{found.resource} was ended as {found.state} by {found.actor}: open a new one",
            resource=found.resource,
            state=found.state,
        )
    kept = found.content
    facts = {name: text for name, text in {**kept.facts, **change.facts}.items() if text}
    content = replace(
        kept,
        title=kept.title if change.title is None else change.title,
        owner=kept.owner if change.owner is None else change.owner,
        due=change.due or _due_again(kept, change, facts),
        facts=facts,
        links=tuple(dict.fromkeys((*kept.links, *change.links))),
        amounts=_plain(kept.amounts if change.amounts is None else change.amounts),
        causes=kept.causes if change.causes is None else change.causes,
        note=change.note,
        sealed=change.sealed,
        papers=change.papers,
    )
    state = found.state if change.state is None else change.state
    after = replace(found, step=found.step + 1, state=state, content=content)
    _require(view, after, found.state, (*kept.links, *made))
    return _event(CHANGED, after, reason)


def open_case(view: View, case: Item, alerts: Collection[Key], reason: str) -> Decision:
    """A case, and the alerts that go into it."""
    taken = [_taken(view, key, case, reason) for key in sorted(set(alerts))]
    names = tuple(one.result.resource for one in taken)
    content = replace(case.content, links=(*case.content.links, *names))
    own = opened(view, replace(case, content=content), reason)
    return own._replace(also=tuple(taken))


def change_case(
    view: View, found: Item, change: Change, alerts: Collection[Key], reason: str
) -> Decision:
    """The next step of a case, with more alerts."""
    taken = [_taken(view, key, found, reason) for key in sorted(set(alerts))]
    names = tuple(one.result.resource for one in taken)
    own = changed(view, found, replace(change, links=(*change.links, *names)), reason)
    return own._replace(also=tuple(taken))


def _taken(view: View, key: Key, case: Item, reason: str) -> Decision:
    """An alert goes into a case, once, and only into one about the same borrower."""
    alert = find(view, key, "alerts")
    if case.content.party and alert.content.party != case.content.party:
        raise FailedPrecondition(
            f"{alert.resource} is about another borrower than the case", resource=alert.resource
        )
    moved = changed(
        view, alert, Change(state="in_case", links=(case.resource,)), reason, [case.resource]
    )
    return moved._replace(stripe=key[0])


def _due_again(kept: Content, change: Change, facts: Mapping[str, str]) -> date | None:
    """Where what comes back has been done, the date on which it is due next."""
    again = facts.get("every_months", "")
    if "performed_on" in change.facts and kept.due and not months(again):
        return next_due(kept.due, int(again))
    return kept.due


def _require(view: View, item: Item, before: str, known: Collection[str]) -> None:
    """Refuses all that the register does not allow, at once."""
    content = item.content
    noted = bool(content.note or content.sealed)
    step = Step(before, item.state, content.owner, content.due, content.facts, noted)
    wrong = [*violations(item.form, step)]
    papers = [(paper.title, paper.sha256) for paper in content.papers]
    wrong += paper_violations(papers, len(content.links))
    new = [name for name in content.links if name not in known]
    wrong += _of_links(view, new, discreet=item.kind in CONFIDENTIAL)
    if wrong:
        raise InvalidInput(wrong)


def _of_links(view: View, names: Sequence[str], *, discreet: bool) -> list[Violation]:
    """Links that lead nowhere; an alert is nowhere for who may not know of it."""
    wrong: list[Violation] = []
    for index, name in enumerate(names):
        key = parse_id(name.partition("/")[2], view.book.number)
        found = key and view.read(("register item", key), partial(registers.read, key=key))
        if not found or found.resource != name or (found.kind in CONFIDENTIAL and not discreet):
            wrong.append(Violation(f"links[{index}]", f"there is no item {name[:60]!r}"))
    return wrong


def _plain(amounts: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    return {name: dict(found) for name, found in amounts.items()}


def _event(kind: str, item: Item, reason: str) -> Decision:
    told: dict[str, Any] = item.told()
    return Decision(Draft(kind, item.resource, told, reason=reason), Changes(item=item), item)
