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
    """A component of a loan's balance; each is summed by one control account."""

    PRINCIPAL = "principal"
    INTEREST = "interest"
    FEE = "fee"
    PENALTY = "penalty"
    CREDIT = "credit"
    WRITTEN_OFF = "written_off"


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


#: The role whose account is the control account of a component.
CONTROL_ROLE: Mapping[Part, Role] = {
    Part.PRINCIPAL: Role.LOAN_PRINCIPAL,
    Part.INTEREST: Role.INTEREST_RECEIVABLE,
    Part.FEE: Role.FEE_RECEIVABLE,
    Part.PENALTY: Role.PENALTY_RECEIVABLE,
    Part.CREDIT: Role.CUSTOMER_CREDIT,
    Part.WRITTEN_OFF: Role.WRITTEN_OFF_MEMO,
}


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
    Account("1133", "Fees receivable", "应收手续费", _A, Part.FEE),
    Account("1134", "Penalties receivable", "应收罚息", _A, Part.PENALTY),
    Account("1303P", "Loans, principal", "贷款——本金", _A, Part.PRINCIPAL),
    Account("1304", "Loan loss allowance", "贷款损失准备", _A),
    Account("2011", "Customer deposits", "吸收存款", _L),
    Account("2241", "Unallocated receipts", "其他应付款——待处理", _L),
    Account("2242", "Customer credit balances", "其他应付款——溢缴款", _L, Part.CREDIT),
    Account("4001", "Share capital", "实收资本", _Q),
    Account("4103", "Retained earnings", "本年利润", _Q),
    Account("6011", "Interest income", "利息收入", _I),
    Account("6021", "Fee income", "手续费及佣金收入", _I),
    Account("6051", "Penalty income", "其他业务收入", _I),
    Account("6301", "Recovery of loans written off", "收回已核销贷款", _I),
    Account("6601", "Operating expense", "业务及管理费", _X),
    Account("6702", "Credit impairment loss", "信用减值损失", _X),
    Account("9001", "Written-off loans (memo)", "已核销资产", _M, Part.WRITTEN_OFF),
    Account("9002", "Written-off loans, contra (memo)", "已核销资产对方", _M),
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
}
