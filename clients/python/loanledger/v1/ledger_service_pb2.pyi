import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.rpc import status_pb2 as _status_pb2
from google.type import date_pb2 as _date_pb2
from google.type import money_pb2 as _money_pb2
from loanledger.v1 import common_pb2 as _common_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class AccountType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ACCOUNT_TYPE_UNSPECIFIED: _ClassVar[AccountType]
    ACCOUNT_TYPE_ASSET: _ClassVar[AccountType]
    ACCOUNT_TYPE_LIABILITY: _ClassVar[AccountType]
    ACCOUNT_TYPE_EQUITY: _ClassVar[AccountType]
    ACCOUNT_TYPE_INCOME: _ClassVar[AccountType]
    ACCOUNT_TYPE_EXPENSE: _ClassVar[AccountType]
    ACCOUNT_TYPE_MEMO: _ClassVar[AccountType]

class PeriodState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PERIOD_STATE_UNSPECIFIED: _ClassVar[PeriodState]
    PERIOD_STATE_OPEN: _ClassVar[PeriodState]
    PERIOD_STATE_CLOSED: _ClassVar[PeriodState]
ACCOUNT_TYPE_UNSPECIFIED: AccountType
ACCOUNT_TYPE_ASSET: AccountType
ACCOUNT_TYPE_LIABILITY: AccountType
ACCOUNT_TYPE_EQUITY: AccountType
ACCOUNT_TYPE_INCOME: AccountType
ACCOUNT_TYPE_EXPENSE: AccountType
ACCOUNT_TYPE_MEMO: AccountType
PERIOD_STATE_UNSPECIFIED: PeriodState
PERIOD_STATE_OPEN: PeriodState
PERIOD_STATE_CLOSED: PeriodState

class Account(_message.Message):
    __slots__ = ("name", "code", "title", "title_zh", "type", "control")
    NAME_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    TITLE_ZH_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    CONTROL_FIELD_NUMBER: _ClassVar[int]
    name: str
    code: str
    title: str
    title_zh: str
    type: AccountType
    control: _common_pb2.Component
    def __init__(self, name: _Optional[str] = ..., code: _Optional[str] = ..., title: _Optional[str] = ..., title_zh: _Optional[str] = ..., type: _Optional[_Union[AccountType, str]] = ..., control: _Optional[_Union[_common_pb2.Component, str]] = ...) -> None: ...

