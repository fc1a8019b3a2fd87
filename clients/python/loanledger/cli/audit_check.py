"""`loanledger audit check`: a proof, or checkpoints against each other, without a server."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from ledger.audit import proofs
from ledger.audit.checkpoint import MalformedNote
from ledger.audit.findings import Finding
from ledger.audit.timestamps import BadTimestamp
from ledger.audit.timestamps import shown as shown_moment
from loanledger.cli import output
from loanledger.cli.audit_files import authority, key_text, note_files, notes, stamp_file
from loanledger.cli.audit_options import Key, TsaCertificate
from loanledger.cli.command import Result, command
from loanledger.cli.session import Session


def register(app: typer.Typer) -> None:
    """Adds the command to the group of the audit."""
    command(app, "check")(check)


def check(
    s: Session,
    proof: Annotated[
        Path | None,
        typer.Argument(exists=True, dir_okay=False, help="From `inclusion --json` or such."),
    ] = None,
    *,
    checkpoint: Annotated[
        list[Path] | None,
        typer.Option(exists=True, help="A signed one, or a folder of them; may be repeated."),
    ] = None,
    key: Key,
    tsa_certificate: TsaCertificate = None,
) -> Result:
    """Check a proof, or checkpoints against each other, offline; fails on a split view.

    With --tsa-certificate each checkpoint's time stamp, beside it as .tsr, is checked too.
    """
    del s
    given = json.loads(proof.read_text("utf-8")) if proof else None
    proven = given if isinstance(given, list) else [given]
    if proof and not (proven and all(isinstance(one, dict) for one in proven)):
        raise ValueError(f"{proof} is no proof")
    points = notes(checkpoint)
    times, refused = _stamps(checkpoint, tsa_certificate)
    try:
        checked = [proofs.check(one, points, key_text(key)) for one in proven]
    except MalformedNote as error:
        raise ValueError(f"the verifier key is not readable: {error}") from None
    found = list(dict.fromkeys(finding for one in checked for finding in one.findings))
    found += refused
    shown = [one.shown for one in checked]
    told = shown if isinstance(given, list) else shown[0]
    data = {"ok": not found, "shown": told, "time_stamps": times, "findings": listed(found)}
    if not found:
        stamped = [f"time-stamped: {text}" for text in times]
        return Result(data, (*(f"verified: {text}" for text in shown), *stamped))
    return Result(data, (table(found),), f"{len(found)} findings")


def _stamps(given: list[Path] | None, certificate: Path | None) -> tuple[list[str], list[Finding]]:
    """What the time stamps beside checkpoints show, and what is wrong with them."""
    believed = authority(certificate)
    if believed is None:
        return [], []
    times, refused = [], list[Finding]()
    for path in (path for each in given or () for path in note_files(each)):
        if not stamp_file(path).exists():
            continue
        try:
            moment = believed.moment(path.read_text("utf-8"), stamp_file(path).read_bytes())
            times.append(f"{path.name} at {shown_moment(moment)}")
        except BadTimestamp as error:
            refused.append(Finding("", None, f"{stamp_file(path).name}: {error.message}"))
    if not times and not refused:
        refused.append(Finding("", None, "no checkpoint has a time stamp beside it"))
    return times, refused


def listed(found: Sequence[Finding]) -> list[dict[str, object]]:
    """Findings as data."""
    return [{"event": f.event, "leaf": f.leaf, "problem": f.problem} for f in found]


def table(found: Sequence[Finding]) -> Table:
    """Findings for people."""
    columns = [("event", False), ("leaf", True), ("problem", False)]
    rows = [(f.event, "" if f.leaf is None else str(f.leaf), f.problem) for f in found]
    return output.grid("findings", columns, rows)
