"""What can go wrong, as types that carry facts; `server/errors.py` maps them to gRPC statuses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Violation:
    """One field that is wrong: its path in the request, and what would be right."""

    field: str
    description: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What does not tie in a position of another system: where, why, and the two figures.

    Figures are minor units, None where no amount says it. `tolerable` ones may be imported within
    a run's tolerance.
    """

    field: str
    description: str
    theirs: int | None = None
    ours: int | None = None
    tolerable: bool = False

    def within(self, tolerance: int) -> bool:
        """Whether the figures differ by no more than the tolerance, and may differ at all."""
        if not self.tolerable or self.theirs is None or self.ours is None:
            return False
        return abs(self.theirs - self.ours) <= tolerance


class LedgerError(Exception):
    """Base of all domain errors: `reason` is part of the contract, `facts` are its data."""

    reason: ClassVar[str] = "INTERNAL"

    def __init__(self, message: str, **facts: object) -> None:
        super().__init__(message)
        self.message = message
        self.facts = {key: str(value) for key, value in facts.items()}


class InvalidInput(LedgerError):
    """The request can never succeed as it stands; names every violated field at once."""

    reason = "INVALID_INPUT"

    def __init__(self, violations: Iterable[Violation]) -> None:
        self.violations = tuple(violations)
        shown = self.violations[:30]
        text = "; ".join(f"{v.field}: {v.description}" for v in shown)
        super().__init__(text)


class NotTied(InvalidInput):
    """A position that is not imported, with all that does not tie in it at once."""

    reason = "POSITION_NOT_TIED"

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(Violation(found.field, found.description) for found in self.findings)


class NotFound(LedgerError):
    """The named resource does not exist."""

    reason = "NOT_FOUND"


class AlreadyExists(LedgerError):
    """The resource exists already with other content."""

    reason = "ALREADY_EXISTS"


class AlreadyImported(AlreadyExists):
    """The position was imported before, just as it is; the facts name the loan and the event."""

    reason = "ALREADY_IMPORTED"


class RequestIdReused(AlreadyExists):
    """The request id was used before for something else; the facts name the first event."""

    reason = "REQUEST_ID_REUSED"


class FailedPrecondition(LedgerError):
    """The request is well formed and cannot be done in the present state."""

    reason = "FAILED_PRECONDITION"


class WrongStatus(FailedPrecondition):
    """The loan's status does not allow the event."""

    reason = "LOAN_STATUS"


class LoanSetAside(FailedPrecondition):
    """The close of business could not bring the loan forward, and nobody has resumed it yet."""

    reason = "LOAN_SET_ASIDE"


class PeriodClosed(FailedPrecondition):
    """The posting date lies in a closed accounting period."""

    reason = "PERIOD_CLOSED"


class DateNotOpen(FailedPrecondition):
    """A date lies outside what the book accepts now."""

    reason = "DATE_NOT_OPEN"


class InsufficientCredit(FailedPrecondition):
    """More would be taken from a held credit, or from a component, than it has."""

    reason = "INSUFFICIENT_BALANCE"


class AmountExceeded(FailedPrecondition):
    """The amount passes a limit of the loan: approved amount, outstanding, written-off."""

    reason = "AMOUNT_EXCEEDED"


class FixingMissing(FailedPrecondition):
    """A rate index has no fixing that counts on the day."""

    reason = "FIXING_MISSING"


class CalendarUnknown(FailedPrecondition):
    """A calendar does not say of every day that a loan needs whether it is worked."""

    reason = "CALENDAR_UNKNOWN"


class NotEligible(FailedPrecondition):
    """The product is not for the applicant."""

    reason = "NOT_ELIGIBLE"


class PriceMissing(FailedPrecondition):
    """No row of a product's prices fits what is asked for."""

    reason = "PRICE_MISSING"


class AlreadyReversed(FailedPrecondition):
    """The event was reversed before, or is itself a reversal."""

    reason = "ALREADY_REVERSED"


class AccountNotUsable(FailedPrecondition):
    """The account does not accept this entry: a control account, or another currency."""

    reason = "ACCOUNT_NOT_USABLE"


class ApprovalPending(FailedPrecondition):
    """Nothing was done yet: the command is kept and waits for others to approve it."""

    reason = "APPROVAL_PENDING"


class ApprovalNeeded(FailedPrecondition):
    """The command would have to wait for approval, and cannot do so in the way it was asked for."""

    reason = "APPROVAL_NEEDED"


class RuleBroken(FailedPrecondition):
    """Rules of the book do not allow the command; `evidence` are the facts by which they judged."""

    reason = "RULE_BROKEN"

    def __init__(
        self, message: str, message_zh: str, evidence: Mapping[str, object], **facts: object
    ) -> None:
        super().__init__(message, **facts)
        self.message_zh, self.evidence = message_zh, evidence


class NotPending(FailedPrecondition):
    """The command does not wait any more: it was done, rejected, withdrawn, or it expired."""

    reason = "NOT_PENDING"


class NotEntitled(LedgerError):
    """Somebody else must do this: another person, or one with another role."""

    reason = "NOT_ENTITLED"


class BeyondAuthority(NotEntitled):
    """The amount or the product is beyond what the caller's roles may decide."""

    reason = "BEYOND_AUTHORITY"


class Conflict(LedgerError):
    """Lost a race that a retry with the same request id settles."""

    reason = "CONFLICT"


class StripeBusy(Conflict):
    """Another transaction holds the stripe; nothing was done, and waiting for it would help."""

    reason = "STRIPE_BUSY"


class Overloaded(LedgerError):
    """No room for more work now; nothing was done. There may be room in so many milliseconds."""

    reason = "OVERLOADED"

    def __init__(self, message: str, milliseconds: int = 200) -> None:
        super().__init__(message)
        self.milliseconds = milliseconds


#: What a defect, or a state that somebody damaged, can raise while one loan or command is worked
#: out: it must not take others with it.
DEFECTS = (
    LedgerError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NameError,
    RuntimeError,
    StopIteration,
    TypeError,
    ValueError,
)
