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

class FrequencyUnit(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    FREQUENCY_UNIT_UNSPECIFIED: _ClassVar[FrequencyUnit]
    FREQUENCY_UNIT_DAY: _ClassVar[FrequencyUnit]
    FREQUENCY_UNIT_WEEK: _ClassVar[FrequencyUnit]
    FREQUENCY_UNIT_MONTH: _ClassVar[FrequencyUnit]

class InterestBasis(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    INTEREST_BASIS_UNSPECIFIED: _ClassVar[InterestBasis]
    INTEREST_BASIS_PERIOD: _ClassVar[InterestBasis]
    INTEREST_BASIS_ACT_365F: _ClassVar[InterestBasis]
    INTEREST_BASIS_ACT_360: _ClassVar[InterestBasis]
    INTEREST_BASIS_THIRTY_360_US: _ClassVar[InterestBasis]
    INTEREST_BASIS_THIRTY_E_360: _ClassVar[InterestBasis]

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
FREQUENCY_UNIT_UNSPECIFIED: FrequencyUnit
FREQUENCY_UNIT_DAY: FrequencyUnit
FREQUENCY_UNIT_WEEK: FrequencyUnit
FREQUENCY_UNIT_MONTH: FrequencyUnit
INTEREST_BASIS_UNSPECIFIED: InterestBasis
INTEREST_BASIS_PERIOD: InterestBasis
INTEREST_BASIS_ACT_365F: InterestBasis
INTEREST_BASIS_ACT_360: InterestBasis
INTEREST_BASIS_THIRTY_360_US: InterestBasis
INTEREST_BASIS_THIRTY_E_360: InterestBasis
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
ROLL_UNSPECIFIED: Roll
ROLL_UNADJUSTED: Roll
ROLL_FOLLOWING: Roll
ROLL_PRECEDING: Roll
ROLL_MODIFIED_FOLLOWING: Roll
ROLL_MODIFIED_PRECEDING: Roll

class Frequency(_message.Message):
    __slots__ = ("unit", "every")
    UNIT_FIELD_NUMBER: _ClassVar[int]
    EVERY_FIELD_NUMBER: _ClassVar[int]
    unit: FrequencyUnit
    every: int
    def __init__(self, unit: _Optional[_Union[FrequencyUnit, str]] = ..., every: _Optional[int] = ...) -> None: ...

class Allocation(_message.Message):
    __slots__ = ("order", "mode", "excess")
    ORDER_FIELD_NUMBER: _ClassVar[int]
    MODE_FIELD_NUMBER: _ClassVar[int]
    EXCESS_FIELD_NUMBER: _ClassVar[int]
    order: _containers.RepeatedScalarFieldContainer[_common_pb2.Component]
    mode: AllocationMode
    excess: ExcessRule
    def __init__(self, order: _Optional[_Iterable[_Union[_common_pb2.Component, str]]] = ..., mode: _Optional[_Union[AllocationMode, str]] = ..., excess: _Optional[_Union[ExcessRule, str]] = ...) -> None: ...

class Terms(_message.Message):
    __slots__ = ("currency", "amortization", "frequency", "interest_basis", "rounding", "min_rate", "max_rate", "min_amount", "max_amount", "min_instalments", "max_instalments", "allocation", "late_fee", "late_fee_grace_days", "penalty_rate", "penalty_grace_days", "interest_on_overdue", "accounts", "floating", "calendar", "roll", "interest_unadjusted", "pricing", "effective_from")
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
    FLOATING_FIELD_NUMBER: _ClassVar[int]
    CALENDAR_FIELD_NUMBER: _ClassVar[int]
    ROLL_FIELD_NUMBER: _ClassVar[int]
    INTEREST_UNADJUSTED_FIELD_NUMBER: _ClassVar[int]
    PRICING_FIELD_NUMBER: _ClassVar[int]
    EFFECTIVE_FROM_FIELD_NUMBER: _ClassVar[int]
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
    floating: Floating
    calendar: str
    roll: Roll
    interest_unadjusted: bool
    pricing: Pricing
    effective_from: _date_pb2.Date
    def __init__(self, currency: _Optional[str] = ..., amortization: _Optional[_Union[Amortization, str]] = ..., frequency: _Optional[_Union[Frequency, _Mapping]] = ..., interest_basis: _Optional[_Union[InterestBasis, str]] = ..., rounding: _Optional[_Union[RoundingMode, str]] = ..., min_rate: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., max_rate: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., min_amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., max_amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., min_instalments: _Optional[int] = ..., max_instalments: _Optional[int] = ..., allocation: _Optional[_Union[Allocation, _Mapping]] = ..., late_fee: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., late_fee_grace_days: _Optional[int] = ..., penalty_rate: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., penalty_grace_days: _Optional[int] = ..., interest_on_overdue: _Optional[bool] = ..., accounts: _Optional[_Mapping[str, str]] = ..., floating: _Optional[_Union[Floating, _Mapping]] = ..., calendar: _Optional[str] = ..., roll: _Optional[_Union[Roll, str]] = ..., interest_unadjusted: _Optional[bool] = ..., pricing: _Optional[_Union[Pricing, _Mapping]] = ..., effective_from: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...

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
    __slots__ = ("index", "margin", "floor", "cap", "every_months", "lag_days", "lag_calendar", "on")
    INDEX_FIELD_NUMBER: _ClassVar[int]
    MARGIN_FIELD_NUMBER: _ClassVar[int]
    FLOOR_FIELD_NUMBER: _ClassVar[int]
    CAP_FIELD_NUMBER: _ClassVar[int]
    EVERY_MONTHS_FIELD_NUMBER: _ClassVar[int]
    LAG_DAYS_FIELD_NUMBER: _ClassVar[int]
    LAG_CALENDAR_FIELD_NUMBER: _ClassVar[int]
    ON_FIELD_NUMBER: _ClassVar[int]
    index: str
    margin: _decimal_pb2.Decimal
    floor: _decimal_pb2.Decimal
    cap: _decimal_pb2.Decimal
    every_months: int
    lag_days: int
    lag_calendar: str
    on: _date_pb2.Date
    def __init__(self, index: _Optional[str] = ..., margin: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., floor: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., cap: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., every_months: _Optional[int] = ..., lag_days: _Optional[int] = ..., lag_calendar: _Optional[str] = ..., on: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...

class Product(_message.Message):
    __slots__ = ("name", "code", "version", "title", "terms", "create_time")
    NAME_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    TERMS_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    name: str
    code: str
    version: int
    title: str
    terms: Terms
    create_time: _timestamp_pb2.Timestamp
    def __init__(self, name: _Optional[str] = ..., code: _Optional[str] = ..., version: _Optional[int] = ..., title: _Optional[str] = ..., terms: _Optional[_Union[Terms, _Mapping]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class PublishProductRequest(_message.Message):
    __slots__ = ("parent", "code", "title", "terms", "request_id", "reason", "validate_only")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    TERMS_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    parent: str
    code: str
    title: str
    terms: Terms
    request_id: str
    reason: str
    validate_only: bool
    def __init__(self, parent: _Optional[str] = ..., code: _Optional[str] = ..., title: _Optional[str] = ..., terms: _Optional[_Union[Terms, _Mapping]] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

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
