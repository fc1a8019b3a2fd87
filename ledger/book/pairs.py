"""What posting patterns are made of: pairs of roles by component, and the rules that recur."""

from __future__ import annotations

from collections.abc import Mapping

from ledger.book.chart import CONTROL_ROLE, Part, Role

Pair = tuple[Role, Role]
Rule = Mapping[Part, tuple[Pair, ...]]

OWED = (Part.PRINCIPAL, Part.INTEREST, Part.FEE, Part.PENALTY)
HELD = (*OWED, Part.IMPAIRED)

_P, _I, _F, _Y = OWED
_C, _W, _S = Part.CREDIT, Part.WRITTEN_OFF, Part.SUSPENDED
_ADJ, _DEF, _TAX = Part.ADJUSTMENT, Part.DEFERRED, Part.TAX_DEFERRED
_CASH, _CREDIT, _INCOME = Role.FUND_SOURCE, Role.CUSTOMER_CREDIT, Role.INTEREST_INCOME
_ALLOWANCE, _ADJUSTED, _DEFERRED = Role.LOSS_ALLOWANCE, Role.LOAN_ADJUSTMENT, Role.DEFERRED_INCOME

INCOME: Mapping[Part, Role] = {_I: _INCOME, _F: Role.FEE_INCOME, _Y: Role.PENALTY_INCOME}
REVERSED: Mapping[Part, Role] = {
    _I: Role.INTEREST_REVERSED,
    _F: Role.FEE_REVERSED,
    _Y: Role.PENALTY_REVERSED,
}
STAGES: Mapping[Part, Role] = {
    Part.STAGE_1: Role.ALLOWANCE_STAGE_1,
    Part.STAGE_2: Role.ALLOWANCE_STAGE_2,
    Part.STAGE_3: Role.ALLOWANCE_STAGE_3,
}
ALLOWANCES: Mapping[Part, Role] = {Part.ALLOWANCE: _ALLOWANCE, **STAGES}
REGISTERED: Rule = {_W: ((Role.WRITTEN_OFF_MEMO, Role.WRITTEN_OFF_CONTRA),)}
DEREGISTERED: Rule = {_W: ((Role.WRITTEN_OFF_CONTRA, Role.WRITTEN_OFF_MEMO),)}
UNSUSPENDED: Rule = {_S: ((Role.SUSPENDED_CONTRA, Role.SUSPENDED_MEMO),)}
SUSPENDED: Rule = {_S: ((Role.SUSPENDED_MEMO, Role.SUSPENDED_CONTRA),)}


def settled_from(source: Role, *parts: Part) -> Rule:
    """Components paid out of one source; the four owed ones where none is named."""
    return {part: ((source, CONTROL_ROLE[part]),) for part in parts or OWED}


def brought_against(source: Role, *parts: Part) -> Rule:
    """Components that come into being against one account."""
    return {part: ((CONTROL_ROLE[part], source),) for part in parts or OWED}


def received(source: Role) -> Rule:
    """Interest that was never accrued is income when it is paid, and its memo falls."""
    return {_S: ((source, _INCOME), *UNSUSPENDED[_S])}


def against(roles: Mapping[Part, Role], credit: Role) -> Rule:
    """Each component from a role of its own to one account."""
    return {part: ((role, credit),) for part, role in roles.items()}


def earned(debits: Mapping[Part, Role]) -> Rule:
    """Income against what debits it, by component."""
    return {part: ((debits[part], income),) for part, income in INCOME.items()}


def lost(loss: Role) -> Rule:
    """Allowance method: the loss fills the allowance, and the allowance takes the loan off.

    A carried allowance (`allowance`, `stage_n`) takes its share of the loss away, and so do income
    that was deferred and tax that need not be paid.
    """
    freed = {_ADJ: _ADJUSTED, _DEF: _DEFERRED, _TAX: Role.TAX_DEFERRED}
    return {
        **{p: ((loss, _ALLOWANCE), (_ALLOWANCE, CONTROL_ROLE[p])) for p in HELD},
        **{p: ((role, _ALLOWANCE), (_ALLOWANCE, loss)) for p, role in {**freed, **STAGES}.items()},
        Part.ALLOWANCE: ((_ALLOWANCE, loss),),
        **REGISTERED,
        **UNSUSPENDED,
    }


def after_charge_off(expense: Role, suffix: str = "") -> dict[str, Rule]:
    """Movements of a loan charged off: they undo the loss, but for recoveries, which are income.

    `principal` to `penalty` say what the money is for; `written_off` is the change of the memo.
    """
    losses = {_P: expense, **REVERSED}
    refund = {p: ((_CASH, role),) for p, role in losses.items()}
    back = {p: ((role, _CASH),) for p, role in losses.items()}
    found = {
        "merchant_refund": {**refund, _C: ((_CASH, _CREDIT),), **REGISTERED},
        "payout_refund": {**refund, _C: ((_CASH, _CREDIT),), **REGISTERED},
        "chargeback": {**back, _C: ((_CREDIT, _CASH),), **REGISTERED},
        "credit_refund": {_C: ((_CREDIT, _CASH),), _P: ((expense, _CASH),), **REGISTERED},
    }
    return {f"{name}_after_charge_off{suffix}": rule for name, rule in found.items()}
