from google.type import date_pb2 as _date_pb2
from google.type import money_pb2 as _money_pb2
from loanledger.v1 import loan_service_pb2 as _loan_service_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
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
    __slots__ = ("business_date", "stripes_done", "stripes", "loans_accrued", "loans_advanced", "finished", "loans_reset", "resets_waiting", "loans_set_aside", "steps", "checkpoint_size")
    BUSINESS_DATE_FIELD_NUMBER: _ClassVar[int]
    STRIPES_DONE_FIELD_NUMBER: _ClassVar[int]
    STRIPES_FIELD_NUMBER: _ClassVar[int]
    LOANS_ACCRUED_FIELD_NUMBER: _ClassVar[int]
    LOANS_ADVANCED_FIELD_NUMBER: _ClassVar[int]
    FINISHED_FIELD_NUMBER: _ClassVar[int]
    LOANS_RESET_FIELD_NUMBER: _ClassVar[int]
    RESETS_WAITING_FIELD_NUMBER: _ClassVar[int]
    LOANS_SET_ASIDE_FIELD_NUMBER: _ClassVar[int]
    STEPS_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_SIZE_FIELD_NUMBER: _ClassVar[int]
    business_date: _date_pb2.Date
    stripes_done: int
    stripes: int
    loans_accrued: int
    loans_advanced: int
    finished: bool
    loans_reset: int
    resets_waiting: int
    loans_set_aside: int
    steps: _containers.RepeatedCompositeFieldContainer[EndOfDayStep]
    checkpoint_size: int
    def __init__(self, business_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., stripes_done: _Optional[int] = ..., stripes: _Optional[int] = ..., loans_accrued: _Optional[int] = ..., loans_advanced: _Optional[int] = ..., finished: _Optional[bool] = ..., loans_reset: _Optional[int] = ..., resets_waiting: _Optional[int] = ..., loans_set_aside: _Optional[int] = ..., steps: _Optional[_Iterable[_Union[EndOfDayStep, _Mapping]]] = ..., checkpoint_size: _Optional[int] = ...) -> None: ...

class EndOfDayStep(_message.Message):
    __slots__ = ("step", "stripes", "items", "micros")
    STEP_FIELD_NUMBER: _ClassVar[int]
    STRIPES_FIELD_NUMBER: _ClassVar[int]
    ITEMS_FIELD_NUMBER: _ClassVar[int]
    MICROS_FIELD_NUMBER: _ClassVar[int]
    step: str
    stripes: int
    items: int
    micros: int
    def __init__(self, step: _Optional[str] = ..., stripes: _Optional[int] = ..., items: _Optional[int] = ..., micros: _Optional[int] = ...) -> None: ...

class ListEndOfDayStepsRequest(_message.Message):
    __slots__ = ("parent", "business_date")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    BUSINESS_DATE_FIELD_NUMBER: _ClassVar[int]
    parent: str
    business_date: _date_pb2.Date
    def __init__(self, parent: _Optional[str] = ..., business_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...

class ListEndOfDayStepsResponse(_message.Message):
    __slots__ = ("business_date", "steps")
    BUSINESS_DATE_FIELD_NUMBER: _ClassVar[int]
    STEPS_FIELD_NUMBER: _ClassVar[int]
    business_date: _date_pb2.Date
    steps: _containers.RepeatedCompositeFieldContainer[EndOfDayStep]
    def __init__(self, business_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., steps: _Optional[_Iterable[_Union[EndOfDayStep, _Mapping]]] = ...) -> None: ...

class ListRemindersRequest(_message.Message):
    __slots__ = ("parent", "page_size", "page_token", "business_date")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    BUSINESS_DATE_FIELD_NUMBER: _ClassVar[int]
    parent: str
    page_size: int
    page_token: str
    business_date: _date_pb2.Date
    def __init__(self, parent: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., business_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...

class ListRemindersResponse(_message.Message):
    __slots__ = ("reminders", "next_page_token")
    REMINDERS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    reminders: _containers.RepeatedCompositeFieldContainer[Reminder]
    next_page_token: str
    def __init__(self, reminders: _Optional[_Iterable[_Union[Reminder, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class Reminder(_message.Message):
    __slots__ = ("loan", "due_date", "days", "amount", "event")
    LOAN_FIELD_NUMBER: _ClassVar[int]
    DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    DAYS_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    loan: str
    due_date: _date_pb2.Date
    days: int
    amount: _money_pb2.Money
    event: str
    def __init__(self, loan: _Optional[str] = ..., due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., days: _Optional[int] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., event: _Optional[str] = ...) -> None: ...

class GetEndOfDayRequest(_message.Message):
    __slots__ = ("parent",)
    PARENT_FIELD_NUMBER: _ClassVar[int]
    parent: str
    def __init__(self, parent: _Optional[str] = ...) -> None: ...

class EndOfDayStatus(_message.Message):
    __slots__ = ("business_date", "stripes_ahead", "stripes", "loans_set_aside")
    BUSINESS_DATE_FIELD_NUMBER: _ClassVar[int]
    STRIPES_AHEAD_FIELD_NUMBER: _ClassVar[int]
    STRIPES_FIELD_NUMBER: _ClassVar[int]
    LOANS_SET_ASIDE_FIELD_NUMBER: _ClassVar[int]
    business_date: _date_pb2.Date
    stripes_ahead: int
    stripes: int
    loans_set_aside: int
    def __init__(self, business_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., stripes_ahead: _Optional[int] = ..., stripes: _Optional[int] = ..., loans_set_aside: _Optional[int] = ...) -> None: ...

class ListSetAsideLoansRequest(_message.Message):
    __slots__ = ("parent", "page_size", "page_token")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    parent: str
    page_size: int
    page_token: str
    def __init__(self, parent: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListSetAsideLoansResponse(_message.Message):
    __slots__ = ("loans", "next_page_token")
    LOANS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    loans: _containers.RepeatedCompositeFieldContainer[SetAsideLoan]
    next_page_token: str
    def __init__(self, loans: _Optional[_Iterable[_Union[SetAsideLoan, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class SetAsideLoan(_message.Message):
    __slots__ = ("loan", "since", "reason", "event")
    LOAN_FIELD_NUMBER: _ClassVar[int]
    SINCE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    loan: str
    since: _date_pb2.Date
    reason: str
    event: str
    def __init__(self, loan: _Optional[str] = ..., since: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reason: _Optional[str] = ..., event: _Optional[str] = ...) -> None: ...

class ResumeLoanRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...
