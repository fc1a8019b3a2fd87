import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import date_pb2 as _date_pb2
from google.type import decimal_pb2 as _decimal_pb2
from google.type import money_pb2 as _money_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class CollateralKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    COLLATERAL_KIND_UNSPECIFIED: _ClassVar[CollateralKind]
    COLLATERAL_KIND_REAL_ESTATE: _ClassVar[CollateralKind]
    COLLATERAL_KIND_LAND_USE_RIGHT: _ClassVar[CollateralKind]
    COLLATERAL_KIND_VEHICLE: _ClassVar[CollateralKind]
    COLLATERAL_KIND_EQUIPMENT: _ClassVar[CollateralKind]
    COLLATERAL_KIND_INVENTORY: _ClassVar[CollateralKind]
    COLLATERAL_KIND_RECEIVABLES: _ClassVar[CollateralKind]
    COLLATERAL_KIND_DEPOSIT: _ClassVar[CollateralKind]
    COLLATERAL_KIND_SECURITIES: _ClassVar[CollateralKind]
    COLLATERAL_KIND_GUARANTEE: _ClassVar[CollateralKind]
    COLLATERAL_KIND_OTHER: _ClassVar[CollateralKind]

class CollateralStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    COLLATERAL_STATUS_UNSPECIFIED: _ClassVar[CollateralStatus]
    COLLATERAL_STATUS_FREE: _ClassVar[CollateralStatus]
    COLLATERAL_STATUS_PLEDGED: _ClassVar[CollateralStatus]
    COLLATERAL_STATUS_REPOSSESSED: _ClassVar[CollateralStatus]
    COLLATERAL_STATUS_DISPOSED: _ClassVar[CollateralStatus]
COLLATERAL_KIND_UNSPECIFIED: CollateralKind
COLLATERAL_KIND_REAL_ESTATE: CollateralKind
COLLATERAL_KIND_LAND_USE_RIGHT: CollateralKind
COLLATERAL_KIND_VEHICLE: CollateralKind
COLLATERAL_KIND_EQUIPMENT: CollateralKind
COLLATERAL_KIND_INVENTORY: CollateralKind
COLLATERAL_KIND_RECEIVABLES: CollateralKind
COLLATERAL_KIND_DEPOSIT: CollateralKind
COLLATERAL_KIND_SECURITIES: CollateralKind
COLLATERAL_KIND_GUARANTEE: CollateralKind
COLLATERAL_KIND_OTHER: CollateralKind
COLLATERAL_STATUS_UNSPECIFIED: CollateralStatus
COLLATERAL_STATUS_FREE: CollateralStatus
COLLATERAL_STATUS_PLEDGED: CollateralStatus
COLLATERAL_STATUS_REPOSSESSED: CollateralStatus
COLLATERAL_STATUS_DISPOSED: CollateralStatus

