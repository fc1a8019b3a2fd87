"""`loanledger parties`: borrowers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from loanledger.cli import inputs, output
from loanledger.cli.command import Result, command, group
from loanledger.cli.pages import gather
from loanledger.cli.params import (
    Because,
    Branch,
    DryRun,
    Limit,
    NewBranch,
    Reason,
    Reference,
    RequestId,
)
from loanledger.cli.session import Session
from loanledger.v1 import party_service_pb2 as pb

app = group("Borrowers.")
COLUMNS = ("name", "kind", "display_name", "reference", "branch", "create_time")


@command(app, "create")
def create(
    s: Session,
    display_name: Annotated[str, typer.Argument(help="Kept encrypted.")],
    *,
    kind: Annotated[str, typer.Option(help="person or organisation.")] = "person",
    reference: Reference = None,
    branch: Branch = None,
    reason: Reason = None,
    request_id: RequestId = None,
) -> Result:
    """Create a party."""
    party = s.client.parties.create_party(
        party=pb.Party(
            kind=inputs.enum_of("PARTY_KIND", kind),
            display_name=display_name,
            reference=reference,
            branch=branch,
        ),
        reason=reason,
        request_id=request_id,
    )
    return Result(party, (output.record("party", party),))


@command(app, "list")
def list_(s: Session, *, reference: Reference = None, limit: Limit = 100) -> Result:
    """List parties."""
    request = pb.ListPartiesRequest(reference=reference)
    found = gather(s.client.parties.list_parties, request, limit)
    return Result(found, (output.table("parties", pb.Party, found.parties, COLUMNS),))


@command(app, "show")
def show(
    s: Session,
    party: Annotated[str, typer.Argument(help="Its short id or full name.")],
    *,
    reason: Annotated[
        str | None, typer.Option(help="Why you need the name in clear; it is recorded.")
    ] = None,
) -> Result:
    """Show a party, its name masked unless you say why you need it."""
    answer = s.client.parties.get_party(name=s.name("parties", party), reason=reason)
    return Result(answer, (output.record("party", answer),))


@command(app, "export")
def export(
    s: Session,
    party: Annotated[str, typer.Argument(help="Its short id or full name.")],
    *,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", dir_okay=False, help="Write it here.")
    ] = None,
    reason: Because,
    request_id: RequestId = None,
) -> Result:
    """Hand out all that the books hold of one person, in clear, as JSON."""
    name, tables = s.name("parties", party), dict[str, list[object]]()
    rows = s.client.parties.export_party(name=name, reason=reason, request_id=request_id)
    for each in rows:
        tables.setdefault(each.table, []).append(json.loads(each.row))
    found = {"party": name, "tables": tables}
    text = json.dumps(found, ensure_ascii=False, indent=2)
    if out is None:
        return Result(found, (text,))
    out.write_text(text + "\n", encoding="utf-8")
    count = sum(map(len, tables.values()))
    return Result({"file": str(out), "rows": count}, (f"{count} rows to {out}",))


@command(app, "move")
def move(
    s: Session,
    party: Annotated[str, typer.Argument(help="Its short id or full name.")],
    *,
    branch: NewBranch,
    reason: Because,
    request_id: RequestId = None,
    dry_run: DryRun = False,
) -> Result:
    """Move a party to another branch; its loans stay in theirs."""
    answer = s.client.parties.move_party(
        name=s.name("parties", party),
        branch=branch,
        reason=reason,
        request_id=request_id,
        validate_only=dry_run,
    )
    return Result(answer, (output.record("party", answer),))


@command(app, "erase")
def erase(
    s: Session,
    party: Annotated[str, typer.Argument(help="Its short id or full name.")],
    *,
    reason: Because,
    request_id: RequestId = None,
    dry_run: DryRun = False,
) -> Result:
    """Destroy a party's personal data for good, once all its loans are settled."""
    answer = s.client.parties.erase_party(
        name=s.name("parties", party), reason=reason, request_id=request_id, validate_only=dry_run
    )
    return Result(answer, (output.record("party", answer),))
