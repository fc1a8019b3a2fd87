"""Rows of internal control that a batch writes: who must agree, which rules hold, what is seen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from ledger.calc.authority import ApprovalPolicy
from ledger.calc.monitoring import MonitoringPolicy
from ledger.calc.rules import Rulebook
from ledger.drafts import Changes, Stamp, attributed, moved, refused
from ledger.store import approvals, facts, policies, registers, roles
from ledger.store.approvals import Pending
from ledger.store.facts import Contact, Fact, Refusal
from ledger.store.registers import Item
from ledger.store.roles import Assignment
from ledger.store.rows import Writes
from ledger.store.stripes import Stripe


@dataclass(slots=True)
class Control:
    """What the events of a batch bring of it."""

    _approval_policies: list[ApprovalPolicy] = field(default_factory=list)
    _pending: list[Pending] = field(default_factory=list)
    _assignments: list[Assignment] = field(default_factory=list)
    _rulebooks: list[Rulebook] = field(default_factory=list)
    _facts: list[Fact] = field(default_factory=list)
    _contacts: list[Contact] = field(default_factory=list)
    _refusals: list[Refusal] = field(default_factory=list)
    _monitoring: list[MonitoringPolicy] = field(default_factory=list)
    _items: list[Item] = field(default_factory=list)

    def gather(
        self, stamp: Stamp, changes: Changes, reason: str, stripes: Iterable[Stripe]
    ) -> None:
        """Takes what an event brings; each stripe is told of the newest policy and rulebook."""
        if changes.approval_policy:
            policy = replace(changes.approval_policy, booked_at=stamp.booked_at)
            self._approval_policies.append(policy)
            for row in stripes:
                row.approval_policy = policy.version
        if changes.rulebook:
            book = replace(changes.rulebook, booked_at=stamp.booked_at)
            self._rulebooks.append(book)
            for row in stripes:
                row.rulebook = book.version
        if changes.monitoring:
            self._monitoring.append(replace(changes.monitoring, booked_at=stamp.booked_at))
        if changes.pending:
            self._pending.append(moved(changes.pending, stamp, reason))
        if changes.assignment:
            self._assignments.append(attributed(changes.assignment, stamp, reason))
        self._facts += [attributed(one, stamp, reason) for one in changes.facts]
        if changes.contact:
            self._contacts.append(attributed(changes.contact, stamp, reason))
        if changes.refusal:
            self._refusals.append(refused(changes.refusal, stamp))
        if changes.item:
            self._items.append(attributed(changes.item, stamp, reason))

    @property
    def changes_catalogue(self) -> bool:
        """Whether anything was added that a book keeps in memory."""
        return bool(self._approval_policies or self._rulebooks)

    def write(self, writes: Writes, book: int) -> None:
        """Adds all rows."""
        policies.APPROVAL.add(writes, book, self._approval_policies)
        policies.RULES.add(writes, book, self._rulebooks)
        policies.MONITORING.add(writes, book, self._monitoring)
        approvals.add(writes, self._pending)
        roles.add(writes, self._assignments)
        facts.add(writes, self._facts)
        facts.add_contacts(writes, self._contacts)
        facts.add_refusals(writes, self._refusals)
        registers.add(writes, self._items)
