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

class CreditRegime(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CREDIT_REGIME_UNSPECIFIED: _ClassVar[CreditRegime]
    CREDIT_REGIME_FIVE_CATEGORY: _ClassVar[CreditRegime]
    CREDIT_REGIME_IFRS9: _ClassVar[CreditRegime]
    CREDIT_REGIME_US: _ClassVar[CreditRegime]

class InterestSuspension(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    INTEREST_SUSPENSION_UNSPECIFIED: _ClassVar[InterestSuspension]
    INTEREST_SUSPENSION_NONE: _ClassVar[InterestSuspension]
    INTEREST_SUSPENSION_NONACCRUAL: _ClassVar[InterestSuspension]
    INTEREST_SUSPENSION_NON_PERFORMING: _ClassVar[InterestSuspension]
    INTEREST_SUSPENSION_STAGE_3: _ClassVar[InterestSuspension]

class CreditCategory(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CREDIT_CATEGORY_UNSPECIFIED: _ClassVar[CreditCategory]
    CREDIT_CATEGORY_PASS: _ClassVar[CreditCategory]
    CREDIT_CATEGORY_SPECIAL_MENTION: _ClassVar[CreditCategory]
    CREDIT_CATEGORY_SUBSTANDARD: _ClassVar[CreditCategory]
    CREDIT_CATEGORY_DOUBTFUL: _ClassVar[CreditCategory]
    CREDIT_CATEGORY_LOSS: _ClassVar[CreditCategory]

class ProvisioningMethod(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PROVISIONING_METHOD_UNSPECIFIED: _ClassVar[ProvisioningMethod]
    PROVISIONING_METHOD_NONE: _ClassVar[ProvisioningMethod]
    PROVISIONING_METHOD_CATEGORY: _ClassVar[ProvisioningMethod]
    PROVISIONING_METHOD_EXPECTED_LOSS: _ClassVar[ProvisioningMethod]

class ProvisioningFrequency(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PROVISIONING_FREQUENCY_UNSPECIFIED: _ClassVar[ProvisioningFrequency]
    PROVISIONING_FREQUENCY_MONTH_END: _ClassVar[ProvisioningFrequency]
    PROVISIONING_FREQUENCY_DAILY: _ClassVar[ProvisioningFrequency]

class PauseCause(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PAUSE_CAUSE_UNSPECIFIED: _ClassVar[PauseCause]
    PAUSE_CAUSE_DISPUTE: _ClassVar[PauseCause]
    PAUSE_CAUSE_PAYMENT_HOLIDAY: _ClassVar[PauseCause]
CREDIT_REGIME_UNSPECIFIED: CreditRegime
CREDIT_REGIME_FIVE_CATEGORY: CreditRegime
CREDIT_REGIME_IFRS9: CreditRegime
CREDIT_REGIME_US: CreditRegime
INTEREST_SUSPENSION_UNSPECIFIED: InterestSuspension
INTEREST_SUSPENSION_NONE: InterestSuspension
INTEREST_SUSPENSION_NONACCRUAL: InterestSuspension
INTEREST_SUSPENSION_NON_PERFORMING: InterestSuspension
INTEREST_SUSPENSION_STAGE_3: InterestSuspension
CREDIT_CATEGORY_UNSPECIFIED: CreditCategory
CREDIT_CATEGORY_PASS: CreditCategory
CREDIT_CATEGORY_SPECIAL_MENTION: CreditCategory
CREDIT_CATEGORY_SUBSTANDARD: CreditCategory
CREDIT_CATEGORY_DOUBTFUL: CreditCategory
CREDIT_CATEGORY_LOSS: CreditCategory
PROVISIONING_METHOD_UNSPECIFIED: ProvisioningMethod
PROVISIONING_METHOD_NONE: ProvisioningMethod
PROVISIONING_METHOD_CATEGORY: ProvisioningMethod
PROVISIONING_METHOD_EXPECTED_LOSS: ProvisioningMethod
PROVISIONING_FREQUENCY_UNSPECIFIED: ProvisioningFrequency
PROVISIONING_FREQUENCY_MONTH_END: ProvisioningFrequency
PROVISIONING_FREQUENCY_DAILY: ProvisioningFrequency
PAUSE_CAUSE_UNSPECIFIED: PauseCause
PAUSE_CAUSE_DISPUTE: PauseCause
PAUSE_CAUSE_PAYMENT_HOLIDAY: PauseCause

class BucketRule(_message.Message):
    __slots__ = ("name", "first_day")
    NAME_FIELD_NUMBER: _ClassVar[int]
    FIRST_DAY_FIELD_NUMBER: _ClassVar[int]
    name: str
    first_day: int
    def __init__(self, name: _Optional[str] = ..., first_day: _Optional[int] = ...) -> None: ...

class CategoryRate(_message.Message):
    __slots__ = ("category", "rate")
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    RATE_FIELD_NUMBER: _ClassVar[int]
    category: CreditCategory
    rate: _decimal_pb2.Decimal
    def __init__(self, category: _Optional[_Union[CreditCategory, str]] = ..., rate: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ...) -> None: ...

class DefaultCurve(_message.Message):
    __slots__ = ("defaults", "product", "bucket")
    DEFAULTS_FIELD_NUMBER: _ClassVar[int]
    PRODUCT_FIELD_NUMBER: _ClassVar[int]
    BUCKET_FIELD_NUMBER: _ClassVar[int]
    defaults: _containers.RepeatedCompositeFieldContainer[_decimal_pb2.Decimal]
    product: str
    bucket: str
    def __init__(self, defaults: _Optional[_Iterable[_Union[_decimal_pb2.Decimal, _Mapping]]] = ..., product: _Optional[str] = ..., bucket: _Optional[str] = ...) -> None: ...

class LossScenario(_message.Message):
    __slots__ = ("name", "weight", "default_factor", "loss_factor")
    NAME_FIELD_NUMBER: _ClassVar[int]
    WEIGHT_FIELD_NUMBER: _ClassVar[int]
    DEFAULT_FACTOR_FIELD_NUMBER: _ClassVar[int]
    LOSS_FACTOR_FIELD_NUMBER: _ClassVar[int]
    name: str
    weight: _decimal_pb2.Decimal
    default_factor: _decimal_pb2.Decimal
    loss_factor: _decimal_pb2.Decimal
    def __init__(self, name: _Optional[str] = ..., weight: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., default_factor: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., loss_factor: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ...) -> None: ...

class Provisioning(_message.Message):
    __slots__ = ("method", "frequency", "rates", "curves", "loss_given_default", "haircut", "scenarios", "individual_from")
    METHOD_FIELD_NUMBER: _ClassVar[int]
    FREQUENCY_FIELD_NUMBER: _ClassVar[int]
    RATES_FIELD_NUMBER: _ClassVar[int]
    CURVES_FIELD_NUMBER: _ClassVar[int]
    LOSS_GIVEN_DEFAULT_FIELD_NUMBER: _ClassVar[int]
    HAIRCUT_FIELD_NUMBER: _ClassVar[int]
    SCENARIOS_FIELD_NUMBER: _ClassVar[int]
    INDIVIDUAL_FROM_FIELD_NUMBER: _ClassVar[int]
    method: ProvisioningMethod
    frequency: ProvisioningFrequency
    rates: _containers.RepeatedCompositeFieldContainer[CategoryRate]
    curves: _containers.RepeatedCompositeFieldContainer[DefaultCurve]
    loss_given_default: _decimal_pb2.Decimal
    haircut: _decimal_pb2.Decimal
    scenarios: _containers.RepeatedCompositeFieldContainer[LossScenario]
    individual_from: _containers.RepeatedCompositeFieldContainer[_money_pb2.Money]
    def __init__(self, method: _Optional[_Union[ProvisioningMethod, str]] = ..., frequency: _Optional[_Union[ProvisioningFrequency, str]] = ..., rates: _Optional[_Iterable[_Union[CategoryRate, _Mapping]]] = ..., curves: _Optional[_Iterable[_Union[DefaultCurve, _Mapping]]] = ..., loss_given_default: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., haircut: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., scenarios: _Optional[_Iterable[_Union[LossScenario, _Mapping]]] = ..., individual_from: _Optional[_Iterable[_Union[_money_pb2.Money, _Mapping]]] = ...) -> None: ...

class CreditPolicy(_message.Message):
    __slots__ = ("name", "version", "effective_from", "title", "buckets", "tolerances", "tolerance_days", "cure_days", "regimes", "rebutted_30", "rebutted_90", "suspension", "provisioning", "create_time")
    NAME_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    EFFECTIVE_FROM_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    BUCKETS_FIELD_NUMBER: _ClassVar[int]
    TOLERANCES_FIELD_NUMBER: _ClassVar[int]
    TOLERANCE_DAYS_FIELD_NUMBER: _ClassVar[int]
    CURE_DAYS_FIELD_NUMBER: _ClassVar[int]
    REGIMES_FIELD_NUMBER: _ClassVar[int]
    REBUTTED_30_FIELD_NUMBER: _ClassVar[int]
    REBUTTED_90_FIELD_NUMBER: _ClassVar[int]
    SUSPENSION_FIELD_NUMBER: _ClassVar[int]
    PROVISIONING_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    name: str
    version: int
    effective_from: _date_pb2.Date
    title: str
    buckets: _containers.RepeatedCompositeFieldContainer[BucketRule]
    tolerances: _containers.RepeatedCompositeFieldContainer[_money_pb2.Money]
    tolerance_days: int
    cure_days: int
    regimes: _containers.RepeatedScalarFieldContainer[CreditRegime]
    rebutted_30: bool
    rebutted_90: bool
    suspension: InterestSuspension
    provisioning: Provisioning
    create_time: _timestamp_pb2.Timestamp
    def __init__(self, name: _Optional[str] = ..., version: _Optional[int] = ..., effective_from: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., title: _Optional[str] = ..., buckets: _Optional[_Iterable[_Union[BucketRule, _Mapping]]] = ..., tolerances: _Optional[_Iterable[_Union[_money_pb2.Money, _Mapping]]] = ..., tolerance_days: _Optional[int] = ..., cure_days: _Optional[int] = ..., regimes: _Optional[_Iterable[_Union[CreditRegime, str]]] = ..., rebutted_30: _Optional[bool] = ..., rebutted_90: _Optional[bool] = ..., suspension: _Optional[_Union[InterestSuspension, str]] = ..., provisioning: _Optional[_Union[Provisioning, _Mapping]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class PublishCreditPolicyRequest(_message.Message):
    __slots__ = ("parent", "policy", "request_id", "reason", "validate_only")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    POLICY_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    parent: str
    policy: CreditPolicy
    request_id: str
    reason: str
    validate_only: bool
    def __init__(self, parent: _Optional[str] = ..., policy: _Optional[_Union[CreditPolicy, _Mapping]] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class GetCreditPolicyRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ListCreditPoliciesRequest(_message.Message):
    __slots__ = ("parent", "page_size", "page_token")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    parent: str
    page_size: int
    page_token: str
    def __init__(self, parent: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListCreditPoliciesResponse(_message.Message):
    __slots__ = ("policies", "next_page_token")
    POLICIES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    policies: _containers.RepeatedCompositeFieldContainer[CreditPolicy]
    next_page_token: str
    def __init__(self, policies: _Optional[_Iterable[_Union[CreditPolicy, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class PauseDelinquencyRequest(_message.Message):
    __slots__ = ("loan", "cause", "until", "request_id", "reason", "validate_only")
    LOAN_FIELD_NUMBER: _ClassVar[int]
    CAUSE_FIELD_NUMBER: _ClassVar[int]
    UNTIL_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    loan: str
    cause: PauseCause
    until: _date_pb2.Date
    request_id: str
    reason: str
    validate_only: bool
    def __init__(self, loan: _Optional[str] = ..., cause: _Optional[_Union[PauseCause, str]] = ..., until: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class ResumeDelinquencyRequest(_message.Message):
    __slots__ = ("loan", "request_id", "reason", "validate_only")
    LOAN_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    loan: str
    request_id: str
    reason: str
    validate_only: bool
    def __init__(self, loan: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class DelinquencyPause(_message.Message):
    __slots__ = ("loan", "cause", "first", "until", "event")
    LOAN_FIELD_NUMBER: _ClassVar[int]
    CAUSE_FIELD_NUMBER: _ClassVar[int]
    FIRST_FIELD_NUMBER: _ClassVar[int]
    UNTIL_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    loan: str
    cause: PauseCause
    first: _date_pb2.Date
    until: _date_pb2.Date
    event: str
    def __init__(self, loan: _Optional[str] = ..., cause: _Optional[_Union[PauseCause, str]] = ..., first: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., until: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., event: _Optional[str] = ...) -> None: ...

class ListDelinquencySpansRequest(_message.Message):
    __slots__ = ("parent", "dates", "page_size", "page_token")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    DATES_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    parent: str
    dates: _common_pb2.DateRange
    page_size: int
    page_token: str
    def __init__(self, parent: _Optional[str] = ..., dates: _Optional[_Union[_common_pb2.DateRange, _Mapping]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class DelinquencySpan(_message.Message):
    __slots__ = ("first", "last", "days_past_due", "since", "paused", "bucket")
    FIRST_FIELD_NUMBER: _ClassVar[int]
    LAST_FIELD_NUMBER: _ClassVar[int]
    DAYS_PAST_DUE_FIELD_NUMBER: _ClassVar[int]
    SINCE_FIELD_NUMBER: _ClassVar[int]
    PAUSED_FIELD_NUMBER: _ClassVar[int]
    BUCKET_FIELD_NUMBER: _ClassVar[int]
    first: _date_pb2.Date
    last: _date_pb2.Date
    days_past_due: int
    since: _date_pb2.Date
    paused: bool
    bucket: str
    def __init__(self, first: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., last: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., days_past_due: _Optional[int] = ..., since: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., paused: _Optional[bool] = ..., bucket: _Optional[str] = ...) -> None: ...

class ListDelinquencySpansResponse(_message.Message):
    __slots__ = ("spans", "next_page_token")
    SPANS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    spans: _containers.RepeatedCompositeFieldContainer[DelinquencySpan]
    next_page_token: str
    def __init__(self, spans: _Optional[_Iterable[_Union[DelinquencySpan, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class GetDelinquencyBucketsRequest(_message.Message):
    __slots__ = ("parent", "date")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    DATE_FIELD_NUMBER: _ClassVar[int]
    parent: str
    date: _date_pb2.Date
    def __init__(self, parent: _Optional[str] = ..., date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...

class BucketSum(_message.Message):
    __slots__ = ("bucket", "currency", "loans", "principal", "overdue")
    BUCKET_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_FIELD_NUMBER: _ClassVar[int]
    LOANS_FIELD_NUMBER: _ClassVar[int]
    PRINCIPAL_FIELD_NUMBER: _ClassVar[int]
    OVERDUE_FIELD_NUMBER: _ClassVar[int]
    bucket: str
    currency: str
    loans: int
    principal: _money_pb2.Money
    overdue: _money_pb2.Money
    def __init__(self, bucket: _Optional[str] = ..., currency: _Optional[str] = ..., loans: _Optional[int] = ..., principal: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., overdue: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class DelinquencyBuckets(_message.Message):
    __slots__ = ("date", "buckets")
    DATE_FIELD_NUMBER: _ClassVar[int]
    BUCKETS_FIELD_NUMBER: _ClassVar[int]
    date: _date_pb2.Date
    buckets: _containers.RepeatedCompositeFieldContainer[BucketSum]
    def __init__(self, date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., buckets: _Optional[_Iterable[_Union[BucketSum, _Mapping]]] = ...) -> None: ...

class CreditMarks(_message.Message):
    __slots__ = ("credit_impaired", "debt_evasion", "liquidation", "increased_risk", "doubtful_payment", "well_secured", "in_collection", "technical", "loss_to_book", "all_banks_share")
    CREDIT_IMPAIRED_FIELD_NUMBER: _ClassVar[int]
    DEBT_EVASION_FIELD_NUMBER: _ClassVar[int]
    LIQUIDATION_FIELD_NUMBER: _ClassVar[int]
    INCREASED_RISK_FIELD_NUMBER: _ClassVar[int]
    DOUBTFUL_PAYMENT_FIELD_NUMBER: _ClassVar[int]
    WELL_SECURED_FIELD_NUMBER: _ClassVar[int]
    IN_COLLECTION_FIELD_NUMBER: _ClassVar[int]
    TECHNICAL_FIELD_NUMBER: _ClassVar[int]
    LOSS_TO_BOOK_FIELD_NUMBER: _ClassVar[int]
    ALL_BANKS_SHARE_FIELD_NUMBER: _ClassVar[int]
    credit_impaired: bool
    debt_evasion: bool
    liquidation: bool
    increased_risk: bool
    doubtful_payment: bool
    well_secured: bool
    in_collection: bool
    technical: bool
    loss_to_book: _decimal_pb2.Decimal
    all_banks_share: _decimal_pb2.Decimal
    def __init__(self, credit_impaired: _Optional[bool] = ..., debt_evasion: _Optional[bool] = ..., liquidation: _Optional[bool] = ..., increased_risk: _Optional[bool] = ..., doubtful_payment: _Optional[bool] = ..., well_secured: _Optional[bool] = ..., in_collection: _Optional[bool] = ..., technical: _Optional[bool] = ..., loss_to_book: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., all_banks_share: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ...) -> None: ...

class SetCreditMarksRequest(_message.Message):
    __slots__ = ("loan", "marks", "collateral", "request_id", "reason", "validate_only")
    LOAN_FIELD_NUMBER: _ClassVar[int]
    MARKS_FIELD_NUMBER: _ClassVar[int]
    COLLATERAL_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    loan: str
    marks: CreditMarks
    collateral: _money_pb2.Money
    request_id: str
    reason: str
    validate_only: bool
    def __init__(self, loan: _Optional[str] = ..., marks: _Optional[_Union[CreditMarks, _Mapping]] = ..., collateral: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class RecordRestructuringRequest(_message.Message):
    __slots__ = ("loan", "first_repayment", "request_id", "reason", "validate_only")
    LOAN_FIELD_NUMBER: _ClassVar[int]
    FIRST_REPAYMENT_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    loan: str
    first_repayment: _date_pb2.Date
    request_id: str
    reason: str
    validate_only: bool
    def __init__(self, loan: _Optional[str] = ..., first_repayment: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class ClassificationOverride(_message.Message):
    __slots__ = ("category", "stage", "until")
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    STAGE_FIELD_NUMBER: _ClassVar[int]
    UNTIL_FIELD_NUMBER: _ClassVar[int]
    category: CreditCategory
    stage: int
    until: _date_pb2.Date
    def __init__(self, category: _Optional[_Union[CreditCategory, str]] = ..., stage: _Optional[int] = ..., until: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...

class ProposeClassificationRequest(_message.Message):
    __slots__ = ("loan", "override", "request_id", "reason", "validate_only")
    LOAN_FIELD_NUMBER: _ClassVar[int]
    OVERRIDE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    loan: str
    override: ClassificationOverride
    request_id: str
    reason: str
    validate_only: bool
    def __init__(self, loan: _Optional[str] = ..., override: _Optional[_Union[ClassificationOverride, _Mapping]] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class ClassificationProposal(_message.Message):
    __slots__ = ("event", "loan", "override", "actor")
    EVENT_FIELD_NUMBER: _ClassVar[int]
    LOAN_FIELD_NUMBER: _ClassVar[int]
    OVERRIDE_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    event: str
    loan: str
    override: ClassificationOverride
    actor: str
    def __init__(self, event: _Optional[str] = ..., loan: _Optional[str] = ..., override: _Optional[_Union[ClassificationOverride, _Mapping]] = ..., actor: _Optional[str] = ...) -> None: ...

class ApproveClassificationRequest(_message.Message):
    __slots__ = ("loan", "proposal", "request_id", "reason", "validate_only")
    LOAN_FIELD_NUMBER: _ClassVar[int]
    PROPOSAL_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    loan: str
    proposal: str
    request_id: str
    reason: str
    validate_only: bool
    def __init__(self, loan: _Optional[str] = ..., proposal: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class CreditQuality(_message.Message):
    __slots__ = ("loan", "category", "stage", "nonaccrual", "marks", "collateral", "override", "better_category_since", "better_stage_since", "paid_since", "observed_since", "pulled_by_debtor", "suspended_by_policy", "event", "assessed_allowance")
    LOAN_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    STAGE_FIELD_NUMBER: _ClassVar[int]
    NONACCRUAL_FIELD_NUMBER: _ClassVar[int]
    MARKS_FIELD_NUMBER: _ClassVar[int]
    COLLATERAL_FIELD_NUMBER: _ClassVar[int]
    OVERRIDE_FIELD_NUMBER: _ClassVar[int]
    BETTER_CATEGORY_SINCE_FIELD_NUMBER: _ClassVar[int]
    BETTER_STAGE_SINCE_FIELD_NUMBER: _ClassVar[int]
    PAID_SINCE_FIELD_NUMBER: _ClassVar[int]
    OBSERVED_SINCE_FIELD_NUMBER: _ClassVar[int]
    PULLED_BY_DEBTOR_FIELD_NUMBER: _ClassVar[int]
    SUSPENDED_BY_POLICY_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    ASSESSED_ALLOWANCE_FIELD_NUMBER: _ClassVar[int]
    loan: str
    category: CreditCategory
    stage: int
    nonaccrual: bool
    marks: CreditMarks
    collateral: _money_pb2.Money
    override: ClassificationOverride
    better_category_since: _date_pb2.Date
    better_stage_since: _date_pb2.Date
    paid_since: _date_pb2.Date
    observed_since: _date_pb2.Date
    pulled_by_debtor: bool
    suspended_by_policy: bool
    event: str
    assessed_allowance: _money_pb2.Money
    def __init__(self, loan: _Optional[str] = ..., category: _Optional[_Union[CreditCategory, str]] = ..., stage: _Optional[int] = ..., nonaccrual: _Optional[bool] = ..., marks: _Optional[_Union[CreditMarks, _Mapping]] = ..., collateral: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., override: _Optional[_Union[ClassificationOverride, _Mapping]] = ..., better_category_since: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., better_stage_since: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., paid_since: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., observed_since: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., pulled_by_debtor: _Optional[bool] = ..., suspended_by_policy: _Optional[bool] = ..., event: _Optional[str] = ..., assessed_allowance: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class GetCreditQualityRequest(_message.Message):
    __slots__ = ("loan",)
    LOAN_FIELD_NUMBER: _ClassVar[int]
    loan: str
    def __init__(self, loan: _Optional[str] = ...) -> None: ...

class ListClassificationsRequest(_message.Message):
    __slots__ = ("parent", "page_size", "page_token")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    parent: str
    page_size: int
    page_token: str
    def __init__(self, parent: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class Classification(_message.Message):
    __slots__ = ("date", "category", "stage", "nonaccrual", "event")
    DATE_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    STAGE_FIELD_NUMBER: _ClassVar[int]
    NONACCRUAL_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    date: _date_pb2.Date
    category: CreditCategory
    stage: int
    nonaccrual: bool
    event: str
    def __init__(self, date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., category: _Optional[_Union[CreditCategory, str]] = ..., stage: _Optional[int] = ..., nonaccrual: _Optional[bool] = ..., event: _Optional[str] = ...) -> None: ...

class ListClassificationsResponse(_message.Message):
    __slots__ = ("classifications", "next_page_token")
    CLASSIFICATIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    classifications: _containers.RepeatedCompositeFieldContainer[Classification]
    next_page_token: str
    def __init__(self, classifications: _Optional[_Iterable[_Union[Classification, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class GetQualityReportRequest(_message.Message):
    __slots__ = ("parent",)
    PARENT_FIELD_NUMBER: _ClassVar[int]
    parent: str
    def __init__(self, parent: _Optional[str] = ...) -> None: ...

class QualitySum(_message.Message):
    __slots__ = ("currency", "category", "stage", "nonaccrual", "loans", "principal")
    CURRENCY_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    STAGE_FIELD_NUMBER: _ClassVar[int]
    NONACCRUAL_FIELD_NUMBER: _ClassVar[int]
    LOANS_FIELD_NUMBER: _ClassVar[int]
    PRINCIPAL_FIELD_NUMBER: _ClassVar[int]
    currency: str
    category: CreditCategory
    stage: int
    nonaccrual: bool
    loans: int
    principal: _money_pb2.Money
    def __init__(self, currency: _Optional[str] = ..., category: _Optional[_Union[CreditCategory, str]] = ..., stage: _Optional[int] = ..., nonaccrual: _Optional[bool] = ..., loans: _Optional[int] = ..., principal: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class QualityReport(_message.Message):
    __slots__ = ("business_date", "sums")
    BUSINESS_DATE_FIELD_NUMBER: _ClassVar[int]
    SUMS_FIELD_NUMBER: _ClassVar[int]
    business_date: _date_pb2.Date
    sums: _containers.RepeatedCompositeFieldContainer[QualitySum]
    def __init__(self, business_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., sums: _Optional[_Iterable[_Union[QualitySum, _Mapping]]] = ...) -> None: ...

class AssessAllowanceRequest(_message.Message):
    __slots__ = ("loan", "amount", "request_id", "reason", "validate_only")
    LOAN_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    loan: str
    amount: _money_pb2.Money
    request_id: str
    reason: str
    validate_only: bool
    def __init__(self, loan: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class ListAllowanceLinesRequest(_message.Message):
    __slots__ = ("parent", "page_size", "page_token")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    parent: str
    page_size: int
    page_token: str
    def __init__(self, parent: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class AllowanceLine(_message.Message):
    __slots__ = ("date", "grade_before", "grade", "before", "amount", "cause", "event")
    DATE_FIELD_NUMBER: _ClassVar[int]
    GRADE_BEFORE_FIELD_NUMBER: _ClassVar[int]
    GRADE_FIELD_NUMBER: _ClassVar[int]
    BEFORE_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    CAUSE_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    date: _date_pb2.Date
    grade_before: str
    grade: str
    before: _money_pb2.Money
    amount: _money_pb2.Money
    cause: str
    event: str
    def __init__(self, date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., grade_before: _Optional[str] = ..., grade: _Optional[str] = ..., before: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., cause: _Optional[str] = ..., event: _Optional[str] = ...) -> None: ...

class ListAllowanceLinesResponse(_message.Message):
    __slots__ = ("lines", "next_page_token")
    LINES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    lines: _containers.RepeatedCompositeFieldContainer[AllowanceLine]
    next_page_token: str
    def __init__(self, lines: _Optional[_Iterable[_Union[AllowanceLine, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class GetAllowanceMovementsRequest(_message.Message):
    __slots__ = ("parent", "dates")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    DATES_FIELD_NUMBER: _ClassVar[int]
    parent: str
    dates: _common_pb2.DateRange
    def __init__(self, parent: _Optional[str] = ..., dates: _Optional[_Union[_common_pb2.DateRange, _Mapping]] = ...) -> None: ...

class GradeMovement(_message.Message):
    __slots__ = ("currency", "grade", "opening", "created", "increased", "released", "transferred", "written_off", "derecognised", "closing")
    CURRENCY_FIELD_NUMBER: _ClassVar[int]
    GRADE_FIELD_NUMBER: _ClassVar[int]
    OPENING_FIELD_NUMBER: _ClassVar[int]
    CREATED_FIELD_NUMBER: _ClassVar[int]
    INCREASED_FIELD_NUMBER: _ClassVar[int]
    RELEASED_FIELD_NUMBER: _ClassVar[int]
    TRANSFERRED_FIELD_NUMBER: _ClassVar[int]
    WRITTEN_OFF_FIELD_NUMBER: _ClassVar[int]
    DERECOGNISED_FIELD_NUMBER: _ClassVar[int]
    CLOSING_FIELD_NUMBER: _ClassVar[int]
    currency: str
    grade: str
    opening: _money_pb2.Money
    created: _money_pb2.Money
    increased: _money_pb2.Money
    released: _money_pb2.Money
    transferred: _money_pb2.Money
    written_off: _money_pb2.Money
    derecognised: _money_pb2.Money
    closing: _money_pb2.Money
    def __init__(self, currency: _Optional[str] = ..., grade: _Optional[str] = ..., opening: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., created: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., increased: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., released: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., transferred: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., written_off: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., derecognised: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., closing: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class AccountMovement(_message.Message):
    __slots__ = ("currency", "opening", "provided", "charged", "written_off", "recovered", "other", "closing", "difference")
    CURRENCY_FIELD_NUMBER: _ClassVar[int]
    OPENING_FIELD_NUMBER: _ClassVar[int]
    PROVIDED_FIELD_NUMBER: _ClassVar[int]
    CHARGED_FIELD_NUMBER: _ClassVar[int]
    WRITTEN_OFF_FIELD_NUMBER: _ClassVar[int]
    RECOVERED_FIELD_NUMBER: _ClassVar[int]
    OTHER_FIELD_NUMBER: _ClassVar[int]
    CLOSING_FIELD_NUMBER: _ClassVar[int]
    DIFFERENCE_FIELD_NUMBER: _ClassVar[int]
    currency: str
    opening: _money_pb2.Money
    provided: _money_pb2.Money
    charged: _money_pb2.Money
    written_off: _money_pb2.Money
    recovered: _money_pb2.Money
    other: _money_pb2.Money
    closing: _money_pb2.Money
    difference: _money_pb2.Money
    def __init__(self, currency: _Optional[str] = ..., opening: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., provided: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., charged: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., written_off: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., recovered: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., other: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., closing: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., difference: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class AllowanceMovements(_message.Message):
    __slots__ = ("start", "end", "grades", "accounts", "tied")
    START_FIELD_NUMBER: _ClassVar[int]
    END_FIELD_NUMBER: _ClassVar[int]
    GRADES_FIELD_NUMBER: _ClassVar[int]
    ACCOUNTS_FIELD_NUMBER: _ClassVar[int]
    TIED_FIELD_NUMBER: _ClassVar[int]
    start: _date_pb2.Date
    end: _date_pb2.Date
    grades: _containers.RepeatedCompositeFieldContainer[GradeMovement]
    accounts: _containers.RepeatedCompositeFieldContainer[AccountMovement]
    tied: bool
    def __init__(self, start: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., end: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., grades: _Optional[_Iterable[_Union[GradeMovement, _Mapping]]] = ..., accounts: _Optional[_Iterable[_Union[AccountMovement, _Mapping]]] = ..., tied: _Optional[bool] = ...) -> None: ...

class GetProvisionRatiosRequest(_message.Message):
    __slots__ = ("parent",)
    PARENT_FIELD_NUMBER: _ClassVar[int]
    parent: str
    def __init__(self, parent: _Optional[str] = ...) -> None: ...

class ProvisionRatio(_message.Message):
    __slots__ = ("currency", "allowance", "loans", "non_performing", "loan_provision_ratio", "coverage_ratio", "required", "shortfall")
    CURRENCY_FIELD_NUMBER: _ClassVar[int]
    ALLOWANCE_FIELD_NUMBER: _ClassVar[int]
    LOANS_FIELD_NUMBER: _ClassVar[int]
    NON_PERFORMING_FIELD_NUMBER: _ClassVar[int]
    LOAN_PROVISION_RATIO_FIELD_NUMBER: _ClassVar[int]
    COVERAGE_RATIO_FIELD_NUMBER: _ClassVar[int]
    REQUIRED_FIELD_NUMBER: _ClassVar[int]
    SHORTFALL_FIELD_NUMBER: _ClassVar[int]
    currency: str
    allowance: _money_pb2.Money
    loans: _money_pb2.Money
    non_performing: _money_pb2.Money
    loan_provision_ratio: _decimal_pb2.Decimal
    coverage_ratio: _decimal_pb2.Decimal
    required: _money_pb2.Money
    shortfall: _money_pb2.Money
    def __init__(self, currency: _Optional[str] = ..., allowance: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., loans: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., non_performing: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., loan_provision_ratio: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., coverage_ratio: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., required: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., shortfall: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class ProvisionRatios(_message.Message):
    __slots__ = ("business_date", "ratios")
    BUSINESS_DATE_FIELD_NUMBER: _ClassVar[int]
    RATIOS_FIELD_NUMBER: _ClassVar[int]
    business_date: _date_pb2.Date
    ratios: _containers.RepeatedCompositeFieldContainer[ProvisionRatio]
    def __init__(self, business_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., ratios: _Optional[_Iterable[_Union[ProvisionRatio, _Mapping]]] = ...) -> None: ...
