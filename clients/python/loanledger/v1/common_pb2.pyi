from google.type import date_pb2 as _date_pb2
from google.type import money_pb2 as _money_pb2
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Side(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SIDE_UNSPECIFIED: _ClassVar[Side]
    SIDE_DEBIT: _ClassVar[Side]
    SIDE_CREDIT: _ClassVar[Side]

class Component(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    COMPONENT_UNSPECIFIED: _ClassVar[Component]
    COMPONENT_PRINCIPAL: _ClassVar[Component]
    COMPONENT_INTEREST: _ClassVar[Component]
    COMPONENT_FEE: _ClassVar[Component]
    COMPONENT_PENALTY: _ClassVar[Component]
    COMPONENT_CREDIT: _ClassVar[Component]
    COMPONENT_WRITTEN_OFF: _ClassVar[Component]
    COMPONENT_ADJUSTMENT: _ClassVar[Component]
    COMPONENT_DEFERRED: _ClassVar[Component]
    COMPONENT_IMPAIRED: _ClassVar[Component]
    COMPONENT_SUSPENDED: _ClassVar[Component]
    COMPONENT_TAX_DEFERRED: _ClassVar[Component]
    COMPONENT_BORROWING: _ClassVar[Component]
SIDE_UNSPECIFIED: Side
SIDE_DEBIT: Side
SIDE_CREDIT: Side
COMPONENT_UNSPECIFIED: Component
COMPONENT_PRINCIPAL: Component
COMPONENT_INTEREST: Component
COMPONENT_FEE: Component
COMPONENT_PENALTY: Component
COMPONENT_CREDIT: Component
COMPONENT_WRITTEN_OFF: Component
COMPONENT_ADJUSTMENT: Component
COMPONENT_DEFERRED: Component
COMPONENT_IMPAIRED: Component
COMPONENT_SUSPENDED: Component
COMPONENT_TAX_DEFERRED: Component
COMPONENT_BORROWING: Component

class Breakdown(_message.Message):
    __slots__ = ("principal", "interest", "fee", "penalty", "credit", "written_off", "adjustment", "deferred", "impaired", "suspended", "tax_deferred", "borrowing")
    PRINCIPAL_FIELD_NUMBER: _ClassVar[int]
    INTEREST_FIELD_NUMBER: _ClassVar[int]
    FEE_FIELD_NUMBER: _ClassVar[int]
    PENALTY_FIELD_NUMBER: _ClassVar[int]
    CREDIT_FIELD_NUMBER: _ClassVar[int]
    WRITTEN_OFF_FIELD_NUMBER: _ClassVar[int]
    ADJUSTMENT_FIELD_NUMBER: _ClassVar[int]
    DEFERRED_FIELD_NUMBER: _ClassVar[int]
    IMPAIRED_FIELD_NUMBER: _ClassVar[int]
    SUSPENDED_FIELD_NUMBER: _ClassVar[int]
    TAX_DEFERRED_FIELD_NUMBER: _ClassVar[int]
    BORROWING_FIELD_NUMBER: _ClassVar[int]
    principal: _money_pb2.Money
    interest: _money_pb2.Money
    fee: _money_pb2.Money
    penalty: _money_pb2.Money
    credit: _money_pb2.Money
    written_off: _money_pb2.Money
    adjustment: _money_pb2.Money
    deferred: _money_pb2.Money
    impaired: _money_pb2.Money
    suspended: _money_pb2.Money
    tax_deferred: _money_pb2.Money
    borrowing: _money_pb2.Money
    def __init__(self, principal: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., interest: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., fee: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., penalty: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., credit: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., written_off: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., adjustment: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., deferred: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., impaired: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., suspended: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., tax_deferred: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., borrowing: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class DateRange(_message.Message):
    __slots__ = ("start", "end")
    START_FIELD_NUMBER: _ClassVar[int]
    END_FIELD_NUMBER: _ClassVar[int]
    start: _date_pb2.Date
    end: _date_pb2.Date
    def __init__(self, start: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., end: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...
