"""What can happen to a loan, and when: kinds, and the events allowed by status as one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from ledger.errors import WrongStatus
from ledger.loan.state import Status


class Kind(StrEnum):
    """The facts that a loan is folded from; what time brings (due dates, late fees) is derived."""

    APPROVED = "loan_approved"
    DISBURSED = "disbursement_recorded"
    REPAID = "repayment_recorded"
    PAID_OFF = "payoff_recorded"
    CHARGED = "charge_recorded"
    WAIVED = "waiver_recorded"
    REFUNDED = "credit_refunded"
    WRITTEN_OFF = "loan_written_off"
    RECOVERED = "recovery_recorded"
    CLOSED = "loan_closed"


@dataclass(frozen=True, slots=True)
class LoanEvent:
    """A fact of a loan's life: its number in the stripe, value date and amounts in minor units."""

    number: int
    kind: Kind
    value_date: date
    amounts: Mapping[str, int] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """How movements name this event as their cause."""
        return f"#{self.number}"

    @property
    def amount(self) -> int:
        """The main amount, 0 where the kind has none."""
        return self.amounts.get("amount", 0)


ALLOWED: Mapping[Status, frozenset[Kind]] = {
    Status.APPLIED: frozenset({Kind.APPROVED, Kind.CLOSED}),
    Status.APPROVED: frozenset({Kind.DISBURSED, Kind.CLOSED}),
    Status.ACTIVE: frozenset(
        {
            Kind.DISBURSED,
            Kind.REPAID,
            Kind.PAID_OFF,
            Kind.CHARGED,
            Kind.WAIVED,
            Kind.REFUNDED,
            Kind.WRITTEN_OFF,
        }
    ),
    Status.REPAID: frozenset({Kind.REPAID, Kind.REFUNDED, Kind.CLOSED}),
    Status.WRITTEN_OFF: frozenset({Kind.RECOVERED, Kind.CLOSED}),
    Status.CLOSED: frozenset(),
}


def require_allowed(status: Status, kind: Kind) -> None:
    """Refuses an event that the status does not allow, and names those that it does."""
    if kind not in ALLOWED[status]:
        allowed = ", ".join(sorted(ALLOWED[status])) or "nothing but a reversal"
        raise WrongStatus(
            f"a loan that is {status.value} does not allow {kind.value}; it allows {allowed}",
            status=status.value,
            event=kind.value,
        )
