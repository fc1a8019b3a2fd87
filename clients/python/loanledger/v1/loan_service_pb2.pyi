import datetime

from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.rpc import status_pb2 as _status_pb2
from google.type import date_pb2 as _date_pb2
from google.type import decimal_pb2 as _decimal_pb2
from google.type import money_pb2 as _money_pb2
from loanledger.v1 import common_pb2 as _common_pb2
from loanledger.v1 import product_service_pb2 as _product_service_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class LoanStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LOAN_STATUS_UNSPECIFIED: _ClassVar[LoanStatus]
    LOAN_STATUS_APPLIED: _ClassVar[LoanStatus]
    LOAN_STATUS_APPROVED: _ClassVar[LoanStatus]
    LOAN_STATUS_ACTIVE: _ClassVar[LoanStatus]
    LOAN_STATUS_REPAID: _ClassVar[LoanStatus]
    LOAN_STATUS_WRITTEN_OFF: _ClassVar[LoanStatus]
    LOAN_STATUS_CLOSED: _ClassVar[LoanStatus]
    LOAN_STATUS_SOLD: _ClassVar[LoanStatus]

class LoanStage(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LOAN_STAGE_UNSPECIFIED: _ClassVar[LoanStage]
    LOAN_STAGE_PERFORMING: _ClassVar[LoanStage]
    LOAN_STAGE_SUSPENDED: _ClassVar[LoanStage]
    LOAN_STAGE_CHARGED_OFF: _ClassVar[LoanStage]
    LOAN_STAGE_CHARGED_OFF_FRAUD: _ClassVar[LoanStage]

class RefundSource(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    REFUND_SOURCE_UNSPECIFIED: _ClassVar[RefundSource]
    REFUND_SOURCE_MERCHANT: _ClassVar[RefundSource]
    REFUND_SOURCE_PAYOUT: _ClassVar[RefundSource]

class InstalmentKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    INSTALMENT_KIND_UNSPECIFIED: _ClassVar[InstalmentKind]
    INSTALMENT_KIND_REGULAR: _ClassVar[InstalmentKind]
    INSTALMENT_KIND_DOWN_PAYMENT: _ClassVar[InstalmentKind]
    INSTALMENT_KIND_EXTRA: _ClassVar[InstalmentKind]

class ImportState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    IMPORT_STATE_UNSPECIFIED: _ClassVar[ImportState]
    IMPORT_STATE_IMPORTED: _ClassVar[ImportState]
    IMPORT_STATE_IMPORTABLE: _ClassVar[ImportState]
    IMPORT_STATE_ALREADY_IMPORTED: _ClassVar[ImportState]
    IMPORT_STATE_REFUSED: _ClassVar[ImportState]

class StatementView(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    STATEMENT_VIEW_UNSPECIFIED: _ClassVar[StatementView]
    STATEMENT_VIEW_AS_BOOKED: _ClassVar[StatementView]
    STATEMENT_VIEW_AS_NOW_KNOWN: _ClassVar[StatementView]

class InstalmentEffect(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    INSTALMENT_EFFECT_UNSPECIFIED: _ClassVar[InstalmentEffect]
    INSTALMENT_EFFECT_PLANNED: _ClassVar[InstalmentEffect]
    INSTALMENT_EFFECT_REPLANNED: _ClassVar[InstalmentEffect]
    INSTALMENT_EFFECT_MOVED: _ClassVar[InstalmentEffect]
    INSTALMENT_EFFECT_OWED_AGAIN: _ClassVar[InstalmentEffect]
    INSTALMENT_EFFECT_CHARGED: _ClassVar[InstalmentEffect]
    INSTALMENT_EFFECT_GIVEN_UP: _ClassVar[InstalmentEffect]
    INSTALMENT_EFFECT_PAID: _ClassVar[InstalmentEffect]
    INSTALMENT_EFFECT_RETURNED: _ClassVar[InstalmentEffect]
    INSTALMENT_EFFECT_WAIVED: _ClassVar[InstalmentEffect]
    INSTALMENT_EFFECT_CAPITALIZED: _ClassVar[InstalmentEffect]
LOAN_STATUS_UNSPECIFIED: LoanStatus
LOAN_STATUS_APPLIED: LoanStatus
LOAN_STATUS_APPROVED: LoanStatus
LOAN_STATUS_ACTIVE: LoanStatus
LOAN_STATUS_REPAID: LoanStatus
LOAN_STATUS_WRITTEN_OFF: LoanStatus
LOAN_STATUS_CLOSED: LoanStatus
LOAN_STATUS_SOLD: LoanStatus
LOAN_STAGE_UNSPECIFIED: LoanStage
LOAN_STAGE_PERFORMING: LoanStage
LOAN_STAGE_SUSPENDED: LoanStage
LOAN_STAGE_CHARGED_OFF: LoanStage
LOAN_STAGE_CHARGED_OFF_FRAUD: LoanStage
REFUND_SOURCE_UNSPECIFIED: RefundSource
REFUND_SOURCE_MERCHANT: RefundSource
REFUND_SOURCE_PAYOUT: RefundSource
INSTALMENT_KIND_UNSPECIFIED: InstalmentKind
INSTALMENT_KIND_REGULAR: InstalmentKind
INSTALMENT_KIND_DOWN_PAYMENT: InstalmentKind
INSTALMENT_KIND_EXTRA: InstalmentKind
IMPORT_STATE_UNSPECIFIED: ImportState
IMPORT_STATE_IMPORTED: ImportState
IMPORT_STATE_IMPORTABLE: ImportState
IMPORT_STATE_ALREADY_IMPORTED: ImportState
IMPORT_STATE_REFUSED: ImportState
STATEMENT_VIEW_UNSPECIFIED: StatementView
STATEMENT_VIEW_AS_BOOKED: StatementView
STATEMENT_VIEW_AS_NOW_KNOWN: StatementView
INSTALMENT_EFFECT_UNSPECIFIED: InstalmentEffect
INSTALMENT_EFFECT_PLANNED: InstalmentEffect
INSTALMENT_EFFECT_REPLANNED: InstalmentEffect
INSTALMENT_EFFECT_MOVED: InstalmentEffect
INSTALMENT_EFFECT_OWED_AGAIN: InstalmentEffect
INSTALMENT_EFFECT_CHARGED: InstalmentEffect
INSTALMENT_EFFECT_GIVEN_UP: InstalmentEffect
INSTALMENT_EFFECT_PAID: InstalmentEffect
INSTALMENT_EFFECT_RETURNED: InstalmentEffect
INSTALMENT_EFFECT_WAIVED: InstalmentEffect
INSTALMENT_EFFECT_CAPITALIZED: InstalmentEffect

class Loan(_message.Message):
    __slots__ = ("name", "party", "product", "status", "amount", "annual_rate", "instalments", "disbursed", "balance", "start", "maturity", "days_past_due", "overdue", "next_due", "reference", "business_date", "create_time", "current_rate", "stage", "fraud", "refinanced_into", "charges", "disclosure", "approved", "available", "cut_over_date", "set_aside", "branch")
    NAME_FIELD_NUMBER: _ClassVar[int]
    PARTY_FIELD_NUMBER: _ClassVar[int]
    PRODUCT_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    ANNUAL_RATE_FIELD_NUMBER: _ClassVar[int]
    INSTALMENTS_FIELD_NUMBER: _ClassVar[int]
    DISBURSED_FIELD_NUMBER: _ClassVar[int]
    BALANCE_FIELD_NUMBER: _ClassVar[int]
    START_FIELD_NUMBER: _ClassVar[int]
    MATURITY_FIELD_NUMBER: _ClassVar[int]
    DAYS_PAST_DUE_FIELD_NUMBER: _ClassVar[int]
    OVERDUE_FIELD_NUMBER: _ClassVar[int]
    NEXT_DUE_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    BUSINESS_DATE_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    CURRENT_RATE_FIELD_NUMBER: _ClassVar[int]
    STAGE_FIELD_NUMBER: _ClassVar[int]
    FRAUD_FIELD_NUMBER: _ClassVar[int]
    REFINANCED_INTO_FIELD_NUMBER: _ClassVar[int]
    CHARGES_FIELD_NUMBER: _ClassVar[int]
    DISCLOSURE_FIELD_NUMBER: _ClassVar[int]
    APPROVED_FIELD_NUMBER: _ClassVar[int]
    AVAILABLE_FIELD_NUMBER: _ClassVar[int]
    CUT_OVER_DATE_FIELD_NUMBER: _ClassVar[int]
    SET_ASIDE_FIELD_NUMBER: _ClassVar[int]
    BRANCH_FIELD_NUMBER: _ClassVar[int]
    name: str
    party: str
    product: str
    status: LoanStatus
    amount: _money_pb2.Money
    annual_rate: _decimal_pb2.Decimal
    instalments: int
    disbursed: _money_pb2.Money
    balance: _common_pb2.Breakdown
    start: _date_pb2.Date
    maturity: _date_pb2.Date
    days_past_due: int
    overdue: _money_pb2.Money
    next_due: _date_pb2.Date
    reference: str
    business_date: _date_pb2.Date
    create_time: _timestamp_pb2.Timestamp
    current_rate: _decimal_pb2.Decimal
    stage: LoanStage
    fraud: bool
    refinanced_into: str
    charges: _containers.RepeatedCompositeFieldContainer[LoanCharge]
    disclosure: Disclosure
    approved: _money_pb2.Money
    available: _money_pb2.Money
    cut_over_date: _date_pb2.Date
    set_aside: SetAside
    branch: str
    def __init__(self, name: _Optional[str] = ..., party: _Optional[str] = ..., product: _Optional[str] = ..., status: _Optional[_Union[LoanStatus, str]] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., annual_rate: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., instalments: _Optional[int] = ..., disbursed: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., balance: _Optional[_Union[_common_pb2.Breakdown, _Mapping]] = ..., start: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., maturity: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., days_past_due: _Optional[int] = ..., overdue: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., next_due: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reference: _Optional[str] = ..., business_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., current_rate: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., stage: _Optional[_Union[LoanStage, str]] = ..., fraud: _Optional[bool] = ..., refinanced_into: _Optional[str] = ..., charges: _Optional[_Iterable[_Union[LoanCharge, _Mapping]]] = ..., disclosure: _Optional[_Union[Disclosure, _Mapping]] = ..., approved: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., available: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., cut_over_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., set_aside: _Optional[_Union[SetAside, _Mapping]] = ..., branch: _Optional[str] = ...) -> None: ...

class SetAside(_message.Message):
    __slots__ = ("since", "reason")
    SINCE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    since: _date_pb2.Date
    reason: str
    def __init__(self, since: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reason: _Optional[str] = ...) -> None: ...

class Disclosure(_message.Message):
    __slots__ = ("received", "total_paid", "total_cost", "regz_apr", "eu_aprc", "annualised_irr", "effective_rate")
    RECEIVED_FIELD_NUMBER: _ClassVar[int]
    TOTAL_PAID_FIELD_NUMBER: _ClassVar[int]
    TOTAL_COST_FIELD_NUMBER: _ClassVar[int]
    REGZ_APR_FIELD_NUMBER: _ClassVar[int]
    EU_APRC_FIELD_NUMBER: _ClassVar[int]
    ANNUALISED_IRR_FIELD_NUMBER: _ClassVar[int]
    EFFECTIVE_RATE_FIELD_NUMBER: _ClassVar[int]
    received: _money_pb2.Money
    total_paid: _money_pb2.Money
    total_cost: _money_pb2.Money
    regz_apr: _decimal_pb2.Decimal
    eu_aprc: _decimal_pb2.Decimal
    annualised_irr: _decimal_pb2.Decimal
    effective_rate: _decimal_pb2.Decimal
    def __init__(self, received: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., total_paid: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., total_cost: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., regz_apr: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., eu_aprc: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., annualised_irr: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., effective_rate: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ...) -> None: ...

class LoanCharge(_message.Message):
    __slots__ = ("event", "part", "due", "amount", "open")
    EVENT_FIELD_NUMBER: _ClassVar[int]
    PART_FIELD_NUMBER: _ClassVar[int]
    DUE_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    OPEN_FIELD_NUMBER: _ClassVar[int]
    event: str
    part: _common_pb2.Component
    due: _date_pb2.Date
    amount: _money_pb2.Money
    open: _money_pb2.Money
    def __init__(self, event: _Optional[str] = ..., part: _Optional[_Union[_common_pb2.Component, str]] = ..., due: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., open: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class Instalment(_message.Message):
    __slots__ = ("number", "start", "due", "opening", "principal", "interest", "total", "closing", "principal_paid", "interest_paid", "settled", "kind", "fee", "penalty", "fee_paid", "penalty_paid", "outstanding")
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    START_FIELD_NUMBER: _ClassVar[int]
    DUE_FIELD_NUMBER: _ClassVar[int]
    OPENING_FIELD_NUMBER: _ClassVar[int]
    PRINCIPAL_FIELD_NUMBER: _ClassVar[int]
    INTEREST_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    CLOSING_FIELD_NUMBER: _ClassVar[int]
    PRINCIPAL_PAID_FIELD_NUMBER: _ClassVar[int]
    INTEREST_PAID_FIELD_NUMBER: _ClassVar[int]
    SETTLED_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    FEE_FIELD_NUMBER: _ClassVar[int]
    PENALTY_FIELD_NUMBER: _ClassVar[int]
    FEE_PAID_FIELD_NUMBER: _ClassVar[int]
    PENALTY_PAID_FIELD_NUMBER: _ClassVar[int]
    OUTSTANDING_FIELD_NUMBER: _ClassVar[int]
    number: int
    start: _date_pb2.Date
    due: _date_pb2.Date
    opening: _money_pb2.Money
    principal: _money_pb2.Money
    interest: _money_pb2.Money
    total: _money_pb2.Money
    closing: _money_pb2.Money
    principal_paid: _money_pb2.Money
    interest_paid: _money_pb2.Money
    settled: bool
    kind: InstalmentKind
    fee: _money_pb2.Money
    penalty: _money_pb2.Money
    fee_paid: _money_pb2.Money
    penalty_paid: _money_pb2.Money
    outstanding: _money_pb2.Money
    def __init__(self, number: _Optional[int] = ..., start: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., due: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., opening: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., principal: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., interest: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., total: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., closing: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., principal_paid: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., interest_paid: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., settled: _Optional[bool] = ..., kind: _Optional[_Union[InstalmentKind, str]] = ..., fee: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., penalty: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., fee_paid: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., penalty_paid: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., outstanding: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class Schedule(_message.Message):
    __slots__ = ("instalments", "total_principal", "total_interest", "total", "disclosure")
    INSTALMENTS_FIELD_NUMBER: _ClassVar[int]
    TOTAL_PRINCIPAL_FIELD_NUMBER: _ClassVar[int]
    TOTAL_INTEREST_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    DISCLOSURE_FIELD_NUMBER: _ClassVar[int]
    instalments: _containers.RepeatedCompositeFieldContainer[Instalment]
    total_principal: _money_pb2.Money
    total_interest: _money_pb2.Money
    total: _money_pb2.Money
    disclosure: Disclosure
    def __init__(self, instalments: _Optional[_Iterable[_Union[Instalment, _Mapping]]] = ..., total_principal: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., total_interest: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., total: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., disclosure: _Optional[_Union[Disclosure, _Mapping]] = ...) -> None: ...

class QuoteScheduleRequest(_message.Message):
    __slots__ = ("product", "amount", "annual_rate", "instalments", "start", "first_due", "shape", "fixed_instalment", "rate_steps", "due_dates", "segment", "score")
    PRODUCT_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    ANNUAL_RATE_FIELD_NUMBER: _ClassVar[int]
    INSTALMENTS_FIELD_NUMBER: _ClassVar[int]
    START_FIELD_NUMBER: _ClassVar[int]
    FIRST_DUE_FIELD_NUMBER: _ClassVar[int]
    SHAPE_FIELD_NUMBER: _ClassVar[int]
    FIXED_INSTALMENT_FIELD_NUMBER: _ClassVar[int]
    RATE_STEPS_FIELD_NUMBER: _ClassVar[int]
    DUE_DATES_FIELD_NUMBER: _ClassVar[int]
    SEGMENT_FIELD_NUMBER: _ClassVar[int]
    SCORE_FIELD_NUMBER: _ClassVar[int]
    product: str
    amount: _money_pb2.Money
    annual_rate: _decimal_pb2.Decimal
    instalments: int
    start: _date_pb2.Date
    first_due: _date_pb2.Date
    shape: _product_service_pb2.Shape
    fixed_instalment: _money_pb2.Money
    rate_steps: _containers.RepeatedCompositeFieldContainer[RateStep]
    due_dates: _containers.RepeatedCompositeFieldContainer[_date_pb2.Date]
    segment: str
    score: int
    def __init__(self, product: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., annual_rate: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., instalments: _Optional[int] = ..., start: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., first_due: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., shape: _Optional[_Union[_product_service_pb2.Shape, _Mapping]] = ..., fixed_instalment: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., rate_steps: _Optional[_Iterable[_Union[RateStep, _Mapping]]] = ..., due_dates: _Optional[_Iterable[_Union[_date_pb2.Date, _Mapping]]] = ..., segment: _Optional[str] = ..., score: _Optional[int] = ...) -> None: ...

class OpenLoanRequest(_message.Message):
    __slots__ = ("parent", "request_id", "reason", "party", "product", "amount", "annual_rate", "instalments", "first_due", "reference", "validate_only", "shape", "fixed_instalment", "rate_steps", "due_dates", "segment", "score", "facts", "branch")
    class FactsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    PARENT_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    PARTY_FIELD_NUMBER: _ClassVar[int]
    PRODUCT_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    ANNUAL_RATE_FIELD_NUMBER: _ClassVar[int]
    INSTALMENTS_FIELD_NUMBER: _ClassVar[int]
    FIRST_DUE_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    SHAPE_FIELD_NUMBER: _ClassVar[int]
    FIXED_INSTALMENT_FIELD_NUMBER: _ClassVar[int]
    RATE_STEPS_FIELD_NUMBER: _ClassVar[int]
    DUE_DATES_FIELD_NUMBER: _ClassVar[int]
    SEGMENT_FIELD_NUMBER: _ClassVar[int]
    SCORE_FIELD_NUMBER: _ClassVar[int]
    FACTS_FIELD_NUMBER: _ClassVar[int]
    BRANCH_FIELD_NUMBER: _ClassVar[int]
    parent: str
    request_id: str
    reason: str
    party: str
    product: str
    amount: _money_pb2.Money
    annual_rate: _decimal_pb2.Decimal
    instalments: int
    first_due: _date_pb2.Date
    reference: str
    validate_only: bool
    shape: _product_service_pb2.Shape
    fixed_instalment: _money_pb2.Money
    rate_steps: _containers.RepeatedCompositeFieldContainer[RateStep]
    due_dates: _containers.RepeatedCompositeFieldContainer[_date_pb2.Date]
    segment: str
    score: int
    facts: _containers.ScalarMap[str, str]
    branch: str
    def __init__(self, parent: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., party: _Optional[str] = ..., product: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., annual_rate: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., instalments: _Optional[int] = ..., first_due: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reference: _Optional[str] = ..., validate_only: _Optional[bool] = ..., shape: _Optional[_Union[_product_service_pb2.Shape, _Mapping]] = ..., fixed_instalment: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., rate_steps: _Optional[_Iterable[_Union[RateStep, _Mapping]]] = ..., due_dates: _Optional[_Iterable[_Union[_date_pb2.Date, _Mapping]]] = ..., segment: _Optional[str] = ..., score: _Optional[int] = ..., facts: _Optional[_Mapping[str, str]] = ..., branch: _Optional[str] = ...) -> None: ...

class RateStep(_message.Message):
    __slots__ = ("instalment", "annual_rate")
    INSTALMENT_FIELD_NUMBER: _ClassVar[int]
    ANNUAL_RATE_FIELD_NUMBER: _ClassVar[int]
    instalment: int
    annual_rate: _decimal_pb2.Decimal
    def __init__(self, instalment: _Optional[int] = ..., annual_rate: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ...) -> None: ...

class Position(_message.Message):
    __slots__ = ("reference", "party", "product", "start", "amount", "annual_rate", "instalments", "first_due", "shape", "fixed_instalment", "rate_steps", "due_dates", "disbursed", "principal", "interest", "penalty", "charges", "credit", "deferred_fees", "written_off", "stage", "current_rate", "later_rates", "schedule", "instalment", "interest_exact", "penalty_exact", "penalty_paid", "commitment_exact", "late_fees_from", "history")
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    PARTY_FIELD_NUMBER: _ClassVar[int]
    PRODUCT_FIELD_NUMBER: _ClassVar[int]
    START_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    ANNUAL_RATE_FIELD_NUMBER: _ClassVar[int]
    INSTALMENTS_FIELD_NUMBER: _ClassVar[int]
    FIRST_DUE_FIELD_NUMBER: _ClassVar[int]
    SHAPE_FIELD_NUMBER: _ClassVar[int]
    FIXED_INSTALMENT_FIELD_NUMBER: _ClassVar[int]
    RATE_STEPS_FIELD_NUMBER: _ClassVar[int]
    DUE_DATES_FIELD_NUMBER: _ClassVar[int]
    DISBURSED_FIELD_NUMBER: _ClassVar[int]
    PRINCIPAL_FIELD_NUMBER: _ClassVar[int]
    INTEREST_FIELD_NUMBER: _ClassVar[int]
    PENALTY_FIELD_NUMBER: _ClassVar[int]
    CHARGES_FIELD_NUMBER: _ClassVar[int]
    CREDIT_FIELD_NUMBER: _ClassVar[int]
    DEFERRED_FEES_FIELD_NUMBER: _ClassVar[int]
    WRITTEN_OFF_FIELD_NUMBER: _ClassVar[int]
    STAGE_FIELD_NUMBER: _ClassVar[int]
    CURRENT_RATE_FIELD_NUMBER: _ClassVar[int]
    LATER_RATES_FIELD_NUMBER: _ClassVar[int]
    SCHEDULE_FIELD_NUMBER: _ClassVar[int]
    INSTALMENT_FIELD_NUMBER: _ClassVar[int]
    INTEREST_EXACT_FIELD_NUMBER: _ClassVar[int]
    PENALTY_EXACT_FIELD_NUMBER: _ClassVar[int]
    PENALTY_PAID_FIELD_NUMBER: _ClassVar[int]
    COMMITMENT_EXACT_FIELD_NUMBER: _ClassVar[int]
    LATE_FEES_FROM_FIELD_NUMBER: _ClassVar[int]
    HISTORY_FIELD_NUMBER: _ClassVar[int]
    reference: str
    party: str
    product: str
    start: _date_pb2.Date
    amount: _money_pb2.Money
    annual_rate: _decimal_pb2.Decimal
    instalments: int
    first_due: _date_pb2.Date
    shape: _product_service_pb2.Shape
    fixed_instalment: _money_pb2.Money
    rate_steps: _containers.RepeatedCompositeFieldContainer[RateStep]
    due_dates: _containers.RepeatedCompositeFieldContainer[_date_pb2.Date]
    disbursed: _money_pb2.Money
    principal: _money_pb2.Money
    interest: _money_pb2.Money
    penalty: _money_pb2.Money
    charges: _containers.RepeatedCompositeFieldContainer[PositionCharge]
    credit: _money_pb2.Money
    deferred_fees: _money_pb2.Money
    written_off: _money_pb2.Money
    stage: LoanStage
    current_rate: _decimal_pb2.Decimal
    later_rates: _containers.RepeatedCompositeFieldContainer[PositionRate]
    schedule: _containers.RepeatedCompositeFieldContainer[PositionInstalment]
    instalment: _money_pb2.Money
    interest_exact: str
    penalty_exact: str
    penalty_paid: _money_pb2.Money
    commitment_exact: str
    late_fees_from: _date_pb2.Date
    history: _containers.RepeatedCompositeFieldContainer[PositionEvent]
    def __init__(self, reference: _Optional[str] = ..., party: _Optional[str] = ..., product: _Optional[str] = ..., start: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., annual_rate: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., instalments: _Optional[int] = ..., first_due: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., shape: _Optional[_Union[_product_service_pb2.Shape, _Mapping]] = ..., fixed_instalment: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., rate_steps: _Optional[_Iterable[_Union[RateStep, _Mapping]]] = ..., due_dates: _Optional[_Iterable[_Union[_date_pb2.Date, _Mapping]]] = ..., disbursed: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., principal: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., interest: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., penalty: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., charges: _Optional[_Iterable[_Union[PositionCharge, _Mapping]]] = ..., credit: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., deferred_fees: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., written_off: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., stage: _Optional[_Union[LoanStage, str]] = ..., current_rate: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., later_rates: _Optional[_Iterable[_Union[PositionRate, _Mapping]]] = ..., schedule: _Optional[_Iterable[_Union[PositionInstalment, _Mapping]]] = ..., instalment: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., interest_exact: _Optional[str] = ..., penalty_exact: _Optional[str] = ..., penalty_paid: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., commitment_exact: _Optional[str] = ..., late_fees_from: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., history: _Optional[_Iterable[_Union[PositionEvent, _Mapping]]] = ...) -> None: ...

class PositionCharge(_message.Message):
    __slots__ = ("part", "due", "amount")
    PART_FIELD_NUMBER: _ClassVar[int]
    DUE_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    part: _common_pb2.Component
    due: _date_pb2.Date
    amount: _money_pb2.Money
    def __init__(self, part: _Optional[_Union[_common_pb2.Component, str]] = ..., due: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class PositionRate(_message.Message):
    __slots__ = ("start", "annual_rate")
    START_FIELD_NUMBER: _ClassVar[int]
    ANNUAL_RATE_FIELD_NUMBER: _ClassVar[int]
    start: _date_pb2.Date
    annual_rate: _decimal_pb2.Decimal
    def __init__(self, start: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., annual_rate: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ...) -> None: ...

class PositionInstalment(_message.Message):
    __slots__ = ("number", "start", "due", "principal", "interest", "principal_paid", "interest_paid", "kind", "deferred_fee")
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    START_FIELD_NUMBER: _ClassVar[int]
    DUE_FIELD_NUMBER: _ClassVar[int]
    PRINCIPAL_FIELD_NUMBER: _ClassVar[int]
    INTEREST_FIELD_NUMBER: _ClassVar[int]
    PRINCIPAL_PAID_FIELD_NUMBER: _ClassVar[int]
    INTEREST_PAID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    DEFERRED_FEE_FIELD_NUMBER: _ClassVar[int]
    number: int
    start: _date_pb2.Date
    due: _date_pb2.Date
    principal: _money_pb2.Money
    interest: _money_pb2.Money
    principal_paid: _money_pb2.Money
    interest_paid: _money_pb2.Money
    kind: InstalmentKind
    deferred_fee: _money_pb2.Money
    def __init__(self, number: _Optional[int] = ..., start: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., due: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., principal: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., interest: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., principal_paid: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., interest_paid: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., kind: _Optional[_Union[InstalmentKind, str]] = ..., deferred_fee: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class PositionEvent(_message.Message):
    __slots__ = ("kind", "value_date", "amount", "part", "due_date", "interest", "fee", "penalty", "annual_rate", "keep_instalment", "until", "from_due", "to_due")
    KIND_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    PART_FIELD_NUMBER: _ClassVar[int]
    DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    INTEREST_FIELD_NUMBER: _ClassVar[int]
    FEE_FIELD_NUMBER: _ClassVar[int]
    PENALTY_FIELD_NUMBER: _ClassVar[int]
    ANNUAL_RATE_FIELD_NUMBER: _ClassVar[int]
    KEEP_INSTALMENT_FIELD_NUMBER: _ClassVar[int]
    UNTIL_FIELD_NUMBER: _ClassVar[int]
    FROM_DUE_FIELD_NUMBER: _ClassVar[int]
    TO_DUE_FIELD_NUMBER: _ClassVar[int]
    kind: str
    value_date: _date_pb2.Date
    amount: _money_pb2.Money
    part: _common_pb2.Component
    due_date: _date_pb2.Date
    interest: _money_pb2.Money
    fee: _money_pb2.Money
    penalty: _money_pb2.Money
    annual_rate: _decimal_pb2.Decimal
    keep_instalment: bool
    until: _date_pb2.Date
    from_due: _date_pb2.Date
    to_due: _date_pb2.Date
    def __init__(self, kind: _Optional[str] = ..., value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., part: _Optional[_Union[_common_pb2.Component, str]] = ..., due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., interest: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., fee: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., penalty: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., annual_rate: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., keep_instalment: _Optional[bool] = ..., until: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., from_due: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., to_due: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...

class ImportLoansRequest(_message.Message):
    __slots__ = ("parent", "request_id", "reason", "cut_over_date", "product", "positions", "control_totals", "tolerance", "validate_only")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    CUT_OVER_DATE_FIELD_NUMBER: _ClassVar[int]
    PRODUCT_FIELD_NUMBER: _ClassVar[int]
    POSITIONS_FIELD_NUMBER: _ClassVar[int]
    CONTROL_TOTALS_FIELD_NUMBER: _ClassVar[int]
    TOLERANCE_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    parent: str
    request_id: str
    reason: str
    cut_over_date: _date_pb2.Date
    product: str
    positions: _containers.RepeatedCompositeFieldContainer[Position]
    control_totals: PositionTotals
    tolerance: _money_pb2.Money
    validate_only: bool
    def __init__(self, parent: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., cut_over_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., product: _Optional[str] = ..., positions: _Optional[_Iterable[_Union[Position, _Mapping]]] = ..., control_totals: _Optional[_Union[PositionTotals, _Mapping]] = ..., tolerance: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class PositionTotals(_message.Message):
    __slots__ = ("loans", "principal", "interest", "fee", "penalty", "credit", "deferred_fees", "written_off")
    LOANS_FIELD_NUMBER: _ClassVar[int]
    PRINCIPAL_FIELD_NUMBER: _ClassVar[int]
    INTEREST_FIELD_NUMBER: _ClassVar[int]
    FEE_FIELD_NUMBER: _ClassVar[int]
    PENALTY_FIELD_NUMBER: _ClassVar[int]
    CREDIT_FIELD_NUMBER: _ClassVar[int]
    DEFERRED_FEES_FIELD_NUMBER: _ClassVar[int]
    WRITTEN_OFF_FIELD_NUMBER: _ClassVar[int]
    loans: int
    principal: _money_pb2.Money
    interest: _money_pb2.Money
    fee: _money_pb2.Money
    penalty: _money_pb2.Money
    credit: _money_pb2.Money
    deferred_fees: _money_pb2.Money
    written_off: _money_pb2.Money
    def __init__(self, loans: _Optional[int] = ..., principal: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., interest: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., fee: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., penalty: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., credit: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., deferred_fees: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., written_off: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class ImportFinding(_message.Message):
    __slots__ = ("field", "description", "theirs", "ours", "difference", "tolerated")
    FIELD_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    THEIRS_FIELD_NUMBER: _ClassVar[int]
    OURS_FIELD_NUMBER: _ClassVar[int]
    DIFFERENCE_FIELD_NUMBER: _ClassVar[int]
    TOLERATED_FIELD_NUMBER: _ClassVar[int]
    field: str
    description: str
    theirs: _money_pb2.Money
    ours: _money_pb2.Money
    difference: _money_pb2.Money
    tolerated: bool
    def __init__(self, field: _Optional[str] = ..., description: _Optional[str] = ..., theirs: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., ours: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., difference: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., tolerated: _Optional[bool] = ...) -> None: ...

class ImportResult(_message.Message):
    __slots__ = ("reference", "state", "loan", "event", "findings", "error", "totals")
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    LOAN_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    FINDINGS_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    TOTALS_FIELD_NUMBER: _ClassVar[int]
    reference: str
    state: ImportState
    loan: str
    event: str
    findings: _containers.RepeatedCompositeFieldContainer[ImportFinding]
    error: _status_pb2.Status
    totals: PositionTotals
    def __init__(self, reference: _Optional[str] = ..., state: _Optional[_Union[ImportState, str]] = ..., loan: _Optional[str] = ..., event: _Optional[str] = ..., findings: _Optional[_Iterable[_Union[ImportFinding, _Mapping]]] = ..., error: _Optional[_Union[_status_pb2.Status, _Mapping]] = ..., totals: _Optional[_Union[PositionTotals, _Mapping]] = ...) -> None: ...

class ImportLoansResponse(_message.Message):
    __slots__ = ("results", "control_totals", "positions", "ledger", "findings", "tied")
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    CONTROL_TOTALS_FIELD_NUMBER: _ClassVar[int]
    POSITIONS_FIELD_NUMBER: _ClassVar[int]
    LEDGER_FIELD_NUMBER: _ClassVar[int]
    FINDINGS_FIELD_NUMBER: _ClassVar[int]
    TIED_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[ImportResult]
    control_totals: PositionTotals
    positions: PositionTotals
    ledger: PositionTotals
    findings: _containers.RepeatedCompositeFieldContainer[ImportFinding]
    tied: bool
    def __init__(self, results: _Optional[_Iterable[_Union[ImportResult, _Mapping]]] = ..., control_totals: _Optional[_Union[PositionTotals, _Mapping]] = ..., positions: _Optional[_Union[PositionTotals, _Mapping]] = ..., ledger: _Optional[_Union[PositionTotals, _Mapping]] = ..., findings: _Optional[_Iterable[_Union[ImportFinding, _Mapping]]] = ..., tied: _Optional[bool] = ...) -> None: ...

class ApproveLoanRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "amount")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    amount: _money_pb2.Money
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class DisburseLoanRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "amount", "value_date", "reference", "validate_only", "funds_account")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    FUNDS_ACCOUNT_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    amount: _money_pb2.Money
    value_date: _date_pb2.Date
    reference: str
    validate_only: bool
    funds_account: str
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reference: _Optional[str] = ..., validate_only: _Optional[bool] = ..., funds_account: _Optional[str] = ...) -> None: ...

class PaymentInstruction(_message.Message):
    __slots__ = ("order", "mode", "excess")
    ORDER_FIELD_NUMBER: _ClassVar[int]
    MODE_FIELD_NUMBER: _ClassVar[int]
    EXCESS_FIELD_NUMBER: _ClassVar[int]
    order: _containers.RepeatedScalarFieldContainer[_common_pb2.Component]
    mode: _product_service_pb2.AllocationMode
    excess: _product_service_pb2.ExcessRule
    def __init__(self, order: _Optional[_Iterable[_Union[_common_pb2.Component, str]]] = ..., mode: _Optional[_Union[_product_service_pb2.AllocationMode, str]] = ..., excess: _Optional[_Union[_product_service_pb2.ExcessRule, str]] = ...) -> None: ...

class RepayLoanRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "amount", "value_date", "reference", "validate_only", "funds_account", "instruction", "payer")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    FUNDS_ACCOUNT_FIELD_NUMBER: _ClassVar[int]
    INSTRUCTION_FIELD_NUMBER: _ClassVar[int]
    PAYER_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    amount: _money_pb2.Money
    value_date: _date_pb2.Date
    reference: str
    validate_only: bool
    funds_account: str
    instruction: PaymentInstruction
    payer: str
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reference: _Optional[str] = ..., validate_only: _Optional[bool] = ..., funds_account: _Optional[str] = ..., instruction: _Optional[_Union[PaymentInstruction, _Mapping]] = ..., payer: _Optional[str] = ...) -> None: ...

class ReverseLoanEventRequest(_message.Message):
    __slots__ = ("event", "request_id", "reason", "validate_only")
    EVENT_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    event: str
    request_id: str
    reason: str
    validate_only: bool
    def __init__(self, event: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class WaiveLoanRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "interest", "fee", "penalty", "value_date", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    INTEREST_FIELD_NUMBER: _ClassVar[int]
    FEE_FIELD_NUMBER: _ClassVar[int]
    PENALTY_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    interest: _money_pb2.Money
    fee: _money_pb2.Money
    penalty: _money_pb2.Money
    value_date: _date_pb2.Date
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., interest: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., fee: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., penalty: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class ChargeLoanRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "amount", "value_date", "reference", "validate_only", "part", "due_date")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    PART_FIELD_NUMBER: _ClassVar[int]
    DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    amount: _money_pb2.Money
    value_date: _date_pb2.Date
    reference: str
    validate_only: bool
    part: _common_pb2.Component
    due_date: _date_pb2.Date
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reference: _Optional[str] = ..., validate_only: _Optional[bool] = ..., part: _Optional[_Union[_common_pb2.Component, str]] = ..., due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...

class AdjustChargeRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "charge", "amount", "value_date", "reference", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    CHARGE_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    charge: str
    amount: _money_pb2.Money
    value_date: _date_pb2.Date
    reference: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., charge: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reference: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class WaiveChargeRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "charge", "value_date", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    CHARGE_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    charge: str
    value_date: _date_pb2.Date
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., charge: _Optional[str] = ..., value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class RecordDownPaymentRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "amount", "value_date", "reference", "validate_only", "funds_account")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    FUNDS_ACCOUNT_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    amount: _money_pb2.Money
    value_date: _date_pb2.Date
    reference: str
    validate_only: bool
    funds_account: str
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reference: _Optional[str] = ..., validate_only: _Optional[bool] = ..., funds_account: _Optional[str] = ...) -> None: ...

class RecordRefundRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "source", "amount", "value_date", "reference", "validate_only", "funds_account")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    FUNDS_ACCOUNT_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    source: RefundSource
    amount: _money_pb2.Money
    value_date: _date_pb2.Date
    reference: str
    validate_only: bool
    funds_account: str
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., source: _Optional[_Union[RefundSource, str]] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reference: _Optional[str] = ..., validate_only: _Optional[bool] = ..., funds_account: _Optional[str] = ...) -> None: ...

class RecordGoodwillCreditRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "amount", "value_date", "reference", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    amount: _money_pb2.Money
    value_date: _date_pb2.Date
    reference: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reference: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class RecordChargebackRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "repayment", "amount", "value_date", "reference", "validate_only", "funds_account")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    REPAYMENT_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    FUNDS_ACCOUNT_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    repayment: str
    amount: _money_pb2.Money
    value_date: _date_pb2.Date
    reference: str
    validate_only: bool
    funds_account: str
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., repayment: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reference: _Optional[str] = ..., validate_only: _Optional[bool] = ..., funds_account: _Optional[str] = ...) -> None: ...

class ChangeLimitRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "limit", "value_date", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    limit: _money_pb2.Money
    value_date: _date_pb2.Date
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., limit: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class ChangeRateRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "annual_rate", "keep_instalment", "value_date", "validate_only", "modification")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    ANNUAL_RATE_FIELD_NUMBER: _ClassVar[int]
    KEEP_INSTALMENT_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    MODIFICATION_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    annual_rate: _decimal_pb2.Decimal
    keep_instalment: bool
    value_date: _date_pb2.Date
    validate_only: bool
    modification: bool
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., annual_rate: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., keep_instalment: _Optional[bool] = ..., value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., validate_only: _Optional[bool] = ..., modification: _Optional[bool] = ...) -> None: ...

class ResetIndexRateRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "annual_rate", "index", "fixing_date", "value_date", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    ANNUAL_RATE_FIELD_NUMBER: _ClassVar[int]
    INDEX_FIELD_NUMBER: _ClassVar[int]
    FIXING_DATE_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    annual_rate: _decimal_pb2.Decimal
    index: str
    fixing_date: _date_pb2.Date
    value_date: _date_pb2.Date
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., annual_rate: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., index: _Optional[str] = ..., fixing_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class PauseInterestRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "until", "value_date", "validate_only", "modification")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    UNTIL_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    MODIFICATION_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    until: _date_pb2.Date
    value_date: _date_pb2.Date
    validate_only: bool
    modification: bool
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., until: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., validate_only: _Optional[bool] = ..., modification: _Optional[bool] = ...) -> None: ...

class ChangeDueDateRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "from_due", "to_due", "value_date", "validate_only", "modification")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    FROM_DUE_FIELD_NUMBER: _ClassVar[int]
    TO_DUE_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    MODIFICATION_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    from_due: _date_pb2.Date
    to_due: _date_pb2.Date
    value_date: _date_pb2.Date
    validate_only: bool
    modification: bool
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., from_due: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., to_due: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., validate_only: _Optional[bool] = ..., modification: _Optional[bool] = ...) -> None: ...

class GrantPaymentHolidayRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "instalments", "interest_free", "extend", "value_date", "validate_only", "modification")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    INSTALMENTS_FIELD_NUMBER: _ClassVar[int]
    INTEREST_FREE_FIELD_NUMBER: _ClassVar[int]
    EXTEND_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    MODIFICATION_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    instalments: int
    interest_free: bool
    extend: bool
    value_date: _date_pb2.Date
    validate_only: bool
    modification: bool
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., instalments: _Optional[int] = ..., interest_free: _Optional[bool] = ..., extend: _Optional[bool] = ..., value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., validate_only: _Optional[bool] = ..., modification: _Optional[bool] = ...) -> None: ...

class RescheduleLoanRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "extra_instalments", "from_due", "to_due", "annual_rate", "value_date", "validate_only", "modification")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    EXTRA_INSTALMENTS_FIELD_NUMBER: _ClassVar[int]
    FROM_DUE_FIELD_NUMBER: _ClassVar[int]
    TO_DUE_FIELD_NUMBER: _ClassVar[int]
    ANNUAL_RATE_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    MODIFICATION_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    extra_instalments: int
    from_due: _date_pb2.Date
    to_due: _date_pb2.Date
    annual_rate: _decimal_pb2.Decimal
    value_date: _date_pb2.Date
    validate_only: bool
    modification: bool
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., extra_instalments: _Optional[int] = ..., from_due: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., to_due: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., annual_rate: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., validate_only: _Optional[bool] = ..., modification: _Optional[bool] = ...) -> None: ...

class ReageLoanRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "start", "frequency", "instalments", "value_date", "validate_only", "modification")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    START_FIELD_NUMBER: _ClassVar[int]
    FREQUENCY_FIELD_NUMBER: _ClassVar[int]
    INSTALMENTS_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    MODIFICATION_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    start: _date_pb2.Date
    frequency: _product_service_pb2.Frequency
    instalments: int
    value_date: _date_pb2.Date
    validate_only: bool
    modification: bool
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., start: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., frequency: _Optional[_Union[_product_service_pb2.Frequency, _Mapping]] = ..., instalments: _Optional[int] = ..., value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., validate_only: _Optional[bool] = ..., modification: _Optional[bool] = ...) -> None: ...

class ReamortizeLoanRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "value_date", "validate_only", "modification")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    MODIFICATION_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    value_date: _date_pb2.Date
    validate_only: bool
    modification: bool
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., validate_only: _Optional[bool] = ..., modification: _Optional[bool] = ...) -> None: ...

class CapitalizeInterestRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "value_date", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    value_date: _date_pb2.Date
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class AssumeLoanRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "party", "value_date", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    PARTY_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    party: str
    value_date: _date_pb2.Date
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., party: _Optional[str] = ..., value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class MoveLoanRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "branch", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    BRANCH_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    branch: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., branch: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class SuspendInterestRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "value_date", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    value_date: _date_pb2.Date
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class ResumeInterestRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "value_date", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    value_date: _date_pb2.Date
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class ChargeOffLoanRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "value_date", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    value_date: _date_pb2.Date
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class FlagFraudRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "value", "value_date", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    value: bool
    value_date: _date_pb2.Date
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., value: _Optional[bool] = ..., value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class WriteDownLoanRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "amount", "value_date", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    amount: _money_pb2.Money
    value_date: _date_pb2.Date
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class SellLoanRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "price", "recourse", "buyer", "value_date", "reference", "validate_only", "funds_account")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    PRICE_FIELD_NUMBER: _ClassVar[int]
    RECOURSE_FIELD_NUMBER: _ClassVar[int]
    BUYER_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    FUNDS_ACCOUNT_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    price: _money_pb2.Money
    recourse: bool
    buyer: str
    value_date: _date_pb2.Date
    reference: str
    validate_only: bool
    funds_account: str
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., price: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., recourse: _Optional[bool] = ..., buyer: _Optional[str] = ..., value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reference: _Optional[str] = ..., validate_only: _Optional[bool] = ..., funds_account: _Optional[str] = ...) -> None: ...

class BuyBackLoanRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "amount", "value_date", "reference", "validate_only", "funds_account")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    FUNDS_ACCOUNT_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    amount: _money_pb2.Money
    value_date: _date_pb2.Date
    reference: str
    validate_only: bool
    funds_account: str
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reference: _Optional[str] = ..., validate_only: _Optional[bool] = ..., funds_account: _Optional[str] = ...) -> None: ...

class RedenominateLoanRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "product", "exchange_rate", "reference", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    PRODUCT_FIELD_NUMBER: _ClassVar[int]
    EXCHANGE_RATE_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    product: str
    exchange_rate: _decimal_pb2.Decimal
    reference: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., product: _Optional[str] = ..., exchange_rate: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., reference: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class RedenominateLoanResponse(_message.Message):
    __slots__ = ("departure", "continuation")
    DEPARTURE_FIELD_NUMBER: _ClassVar[int]
    CONTINUATION_FIELD_NUMBER: _ClassVar[int]
    departure: LoanCommandResponse
    continuation: LoanCommandResponse
    def __init__(self, departure: _Optional[_Union[LoanCommandResponse, _Mapping]] = ..., continuation: _Optional[_Union[LoanCommandResponse, _Mapping]] = ...) -> None: ...

class RefinanceLoanRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "into", "amount", "reference", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    INTO_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    into: str
    amount: _money_pb2.Money
    reference: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., into: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., reference: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class RefinanceLoanResponse(_message.Message):
    __slots__ = ("settlement", "disbursement")
    SETTLEMENT_FIELD_NUMBER: _ClassVar[int]
    DISBURSEMENT_FIELD_NUMBER: _ClassVar[int]
    settlement: LoanCommandResponse
    disbursement: LoanCommandResponse
    def __init__(self, settlement: _Optional[_Union[LoanCommandResponse, _Mapping]] = ..., disbursement: _Optional[_Union[LoanCommandResponse, _Mapping]] = ...) -> None: ...

