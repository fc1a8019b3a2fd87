"""`loanledger loans import`: running loans of another system, tried before they are written."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from google.type import date_pb2
from rich.console import RenderableType

from loanledger.cli import inputs, output, positions, progress
from loanledger.cli.command import Result, command
from loanledger.cli.params import Because, Currency, DryRun, RequestId
from loanledger.cli.positions import Line, totals_sum
from loanledger.cli.session import Session
from loanledger.errors import from_status
from loanledger.money import format_money, minor, of_minor, to_date
from loanledger.v1 import loan_service_pb2 as pb

_DATE = "YYYY-MM-DD"
_PLAIN_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?\Z")
#: What a spreadsheet may take for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
REPORT = (
    *("line", "reference", "state", "loan", "field", "description"),
    *("theirs", "ours", "difference", "tolerated"),
)


def register(app: typer.Typer) -> None:
    """Adds this command to the group."""
    command(app, "import")(import_)


@dataclass(frozen=True, slots=True)
class Run:
    """What all requests of a file share."""

    cut_over: date_pb2.Date
    product: str | None
    reason: str
    tolerance: str | None
    currency: str
    request_id: str | None


def import_(
    s: Session,
    file: Annotated[
        Path, typer.Argument(help="JSON lines of positions, or CSV.", exists=True, dir_okay=False)
    ],
    *,
    cut_over: Annotated[
        date_pb2.Date,
        typer.Option(parser=inputs.day, metavar=_DATE, help="Kept here from this day on."),
    ],
    product: Annotated[
        str | None, typer.Option(help="Of positions that name none, or one version as CODE@3.")
    ] = None,
    reason: Because,
    control: Annotated[
        Path | None,
        typer.Option(help="JSON of the totals that it must come to.", exists=True, dir_okay=False),
    ] = None,
    tolerance: Annotated[
        str | None, typer.Option(help="A figure may differ from the history by so much.")
    ] = None,
    report: Annotated[
        Path | None, typer.Option(help="CSV with a row for each finding.", dir_okay=False)
    ] = None,
    partial: Annotated[
        bool, typer.Option("--partial", help="Import the loans that tie though others do not.")
    ] = False,
    currency: Currency = "CNY",
    request_id: RequestId = None,
    dry_run: DryRun = False,
) -> Result:
    """Bring running loans over from another system; all is tried before anything is written."""
    day = to_date(cut_over)
    how = positions.Reading(s.book, currency, day.isoformat() if day else "")
    lines = positions.read(file, how)
    given = None
    if control is not None:
        rows = positions.rows_of(control.read_text("utf-8"))
        given = positions.message_of(rows, pb.PositionTotals, currency)
    named = positions.product_of(s.book, product) if product else None
    run = Run(cut_over, named, reason, tolerance, currency, request_id)
    answer = _asked(s, run, lines, dry_run=True)
    _against(answer, given)
    if not dry_run and (answer.tied or (partial and not answer.findings)):
        answer = _asked(s, run, lines, dry_run=False)
        _against(answer, given)
    if report:
        write_report(report, lines, answer)
    return Result(answer, tuple(_views(lines, answer)), _problem(answer, dry_run=dry_run))


def _asked(s: Session, run: Run, lines: Sequence[Line], *, dry_run: bool) -> pb.ImportLoansResponse:
    """The answers of all runs that the file takes, as one."""
    whole, tied = pb.ImportLoansResponse(), True
    with progress.bar("loans") as shown:
        task = shown.add_task("trying" if dry_run else "importing", total=len(lines), things=0)
        for number, batch in enumerate(positions.batches(list(lines))):
            answer = s.client.loans.import_loans(
                positions=[line.position for line in batch],
                cut_over_date=run.cut_over,
                product=run.product,
                reason=run.reason,
                tolerance=s.some_money(run.tolerance, run.currency),
                request_id=positions.request_id(run.request_id, number),
                validate_only=dry_run,
            )
            whole.results.extend(answer.results)
            whole.positions.CopyFrom(totals_sum((whole.positions, answer.positions)))
            whole.ledger.CopyFrom(totals_sum((whole.ledger, answer.ledger)))
            tied = tied and answer.tied
            shown.update(task, advance=len(batch), things=len(whole.results))
    whole.tied = tied
    return whole


def _against(answer: pb.ImportLoansResponse, given: pb.PositionTotals | None) -> None:
    """Holds the positions of the whole file to the control totals, where they are given."""
    if given is None:
        return
    answer.control_totals.CopyFrom(given)
    if given.loans and given.loans != answer.positions.loans:
        text = f"there are {answer.positions.loans} positions, not {given.loans}"
        answer.findings.add(field="loans", description=text)
    for field, theirs in given.ListFields():
        if field.message_type is None:
            continue
        ours = getattr(answer.positions, field.name)
        if minor(theirs) != minor(ours):
            answer.findings.add(
                field=field.name,
                description="is not the sum of the positions",
                theirs=theirs,
                ours=ours,
                difference=of_minor(minor(theirs) - minor(ours), theirs.currency_code),
            )
    answer.tied = answer.tied and not answer.findings


def _problem(answer: pb.ImportLoansResponse, *, dry_run: bool) -> str:
    refused = sum(result.state == pb.IMPORT_STATE_REFUSED for result in answer.results)
    told = [f"{refused:,} loans do not tie"] if refused else []
    told += [f"{len(answer.findings)} control totals are not met"] if answer.findings else []
    held = any(result.state == pb.IMPORT_STATE_IMPORTABLE for result in answer.results)
    if told and held and not dry_run:
        told.append("nothing was imported")
    return "; ".join(told)


def findings_of(
    lines: Sequence[Line], answer: pb.ImportLoansResponse
) -> Iterator[tuple[Line, pb.ImportResult, pb.ImportFinding | None]]:
    """Each finding with its line, and the results that have none."""
    for line, result in zip(lines, answer.results, strict=True):
        found = list(result.findings)
        if result.HasField("error"):
            found.append(pb.ImportFinding(description=str(from_status(result.error))))
        if not found:
            yield line, result, None
        for finding in found:
            yield line, result, finding


def _views(lines: Sequence[Line], answer: pb.ImportLoansResponse) -> Iterator[RenderableType]:
    rows = [
        (f"{line.number:,}", result.reference, *_cells(finding), _noted(finding))
        for line, result, finding in findings_of(lines, answer)
        if finding is not None
    ]
    rows += [("", "", *_cells(finding), "") for finding in answer.findings]
    columns = [("line", True), ("reference", False), ("field", False), ("why", False)]
    columns += [(name, True) for name in ("theirs", "ours", "difference")] + [("", False)]
    if rows:
        yield output.grid("what does not tie", columns, rows)
    counts: dict[str, int] = {}
    for result in answer.results:
        name = output.enum_text(pb.ImportState.DESCRIPTOR, result.state)
        counts[name.replace("_", " ")] = counts.get(name.replace("_", " "), 0) + 1
    yield output.facts("loans", ((name, f"{counts[name]:,}") for name in sorted(counts)))
    yield _totals(answer)


def _totals(answer: pb.ImportLoansResponse) -> RenderableType:
    """Totals by component: as the other system has them, as they were sent, as they are here."""
    sides = [answer.positions, answer.ledger]
    headers = [("", False), ("positions", True), ("ledger", True)]
    if answer.HasField("control_totals"):
        sides.insert(0, answer.control_totals)
        headers.insert(1, ("control", True))
    names = [
        field.name
        for field in pb.PositionTotals.DESCRIPTOR.fields
        if field.message_type is not None and any(minor(getattr(x, field.name)) for x in sides)
    ]
    rows = [["loans", *(f"{side.loans:,}" for side in sides)]]
    rows += [
        [name.replace("_", " "), *(format_money(getattr(side, name)) for side in sides)]
        for name in names
    ]
    return output.grid("totals", headers, rows)


def _cells(found: pb.ImportFinding) -> tuple[str, str, str, str, str]:
    figures = (found.theirs, found.ours, found.difference)
    theirs, ours, difference = (format_money(figure, currency=False) for figure in figures)
    return found.field, found.description, theirs, ours, difference


def _noted(found: pb.ImportFinding | None) -> str:
    return "tolerated" if found is not None and found.tolerated else ""


def write_report(path: Path, lines: Sequence[Line], answer: pb.ImportLoansResponse) -> None:
    """The report as CSV: a row for each finding, one for each loan without any, then the totals."""
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(REPORT)
        for line, result, finding in findings_of(lines, answer):
            state = output.enum_text(pb.ImportState.DESCRIPTOR, result.state)
            loan = output.text_of(result.loan) if result.loan else ""
            told = finding or pb.ImportFinding()
            writer.writerow(
                _safe([line.number, result.reference, state, loan, *_report(told), _noted(finding)])
            )
        for finding in answer.findings:
            writer.writerow(_safe(["", "", "control totals", "", *_report(finding), ""]))


def _report(found: pb.ImportFinding) -> list[str]:
    """Cells of a finding, amounts without thousands separators."""
    figures = (found.theirs, found.ours, found.difference)
    plain = (format_money(figure, currency=False).replace(",", "") for figure in figures)
    return [found.field, found.description, *plain]


def _safe(cells: Iterable[object]) -> list[str]:
    """Cells that no spreadsheet takes for formulas; numbers stay numbers."""
    texts = [str(cell) for cell in cells]
    return [
        f"'{text}" if text.startswith(_FORMULA) and not _PLAIN_NUMBER.match(text) else text
        for text in texts
    ]
