"""Registers a function as a command: gives it the session, `--json`, its output and its errors."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

import typer
from google.protobuf.message import Message
from rich.console import RenderableType

from loanledger.cli import output
from loanledger.cli.session import Session
from loanledger.errors import DeadlineExceeded, LoanLedgerError, Unavailable

Json = Annotated[bool, typer.Option("--json", help="JSON instead of tables.")]
F = TypeVar("F", bound=Callable[..., Any])
FAILED, USAGE = 1, 2


@dataclass(frozen=True, slots=True)
class Result:
    """What a command shows: data for `--json`, tables for people; a problem makes it fail."""

    data: Message | dict[str, Any]
    views: tuple[RenderableType, ...] = ()
    problem: str = ""


def group(text: str) -> typer.Typer:
    """A group of commands."""
    return typer.Typer(help=text, no_args_is_help=True, pretty_exceptions_enable=False)


def command(app: typer.Typer, name: str) -> Callable[[F], F]:
    """Makes `func(session, ...) -> Result` the command of that name."""

    def register(func: F) -> F:
        app.command(name)(_runner(func))
        return func

    return register


def _runner(func: Callable[..., Result | None]) -> Callable[..., None]:
    def run(ctx: typer.Context, as_json: bool = False, **given: Any) -> None:
        ctx.obj.as_json = ctx.obj.as_json or as_json
        result = _guarded(ctx.obj, lambda: func(ctx.obj, **given))
        if given.get("dry_run"):
            output.note("dry run: nothing was written")
        if result is not None:
            _show(result, ctx.obj.as_json)

    given = list(inspect.signature(func, eval_str=True).parameters.values())[1:]
    kind = inspect.Parameter.KEYWORD_ONLY
    run.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            inspect.Parameter("ctx", kind, annotation=typer.Context),
            *(parameter.replace(kind=kind) for parameter in given),
            inspect.Parameter("as_json", kind, default=False, annotation=Json),
        ]
    )
    run.__annotations__, run.__doc__ = {}, func.__doc__
    return run


def _guarded(session: Session, call: Callable[[], Result | None]) -> Result | None:
    """Runs the command; what went wrong becomes a line on stderr and the exit code."""
    try:
        return call()
    except LoanLedgerError as error:
        output.complain(_advice(error, session.target))
        raise typer.Exit(FAILED) from None
    except OSError as error:
        output.complain(f"{error.filename or 'file'}: {error.strerror or error}")
        raise typer.Exit(FAILED) from None
    except ValueError as error:
        output.complain(str(error))
        raise typer.Exit(USAGE) from None


def _advice(error: LoanLedgerError, target: str) -> str:
    if isinstance(error, Unavailable) and error.retry_after is None:
        error.message = f"cannot reach {target}: {error.message}"
    if error.request_id and isinstance(error, Unavailable | DeadlineExceeded):
        return f"{error}\n  the outcome is not known: repeat with --request-id {error.request_id}"
    return str(error)


def _show(result: Result, as_json: bool) -> None:
    if as_json:
        output.print_json(result.data)
    else:
        output.print_views(result.views)
    if result.problem:
        output.complain(result.problem)
        raise typer.Exit(FAILED)
