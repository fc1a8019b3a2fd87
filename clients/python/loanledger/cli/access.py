"""`loanledger access`: who has which role, and whose tokens are good no more."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer
from google.protobuf.timestamp_pb2 import Timestamp

from loanledger.cli import output
from loanledger.cli.command import Result, command, group
from loanledger.cli.pages import gather
from loanledger.cli.params import Because, DryRun, Limit, RequestId
from loanledger.cli.session import Session
from loanledger.v1 import access_service_pb2 as pb

app = group("Roles: who has them, from when until when.")
ASSIGNMENTS = (
    *("name", "principal", "role", "valid_from", "valid_until", "delegated_by", "ended"),
    *("branches", "actor", "reason"),
)
CONFLICTS = ("principal", "first", "second", "reason")
Principal = Annotated[str, typer.Argument(help="The subject of their tokens: users/ann.")]
Role = Annotated[str, typer.Argument(help="Such as finance.")]
Moment = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"], help="In UTC.")
]


@command(app, "assign")
def assign(
    s: Session,
    principal: Principal,
    role: Role,
    *,
    since: Moment = None,
    until: Moment = None,
    branch: Annotated[
        list[str] | None, typer.Option(help="Only of this branch; may be given again.")
    ] = None,
    reason: Because,
    request_id: RequestId = None,
    dry_run: DryRun = False,
) -> Result:
    """Give somebody else a role."""
    assignment = pb.RoleAssignment(
        principal=principal,
        role=role,
        valid_from=_moment(since),
        valid_until=_moment(until),
        branches=branch,
    )
    found = s.client.access.assign_role(
        assignment=assignment, reason=reason, request_id=request_id, validate_only=dry_run
    )
    return _shown(found)


@command(app, "delegate")
def delegate(
    s: Session,
    principal: Principal,
    role: Role,
    *,
    until: Annotated[
        datetime, typer.Option(formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"], help="In UTC.")
    ],
    reason: Because,
    request_id: RequestId = None,
    dry_run: DryRun = False,
) -> Result:
    """Let somebody else act with one of your own roles for a time."""
    found = s.client.access.delegate_role(
        principal=principal,
        role=role,
        valid_until=_moment(until),
        reason=reason,
        request_id=request_id,
        validate_only=dry_run,
    )
    return _shown(found)


@command(app, "end")
def end(
    s: Session,
    assignment: Annotated[str, typer.Argument(help="An assignment: its short id or full name.")],
    *,
    reason: Because,
    request_id: RequestId = None,
) -> Result:
    """Take a role away at once."""
    name = s.name("roleAssignments", assignment)
    return _shown(
        s.client.access.end_role_assignment(name=name, reason=reason, request_id=request_id)
    )


@command(app, "list")
def assignments(
    s: Session,
    *,
    principal: Annotated[str | None, typer.Option(help="Only of this one.")] = None,
    role: Annotated[str | None, typer.Option(help="Only of this role.")] = None,
    ended: Annotated[bool, typer.Option("--ended", help="Also those that have ended.")] = False,
    limit: Limit = 100,
) -> Result:
    """List who has which role."""
    request = pb.ListRoleAssignmentsRequest(
        principal=principal or "", role=role or "", show_ended=ended
    )
    found = gather(s.client.access.list_role_assignments, request, limit)
    shown = found.role_assignments
    return Result(found, (output.table("roles", pb.RoleAssignment, shown, ASSIGNMENTS),))


@command(app, "show")
def show(
    s: Session,
    principal: Annotated[str | None, typer.Argument(help="You yourself by default.")] = None,
) -> Result:
    """Show what somebody may do now."""
    found = s.client.access.get_access(principal=principal)
    return Result(found, (output.record("access", found),))


@command(app, "conflicts")
def conflicts(s: Session) -> Result:
    """List who holds roles that exclude each other."""
    found = s.client.access.list_role_conflicts()
    return Result(found, (output.table("conflicts", pb.HeldConflict, found.conflicts, CONFLICTS),))


@command(app, "revoke")
def revoke(
    s: Session,
    principal: Principal,
    *,
    token_id: Annotated[str | None, typer.Option(help="Only the token of this id (jti).")] = None,
    reason: Because,
    request_id: RequestId = None,
    dry_run: DryRun = False,
) -> Result:
    """End all tokens that somebody was issued until now, or one of them."""
    found = s.client.access.revoke_tokens(
        principal=principal,
        token_id=token_id,
        reason=reason,
        request_id=request_id,
        validate_only=dry_run,
    )
    return Result(found, (output.record("revoked", found),))


def _moment(given: datetime | None) -> Timestamp | None:
    if given is None:
        return None
    found = Timestamp()
    found.FromDatetime(given.replace(tzinfo=UTC))
    return found


def _shown(found: pb.RoleAssignment) -> Result:
    return Result(found, (output.record("role", found),))