class Valuation(_message.Message):
    __slots__ = ("value", "valued_on", "haircut", "method", "valuer", "event", "actor", "reason", "create_time")
    VALUE_FIELD_NUMBER: _ClassVar[int]
    VALUED_ON_FIELD_NUMBER: _ClassVar[int]
    HAIRCUT_FIELD_NUMBER: _ClassVar[int]
    METHOD_FIELD_NUMBER: _ClassVar[int]
    VALUER_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    value: _money_pb2.Money
    valued_on: _date_pb2.Date
    haircut: _decimal_pb2.Decimal
    method: str
    valuer: str
    event: str
    actor: str
    reason: str
    create_time: _timestamp_pb2.Timestamp
    def __init__(self, value: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., valued_on: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., haircut: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., method: _Optional[str] = ..., valuer: _Optional[str] = ..., event: _Optional[str] = ..., actor: _Optional[str] = ..., reason: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class Lien(_message.Message):
    __slots__ = ("loan", "rank", "limit")
    LOAN_FIELD_NUMBER: _ClassVar[int]
    RANK_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    loan: str
    rank: int
    limit: _money_pb2.Money
    def __init__(self, loan: _Optional[str] = ..., rank: _Optional[int] = ..., limit: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class Collateral(_message.Message):
    __slots__ = ("name", "party", "kind", "description", "reference", "status", "valuation", "liens", "carrying_amount", "allowance", "taken_for", "event", "masked")
    NAME_FIELD_NUMBER: _ClassVar[int]
    PARTY_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    VALUATION_FIELD_NUMBER: _ClassVar[int]
    LIENS_FIELD_NUMBER: _ClassVar[int]
    CARRYING_AMOUNT_FIELD_NUMBER: _ClassVar[int]
    ALLOWANCE_FIELD_NUMBER: _ClassVar[int]
    TAKEN_FOR_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    MASKED_FIELD_NUMBER: _ClassVar[int]
    name: str
    party: str
    kind: CollateralKind
    description: str
    reference: str
    status: CollateralStatus
    valuation: Valuation
    liens: _containers.RepeatedCompositeFieldContainer[Lien]
    carrying_amount: _money_pb2.Money
    allowance: _money_pb2.Money
    taken_for: str
    event: str
    masked: bool
    def __init__(self, name: _Optional[str] = ..., party: _Optional[str] = ..., kind: _Optional[_Union[CollateralKind, str]] = ..., description: _Optional[str] = ..., reference: _Optional[str] = ..., status: _Optional[_Union[CollateralStatus, str]] = ..., valuation: _Optional[_Union[Valuation, _Mapping]] = ..., liens: _Optional[_Iterable[_Union[Lien, _Mapping]]] = ..., carrying_amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., allowance: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., taken_for: _Optional[str] = ..., event: _Optional[str] = ..., masked: _Optional[bool] = ...) -> None: ...

class RegisterCollateralRequest(_message.Message):
    __slots__ = ("parent", "request_id", "reason", "party", "kind", "description", "reference", "valuation")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    PARTY_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    VALUATION_FIELD_NUMBER: _ClassVar[int]
    parent: str
    request_id: str
    reason: str
    party: str
    kind: CollateralKind
    description: str
    reference: str
    valuation: Valuation
    def __init__(self, parent: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., party: _Optional[str] = ..., kind: _Optional[_Union[CollateralKind, str]] = ..., description: _Optional[str] = ..., reference: _Optional[str] = ..., valuation: _Optional[_Union[Valuation, _Mapping]] = ...) -> None: ...

class GetCollateralRequest(_message.Message):
    __slots__ = ("name", "reason")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    name: str
    reason: str
    def __init__(self, name: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class ListCollateralsRequest(_message.Message):
    __slots__ = ("parent", "page_size", "page_token", "party", "status")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    PARTY_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    parent: str
    page_size: int
    page_token: str
    party: str
    status: CollateralStatus
    def __init__(self, parent: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., party: _Optional[str] = ..., status: _Optional[_Union[CollateralStatus, str]] = ...) -> None: ...

class ListCollateralsResponse(_message.Message):
    __slots__ = ("collaterals", "next_page_token")
    COLLATERALS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    collaterals: _containers.RepeatedCompositeFieldContainer[Collateral]
    next_page_token: str
    def __init__(self, collaterals: _Optional[_Iterable[_Union[Collateral, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ValueCollateralRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "valuation")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VALUATION_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    valuation: Valuation
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., valuation: _Optional[_Union[Valuation, _Mapping]] = ...) -> None: ...

class ListValuationsRequest(_message.Message):
    __slots__ = ("parent", "page_size", "page_token")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    parent: str
    page_size: int
    page_token: str
    def __init__(self, parent: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListValuationsResponse(_message.Message):
    __slots__ = ("valuations", "next_page_token")
    VALUATIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    valuations: _containers.RepeatedCompositeFieldContainer[Valuation]
    next_page_token: str
    def __init__(self, valuations: _Optional[_Iterable[_Union[Valuation, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class PledgeCollateralRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "lien", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    LIEN_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    lien: Lien
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., lien: _Optional[_Union[Lien, _Mapping]] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class ReleaseCollateralRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "loan", "early")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    LOAN_FIELD_NUMBER: _ClassVar[int]
    EARLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    loan: str
    early: bool
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., loan: _Optional[str] = ..., early: _Optional[bool] = ...) -> None: ...

class GetCoverageRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class Coverage(_message.Message):
    __slots__ = ("loan", "business_date", "owed", "covered", "uncovered", "coverage", "loan_to_value", "shares")
    LOAN_FIELD_NUMBER: _ClassVar[int]
    BUSINESS_DATE_FIELD_NUMBER: _ClassVar[int]
    OWED_FIELD_NUMBER: _ClassVar[int]
    COVERED_FIELD_NUMBER: _ClassVar[int]
    UNCOVERED_FIELD_NUMBER: _ClassVar[int]
    COVERAGE_FIELD_NUMBER: _ClassVar[int]
    LOAN_TO_VALUE_FIELD_NUMBER: _ClassVar[int]
    SHARES_FIELD_NUMBER: _ClassVar[int]
    loan: str
    business_date: _date_pb2.Date
    owed: _money_pb2.Money
    covered: _money_pb2.Money
    uncovered: _money_pb2.Money
    coverage: _decimal_pb2.Decimal
    loan_to_value: _decimal_pb2.Decimal
    shares: _containers.RepeatedCompositeFieldContainer[CoverageShare]
    def __init__(self, loan: _Optional[str] = ..., business_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., owed: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., covered: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., uncovered: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., coverage: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., loan_to_value: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., shares: _Optional[_Iterable[_Union[CoverageShare, _Mapping]]] = ...) -> None: ...

class CoverageShare(_message.Message):
    __slots__ = ("collateral", "rank", "value", "lending_value", "share")
    COLLATERAL_FIELD_NUMBER: _ClassVar[int]
    RANK_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    LENDING_VALUE_FIELD_NUMBER: _ClassVar[int]
    SHARE_FIELD_NUMBER: _ClassVar[int]
    collateral: str
    rank: int
    value: _money_pb2.Money
    lending_value: _money_pb2.Money
    share: _money_pb2.Money
    def __init__(self, collateral: _Optional[str] = ..., rank: _Optional[int] = ..., value: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., lending_value: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., share: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class RepossessCollateralRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "loan", "value", "in_full", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    LOAN_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    IN_FULL_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    loan: str
    value: _money_pb2.Money
    in_full: bool
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., loan: _Optional[str] = ..., value: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., in_full: _Optional[bool] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class ReverseRepossessionRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class ImpairCollateralRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "amount", "release", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    RELEASE_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    amount: _money_pb2.Money
    release: bool
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., release: _Optional[bool] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class DisposeCollateralRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "proceeds", "tax", "funds_account", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    PROCEEDS_FIELD_NUMBER: _ClassVar[int]
    TAX_FIELD_NUMBER: _ClassVar[int]
    FUNDS_ACCOUNT_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    proceeds: _money_pb2.Money
    tax: _money_pb2.Money
    funds_account: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., proceeds: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., tax: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., funds_account: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...
