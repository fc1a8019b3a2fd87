"""Standing instructions: the borrower lets what is due be taken from an account."""

from __future__ import annotations

from functools import partial

from ledger.drafts import Changes, Draft
from ledger.errors import FailedPrecondition, InvalidInput
from ledger.lending.accounts import funds_violations
from ledger.loan.state import Status
from ledger.names import id_text
from ledger.record import Decision
from ledger.store import standing
from ledger.store.loans import Key
from ledger.store.standing import Standing
from ledger.view import View

SET, ENDED = "standing_instruction_set", "standing_instruction_ended"
_LIVE = frozenset({Status.APPLIED, Status.APPROVED, Status.ACTIVE})


def instruct(view: View, key: Key, funds: str, most: int | None, reason: str) -> Decision:
    """From the next due date on; an instruction of before is replaced."""
    status = view.loan(key).state.status
    if status not in _LIVE:
        raise FailedPrecondition(f"nothing falls due on a loan that is {status.value}")
    violations = list(funds_violations(view, funds))
    if violations:
        raise InvalidInput(violations)
    return _recorded(view, SET, Standing(*key, 0, funds, most, active=True), reason)


def end(view: View, key: Key, reason: str) -> Decision:
    """Nothing more is taken."""
    view.loan(key)
    found = view.read(("standing", key), partial(standing.of_loan, key=key))
    if found is None or not found.active:
        raise FailedPrecondition("the loan has no standing instruction")
    ended = Standing(*key, 0, found.funds, found.most, active=False)
    return _recorded(view, ENDED, ended, reason)


def _recorded(view: View, kind: str, found: Standing, reason: str) -> Decision:
    """The result is the instruction and the loan's currency."""
    amounts = {"most": found.most} if found.most is not None else {}
    draft = Draft(
        kind=kind,
        subject=f"loans/{id_text(*found.key)}",
        payload={"amounts": amounts, "details": {"funds": found.funds}},
        loan=found.loan,
        reason=reason,
    )
    return Decision(
        draft, Changes(standing=found), (found, view.loan(found.key).state.terms.currency)
    )
