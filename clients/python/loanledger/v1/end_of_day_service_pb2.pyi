from google.type import date_pb2 as _date_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class RunEndOfDayRequest(_message.Message):
    __slots__ = ("parent", "business_date")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    BUSINESS_DATE_FIELD_NUMBER: _ClassVar[int]
    parent: str
    business_date: _date_pb2.Date
    def __init__(self, parent: _Optional[str] = ..., business_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...

class EndOfDayProgress(_message.Message):
    __slots__ = ("business_date", "stripes_done", "stripes", "loans_accrued", "loans_advanced", "finished", "loans_reset", "resets_waiting")
    BUSINESS_DATE_FIELD_NUMBER: _ClassVar[int]
    STRIPES_DONE_FIELD_NUMBER: _ClassVar[int]
    STRIPES_FIELD_NUMBER: _ClassVar[int]
    LOANS_ACCRUED_FIELD_NUMBER: _ClassVar[int]
    LOANS_ADVANCED_FIELD_NUMBER: _ClassVar[int]
    FINISHED_FIELD_NUMBER: _ClassVar[int]
    LOANS_RESET_FIELD_NUMBER: _ClassVar[int]
    RESETS_WAITING_FIELD_NUMBER: _ClassVar[int]
    business_date: _date_pb2.Date
    stripes_done: int
    stripes: int
    loans_accrued: int
    loans_advanced: int
    finished: bool
    loans_reset: int
    resets_waiting: int
    def __init__(self, business_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., stripes_done: _Optional[int] = ..., stripes: _Optional[int] = ..., loans_accrued: _Optional[int] = ..., loans_advanced: _Optional[int] = ..., finished: _Optional[bool] = ..., loans_reset: _Optional[int] = ..., resets_waiting: _Optional[int] = ...) -> None: ...

class GetEndOfDayRequest(_message.Message):
    __slots__ = ("parent",)
    PARENT_FIELD_NUMBER: _ClassVar[int]
    parent: str
    def __init__(self, parent: _Optional[str] = ...) -> None: ...

class EndOfDayStatus(_message.Message):
    __slots__ = ("business_date", "stripes_ahead", "stripes")
    BUSINESS_DATE_FIELD_NUMBER: _ClassVar[int]
    STRIPES_AHEAD_FIELD_NUMBER: _ClassVar[int]
    STRIPES_FIELD_NUMBER: _ClassVar[int]
    business_date: _date_pb2.Date
    stripes_ahead: int
    stripes: int
    def __init__(self, business_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., stripes_ahead: _Optional[int] = ..., stripes: _Optional[int] = ...) -> None: ...
