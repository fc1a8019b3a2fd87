"""The posting patterns of a lender on the accrual basis with a loss allowance.

Each is a table (movement, component) to pairs of roles; the other accounting profiles are told as
what differs from these. Sources: the Chinese accounting subject 1303 (loans) for disbursement,
accrual, impairment and write-off; IFRS 9 5.4.1 (interest), B5.4.1 to B5.4.3 (integral fees), 5.4.3
(modification), 3.2.6 and 3.2.15 (sale without and with recourse); the Call Report's glossary for
non-accrual and foreclosed assets; IAS 21.23 for revaluation.
"""

from __future__ import annotations

from collections.abc import Mapping

from ledger.book.chart import CONTROL_ROLE, Part, Role
from ledger.book.pairs import (
    ALLOWANCES,
    DEREGISTERED,
    HELD,
    INCOME,
    OWED,
    REGISTERED,
    REVERSED,
    STAGES,
    SUSPENDED,
    UNSUSPENDED,
    Rule,
    after_charge_off,
    against,
    brought_against,
    earned,
    lost,
    received,
    settled_from,
)

_P, _I, _F, _Y = OWED
_C, _W, _M, _S = Part.CREDIT, Part.WRITTEN_OFF, Part.IMPAIRED, Part.SUSPENDED
_ADJ, _DEF, _TAX = Part.ADJUSTMENT, Part.DEFERRED, Part.TAX_DEFERRED
_CASH, _CREDIT = Role.FUND_SOURCE, Role.CUSTOMER_CREDIT
_LOSS, _ALLOWANCE = Role.IMPAIRMENT_LOSS, Role.LOSS_ALLOWANCE
_INCOME, _RESULT = Role.INTEREST_INCOME, Role.DERECOGNITION_RESULT
_PRINCIPAL, _FX = Role.LOAN_PRINCIPAL, Role.FX_POSITION
_ADJUSTED, _DEFERRED = Role.LOAN_ADJUSTMENT, Role.DEFERRED_INCOME

_GOODWILL = {_P: Role.GOODWILL_EXPENSE, **REVERSED}
_FROM_PROCEEDS: Rule = {
    _ADJ: ((_CASH, _ADJUSTED),),
    _DEF: ((_CASH, _DEFERRED),),
    _F: ((_CASH, Role.FEE_INCOME),),
    Part.TAX_DUE: ((_CASH, Role.TAX_PAYABLE),),
}
_RECEIPT: Rule = {**settled_from(_CASH, *HELD, _C), **received(_CASH)}
_CHARGES = ("late_fee", "instalment_fee", "prepayment_charge", "commitment_charge")
_CHARGING = ("charge", "charge_due", *_CHARGES)
_CHARGED: Rule = {
    _F: ((Role.FEE_RECEIVABLE, Role.FEE_INCOME),),
    _Y: ((Role.PENALTY_RECEIVABLE, Role.PENALTY_INCOME),),
    _ADJ: ((Role.FEE_INCOME, _ADJUSTED),),
    Part.TAX_DUE: ((Role.FEE_INCOME, Role.TAX_PAYABLE),),
    **SUSPENDED,
}
_DERECOGNISED: Rule = {
    **settled_from(_RESULT, *HELD),
    **against(ALLOWANCES, _RESULT),
    _ADJ: ((_ADJUSTED, _RESULT),),
    _DEF: ((_DEFERRED, _RESULT),),
    **UNSUSPENDED,
}

_LIFE: Mapping[str, Rule] = {
    "disbursement": {_P: ((_PRINCIPAL, _CASH),), **_FROM_PROCEEDS},
    "fee_deducted": _FROM_PROCEEDS,
    "capitalised_income": {
        _DEF: ((_PRINCIPAL, _DEFERRED),),
        _ADJ: ((_PRINCIPAL, _ADJUSTED),),
        _F: ((_PRINCIPAL, Role.FEE_INCOME),),
    },
    "commitment_fee": {_F: ((Role.FEE_RECEIVABLE, Role.FEE_INCOME),), _DEF: ((_CASH, _DEFERRED),)},
    "commitment_fee_drawn": {_DEF: ((_DEFERRED, _ADJUSTED),)},
    "commitment_fee_lapsed": {_DEF: ((_DEFERRED, Role.FEE_INCOME),)},
    "accrual": {
        **earned(CONTROL_ROLE),
        _ADJ: ((_ADJUSTED, _INCOME),),
        _TAX: ((_INCOME, Role.TAX_DEFERRED),),
        Part.ALLOWANCE: ((_INCOME, _ALLOWANCE),),
        Part.STAGE_3: ((_INCOME, Role.ALLOWANCE_STAGE_3),),
        **SUSPENDED,
        **REGISTERED,
    },
    "fee_amortised": {_ADJ: ((_ADJUSTED, _INCOME),), _DEF: ((_DEFERRED, _INCOME),)},
    **dict.fromkeys(_CHARGING, _CHARGED),
    "charge_adjustment": {**settled_from(Role.FEE_INCOME, *HELD, _C), **UNSUSPENDED},
    "penalty_adjustment": {**settled_from(Role.PENALTY_INCOME, *HELD, _C), **UNSUSPENDED},
    "capitalisation": {
        **settled_from(_PRINCIPAL, _I, _F, _Y),
        _S: ((_PRINCIPAL, _ALLOWANCE), *UNSUSPENDED[_S]),
    },
    "waiver": {**settled_from(_LOSS, *HELD), **UNSUSPENDED},
    "income_waiver": {p: ((role, CONTROL_ROLE[p]),) for p, role in INCOME.items()},
    "vat_on_interest": {_TAX: ((_INCOME, Role.TAX_DEFERRED),)},
    "vat_due": {_TAX: ((Role.TAX_DEFERRED, Role.TAX_PAYABLE),)},
}

