from google.type import date_pb2 as _date_pb2
from google.type import money_pb2 as _money_pb2
from loanledger.v1 import common_pb2 as _common_pb2
from loanledger.v1 import ledger_service_pb2 as _ledger_service_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class GetTieOutRequest(_message.Message):
    __slots__ = ("parent",)
    PARENT_FIELD_NUMBER: _ClassVar[int]
    parent: str
    def __init__(self, parent: _Optional[str] = ...) -> None: ...

class TieOutLine(_message.Message):
    __slots__ = ("account", "title", "component", "ledger", "loans", "difference")
    ACCOUNT_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    COMPONENT_FIELD_NUMBER: _ClassVar[int]
    LEDGER_FIELD_NUMBER: _ClassVar[int]
    LOANS_FIELD_NUMBER: _ClassVar[int]
    DIFFERENCE_FIELD_NUMBER: _ClassVar[int]
    account: str
    title: str
    component: _common_pb2.Component
    ledger: _money_pb2.Money
    loans: _money_pb2.Money
    difference: _money_pb2.Money
    def __init__(self, account: _Optional[str] = ..., title: _Optional[str] = ..., component: _Optional[_Union[_common_pb2.Component, str]] = ..., ledger: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., loans: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., difference: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class TieOut(_message.Message):
    __slots__ = ("lines", "tied")
    LINES_FIELD_NUMBER: _ClassVar[int]
    TIED_FIELD_NUMBER: _ClassVar[int]
    lines: _containers.RepeatedCompositeFieldContainer[TieOutLine]
    tied: bool
    def __init__(self, lines: _Optional[_Iterable[_Union[TieOutLine, _Mapping]]] = ..., tied: _Optional[bool] = ...) -> None: ...

class GetDelinquencyRequest(_message.Message):
    __slots__ = ("parent",)
    PARENT_FIELD_NUMBER: _ClassVar[int]
    parent: str
    def __init__(self, parent: _Optional[str] = ...) -> None: ...

class DelinquencyBucket(_message.Message):
    __slots__ = ("bucket", "loans", "principal", "overdue")
    BUCKET_FIELD_NUMBER: _ClassVar[int]
    LOANS_FIELD_NUMBER: _ClassVar[int]
    PRINCIPAL_FIELD_NUMBER: _ClassVar[int]
    OVERDUE_FIELD_NUMBER: _ClassVar[int]
    bucket: str
    loans: int
    principal: _money_pb2.Money
    overdue: _money_pb2.Money
    def __init__(self, bucket: _Optional[str] = ..., loans: _Optional[int] = ..., principal: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., overdue: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class Delinquency(_message.Message):
    __slots__ = ("business_date", "buckets")
    BUSINESS_DATE_FIELD_NUMBER: _ClassVar[int]
    BUCKETS_FIELD_NUMBER: _ClassVar[int]
    business_date: _date_pb2.Date
    buckets: _containers.RepeatedCompositeFieldContainer[DelinquencyBucket]
    def __init__(self, business_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., buckets: _Optional[_Iterable[_Union[DelinquencyBucket, _Mapping]]] = ...) -> None: ...
