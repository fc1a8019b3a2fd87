import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import date_pb2 as _date_pb2
from google.type import decimal_pb2 as _decimal_pb2
from google.type import money_pb2 as _money_pb2
from loanledger.v1 import common_pb2 as _common_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class LoanStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LOAN_STATUS_UNSPECIFIED: _ClassVar[LoanStatus]
    LOAN_STATUS_APPLIED: _ClassVar[LoanStatus]
    LOAN_STATUS_APPROVED: _ClassVar[LoanStatus]
    LOAN_STATUS_ACTIVE: _ClassVar[LoanStatus]
    LOAN_STATUS_REPAID: _ClassVar[LoanStatus]
    LOAN_STATUS_WRITTEN_OFF: _ClassVar[LoanStatus]
    LOAN_STATUS_CLOSED: _ClassVar[LoanStatus]
LOAN_STATUS_UNSPECIFIED: LoanStatus
LOAN_STATUS_APPLIED: LoanStatus
LOAN_STATUS_APPROVED: LoanStatus
LOAN_STATUS_ACTIVE: LoanStatus
LOAN_STATUS_REPAID: LoanStatus
LOAN_STATUS_WRITTEN_OFF: LoanStatus
LOAN_STATUS_CLOSED: LoanStatus

class Loan(_message.Message):
    __slots__ = ("name", "party", "product", "status", "amount", "annual_rate", "instalments", "disbursed", "balance", "start", "maturity", "days_past_due", "overdue", "next_due", "reference", "business_date", "create_time")
    NAME_FIELD_NUMBER: _ClassVar[int]
    PARTY_FIELD_NUMBER: _ClassVar[int]
    PRODUCT_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    ANNUAL_RATE_FIELD_NUMBER: _ClassVar[int]
    INSTALMENTS_FIELD_NUMBER: _ClassVar[int]
    DISBURSED_FIELD_NUMBER: _ClassVar[int]
    BALANCE_FIELD_NUMBER: _ClassVar[int]
    START_FIELD_NUMBER: _ClassVar[int]
    MATURITY_FIELD_NUMBER: _ClassVar[int]
    DAYS_PAST_DUE_FIELD_NUMBER: _ClassVar[int]
    OVERDUE_FIELD_NUMBER: _ClassVar[int]
    NEXT_DUE_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    BUSINESS_DATE_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    name: str
    party: str
    product: str
    status: LoanStatus
    amount: _money_pb2.Money
    annual_rate: _decimal_pb2.Decimal
    instalments: int
    disbursed: _money_pb2.Money
    balance: _common_pb2.Breakdown
    start: _date_pb2.Date
    maturity: _date_pb2.Date
    days_past_due: int
    overdue: _money_pb2.Money
    next_due: _date_pb2.Date
    reference: str
    business_date: _date_pb2.Date
    create_time: _timestamp_pb2.Timestamp
    def __init__(self, name: _Optional[str] = ..., party: _Optional[str] = ..., product: _Optional[str] = ..., status: _Optional[_Union[LoanStatus, str]] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., annual_rate: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., instalments: _Optional[int] = ..., disbursed: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., balance: _Optional[_Union[_common_pb2.Breakdown, _Mapping]] = ..., start: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., maturity: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., days_past_due: _Optional[int] = ..., overdue: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., next_due: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reference: _Optional[str] = ..., business_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class Instalment(_message.Message):
    __slots__ = ("number", "start", "due", "opening", "principal", "interest", "total", "closing", "principal_paid", "interest_paid", "settled")
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    START_FIELD_NUMBER: _ClassVar[int]
    DUE_FIELD_NUMBER: _ClassVar[int]
    OPENING_FIELD_NUMBER: _ClassVar[int]
    PRINCIPAL_FIELD_NUMBER: _ClassVar[int]
    INTEREST_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    CLOSING_FIELD_NUMBER: _ClassVar[int]
    PRINCIPAL_PAID_FIELD_NUMBER: _ClassVar[int]
    INTEREST_PAID_FIELD_NUMBER: _ClassVar[int]
    SETTLED_FIELD_NUMBER: _ClassVar[int]
    number: int
    start: _date_pb2.Date
    due: _date_pb2.Date
    opening: _money_pb2.Money
    principal: _money_pb2.Money
    interest: _money_pb2.Money
    total: _money_pb2.Money
    closing: _money_pb2.Money
    principal_paid: _money_pb2.Money
    interest_paid: _money_pb2.Money
    settled: bool
    def __init__(self, number: _Optional[int] = ..., start: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., due: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., opening: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., principal: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., interest: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., total: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., closing: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., principal_paid: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., interest_paid: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., settled: _Optional[bool] = ...) -> None: ...

class Schedule(_message.Message):
    __slots__ = ("instalments", "total_principal", "total_interest", "total")
    INSTALMENTS_FIELD_NUMBER: _ClassVar[int]
    TOTAL_PRINCIPAL_FIELD_NUMBER: _ClassVar[int]
    TOTAL_INTEREST_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    instalments: _containers.RepeatedCompositeFieldContainer[Instalment]
    total_principal: _money_pb2.Money
    total_interest: _money_pb2.Money
    total: _money_pb2.Money
    def __init__(self, instalments: _Optional[_Iterable[_Union[Instalment, _Mapping]]] = ..., total_principal: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., total_interest: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., total: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class QuoteScheduleRequest(_message.Message):
    __slots__ = ("product", "amount", "annual_rate", "instalments", "start", "first_due", "segment", "score")
    PRODUCT_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    ANNUAL_RATE_FIELD_NUMBER: _ClassVar[int]
    INSTALMENTS_FIELD_NUMBER: _ClassVar[int]
    START_FIELD_NUMBER: _ClassVar[int]
    FIRST_DUE_FIELD_NUMBER: _ClassVar[int]
    SEGMENT_FIELD_NUMBER: _ClassVar[int]
    SCORE_FIELD_NUMBER: _ClassVar[int]
    product: str
    amount: _money_pb2.Money
    annual_rate: _decimal_pb2.Decimal
    instalments: int
    start: _date_pb2.Date
    first_due: _date_pb2.Date
    segment: str
    score: int
    def __init__(self, product: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., annual_rate: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., instalments: _Optional[int] = ..., start: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., first_due: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., segment: _Optional[str] = ..., score: _Optional[int] = ...) -> None: ...

class OpenLoanRequest(_message.Message):
    __slots__ = ("parent", "request_id", "reason", "party", "product", "amount", "annual_rate", "instalments", "first_due", "reference", "validate_only", "segment", "score")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    PARTY_FIELD_NUMBER: _ClassVar[int]
    PRODUCT_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    ANNUAL_RATE_FIELD_NUMBER: _ClassVar[int]
    INSTALMENTS_FIELD_NUMBER: _ClassVar[int]
    FIRST_DUE_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    SEGMENT_FIELD_NUMBER: _ClassVar[int]
    SCORE_FIELD_NUMBER: _ClassVar[int]
    parent: str
    request_id: str
    reason: str
    party: str
    product: str
    amount: _money_pb2.Money
    annual_rate: _decimal_pb2.Decimal
    instalments: int
    first_due: _date_pb2.Date
    reference: str
    validate_only: bool
    segment: str
    score: int
    def __init__(self, parent: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., party: _Optional[str] = ..., product: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., annual_rate: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., instalments: _Optional[int] = ..., first_due: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reference: _Optional[str] = ..., validate_only: _Optional[bool] = ..., segment: _Optional[str] = ..., score: _Optional[int] = ...) -> None: ...

class ApproveLoanRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "amount")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    amount: _money_pb2.Money
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class DisburseLoanRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "amount", "value_date", "reference", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    amount: _money_pb2.Money
    value_date: _date_pb2.Date
    reference: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reference: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class RepayLoanRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "amount", "value_date", "reference", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    amount: _money_pb2.Money
    value_date: _date_pb2.Date
    reference: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reference: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class ReverseLoanEventRequest(_message.Message):
    __slots__ = ("event", "request_id", "reason", "validate_only")
    EVENT_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    event: str
    request_id: str
    reason: str
    validate_only: bool
    def __init__(self, event: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class WaiveLoanRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "interest", "fee", "penalty", "value_date", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    INTEREST_FIELD_NUMBER: _ClassVar[int]
    FEE_FIELD_NUMBER: _ClassVar[int]
    PENALTY_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    interest: _money_pb2.Money
    fee: _money_pb2.Money
    penalty: _money_pb2.Money
    value_date: _date_pb2.Date
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., interest: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., fee: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., penalty: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class ChargeLoanRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "amount", "value_date", "reference", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    amount: _money_pb2.Money
    value_date: _date_pb2.Date
    reference: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reference: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class QuotePayoffRequest(_message.Message):
    __slots__ = ("name", "value_date")
    NAME_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    name: str
    value_date: _date_pb2.Date
    def __init__(self, name: _Optional[str] = ..., value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...

class PayoffQuote(_message.Message):
    __slots__ = ("value_date", "principal", "interest", "fee", "penalty", "credit", "total")
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    PRINCIPAL_FIELD_NUMBER: _ClassVar[int]
    INTEREST_FIELD_NUMBER: _ClassVar[int]
    FEE_FIELD_NUMBER: _ClassVar[int]
    PENALTY_FIELD_NUMBER: _ClassVar[int]
    CREDIT_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    value_date: _date_pb2.Date
    principal: _money_pb2.Money
    interest: _money_pb2.Money
    fee: _money_pb2.Money
    penalty: _money_pb2.Money
    credit: _money_pb2.Money
    total: _money_pb2.Money
    def __init__(self, value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., principal: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., interest: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., fee: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., penalty: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., credit: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., total: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class PayOffLoanRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "amount", "value_date", "reference", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    amount: _money_pb2.Money
    value_date: _date_pb2.Date
    reference: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reference: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class WriteOffLoanRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "value_date", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    value_date: _date_pb2.Date
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class RecordRecoveryRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "amount", "value_date", "reference", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    amount: _money_pb2.Money
    value_date: _date_pb2.Date
    reference: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reference: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class RefundCreditRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason", "amount", "reference")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    amount: _money_pb2.Money
    reference: str
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., reference: _Optional[str] = ...) -> None: ...

class CloseLoanRequest(_message.Message):
    __slots__ = ("name", "request_id", "reason")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    reason: str
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class LoanTransaction(_message.Message):
    __slots__ = ("event", "kind", "value_date", "posting_date", "create_time", "amount", "allocation", "reference", "actor", "reason", "reverses", "reversed_by")
    EVENT_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    POSTING_DATE_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    ALLOCATION_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    REVERSES_FIELD_NUMBER: _ClassVar[int]
    REVERSED_BY_FIELD_NUMBER: _ClassVar[int]
    event: str
    kind: str
    value_date: _date_pb2.Date
    posting_date: _date_pb2.Date
    create_time: _timestamp_pb2.Timestamp
    amount: _money_pb2.Money
    allocation: _common_pb2.Breakdown
    reference: str
    actor: str
    reason: str
    reverses: str
    reversed_by: str
    def __init__(self, event: _Optional[str] = ..., kind: _Optional[str] = ..., value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., posting_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., allocation: _Optional[_Union[_common_pb2.Breakdown, _Mapping]] = ..., reference: _Optional[str] = ..., actor: _Optional[str] = ..., reason: _Optional[str] = ..., reverses: _Optional[str] = ..., reversed_by: _Optional[str] = ...) -> None: ...

class LoanCommandResponse(_message.Message):
    __slots__ = ("transaction", "loan")
    TRANSACTION_FIELD_NUMBER: _ClassVar[int]
    LOAN_FIELD_NUMBER: _ClassVar[int]
    transaction: LoanTransaction
    loan: Loan
    def __init__(self, transaction: _Optional[_Union[LoanTransaction, _Mapping]] = ..., loan: _Optional[_Union[Loan, _Mapping]] = ...) -> None: ...

class GetLoanRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ListLoansRequest(_message.Message):
    __slots__ = ("parent", "page_size", "page_token", "status", "party", "product", "reference", "min_days_past_due")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    PARTY_FIELD_NUMBER: _ClassVar[int]
    PRODUCT_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    MIN_DAYS_PAST_DUE_FIELD_NUMBER: _ClassVar[int]
    parent: str
    page_size: int
    page_token: str
    status: LoanStatus
    party: str
    product: str
    reference: str
    min_days_past_due: int
    def __init__(self, parent: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., status: _Optional[_Union[LoanStatus, str]] = ..., party: _Optional[str] = ..., product: _Optional[str] = ..., reference: _Optional[str] = ..., min_days_past_due: _Optional[int] = ...) -> None: ...

class ListLoansResponse(_message.Message):
    __slots__ = ("loans", "next_page_token")
    LOANS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    loans: _containers.RepeatedCompositeFieldContainer[Loan]
    next_page_token: str
    def __init__(self, loans: _Optional[_Iterable[_Union[Loan, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class GetScheduleRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ListTransactionsRequest(_message.Message):
    __slots__ = ("parent", "page_size", "page_token")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    parent: str
    page_size: int
    page_token: str
    def __init__(self, parent: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListTransactionsResponse(_message.Message):
    __slots__ = ("transactions", "next_page_token")
    TRANSACTIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    transactions: _containers.RepeatedCompositeFieldContainer[LoanTransaction]
    next_page_token: str
    def __init__(self, transactions: _Optional[_Iterable[_Union[LoanTransaction, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class GetStatementRequest(_message.Message):
    __slots__ = ("name", "posting_date")
    NAME_FIELD_NUMBER: _ClassVar[int]
    POSTING_DATE_FIELD_NUMBER: _ClassVar[int]
    name: str
    posting_date: _common_pb2.DateRange
    def __init__(self, name: _Optional[str] = ..., posting_date: _Optional[_Union[_common_pb2.DateRange, _Mapping]] = ...) -> None: ...

class StatementLine(_message.Message):
    __slots__ = ("value_date", "posting_date", "kind", "event", "movement", "balance", "reference")
    VALUE_DATE_FIELD_NUMBER: _ClassVar[int]
    POSTING_DATE_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    MOVEMENT_FIELD_NUMBER: _ClassVar[int]
    BALANCE_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    value_date: _date_pb2.Date
    posting_date: _date_pb2.Date
    kind: str
    event: str
    movement: _common_pb2.Breakdown
    balance: _money_pb2.Money
    reference: str
    def __init__(self, value_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., posting_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., kind: _Optional[str] = ..., event: _Optional[str] = ..., movement: _Optional[_Union[_common_pb2.Breakdown, _Mapping]] = ..., balance: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., reference: _Optional[str] = ...) -> None: ...

class Statement(_message.Message):
    __slots__ = ("loan", "opening_balance", "lines", "closing_balance")
    LOAN_FIELD_NUMBER: _ClassVar[int]
    OPENING_BALANCE_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    CLOSING_BALANCE_FIELD_NUMBER: _ClassVar[int]
    loan: Loan
    opening_balance: _money_pb2.Money
    lines: _containers.RepeatedCompositeFieldContainer[StatementLine]
    closing_balance: _money_pb2.Money
    def __init__(self, loan: _Optional[_Union[Loan, _Mapping]] = ..., opening_balance: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., lines: _Optional[_Iterable[_Union[StatementLine, _Mapping]]] = ..., closing_balance: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...