_MONEY: Mapping[str, Rule] = {
    **dict.fromkeys(("repayment", "down_payment", "merchant_refund", "payout_refund"), _RECEIPT),
    "goodwill_credit": {
        **{p: ((role, CONTROL_ROLE[p]),) for p, role in _GOODWILL.items()},
        _M: ((Role.GOODWILL_EXPENSE, Role.LOAN_IMPAIRED),),
        _C: ((Role.GOODWILL_EXPENSE, _CREDIT),),
        **UNSUSPENDED,
    },
    "chargeback": {
        **brought_against(_CASH, *HELD),
        _C: ((_CREDIT, _CASH),),
        _S: ((_INCOME, _CASH), *SUSPENDED[_S]),
    },
    "credit_application": {**settled_from(_CREDIT, *HELD), **received(_CREDIT)},
    "interest_surplus": {
        _C: ((Role.INTEREST_RECEIVABLE, _CREDIT),),
        _S: ((_INCOME, _CREDIT), *SUSPENDED[_S]),
    },
    "credit_refund": {_C: ((_CREDIT, _CASH),), _P: ((_PRINCIPAL, _CASH),)},
    "suspense_receipt": {Part.CASH: ((_CASH, Role.SUSPENSE),)},
    "suspense_applied": {
        **settled_from(Role.SUSPENSE, *HELD, _C),
        **received(Role.SUSPENSE),
    },
    "suspense_returned": {Part.CASH: ((Role.SUSPENSE, _CASH),)},
    "prepayment_fee": {_F: ((_CASH, Role.PREPAYMENT_INCOME),)},
    "cash_basis_income": {**{p: ((_CASH, role),) for p, role in INCOME.items()}, **UNSUSPENDED},
}

_TROUBLE: Mapping[str, Rule] = {
    "suspension": {
        **{p: ((role, CONTROL_ROLE[p]),) for p, role in INCOME.items()},
        _TAX: ((Role.TAX_DEFERRED, _INCOME),),
        **SUSPENDED,
    },
    "suspension_prior_years": {**settled_from(_ALLOWANCE, _I, _F, _Y), **SUSPENDED},
    "suspended_accrual": SUSPENDED,
    "impairment_reclass": {
        **settled_from(Role.LOAN_IMPAIRED),
        _ADJ: ((_ADJUSTED, Role.LOAN_IMPAIRED),),
    },
    "unwinding": against(ALLOWANCES, _INCOME),
    "provision": {
        **{part: ((_LOSS, role),) for part, role in ALLOWANCES.items()},
        Part.RECOURSE: ((_LOSS, Role.RECOURSE_LIABILITY),),
    },
    "stage_transfer": {p: ((Role.ALLOWANCE_TRANSFER, role),) for p, role in STAGES.items()},
    "write_off": lost(_LOSS),
    "charge_off": lost(_LOSS),
    "charge_off_fraud": lost(Role.FRAUD_EXPENSE),
    "recovery": {_W: ((_CASH, Role.RECOVERY_INCOME), *DEREGISTERED[_W])},
    "recovery_after_charge_off": {
        **dict.fromkeys(OWED, ((_CASH, Role.RECOVERY_INCOME),)),
        _C: ((_CASH, _CREDIT),),
        **REGISTERED,
    },
    "credit_application_after_charge_off": {
        **dict.fromkeys(OWED, ((_CREDIT, Role.RECOVERY_INCOME),)),
        **REGISTERED,
    },
    "charge_adjustment_after_charge_off": {
        **dict.fromkeys(OWED, ((Role.FEE_INCOME, Role.RECOVERY_INCOME),)),
        _C: ((Role.FEE_INCOME, _CREDIT),),
        **REGISTERED,
    },
    "goodwill_after_charge_off": {
        **against(_GOODWILL, Role.RECOVERY_INCOME),
        _C: ((Role.GOODWILL_EXPENSE, _CREDIT),),
        **REGISTERED,
    },
    "interest_surplus_after_charge_off": {_C: ((Role.RECOVERY_INCOME, _CREDIT),), **REGISTERED},
    "sale_after_charge_off": {Part.CASH: ((_CASH, Role.RECOVERY_INCOME),), **REGISTERED},
    "memo": {**REGISTERED, **SUSPENDED},
    **after_charge_off(Role.CHARGE_OFF_EXPENSE),
    **after_charge_off(Role.FRAUD_EXPENSE, "_fraud"),
}

