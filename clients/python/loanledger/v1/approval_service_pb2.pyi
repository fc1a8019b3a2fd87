import datetime

from google.protobuf import any_pb2 as _any_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import date_pb2 as _date_pb2
from google.type import money_pb2 as _money_pb2
from loanledger.v1 import ledger_service_pb2 as _ledger_service_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class PendingState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PENDING_STATE_UNSPECIFIED: _ClassVar[PendingState]
    PENDING_STATE_WAITING: _ClassVar[PendingState]
    PENDING_STATE_EXECUTED: _ClassVar[PendingState]
    PENDING_STATE_REJECTED: _ClassVar[PendingState]
    PENDING_STATE_WITHDRAWN: _ClassVar[PendingState]
    PENDING_STATE_EXPIRED: _ClassVar[PendingState]
PENDING_STATE_UNSPECIFIED: PendingState
PENDING_STATE_WAITING: PendingState
PENDING_STATE_EXECUTED: PendingState
PENDING_STATE_REJECTED: PendingState
PENDING_STATE_WITHDRAWN: PendingState
PENDING_STATE_EXPIRED: PendingState

class ApprovalRule(_message.Message):
    __slots__ = ("method", "above", "approvals", "roles", "valid_days")
    METHOD_FIELD_NUMBER: _ClassVar[int]
    ABOVE_FIELD_NUMBER: _ClassVar[int]
    APPROVALS_FIELD_NUMBER: _ClassVar[int]
    ROLES_FIELD_NUMBER: _ClassVar[int]
    VALID_DAYS_FIELD_NUMBER: _ClassVar[int]
    method: str
    above: _containers.RepeatedCompositeFieldContainer[_money_pb2.Money]
    approvals: int
    roles: _containers.RepeatedScalarFieldContainer[str]
    valid_days: int
    def __init__(self, method: _Optional[str] = ..., above: _Optional[_Iterable[_Union[_money_pb2.Money, _Mapping]]] = ..., approvals: _Optional[int] = ..., roles: _Optional[_Iterable[str]] = ..., valid_days: _Optional[int] = ...) -> None: ...

class AuthorityLimit(_message.Message):
    __slots__ = ("role", "method", "most", "products", "branches")
    ROLE_FIELD_NUMBER: _ClassVar[int]
    METHOD_FIELD_NUMBER: _ClassVar[int]
    MOST_FIELD_NUMBER: _ClassVar[int]
    PRODUCTS_FIELD_NUMBER: _ClassVar[int]
    BRANCHES_FIELD_NUMBER: _ClassVar[int]
    role: str
    method: str
    most: _containers.RepeatedCompositeFieldContainer[_money_pb2.Money]
    products: _containers.RepeatedScalarFieldContainer[str]
    branches: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, role: _Optional[str] = ..., method: _Optional[str] = ..., most: _Optional[_Iterable[_Union[_money_pb2.Money, _Mapping]]] = ..., products: _Optional[_Iterable[str]] = ..., branches: _Optional[_Iterable[str]] = ...) -> None: ...

