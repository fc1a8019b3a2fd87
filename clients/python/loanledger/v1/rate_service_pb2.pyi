import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import date_pb2 as _date_pb2
from google.type import decimal_pb2 as _decimal_pb2
from loanledger.v1 import common_pb2 as _common_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class RateIndex(_message.Message):
    __slots__ = ("name", "code", "title", "valid_days", "create_time")
    NAME_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    VALID_DAYS_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    name: str
    code: str
    title: str
    valid_days: int
    create_time: _timestamp_pb2.Timestamp
    def __init__(self, name: _Optional[str] = ..., code: _Optional[str] = ..., title: _Optional[str] = ..., valid_days: _Optional[int] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CreateRateIndexRequest(_message.Message):
    __slots__ = ("parent", "index", "request_id", "reason")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    INDEX_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    parent: str
    index: RateIndex
    request_id: str
    reason: str
    def __init__(self, parent: _Optional[str] = ..., index: _Optional[_Union[RateIndex, _Mapping]] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class GetRateIndexRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ListRateIndexesRequest(_message.Message):
    __slots__ = ("parent", "page_size", "page_token")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    parent: str
    page_size: int
    page_token: str
    def __init__(self, parent: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListRateIndexesResponse(_message.Message):
    __slots__ = ("indexes", "next_page_token")
    INDEXES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    indexes: _containers.RepeatedCompositeFieldContainer[RateIndex]
    next_page_token: str
    def __init__(self, indexes: _Optional[_Iterable[_Union[RateIndex, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class Fixing(_message.Message):
    __slots__ = ("index", "date", "rate", "reason", "event", "actor", "create_time", "corrected")
    INDEX_FIELD_NUMBER: _ClassVar[int]
    DATE_FIELD_NUMBER: _ClassVar[int]
    RATE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    CORRECTED_FIELD_NUMBER: _ClassVar[int]
    index: str
    date: _date_pb2.Date
    rate: _decimal_pb2.Decimal
    reason: str
    event: str
    actor: str
    create_time: _timestamp_pb2.Timestamp
    corrected: bool
    def __init__(self, index: _Optional[str] = ..., date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., rate: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., reason: _Optional[str] = ..., event: _Optional[str] = ..., actor: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., corrected: _Optional[bool] = ...) -> None: ...

class PublishFixingRequest(_message.Message):
    __slots__ = ("index", "date", "rate", "reason", "request_id", "validate_only")
    INDEX_FIELD_NUMBER: _ClassVar[int]
    DATE_FIELD_NUMBER: _ClassVar[int]
    RATE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    index: str
    date: _date_pb2.Date
    rate: _decimal_pb2.Decimal
    reason: str
    request_id: str
    validate_only: bool
    def __init__(self, index: _Optional[str] = ..., date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., rate: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., reason: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class ListFixingsRequest(_message.Message):
    __slots__ = ("index", "dates", "page_size", "page_token", "show_corrected", "known_at")
    INDEX_FIELD_NUMBER: _ClassVar[int]
    DATES_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    SHOW_CORRECTED_FIELD_NUMBER: _ClassVar[int]
    KNOWN_AT_FIELD_NUMBER: _ClassVar[int]
    index: str
    dates: _common_pb2.DateRange
    page_size: int
    page_token: str
    show_corrected: bool
    known_at: _timestamp_pb2.Timestamp
    def __init__(self, index: _Optional[str] = ..., dates: _Optional[_Union[_common_pb2.DateRange, _Mapping]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., show_corrected: _Optional[bool] = ..., known_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ListFixingsResponse(_message.Message):
    __slots__ = ("fixings", "next_page_token")
    FIXINGS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    fixings: _containers.RepeatedCompositeFieldContainer[Fixing]
    next_page_token: str
    def __init__(self, fixings: _Optional[_Iterable[_Union[Fixing, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ResetRatesRequest(_message.Message):
    __slots__ = ("index", "since", "request_id", "reason")
    INDEX_FIELD_NUMBER: _ClassVar[int]
    SINCE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    index: str
    since: _date_pb2.Date
    request_id: str
    reason: str
    def __init__(self, index: _Optional[str] = ..., since: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class ResetRatesResponse(_message.Message):
    __slots__ = ("loans_seen", "resets", "waiting", "refused", "finished")
    LOANS_SEEN_FIELD_NUMBER: _ClassVar[int]
    RESETS_FIELD_NUMBER: _ClassVar[int]
    WAITING_FIELD_NUMBER: _ClassVar[int]
    REFUSED_FIELD_NUMBER: _ClassVar[int]
    FINISHED_FIELD_NUMBER: _ClassVar[int]
    loans_seen: int
    resets: int
    waiting: int
    refused: int
    finished: bool
    def __init__(self, loans_seen: _Optional[int] = ..., resets: _Optional[int] = ..., waiting: _Optional[int] = ..., refused: _Optional[int] = ..., finished: _Optional[bool] = ...) -> None: ...
