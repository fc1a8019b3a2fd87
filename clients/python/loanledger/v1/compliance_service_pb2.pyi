import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import date_pb2 as _date_pb2
from google.type import money_pb2 as _money_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class MonitoringRule(_message.Message):
    __slots__ = ("scenario", "amounts", "within_days", "count")
    SCENARIO_FIELD_NUMBER: _ClassVar[int]
    AMOUNTS_FIELD_NUMBER: _ClassVar[int]
    WITHIN_DAYS_FIELD_NUMBER: _ClassVar[int]
    COUNT_FIELD_NUMBER: _ClassVar[int]
    scenario: str
    amounts: _containers.RepeatedCompositeFieldContainer[_money_pb2.Money]
    within_days: int
    count: int
    def __init__(self, scenario: _Optional[str] = ..., amounts: _Optional[_Iterable[_Union[_money_pb2.Money, _Mapping]]] = ..., within_days: _Optional[int] = ..., count: _Optional[int] = ...) -> None: ...

class IndicatorThreshold(_message.Message):
    __slots__ = ("indicator", "amber", "red")
    INDICATOR_FIELD_NUMBER: _ClassVar[int]
    AMBER_FIELD_NUMBER: _ClassVar[int]
    RED_FIELD_NUMBER: _ClassVar[int]
    indicator: str
    amber: int
    red: int
    def __init__(self, indicator: _Optional[str] = ..., amber: _Optional[int] = ..., red: _Optional[int] = ...) -> None: ...

