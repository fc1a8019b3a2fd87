"""`loanledger audit bundle` and `verify-bundle`: the history as tables, and the check of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from ledger.audit.checkpoint import MalformedNote
from ledger.audit.kept import Kept
from ledger.audit.stream import cut
from ledger.audit.tabulate import Facts
from ledger.audit.timestamps import shown
from ledger.audit.workers import workers
from ledger.errors import LedgerError
from loanledger.bundle import parquet
from loanledger.bundle.check import Checked, check
from loanledger.bundle.layout import CSV, KEY, PARQUET
from loanledger.bundle.make import make
from loanledger.cli import output, progress
from loanledger.cli.audit_files import archived, authority, key_text, notes
from loanledger.cli.audit_options import (
    CHECKPOINT,
    Archive,
    KeyBeside,
    Previous,
    Processes,
    TsaCertificate,
)
from loanledger.cli.command import Result, command
from loanledger.cli.session import Session


class Form(StrEnum):
    """The forms in which the tables are written."""

    CSV = CSV
    PARQUET = PARQUET
    BOTH = "both"


_FORMATS: Mapping[Form, tuple[str, ...]] = {
    Form.CSV: (CSV,),
    Form.PARQUET: (PARQUET,),
    Form.BOTH: (CSV, PARQUET),
}


def register(app: typer.Typer) -> None:
    """Adds the commands to the group of the audit."""
    command(app, "bundle")(bundle)
    command(app, "verify-bundle")(verify_bundle)


def bundle(
    s: Session,
    folder: Annotated[Path, typer.Argument(help="To make; it must not be there yet.")],
    *,
    as_of: Annotated[
        int | None,
        typer.Option(help="Size of an earlier checkpoint; all that is recorded if none."),
    ] = None,
    form: Annotated[Form, typer.Option("--format", help="Of the tables.")] = Form.BOTH,
) -> Result:
    """Write the history with its tables, totals, schema and manifest into a folder.

    The same position gives the same bytes again. Check it with `verify-bundle`.
    """
    formats = _FORMATS[form]
    if PARQUET in formats and not parquet.available():
        raise ValueError("Parquet needs pyarrow: pip install 'loanledger[bundle]', or --format csv")
    audit = s.client.audit
    point = audit.create_checkpoint() if as_of is None else audit.get_checkpoint(size=as_of)
    try:
        lines = cut(_exported(s), point.size, point.note)
        made = make(
            lines,
            folder,
            formats,
            point.verifier_key,
            lambda codes: _known(s, codes),
            _checkpoints(s, point.size),
        )
    except LedgerError as error:
        return Result({"ok": False}, (), f"no bundle was made: {error.message}")
    count = made["rows"]
    text = f"{count['events']:,} events, {count['entries']:,} entries to {folder}"
    return Result(made, (text, _totals(made)))


def _exported(s: Session) -> Iterator[bytes]:
    """The lines of the export as they come, whatever its chunks are."""
    rest, size = b"", 0
    with progress.bar("bytes") as shown:
        task = shown.add_task("bundle", total=None, things=0)
        for message in s.client.audit.export_history():
            *lines, rest = (rest + message.chunk).split(b"\n")
            size += len(message.chunk)
            shown.update(task, completed=size, things=size)
            for line in lines:
                yield line + b"\n"
    if rest:
        yield rest


def _checkpoints(s: Session, size: int) -> Iterator[Kept]:
    """Those that were signed up to a size."""
    for one in s.client.audit.list_checkpoints.iterate(page_size=1000):
        if one.size > size:
            return
        at = one.create_time
        yield Kept(one.size, one.note, at.seconds * 10**6 + at.nanos // 1000, one.timestamp)


def _known(s: Session, codes: Iterable[str]) -> Mapping[str, Facts]:
    """What the server tells of accounts of which the history does not."""
    wanted = set(codes)
    return {
        account.code: {
            "code": account.code,
            "control": output.field_text(account, "control"),
            "title": account.title,
            "title_zh": account.title_zh,
            "type": output.field_text(account, "type"),
        }
        for account in s.client.ledger.list_accounts.iterate(page_size=1000)
        if account.code in wanted
    }


def verify_bundle(
    s: Session,
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="From `bundle`.")],
    *,
    checkpoint: Annotated[Path | None, CHECKPOINT] = None,
    key: KeyBeside = None,
    earlier_key: Annotated[
        list[str] | None,
        typer.Option(help="A key before a change of keys, or a file with it; may be repeated."),
    ] = None,
    previous: Previous = None,
    archive: Archive = None,
    tsa_certificate: TsaCertificate = None,
    processes: Processes = None,
) -> Result:
    """Check a bundle offline: digests, counts, totals, proofs, and each cell of each table."""
    del s
    if key is None:
        output.note("the key is the bundle's own: give --key with the one that you were handed")
    try:
        with workers(processes) as sharing:
            found = check(
                folder,
                key_text(key or str(folder / KEY)),
                checkpoint.read_text("utf-8") if checkpoint else None,
                notes(previous),
                archived(archive),
                [*map(key_text, earlier_key or ())],
                authority(tsa_certificate),
                sharing,
            )
    except MalformedNote as error:
        raise ValueError(f"the verifier key is not readable: {error}") from None
    return _verdict(found)


def _verdict(found: Checked) -> Result:
    report = found.report
    rows = [
        *(("history.jsonl", f.event, f.problem) for f in report.findings),
        *((p.file, p.place, p.problem) for p in found.problems),
    ]
    data: dict[str, Any] = {
        "ok": found.ok,
        "events": report.events,
        "entries": report.entries,
        "root": report.root.hex(),
        "proven": list(report.proven),
        "files": len(found.manifest["files"]),
        "findings": [{"file": f, "place": place, "problem": text} for f, place, text in rows],
        "unlisted": report.unlisted,
        "time_stamped": shown(found.stamped) if found.stamped else "",
    }
    if found.ok:
        text = (
            f"verified: {len(found.manifest['files'])} files, {report.events:,} events,"
            f" {report.entries:,} entries, nothing altered"
        )
        if found.stamped:
            text += f"; time-stamped at {shown(found.stamped)}"
        return Result(data, (text, _totals(found.manifest)))
    columns = [("file", False), ("place", False), ("problem", False)]
    return Result(data, (output.grid("findings", columns, rows),), f"{len(rows)} findings")


def _totals(manifest: dict[str, Any]) -> Any:
    columns = [("currency", False), ("debit", True), ("credit", True), ("unit", False)]
    totals = manifest["control_totals"].items()
    rows = [(code, t["debit"], t["credit"], t["unit"]) for code, t in totals]
    return output.grid("control totals", columns, rows)