_CHANGES: Mapping[str, Rule] = {
    "modification": {_ADJ: ((_RESULT, _ADJUSTED),), Part.COST: ((_ADJUSTED, _CASH),)},
    "modification_derecognised": {**_DERECOGNISED, Part.FAIR_VALUE: ((_PRINCIPAL, _RESULT),)},
    "refinancing_out": {
        **settled_from(Role.LOAN_CLEARING, *HELD),
        _S: ((Role.LOAN_CLEARING, _ALLOWANCE), *UNSUSPENDED[_S]),
    },
    "refinancing_in": {
        **_FROM_PROCEEDS,
        _P: ((_PRINCIPAL, Role.LOAN_CLEARING),),
        Part.CASH: ((Role.LOAN_CLEARING, _CASH),),
    },
    "import": {
        **brought_against(Role.MIGRATION_CLEARING),
        _C: ((Role.MIGRATION_CLEARING, _CREDIT),),
        _ADJ: ((Role.MIGRATION_CLEARING, _ADJUSTED),),
        **REGISTERED,
        **SUSPENDED,
    },
    "sale": {
        **_DERECOGNISED,
        Part.CASH: ((_CASH, _RESULT),),
        Part.RECOURSE: ((_RESULT, Role.RECOURSE_LIABILITY),),
        _TAX: ((Role.TAX_DEFERRED, _RESULT),),
    },
    "sale_with_recourse": {Part.BORROWING: ((_CASH, Role.SECURED_BORROWING),)},
    "borrowing_repaid": {Part.BORROWING: ((Role.SECURED_BORROWING, _CASH),)},
    "buy_back": {
        **brought_against(_CASH, *HELD),
        _ADJ: ((_CASH, _ADJUSTED),),
        Part.RECOURSE: ((Role.RECOURSE_LIABILITY, _CASH),),
        **SUSPENDED,
    },
    "repossession": {
        Part.COLLATERAL: ((Role.COLLATERAL_ASSET, _LOSS),),
        **against(ALLOWANCES, _LOSS),
        **settled_from(_LOSS, *HELD),
        _ADJ: ((_ADJUSTED, _LOSS),),
        Part.TAX_DUE: ((_LOSS, Role.TAX_PAYABLE),),
        Part.COST: ((_LOSS, _CASH),),
        **UNSUSPENDED,
    },
    "operational_loss": {Part.COST: ((Role.OPERATIONAL_LOSS, _CASH),)},
    "operational_provision": {Part.COST: ((Role.OPERATIONAL_LOSS, Role.OPERATIONAL_PROVISION),)},
    "operational_provision_used": {Part.COST: ((Role.OPERATIONAL_PROVISION, _CASH),)},
    "operational_recovery": {Part.CASH: ((_CASH, Role.OPERATIONAL_RECOVERY),)},
    "collateral_impairment": {Part.COLLATERAL_ALLOWANCE: ((_LOSS, Role.COLLATERAL_ALLOWANCE),)},
    "collateral_sale": {
        Part.CASH: ((_CASH, _RESULT),),
        Part.COLLATERAL_ALLOWANCE: ((Role.COLLATERAL_ALLOWANCE, _RESULT),),
        Part.COLLATERAL: ((_RESULT, Role.COLLATERAL_ASSET),),
        Part.TAX_DUE: ((_RESULT, Role.TAX_PAYABLE),),
    },
    "redenomination_out": {
        **settled_from(_FX, *HELD),
        _C: ((_CREDIT, _FX),),
        _ADJ: ((_ADJUSTED, _FX),),
        **UNSUSPENDED,
    },
    "redenomination_in": {
        **brought_against(_FX, *HELD),
        _C: ((_FX, _CREDIT),),
        _ADJ: ((_FX, _ADJUSTED),),
        **SUSPENDED,
    },
    "fx_settlement": {Part.CASH: ((_FX, _CASH),)},
    "revaluation": {
        _P: ((Role.LOAN_REVALUATION, Role.FX_RESULT),),
        _I: ((Role.INTEREST_REVALUATION, Role.FX_RESULT),),
    },
}

PATTERNS: Mapping[str, Rule] = {**_LIFE, **_MONEY, **_TROUBLE, **_CHANGES}