class MonitoringPolicy(_message.Message):
    __slots__ = ("name", "version", "title", "effective_from", "rules", "thresholds", "create_time")
    NAME_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    EFFECTIVE_FROM_FIELD_NUMBER: _ClassVar[int]
    RULES_FIELD_NUMBER: _ClassVar[int]
    THRESHOLDS_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    name: str
    version: int
    title: str
    effective_from: _date_pb2.Date
    rules: _containers.RepeatedCompositeFieldContainer[MonitoringRule]
    thresholds: _containers.RepeatedCompositeFieldContainer[IndicatorThreshold]
    create_time: _timestamp_pb2.Timestamp
    def __init__(self, name: _Optional[str] = ..., version: _Optional[int] = ..., title: _Optional[str] = ..., effective_from: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., rules: _Optional[_Iterable[_Union[MonitoringRule, _Mapping]]] = ..., thresholds: _Optional[_Iterable[_Union[IndicatorThreshold, _Mapping]]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class PublishMonitoringPolicyRequest(_message.Message):
    __slots__ = ("parent", "policy", "request_id", "reason", "validate_only")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    POLICY_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    parent: str
    policy: MonitoringPolicy
    request_id: str
    reason: str
    validate_only: bool
    def __init__(self, parent: _Optional[str] = ..., policy: _Optional[_Union[MonitoringPolicy, _Mapping]] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class GetMonitoringPolicyRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ListMonitoringPoliciesRequest(_message.Message):
    __slots__ = ("parent", "page_size", "page_token")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    parent: str
    page_size: int
    page_token: str
    def __init__(self, parent: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListMonitoringPoliciesResponse(_message.Message):
    __slots__ = ("policies", "next_page_token")
    POLICIES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    policies: _containers.RepeatedCompositeFieldContainer[MonitoringPolicy]
    next_page_token: str
    def __init__(self, policies: _Optional[_Iterable[_Union[MonitoringPolicy, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class Workpaper(_message.Message):
    __slots__ = ("title", "sha256")
    TITLE_FIELD_NUMBER: _ClassVar[int]
    SHA256_FIELD_NUMBER: _ClassVar[int]
    title: str
    sha256: str
    def __init__(self, title: _Optional[str] = ..., sha256: _Optional[str] = ...) -> None: ...

class NamedAmount(_message.Message):
    __slots__ = ("name", "amount")
    NAME_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    name: str
    amount: _money_pb2.Money
    def __init__(self, name: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class RegisterStep(_message.Message):
    __slots__ = ("step", "state", "owner", "note", "workpapers", "actor", "create_time", "reason", "event")
    STEP_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    OWNER_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    WORKPAPERS_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    step: int
    state: str
    owner: str
    note: str
    workpapers: _containers.RepeatedCompositeFieldContainer[Workpaper]
    actor: str
    create_time: _timestamp_pb2.Timestamp
    reason: str
    event: str
    def __init__(self, step: _Optional[int] = ..., state: _Optional[str] = ..., owner: _Optional[str] = ..., note: _Optional[str] = ..., workpapers: _Optional[_Iterable[_Union[Workpaper, _Mapping]]] = ..., actor: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., reason: _Optional[str] = ..., event: _Optional[str] = ...) -> None: ...

class RegisterItem(_message.Message):
    __slots__ = ("name", "kind", "state", "title", "owner", "due_date", "party", "facts", "links", "causes", "amounts", "step", "actor", "update_time", "reason", "event", "log")
    class FactsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    NAME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    OWNER_FIELD_NUMBER: _ClassVar[int]
    DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    PARTY_FIELD_NUMBER: _ClassVar[int]
    FACTS_FIELD_NUMBER: _ClassVar[int]
    LINKS_FIELD_NUMBER: _ClassVar[int]
    CAUSES_FIELD_NUMBER: _ClassVar[int]
    AMOUNTS_FIELD_NUMBER: _ClassVar[int]
    STEP_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    UPDATE_TIME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    LOG_FIELD_NUMBER: _ClassVar[int]
    name: str
    kind: str
    state: str
    title: str
    owner: str
    due_date: _date_pb2.Date
    party: str
    facts: _containers.ScalarMap[str, str]
    links: _containers.RepeatedScalarFieldContainer[str]
    causes: _containers.RepeatedScalarFieldContainer[str]
    amounts: _containers.RepeatedCompositeFieldContainer[NamedAmount]
    step: int
    actor: str
    update_time: _timestamp_pb2.Timestamp
    reason: str
    event: str
    log: _containers.RepeatedCompositeFieldContainer[RegisterStep]
    def __init__(self, name: _Optional[str] = ..., kind: _Optional[str] = ..., state: _Optional[str] = ..., title: _Optional[str] = ..., owner: _Optional[str] = ..., due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., party: _Optional[str] = ..., facts: _Optional[_Mapping[str, str]] = ..., links: _Optional[_Iterable[str]] = ..., causes: _Optional[_Iterable[str]] = ..., amounts: _Optional[_Iterable[_Union[NamedAmount, _Mapping]]] = ..., step: _Optional[int] = ..., actor: _Optional[str] = ..., update_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., reason: _Optional[str] = ..., event: _Optional[str] = ..., log: _Optional[_Iterable[_Union[RegisterStep, _Mapping]]] = ...) -> None: ...

class ListAlertsRequest(_message.Message):
    __slots__ = ("parent", "state", "party", "page_size", "page_token")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    PARTY_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    parent: str
    state: str
    party: str
    page_size: int
    page_token: str
    def __init__(self, parent: _Optional[str] = ..., state: _Optional[str] = ..., party: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListAlertsResponse(_message.Message):
    __slots__ = ("alerts", "next_page_token")
    ALERTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    alerts: _containers.RepeatedCompositeFieldContainer[RegisterItem]
    next_page_token: str
    def __init__(self, alerts: _Optional[_Iterable[_Union[RegisterItem, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class GetAlertRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class DismissAlertRequest(_message.Message):
    __slots__ = ("name", "note", "request_id", "reason", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    note: str
    request_id: str
    reason: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., note: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class OpenCaseRequest(_message.Message):
    __slots__ = ("parent", "title", "owner", "due_date", "party", "alerts", "note", "request_id", "reason", "validate_only")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    OWNER_FIELD_NUMBER: _ClassVar[int]
    DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    PARTY_FIELD_NUMBER: _ClassVar[int]
    ALERTS_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    parent: str
    title: str
    owner: str
    due_date: _date_pb2.Date
    party: str
    alerts: _containers.RepeatedScalarFieldContainer[str]
    note: str
    request_id: str
    reason: str
    validate_only: bool
    def __init__(self, parent: _Optional[str] = ..., title: _Optional[str] = ..., owner: _Optional[str] = ..., due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., party: _Optional[str] = ..., alerts: _Optional[_Iterable[str]] = ..., note: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class UpdateCaseRequest(_message.Message):
    __slots__ = ("name", "state", "owner", "due_date", "alerts", "facts", "note", "workpapers", "request_id", "reason", "validate_only")
    class FactsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    NAME_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    OWNER_FIELD_NUMBER: _ClassVar[int]
    DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    ALERTS_FIELD_NUMBER: _ClassVar[int]
    FACTS_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    WORKPAPERS_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    state: str
    owner: str
    due_date: _date_pb2.Date
    alerts: _containers.RepeatedScalarFieldContainer[str]
    facts: _containers.ScalarMap[str, str]
    note: str
    workpapers: _containers.RepeatedCompositeFieldContainer[Workpaper]
    request_id: str
    reason: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., state: _Optional[str] = ..., owner: _Optional[str] = ..., due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., alerts: _Optional[_Iterable[str]] = ..., facts: _Optional[_Mapping[str, str]] = ..., note: _Optional[str] = ..., workpapers: _Optional[_Iterable[_Union[Workpaper, _Mapping]]] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class CloseCaseRequest(_message.Message):
    __slots__ = ("name", "outcome", "facts", "request_id", "reason", "validate_only")
    class FactsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    NAME_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    FACTS_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    outcome: str
    facts: _containers.ScalarMap[str, str]
    request_id: str
    reason: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., outcome: _Optional[str] = ..., facts: _Optional[_Mapping[str, str]] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class GetCaseRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ListCasesRequest(_message.Message):
    __slots__ = ("parent", "state", "owner", "overdue", "page_size", "page_token")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    OWNER_FIELD_NUMBER: _ClassVar[int]
    OVERDUE_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    parent: str
    state: str
    owner: str
    overdue: bool
    page_size: int
    page_token: str
    def __init__(self, parent: _Optional[str] = ..., state: _Optional[str] = ..., owner: _Optional[str] = ..., overdue: _Optional[bool] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListCasesResponse(_message.Message):
    __slots__ = ("cases", "next_page_token")
    CASES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    cases: _containers.RepeatedCompositeFieldContainer[RegisterItem]
    next_page_token: str
    def __init__(self, cases: _Optional[_Iterable[_Union[RegisterItem, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class GetSuspicionReportRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class SuspiciousTransaction(_message.Message):
    __slots__ = ("event", "kind", "loan", "value_date", "posting_date", "amount", "actor", "reference", "payer", "leaf_hash", "scenarios")
    EVENT_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    LOAN_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    POSTING_DATE_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    PAYER_FIELD_NUMBER: _ClassVar[int]
    LEAF_HASH_FIELD_NUMBER: _ClassVar[int]
    SCENARIOS_FIELD_NUMBER: _ClassVar[int]
    event: str
    kind: str
    loan: str
    value_date: _date_pb2.Date
    posting_date: _date_pb2.Date
    amount: _money_pb2.Money
    actor: str
    reference: str
    payer: str
    leaf_hash: str
    scenarios: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, event: _Optional[str] = ..., kind: _Optional[str] = ..., loan: _Optional[str] = ..., value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., posting_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., actor: _Optional[str] = ..., reference: _Optional[str] = ..., payer: _Optional[str] = ..., leaf_hash: _Optional[str] = ..., scenarios: _Optional[_Iterable[str]] = ...) -> None: ...

class SuspicionReport(_message.Message):
    __slots__ = ("case", "borrower_name", "alerts", "transactions", "text")
    CASE_FIELD_NUMBER: _ClassVar[int]
    BORROWER_NAME_FIELD_NUMBER: _ClassVar[int]
    ALERTS_FIELD_NUMBER: _ClassVar[int]
    TRANSACTIONS_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    case: RegisterItem
    borrower_name: str
    alerts: _containers.RepeatedCompositeFieldContainer[RegisterItem]
    transactions: _containers.RepeatedCompositeFieldContainer[SuspiciousTransaction]
    text: str
    def __init__(self, case: _Optional[_Union[RegisterItem, _Mapping]] = ..., borrower_name: _Optional[str] = ..., alerts: _Optional[_Iterable[_Union[RegisterItem, _Mapping]]] = ..., transactions: _Optional[_Iterable[_Union[SuspiciousTransaction, _Mapping]]] = ..., text: _Optional[str] = ...) -> None: ...

class OpenRegisterItemRequest(_message.Message):
    __slots__ = ("parent", "item", "note", "workpapers", "request_id", "reason", "validate_only")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    ITEM_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    WORKPAPERS_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    parent: str
    item: RegisterItem
    note: str
    workpapers: _containers.RepeatedCompositeFieldContainer[Workpaper]
    request_id: str
    reason: str
    validate_only: bool
    def __init__(self, parent: _Optional[str] = ..., item: _Optional[_Union[RegisterItem, _Mapping]] = ..., note: _Optional[str] = ..., workpapers: _Optional[_Iterable[_Union[Workpaper, _Mapping]]] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class UpdateRegisterItemRequest(_message.Message):
    __slots__ = ("name", "state", "title", "owner", "due_date", "facts", "links", "note", "workpapers", "request_id", "reason", "validate_only")
    class FactsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    NAME_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    OWNER_FIELD_NUMBER: _ClassVar[int]
    DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    FACTS_FIELD_NUMBER: _ClassVar[int]
    LINKS_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    WORKPAPERS_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    state: str
    title: str
    owner: str
    due_date: _date_pb2.Date
    facts: _containers.ScalarMap[str, str]
    links: _containers.RepeatedScalarFieldContainer[str]
    note: str
    workpapers: _containers.RepeatedCompositeFieldContainer[Workpaper]
    request_id: str
    reason: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., state: _Optional[str] = ..., title: _Optional[str] = ..., owner: _Optional[str] = ..., due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., facts: _Optional[_Mapping[str, str]] = ..., links: _Optional[_Iterable[str]] = ..., note: _Optional[str] = ..., workpapers: _Optional[_Iterable[_Union[Workpaper, _Mapping]]] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class GetRegisterItemRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ListRegisterItemsRequest(_message.Message):
    __slots__ = ("parent", "kind", "state", "owner", "overdue", "page_size", "page_token")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    OWNER_FIELD_NUMBER: _ClassVar[int]
    OVERDUE_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    parent: str
    kind: str
    state: str
    owner: str
    overdue: bool
    page_size: int
    page_token: str
    def __init__(self, parent: _Optional[str] = ..., kind: _Optional[str] = ..., state: _Optional[str] = ..., owner: _Optional[str] = ..., overdue: _Optional[bool] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListRegisterItemsResponse(_message.Message):
    __slots__ = ("items", "next_page_token")
    ITEMS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    items: _containers.RepeatedCompositeFieldContainer[RegisterItem]
    next_page_token: str
    def __init__(self, items: _Optional[_Iterable[_Union[RegisterItem, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class DrawAuditSampleRequest(_message.Message):
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

class BookRiskAmountRequest(_message.Message):
    __slots__ = ("name", "kind", "amount", "funds_account", "request_id", "reason", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    FUNDS_ACCOUNT_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    kind: str
    amount: _money_pb2.Money
    funds_account: str
    request_id: str
    reason: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., kind: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., funds_account: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class GetRiskIndicatorsRequest(_message.Message):
    __slots__ = ("parent", "first_month", "last_month")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    FIRST_MONTH_FIELD_NUMBER: _ClassVar[int]
    LAST_MONTH_FIELD_NUMBER: _ClassVar[int]
    parent: str
    first_month: _date_pb2.Date
    last_month: _date_pb2.Date
    def __init__(self, parent: _Optional[str] = ..., first_month: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., last_month: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...

class RiskIndicator(_message.Message):
    __slots__ = ("indicator", "value", "level")
    INDICATOR_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    indicator: str
    value: int
    level: str
    def __init__(self, indicator: _Optional[str] = ..., value: _Optional[int] = ..., level: _Optional[str] = ...) -> None: ...

class MonthOfIndicators(_message.Message):
    __slots__ = ("month", "indicators")
    MONTH_FIELD_NUMBER: _ClassVar[int]
    INDICATORS_FIELD_NUMBER: _ClassVar[int]
    month: _date_pb2.Date
    indicators: _containers.RepeatedCompositeFieldContainer[RiskIndicator]
    def __init__(self, month: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., indicators: _Optional[_Iterable[_Union[RiskIndicator, _Mapping]]] = ...) -> None: ...

class RiskIndicators(_message.Message):
    __slots__ = ("months", "policy_version")
    MONTHS_FIELD_NUMBER: _ClassVar[int]
    POLICY_VERSION_FIELD_NUMBER: _ClassVar[int]
    months: _containers.RepeatedCompositeFieldContainer[MonthOfIndicators]
    policy_version: int
    def __init__(self, months: _Optional[_Iterable[_Union[MonthOfIndicators, _Mapping]]] = ..., policy_version: _Optional[int] = ...) -> None: ...

class RunSelfTestRequest(_message.Message):
    __slots__ = ("parent", "max_seconds", "request_id", "reason")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    MAX_SECONDS_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    parent: str
    max_seconds: int
    request_id: str
    reason: str
    def __init__(self, parent: _Optional[str] = ..., max_seconds: _Optional[int] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class ListControlEvidenceRequest(_message.Message):
    __slots__ = ("parent", "category", "start_time", "end_time", "page_size", "page_token")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    parent: str
    category: str
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    page_size: int
    page_token: str
    def __init__(self, parent: _Optional[str] = ..., category: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ControlEvidence(_message.Message):
    __slots__ = ("category", "create_time", "kind", "subject", "actor", "approvals", "reason", "event")
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    APPROVALS_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    category: str
    create_time: _timestamp_pb2.Timestamp
    kind: str
    subject: str
    actor: str
    approvals: _containers.RepeatedScalarFieldContainer[str]
    reason: str
    event: str
    def __init__(self, category: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., kind: _Optional[str] = ..., subject: _Optional[str] = ..., actor: _Optional[str] = ..., approvals: _Optional[_Iterable[str]] = ..., reason: _Optional[str] = ..., event: _Optional[str] = ...) -> None: ...

class ListControlEvidenceResponse(_message.Message):
    __slots__ = ("evidence", "next_page_token")
    EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    evidence: _containers.RepeatedCompositeFieldContainer[ControlEvidence]
    next_page_token: str
    def __init__(self, evidence: _Optional[_Iterable[_Union[ControlEvidence, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...
