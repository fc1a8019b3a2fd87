"""Domain errors as gRPC statuses: one table, and google.rpc details with stable reasons."""

from __future__ import annotations

import psycopg
import structlog
from google.protobuf import any_pb2, duration_pb2
from google.rpc import error_details_pb2, status_pb2
from grpc import StatusCode

from ledger import errors

log = structlog.get_logger()
DOMAIN = "loanledger"
#: An error travels in the trailing metadata, of which clients take 8 KiB by default.
MAX_MESSAGE, MAX_DETAIL = 700, 3200
STATUS: dict[type[errors.LedgerError], StatusCode] = {
    errors.InvalidInput: StatusCode.INVALID_ARGUMENT,
    errors.NotFound: StatusCode.NOT_FOUND,
    errors.AlreadyExists: StatusCode.ALREADY_EXISTS,
    errors.FailedPrecondition: StatusCode.FAILED_PRECONDITION,
    errors.NotEntitled: StatusCode.PERMISSION_DENIED,
    errors.Conflict: StatusCode.ABORTED,
    errors.Overloaded: StatusCode.RESOURCE_EXHAUSTED,
}


class StartError(Exception):
    """Why the server, or a command of it, cannot start: in one line."""


class Unauthenticated(errors.LedgerError):
    """No valid token came with the call."""

    reason = "UNAUTHENTICATED"


class PermissionDenied(errors.LedgerError):
    """The caller's roles do not include the method."""

    reason = "PERMISSION_DENIED"


class Unavailable(errors.LedgerError):
    """The database cannot be reached now; a retry with the same request id is safe."""

    reason = "UNAVAILABLE"


class Unread(errors.LedgerError):
    """The client did not take the answers of a stream in time; it may ask again."""

    reason = "UNREAD"


class StorageDamaged(errors.LedgerError):
    """The database found its files damaged: nothing was answered or written, nor will be."""

    reason = "STORAGE_DAMAGED"


def storage_damaged(error: psycopg.Error, method: str) -> StorageDamaged:
    """Raises the alarm in the log, where the file and the page are named; what callers get."""
    log.error("storage_damaged", method=method, error=str(error).splitlines()[0])
    return StorageDamaged(
        "the database's storage is damaged where this was read; nothing was done, and asking again"
        " does not help: tell operations"
    )


STATUS |= {
    Unauthenticated: StatusCode.UNAUTHENTICATED,
    PermissionDenied: StatusCode.PERMISSION_DENIED,
    Unavailable: StatusCode.UNAVAILABLE,
    Unread: StatusCode.DEADLINE_EXCEEDED,
    StorageDamaged: StatusCode.DATA_LOSS,
}
_RETRY_MILLISECONDS = {
    StatusCode.ABORTED: 20,
    StatusCode.RESOURCE_EXHAUSTED: 200,  # a lane tells better: how long its queue takes
    StatusCode.UNAVAILABLE: 500,
}


def first_line(error: BaseException) -> str:
    """What a log line says of an error: its first line, or its kind where it says nothing."""
    return (str(error).splitlines() or [type(error).__name__])[0]


def code_of(error: errors.LedgerError) -> StatusCode:
    """The status of the nearest class in the table."""
    return next(
        (STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), StatusCode.INTERNAL
    )


def status_of(error: errors.LedgerError) -> status_pb2.Status:
    """The error as google.rpc.Status with ErrorInfo, and BadRequest or RetryInfo where they fit."""
    code = code_of(error)
    status = status_pb2.Status(code=code.value[0], message=error.message[:MAX_MESSAGE])
    info = error_details_pb2.ErrorInfo(reason=error.reason, domain=DOMAIN)
    for key, value in error.facts.items():
        info.metadata[key] = value[:200]
    _attach(status, info)
    if isinstance(error, errors.RuleBroken):
        text = error.message_zh[:MAX_MESSAGE]
        _attach(status, error_details_pb2.LocalizedMessage(locale="zh-CN", message=text))
    if isinstance(error, errors.InvalidInput):
        bad = error_details_pb2.BadRequest()
        for violation in error.violations:
            bad.field_violations.add(
                field=violation.field[:100], description=violation.description[:300]
            )
            if bad.ByteSize() > MAX_DETAIL:
                break
        _attach(status, bad)
    if code in _RETRY_MILLISECONDS:
        given = error.milliseconds if isinstance(error, errors.Overloaded) else None
        delay = duration_pb2.Duration()
        delay.FromMilliseconds(given or _RETRY_MILLISECONDS[code])
        _attach(status, error_details_pb2.RetryInfo(retry_delay=delay))
    return status


def _attach(
    status: status_pb2.Status,
    detail: error_details_pb2.ErrorInfo
    | error_details_pb2.BadRequest
    | error_details_pb2.LocalizedMessage
    | error_details_pb2.RetryInfo,
) -> None:
    packed = any_pb2.Any()
    packed.Pack(detail)
    status.details.append(packed)