class QuotePayoffRequest(_message.Message):
    __slots__ = ("name", "value_date")
    NAME_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    name: str
    value_date: _date_pb2.Date
    def __init__(self, name: _Optional[str] = ..., value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...

class PayoffQuote(_message.Message):
    __slots__ = ("value_date", "principal", "interest", "fee", "penalty", "credit", "total")
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    PRINCIPAL_FIELD_NUMBER: _ClassVar[int]
    INTEREST_FIELD_NUMBER: _ClassVar[int]
    FEE_FIELD_NUMBER: _ClassVar[int]
    PENALTY_FIELD_NUMBER: _ClassVar[int]
    CREDIT_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    value_date: _date_pb2.Date
    principal: _money_pb2.Money
    interest: _money_pb2.Money
    fee: _money_pb2.Money
    penalty: _money_pb2.Money
    credit: _money_pb2.Money
    total: _money_pb2.Money
    def __init__(self, value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., principal: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., interest: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., fee: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., penalty: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., credit: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., total: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class PayOffLoanRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "amount", "value_date", "reference", "validate_only", "funds_account")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    FUNDS_ACCOUNT_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    amount: _money_pb2.Money
    value_date: _date_pb2.Date
    reference: str
    validate_only: bool
    funds_account: str
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reference: _Optional[str] = ..., validate_only: _Optional[bool] = ..., funds_account: _Optional[str] = ...) -> None: ...

class WriteOffLoanRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "value_date", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    value_date: _date_pb2.Date
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class RecordRecoveryRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "amount", "value_date", "reference", "validate_only", "funds_account")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    FUNDS_ACCOUNT_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    amount: _money_pb2.Money
    value_date: _date_pb2.Date
    reference: str
    validate_only: bool
    funds_account: str
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reference: _Optional[str] = ..., validate_only: _Optional[bool] = ..., funds_account: _Optional[str] = ...) -> None: ...

class RefundCreditRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "amount", "reference", "funds_account")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    FUNDS_ACCOUNT_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    amount: _money_pb2.Money
    reference: str
    funds_account: str
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., reference: _Optional[str] = ..., funds_account: _Optional[str] = ...) -> None: ...

class CloseLoanRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class LoanTransaction(_message.Message):
    __slots__ = ("event", "kind", "value_date", "posting_date", "create_time", "amount", "allocation", "reference", "actor", "reason", "reverses", "reversed_by", "details")
    EVENT_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    POSTING_DATE_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    ALLOCATION_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    REVERSES_FIELD_NUMBER: _ClassVar[int]
    REVERSED_BY_FIELD_NUMBER: _ClassVar[int]
    DETAILS_FIELD_NUMBER: _ClassVar[int]
    event: str
    kind: str
    value_date: _date_pb2.Date
    posting_date: _date_pb2.Date
    create_time: _timestamp_pb2.Timestamp
    amount: _money_pb2.Money
    allocation: _common_pb2.Breakdown
    reference: str
    actor: str
    reason: str
    reverses: str
    reversed_by: str
    details: _struct_pb2.Struct
    def __init__(self, event: _Optional[str] = ..., kind: _Optional[str] = ..., value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., posting_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., allocation: _Optional[_Union[_common_pb2.Breakdown, _Mapping]] = ..., reference: _Optional[str] = ..., actor: _Optional[str] = ..., reason: _Optional[str] = ..., reverses: _Optional[str] = ..., reversed_by: _Optional[str] = ..., details: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ...) -> None: ...

class LoanCommandResponse(_message.Message):
    __slots__ = ("transaction", "loan")
    TRANSACTION_FIELD_NUMBER: _ClassVar[int]
    LOAN_FIELD_NUMBER: _ClassVar[int]
    transaction: LoanTransaction
    loan: Loan
    def __init__(self, transaction: _Optional[_Union[LoanTransaction, _Mapping]] = ..., loan: _Optional[_Union[Loan, _Mapping]] = ...) -> None: ...

class GetLoanRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ListLoansRequest(_message.Message):
    __slots__ = ("parent", "page_size", "page_token", "status", "party", "product", "reference", "min_days_past_due")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    PARTY_FIELD_NUMBER: _ClassVar[int]
    PRODUCT_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    MIN_DAYS_PAST_DUE_FIELD_NUMBER: _ClassVar[int]
    parent: str
    page_size: int
    page_token: str
    status: LoanStatus
    party: str
    product: str
    reference: str
    min_days_past_due: int
    def __init__(self, parent: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., status: _Optional[_Union[LoanStatus, str]] = ..., party: _Optional[str] = ..., product: _Optional[str] = ..., reference: _Optional[str] = ..., min_days_past_due: _Optional[int] = ...) -> None: ...

