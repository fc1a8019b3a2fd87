"""`loanledger collateral`: what secures loans, and what becomes of it."""

from __future__ import annotations

from typing import Annotated

import typer
from google.type import date_pb2, decimal_pb2

from loanledger.cli import inputs, output
from loanledger.cli.command import Result, command, group
from loanledger.cli.pages import gather
from loanledger.cli.params import (
    Amount,
    Because,
    Currency,
    Day,
    DryRun,
    FundsAccount,
    Limit,
    Loan,
    Reason,
    Reference,
    RequestId,
)
from loanledger.cli.session import Session
from loanledger.v1 import collateral_service_pb2 as pb

app = group("Collateral: valuations, liens, coverage, repossession and sale.")
Name = Annotated[str, typer.Argument(metavar="COLLATERAL", help="Its short id or full name.")]
Haircut = Annotated[
    decimal_pb2.Decimal | None,
    typer.Option(parser=inputs.rate, metavar="SHARE", help="What does not count: 0.3, or 30%."),
]
COLUMNS = ("name", "party", "kind", "status", "reference")
VALUATIONS = ("valued_on", "value", "haircut", "method", "valuer", "actor", "reason")
SHARES = ("collateral", "rank", "value", "lending_value", "share")


@command(app, "register")
def register(
    s: Session,
    party: Annotated[str, typer.Argument(help="The borrower: short id or full name.")],
    kind: Annotated[str, typer.Argument(help="Such as vehicle or real-estate.")],
    description: Annotated[str, typer.Argument(help="Kept encrypted.")],
    value: Amount,
    *,
    method: Annotated[str, typer.Option(help="Such as appraisal or index.")],
    valuer: str = "",
    haircut: Haircut = None,
    valued_on: Day = None,
    currency: Currency = "CNY",
    reference: Reference = None,
    reason: Reason = None,
    request_id: RequestId = None,
) -> Result:
    """Register collateral of a borrower with its first valuation."""
    found = s.client.collateral.register_collateral(
        party=s.name("parties", party),
        kind=inputs.enum_of("COLLATERAL_KIND", kind),
        description=description,
        reference=reference,
        valuation=_valuation(s, value, currency, method, valuer, haircut, valued_on),
        reason=reason,
        request_id=request_id,
    )
    return _shown(found)


@command(app, "show")
def show(s: Session, name: Name) -> Result:
    """Show collateral."""
    return _shown(s.client.collateral.get_collateral(name=s.name("collaterals", name)))


@command(app, "list")
def list_(
    s: Session,
    *,
    party: Annotated[str | None, typer.Option(help="Of one borrower.")] = None,
    status: Annotated[
        str | None, typer.Option(help="free, pledged, repossessed, disposed.")
    ] = None,
    limit: Limit = 100,
) -> Result:
    """List collateral."""
    request = pb.ListCollateralsRequest(
        party=s.optional("parties", party), status=inputs.enum_of("COLLATERAL_STATUS", status)
    )
    found = gather(s.client.collateral.list_collaterals, request, limit)
    return Result(found, (output.table("collateral", pb.Collateral, found.collaterals, COLUMNS),))


@command(app, "value")
def value_(
    s: Session,
    name: Name,
    value: Amount,
    *,
    method: Annotated[str, typer.Option(help="Such as appraisal or index.")],
    valuer: str = "",
    haircut: Haircut = None,
    valued_on: Day = None,
    currency: Currency = "CNY",
    reason: Reason = None,
    request_id: RequestId = None,
) -> Result:
    """State a new value."""
    found = s.client.collateral.value_collateral(
        name=s.name("collaterals", name),
        valuation=_valuation(s, value, currency, method, valuer, haircut, valued_on),
        reason=reason,
        request_id=request_id,
    )
    return _shown(found)


@command(app, "valuations")
def valuations(s: Session, name: Name, *, limit: Limit = 0) -> Result:
    """Every valuation, oldest first."""
    request = pb.ListValuationsRequest(parent=s.name("collaterals", name))
    found = gather(s.client.collateral.list_valuations, request, limit)
    return Result(found, (output.table("valued", pb.Valuation, found.valuations, VALUATIONS),))


