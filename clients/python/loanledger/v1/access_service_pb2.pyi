import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class RoleAssignment(_message.Message):
    __slots__ = ("name", "principal", "role", "valid_from", "valid_until", "delegated_by", "ended", "actor", "update_time", "reason", "event", "branches")
    NAME_FIELD_NUMBER: _ClassVar[int]
    PRINCIPAL_FIELD_NUMBER: _ClassVar[int]
    ROLE_FIELD_NUMBER: _ClassVar[int]
    VALID_FROM_FIELD_NUMBER: _ClassVar[int]
    VALID_UNTIL_FIELD_NUMBER: _ClassVar[int]
    DELEGATED_BY_FIELD_NUMBER: _ClassVar[int]
    ENDED_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    UPDATE_TIME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    BRANCHES_FIELD_NUMBER: _ClassVar[int]
    name: str
    principal: str
    role: str
    valid_from: _timestamp_pb2.Timestamp
    valid_until: _timestamp_pb2.Timestamp
    delegated_by: str
    ended: bool
    actor: str
    update_time: _timestamp_pb2.Timestamp
    reason: str
    event: str
    branches: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, name: _Optional[str] = ..., principal: _Optional[str] = ..., role: _Optional[str] = ..., valid_from: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., valid_until: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., delegated_by: _Optional[str] = ..., ended: _Optional[bool] = ..., actor: _Optional[str] = ..., update_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., reason: _Optional[str] = ..., event: _Optional[str] = ..., branches: _Optional[_Iterable[str]] = ...) -> None: ...

class AssignRoleRequest(_message.Message):
    __slots__ = ("parent", "assignment", "request_id", "reason", "validate_only")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    ASSIGNMENT_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    parent: str
    assignment: RoleAssignment
    request_id: str
    reason: str
    validate_only: bool
    def __init__(self, parent: _Optional[str] = ..., assignment: _Optional[_Union[RoleAssignment, _Mapping]] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class EndRoleAssignmentRequest(_message.Message):
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

class DelegateRoleRequest(_message.Message):
    __slots__ = ("parent", "principal", "role", "valid_until", "request_id", "reason", "validate_only")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PRINCIPAL_FIELD_NUMBER: _ClassVar[int]
    ROLE_FIELD_NUMBER: _ClassVar[int]
    VALID_UNTIL_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    parent: str
    principal: str
    role: str
    valid_until: _timestamp_pb2.Timestamp
    request_id: str
    reason: str
    validate_only: bool
    def __init__(self, parent: _Optional[str] = ..., principal: _Optional[str] = ..., role: _Optional[str] = ..., valid_until: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class ListRoleAssignmentsRequest(_message.Message):
    __slots__ = ("parent", "principal", "role", "show_ended", "page_size", "page_token")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PRINCIPAL_FIELD_NUMBER: _ClassVar[int]
    ROLE_FIELD_NUMBER: _ClassVar[int]
    SHOW_ENDED_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    parent: str
    principal: str
    role: str
    show_ended: bool
    page_size: int
    page_token: str
    def __init__(self, parent: _Optional[str] = ..., principal: _Optional[str] = ..., role: _Optional[str] = ..., show_ended: _Optional[bool] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListRoleAssignmentsResponse(_message.Message):
    __slots__ = ("role_assignments", "next_page_token")
    ROLE_ASSIGNMENTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    role_assignments: _containers.RepeatedCompositeFieldContainer[RoleAssignment]
    next_page_token: str
    def __init__(self, role_assignments: _Optional[_Iterable[_Union[RoleAssignment, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class GetAccessRequest(_message.Message):
    __slots__ = ("parent", "principal")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PRINCIPAL_FIELD_NUMBER: _ClassVar[int]
    parent: str
    principal: str
    def __init__(self, parent: _Optional[str] = ..., principal: _Optional[str] = ...) -> None: ...

class Access(_message.Message):
    __slots__ = ("principal", "roles", "methods", "bounded")
    PRINCIPAL_FIELD_NUMBER: _ClassVar[int]
    ROLES_FIELD_NUMBER: _ClassVar[int]
    METHODS_FIELD_NUMBER: _ClassVar[int]
    BOUNDED_FIELD_NUMBER: _ClassVar[int]
    principal: str
    roles: _containers.RepeatedScalarFieldContainer[str]
    methods: _containers.RepeatedScalarFieldContainer[str]
    bounded: _containers.RepeatedCompositeFieldContainer[BoundedRole]
    def __init__(self, principal: _Optional[str] = ..., roles: _Optional[_Iterable[str]] = ..., methods: _Optional[_Iterable[str]] = ..., bounded: _Optional[_Iterable[_Union[BoundedRole, _Mapping]]] = ...) -> None: ...

class BoundedRole(_message.Message):
    __slots__ = ("role", "branches")
    ROLE_FIELD_NUMBER: _ClassVar[int]
    BRANCHES_FIELD_NUMBER: _ClassVar[int]
    role: str
    branches: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, role: _Optional[str] = ..., branches: _Optional[_Iterable[str]] = ...) -> None: ...

class ListRoleConflictsRequest(_message.Message):
    __slots__ = ("parent",)
    PARENT_FIELD_NUMBER: _ClassVar[int]
    parent: str
    def __init__(self, parent: _Optional[str] = ...) -> None: ...

class HeldConflict(_message.Message):
    __slots__ = ("principal", "first", "second", "reason")
    PRINCIPAL_FIELD_NUMBER: _ClassVar[int]
    FIRST_FIELD_NUMBER: _ClassVar[int]
    SECOND_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    principal: str
    first: str
    second: str
    reason: str
    def __init__(self, principal: _Optional[str] = ..., first: _Optional[str] = ..., second: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class ListRoleConflictsResponse(_message.Message):
    __slots__ = ("conflicts",)
    CONFLICTS_FIELD_NUMBER: _ClassVar[int]
    conflicts: _containers.RepeatedCompositeFieldContainer[HeldConflict]
    def __init__(self, conflicts: _Optional[_Iterable[_Union[HeldConflict, _Mapping]]] = ...) -> None: ...

class RevokeTokensRequest(_message.Message):
    __slots__ = ("parent", "principal", "token_id", "request_id", "reason", "validate_only")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PRINCIPAL_FIELD_NUMBER: _ClassVar[int]
    TOKEN_ID_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    parent: str
    principal: str
    token_id: str
    request_id: str
    reason: str
    validate_only: bool
    def __init__(self, parent: _Optional[str] = ..., principal: _Optional[str] = ..., token_id: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class TokenRevocation(_message.Message):
    __slots__ = ("principal", "token_id", "revoke_time", "actor", "reason", "event")
    PRINCIPAL_FIELD_NUMBER: _ClassVar[int]
    TOKEN_ID_FIELD_NUMBER: _ClassVar[int]
    REVOKE_TIME_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    principal: str
    token_id: str
    revoke_time: _timestamp_pb2.Timestamp
    actor: str
    reason: str
    event: str
    def __init__(self, principal: _Optional[str] = ..., token_id: _Optional[str] = ..., revoke_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., actor: _Optional[str] = ..., reason: _Optional[str] = ..., event: _Optional[str] = ...) -> None: ...
