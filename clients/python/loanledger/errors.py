"""What a call can fail with: one class a gRPC status, with the stable reason and its facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

import grpc
from google.rpc import code_pb2, error_details_pb2, status_pb2

DOMAIN = "loanledger"
_DETAILS = "grpc-status-details-bin"
_OLDER = "the server has no such method: it is of an older version than this client"
_BY_NUMBER = {code.value[0]: code for code in grpc.StatusCode}


class LoanLedgerError(Exception):
    """Base of all errors of the service.

    `reason` is stable and part of the contract, `facts` are its data, `violations` are
    (field, description) pairs. `request_id` is the id that the call went out with: ask again with
    it and the same request to learn the outcome. `retry_after` is the server's hint, in seconds;
    `localized` is the message in other languages, by locale, where the server has it.
    """

    def __init__(
        self,
        code: grpc.StatusCode,
        reason: str,
        message: str,
        facts: Mapping[str, str] | None = None,
        violations: Iterable[tuple[str, str]] = (),
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.reason = reason
        self.message = message
        self.facts = dict(facts or {})
        self.violations = list(violations)
        self.retry_after = retry_after
        self.request_id = ""
        self.localized: dict[str, str] = {}

    def __str__(self) -> str:
        """One line, then a line for each violation that the message does not already tell."""
        told = [f"  {f}: {text}" for f, text in self.violations if text not in self.message]
        return "\n".join([f"{self.message} ({self.reason})", *told])


class InvalidArgument(LoanLedgerError):
    """The request can never succeed as it stands; see `violations`."""


class FailedPrecondition(LoanLedgerError):
    """The request is well formed and cannot be done in the present state."""


class NotFound(LoanLedgerError):
    """The named resource does not exist."""


class AlreadyExists(LoanLedgerError):
    """The resource exists already, or the request id was used for something else."""


class PermissionDenied(LoanLedgerError):
    """The caller may not do this."""


class Unauthenticated(LoanLedgerError):
    """The caller is not known: no token, or one that is not valid."""


class Aborted(LoanLedgerError):
    """Lost a race, or the same request is still running; a retry with the same id settles it."""


class ResourceExhausted(LoanLedgerError):
    """No room for more work now; nothing was done."""


class Unavailable(LoanLedgerError):
    """The server cannot be reached; whether the request was done is not known."""


class DeadlineExceeded(LoanLedgerError):
    """No answer in time; whether the request was done is not known."""


class DataLoss(LoanLedgerError):
    """The database's storage is damaged: nothing was done, and asking again does not help."""


class Unimplemented(LoanLedgerError):
    """The server has no such method: it is of an older version than this client."""


class Internal(LoanLedgerError):
    """A fault of the server."""


_CLASSES: dict[grpc.StatusCode, type[LoanLedgerError]] = {
    grpc.StatusCode.INVALID_ARGUMENT: InvalidArgument,
    grpc.StatusCode.FAILED_PRECONDITION: FailedPrecondition,
    grpc.StatusCode.NOT_FOUND: NotFound,
    grpc.StatusCode.ALREADY_EXISTS: AlreadyExists,
    grpc.StatusCode.PERMISSION_DENIED: PermissionDenied,
    grpc.StatusCode.UNAUTHENTICATED: Unauthenticated,
    grpc.StatusCode.ABORTED: Aborted,
    grpc.StatusCode.RESOURCE_EXHAUSTED: ResourceExhausted,
    grpc.StatusCode.UNAVAILABLE: Unavailable,
    grpc.StatusCode.DEADLINE_EXCEEDED: DeadlineExceeded,
    grpc.StatusCode.INTERNAL: Internal,
    grpc.StatusCode.UNKNOWN: Internal,
    grpc.StatusCode.DATA_LOSS: DataLoss,
    grpc.StatusCode.UNIMPLEMENTED: Unimplemented,
}


class Failure(Protocol):
    """What grpc.RpcError and grpc.aio.AioRpcError have in common."""

    def code(self) -> grpc.StatusCode: ...
    def details(self) -> str | None: ...
    def trailing_metadata(self) -> Iterable[tuple[str, str | bytes]] | None: ...


def from_rpc(failure: Failure, request_id: str = "") -> LoanLedgerError:
    """The typed error of a failed call."""
    status = status_pb2.Status()
    for key, value in failure.trailing_metadata() or ():
        if key == _DETAILS and isinstance(value, bytes):
            status.ParseFromString(value)
    code = failure.code()
    status.code = code_pb2.Code.Value(code.name)
    status.message = status.message or failure.details() or ""
    if code is grpc.StatusCode.UNIMPLEMENTED and not status.details:
        status.message = f"{_OLDER} ({status.message})"
    error = from_status(status)
    error.request_id = request_id
    error.__cause__ = failure if isinstance(failure, BaseException) else None
    return error


def from_status(status: status_pb2.Status) -> LoanLedgerError:
    """The typed error of a status, such as that of one item of a batch."""
    code = _BY_NUMBER.get(status.code, grpc.StatusCode.UNKNOWN)
    info, bad, retry, other = (
        error_details_pb2.ErrorInfo(),
        error_details_pb2.BadRequest(),
        error_details_pb2.RetryInfo(),
        error_details_pb2.LocalizedMessage(),
    )
    for detail in status.details:
        for target in (info, bad, retry, other):
            detail.Unpack(target)
    ours = info.domain == DOMAIN
    error = _CLASSES.get(code, LoanLedgerError)(
        code,
        info.reason if ours and info.reason else code.name,
        status.message.replace("\n", " ") or code.name.replace("_", " ").lower(),
        dict(info.metadata) if ours else {},
        [(v.field, v.description) for v in bad.field_violations],
        _seconds(retry),
    )
    if other.locale:
        error.localized[other.locale] = other.message
    return error


def _seconds(retry: error_details_pb2.RetryInfo) -> float | None:
    if not retry.HasField("retry_delay"):
        return None
    return float(max(0.0, retry.retry_delay.ToTimedelta().total_seconds()))
