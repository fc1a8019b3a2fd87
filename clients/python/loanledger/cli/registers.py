"""`loanledger compliance`, registers: obligations, audits, findings, complaints, risk events."""

from __future__ import annotations

from typing import Annotated

import typer

from loanledger.cli import output
from loanledger.cli.command import Result, command
from loanledger.cli.compliance import (
    ITEMS,
    Facts,
    NewState,
    Note,
    Overdue,
    Owner,
    Papers,
    State,
    facts_of,
    papers_of,
    shown,
    text_of,
    within,
)
from loanledger.cli.pages import gather
from loanledger.cli.params import Because, Day, DryRun, Limit, RequestId
from loanledger.cli.session import Session
from loanledger.v1 import compliance_service_pb2 as pb

Kind = Annotated[str, typer.Argument(help="obligation, audit, finding, complaint or risk_event.")]
Item = Annotated[str, typer.Argument(help="An item: findings/000-... or its full name.")]
Links = Annotated[
    list[str] | None, typer.Option("--link", help="Another item, as findings/000-...; repeatable.")
]


def register(app: typer.Typer) -> None:
    """Adds the commands to their group."""
    for name, func in (
        ("open", open_item),
        ("update", update_item),
        ("show", show),
        ("list", items),
    ):
        command(app, name)(func)


def open_item(
    s: Session,
    kind: Kind,
    title: Annotated[str, typer.Argument(help="In a line, without personal data.")],
    *,
    owner: Owner = None,
    due: Day = None,
    party: Annotated[str | None, typer.Option(help="The borrower whom it concerns.")] = None,
    fact: Facts = None,
    link: Links = None,
    note: Note = None,
    paper: Papers = None,
    reason: Because,
    request_id: RequestId = None,
    dry_run: DryRun = False,
) -> Result:
    """Enter something in its register."""
    item = pb.RegisterItem(
        kind=kind,
        title=title,
        owner=owner or "",
        due_date=due,
        party=s.optional("parties", party) or "",
        facts=facts_of(fact),
        links=[full(s, one) for one in link or ()],
    )
    found = s.client.compliance.open_register_item(
        item=item,
        note=text_of(note),
        workpapers=papers_of(paper),
        reason=reason,
        request_id=request_id,
        validate_only=dry_run,
    )
    return shown(found)


def update_item(
    s: Session,
    item: Item,
    *,
    state: NewState = None,
    title: Annotated[str | None, typer.Option(help="Another title.")] = None,
    owner: Owner = None,
    due: Day = None,
    fact: Facts = None,
    link: Links = None,
    note: Note = None,
    paper: Papers = None,
    reason: Because,
    request_id: RequestId = None,
    dry_run: DryRun = False,
) -> Result:
    """Add a step of work to an item, or end it."""
    found = s.client.compliance.update_register_item(
        name=full(s, item),
        state=state,
        title=title,
        owner=owner,
        due_date=due,
        facts=facts_of(fact),
        links=[full(s, one) for one in link or ()],
        note=text_of(note),
        workpapers=papers_of(paper),
        reason=reason,
        request_id=request_id,
        validate_only=dry_run,
    )
    return shown(found)


def show(s: Session, item: Item) -> Result:
    """Show an item with its log."""
    return shown(s.client.compliance.get_register_item(name=full(s, item)))


def items(
    s: Session,
    kind: Annotated[str | None, typer.Argument(help="Only of this kind.")] = None,
    *,
    state: State = None,
    owner: Owner = None,
    overdue: Overdue = False,
    limit: Limit = 100,
) -> Result:
    """List what the registers hold."""
    request = pb.ListRegisterItemsRequest(
        kind=kind or "", state=state or "", owner=owner or "", overdue=overdue
    )
    found = gather(s.client.compliance.list_register_items, request, limit)
    rows = []
    for one in found.items:
        row = pb.RegisterItem()
        row.CopyFrom(one)
        row.name = within(one.name)
        rows.append(row)
    return Result(found, (output.table("items", pb.RegisterItem, rows, ITEMS),))


def full(s: Session, text: str) -> str:
    """`findings/000-...` as a full name."""
    return text if text.startswith("books/") else f"{s.parent}/{text}"