class CreateAccountRequest(_message.Message):
    __slots__ = ("parent", "account", "request_id", "reason")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    ACCOUNT_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    parent: str
    account: Account
    request_id: str
    reason: str
    def __init__(self, parent: _Optional[str] = ..., account: _Optional[_Union[Account, _Mapping]] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class GetAccountRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ListAccountsRequest(_message.Message):
    __slots__ = ("parent", "page_size", "page_token")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    parent: str
    page_size: int
    page_token: str
    def __init__(self, parent: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListAccountsResponse(_message.Message):
    __slots__ = ("accounts", "next_page_token")
    ACCOUNTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    accounts: _containers.RepeatedCompositeFieldContainer[Account]
    next_page_token: str
    def __init__(self, accounts: _Optional[_Iterable[_Union[Account, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class Entry(_message.Message):
    __slots__ = ("account", "side", "amount", "loan", "component")
    ACCOUNT_FIELD_NUMBER: _ClassVar[int]
    SIDE_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    LOAN_FIELD_NUMBER: _ClassVar[int]
    COMPONENT_FIELD_NUMBER: _ClassVar[int]
    account: str
    side: _common_pb2.Side
    amount: _money_pb2.Money
    loan: str
    component: _common_pb2.Component
    def __init__(self, account: _Optional[str] = ..., side: _Optional[_Union[_common_pb2.Side, str]] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., loan: _Optional[str] = ..., component: _Optional[_Union[_common_pb2.Component, str]] = ...) -> None: ...

class Journal(_message.Message):
    __slots__ = ("name", "event", "value_date", "posting_date", "create_time", "reference", "reason", "actor", "kind", "entries", "reverses", "corrects")
    NAME_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    POSTING_DATE_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    REVERSES_FIELD_NUMBER: _ClassVar[int]
    CORRECTS_FIELD_NUMBER: _ClassVar[int]
    name: str
    event: str
    value_date: _date_pb2.Date
    posting_date: _date_pb2.Date
    create_time: _timestamp_pb2.Timestamp
    reference: str
    reason: str
    actor: str
    kind: str
    entries: _containers.RepeatedCompositeFieldContainer[Entry]
    reverses: str
    corrects: str
    def __init__(self, name: _Optional[str] = ..., event: _Optional[str] = ..., value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., posting_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., reference: _Optional[str] = ..., reason: _Optional[str] = ..., actor: _Optional[str] = ..., kind: _Optional[str] = ..., entries: _Optional[_Iterable[_Union[Entry, _Mapping]]] = ..., reverses: _Optional[str] = ..., corrects: _Optional[str] = ...) -> None: ...

class PostJournalRequest(_message.Message):
    __slots__ = ("parent", "request_id", "reason", "value_date", "posting_date", "reference", "entries", "validate_only")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    POSTING_DATE_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    parent: str
    request_id: str
    reason: str
    value_date: _date_pb2.Date
    posting_date: _date_pb2.Date
    reference: str
    entries: _containers.RepeatedCompositeFieldContainer[Entry]
    validate_only: bool
    def __init__(self, parent: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., posting_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reference: _Optional[str] = ..., entries: _Optional[_Iterable[_Union[Entry, _Mapping]]] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class BatchPostJournalsRequest(_message.Message):
    __slots__ = ("parent", "requests")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    REQUESTS_FIELD_NUMBER: _ClassVar[int]
    parent: str
    requests: _containers.RepeatedCompositeFieldContainer[PostJournalRequest]
    def __init__(self, parent: _Optional[str] = ..., requests: _Optional[_Iterable[_Union[PostJournalRequest, _Mapping]]] = ...) -> None: ...

class BatchPostJournalsResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[PostJournalResult]
    def __init__(self, results: _Optional[_Iterable[_Union[PostJournalResult, _Mapping]]] = ...) -> None: ...

class PostJournalResult(_message.Message):
    __slots__ = ("journal", "error")
    JOURNAL_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    journal: str
    error: _status_pb2.Status
    def __init__(self, journal: _Optional[str] = ..., error: _Optional[_Union[_status_pb2.Status, _Mapping]] = ...) -> None: ...

class ReverseJournalRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "posting_date")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    POSTING_DATE_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    posting_date: _date_pb2.Date
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., posting_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...

class GetJournalRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ListJournalsRequest(_message.Message):
    __slots__ = ("parent", "page_size", "page_token", "account", "loan", "value_date", "posting_date", "reference")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    ACCOUNT_FIELD_NUMBER: _ClassVar[int]
    LOAN_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    POSTING_DATE_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    parent: str
    page_size: int
    page_token: str
    account: str
    loan: str
    value_date: _common_pb2.DateRange
    posting_date: _common_pb2.DateRange
    reference: str
    def __init__(self, parent: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., account: _Optional[str] = ..., loan: _Optional[str] = ..., value_date: _Optional[_Union[_common_pb2.DateRange, _Mapping]] = ..., posting_date: _Optional[_Union[_common_pb2.DateRange, _Mapping]] = ..., reference: _Optional[str] = ...) -> None: ...

class ListJournalsResponse(_message.Message):
    __slots__ = ("journals", "next_page_token")
    JOURNALS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    journals: _containers.RepeatedCompositeFieldContainer[Journal]
    next_page_token: str
    def __init__(self, journals: _Optional[_Iterable[_Union[Journal, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ListEntriesRequest(_message.Message):
    __slots__ = ("parent", "page_size", "page_token", "account", "loan", "value_date", "posting_date", "reference")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    ACCOUNT_FIELD_NUMBER: _ClassVar[int]
    LOAN_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    POSTING_DATE_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    parent: str
    page_size: int
    page_token: str
    account: str
    loan: str
    value_date: _common_pb2.DateRange
    posting_date: _common_pb2.DateRange
    reference: str
    def __init__(self, parent: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., account: _Optional[str] = ..., loan: _Optional[str] = ..., value_date: _Optional[_Union[_common_pb2.DateRange, _Mapping]] = ..., posting_date: _Optional[_Union[_common_pb2.DateRange, _Mapping]] = ..., reference: _Optional[str] = ...) -> None: ...

class PostedEntry(_message.Message):
    __slots__ = ("entry", "journal", "value_date", "posting_date", "create_time", "kind", "reference")
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    JOURNAL_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    POSTING_DATE_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    entry: Entry
    journal: str
    value_date: _date_pb2.Date
    posting_date: _date_pb2.Date
    create_time: _timestamp_pb2.Timestamp
    kind: str
    reference: str
    def __init__(self, entry: _Optional[_Union[Entry, _Mapping]] = ..., journal: _Optional[str] = ..., value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., posting_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., kind: _Optional[str] = ..., reference: _Optional[str] = ...) -> None: ...

class ListEntriesResponse(_message.Message):
    __slots__ = ("entries", "next_page_token")
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    entries: _containers.RepeatedCompositeFieldContainer[PostedEntry]
    next_page_token: str
    def __init__(self, entries: _Optional[_Iterable[_Union[PostedEntry, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ListBalancesRequest(_message.Message):
    __slots__ = ("parent", "accounts", "value_date", "posting_date", "known_at")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    ACCOUNTS_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    POSTING_DATE_FIELD_NUMBER: _ClassVar[int]
    KNOWN_AT_FIELD_NUMBER: _ClassVar[int]
    parent: str
    accounts: _containers.RepeatedScalarFieldContainer[str]
    value_date: _date_pb2.Date
    posting_date: _date_pb2.Date
    known_at: _timestamp_pb2.Timestamp
    def __init__(self, parent: _Optional[str] = ..., accounts: _Optional[_Iterable[str]] = ..., value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., posting_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., known_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class Balance(_message.Message):
    __slots__ = ("account", "title", "type", "debit", "credit", "net")
    ACCOUNT_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    DEBIT_FIELD_NUMBER: _ClassVar[int]
    CREDIT_FIELD_NUMBER: _ClassVar[int]
    NET_FIELD_NUMBER: _ClassVar[int]
    account: str
    title: str
    type: AccountType
    debit: _money_pb2.Money
    credit: _money_pb2.Money
    net: _money_pb2.Money
    def __init__(self, account: _Optional[str] = ..., title: _Optional[str] = ..., type: _Optional[_Union[AccountType, str]] = ..., debit: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., credit: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., net: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class ListBalancesResponse(_message.Message):
    __slots__ = ("balances",)
    BALANCES_FIELD_NUMBER: _ClassVar[int]
    balances: _containers.RepeatedCompositeFieldContainer[Balance]
    def __init__(self, balances: _Optional[_Iterable[_Union[Balance, _Mapping]]] = ...) -> None: ...

class GetTrialBalanceRequest(_message.Message):
    __slots__ = ("parent", "posting_date")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    POSTING_DATE_FIELD_NUMBER: _ClassVar[int]
    parent: str
    posting_date: _date_pb2.Date
    def __init__(self, parent: _Optional[str] = ..., posting_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...

class TrialBalance(_message.Message):
    __slots__ = ("lines", "debit", "credit", "balanced")
    LINES_FIELD_NUMBER: _ClassVar[int]
    DEBIT_FIELD_NUMBER: _ClassVar[int]
    CREDIT_FIELD_NUMBER: _ClassVar[int]
    BALANCED_FIELD_NUMBER: _ClassVar[int]
    lines: _containers.RepeatedCompositeFieldContainer[Balance]
    debit: _containers.RepeatedCompositeFieldContainer[_money_pb2.Money]
    credit: _containers.RepeatedCompositeFieldContainer[_money_pb2.Money]
    balanced: bool
    def __init__(self, lines: _Optional[_Iterable[_Union[Balance, _Mapping]]] = ..., debit: _Optional[_Iterable[_Union[_money_pb2.Money, _Mapping]]] = ..., credit: _Optional[_Iterable[_Union[_money_pb2.Money, _Mapping]]] = ..., balanced: _Optional[bool] = ...) -> None: ...

class Period(_message.Message):
    __slots__ = ("name", "start", "end", "state")
    NAME_FIELD_NUMBER: _ClassVar[int]
    START_FIELD_NUMBER: _ClassVar[int]
    END_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    name: str
    start: _date_pb2.Date
    end: _date_pb2.Date
    state: PeriodState
    def __init__(self, name: _Optional[str] = ..., start: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., end: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., state: _Optional[_Union[PeriodState, str]] = ...) -> None: ...

class ListPeriodsRequest(_message.Message):
    __slots__ = ("parent",)
    PARENT_FIELD_NUMBER: _ClassVar[int]
    parent: str
    def __init__(self, parent: _Optional[str] = ...) -> None: ...

class ListPeriodsResponse(_message.Message):
    __slots__ = ("periods", "business_date")
    PERIODS_FIELD_NUMBER: _ClassVar[int]
    BUSINESS_DATE_FIELD_NUMBER: _ClassVar[int]
    periods: _containers.RepeatedCompositeFieldContainer[Period]
    business_date: _date_pb2.Date
    def __init__(self, periods: _Optional[_Iterable[_Union[Period, _Mapping]]] = ..., business_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...

class ClosePeriodRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class TransferResultRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "account", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    ACCOUNT_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    account: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., account: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class ReverseResultTransferRequest(_message.Message):
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

class ResultTransfer(_message.Message):
    __slots__ = ("period", "event", "posting_date", "account", "result")
    PERIOD_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    POSTING_DATE_FIELD_NUMBER: _ClassVar[int]
    ACCOUNT_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    period: str
    event: str
    posting_date: _date_pb2.Date
    account: str
    result: _containers.RepeatedCompositeFieldContainer[_money_pb2.Money]
    def __init__(self, period: _Optional[str] = ..., event: _Optional[str] = ..., posting_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., account: _Optional[str] = ..., result: _Optional[_Iterable[_Union[_money_pb2.Money, _Mapping]]] = ...) -> None: ...

class ReopenPeriodRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class VerifyLedgerRequest(_message.Message):
    __slots__ = ("parent", "max_differences")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    MAX_DIFFERENCES_FIELD_NUMBER: _ClassVar[int]
    parent: str
    max_differences: int
    def __init__(self, parent: _Optional[str] = ..., max_differences: _Optional[int] = ...) -> None: ...

class VerifyLedgerProgress(_message.Message):
    __slots__ = ("stripes_done", "stripes", "loans_done", "loans", "loans_set_aside", "differences", "found", "finished")
    STRIPES_DONE_FIELD_NUMBER: _ClassVar[int]
    STRIPES_FIELD_NUMBER: _ClassVar[int]
    LOANS_DONE_FIELD_NUMBER: _ClassVar[int]
    LOANS_FIELD_NUMBER: _ClassVar[int]
    LOANS_SET_ASIDE_FIELD_NUMBER: _ClassVar[int]
    DIFFERENCES_FIELD_NUMBER: _ClassVar[int]
    FOUND_FIELD_NUMBER: _ClassVar[int]
    FINISHED_FIELD_NUMBER: _ClassVar[int]
    stripes_done: int
    stripes: int
    loans_done: int
    loans: int
    loans_set_aside: int
    differences: int
    found: _containers.RepeatedCompositeFieldContainer[LedgerDifference]
    finished: bool
    def __init__(self, stripes_done: _Optional[int] = ..., stripes: _Optional[int] = ..., loans_done: _Optional[int] = ..., loans: _Optional[int] = ..., loans_set_aside: _Optional[int] = ..., differences: _Optional[int] = ..., found: _Optional[_Iterable[_Union[LedgerDifference, _Mapping]]] = ..., finished: _Optional[bool] = ...) -> None: ...

class LedgerDifference(_message.Message):
    __slots__ = ("resource", "stripe", "account", "component", "figure", "stored", "computed")
    RESOURCE_FIELD_NUMBER: _ClassVar[int]
    STRIPE_FIELD_NUMBER: _ClassVar[int]
    ACCOUNT_FIELD_NUMBER: _ClassVar[int]
    COMPONENT_FIELD_NUMBER: _ClassVar[int]
    FIGURE_FIELD_NUMBER: _ClassVar[int]
    STORED_FIELD_NUMBER: _ClassVar[int]
    COMPUTED_FIELD_NUMBER: _ClassVar[int]
    resource: str
    stripe: int
    account: str
    component: _common_pb2.Component
    figure: str
    stored: str
    computed: str
    def __init__(self, resource: _Optional[str] = ..., stripe: _Optional[int] = ..., account: _Optional[str] = ..., component: _Optional[_Union[_common_pb2.Component, str]] = ..., figure: _Optional[str] = ..., stored: _Optional[str] = ..., computed: _Optional[str] = ...) -> None: ...
