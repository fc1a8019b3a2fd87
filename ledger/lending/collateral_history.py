"""Collateral as a fold over its events: what each version of its row must be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from ledger.lending import collateral as kinds
from ledger.loan.plain import plain, typed
from ledger.names import SPAN, id_text, parse_id
from ledger.store.collateral import Collateral, Figures, Lien, Status
from ledger.store.provenance import Told

EVENTS: Final = (
    *(kinds.REGISTERED, kinds.VALUED, kinds.PLEDGED, kinds.RELEASED),
    *(kinds.REPOSSESSED, kinds.RESTORED, kinds.IMPAIRED, kinds.DISPOSED),
)
_VALUATION = ("currency", "haircut", "kind", "method", "value", "valued_on", "valuer")
Version = tuple[str, Mapping[str, Any]]


def told_versions(stripe: int, told: Iterable[Told]) -> Iterator[Version]:
    """The versions that events made, by resource; an event that fits nothing makes none."""
    now: dict[str, tuple[Status, Figures]] = {}
    for one in told:
        before = now.get(one.subject)
        if before is None and one.kind != kinds.REGISTERED:
            continue
        after = _after(stripe, before, one)
        now[one.subject] = after
        yield _version(one.subject, one.number, *after, one.kind, one.actor, one.reason)


def kept_versions(rows: Sequence[Collateral]) -> Iterator[Version]:
    """The versions of the rows, by resource."""
    for row in rows:
        name = f"collaterals/{id_text(*row.key)}"
        yield _version(name, row.number, row.status, row.figures, row.event, row.actor, row.reason)


def _version(
    name: str, number: int, status: Status, figures: Figures, kind: str, actor: str, reason: str
) -> Version:
    facts = {"status": status.value, "event": kind, "actor": actor, "reason": reason}
    state = {f"state.{field}": value for field, value in plain(figures).items()}
    return f"{name}/versions/{number}", {**facts, **state}


def _after(stripe: int, before: tuple[Status, Figures] | None, one: Told) -> tuple[Status, Figures]:
    found = one.payload
    if one.kind in (kinds.REGISTERED, kinds.VALUED):
        old = plain(before[1]) if before else {}
        given = {**old, **{name: found[name] for name in _VALUATION}}
        return before[0] if before else Status.FREE, typed(Figures, given)
    assert before
    status, figures = before
    match one.kind:
        case kinds.PLEDGED:
            loan = _loan(stripe, found["loan"])
            others = tuple(lien for lien in figures.liens if lien.loan != loan)
            liens = sorted(
                (*others, Lien(loan, found["rank"], found["most"])),
                key=lambda lien: (lien.rank, lien.loan),
            )
            return Status.PLEDGED, replace(figures, liens=tuple(liens))
        case kinds.RELEASED:
            gone = {_loan(stripe, name) for name in found["loans"]}
            left = tuple(lien for lien in figures.liens if lien.loan not in gone)
            return Status.PLEDGED if left else Status.FREE, replace(figures, liens=left)
        case kinds.REPOSSESSED:
            ours = replace(figures, liens=(), book=found["amount"], allowance=0)
            loan = _loan(stripe, found["loan"])
            return Status.REPOSSESSED, replace(ours, taken_for=loan, taken_by=one.number + 1)
        case kinds.RESTORED:
            lien = Lien(_loan(stripe, found["loan"]), 1)
            free = replace(figures, book=0, taken_for=None, taken_by=None)
            return Status.PLEDGED, replace(free, liens=(lien,))
        case kinds.IMPAIRED:
            return status, replace(figures, allowance=figures.allowance + found["amount"])
        case _:
            return Status.DISPOSED, replace(figures, book=0, allowance=0)


def _loan(stripe: int, name: str) -> int:
    found = parse_id(name, stripe // SPAN)
    return found[1] if found else 0
