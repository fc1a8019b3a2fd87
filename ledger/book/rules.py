"""Posting rules as one table: (movement, component) to the accounts' roles it debits and credits.

A product maps roles to accounts, so a rule is written once for all products. Sources of the
patterns: the Chinese accounting subject 1303 (loans), IFRS 9 5.4 for accruals, and the write-off
and recovery patterns of bank bookkeeping (allowance method with the shortfall charged first).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ledger.book.chart import CONTROL_ROLE, DEFAULT_ROLES, Part, Role
from ledger.book.journal import Entry

_P, _I, _F, _Y = Part.PRINCIPAL, Part.INTEREST, Part.FEE, Part.PENALTY
_C, _W = Part.CREDIT, Part.WRITTEN_OFF
_CASH, _CREDIT = Role.FUND_SOURCE, Role.CUSTOMER_CREDIT
_LOSS, _ALLOWANCE = Role.IMPAIRMENT_LOSS, Role.LOSS_ALLOWANCE
_MEMO, _CONTRA = Role.WRITTEN_OFF_MEMO, Role.WRITTEN_OFF_CONTRA

Pair = tuple[Role, Role]


def _settled_from(source: Role) -> dict[Part, tuple[Pair, ...]]:
    """Rows that pay the four owed components out of one source."""
    return {part: ((source, CONTROL_ROLE[part]),) for part in (_P, _I, _F, _Y)}


#: (debit, credit) pairs of each movement and component; an amount is posted once for each pair.
RULES: Mapping[str, Mapping[Part, tuple[Pair, ...]]] = {
    "disbursement": {_P: ((Role.LOAN_PRINCIPAL, _CASH),)},
    "accrual": {
        _I: ((Role.INTEREST_RECEIVABLE, Role.INTEREST_INCOME),),
        _Y: ((Role.PENALTY_RECEIVABLE, Role.PENALTY_INCOME),),
    },
    "charge": {_F: ((Role.FEE_RECEIVABLE, Role.FEE_INCOME),)},
    "late_fee": {_F: ((Role.FEE_RECEIVABLE, Role.FEE_INCOME),)},
    "repayment": {**_settled_from(_CASH), _C: ((_CASH, _CREDIT),)},
    "credit_application": _settled_from(_CREDIT),
    "interest_surplus": {_C: ((Role.INTEREST_RECEIVABLE, _CREDIT),)},
    "credit_refund": {_C: ((_CREDIT, _CASH),)},
    "waiver": _settled_from(_LOSS),
    "write_off": {
        part: ((_LOSS, _ALLOWANCE), (_ALLOWANCE, CONTROL_ROLE[part])) for part in (_P, _I, _F, _Y)
    }
    | {_W: ((_MEMO, _CONTRA),)},
    "recovery": {_W: ((_CASH, Role.RECOVERY_INCOME), (_CONTRA, _MEMO))},
}

_PART_OF_ROLE: Mapping[Role, Part] = {role: part for part, role in CONTROL_ROLE.items()}


def entries_for(
    movement: str,
    amounts: Mapping[Part, int],
    accounts: Mapping[Role, str],
    currency: str,
    loan: int | None,
) -> Iterator[Entry]:
    """The entries of a movement; a negative amount swaps the sides, so mirrors need no rules."""
    rules = RULES[movement]
    for part, amount in amounts.items():
        if amount == 0:
            continue
        for debit, credit in rules[part]:
            sides = ((debit, "D"), (credit, "C")) if amount > 0 else ((credit, "D"), (debit, "C"))
            for role, side in sides:
                owner = _PART_OF_ROLE.get(role)
                yield Entry(
                    account=accounts.get(role) or DEFAULT_ROLES[role],
                    side=side,
                    currency=currency,
                    amount=abs(amount),
                    loan=loan if owner else None,
                    component=owner.value if owner else None,
                )
