"""Posting rules as one table: (profile, movement, component) to the roles it debits and credits.

An accounting profile is what a lender's policy makes of the same movements, and a product version
names its own. A product maps roles to accounts, so a rule is written once for all products.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import TypeVar

from ledger.book.chart import CASH_CONTROL_ROLE, CONTROL_ROLE, CONTROLLED, DEFAULT_ROLES, Part, Role
from ledger.book.journal import Entry
from ledger.book.pairs import (
    DEREGISTERED,
    HELD,
    INCOME,
    REGISTERED,
    REVERSED,
    Pair,
    Rule,
    settled_from,
)
from ledger.book.patterns import PATTERNS

#: The profile of a product that names none.
DEFAULT_PROFILE = "allowance"

_CASH, _LOSS, _ALLOWANCE = Role.FUND_SOURCE, Role.IMPAIRMENT_LOSS, Role.LOSS_ALLOWANCE


def _direct_charge_off(expense: Role) -> Rule:
    """Straight to expense: interest and fees reduce their own income, deferred income the loss."""
    reversals = {part: ((role, CONTROL_ROLE[part]),) for part, role in REVERSED.items()}
    return {
        **settled_from(expense, Part.PRINCIPAL, Part.IMPAIRED),
        **reversals,
        Part.ADJUSTMENT: ((Role.LOAN_ADJUSTMENT, expense),),
        Part.DEFERRED: ((Role.DEFERRED_INCOME, expense),),
        Part.TAX_DEFERRED: ((Role.TAX_DEFERRED, Role.INTEREST_REVERSED),),
        Part.SUSPENDED: ((Role.SUSPENDED_CONTRA, Role.SUSPENDED_MEMO),),
        **REGISTERED,
    }


_DIRECT: Mapping[str, Rule] = {
    "waiver": {
        **settled_from(Role.WRITE_OFF_EXPENSE, *HELD),
        Part.SUSPENDED: PATTERNS["waiver"][Part.SUSPENDED],
    },
    "write_off": {
        **_direct_charge_off(Role.WRITE_OFF_EXPENSE),
        **settled_from(Role.WRITE_OFF_EXPENSE, *HELD),
    },
    "charge_off": _direct_charge_off(Role.CHARGE_OFF_EXPENSE),
    "charge_off_fraud": _direct_charge_off(Role.FRAUD_EXPENSE),
}

#: A receivable to the memo pair that stands for it on the cash basis, and its income.
_UNRECEIVED: Mapping[Role, tuple[Pair, Role]] = {
    Role.INTEREST_RECEIVABLE: (
        (Role.INTEREST_MEMO, Role.INTEREST_MEMO_CONTRA),
        INCOME[Part.INTEREST],
    ),
    Role.FEE_RECEIVABLE: ((Role.FEE_MEMO, Role.FEE_MEMO_CONTRA), INCOME[Part.FEE]),
    Role.PENALTY_RECEIVABLE: (
        (Role.PENALTY_MEMO, Role.PENALTY_MEMO_CONTRA),
        INCOME[Part.PENALTY],
    ),
}
#: What makes income when it settles interest or a fee; principal that takes it over counts too.
_RECEIVED = frozenset(
    {_CASH, Role.CUSTOMER_CREDIT, Role.SUSPENSE, Role.LOAN_PRINCIPAL, Role.LOAN_CLEARING}
)


def _on_cash_basis(pairs: tuple[Pair, ...]) -> tuple[Pair, ...]:
    """Pairs with no receivable: the memo moves, and income only with what was received."""
    found: list[Pair] = []
    for debit, credit in pairs:
        if credit in _UNRECEIVED:
            (memo, contra), income = _UNRECEIVED[credit]
            found += [(debit, income)] if debit in _RECEIVED else []
            found.append((contra, memo))
        elif debit in _UNRECEIVED:
            (memo, contra), income = _UNRECEIVED[debit]
            found += [(income, credit)] if credit in _RECEIVED else []
            found.append((memo, contra))
    return tuple(found) or pairs


def _without_receivables(rules: Mapping[str, Rule]) -> dict[str, Rule]:
    """All rules on the cash basis; what is not on the balance sheet cannot become impaired."""
    found = {
        movement: {part: _on_cash_basis(pairs) for part, pairs in rule.items()}
        for movement, rule in rules.items()
    }
    for part in INCOME:
        del found["impairment_reclass"][part]
    return dict(found)


def _recovered(*pairs: Pair) -> dict[str, Rule]:
    return {"recovery": {Part.WRITTEN_OFF: (*pairs, *DEREGISTERED[Part.WRITTEN_OFF])}}


#: (debit, credit) pairs of each profile, movement and component; an amount is posted once a pair.
#: `allowance` is the accrual basis with a loss allowance, `direct` charges off straight to expense,
#: `cash` earns interest and fees when they are paid; the two Chinese profiles differ from
#: `allowance` in recoveries: straight to the impairment loss, or by way of loan and allowance.
RULES: Mapping[str, Mapping[str, Rule]] = {
    DEFAULT_PROFILE: PATTERNS,
    "direct": {**PATTERNS, **_DIRECT},
    "cash": _without_receivables(PATTERNS),
    "cn_short": {**PATTERNS, **_recovered((_CASH, _LOSS))},
    "cn_long": {
        **PATTERNS,
        **_recovered(
            (Role.LOAN_PRINCIPAL, _ALLOWANCE), (_CASH, Role.LOAN_PRINCIPAL), (_ALLOWANCE, _LOSS)
        ),
    },
}

_CONTROL_ROLES: Mapping[str, Mapping[Part, Role]] = {"cash": CASH_CONTROL_ROLE}

#: On these a journal has one line a side at most: what runs against each other is netted.
_NETTED = frozenset(
    {
        Role.FUND_SOURCE,
        Role.INTEREST_INCOME,
        Role.IMPAIRMENT_LOSS,
        Role.DERECOGNITION_RESULT,
        Role.LOAN_CLEARING,
        Role.MIGRATION_CLEARING,
        Role.LOAN_IMPAIRED,
        Role.ALLOWANCE_TRANSFER,
        Role.CHARGE_OFF_EXPENSE,
        Role.FRAUD_EXPENSE,
        Role.WRITE_OFF_EXPENSE,
    }
)
_LOSSES = frozenset({Role.IMPAIRMENT_LOSS, Role.FRAUD_EXPENSE})
_Key = TypeVar("_Key", bound=Hashable)


def control_roles(profile: str = DEFAULT_PROFILE) -> Mapping[Part, Role]:
    """The role whose account is the control account of each component, by accounting profile."""
    return _CONTROL_ROLES.get(profile, CONTROL_ROLE)


def entries_for(
    movement: str,
    amounts: Mapping[Part, int],
    accounts: Mapping[Role, str],
    currency: str,
    loan: int | None,
    profile: str = DEFAULT_PROFILE,
) -> Iterator[Entry]:
    """The entries of a movement; a negative amount swaps the sides, so mirrors need no rules.

    Entries that are netted to nothing are left out, so a movement may have none.
    """
    lines: list[tuple[tuple[str, Part | None, bool], int, bool]] = []
    for (debit, credit), amount in _legs(RULES[profile][movement], amounts):
        sides = ((debit, amount), (credit, -amount))
        for role, signed in sides if amount > 0 else sides[::-1]:
            account, nets = accounts.get(role) or DEFAULT_ROLES[role], role in _NETTED
            lines.append(((account, CONTROLLED.get(role), nets), signed, nets))
    for (account, owner, _), signed in _netted(lines):
        side = "D" if signed > 0 else "C"
        if owner:
            yield Entry(account, side, currency, abs(signed), loan, owner.value)
        else:
            yield Entry(account, side, currency, abs(signed))


def _legs(rule: Rule, amounts: Mapping[Part, int]) -> list[tuple[Pair, int]]:
    """(pair, signed amount) of all amounts; losses that an allowance covers are set off."""
    found: list[tuple[Pair, int, bool]] = []
    for part, amount in amounts.items():
        for debit, credit in rule[part] if amount else ():
            if debit is _ALLOWANCE and credit in _LOSSES:
                found.append(((credit, debit), -amount, True))
            else:
                found.append(((debit, credit), amount, debit in _LOSSES and credit is _ALLOWANCE))
    return _netted(found)


def _netted(found: Sequence[tuple[_Key, int, bool]]) -> list[tuple[_Key, int]]:
    """Amounts of one key that run against each other as one, where the flag says so."""
    netted = [key for key, _, nets in found if nets]
    if len(netted) == len(set(netted)):
        return [(key, amount) for key, amount, _ in found]
    signs: dict[_Key, set[bool]] = {}
    sums: dict[_Key, int] = {}
    for key, amount, nets in found:
        if nets:
            signs.setdefault(key, set()).add(amount > 0)
            sums[key] = sums.get(key, 0) + amount
    kept: list[tuple[_Key, int]] = []
    for key, amount, nets in found:
        if not nets or len(signs[key]) == 1:
            kept.append((key, amount))
        elif sums[key]:
            kept.append((key, sums[key]))
            sums[key] = 0
    return kept
