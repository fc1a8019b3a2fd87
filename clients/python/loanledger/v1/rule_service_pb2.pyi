import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import date_pb2 as _date_pb2
from google.type import decimal_pb2 as _decimal_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class FactKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    FACT_KIND_UNSPECIFIED: _ClassVar[FactKind]
    FACT_KIND_NUMBER: _ClassVar[FactKind]
    FACT_KIND_TEXT: _ClassVar[FactKind]
    FACT_KIND_TRUTH: _ClassVar[FactKind]
    FACT_KIND_DATE: _ClassVar[FactKind]
    FACT_KIND_TEXTS: _ClassVar[FactKind]
    FACT_KIND_TABLE: _ClassVar[FactKind]

class FactSubject(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    FACT_SUBJECT_UNSPECIFIED: _ClassVar[FactSubject]
    FACT_SUBJECT_PARTY: _ClassVar[FactSubject]
    FACT_SUBJECT_LOAN: _ClassVar[FactSubject]
    FACT_SUBJECT_BOOK: _ClassVar[FactSubject]

class RuleEffect(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RULE_EFFECT_UNSPECIFIED: _ClassVar[RuleEffect]
    RULE_EFFECT_REFUSE: _ClassVar[RuleEffect]
    RULE_EFFECT_NOTE: _ClassVar[RuleEffect]

class RuleOutcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RULE_OUTCOME_UNSPECIFIED: _ClassVar[RuleOutcome]
    RULE_OUTCOME_HELD: _ClassVar[RuleOutcome]
    RULE_OUTCOME_BROKEN: _ClassVar[RuleOutcome]
    RULE_OUTCOME_NOT_CONCERNED: _ClassVar[RuleOutcome]
FACT_KIND_UNSPECIFIED: FactKind
FACT_KIND_NUMBER: FactKind
FACT_KIND_TEXT: FactKind
FACT_KIND_TRUTH: FactKind
FACT_KIND_DATE: FactKind
FACT_KIND_TEXTS: FactKind
FACT_KIND_TABLE: FactKind
FACT_SUBJECT_UNSPECIFIED: FactSubject
FACT_SUBJECT_PARTY: FactSubject
FACT_SUBJECT_LOAN: FactSubject
FACT_SUBJECT_BOOK: FactSubject
RULE_EFFECT_UNSPECIFIED: RuleEffect
RULE_EFFECT_REFUSE: RuleEffect
RULE_EFFECT_NOTE: RuleEffect
RULE_OUTCOME_UNSPECIFIED: RuleOutcome
RULE_OUTCOME_HELD: RuleOutcome
RULE_OUTCOME_BROKEN: RuleOutcome
RULE_OUTCOME_NOT_CONCERNED: RuleOutcome

class DeclaredFact(_message.Message):
    __slots__ = ("name", "about", "kind", "title", "words", "roles")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ABOUT_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    ROLES_FIELD_NUMBER: _ClassVar[int]
    name: str
    about: FactSubject
    kind: FactKind
    title: str
    words: _containers.RepeatedScalarFieldContainer[str]
    roles: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, name: _Optional[str] = ..., about: _Optional[_Union[FactSubject, str]] = ..., kind: _Optional[_Union[FactKind, str]] = ..., title: _Optional[str] = ..., words: _Optional[_Iterable[str]] = ..., roles: _Optional[_Iterable[str]] = ...) -> None: ...

class RuleTable(_message.Message):
    __slots__ = ("name", "rows")
    class RowsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: _decimal_pb2.Decimal
        def __init__(self, key: _Optional[str] = ..., value: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ...) -> None: ...
    NAME_FIELD_NUMBER: _ClassVar[int]
    ROWS_FIELD_NUMBER: _ClassVar[int]
    name: str
    rows: _containers.MessageMap[str, _decimal_pb2.Decimal]
    def __init__(self, name: _Optional[str] = ..., rows: _Optional[_Mapping[str, _decimal_pb2.Decimal]] = ...) -> None: ...

class RuleCase(_message.Message):
    __slots__ = ("title", "facts", "expected")
    class FactsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    TITLE_FIELD_NUMBER: _ClassVar[int]
    FACTS_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_FIELD_NUMBER: _ClassVar[int]
    title: str
    facts: _containers.ScalarMap[str, str]
    expected: RuleOutcome
    def __init__(self, title: _Optional[str] = ..., facts: _Optional[_Mapping[str, str]] = ..., expected: _Optional[_Union[RuleOutcome, str]] = ...) -> None: ...

class Rule(_message.Message):
    __slots__ = ("code", "methods", "when", "must", "text", "text_zh", "effect", "since", "until", "source", "cases")
    CODE_FIELD_NUMBER: _ClassVar[int]
    METHODS_FIELD_NUMBER: _ClassVar[int]
    WHEN_FIELD_NUMBER: _ClassVar[int]
    MUST_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    TEXT_ZH_FIELD_NUMBER: _ClassVar[int]
    EFFECT_FIELD_NUMBER: _ClassVar[int]
    SINCE_FIELD_NUMBER: _ClassVar[int]
    UNTIL_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    CASES_FIELD_NUMBER: _ClassVar[int]
    code: str
    methods: _containers.RepeatedScalarFieldContainer[str]
    when: str
    must: str
    text: str
    text_zh: str
    effect: RuleEffect
    since: _date_pb2.Date
    until: _date_pb2.Date
    source: str
    cases: _containers.RepeatedCompositeFieldContainer[RuleCase]
    def __init__(self, code: _Optional[str] = ..., methods: _Optional[_Iterable[str]] = ..., when: _Optional[str] = ..., must: _Optional[str] = ..., text: _Optional[str] = ..., text_zh: _Optional[str] = ..., effect: _Optional[_Union[RuleEffect, str]] = ..., since: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., until: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., source: _Optional[str] = ..., cases: _Optional[_Iterable[_Union[RuleCase, _Mapping]]] = ...) -> None: ...

class Rulebook(_message.Message):
    __slots__ = ("name", "version", "title", "effective_from", "facts", "tables", "rules", "create_time")
    NAME_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    EFFECTIVE_FROM_FIELD_NUMBER: _ClassVar[int]
    FACTS_FIELD_NUMBER: _ClassVar[int]
    TABLES_FIELD_NUMBER: _ClassVar[int]
    RULES_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    name: str
    version: int
    title: str
    effective_from: _date_pb2.Date
    facts: _containers.RepeatedCompositeFieldContainer[DeclaredFact]
    tables: _containers.RepeatedCompositeFieldContainer[RuleTable]
    rules: _containers.RepeatedCompositeFieldContainer[Rule]
    create_time: _timestamp_pb2.Timestamp
    def __init__(self, name: _Optional[str] = ..., version: _Optional[int] = ..., title: _Optional[str] = ..., effective_from: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., facts: _Optional[_Iterable[_Union[DeclaredFact, _Mapping]]] = ..., tables: _Optional[_Iterable[_Union[RuleTable, _Mapping]]] = ..., rules: _Optional[_Iterable[_Union[Rule, _Mapping]]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class PublishRulebookRequest(_message.Message):
    __slots__ = ("parent", "rulebook", "request_id", "reason", "validate_only")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    RULEBOOK_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    parent: str
    rulebook: Rulebook
    request_id: str
    reason: str
    validate_only: bool
    def __init__(self, parent: _Optional[str] = ..., rulebook: _Optional[_Union[Rulebook, _Mapping]] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class GetRulebookRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ListRulebooksRequest(_message.Message):
    __slots__ = ("parent", "page_size", "page_token")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    parent: str
    page_size: int
    page_token: str
    def __init__(self, parent: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListRulebooksResponse(_message.Message):
    __slots__ = ("rulebooks", "next_page_token")
    RULEBOOKS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    rulebooks: _containers.RepeatedCompositeFieldContainer[Rulebook]
    next_page_token: str
    def __init__(self, rulebooks: _Optional[_Iterable[_Union[Rulebook, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class TryRulebookRequest(_message.Message):
    __slots__ = ("parent", "rulebook", "start_date", "end_date", "limit")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    RULEBOOK_FIELD_NUMBER: _ClassVar[int]
    START_DATE_FIELD_NUMBER: _ClassVar[int]
    END_DATE_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    parent: str
    rulebook: Rulebook
    start_date: _date_pb2.Date
    end_date: _date_pb2.Date
    limit: int
    def __init__(self, parent: _Optional[str] = ..., rulebook: _Optional[_Union[Rulebook, _Mapping]] = ..., start_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., end_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., limit: _Optional[int] = ...) -> None: ...

class TriedEvent(_message.Message):
    __slots__ = ("event", "method", "posting_date", "broken", "facts", "unknown")
    class FactsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    EVENT_FIELD_NUMBER: _ClassVar[int]
    METHOD_FIELD_NUMBER: _ClassVar[int]
    POSTING_DATE_FIELD_NUMBER: _ClassVar[int]
    BROKEN_FIELD_NUMBER: _ClassVar[int]
    FACTS_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_FIELD_NUMBER: _ClassVar[int]
    event: str
    method: str
    posting_date: _date_pb2.Date
    broken: _containers.RepeatedScalarFieldContainer[str]
    facts: _containers.ScalarMap[str, str]
    unknown: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, event: _Optional[str] = ..., method: _Optional[str] = ..., posting_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., broken: _Optional[_Iterable[str]] = ..., facts: _Optional[_Mapping[str, str]] = ..., unknown: _Optional[_Iterable[str]] = ...) -> None: ...

class TryRulebookResponse(_message.Message):
    __slots__ = ("events", "held", "broken", "unreadable", "found", "done")
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    HELD_FIELD_NUMBER: _ClassVar[int]
    BROKEN_FIELD_NUMBER: _ClassVar[int]
    UNREADABLE_FIELD_NUMBER: _ClassVar[int]
    FOUND_FIELD_NUMBER: _ClassVar[int]
    DONE_FIELD_NUMBER: _ClassVar[int]
    events: int
    held: int
    broken: int
    unreadable: int
    found: _containers.RepeatedCompositeFieldContainer[TriedEvent]
    done: bool
    def __init__(self, events: _Optional[int] = ..., held: _Optional[int] = ..., broken: _Optional[int] = ..., unreadable: _Optional[int] = ..., found: _Optional[_Iterable[_Union[TriedEvent, _Mapping]]] = ..., done: _Optional[bool] = ...) -> None: ...

class ListKnownFactsRequest(_message.Message):
    __slots__ = ("parent",)
    PARENT_FIELD_NUMBER: _ClassVar[int]
    parent: str
    def __init__(self, parent: _Optional[str] = ...) -> None: ...

class KnownFact(_message.Message):
    __slots__ = ("name", "kind", "title")
    NAME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    name: str
    kind: FactKind
    title: str
    def __init__(self, name: _Optional[str] = ..., kind: _Optional[_Union[FactKind, str]] = ..., title: _Optional[str] = ...) -> None: ...

class ListKnownFactsResponse(_message.Message):
    __slots__ = ("facts",)
    FACTS_FIELD_NUMBER: _ClassVar[int]
    facts: _containers.RepeatedCompositeFieldContainer[KnownFact]
    def __init__(self, facts: _Optional[_Iterable[_Union[KnownFact, _Mapping]]] = ...) -> None: ...

class RecordFactsRequest(_message.Message):
    __slots__ = ("name", "facts", "request_id", "reason", "validate_only")
    class FactsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    NAME_FIELD_NUMBER: _ClassVar[int]
    FACTS_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    facts: _containers.ScalarMap[str, str]
    request_id: str
    reason: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., facts: _Optional[_Mapping[str, str]] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class SubjectFacts(_message.Message):
    __slots__ = ("name", "facts")
    class FactsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    NAME_FIELD_NUMBER: _ClassVar[int]
    FACTS_FIELD_NUMBER: _ClassVar[int]
    name: str
    facts: _containers.ScalarMap[str, str]
    def __init__(self, name: _Optional[str] = ..., facts: _Optional[_Mapping[str, str]] = ...) -> None: ...

class GetFactsRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ListFactVersionsRequest(_message.Message):
    __slots__ = ("parent", "fact", "limit")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    FACT_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    parent: str
    fact: str
    limit: int
    def __init__(self, parent: _Optional[str] = ..., fact: _Optional[str] = ..., limit: _Optional[int] = ...) -> None: ...

class FactVersion(_message.Message):
    __slots__ = ("fact", "value", "actor", "reason", "create_time", "event")
    FACT_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    fact: str
    value: str
    actor: str
    reason: str
    create_time: _timestamp_pb2.Timestamp
    event: str
    def __init__(self, fact: _Optional[str] = ..., value: _Optional[str] = ..., actor: _Optional[str] = ..., reason: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., event: _Optional[str] = ...) -> None: ...

class ListFactVersionsResponse(_message.Message):
    __slots__ = ("versions",)
    VERSIONS_FIELD_NUMBER: _ClassVar[int]
    versions: _containers.RepeatedCompositeFieldContainer[FactVersion]
    def __init__(self, versions: _Optional[_Iterable[_Union[FactVersion, _Mapping]]] = ...) -> None: ...

class RecordContactRequest(_message.Message):
    __slots__ = ("loan", "channel", "purpose", "contact_time", "time_zone", "request_id", "reason", "validate_only")
    LOAN_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    PURPOSE_FIELD_NUMBER: _ClassVar[int]
    CONTACT_TIME_FIELD_NUMBER: _ClassVar[int]
    TIME_ZONE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    loan: str
    channel: str
    purpose: str
    contact_time: _timestamp_pb2.Timestamp
    time_zone: str
    request_id: str
    reason: str
    validate_only: bool
    def __init__(self, loan: _Optional[str] = ..., channel: _Optional[str] = ..., purpose: _Optional[str] = ..., contact_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., time_zone: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class Contact(_message.Message):
    __slots__ = ("loan", "channel", "purpose", "contact_time", "local_time", "event", "actor")
    LOAN_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    PURPOSE_FIELD_NUMBER: _ClassVar[int]
    CONTACT_TIME_FIELD_NUMBER: _ClassVar[int]
    LOCAL_TIME_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    loan: str
    channel: str
    purpose: str
    contact_time: _timestamp_pb2.Timestamp
    local_time: str
    event: str
    actor: str
    def __init__(self, loan: _Optional[str] = ..., channel: _Optional[str] = ..., purpose: _Optional[str] = ..., contact_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., local_time: _Optional[str] = ..., event: _Optional[str] = ..., actor: _Optional[str] = ...) -> None: ...

class ListContactsRequest(_message.Message):
    __slots__ = ("parent", "limit")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    parent: str
    limit: int
    def __init__(self, parent: _Optional[str] = ..., limit: _Optional[int] = ...) -> None: ...

class ListContactsResponse(_message.Message):
    __slots__ = ("contacts",)
    CONTACTS_FIELD_NUMBER: _ClassVar[int]
    contacts: _containers.RepeatedCompositeFieldContainer[Contact]
    def __init__(self, contacts: _Optional[_Iterable[_Union[Contact, _Mapping]]] = ...) -> None: ...

class ListRefusalsRequest(_message.Message):
    __slots__ = ("parent", "page_size", "page_token")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    parent: str
    page_size: int
    page_token: str
    def __init__(self, parent: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class Refusal(_message.Message):
    __slots__ = ("name", "method", "subject", "actor", "command_request_id", "rulebook", "broken", "facts", "unknown", "create_time", "event")
    class FactsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    NAME_FIELD_NUMBER: _ClassVar[int]
    METHOD_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    COMMAND_REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    RULEBOOK_FIELD_NUMBER: _ClassVar[int]
    BROKEN_FIELD_NUMBER: _ClassVar[int]
    FACTS_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    name: str
    method: str
    subject: str
    actor: str
    command_request_id: str
    rulebook: str
    broken: _containers.RepeatedScalarFieldContainer[str]
    facts: _containers.ScalarMap[str, str]
    unknown: _containers.RepeatedScalarFieldContainer[str]
    create_time: _timestamp_pb2.Timestamp
    event: str
    def __init__(self, name: _Optional[str] = ..., method: _Optional[str] = ..., subject: _Optional[str] = ..., actor: _Optional[str] = ..., command_request_id: _Optional[str] = ..., rulebook: _Optional[str] = ..., broken: _Optional[_Iterable[str]] = ..., facts: _Optional[_Mapping[str, str]] = ..., unknown: _Optional[_Iterable[str]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., event: _Optional[str] = ...) -> None: ...

class ListRefusalsResponse(_message.Message):
    __slots__ = ("refusals", "next_page_token")
    REFUSALS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    refusals: _containers.RepeatedCompositeFieldContainer[Refusal]
    next_page_token: str
    def __init__(self, refusals: _Optional[_Iterable[_Union[Refusal, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...
