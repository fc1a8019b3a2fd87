"""ApprovalService: the approval policy, and the commands that wait for somebody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from ledger.calc.authority import on_day
from ledger.drafts import Stamp, moved
from ledger.errors import NotFound
from ledger.lending import approvals as lending
from ledger.lending import authority
from ledger.names import id_text
from ledger.record import Decision
from ledger.store import approvals, policies, stripes
from ledger.store.approvals import Pending
from ledger.view import View
from loanledger.v1 import approval_service_pb2 as pb
from server.pages import page, token
from server.security import ALLOWED_BY_NAME, Caller
from server.services.base import Ask, Key, Room
from server.services.discretion import unseen
from server.services.documents import Published
from server.services.pending import (
    asked,
    governable,
    pending_message,
    policy_message,
    request_of,
)
from server.services.previews import preview

_PUBLISHED = Published(
    policies.APPROVAL, "approvalPolicies", "approval policy", policy_message, on_day
)


class ApprovalService:
    """Policies are read by all; who may decide on a command its rule says."""

    def __init__(self, room: Room) -> None:
        self.room = room

    async def PublishApprovalPolicy(
        self, request: pb.PublishApprovalPolicyRequest, caller: Caller
    ) -> bytes:
        """Publishes the next version."""
        check, room = self.room.checks(), self.room
        check.parent(request.parent)
        check.request_id(request.request_id)
        policy = asked(check, request.policy)
        reason = check.text(request.reason, "reason")
        check.done()
        methods = governable(room)
        every = tuple(range(room.first, room.first + room.book.stripes))
        return await Ask(
            room,
            caller,
            "PublishApprovalPolicy",
            request,
            request.request_id,
            room.first,
            lambda view: authority.publish(view, room.first, policy, methods, reason),
            lambda done, stamp: policy_message(room.book.code, done.result, stamp.booked_at),
            {"locks": every, "fresh": True},
        ).run()

    async def GetApprovalPolicy(
        self, request: pb.GetApprovalPolicyRequest, caller: Caller
    ) -> pb.ApprovalPolicy:
        """One version, or what is in force."""
        return await _PUBLISHED.one(self.room, request)

    async def ListApprovalPolicies(
        self, request: pb.ListApprovalPoliciesRequest, caller: Caller
    ) -> pb.ListApprovalPoliciesResponse:
        """All versions, oldest first."""
        found, more = await _PUBLISHED.some(self.room, request)
        return pb.ListApprovalPoliciesResponse(policies=found, next_page_token=more)

    async def GetPendingCommand(
        self, request: pb.GetPendingCommandRequest, caller: Caller
    ) -> pb.PendingCommand:
        """One command, and what it would do now."""
        check = self.room.checks()
        key = check.key(request.name, "pendingCommands")
        check.done()
        found, day = await self._found(key, caller)
        shown = pending_message(self.room, found, day)
        if shown.state == pb.PENDING_STATE_WAITING:
            shown.preview.CopyFrom(await preview(self.room, found))
        return shown

    async def ListPendingCommands(
        self, request: pb.ListPendingCommandsRequest, caller: Caller
    ) -> pb.ListPendingCommandsResponse:
        """Commands in order of their ids."""
        check, room = self.room.checks(), self.room
        check.parent(request.parent)
        if request.state not in pb.PendingState.values():
            check.add("state", "must be a known state, or unset for all")
        size, (stripe, key) = page(check, request, 2)
        check.done()
        state = pb.PendingState.Name(request.state).removeprefix("PENDING_STATE_").lower()
        state = state if request.state else ""
        async with room.database.reading() as connection:
            rows = await stripes.read(connection, room.book.number)
            day = rows[0].business_date
            found = await approvals.search(
                connection, room.book.number, (stripe, key), size + 1, state, day
            )
        page_ = [one for one in found[:size] if not unseen(caller, one.content.method)]
        if caller.branches is not None:
            names = [f"books/{room.book.code}/{one.resource}" for one in page_]
            own = [await room.branches.usable(caller, [name]) for name in names]
            page_ = [one for one, roles in zip(page_, own, strict=True) if roles]
        shown = [pending_message(room, one, day) for one in page_]
        response = pb.ListPendingCommandsResponse(pending_commands=shown)
        if len(found) > size:
            response.next_page_token = token(request, found[size - 1].key)
        return response

    async def ApprovePendingCommand(
        self, request: pb.ApprovePendingCommandRequest, caller: Caller
    ) -> bytes:
        """The command is read again as it was asked for, and its decision made now."""
        key, reason = self._common(request)
        found, _ = await self._found(key, caller)

        by = lending.Approver(caller.actor, caller.roles, reason)
        may: frozenset[str] | None = None
        if self.room.roles:
            theirs = self.room.roles.of(found.content.actor)
            reach = {role: far for role, far in theirs.items() if far is not None}
            asker = Caller(found.content.actor, frozenset(theirs), 0, reach=reach)
            may = frozenset(theirs) & ALLOWED_BY_NAME[found.content.method]
            if reach:
                may &= await self.room.branches.usable(asker, [request.name])

        async def carry(asked: Ask) -> bytes:
            command = asked.unguarded()
            return await self._step(
                request,
                caller,
                key,
                lambda view: lending.approve(view, key, by, command, may),
                **asked.loads,
            ).alone()

        method, maker = self.room.methods[found.content.method], found.content.actor
        asked_for, roles = request_of(self.room, found), frozenset(found.content.caller_roles)
        answer: bytes = await method.call(asked_for, Caller(maker, roles, 0, carry))
        return answer

    async def RejectPendingCommand(
        self, request: pb.RejectPendingCommandRequest, caller: Caller
    ) -> bytes:
        """Refuses it."""
        key, reason = self._common(request)
        await self._found(key, caller)
        return await self._step(
            request,
            caller,
            key,
            lambda view: lending.reject(view, key, caller.actor, caller.roles, reason),
        ).run()

    async def WithdrawPendingCommand(
        self, request: pb.WithdrawPendingCommandRequest, caller: Caller
    ) -> bytes:
        """Takes it back."""
        key, reason = self._common(request)
        return await self._step(
            request, caller, key, lambda view: lending.withdraw(view, key, caller.actor, reason)
        ).run()

    def _common(self, request: Any) -> tuple[Key, str]:
        """What all steps are asked with."""
        check = self.room.checks()
        key = check.key(request.name, "pendingCommands")
        check.request_id(request.request_id)
        reason = check.text(request.reason, "reason", required=True)
        check.done()
        return key, reason

    def _step(
        self,
        request: Any,
        caller: Caller,
        key: Key,
        decide: Callable[[View], Decision],
        **loads: Any,
    ) -> Ask:
        room = self.room

        def answer(decision: Decision, stamp: Stamp) -> pb.PendingCommand:
            found = moved(decision.result, stamp, decision.draft.reason)
            return pending_message(room, found, stamp.posting_date)

        method = type(request).__name__.removesuffix("Request")
        return Ask(room, caller, method, request, request.request_id, key[0], decide, answer, loads)

    async def _found(self, key: Key, caller: Caller) -> tuple[Pending, date]:
        """A pending command, and the business date of its stripe."""
        async with self.room.database.reading() as connection:
            found = await approvals.read(connection, key)
            rows = await stripes.read(connection, self.room.book.number)
        if not found or unseen(caller, found.content.method):
            name = f"pendingCommands/{id_text(*key)}"
            raise NotFound(f"no {name}", resource=name)
        return found, next(row.business_date for row in rows if row.stripe == key[0])