@command(app, "pledge")
def pledge(
    s: Session,
    name: Name,
    loan: Loan,
    *,
    rank: Annotated[int, typer.Option(min=1, help="1 is served first.")] = 1,
    most: Annotated[str | None, typer.Option("--limit", help="Secures at most so much.")] = None,
    currency: Currency = "CNY",
    reason: Reason = None,
    request_id: RequestId = None,
    dry_run: DryRun = False,
) -> Result:
    """Secure a loan of the same borrower."""
    found = s.client.collateral.pledge_collateral(
        name=s.name("collaterals", name),
        lien=pb.Lien(loan=s.name("loans", loan), rank=rank, limit=s.some_money(most, currency)),
        reason=reason,
        request_id=request_id,
        validate_only=dry_run,
    )
    return _shown(found)


@command(app, "release")
def release(
    s: Session,
    name: Name,
    loan: Loan,
    *,
    early: Annotated[bool, typer.Option(help="Although the loan is not settled.")] = False,
    reason: Reason = None,
    request_id: RequestId = None,
) -> Result:
    """End a lien; the close of business does so by itself when the loan is settled."""
    found = s.client.collateral.release_collateral(
        name=s.name("collaterals", name),
        loan=s.name("loans", loan),
        early=early,
        reason=reason,
        request_id=request_id,
    )
    return _shown(found)


@command(app, "coverage")
def coverage(s: Session, loan: Loan) -> Result:
    """How far collateral covers what a loan owes."""
    found = s.client.collateral.get_coverage(name=s.name("loans", loan))
    table = output.table("liens", pb.CoverageShare, found.shares, SHARES)
    return Result(found, (output.record("coverage", found), table))


@command(app, "repossess")
def repossess(
    s: Session,
    name: Name,
    loan: Loan,
    value: Amount,
    *,
    in_full: Annotated[bool, typer.Option(help="It settles all that the loan owes.")] = False,
    currency: Currency = "CNY",
    reason: Because,
    request_id: RequestId = None,
    dry_run: DryRun = False,
) -> Result:
    """Take collateral over at a value."""
    found = s.client.collateral.repossess_collateral(
        name=s.name("collaterals", name),
        loan=s.name("loans", loan),
        value=s.money(value, currency),
        in_full=in_full,
        reason=reason,
        request_id=request_id,
        validate_only=dry_run,
    )
    return _shown(found)


@command(app, "give-back")
def give_back(s: Session, name: Name, *, reason: Because, request_id: RequestId = None) -> Result:
    """Undo a repossession, on the collateral and on the loan."""
    found = s.client.collateral.reverse_repossession(
        name=s.name("collaterals", name), reason=reason, request_id=request_id
    )
    return _shown(found)


@command(app, "impair")
def impair(
    s: Session,
    name: Name,
    amount: Amount,
    *,
    release: Annotated[bool, typer.Option(help="Take so much of it back.")] = False,
    currency: Currency = "CNY",
    reason: Because,
    request_id: RequestId = None,
    dry_run: DryRun = False,
) -> Result:
    """Set aside against collateral that was taken over."""
    found = s.client.collateral.impair_collateral(
        name=s.name("collaterals", name),
        amount=s.money(amount, currency),
        release=release,
        reason=reason,
        request_id=request_id,
        validate_only=dry_run,
    )
    return _shown(found)


@command(app, "sell")
def sell(
    s: Session,
    name: Name,
    proceeds: Amount,
    *,
    tax: Annotated[str | None, typer.Option(help="Tax on the sale, part of the proceeds.")] = None,
    funds_account: FundsAccount = None,
    currency: Currency = "CNY",
    reason: Because,
    request_id: RequestId = None,
    dry_run: DryRun = False,
) -> Result:
    """Sell collateral that was taken over."""
    found = s.client.collateral.dispose_collateral(
        name=s.name("collaterals", name),
        proceeds=s.money(proceeds, currency),
        tax=s.some_money(tax, currency),
        funds_account=funds_account,
        reason=reason,
        request_id=request_id,
        validate_only=dry_run,
    )
    return _shown(found)


def _valuation(
    s: Session,
    value: str,
    currency: str,
    method: str,
    valuer: str,
    haircut: decimal_pb2.Decimal | None,
    valued_on: date_pb2.Date | None,
) -> pb.Valuation:
    return pb.Valuation(
        value=s.money(value, currency),
        haircut=haircut,
        method=method,
        valuer=valuer,
        valued_on=valued_on,
    )


def _shown(found: pb.Collateral) -> Result:
    return Result(found, (output.record("collateral", found),))
