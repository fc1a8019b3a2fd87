"""`loanledger risk`: how loans are classified, and what people know of them."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from google.type import date_pb2, decimal_pb2

from loanledger.cli import inputs, output
from loanledger.cli.command import Result, command
from loanledger.cli.pages import gather
from loanledger.cli.params import Because, Currency, DryRun, Event, Limit, Loan, RequestId
from loanledger.cli.session import Session
from loanledger.v1 import risk_service_pb2 as pb

GRADES = ("date", "category", "stage", "nonaccrual", "event")
SUMS = ("currency", "category", "stage", "nonaccrual", "loans", "principal")
Share = Annotated[
    decimal_pb2.Decimal | None,
    typer.Option(parser=inputs.rate, metavar="SHARE", help="0.5 or 50%."),
]
Until = Annotated[
    date_pb2.Date | None,
    typer.Option(parser=inputs.day, metavar="YYYY-MM-DD", help="First day without it."),
]


def register(app: typer.Typer) -> None:
    """Adds the commands to `risk`."""
    for name, function in (
        ("quality", quality),
        ("grades", grades),
        ("mark", mark),
        ("restructure", restructure),
        ("propose", propose),
        ("approve", approve),
        ("report", report),
    ):
        command(app, name)(function)


def _shown(found: pb.CreditQuality) -> Result:
    return Result(found, (output.record("credit quality", found),))


def quality(s: Session, loan: Loan) -> Result:
    """Show how a loan is classified."""
    return _shown(s.client.risk.get_credit_quality(loan=s.name("loans", loan)))


def grades(s: Session, loan: Loan, *, limit: Limit = 100) -> Result:
    """List the grades of a loan in the order that it got them."""
    request = pb.ListClassificationsRequest(parent=s.name("loans", loan))
    found = gather(s.client.risk.list_classifications, request, limit)
    return Result(
        found, (output.table("grades", pb.Classification, found.classifications, GRADES),)
    )


def mark(
    s: Session,
    loan: Loan,
    *,
    credit_impaired: bool = False,
    debt_evasion: bool = False,
    liquidation: bool = False,
    increased_risk: bool = False,
    doubtful_payment: bool = False,
    well_secured: bool = False,
    in_collection: bool = False,
    technical: bool = False,
    loss_to_book: Share = None,
    all_banks_share: Share = None,
    collateral: Annotated[str | None, typer.Option(help="What secures it.")] = None,
    currency: Currency = "CNY",
    reason: Because,
    request_id: RequestId = None,
    dry_run: DryRun = False,
) -> Result:
    """Say all that is known of a loan and its debtor anew."""
    marks = pb.CreditMarks(
        credit_impaired=credit_impaired,
        debt_evasion=debt_evasion,
        liquidation=liquidation,
        increased_risk=increased_risk,
        doubtful_payment=doubtful_payment,
        well_secured=well_secured,
        in_collection=in_collection,
        technical=technical,
        loss_to_book=loss_to_book,
        all_banks_share=all_banks_share,
    )
    found = s.client.risk.set_credit_marks(
        loan=s.name("loans", loan),
        marks=marks,
        collateral=s.some_money(collateral, currency),
        reason=reason,
        request_id=request_id,
        validate_only=dry_run,
    )
    return _shown(found)


def restructure(
    s: Session,
    loan: Loan,
    *,
    first_repayment: Annotated[
        date_pb2.Date,
        typer.Option(parser=inputs.day, metavar="YYYY-MM-DD", help="Of the changed contract."),
    ],
    reason: Because,
    request_id: RequestId = None,
    dry_run: DryRun = False,
) -> Result:
    """Begin the observation of a loan that was restructured because of its debtor's trouble."""
    found = s.client.risk.record_restructuring(
        loan=s.name("loans", loan),
        first_repayment=first_repayment,
        reason=reason,
        request_id=request_id,
        validate_only=dry_run,
    )
    return _shown(found)


def propose(
    s: Session,
    loan: Loan,
    *,
    category: Annotated[str | None, typer.Option(help="Such as doubtful.")] = None,
    stage: Annotated[int, typer.Option(help="2 or 3.")] = 0,
    until: Until = None,
    reason: Because,
    request_id: RequestId = None,
    dry_run: DryRun = False,
) -> Result:
    """Propose a stricter grade; without category and stage the end of the override."""
    override: dict[str, Any] = {}
    if category or stage:
        named = f"CREDIT_CATEGORY_{category.upper()}" if category else None
        override["override"] = pb.ClassificationOverride(category=named, stage=stage, until=until)
    found = s.client.risk.propose_classification(
        loan=s.name("loans", loan),
        reason=reason,
        request_id=request_id,
        validate_only=dry_run,
        **override,
    )
    return Result(found, (output.record("proposal", found),))


def approve(
    s: Session,
    loan: Loan,
    proposal: Event,
    *,
    reason: Because,
    request_id: RequestId = None,
    dry_run: DryRun = False,
) -> Result:
    """Approve what another person proposed."""
    found = s.client.risk.approve_classification(
        loan=s.name("loans", loan),
        proposal=s.name("events", proposal),
        reason=reason,
        request_id=request_id,
        validate_only=dry_run,
    )
    return _shown(found)


def report(s: Session) -> Result:
    """Show loans by category, stage and non-accrual."""
    found = s.client.risk.get_quality_report()
    return Result(found, (output.table("credit quality", pb.QualitySum, found.sums, SUMS),))
