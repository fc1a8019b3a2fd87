"""Events of a loan as commands: each tells its own fields, and gets those that all events share."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Annotated, Any

import typer

from loanledger.cli import output
from loanledger.cli.command import Result, command
from loanledger.cli.params import (
    Because,
    DryRun,
    FundsAccount,
    Loan,
    Modification,
    Reason,
    Reference,
    RequestId,
    ValueDate,
)
from loanledger.cli.session import Session
from loanledger.services import LoanService
from loanledger.v1 import loan_service_pb2 as pb

Fields = Mapping[str, Any]
Named = Annotated[str, typer.Argument(help="The event: 17-42 or its full name.")]
_SHARED = {
    "value_date": ValueDate,
    "reference": Reference,
    "funds_account": FundsAccount,
    "modification": Modification,
    "reason": Reason,
    "request_id": RequestId,
    "validate_only": DryRun,
}


def done(response: pb.LoanCommandResponse) -> Result:
    """The transaction and the loan after it."""
    views = (
        output.record("transaction", response.transaction),
        output.record("loan", response.loan),
    )
    return Result(response, views)


def event(
    app: typer.Typer, name: str, rpc: str, *, because: bool = False
) -> Callable[[Callable[..., Fields]], Callable[..., Fields]]:
    """Makes `func(session, ...) -> fields` a command on a loan; `because` requires a reason."""

    def register(func: Callable[..., Fields]) -> Callable[..., Fields]:
        request = getattr(LoanService, rpc).request
        own = list(inspect.signature(func, eval_str=True).parameters.values())[1:]
        known = [field for field in _SHARED if field in request.DESCRIPTOR.fields_by_name]

        def run(s: Session, loan: str, dry_run: bool = False, **given: Any) -> Result:
            fields = func(s, **{each.name: given.pop(each.name) for each in own})
            if "validate_only" in known:
                given["validate_only"] = dry_run
            asked = request(name=s.name("loans", loan), **fields, **given)
            return done(getattr(s.client.loans, rpc)(asked))

        kind = inspect.Parameter.KEYWORD_ONLY
        shared = [_parameter(field, because=because) for field in known]
        first = inspect.Parameter("loan", kind, annotation=Loan)
        session = inspect.Parameter("s", inspect.Parameter.POSITIONAL_ONLY, annotation=Session)
        own = [each.replace(kind=kind) for each in own]
        run.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
            [session, first, *own, *shared]
        )
        run.__doc__ = func.__doc__
        command(app, name)(run)
        return func

    return register


def _parameter(field: str, *, because: bool) -> inspect.Parameter:
    name = "dry_run" if field == "validate_only" else field
    kind = inspect.Parameter.KEYWORD_ONLY
    if field == "reason" and because:
        return inspect.Parameter(name, kind, annotation=Because)
    default = False if field in ("validate_only", "modification") else None
    return inspect.Parameter(name, kind, default=default, annotation=_SHARED[field])
