"""`loanledger audit check`: a proof, or checkpoints against each other, without a server."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from ledger.audit import proofs
from ledger.audit.checkpoint import MalformedNote
from ledger.audit.findings import Finding
from loanledger.cli import output
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
        typer.Option(exists=True, dir_okay=False, help="A signed checkpoint; may be repeated."),
    ] = None,
    key: Annotated[
        str,
        typer.Option(envvar="LOANLEDGER_VERIFIER_KEY", help="The verifier key or a file with it."),
    ],
) -> Result:
    """Check a proof, or checkpoints against each other, offline; fails on a split view."""
    del s
    given = json.loads(proof.read_text("utf-8")) if proof else None
    proven = given if isinstance(given, list) else [given]
    if proof and not (proven and all(isinstance(one, dict) for one in proven)):
        raise ValueError(f"{proof} is no proof")
    notes = [path.read_text("utf-8") for path in checkpoint or ()]
    try:
        checked = [proofs.check(one, notes, key_text(key)) for one in proven]
    except MalformedNote as error:
        raise ValueError(f"the verifier key is not readable: {error}") from None
    found = list(dict.fromkeys(finding for one in checked for finding in one.findings))
    shown = [one.shown for one in checked]
    told = shown if isinstance(given, list) else shown[0]
    data = {"ok": not found, "shown": told, "findings": listed(found)}
    if not found:
        return Result(data, tuple(f"verified: {text}" for text in shown))
    return Result(data, (table(found),), f"{len(found)} findings")


def key_text(given: str) -> str:
    """The verifier key, given as its text or as a file with it."""
    path = Path(given)
    is_text = "+" in given and not path.exists()
    return given.strip() if is_text else path.read_text("utf-8").strip()


def file_lines(path: Path) -> Iterator[bytes]:
    """The lines of a file, one after the other."""
    with path.open("rb") as file:
        yield from file


def listed(found: Sequence[Finding]) -> list[dict[str, object]]:
    """Findings as data."""
    return [{"event": f.event, "leaf": f.leaf, "problem": f.problem} for f in found]


def table(found: Sequence[Finding]) -> Table:
    """Findings for people."""
    columns = [("event", False), ("leaf", True), ("problem", False)]
    rows = [(f.event, "" if f.leaf is None else str(f.leaf), f.problem) for f in found]
    return output.grid("findings", columns, rows)