class RoleConflict(_message.Message):
    __slots__ = ("first", "second", "reason")
    FIRST_FIELD_NUMBER: _ClassVar[int]
    SECOND_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    first: str
    second: str
    reason: str
    def __init__(self, first: _Optional[str] = ..., second: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class ApprovalPolicy(_message.Message):
    __slots__ = ("name", "version", "title", "effective_from", "rules", "create_time", "limits", "conflicts")
    NAME_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    EFFECTIVE_FROM_FIELD_NUMBER: _ClassVar[int]
    RULES_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    LIMITS_FIELD_NUMBER: _ClassVar[int]
    CONFLICTS_FIELD_NUMBER: _ClassVar[int]
    name: str
    version: int
    title: str
    effective_from: _date_pb2.Date
    rules: _containers.RepeatedCompositeFieldContainer[ApprovalRule]
    create_time: _timestamp_pb2.Timestamp
    limits: _containers.RepeatedCompositeFieldContainer[AuthorityLimit]
    conflicts: _containers.RepeatedCompositeFieldContainer[RoleConflict]
    def __init__(self, name: _Optional[str] = ..., version: _Optional[int] = ..., title: _Optional[str] = ..., effective_from: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., rules: _Optional[_Iterable[_Union[ApprovalRule, _Mapping]]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., limits: _Optional[_Iterable[_Union[AuthorityLimit, _Mapping]]] = ..., conflicts: _Optional[_Iterable[_Union[RoleConflict, _Mapping]]] = ...) -> None: ...

class PublishApprovalPolicyRequest(_message.Message):
    __slots__ = ("parent", "policy", "request_id", "reason", "validate_only")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    POLICY_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    parent: str
    policy: ApprovalPolicy
    request_id: str
    reason: str
    validate_only: bool
    def __init__(self, parent: _Optional[str] = ..., policy: _Optional[_Union[ApprovalPolicy, _Mapping]] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class GetApprovalPolicyRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ListApprovalPoliciesRequest(_message.Message):
    __slots__ = ("parent", "page_size", "page_token")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    parent: str
    page_size: int
    page_token: str
    def __init__(self, parent: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListApprovalPoliciesResponse(_message.Message):
    __slots__ = ("policies", "next_page_token")
    POLICIES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    policies: _containers.RepeatedCompositeFieldContainer[ApprovalPolicy]
    next_page_token: str
    def __init__(self, policies: _Optional[_Iterable[_Union[ApprovalPolicy, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class GivenApproval(_message.Message):
    __slots__ = ("actor", "reason")
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    actor: str
    reason: str
    def __init__(self, actor: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class FieldChange(_message.Message):
    __slots__ = ("field", "before", "after")
    FIELD_FIELD_NUMBER: _ClassVar[int]
    BEFORE_FIELD_NUMBER: _ClassVar[int]
    AFTER_FIELD_NUMBER: _ClassVar[int]
    field: str
    before: str
    after: str
    def __init__(self, field: _Optional[str] = ..., before: _Optional[str] = ..., after: _Optional[str] = ...) -> None: ...

class Preview(_message.Message):
    __slots__ = ("refusal", "answer", "entries", "changes")
    REFUSAL_FIELD_NUMBER: _ClassVar[int]
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    CHANGES_FIELD_NUMBER: _ClassVar[int]
    refusal: str
    answer: _any_pb2.Any
    entries: _containers.RepeatedCompositeFieldContainer[_ledger_service_pb2.Entry]
    changes: _containers.RepeatedCompositeFieldContainer[FieldChange]
    def __init__(self, refusal: _Optional[str] = ..., answer: _Optional[_Union[_any_pb2.Any, _Mapping]] = ..., entries: _Optional[_Iterable[_Union[_ledger_service_pb2.Entry, _Mapping]]] = ..., changes: _Optional[_Iterable[_Union[FieldChange, _Mapping]]] = ...) -> None: ...

class PendingCommand(_message.Message):
    __slots__ = ("name", "method", "request", "command_request_id", "actor", "state", "amounts", "policy_version", "approvals_needed", "approvals", "approver_roles", "valid_until", "create_time", "event", "last_actor", "last_reason", "preview")
    NAME_FIELD_NUMBER: _ClassVar[int]
    METHOD_FIELD_NUMBER: _ClassVar[int]
    REQUEST_FIELD_NUMBER: _ClassVar[int]
    COMMAND_REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    AMOUNTS_FIELD_NUMBER: _ClassVar[int]
    POLICY_VERSION_FIELD_NUMBER: _ClassVar[int]
    APPROVALS_NEEDED_FIELD_NUMBER: _ClassVar[int]
    APPROVALS_FIELD_NUMBER: _ClassVar[int]
    APPROVER_ROLES_FIELD_NUMBER: _ClassVar[int]
    VALID_UNTIL_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    LAST_ACTOR_FIELD_NUMBER: _ClassVar[int]
    LAST_REASON_FIELD_NUMBER: _ClassVar[int]
    PREVIEW_FIELD_NUMBER: _ClassVar[int]
    name: str
    method: str
    request: _any_pb2.Any
    command_request_id: str
    actor: str
    state: PendingState
    amounts: _containers.RepeatedCompositeFieldContainer[_money_pb2.Money]
    policy_version: int
    approvals_needed: int
    approvals: _containers.RepeatedCompositeFieldContainer[GivenApproval]
    approver_roles: _containers.RepeatedScalarFieldContainer[str]
    valid_until: _date_pb2.Date
    create_time: _timestamp_pb2.Timestamp
    event: str
    last_actor: str
    last_reason: str
    preview: Preview
    def __init__(self, name: _Optional[str] = ..., method: _Optional[str] = ..., request: _Optional[_Union[_any_pb2.Any, _Mapping]] = ..., command_request_id: _Optional[str] = ..., actor: _Optional[str] = ..., state: _Optional[_Union[PendingState, str]] = ..., amounts: _Optional[_Iterable[_Union[_money_pb2.Money, _Mapping]]] = ..., policy_version: _Optional[int] = ..., approvals_needed: _Optional[int] = ..., approvals: _Optional[_Iterable[_Union[GivenApproval, _Mapping]]] = ..., approver_roles: _Optional[_Iterable[str]] = ..., valid_until: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., event: _Optional[str] = ..., last_actor: _Optional[str] = ..., last_reason: _Optional[str] = ..., preview: _Optional[_Union[Preview, _Mapping]] = ...) -> None: ...

class GetPendingCommandRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ListPendingCommandsRequest(_message.Message):
    __slots__ = ("parent", "state", "page_size", "page_token")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    parent: str
    state: PendingState
    page_size: int
    page_token: str
    def __init__(self, parent: _Optional[str] = ..., state: _Optional[_Union[PendingState, str]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListPendingCommandsResponse(_message.Message):
    __slots__ = ("pending_commands", "next_page_token")
    PENDING_COMMANDS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    pending_commands: _containers.RepeatedCompositeFieldContainer[PendingCommand]
    next_page_token: str
    def __init__(self, pending_commands: _Optional[_Iterable[_Union[PendingCommand, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ApprovePendingCommandRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class RejectPendingCommandRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class WithdrawPendingCommandRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...
