"""`loanledger approvals`: what waits for a second person, and which commands have to."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import RenderableType

from loanledger.cli import inputs, output
from loanledger.cli.command import Result, command, group
from loanledger.cli.pages import gather
from loanledger.cli.params import Because, DryRun, Limit, Reason, RequestId
from loanledger.cli.session import Session
from loanledger.v1 import approval_service_pb2 as pb
from loanledger.v1.ledger_service_pb2 import Entry

app = group("Four eyes: commands that wait for others to approve.")
POLICIES = ("version", "effective_from", "title", "create_time")
RULES = ("method", "above", "approvals", "roles", "valid_days")
WAITING = ("name", "method", "actor", "amounts", "state", "valid_until", "approver_roles")
CHANGES = ("field", "before", "after")
ENTRIES = ("account", "side", "amount", "loan", "component")
_STATES = [name.removeprefix("PENDING_STATE_").lower() for name in pb.PendingState.keys()[1:]]
Pending = Annotated[str, typer.Argument(help="A pending command: its short id or full name.")]


@command(app, "publish-policy")
def publish_policy(
    s: Session,
    file: Annotated[Path, typer.Argument(help="JSON: {title, effective_from, rules}.")],
    *,
    reason: Reason = None,
    request_id: RequestId = None,
    dry_run: DryRun = False,
) -> Result:
    """Publish the next version of the approval policy from a JSON file."""
    policy = s.client.approvals.publish_approval_policy(
        policy=inputs.message_file(file, pb.ApprovalPolicy),
        reason=reason,
        request_id=request_id,
        validate_only=dry_run,
    )
    return _policy(policy)


@command(app, "policy")
def policy(
    s: Session,
    version: Annotated[str, typer.Argument(help="A version; what is in force by default.")] = (
        "current"
    ),
) -> Result:
    """Show which commands wait, and for whom."""
    name = s.name("approvalPolicies", version)
    return _policy(s.client.approvals.get_approval_policy(name=name))


@command(app, "policies")
def policies(s: Session, *, limit: Limit = 100) -> Result:
    """List the versions of the approval policy."""
    found = gather(
        s.client.approvals.list_approval_policies, pb.ListApprovalPoliciesRequest(), limit
    )
    return Result(found, (output.table("policies", pb.ApprovalPolicy, found.policies, POLICIES),))


@command(app, "list")
def pending(
    s: Session,
    *,
    state: Annotated[str, typer.Option(help=f"{', '.join(_STATES)}, or all.")] = "waiting",
    limit: Limit = 100,
) -> Result:
    """List commands that wait, or what became of them."""
    if state not in (*_STATES, "all"):
        raise typer.BadParameter(f"must be one of {', '.join(_STATES)}, all")
    wanted = "UNSPECIFIED" if state == "all" else state.upper()
    request = pb.ListPendingCommandsRequest(state=f"PENDING_STATE_{wanted}")
    found = gather(s.client.approvals.list_pending_commands, request, limit)
    shown = found.pending_commands
    return Result(found, (output.table("pending commands", pb.PendingCommand, shown, WAITING),))


@command(app, "show")
def show(s: Session, name: Pending) -> Result:
    """Show a pending command, and while it waits what it would post and change now."""
    full = s.name("pendingCommands", name)
    return _pending(s.client.approvals.get_pending_command(name=full))


@command(app, "approve")
def approve(s: Session, name: Pending, *, reason: Because, request_id: RequestId = None) -> Result:
    """Approve another person's command; the last approval that it needs does it."""
    return _step(s, s.client.approvals.approve_pending_command, name, reason, request_id)


@command(app, "reject")
def reject(s: Session, name: Pending, *, reason: Because, request_id: RequestId = None) -> Result:
    """Refuse another person's command for good."""
    return _step(s, s.client.approvals.reject_pending_command, name, reason, request_id)


@command(app, "withdraw")
def withdraw(s: Session, name: Pending, *, reason: Because, request_id: RequestId = None) -> Result:
    """Take back your own command."""
    return _step(s, s.client.approvals.withdraw_pending_command, name, reason, request_id)


def _step(s: Session, call: Any, name: str, reason: str, request_id: str | None) -> Result:
    full = s.name("pendingCommands", name)
    return _pending(call(name=full, reason=reason, request_id=request_id))


def _policy(found: pb.ApprovalPolicy) -> Result:
    views = (
        output.record("approval policy", output.without(found, "rules")),
        output.table("rules", pb.ApprovalRule, found.rules, RULES),
    )
    return Result(found, views)


def _pending(found: pb.PendingCommand) -> Result:
    views: list[RenderableType] = [
        output.record("pending command", output.without(found, "preview"))
    ]
    if found.preview.refusal:
        views.append(f"It could not be done now: {found.preview.refusal}")
    if found.preview.entries:
        views.append(output.table("would post", Entry, found.preview.entries, ENTRIES))
    if found.preview.changes:
        views.append(output.table("would change", pb.FieldChange, found.preview.changes, CHANGES))
    return Result(found, tuple(views))
