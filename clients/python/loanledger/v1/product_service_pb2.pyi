import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import date_pb2 as _date_pb2
from google.type import decimal_pb2 as _decimal_pb2
from google.type import money_pb2 as _money_pb2
from loanledger.v1 import common_pb2 as _common_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Amortization(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    AMORTIZATION_UNSPECIFIED: _ClassVar[Amortization]
    AMORTIZATION_EQUAL_INSTALMENTS: _ClassVar[Amortization]
    AMORTIZATION_EQUAL_PRINCIPAL: _ClassVar[Amortization]
    AMORTIZATION_INTEREST_ONLY: _ClassVar[Amortization]
    AMORTIZATION_SINGLE_REPAYMENT: _ClassVar[Amortization]
    AMORTIZATION_FLAT: _ClassVar[Amortization]
    AMORTIZATION_GRADUATED: _ClassVar[Amortization]
    AMORTIZATION_CUSTOM: _ClassVar[Amortization]
    AMORTIZATION_FIXED_INSTALMENT: _ClassVar[Amortization]
    AMORTIZATION_REVOLVING: _ClassVar[Amortization]

class FrequencyUnit(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    FREQUENCY_UNIT_UNSPECIFIED: _ClassVar[FrequencyUnit]
    FREQUENCY_UNIT_DAY: _ClassVar[FrequencyUnit]
    FREQUENCY_UNIT_WEEK: _ClassVar[FrequencyUnit]
    FREQUENCY_UNIT_MONTH: _ClassVar[FrequencyUnit]
    FREQUENCY_UNIT_SEMI_MONTH: _ClassVar[FrequencyUnit]

class InterestBasis(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    INTEREST_BASIS_UNSPECIFIED: _ClassVar[InterestBasis]
    INTEREST_BASIS_PERIOD: _ClassVar[InterestBasis]
    INTEREST_BASIS_ACT_365F: _ClassVar[InterestBasis]
    INTEREST_BASIS_ACT_360: _ClassVar[InterestBasis]
    INTEREST_BASIS_THIRTY_360_US: _ClassVar[InterestBasis]
    INTEREST_BASIS_THIRTY_E_360: _ClassVar[InterestBasis]
    INTEREST_BASIS_ACT_ACT_ISDA: _ClassVar[InterestBasis]
    INTEREST_BASIS_ACT_ACT_ICMA: _ClassVar[InterestBasis]
    INTEREST_BASIS_ACT_365L: _ClassVar[InterestBasis]
    INTEREST_BASIS_NL_365: _ClassVar[InterestBasis]
    INTEREST_BASIS_THIRTY_360_BOND: _ClassVar[InterestBasis]
    INTEREST_BASIS_THIRTY_E_360_ISDA: _ClassVar[InterestBasis]

class InterestMode(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    INTEREST_MODE_UNSPECIFIED: _ClassVar[InterestMode]
    INTEREST_MODE_DAILY: _ClassVar[InterestMode]
    INTEREST_MODE_SCHEDULED: _ClassVar[InterestMode]

class Settlement(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SETTLEMENT_UNSPECIFIED: _ClassVar[Settlement]
    SETTLEMENT_ACCRUED: _ClassVar[Settlement]
    SETTLEMENT_FULL: _ClassVar[Settlement]
    SETTLEMENT_RULE_OF_78: _ClassVar[Settlement]

class PenaltyBase(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PENALTY_BASE_UNSPECIFIED: _ClassVar[PenaltyBase]
    PENALTY_BASE_PRINCIPAL: _ClassVar[PenaltyBase]
    PENALTY_BASE_PRINCIPAL_AND_INTEREST: _ClassVar[PenaltyBase]

class InterestPeriod(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    INTEREST_PERIOD_UNSPECIFIED: _ClassVar[InterestPeriod]
    INTEREST_PERIOD_SAME_AS_REPAYMENT: _ClassVar[InterestPeriod]
    INTEREST_PERIOD_DAILY: _ClassVar[InterestPeriod]

class FeeWhen(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    FEE_WHEN_UNSPECIFIED: _ClassVar[FeeWhen]
    FEE_WHEN_DISBURSEMENT: _ClassVar[FeeWhen]
    FEE_WHEN_INSTALMENT: _ClassVar[FeeWhen]
    FEE_WHEN_PREPAYMENT: _ClassVar[FeeWhen]
    FEE_WHEN_LATE: _ClassVar[FeeWhen]
    FEE_WHEN_COMMITMENT: _ClassVar[FeeWhen]

class FeeCollection(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    FEE_COLLECTION_UNSPECIFIED: _ClassVar[FeeCollection]
    FEE_COLLECTION_DEDUCTED: _ClassVar[FeeCollection]
    FEE_COLLECTION_CHARGED: _ClassVar[FeeCollection]

class FeeIncome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    FEE_INCOME_UNSPECIFIED: _ClassVar[FeeIncome]
    FEE_INCOME_AT_ONCE: _ClassVar[FeeIncome]
    FEE_INCOME_AMORTISED: _ClassVar[FeeIncome]

class RoundingMode(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ROUNDING_MODE_UNSPECIFIED: _ClassVar[RoundingMode]
    ROUNDING_MODE_HALF_UP: _ClassVar[RoundingMode]
    ROUNDING_MODE_HALF_EVEN: _ClassVar[RoundingMode]

class AllocationMode(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ALLOCATION_MODE_UNSPECIFIED: _ClassVar[AllocationMode]
    ALLOCATION_MODE_BY_INSTALMENT: _ClassVar[AllocationMode]
    ALLOCATION_MODE_BY_COMPONENT: _ClassVar[AllocationMode]

class ExcessRule(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    EXCESS_RULE_UNSPECIFIED: _ClassVar[ExcessRule]
    EXCESS_RULE_CREDIT_BALANCE: _ClassVar[ExcessRule]
    EXCESS_RULE_NEXT_INSTALMENT: _ClassVar[ExcessRule]
    EXCESS_RULE_LAST_INSTALMENT_PRINCIPAL: _ClassVar[ExcessRule]
    EXCESS_RULE_REDUCE_TERM: _ClassVar[ExcessRule]
    EXCESS_RULE_REDUCE_INSTALMENT: _ClassVar[ExcessRule]
    EXCESS_RULE_LAST_INSTALMENT: _ClassVar[ExcessRule]
    EXCESS_RULE_PROPORTIONAL: _ClassVar[ExcessRule]

class Roll(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ROLL_UNSPECIFIED: _ClassVar[Roll]
    ROLL_UNADJUSTED: _ClassVar[Roll]
    ROLL_FOLLOWING: _ClassVar[Roll]
    ROLL_PRECEDING: _ClassVar[Roll]
    ROLL_MODIFIED_FOLLOWING: _ClassVar[Roll]
    ROLL_MODIFIED_PRECEDING: _ClassVar[Roll]
AMORTIZATION_UNSPECIFIED: Amortization
AMORTIZATION_EQUAL_INSTALMENTS: Amortization
AMORTIZATION_EQUAL_PRINCIPAL: Amortization
AMORTIZATION_INTEREST_ONLY: Amortization
AMORTIZATION_SINGLE_REPAYMENT: Amortization
AMORTIZATION_FLAT: Amortization
AMORTIZATION_GRADUATED: Amortization
AMORTIZATION_CUSTOM: Amortization
AMORTIZATION_FIXED_INSTALMENT: Amortization
AMORTIZATION_REVOLVING: Amortization
FREQUENCY_UNIT_UNSPECIFIED: FrequencyUnit
FREQUENCY_UNIT_DAY: FrequencyUnit
FREQUENCY_UNIT_WEEK: FrequencyUnit
FREQUENCY_UNIT_MONTH: FrequencyUnit
FREQUENCY_UNIT_SEMI_MONTH: FrequencyUnit
INTEREST_BASIS_UNSPECIFIED: InterestBasis
INTEREST_BASIS_PERIOD: InterestBasis
INTEREST_BASIS_ACT_365F: InterestBasis
INTEREST_BASIS_ACT_360: InterestBasis
INTEREST_BASIS_THIRTY_360_US: InterestBasis
INTEREST_BASIS_THIRTY_E_360: InterestBasis
INTEREST_BASIS_ACT_ACT_ISDA: InterestBasis
INTEREST_BASIS_ACT_ACT_ICMA: InterestBasis
INTEREST_BASIS_ACT_365L: InterestBasis
INTEREST_BASIS_NL_365: InterestBasis
INTEREST_BASIS_THIRTY_360_BOND: InterestBasis
INTEREST_BASIS_THIRTY_E_360_ISDA: InterestBasis
INTEREST_MODE_UNSPECIFIED: InterestMode
INTEREST_MODE_DAILY: InterestMode
INTEREST_MODE_SCHEDULED: InterestMode
SETTLEMENT_UNSPECIFIED: Settlement
SETTLEMENT_ACCRUED: Settlement
SETTLEMENT_FULL: Settlement
SETTLEMENT_RULE_OF_78: Settlement
PENALTY_BASE_UNSPECIFIED: PenaltyBase
PENALTY_BASE_PRINCIPAL: PenaltyBase
PENALTY_BASE_PRINCIPAL_AND_INTEREST: PenaltyBase
INTEREST_PERIOD_UNSPECIFIED: InterestPeriod
INTEREST_PERIOD_SAME_AS_REPAYMENT: InterestPeriod
INTEREST_PERIOD_DAILY: InterestPeriod
FEE_WHEN_UNSPECIFIED: FeeWhen
FEE_WHEN_DISBURSEMENT: FeeWhen
FEE_WHEN_INSTALMENT: FeeWhen
FEE_WHEN_PREPAYMENT: FeeWhen
FEE_WHEN_LATE: FeeWhen
FEE_WHEN_COMMITMENT: FeeWhen
FEE_COLLECTION_UNSPECIFIED: FeeCollection
FEE_COLLECTION_DEDUCTED: FeeCollection
FEE_COLLECTION_CHARGED: FeeCollection
FEE_INCOME_UNSPECIFIED: FeeIncome
FEE_INCOME_AT_ONCE: FeeIncome
FEE_INCOME_AMORTISED: FeeIncome
ROUNDING_MODE_UNSPECIFIED: RoundingMode
ROUNDING_MODE_HALF_UP: RoundingMode
ROUNDING_MODE_HALF_EVEN: RoundingMode
ALLOCATION_MODE_UNSPECIFIED: AllocationMode
ALLOCATION_MODE_BY_INSTALMENT: AllocationMode
ALLOCATION_MODE_BY_COMPONENT: AllocationMode
EXCESS_RULE_UNSPECIFIED: ExcessRule
EXCESS_RULE_CREDIT_BALANCE: ExcessRule
EXCESS_RULE_NEXT_INSTALMENT: ExcessRule
EXCESS_RULE_LAST_INSTALMENT_PRINCIPAL: ExcessRule
EXCESS_RULE_REDUCE_TERM: ExcessRule
EXCESS_RULE_REDUCE_INSTALMENT: ExcessRule
EXCESS_RULE_LAST_INSTALMENT: ExcessRule
EXCESS_RULE_PROPORTIONAL: ExcessRule
ROLL_UNSPECIFIED: Roll
ROLL_UNADJUSTED: Roll
ROLL_FOLLOWING: Roll
ROLL_PRECEDING: Roll
ROLL_MODIFIED_FOLLOWING: Roll
ROLL_MODIFIED_PRECEDING: Roll

class Frequency(_message.Message):
    __slots__ = ("unit", "every", "days")
    UNIT_FIELD_NUMBER: _ClassVar[int]
    EVERY_FIELD_NUMBER: _ClassVar[int]
    DAYS_FIELD_NUMBER: _ClassVar[int]
    unit: FrequencyUnit
    every: int
    days: _containers.RepeatedScalarFieldContainer[int]
    def __init__(self, unit: _Optional[_Union[FrequencyUnit, str]] = ..., every: _Optional[int] = ..., days: _Optional[_Iterable[int]] = ...) -> None: ...

class AllocationOverride(_message.Message):
    __slots__ = ("excess", "order")
    EXCESS_FIELD_NUMBER: _ClassVar[int]
    ORDER_FIELD_NUMBER: _ClassVar[int]
    excess: ExcessRule
    order: _containers.RepeatedScalarFieldContainer[_common_pb2.Component]
    def __init__(self, excess: _Optional[_Union[ExcessRule, str]] = ..., order: _Optional[_Iterable[_Union[_common_pb2.Component, str]]] = ...) -> None: ...

class Allocation(_message.Message):
    __slots__ = ("order", "mode", "excess", "due_order", "advance_order", "advance_mode", "overrides")
    class OverridesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: AllocationOverride
        def __init__(self, key: _Optional[str] = ..., value: _Optional[_Union[AllocationOverride, _Mapping]] = ...) -> None: ...
    ORDER_FIELD_NUMBER: _ClassVar[int]
    MODE_FIELD_NUMBER: _ClassVar[int]
    EXCESS_FIELD_NUMBER: _ClassVar[int]
    DUE_ORDER_FIELD_NUMBER: _ClassVar[int]
    ADVANCE_ORDER_FIELD_NUMBER: _ClassVar[int]
    ADVANCE_MODE_FIELD_NUMBER: _ClassVar[int]
    OVERRIDES_FIELD_NUMBER: _ClassVar[int]
    order: _containers.RepeatedScalarFieldContainer[_common_pb2.Component]
    mode: AllocationMode
    excess: ExcessRule
    due_order: _containers.RepeatedScalarFieldContainer[_common_pb2.Component]
    advance_order: _containers.RepeatedScalarFieldContainer[_common_pb2.Component]
    advance_mode: AllocationMode
    overrides: _containers.MessageMap[str, AllocationOverride]
    def __init__(self, order: _Optional[_Iterable[_Union[_common_pb2.Component, str]]] = ..., mode: _Optional[_Union[AllocationMode, str]] = ..., excess: _Optional[_Union[ExcessRule, str]] = ..., due_order: _Optional[_Iterable[_Union[_common_pb2.Component, str]]] = ..., advance_order: _Optional[_Iterable[_Union[_common_pb2.Component, str]]] = ..., advance_mode: _Optional[_Union[AllocationMode, str]] = ..., overrides: _Optional[_Mapping[str, AllocationOverride]] = ...) -> None: ...

class Shape(_message.Message):
    __slots__ = ("balloon", "step", "step_every", "principal_grace", "interest_grace", "interest_free", "skipped_months", "unit", "custom", "flat_base", "minimum_share", "minimum")
    BALLOON_FIELD_NUMBER: _ClassVar[int]
    STEP_FIELD_NUMBER: _ClassVar[int]
    STEP_EVERY_FIELD_NUMBER: _ClassVar[int]
    PRINCIPAL_GRACE_FIELD_NUMBER: _ClassVar[int]
    INTEREST_GRACE_FIELD_NUMBER: _ClassVar[int]
    INTEREST_FREE_FIELD_NUMBER: _ClassVar[int]
    SKIPPED_MONTHS_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    CUSTOM_FIELD_NUMBER: _ClassVar[int]
    FLAT_BASE_FIELD_NUMBER: _ClassVar[int]
    MINIMUM_SHARE_FIELD_NUMBER: _ClassVar[int]
    MINIMUM_FIELD_NUMBER: _ClassVar[int]
    balloon: _money_pb2.Money
    step: _decimal_pb2.Decimal
    step_every: int
    principal_grace: int
    interest_grace: int
    interest_free: int
    skipped_months: _containers.RepeatedScalarFieldContainer[int]
    unit: _money_pb2.Money
    custom: _containers.RepeatedCompositeFieldContainer[_money_pb2.Money]
    flat_base: _money_pb2.Money
    minimum_share: _decimal_pb2.Decimal
    minimum: _money_pb2.Money
    def __init__(self, balloon: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., step: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., step_every: _Optional[int] = ..., principal_grace: _Optional[int] = ..., interest_grace: _Optional[int] = ..., interest_free: _Optional[int] = ..., skipped_months: _Optional[_Iterable[int]] = ..., unit: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., custom: _Optional[_Iterable[_Union[_money_pb2.Money, _Mapping]]] = ..., flat_base: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., minimum_share: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., minimum: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class FeeTier(_message.Message):
    __slots__ = ("upto", "fixed", "percent")
    UPTO_FIELD_NUMBER: _ClassVar[int]
    FIXED_FIELD_NUMBER: _ClassVar[int]
    PERCENT_FIELD_NUMBER: _ClassVar[int]
    upto: _money_pb2.Money
    fixed: _money_pb2.Money
    percent: _decimal_pb2.Decimal
    def __init__(self, upto: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., fixed: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., percent: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ...) -> None: ...

class FeeRule(_message.Message):
    __slots__ = ("name", "when", "fixed", "percent", "tiers", "least", "most", "tax", "collection", "income", "grace_days", "penalty", "first_instalment", "last_instalment")
    NAME_FIELD_NUMBER: _ClassVar[int]
    WHEN_FIELD_NUMBER: _ClassVar[int]
    FIXED_FIELD_NUMBER: _ClassVar[int]
    PERCENT_FIELD_NUMBER: _ClassVar[int]
    TIERS_FIELD_NUMBER: _ClassVar[int]
    LEAST_FIELD_NUMBER: _ClassVar[int]
    MOST_FIELD_NUMBER: _ClassVar[int]
    TAX_FIELD_NUMBER: _ClassVar[int]
    COLLECTION_FIELD_NUMBER: _ClassVar[int]
    INCOME_FIELD_NUMBER: _ClassVar[int]
    GRACE_DAYS_FIELD_NUMBER: _ClassVar[int]
    PENALTY_FIELD_NUMBER: _ClassVar[int]
    FIRST_INSTALMENT_FIELD_NUMBER: _ClassVar[int]
    LAST_INSTALMENT_FIELD_NUMBER: _ClassVar[int]
    name: str
    when: FeeWhen
    fixed: _money_pb2.Money
    percent: _decimal_pb2.Decimal
    tiers: _containers.RepeatedCompositeFieldContainer[FeeTier]
    least: _money_pb2.Money
    most: _money_pb2.Money
    tax: _decimal_pb2.Decimal
    collection: FeeCollection
    income: FeeIncome
    grace_days: int
    penalty: bool
    first_instalment: int
    last_instalment: int
    def __init__(self, name: _Optional[str] = ..., when: _Optional[_Union[FeeWhen, str]] = ..., fixed: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., percent: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., tiers: _Optional[_Iterable[_Union[FeeTier, _Mapping]]] = ..., least: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., most: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., tax: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., collection: _Optional[_Union[FeeCollection, str]] = ..., income: _Optional[_Union[FeeIncome, str]] = ..., grace_days: _Optional[int] = ..., penalty: _Optional[bool] = ..., first_instalment: _Optional[int] = ..., last_instalment: _Optional[int] = ...) -> None: ...

class Terms(_message.Message):
    __slots__ = ("currency", "amortization", "frequency", "interest_basis", "rounding", "min_rate", "max_rate", "min_amount", "max_amount", "min_instalments", "max_instalments", "allocation", "late_fee", "late_fee_grace_days", "penalty_rate", "penalty_grace_days", "interest_on_overdue", "accounts", "interest", "settlement", "credit_allocation", "down_payment", "down_payment_taken", "shape", "day_setting", "interest_period", "profile", "fees", "conventions", "penalty_base", "capitalised_instalments", "rate_steps", "penalty_multiple", "penalty_cap", "capitalised_every", "offer_days", "reminder_days", "floating", "calendar", "roll", "interest_unadjusted", "pricing")
    class AccountsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    CURRENCY_FIELD_NUMBER: _ClassVar[int]
    AMORTIZATION_FIELD_NUMBER: _ClassVar[int]
    FREQUENCY_FIELD_NUMBER: _ClassVar[int]
    INTEREST_BASIS_FIELD_NUMBER: _ClassVar[int]
    ROUNDING_FIELD_NUMBER: _ClassVar[int]
    MIN_RATE_FIELD_NUMBER: _ClassVar[int]
    MAX_RATE_FIELD_NUMBER: _ClassVar[int]
    MIN_AMOUNT_FIELD_NUMBER: _ClassVar[int]
    MAX_AMOUNT_FIELD_NUMBER: _ClassVar[int]
    MIN_INSTALMENTS_FIELD_NUMBER: _ClassVar[int]
    MAX_INSTALMENTS_FIELD_NUMBER: _ClassVar[int]
    ALLOCATION_FIELD_NUMBER: _ClassVar[int]
    LATE_FEE_FIELD_NUMBER: _ClassVar[int]
    LATE_FEE_GRACE_DAYS_FIELD_NUMBER: _ClassVar[int]
    PENALTY_RATE_FIELD_NUMBER: _ClassVar[int]
    PENALTY_GRACE_DAYS_FIELD_NUMBER: _ClassVar[int]
    INTEREST_ON_OVERDUE_FIELD_NUMBER: _ClassVar[int]
    ACCOUNTS_FIELD_NUMBER: _ClassVar[int]
    INTEREST_FIELD_NUMBER: _ClassVar[int]
    SETTLEMENT_FIELD_NUMBER: _ClassVar[int]
    CREDIT_ALLOCATION_FIELD_NUMBER: _ClassVar[int]
    DOWN_PAYMENT_FIELD_NUMBER: _ClassVar[int]
    DOWN_PAYMENT_TAKEN_FIELD_NUMBER: _ClassVar[int]
    SHAPE_FIELD_NUMBER: _ClassVar[int]
    DAY_SETTING_FIELD_NUMBER: _ClassVar[int]
    INTEREST_PERIOD_FIELD_NUMBER: _ClassVar[int]
    PROFILE_FIELD_NUMBER: _ClassVar[int]
    FEES_FIELD_NUMBER: _ClassVar[int]
    CONVENTIONS_FIELD_NUMBER: _ClassVar[int]
    PENALTY_BASE_FIELD_NUMBER: _ClassVar[int]
    CAPITALISED_INSTALMENTS_FIELD_NUMBER: _ClassVar[int]
    RATE_STEPS_FIELD_NUMBER: _ClassVar[int]
    PENALTY_MULTIPLE_FIELD_NUMBER: _ClassVar[int]
    PENALTY_CAP_FIELD_NUMBER: _ClassVar[int]
    CAPITALISED_EVERY_FIELD_NUMBER: _ClassVar[int]
    OFFER_DAYS_FIELD_NUMBER: _ClassVar[int]
    REMINDER_DAYS_FIELD_NUMBER: _ClassVar[int]
    FLOATING_FIELD_NUMBER: _ClassVar[int]
    CALENDAR_FIELD_NUMBER: _ClassVar[int]
    ROLL_FIELD_NUMBER: _ClassVar[int]
    INTEREST_UNADJUSTED_FIELD_NUMBER: _ClassVar[int]
    PRICING_FIELD_NUMBER: _ClassVar[int]
    currency: str
    amortization: Amortization
    frequency: Frequency
    interest_basis: InterestBasis
    rounding: RoundingMode
    min_rate: _decimal_pb2.Decimal
    max_rate: _decimal_pb2.Decimal
    min_amount: _money_pb2.Money
    max_amount: _money_pb2.Money
    min_instalments: int
    max_instalments: int
    allocation: Allocation
    late_fee: _money_pb2.Money
    late_fee_grace_days: int
    penalty_rate: _decimal_pb2.Decimal
    penalty_grace_days: int
    interest_on_overdue: bool
    accounts: _containers.ScalarMap[str, str]
    interest: InterestMode
    settlement: Settlement
    credit_allocation: _containers.RepeatedScalarFieldContainer[_common_pb2.Component]
    down_payment: _decimal_pb2.Decimal
    down_payment_taken: bool
    shape: Shape
    day_setting: str
    interest_period: InterestPeriod
    profile: str
    fees: _containers.RepeatedCompositeFieldContainer[FeeRule]
    conventions: str
    penalty_base: PenaltyBase
    capitalised_instalments: int
    rate_steps: _containers.RepeatedCompositeFieldContainer[SteppedRate]
    penalty_multiple: _decimal_pb2.Decimal
    penalty_cap: _decimal_pb2.Decimal
    capitalised_every: int
    offer_days: int
    reminder_days: _containers.RepeatedScalarFieldContainer[int]
    floating: Floating
    calendar: str
    roll: Roll
    interest_unadjusted: bool
    pricing: Pricing
    def __init__(self, currency: _Optional[str] = ..., amortization: _Optional[_Union[Amortization, str]] = ..., frequency: _Optional[_Union[Frequency, _Mapping]] = ..., interest_basis: _Optional[_Union[InterestBasis, str]] = ..., rounding: _Optional[_Union[RoundingMode, str]] = ..., min_rate: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., max_rate: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., min_amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., max_amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., min_instalments: _Optional[int] = ..., max_instalments: _Optional[int] = ..., allocation: _Optional[_Union[Allocation, _Mapping]] = ..., late_fee: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., late_fee_grace_days: _Optional[int] = ..., penalty_rate: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., penalty_grace_days: _Optional[int] = ..., interest_on_overdue: _Optional[bool] = ..., accounts: _Optional[_Mapping[str, str]] = ..., interest: _Optional[_Union[InterestMode, str]] = ..., settlement: _Optional[_Union[Settlement, str]] = ..., credit_allocation: _Optional[_Iterable[_Union[_common_pb2.Component, str]]] = ..., down_payment: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., down_payment_taken: _Optional[bool] = ..., shape: _Optional[_Union[Shape, _Mapping]] = ..., day_setting: _Optional[str] = ..., interest_period: _Optional[_Union[InterestPeriod, str]] = ..., profile: _Optional[str] = ..., fees: _Optional[_Iterable[_Union[FeeRule, _Mapping]]] = ..., conventions: _Optional[str] = ..., penalty_base: _Optional[_Union[PenaltyBase, str]] = ..., capitalised_instalments: _Optional[int] = ..., rate_steps: _Optional[_Iterable[_Union[SteppedRate, _Mapping]]] = ..., penalty_multiple: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., penalty_cap: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., capitalised_every: _Optional[int] = ..., offer_days: _Optional[int] = ..., reminder_days: _Optional[_Iterable[int]] = ..., floating: _Optional[_Union[Floating, _Mapping]] = ..., calendar: _Optional[str] = ..., roll: _Optional[_Union[Roll, str]] = ..., interest_unadjusted: _Optional[bool] = ..., pricing: _Optional[_Union[Pricing, _Mapping]] = ...) -> None: ...

class SteppedRate(_message.Message):
    __slots__ = ("instalment", "added")
    INSTALMENT_FIELD_NUMBER: _ClassVar[int]
    ADDED_FIELD_NUMBER: _ClassVar[int]
    instalment: int
    added: _decimal_pb2.Decimal
    def __init__(self, instalment: _Optional[int] = ..., added: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ...) -> None: ...

class Pricing(_message.Message):
    __slots__ = ("rows", "discounts", "segments")
    ROWS_FIELD_NUMBER: _ClassVar[int]
    DISCOUNTS_FIELD_NUMBER: _ClassVar[int]
    SEGMENTS_FIELD_NUMBER: _ClassVar[int]
    rows: _containers.RepeatedCompositeFieldContainer[PriceRow]
    discounts: _containers.RepeatedCompositeFieldContainer[Discount]
    segments: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, rows: _Optional[_Iterable[_Union[PriceRow, _Mapping]]] = ..., discounts: _Optional[_Iterable[_Union[Discount, _Mapping]]] = ..., segments: _Optional[_Iterable[str]] = ...) -> None: ...

class PriceRow(_message.Message):
    __slots__ = ("rate", "min_amount", "max_amount", "min_instalments", "max_instalments", "segments", "min_score", "max_score")
    RATE_FIELD_NUMBER: _ClassVar[int]
    MIN_AMOUNT_FIELD_NUMBER: _ClassVar[int]
    MAX_AMOUNT_FIELD_NUMBER: _ClassVar[int]
    MIN_INSTALMENTS_FIELD_NUMBER: _ClassVar[int]
    MAX_INSTALMENTS_FIELD_NUMBER: _ClassVar[int]
    SEGMENTS_FIELD_NUMBER: _ClassVar[int]
    MIN_SCORE_FIELD_NUMBER: _ClassVar[int]
    MAX_SCORE_FIELD_NUMBER: _ClassVar[int]
    rate: _decimal_pb2.Decimal
    min_amount: _money_pb2.Money
    max_amount: _money_pb2.Money
    min_instalments: int
    max_instalments: int
    segments: _containers.RepeatedScalarFieldContainer[str]
    min_score: int
    max_score: int
    def __init__(self, rate: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., min_amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., max_amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., min_instalments: _Optional[int] = ..., max_instalments: _Optional[int] = ..., segments: _Optional[_Iterable[str]] = ..., min_score: _Optional[int] = ..., max_score: _Optional[int] = ...) -> None: ...

class Discount(_message.Message):
    __slots__ = ("code", "rate", "start", "end", "segments")
    CODE_FIELD_NUMBER: _ClassVar[int]
    RATE_FIELD_NUMBER: _ClassVar[int]
    START_FIELD_NUMBER: _ClassVar[int]
    END_FIELD_NUMBER: _ClassVar[int]
    SEGMENTS_FIELD_NUMBER: _ClassVar[int]
    code: str
    rate: _decimal_pb2.Decimal
    start: _date_pb2.Date
    end: _date_pb2.Date
    segments: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, code: _Optional[str] = ..., rate: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., start: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., end: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., segments: _Optional[_Iterable[str]] = ...) -> None: ...

class Floating(_message.Message):
    __slots__ = ("index", "margin", "floor", "cap", "every_months", "lag_days", "lag_calendar", "on", "fixed_months")
    INDEX_FIELD_NUMBER: _ClassVar[int]
    MARGIN_FIELD_NUMBER: _ClassVar[int]
    FLOOR_FIELD_NUMBER: _ClassVar[int]
    CAP_FIELD_NUMBER: _ClassVar[int]
    EVERY_MONTHS_FIELD_NUMBER: _ClassVar[int]
    LAG_DAYS_FIELD_NUMBER: _ClassVar[int]
    LAG_CALENDAR_FIELD_NUMBER: _ClassVar[int]
    ON_FIELD_NUMBER: _ClassVar[int]
    FIXED_MONTHS_FIELD_NUMBER: _ClassVar[int]
    index: str
    margin: _decimal_pb2.Decimal
    floor: _decimal_pb2.Decimal
    cap: _decimal_pb2.Decimal
    every_months: int
    lag_days: int
    lag_calendar: str
    on: _date_pb2.Date
    fixed_months: int
    def __init__(self, index: _Optional[str] = ..., margin: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., floor: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., cap: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., every_months: _Optional[int] = ..., lag_days: _Optional[int] = ..., lag_calendar: _Optional[str] = ..., on: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., fixed_months: _Optional[int] = ...) -> None: ...

class Product(_message.Message):
    __slots__ = ("name", "code", "version", "title", "terms", "create_time", "title_zh", "effective_from")
    NAME_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    TERMS_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    TITLE_ZH_FIELD_NUMBER: _ClassVar[int]
    EFFECTIVE_FROM_FIELD_NUMBER: _ClassVar[int]
    name: str
    code: str
    version: int
    title: str
    terms: Terms
    create_time: _timestamp_pb2.Timestamp
    title_zh: str
    effective_from: _date_pb2.Date
    def __init__(self, name: _Optional[str] = ..., code: _Optional[str] = ..., version: _Optional[int] = ..., title: _Optional[str] = ..., terms: _Optional[_Union[Terms, _Mapping]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., title_zh: _Optional[str] = ..., effective_from: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...

class PublishProductRequest(_message.Message):
    __slots__ = ("parent", "code", "title", "terms", "request_id", "reason", "validate_only", "title_zh", "effective_from")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    TERMS_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    TITLE_ZH_FIELD_NUMBER: _ClassVar[int]
    EFFECTIVE_FROM_FIELD_NUMBER: _ClassVar[int]
    parent: str
    code: str
    title: str
    terms: Terms
    request_id: str
    reason: str
    validate_only: bool
    title_zh: str
    effective_from: _date_pb2.Date
    def __init__(self, parent: _Optional[str] = ..., code: _Optional[str] = ..., title: _Optional[str] = ..., terms: _Optional[_Union[Terms, _Mapping]] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., validate_only: _Optional[bool] = ..., title_zh: _Optional[str] = ..., effective_from: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...

class GetProductRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ListProductsRequest(_message.Message):
    __slots__ = ("parent", "page_size", "page_token", "code")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    parent: str
    page_size: int
    page_token: str
    code: str
    def __init__(self, parent: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., code: _Optional[str] = ...) -> None: ...

class ListProductsResponse(_message.Message):
    __slots__ = ("products", "next_page_token")
    PRODUCTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    products: _containers.RepeatedCompositeFieldContainer[Product]
    next_page_token: str
    def __init__(self, products: _Optional[_Iterable[_Union[Product, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...