class ListLoansResponse(_message.Message):
    __slots__ = ("loans", "next_page_token")
    LOANS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    loans: _containers.RepeatedCompositeFieldContainer[Loan]
    next_page_token: str
    def __init__(self, loans: _Optional[_Iterable[_Union[Loan, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class GetScheduleRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ListTransactionsRequest(_message.Message):
    __slots__ = ("parent", "page_size", "page_token")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    parent: str
    page_size: int
    page_token: str
    def __init__(self, parent: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListTransactionsResponse(_message.Message):
    __slots__ = ("transactions", "next_page_token")
    TRANSACTIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    transactions: _containers.RepeatedCompositeFieldContainer[LoanTransaction]
    next_page_token: str
    def __init__(self, transactions: _Optional[_Iterable[_Union[LoanTransaction, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class GetStatementRequest(_message.Message):
    __slots__ = ("name", "posting_date", "view", "value_date")
    NAME_FIELD_NUMBER: _ClassVar[int]
    POSTING_DATE_FIELD_NUMBER: _ClassVar[int]
    VIEW_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    name: str
    posting_date: _common_pb2.DateRange
    view: StatementView
    value_date: _common_pb2.DateRange
    def __init__(self, name: _Optional[str] = ..., posting_date: _Optional[_Union[_common_pb2.DateRange, _Mapping]] = ..., view: _Optional[_Union[StatementView, str]] = ..., value_date: _Optional[_Union[_common_pb2.DateRange, _Mapping]] = ...) -> None: ...

class StatementLine(_message.Message):
    __slots__ = ("value_date", "posting_date", "kind", "event", "movement", "balance", "reference", "nights")
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    POSTING_DATE_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    MOVEMENT_FIELD_NUMBER: _ClassVar[int]
    BALANCE_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    NIGHTS_FIELD_NUMBER: _ClassVar[int]
    value_date: _date_pb2.Date
    posting_date: _date_pb2.Date
    kind: str
    event: str
    movement: _common_pb2.Breakdown
    balance: _money_pb2.Money
    reference: str
    nights: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., posting_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., kind: _Optional[str] = ..., event: _Optional[str] = ..., movement: _Optional[_Union[_common_pb2.Breakdown, _Mapping]] = ..., balance: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., reference: _Optional[str] = ..., nights: _Optional[_Iterable[str]] = ...) -> None: ...

class Statement(_message.Message):
    __slots__ = ("loan", "opening_balance", "lines", "closing_balance", "archived_before")
    LOAN_FIELD_NUMBER: _ClassVar[int]
    OPENING_BALANCE_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    CLOSING_BALANCE_FIELD_NUMBER: _ClassVar[int]
    ARCHIVED_BEFORE_FIELD_NUMBER: _ClassVar[int]
    loan: Loan
    opening_balance: _money_pb2.Money
    lines: _containers.RepeatedCompositeFieldContainer[StatementLine]
    closing_balance: _money_pb2.Money
    archived_before: _date_pb2.Date
    def __init__(self, loan: _Optional[_Union[Loan, _Mapping]] = ..., opening_balance: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., lines: _Optional[_Iterable[_Union[StatementLine, _Mapping]]] = ..., closing_balance: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., archived_before: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...

class ExplainLoanRequest(_message.Message):
    __slots__ = ("name", "accruals", "instalment", "payoff")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ACCRUALS_FIELD_NUMBER: _ClassVar[int]
    INSTALMENT_FIELD_NUMBER: _ClassVar[int]
    PAYOFF_FIELD_NUMBER: _ClassVar[int]
    name: str
    accruals: _common_pb2.DateRange
    instalment: int
    payoff: _date_pb2.Date
    def __init__(self, name: _Optional[str] = ..., accruals: _Optional[_Union[_common_pb2.DateRange, _Mapping]] = ..., instalment: _Optional[int] = ..., payoff: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...

class LoanExplanation(_message.Message):
    __slots__ = ("name", "business_date", "rounding_mode", "rounding_unit", "accruals", "instalment", "payoff")
    NAME_FIELD_NUMBER: _ClassVar[int]
    BUSINESS_DATE_FIELD_NUMBER: _ClassVar[int]
    ROUNDING_MODE_FIELD_NUMBER: _ClassVar[int]
    ROUNDING_UNIT_FIELD_NUMBER: _ClassVar[int]
    ACCRUALS_FIELD_NUMBER: _ClassVar[int]
    INSTALMENT_FIELD_NUMBER: _ClassVar[int]
    PAYOFF_FIELD_NUMBER: _ClassVar[int]
    name: str
    business_date: _date_pb2.Date
    rounding_mode: _product_service_pb2.RoundingMode
    rounding_unit: _money_pb2.Money
    accruals: AccrualsExplanation
    instalment: InstalmentExplanation
    payoff: PayoffExplanation
    def __init__(self, name: _Optional[str] = ..., business_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., rounding_mode: _Optional[_Union[_product_service_pb2.RoundingMode, str]] = ..., rounding_unit: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., accruals: _Optional[_Union[AccrualsExplanation, _Mapping]] = ..., instalment: _Optional[_Union[InstalmentExplanation, _Mapping]] = ..., payoff: _Optional[_Union[PayoffExplanation, _Mapping]] = ...) -> None: ...

class ExplanationCause(_message.Message):
    __slots__ = ("event", "kind", "value_date")
    EVENT_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    event: str
    kind: str
    value_date: _date_pb2.Date
    def __init__(self, event: _Optional[str] = ..., kind: _Optional[str] = ..., value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...

class AccrualSpan(_message.Message):
    __slots__ = ("component", "carried_as", "start", "end", "days", "balance", "annual_rate", "day_count_numerator", "day_count_denominator", "exact_before", "exact", "booked", "causes", "paused", "spread", "spread_days")
    COMPONENT_FIELD_NUMBER: _ClassVar[int]
    CARRIED_AS_FIELD_NUMBER: _ClassVar[int]
    START_FIELD_NUMBER: _ClassVar[int]
    END_FIELD_NUMBER: _ClassVar[int]
    DAYS_FIELD_NUMBER: _ClassVar[int]
    BALANCE_FIELD_NUMBER: _ClassVar[int]
    ANNUAL_RATE_FIELD_NUMBER: _ClassVar[int]
    DAY_COUNT_NUMERATOR_FIELD_NUMBER: _ClassVar[int]
    DAY_COUNT_DENOMINATOR_FIELD_NUMBER: _ClassVar[int]
    EXACT_BEFORE_FIELD_NUMBER: _ClassVar[int]
    EXACT_FIELD_NUMBER: _ClassVar[int]
    BOOKED_FIELD_NUMBER: _ClassVar[int]
    CAUSES_FIELD_NUMBER: _ClassVar[int]
    PAUSED_FIELD_NUMBER: _ClassVar[int]
    SPREAD_FIELD_NUMBER: _ClassVar[int]
    SPREAD_DAYS_FIELD_NUMBER: _ClassVar[int]
    component: _common_pb2.Component
    carried_as: _common_pb2.Component
    start: _date_pb2.Date
    end: _date_pb2.Date
    days: int
    balance: _money_pb2.Money
    annual_rate: _decimal_pb2.Decimal
    day_count_numerator: int
    day_count_denominator: int
    exact_before: str
    exact: str
    booked: _money_pb2.Money
    causes: _containers.RepeatedCompositeFieldContainer[ExplanationCause]
    paused: bool
    spread: str
    spread_days: int
    def __init__(self, component: _Optional[_Union[_common_pb2.Component, str]] = ..., carried_as: _Optional[_Union[_common_pb2.Component, str]] = ..., start: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., end: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., days: _Optional[int] = ..., balance: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., annual_rate: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., day_count_numerator: _Optional[int] = ..., day_count_denominator: _Optional[int] = ..., exact_before: _Optional[str] = ..., exact: _Optional[str] = ..., booked: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., causes: _Optional[_Iterable[_Union[ExplanationCause, _Mapping]]] = ..., paused: _Optional[bool] = ..., spread: _Optional[str] = ..., spread_days: _Optional[int] = ...) -> None: ...

class AccrualsExplanation(_message.Message):
    __slots__ = ("dates", "spans", "booked")
    DATES_FIELD_NUMBER: _ClassVar[int]
    SPANS_FIELD_NUMBER: _ClassVar[int]
    BOOKED_FIELD_NUMBER: _ClassVar[int]
    dates: _common_pb2.DateRange
    spans: _containers.RepeatedCompositeFieldContainer[AccrualSpan]
    booked: _money_pb2.Money
    def __init__(self, dates: _Optional[_Union[_common_pb2.DateRange, _Mapping]] = ..., spans: _Optional[_Iterable[_Union[AccrualSpan, _Mapping]]] = ..., booked: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class InstalmentChange(_message.Message):
    __slots__ = ("causes", "effect", "amounts")
    CAUSES_FIELD_NUMBER: _ClassVar[int]
    EFFECT_FIELD_NUMBER: _ClassVar[int]
    AMOUNTS_FIELD_NUMBER: _ClassVar[int]
    causes: _containers.RepeatedCompositeFieldContainer[ExplanationCause]
    effect: InstalmentEffect
    amounts: _common_pb2.Breakdown
    def __init__(self, causes: _Optional[_Iterable[_Union[ExplanationCause, _Mapping]]] = ..., effect: _Optional[_Union[InstalmentEffect, str]] = ..., amounts: _Optional[_Union[_common_pb2.Breakdown, _Mapping]] = ...) -> None: ...

class InstalmentExplanation(_message.Message):
    __slots__ = ("number", "start", "due", "days", "opening", "annual_rate", "day_count_numerator", "day_count_denominator", "accruals", "changes", "owed", "settled", "penalty_interest", "open", "outstanding")
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    START_FIELD_NUMBER: _ClassVar[int]
    DUE_FIELD_NUMBER: _ClassVar[int]
    DAYS_FIELD_NUMBER: _ClassVar[int]
    OPENING_FIELD_NUMBER: _ClassVar[int]
    ANNUAL_RATE_FIELD_NUMBER: _ClassVar[int]
    DAY_COUNT_NUMERATOR_FIELD_NUMBER: _ClassVar[int]
    DAY_COUNT_DENOMINATOR_FIELD_NUMBER: _ClassVar[int]
    ACCRUALS_FIELD_NUMBER: _ClassVar[int]
    CHANGES_FIELD_NUMBER: _ClassVar[int]
    OWED_FIELD_NUMBER: _ClassVar[int]
    SETTLED_FIELD_NUMBER: _ClassVar[int]
    PENALTY_INTEREST_FIELD_NUMBER: _ClassVar[int]
    OPEN_FIELD_NUMBER: _ClassVar[int]
    OUTSTANDING_FIELD_NUMBER: _ClassVar[int]
    number: int
    start: _date_pb2.Date
    due: _date_pb2.Date
    days: int
    opening: _money_pb2.Money
    annual_rate: _decimal_pb2.Decimal
    day_count_numerator: int
    day_count_denominator: int
    accruals: _containers.RepeatedCompositeFieldContainer[AccrualSpan]
    changes: _containers.RepeatedCompositeFieldContainer[InstalmentChange]
    owed: _common_pb2.Breakdown
    settled: _common_pb2.Breakdown
    penalty_interest: _money_pb2.Money
    open: _common_pb2.Breakdown
    outstanding: _money_pb2.Money
    def __init__(self, number: _Optional[int] = ..., start: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., due: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., days: _Optional[int] = ..., opening: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., annual_rate: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., day_count_numerator: _Optional[int] = ..., day_count_denominator: _Optional[int] = ..., accruals: _Optional[_Iterable[_Union[AccrualSpan, _Mapping]]] = ..., changes: _Optional[_Iterable[_Union[InstalmentChange, _Mapping]]] = ..., owed: _Optional[_Union[_common_pb2.Breakdown, _Mapping]] = ..., settled: _Optional[_Union[_common_pb2.Breakdown, _Mapping]] = ..., penalty_interest: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., open: _Optional[_Union[_common_pb2.Breakdown, _Mapping]] = ..., outstanding: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class PayoffLine(_message.Message):
    __slots__ = ("kind", "component", "amount", "instalment", "due", "event", "accruals")
    KIND_FIELD_NUMBER: _ClassVar[int]
    COMPONENT_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    INSTALMENT_FIELD_NUMBER: _ClassVar[int]
    DUE_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    ACCRUALS_FIELD_NUMBER: _ClassVar[int]
    kind: str
    component: _common_pb2.Component
    amount: _money_pb2.Money
    instalment: int
    due: _date_pb2.Date
    event: str
    accruals: _containers.RepeatedCompositeFieldContainer[AccrualSpan]
    def __init__(self, kind: _Optional[str] = ..., component: _Optional[_Union[_common_pb2.Component, str]] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., instalment: _Optional[int] = ..., due: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., event: _Optional[str] = ..., accruals: _Optional[_Iterable[_Union[AccrualSpan, _Mapping]]] = ...) -> None: ...

class PayoffExplanation(_message.Message):
    __slots__ = ("value_date", "lines", "credit", "total")
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    CREDIT_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    value_date: _date_pb2.Date
    lines: _containers.RepeatedCompositeFieldContainer[PayoffLine]
    credit: _money_pb2.Money
    total: _money_pb2.Money
    def __init__(self, value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., lines: _Optional[_Iterable[_Union[PayoffLine, _Mapping]]] = ..., credit: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., total: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class StandingInstruction(_message.Message):
    __slots__ = ("loan", "funds_account", "limit", "active", "event")
    LOAN_FIELD_NUMBER: _ClassVar[int]
    FUNDS_ACCOUNT_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    ACTIVE_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    loan: str
    funds_account: str
    limit: _money_pb2.Money
    active: bool
    event: str
    def __init__(self, loan: _Optional[str] = ..., funds_account: _Optional[str] = ..., limit: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., active: _Optional[bool] = ..., event: _Optional[str] = ...) -> None: ...

class SetStandingInstructionRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "funds_account", "limit")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    FUNDS_ACCOUNT_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    funds_account: str
    limit: _money_pb2.Money
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., funds_account: _Optional[str] = ..., limit: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class EndStandingInstructionRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class GetStandingInstructionRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...
