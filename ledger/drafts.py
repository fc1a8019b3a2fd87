"""What a use case wants recorded: an event as a draft, the rows beside it, and its stamp."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, NamedTuple, TypeVar

from ledger.book.chart import Account
from ledger.book.journal import Journal
from ledger.calc.authority import ApprovalPolicy
from ledger.calc.monitoring import MonitoringPolicy
from ledger.calc.policy import Policy
from ledger.calc.rules import Rulebook
from ledger.store.approvals import Pending
from ledger.store.calendars import OwnCalendar
from ledger.store.catalogue import Product
from ledger.store.collateral import Collateral
from ledger.store.delinquency import Pause
from ledger.store.facts import Contact, Fact, Refusal
from ledger.store.loans import LoanRecord
from ledger.store.parties import PartyRecord
from ledger.store.quality import Rated
from ledger.store.rates import Fixing, RateIndex
from ledger.store.registers import Item
from ledger.store.roles import Assignment
from ledger.store.standing import Standing

#: Rows that tell which event made them, when, and by whom and why.
Attributed = TypeVar("Attributed", Assignment, Contact, Fact, Item)


class Draft(NamedTuple):
    """An event as a use case decided it; dates default to the stripe's business date."""

    kind: str
    subject: str
    payload: Mapping[str, Any]
    journals: tuple[Journal, ...] = ()
    loan: int | None = None
    value_date: date | None = None
    posting_date: date | None = None
    reference: str = ""
    reason: str = ""
    reverses: int | None = None
    lines_root: str | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """Rows that an event brings beside its entries."""

    loan: LoanRecord | None = None
    party: PartyRecord | None = None
    moved: PartyRecord | None = None  # a party in another branch
    rotated: tuple[PartyRecord, ...] = ()  # parties with other keys
    erased: tuple[int, int] | None = None  # a party whose key goes
    product: Product | None = None
    accounts: tuple[Account, ...] = ()
    index: RateIndex | None = None
    fixing: Fixing | None = None
    calendar: OwnCalendar | None = None
    collateral: Collateral | None = None
    standing: Standing | None = None
    lien: int | None = None  # a loan that the collateral secures from now on
    policy: Policy | None = None
    pause: Pause | None = None
    rated: Rated | None = None
    approval_policy: ApprovalPolicy | None = None
    pending: Pending | None = None
    assignment: Assignment | None = None
    rulebook: Rulebook | None = None
    facts: tuple[Fact, ...] = ()
    contact: Contact | None = None
    refusal: Refusal | None = None
    monitoring: MonitoringPolicy | None = None
    item: Item | None = None
    closed_through: date | None = None
    resumed: bool = False


#: What an event brings that has nothing beside its entries.
NO_CHANGES: Final = Changes()


class Stamp(NamedTuple):
    """What recording adds to a draft: where and when it stands in the history."""

    stripe: int
    number: int
    booked_at: int
    value_date: date
    posting_date: date
    actor: str


def stamped(fixing: Fixing, stamp: Stamp) -> Fixing:
    """A fixing with what its recording adds to it."""
    return replace(fixing, number=stamp.number, actor=stamp.actor, booked_at=stamp.booked_at)


def versioned(found: Collateral, stamp: Stamp, event: str, reason: str) -> Collateral:
    """Collateral as an event that was just added made it."""
    return replace(
        found,
        number=stamp.number,
        event=event,
        booked_at=stamp.booked_at,
        actor=stamp.actor,
        reason=reason,
    )


def attributed(found: Attributed, stamp: Stamp, reason: str) -> Attributed:
    """A row as an event that was just added left it."""
    number, booked_at, actor = stamp.number, stamp.booked_at, stamp.actor
    return replace(found, number=number, booked_at=booked_at, actor=actor, reason=reason)


def moved(found: Pending, stamp: Stamp, reason: str) -> Pending:
    """A pending command as an event that was just added left it."""
    return replace(
        found,
        number=stamp.number,
        booked_at=stamp.booked_at,
        actor=stamp.actor,
        reason=reason,
        content=replace(found.content, asked_at=found.content.asked_at or stamp.booked_at),
    )


def refused(found: Refusal, stamp: Stamp) -> Refusal:
    """A refusal as an event that was just added recorded it."""
    return replace(found, number=stamp.number, booked_at=stamp.booked_at, actor=stamp.actor)
