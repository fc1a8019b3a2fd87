"""`loanledger audit`: the history and its proofs; `verify` and `check` need no server."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ledger.audit.checkpoint import MalformedNote
from ledger.audit.findings import Report
from ledger.audit.verify import verify_export
from ledger.audit.workers import workers
from loanledger.cli import audit_check, audit_witness, output, progress
from loanledger.cli.audit_files import archived, file_lines, key_text, notes, write_checkpoint
from loanledger.cli.audit_options import CHECKPOINT, Archive, KeyBeside, Previous, Processes
from loanledger.cli.command import Result, command, group
from loanledger.cli.pages import gather
from loanledger.cli.params import Event, Limit, Since, Until
from loanledger.cli.session import Session
from loanledger.v1 import audit_service_pb2 as pb

app = group("The history and its proofs.")
audit_check.register(app)
audit_witness.register(app)
EVENTS = (
    *("name", "kind", "subject", "value_date", "posting_date", "create_time", "actor"),
    *("reference", "reason", "reverses"),
)
CHECKPOINTS = ("size", "create_time", "root")
OutFile = Annotated[
    Path | None, typer.Option("--out", "-o", dir_okay=False, help="Write the signed note here.")
]


@command(app, "events")
def events(
    s: Session,
    *,
    kind: Annotated[str | None, typer.Option(help="Such as repayment.")] = None,
    subject: Annotated[str | None, typer.Option(help="A resource name, as loans/017-9F3K.")] = None,
    actor: Annotated[str | None, typer.Option(help="Who did it.")] = None,
    since: Since = None,
    until: Until = None,
    limit: Limit = 100,
) -> Result:
    """List recorded events."""
    request = pb.ListEventsRequest(
        kind=kind,
        subject=_subject(s, subject),
        actor=actor,
        posting_date_start=since,
        posting_date_end=until,
    )
    found = gather(s.client.audit.list_events, request, limit)
    return Result(found, (output.table("events", pb.Event, found.events, EVENTS),))


def _subject(s: Session, text: str | None) -> str | None:
    return text if not text or text.startswith("books/") else f"{s.parent}/{text}"


@command(app, "event")
def event(s: Session, event: Event) -> Result:
    """Show an event with its payload and the hash of its leaf."""
    answer = s.client.audit.get_event(name=s.name("events", event))
    return Result(answer, (output.record("event", answer),))


@command(app, "checkpoint")
def checkpoint(
    s: Session,
    *,
    size: Annotated[int | None, typer.Option(help="An earlier one, by its size.")] = None,
    out: OutFile = None,
) -> Result:
    """Seal what is recorded and get a signed checkpoint; keep it outside the bank.

    With -o FILE the verifier key goes to FILE.vkey beside it, and a time stamp to a .tsr.
    """
    if size is None:
        answer = s.client.audit.create_checkpoint()
    else:
        answer = s.client.audit.get_checkpoint(size=size)
    if out is not None:
        write_checkpoint(out, answer.note, answer.timestamp)
        _key_file(out).write_text(answer.verifier_key + "\n", "utf-8", newline="\n")
    return Result(answer, (answer.note, f"verifier key: {answer.verifier_key}"))


@command(app, "checkpoints")
def checkpoints(
    s: Session,
    *,
    limit: Limit = 100,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", file_okay=False, help="Write each one into this folder."),
    ] = None,
) -> Result:
    """List every checkpoint that was signed, the smallest first.

    With -o FOLDER each signed note goes to FOLDER/checkpoint-<size>.txt, its time stamp to .tsr.
    """
    found = gather(s.client.audit.list_checkpoints, pb.ListCheckpointsRequest(), limit)
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        for one in found.checkpoints:
            write_checkpoint(out / f"checkpoint-{one.size}.txt", one.note, one.timestamp)
    return Result(
        found, (output.table("checkpoints", pb.Checkpoint, found.checkpoints, CHECKPOINTS),)
    )


def _key_file(checkpoint_file: Path) -> Path:
    return checkpoint_file.with_name(checkpoint_file.name + ".vkey")


@command(app, "inclusion")
def inclusion(
    s: Session,
    event: Event,
    *,
    size: Annotated[int | None, typer.Option(help="Of the checkpoint; the latest if none.")] = None,
    loan: Annotated[str | None, typer.Option(help="Also prove this loan's lines of it.")] = None,
) -> Result:
    """The proof that an event stands in the history."""
    proof = s.client.audit.get_inclusion_proof(
        name=s.name("events", event), size=size, loan=s.optional("loans", loan)
    )
    return Result(proof, (output.record("inclusion proof", proof),))


@command(app, "consistency")
def consistency(
    s: Session,
    old: Annotated[int, typer.Argument(help="Size of the earlier checkpoint.")],
    new: Annotated[int, typer.Argument(help="Size of the later checkpoint.")],
) -> Result:
    """The proof that a later history only adds to an earlier one."""
    proof = s.client.audit.get_consistency_proof(old_size=old, new_size=new)
    return Result(proof, (output.record("consistency proof", proof),))


@command(app, "export")
def export(
    s: Session, file: Annotated[Path, typer.Argument(help="To write.", dir_okay=False)]
) -> Result:
    """Write the whole history to a file that verifies offline; it appears when complete."""
    part = file.with_name(file.name + ".part")
    size = 0
    with part.open("wb") as out, progress.bar("bytes") as shown:
        task = shown.add_task("export", total=None, things=0)
        for message in s.client.audit.export_history():
            size += out.write(message.chunk)
            shown.update(task, completed=size, things=size)
    part.replace(file)
    return Result({"file": str(file), "bytes": size}, (f"{size:,} bytes to {file}",))


@command(app, "verify")
def verify(
    s: Session,
    export_file: Annotated[
        Path, typer.Argument(metavar="EXPORT", exists=True, dir_okay=False, help="From `export`.")
    ],
    *,
    checkpoint: Annotated[Path, CHECKPOINT],
    key: KeyBeside = None,
    previous: Previous = None,
    archive: Archive = None,
    processes: Processes = None,
) -> Result:
    """Check an export against checkpoints, offline; fails and names the events that are wrong."""
    del s
    try:
        with workers(processes) as sharing:
            report = verify_export(
                file_lines(export_file),
                checkpoint.read_text("utf-8"),
                _key(key, checkpoint),
                notes(previous),
                archives=archived(archive),
                workers=sharing,
            )
    except MalformedNote as error:
        raise ValueError(f"the verifier key is not readable: {error}") from None
    return _verdict(report)


def _key(given: str | None, checkpoint: Path) -> str:
    beside = _key_file(checkpoint)
    if given is None and not beside.exists():
        raise ValueError(f"give --key: the verifier key, or a file with it (no {beside.name} here)")
    return key_text(str(beside) if given is None else given)


def _verdict(report: Report) -> Result:
    findings = audit_check.listed(report.findings)
    data = {
        "ok": report.ok,
        "book": report.book,
        "events": report.events,
        "entries": report.entries,
        "root": report.root.hex(),
        "proven": list(report.proven),
        "findings": findings,
        "unlisted": report.unlisted,
        "archived": report.archived,
    }
    if report.ok:
        line = f"verified: {report.events:,} events, {report.entries:,} entries, nothing altered"
        if report.archived:
            line += f"; the archived lines of {report.archived:,} events were not given"
        return Result(data, (line,))
    count = len(findings) + report.unlisted
    return Result(data, (audit_check.table(report.findings),), f"{count} findings")
