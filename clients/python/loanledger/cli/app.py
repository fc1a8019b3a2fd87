"""The root of the command: global options, and the groups of commands."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from loanledger.cli import (
    access,
    approvals,
    audit,
    audit_bundle,
    audit_journal_tests,
    audit_saft,
    audit_sample,
    calendars,
    collateral,
    compliance,
    eod,
    ledger,
    loan_changes,
    loan_imports,
    loan_payments,
    loan_standing,
    loan_views,
    loans,
    parties,
    periods,
    products,
    programme,
    rates,
    registers,
    reports,
    risk,
    rules,
    verification,
)
from loanledger.cli.session import Session

app = typer.Typer(
    name="loanledger",
    help="Client of a loanledger server.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
for events in (loan_payments, loan_changes, loan_imports, loan_views, loan_standing):
    events.register(loans.app)
periods.register(ledger.app)
verification.register(ledger.app)
registers.register(compliance.app)
programme.register(compliance.app)
for more in (audit_bundle, audit_sample, audit_journal_tests, audit_saft):
    more.register(audit.app)
app.add_typer(loans.app, name="loans")
app.add_typer(products.app, name="products")
app.add_typer(rates.app, name="rates")
app.add_typer(calendars.app, name="calendars")
app.add_typer(parties.app, name="parties")
app.add_typer(collateral.app, name="collateral")
app.add_typer(ledger.app, name="ledger")
app.add_typer(reports.app, name="reports")
app.add_typer(risk.app, name="risk")
app.add_typer(access.app, name="access")
app.add_typer(compliance.app, name="compliance")
app.add_typer(approvals.app, name="approvals")
app.add_typer(rules.app, name="rules")
app.add_typer(audit.app, name="audit")
app.add_typer(eod.app, name="eod")


@app.callback()
def connect(
    ctx: typer.Context,
    target: Annotated[
        str, typer.Option(envvar="LOANLEDGER_TARGET", help="host:port of the server.")
    ] = "localhost:50051",
    token: Annotated[
        str, typer.Option(envvar="LOANLEDGER_TOKEN", help="Bearer token.", show_default=False)
    ] = "",
    book: Annotated[str, typer.Option(envvar="LOANLEDGER_BOOK", help="The book.")] = "main",
    tls_ca: Annotated[
        Path | None,
        typer.Option(
            envvar="LOANLEDGER_TLS_CA",
            help="PEM file of the authority that signed the server's certificate; turns TLS on.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    timeout: Annotated[float, typer.Option(help="Seconds a call may take with its retries.")] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of tables.")] = False,
) -> None:
    """Client of a loanledger server."""
    session = Session(target, token, book, tls_ca, timeout, as_json)
    ctx.obj = session
    ctx.call_on_close(session.close)


def main() -> None:
    """The entry point."""
    app()
