"""What can happen to a loan, and when: kinds, and the events allowed by status as one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from ledger.errors import WrongStatus
from ledger.loan.state import Status


class Kind(StrEnum):
    """The facts that a loan is folded from; what time brings (due dates, late fees) is derived."""

    APPROVED = "loan_approved"
    IMPORTED = "loan_imported"
    CONVERTED = "redenomination_received"
    DISBURSED = "disbursement_recorded"
    LIMIT_CHANGED = "limit_changed"
    REPAID = "repayment_recorded"
    PAID_OFF = "payoff_recorded"
    DOWN_PAID = "down_payment_recorded"
    MERCHANT_REFUNDED = "merchant_refund_recorded"
    PAYOUT_REFUNDED = "payout_refund_recorded"
    GOODWILL_CREDITED = "goodwill_credit_recorded"
    CHARGED = "charge_recorded"
    CHARGE_ADJUSTED = "charge_adjustment_recorded"
    CHARGE_WAIVED = "charge_waiver_recorded"
    WAIVED = "waiver_recorded"
    REFUNDED = "credit_refunded"
    CHARGED_BACK = "chargeback_recorded"
    RATE_CHANGED = "rate_changed"
    INDEX_RESET = "index_reset_recorded"
    INTEREST_PAUSED = "interest_paused"
    DUE_DATE_CHANGED = "due_date_changed"
    HOLIDAY_GRANTED = "payment_holiday_granted"
    RESCHEDULED = "loan_rescheduled"
    REAGED = "loan_reaged"
    REAMORTIZED = "loan_reamortized"
    CAPITALIZED = "interest_capitalized"
    ASSUMED = "loan_assumed"
    SUSPENDED = "interest_suspended"
    RESUMED = "interest_resumed"
    REFINANCED = "loan_refinanced"
    REDENOMINATED = "loan_redenominated"
    CHARGED_OFF = "loan_charged_off"
    FRAUD_FLAGGED = "fraud_flag_set"
    WRITTEN_OFF = "loan_written_off"
    WRITTEN_DOWN = "loan_written_down"
    RECOVERED = "recovery_recorded"
    REPOSSESSED = "collateral_taken"
    SOLD = "loan_sold"
    BOUGHT_BACK = "loan_bought_back"
    CLOSED = "loan_closed"


@dataclass(frozen=True, slots=True)
class LoanEvent:
    """A fact of a loan's life: its number in the stripe, value date and amounts in minor units.

    `details` are what else the kind needs, as plain values: dates in ISO 8601, rates as fractions,
    events as numbers.
    """

    number: int
    kind: Kind
    value_date: date
    amounts: Mapping[str, int] = field(default_factory=dict)
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """How movements name this event as their cause."""
        return f"#{self.number}"

    @property
    def amount(self) -> int:
        """The main amount, 0 where the kind has none."""
        return self.amounts.get("amount", 0)


#: A loan that goes on from a position, with the movement that brings its components.
CARRIED_OVER: Mapping[Kind, str] = {
    Kind.IMPORTED: "import",
    Kind.CONVERTED: "redenomination_in",
}

#: Money that someone pays in favour of the borrower, with the movement that it makes.
PAYMENTS: Mapping[Kind, str] = {
    Kind.REPAID: "repayment",
    Kind.DOWN_PAID: "down_payment",
    Kind.MERCHANT_REFUNDED: "merchant_refund",
    Kind.PAYOUT_REFUNDED: "payout_refund",
    Kind.GOODWILL_CREDITED: "goodwill_credit",
    Kind.CHARGE_ADJUSTED: "charge_adjustment",
}

_PAYING = frozenset(PAYMENTS)
_CHANGING = frozenset(
    {
        Kind.RATE_CHANGED,
        Kind.INDEX_RESET,
        Kind.INTEREST_PAUSED,
        Kind.DUE_DATE_CHANGED,
        Kind.HOLIDAY_GRANTED,
        Kind.RESCHEDULED,
        Kind.REAGED,
        Kind.REAMORTIZED,
        Kind.CAPITALIZED,
        Kind.SUSPENDED,
        Kind.RESUMED,
    }
)
_ENDING = frozenset(
    {
        Kind.CHARGED_OFF,
        Kind.WRITTEN_OFF,
        Kind.WRITTEN_DOWN,
        Kind.REPOSSESSED,
        Kind.SOLD,
        Kind.REFINANCED,
        Kind.REDENOMINATED,
    }
)

ALLOWED: Mapping[Status, frozenset[Kind]] = {
    Status.APPLIED: frozenset({Kind.APPROVED, Kind.IMPORTED, Kind.CONVERTED, Kind.CLOSED}),
    Status.APPROVED: frozenset({Kind.DISBURSED, Kind.LIMIT_CHANGED, Kind.CLOSED}),
    Status.ACTIVE: _PAYING
    | _CHANGING
    | _ENDING
    | {
        Kind.DISBURSED,
        Kind.LIMIT_CHANGED,
        Kind.PAID_OFF,
        Kind.CHARGED,
        Kind.CHARGE_WAIVED,
        Kind.WAIVED,
        Kind.REFUNDED,
        Kind.CHARGED_BACK,
        Kind.ASSUMED,
        Kind.FRAUD_FLAGGED,
        Kind.BOUGHT_BACK,
        Kind.RECOVERED,
    },
    Status.REPAID: _PAYING
    | {
        Kind.DISBURSED,
        Kind.REFUNDED,
        Kind.CHARGED_BACK,
        Kind.BOUGHT_BACK,
        Kind.RECOVERED,
        Kind.CLOSED,
    },
    Status.WRITTEN_OFF: frozenset({Kind.RECOVERED, Kind.CLOSED}),
    Status.SOLD: frozenset({Kind.CLOSED}),
    Status.CLOSED: frozenset(),
}


#: What a loan that is folded again takes besides: it was recorded when the loan stood otherwise.
REPLAYED: Mapping[Status, frozenset[Kind]] = {Status.REPAID: frozenset({Kind.CHARGED})}


def require_allowed(status: Status, kind: Kind, *, replay: bool = False) -> None:
    """Refuses an event that the status does not allow, and names those that it does."""
    if kind in ALLOWED[status] or (replay and kind in REPLAYED.get(status, ())):
        return
    raise wrong_status(status, kind)


def wrong_status(status: Status, kind: Kind) -> WrongStatus:
    """The refusal, with what the status allows instead."""
    allowed = ", ".join(sorted(ALLOWED[status] - {kind})) or "nothing but a reversal"
    return WrongStatus(
        f"a loan that is {status.value} does not allow {kind.value}; it allows {allowed}",
        status=status.value,
        event=kind.value,
    )
