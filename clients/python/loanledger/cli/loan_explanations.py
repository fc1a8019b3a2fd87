"""`loanledger loans explain`: how accruals, an instalment or a payoff came about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated

import typer
from google.type import date_pb2
from rich.table import Table

from loanledger.cli import inputs, output
from loanledger.cli.command import Result
from loanledger.cli.params import Loan
from loanledger.cli.session import Session
from loanledger.money import date_of, format_money
from loanledger.names import short
from loanledger.v1 import common_pb2
from loanledger.v1 import loan_service_pb2 as pb

PARTS = ("principal", "interest", "fee", "penalty")
_SPANS = (
    *(("start", False), ("end", False), ("days", True), ("component", False), ("balance", True)),
    *(("annual rate", True), ("day count", True), ("exact before", True), ("exact", True)),
    *(("booked", True), ("because of", False)),
)
_CHANGES = (
    *(("value date", False), ("effect", False)),
    *((part, True) for part in PARTS),
    ("because of", False),
)
_LINES = ("kind", "component", "amount", "instalment", "due", "event")


def explain(
    s: Session,
    loan: Loan,
    *,
    accruals: Annotated[
        str | None,
        typer.Option(metavar="FROM..TO", help="Days, both included; either may be left out."),
    ] = None,
    instalment: Annotated[int | None, typer.Option(min=1, help="The number of one.")] = None,
    payoff: Annotated[
        date_pb2.Date | None,
        typer.Option(parser=inputs.day, metavar="YYYY-MM-DD", help="A payoff on this day."),
    ] = None,
) -> Result:
    """Tell how a figure came about: accruals, an instalment or a payoff."""
    if [accruals is None, instalment is None, payoff is None].count(False) != 1:
        raise ValueError("exactly one of --accruals, --instalment and --payoff is needed")
    answer = s.client.loans.explain_loan(
        name=s.name("loans", loan),
        accruals=None if accruals is None else _range(accruals),
        instalment=instalment,
        payoff=payoff,
    )
    unit = format_money(answer.rounding_unit)
    mode = output.field_text(answer, "rounding_mode")
    rounded = output.facts("", [("rounded", f"{mode} to {unit}, the cumulative figure")])
    return Result(answer, (*_views(answer), rounded))


def _range(text: str) -> common_pb2.DateRange:
    """`2026-01-01..2026-01-31`; an end that is left out is open."""
    first, dots, last = text.partition("..")
    if not dots:
        raise ValueError(f"{text!r} is no span of days such as 2026-01-01..2026-01-31")
    days = [date_of(date.fromisoformat(end)) if end else None for end in (first, last)]
    return common_pb2.DateRange(start=days[0], end=days[1])


def _views(answer: pb.LoanExplanation) -> list[Table]:
    if answer.HasField("accruals"):
        booked = [("booked", format_money(answer.accruals.booked))]
        return [_spans("accruals", answer.accruals.spans), output.facts("", booked)]
    if answer.HasField("instalment"):
        return _instalment(answer.instalment)
    return _payoff(answer.payoff)


def _instalment(found: pb.InstalmentExplanation) -> list[Table]:
    head = [
        ("start", output.text_of(found.start)),
        ("due", output.text_of(found.due)),
        ("days", str(found.days)),
        ("opening", format_money(found.opening)),
        ("annual rate", found.annual_rate.value),
        ("day count", _ratio(found.day_count_numerator, found.day_count_denominator)),
    ]
    changes = output.grid("how it came about", _CHANGES, (_change(c) for c in found.changes))
    changes.add_section()
    for label, sums in (("owed", found.owed), ("settled", found.settled), ("open", found.open)):
        changes.add_row("", label, *_parts(sums), "", style="bold")
    ends = [("outstanding", format_money(found.outstanding))]
    if found.penalty_interest.units or found.penalty_interest.nanos:
        ends.insert(0, ("of it penalty interest", format_money(found.penalty_interest)))
    return [
        output.facts(f"instalment {found.number}", head),
        _spans("interest of its period so far", found.accruals),
        changes,
        output.facts("", ends),
    ]


def _payoff(found: pb.PayoffExplanation) -> list[Table]:
    lines = output.table("payoff", pb.PayoffLine, found.lines, _LINES)
    accrued = [span for line in found.lines for span in line.accruals]
    ends = [
        ("value date", output.text_of(found.value_date)),
        ("credit", format_money(found.credit)),
        ("total", format_money(found.total)),
    ]
    return [lines, _spans("how it accrued", accrued), output.facts("", ends)]


def _spans(title: str, spans: Iterable[pb.AccrualSpan]) -> Table:
    return output.grid(title, _SPANS, (_span(span) for span in spans))


def _span(span: pb.AccrualSpan) -> list[str]:
    count = _ratio(span.day_count_numerator, span.day_count_denominator)
    if span.spread:
        count = f"{span.days}/{span.spread_days} of {span.spread}"
    return [
        output.text_of(span.start),
        output.text_of(span.end),
        str(span.days),
        output.field_text(span, "component"),
        format_money(span.balance),
        "paused" if span.paused else span.annual_rate.value,
        *(count, span.exact_before, span.exact),
        format_money(span.booked),
        _because(span.causes),
    ]


def _change(change: pb.InstalmentChange) -> list[str]:
    effect = output.field_text(change, "effect")
    day = output.text_of(change.causes[0].value_date) if change.causes else ""
    return [day, effect, *_parts(change.amounts), _because(change.causes)]


def _parts(amounts: common_pb2.Breakdown) -> list[str]:
    return [
        format_money(getattr(amounts, part)) if amounts.HasField(part) else "" for part in PARTS
    ]


def _because(causes: Iterable[pb.ExplanationCause]) -> str:
    return ", ".join(f"{cause.kind} {short(cause.event)}".strip() for cause in causes)


def _ratio(numerator: int, denominator: int) -> str:
    return f"{numerator}/{denominator}" if denominator else ""
