"""The default chart of a lender and the roles through which posting rules reach it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class AccountType(StrEnum):
    """What an account is in the statements; memo accounts stand off the balance sheet."""

    ASSET = "asset"
    LIABILITY = "liability"
    EQUITY = "equity"
    INCOME = "income"
    EXPENSE = "expense"
    MEMO = "memo"


class Part(StrEnum):
    """What a movement's amount is of: a component of a loan's balance, or a figure beside it.

    A component is summed by one control account (`CONTROL_ROLE`). A figure moves accounts that
    finance posts to as well, so no control account can hold it to the sum of the loans.
    """

    PRINCIPAL = "principal"
    INTEREST = "interest"
    FEE = "fee"
    PENALTY = "penalty"
    CREDIT = "credit"
    WRITTEN_OFF = "written_off"
    ADJUSTMENT = "adjustment"
    DEFERRED = "deferred"
    IMPAIRED = "impaired"
    SUSPENDED = "suspended"
    TAX_DEFERRED = "tax_deferred"
    BORROWING = "borrowing"

    CASH = "cash"
    COST = "cost"
    FAIR_VALUE = "fair_value"
    ALLOWANCE = "allowance"
    STAGE_1 = "stage_1"
    STAGE_2 = "stage_2"
    STAGE_3 = "stage_3"
    TAX_DUE = "tax_due"
    RECOURSE = "recourse"
    COLLATERAL = "collateral"
    COLLATERAL_ALLOWANCE = "collateral_allowance"


class Role(StrEnum):
    """What an account does in a posting rule; a product may map a role to another account."""

    FUND_SOURCE = "fund_source"
    LOAN_PRINCIPAL = "loan_principal"
    INTEREST_RECEIVABLE = "interest_receivable"
    FEE_RECEIVABLE = "fee_receivable"
    PENALTY_RECEIVABLE = "penalty_receivable"
    CUSTOMER_CREDIT = "customer_credit"
    INTEREST_INCOME = "interest_income"
    FEE_INCOME = "fee_income"
    PENALTY_INCOME = "penalty_income"
    LOSS_ALLOWANCE = "loss_allowance"
    IMPAIRMENT_LOSS = "impairment_loss"
    RECOVERY_INCOME = "recovery_income"
    WRITTEN_OFF_MEMO = "written_off_memo"
    WRITTEN_OFF_CONTRA = "written_off_contra"
    LOAN_ADJUSTMENT = "loan_adjustment"
    LOAN_IMPAIRED = "loan_impaired"
    LOAN_REVALUATION = "loan_revaluation"
    INTEREST_REVALUATION = "interest_revaluation"
    LOAN_CLEARING = "loan_clearing"
    MIGRATION_CLEARING = "migration_clearing"
    ALLOWANCE_TRANSFER = "allowance_transfer"
    ALLOWANCE_STAGE_1 = "allowance_stage_1"
    ALLOWANCE_STAGE_2 = "allowance_stage_2"
    ALLOWANCE_STAGE_3 = "allowance_stage_3"
    COLLATERAL_ASSET = "collateral_asset"
    COLLATERAL_ALLOWANCE = "collateral_allowance"
    TAX_PAYABLE = "tax_payable"
    TAX_DEFERRED = "tax_deferred"
    SUSPENSE = "suspense"
    SECURED_BORROWING = "secured_borrowing"
    RECOURSE_LIABILITY = "recourse_liability"
    DEFERRED_INCOME = "deferred_income"
    FX_POSITION = "fx_position"
    FX_RESULT = "fx_result"
    DERECOGNITION_RESULT = "derecognition_result"
    PREPAYMENT_INCOME = "prepayment_income"
    OPERATIONAL_LOSS = "operational_loss"
    OPERATIONAL_RECOVERY = "operational_recovery"
    OPERATIONAL_PROVISION = "operational_provision"
    CHARGE_OFF_EXPENSE = "charge_off_expense"
    FRAUD_EXPENSE = "fraud_expense"
    WRITE_OFF_EXPENSE = "write_off_expense"
    GOODWILL_EXPENSE = "goodwill_expense"
    INTEREST_REVERSED = "interest_reversed"
    FEE_REVERSED = "fee_reversed"
    PENALTY_REVERSED = "penalty_reversed"
    SUSPENDED_MEMO = "suspended_memo"
    SUSPENDED_CONTRA = "suspended_contra"
    INTEREST_MEMO = "interest_memo"
    INTEREST_MEMO_CONTRA = "interest_memo_contra"
    FEE_MEMO = "fee_memo"
    FEE_MEMO_CONTRA = "fee_memo_contra"
    PENALTY_MEMO = "penalty_memo"
    PENALTY_MEMO_CONTRA = "penalty_memo_contra"


#: The role whose account is the control account of a component.
CONTROL_ROLE: Mapping[Part, Role] = {
    Part.PRINCIPAL: Role.LOAN_PRINCIPAL,
    Part.INTEREST: Role.INTEREST_RECEIVABLE,
    Part.FEE: Role.FEE_RECEIVABLE,
    Part.PENALTY: Role.PENALTY_RECEIVABLE,
    Part.CREDIT: Role.CUSTOMER_CREDIT,
    Part.WRITTEN_OFF: Role.WRITTEN_OFF_MEMO,
    Part.ADJUSTMENT: Role.LOAN_ADJUSTMENT,
    Part.DEFERRED: Role.DEFERRED_INCOME,
    Part.IMPAIRED: Role.LOAN_IMPAIRED,
    Part.SUSPENDED: Role.SUSPENDED_MEMO,
    Part.TAX_DEFERRED: Role.TAX_DEFERRED,
    Part.BORROWING: Role.SECURED_BORROWING,
}

#: On the cash basis what is owed beside principal stands off the balance sheet until it is paid.
CASH_CONTROL_ROLE: Mapping[Part, Role] = {
    **CONTROL_ROLE,
    Part.INTEREST: Role.INTEREST_MEMO,
    Part.FEE: Role.FEE_MEMO,
    Part.PENALTY: Role.PENALTY_MEMO,
}

#: The component that a role's account controls, whatever the profile.
CONTROLLED: Mapping[Role, Part] = {
    role: part for roles in (CONTROL_ROLE, CASH_CONTROL_ROLE) for part, role in roles.items()
}

#: Components that a loan owes to somebody or has not earned yet: their accounts stand in credit.
CREDIT_SIDE: frozenset[Part] = frozenset(
    {Part.CREDIT, Part.ADJUSTMENT, Part.DEFERRED, Part.TAX_DEFERRED, Part.BORROWING}
)


@dataclass(frozen=True, slots=True)
class Account:
    """One account of a chart; `control` names the component that loans keep there."""

    code: str
    title: str
    title_zh: str
    type: AccountType
    control: Part | None = None


_A, _L, _Q = AccountType.ASSET, AccountType.LIABILITY, AccountType.EQUITY
_I, _X, _M = AccountType.INCOME, AccountType.EXPENSE, AccountType.MEMO

DEFAULT_CHART: tuple[Account, ...] = (
    Account("1001", "Cash and central bank", "存放中央银行款项", _A),
    Account("1132", "Interest receivable", "应收利息", _A, Part.INTEREST),
    Account("1132R", "Interest receivable, revaluation", "应收利息——汇兑调整", _A),
    Account("1133", "Fees receivable", "应收手续费", _A, Part.FEE),
    Account("1134", "Penalties receivable", "应收罚息", _A, Part.PENALTY),
    Account("1303A", "Loans, interest adjustment", "贷款——利息调整", _A, Part.ADJUSTMENT),
    Account("1303I", "Loans, impaired", "贷款——已减值", _A, Part.IMPAIRED),
    Account("1303P", "Loans, principal", "贷款——本金", _A, Part.PRINCIPAL),
    Account("1303R", "Loans, revaluation", "贷款——汇兑调整", _A),
    Account("1304", "Loan loss allowance", "贷款损失准备", _A),
    Account("1304-S1", "Loan loss allowance, stage 1", "贷款损失准备——第一阶段", _A),
    Account("1304-S2", "Loan loss allowance, stage 2", "贷款损失准备——第二阶段", _A),
    Account("1304-S3", "Loan loss allowance, stage 3", "贷款损失准备——第三阶段", _A),
    Account("1306", "Loans in refinancing", "贷款置换清算", _A),
    Account("1307", "Loans brought over, clearing", "贷款迁入清算", _A),
    Account("1441", "Repossessed collateral", "抵债资产", _A),
    Account("1442", "Repossessed collateral, allowance", "抵债资产跌价准备", _A),
    Account("2011", "Customer deposits", "吸收存款", _L),
    Account("2221", "VAT payable", "应交税费——应交增值税(销项税额)", _L),
    Account("2240", "VAT deferred", "应交税费——待转销项税额", _L, Part.TAX_DEFERRED),
    Account("2241", "Unallocated receipts", "其他应付款——待处理", _L),
    Account("2242", "Customer credit balances", "其他应付款——溢缴款", _L, Part.CREDIT),
    Account("2243", "Secured borrowing", "其他金融负债", _L, Part.BORROWING),
    Account("2244", "Recourse and servicing liability", "预计负债", _L),
    Account("2245", "Provisions for operational risk", "预计负债——操作风险", _L),
    Account("2401", "Deferred income", "递延收益", _L, Part.DEFERRED),
    Account("3002", "Currency exchange", "货币兑换", _A),
    Account("4001", "Share capital", "实收资本", _Q),
    Account("4103", "Retained earnings", "本年利润", _Q),
    Account("6011", "Interest income", "利息收入", _I),
    Account("6021", "Fee income", "手续费及佣金收入", _I),
    Account("6051", "Penalty income", "其他业务收入", _I),
    Account("6061", "Exchange gains and losses", "汇兑损益", _I),
    Account("6111", "Gains and losses on derecognition", "投资收益", _I),
    Account("6301", "Recovery of loans written off", "收回已核销贷款", _I),
    Account("6302", "Recoveries of operational losses", "营业外收入——操作风险损失收回", _I),
    Account("6601", "Operating expense", "业务及管理费", _X),
    Account("6702", "Credit impairment loss", "信用减值损失", _X),
    Account("6711", "Fraud loss", "营业外支出——欺诈损失", _X),
    Account("6712", "Goodwill to customers", "客户补偿支出", _X),
    Account("6713", "Operational losses", "营业外支出——操作风险损失", _X),
    Account("9001", "Written-off loans (memo)", "已核销资产", _M, Part.WRITTEN_OFF),
    Account("9002", "Written-off loans, contra (memo)", "已核销资产对方", _M),
    Account("9003", "Interest not accrued (memo)", "应收未收利息", _M, Part.SUSPENDED),
    Account("9004", "Interest not accrued, contra (memo)", "应收未收利息对方", _M),
    Account("9011", "Interest not received (memo)", "待收利息", _M, Part.INTEREST),
    Account("9012", "Interest not received, contra (memo)", "待收利息对方", _M),
    Account("9013", "Fees not received (memo)", "待收手续费", _M, Part.FEE),
    Account("9014", "Fees not received, contra (memo)", "待收手续费对方", _M),
    Account("9015", "Penalties not received (memo)", "待收罚息", _M, Part.PENALTY),
    Account("9016", "Penalties not received, contra (memo)", "待收罚息对方", _M),
)

DEFAULT_ROLES: Mapping[Role, str] = {
    Role.FUND_SOURCE: "1001",
    Role.LOAN_PRINCIPAL: "1303P",
    Role.INTEREST_RECEIVABLE: "1132",
    Role.FEE_RECEIVABLE: "1133",
    Role.PENALTY_RECEIVABLE: "1134",
    Role.CUSTOMER_CREDIT: "2242",
    Role.INTEREST_INCOME: "6011",
    Role.FEE_INCOME: "6021",
    Role.PENALTY_INCOME: "6051",
    Role.LOSS_ALLOWANCE: "1304",
    Role.IMPAIRMENT_LOSS: "6702",
    Role.RECOVERY_INCOME: "6301",
    Role.WRITTEN_OFF_MEMO: "9001",
    Role.WRITTEN_OFF_CONTRA: "9002",
    Role.LOAN_ADJUSTMENT: "1303A",
    Role.LOAN_IMPAIRED: "1303I",
    Role.LOAN_REVALUATION: "1303R",
    Role.INTEREST_REVALUATION: "1132R",
    Role.LOAN_CLEARING: "1306",
    Role.MIGRATION_CLEARING: "1307",
    Role.ALLOWANCE_TRANSFER: "1304",
    Role.ALLOWANCE_STAGE_1: "1304-S1",
    Role.ALLOWANCE_STAGE_2: "1304-S2",
    Role.ALLOWANCE_STAGE_3: "1304-S3",
    Role.COLLATERAL_ASSET: "1441",
    Role.COLLATERAL_ALLOWANCE: "1442",
    Role.TAX_PAYABLE: "2221",
    Role.TAX_DEFERRED: "2240",
    Role.SUSPENSE: "2241",
    Role.SECURED_BORROWING: "2243",
    Role.RECOURSE_LIABILITY: "2244",
    Role.DEFERRED_INCOME: "2401",
    Role.FX_POSITION: "3002",
    Role.FX_RESULT: "6061",
    Role.DERECOGNITION_RESULT: "6111",
    Role.PREPAYMENT_INCOME: "6051",
    Role.OPERATIONAL_LOSS: "6713",
    Role.OPERATIONAL_RECOVERY: "6302",
    Role.OPERATIONAL_PROVISION: "2245",
    Role.CHARGE_OFF_EXPENSE: "6702",
    Role.FRAUD_EXPENSE: "6711",
    Role.WRITE_OFF_EXPENSE: "6702",
    Role.GOODWILL_EXPENSE: "6712",
    Role.INTEREST_REVERSED: "6011",
    Role.FEE_REVERSED: "6021",
    Role.PENALTY_REVERSED: "6051",
    Role.SUSPENDED_MEMO: "9003",
    Role.SUSPENDED_CONTRA: "9004",
    Role.INTEREST_MEMO: "9011",
    Role.INTEREST_MEMO_CONTRA: "9012",
    Role.FEE_MEMO: "9013",
    Role.FEE_MEMO_CONTRA: "9014",
    Role.PENALTY_MEMO: "9015",
    Role.PENALTY_MEMO_CONTRA: "9016",
}
