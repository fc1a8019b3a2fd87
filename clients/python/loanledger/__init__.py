"""loanledger: client of the loan ledger. `Client` blocks, `AsyncClient` is awaited."""

from loanledger.aio import AsyncClient
from loanledger.calls import iterate
from loanledger.client import Client
from loanledger.errors import (
    Aborted,
    AlreadyExists,
    DataLoss,
    DeadlineExceeded,
    FailedPrecondition,
    Internal,
    InvalidArgument,
    LoanLedgerError,
    NotFound,
    PermissionDenied,
    ResourceExhausted,
    Unauthenticated,
    Unavailable,
    Unimplemented,
)
from loanledger.money import amount, date_of, decimal_, format_money, minor, money, to_date
from loanledger.options import TlsConfig
from loanledger.requests import new_request_id

__all__ = [
    "Aborted",
    "AlreadyExists",
    "AsyncClient",
    "Client",
    "DataLoss",
    "DeadlineExceeded",
    "FailedPrecondition",
    "Internal",
    "InvalidArgument",
    "LoanLedgerError",
    "NotFound",
    "PermissionDenied",
    "ResourceExhausted",
    "TlsConfig",
    "Unauthenticated",
    "Unavailable",
    "Unimplemented",
    "amount",
    "date_of",
    "decimal_",
    "format_money",
    "iterate",
    "minor",
    "money",
    "new_request_id",
    "to_date",
]
