"""AccessService: who has which role, given by others or lent by their owners."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ledger.calc.authority import on_day
from ledger.drafts import Stamp, attributed
from ledger.lending import roles as lending
from ledger.lending.revocations import revoke
from ledger.names import event_text, new_key
from ledger.record import Decision
from ledger.store import policies, roles, stripes
from ledger.store.roles import Assignment, Reach, held
from ledger.view import View
from loanledger.v1 import access_service_pb2 as pb
from server import convert
from server.checks import Checks
from server.clock import microseconds
from server.pages import page, token
from server.security import ALLOWED, LISTING, NAMING, OPEN, ROLES, Caller
from server.services.base import Ask, Room

MAX_DAYS, MAX_BRANCHES = 366, 200
_DAY = 86_400_000_000
#: The beginning of 2200: moments are integers that the history can keep.
LAST = 7_258_118_400_000_000


class AccessService:
    """Everything stands in the book's first stripe."""

    def __init__(self, room: Room) -> None:
        self.room = room

    async def AssignRole(self, request: pb.AssignRoleRequest, caller: Caller) -> bytes:
        """Gives a role."""
        check, given = self.room.checks(), request.assignment
        check.parent(request.parent)
        asked = self._asked(check, request, given, "assignment.")
        if len(given.branches) > MAX_BRANCHES:
            check.add("assignment.branches", f"at most {MAX_BRANCHES}")
        for no, one in enumerate(given.branches[:MAX_BRANCHES]):
            if not check.branch(one, f"assignment.branches[{no}]"):
                check.add(f"assignment.branches[{no}]", "is required")
        branches = tuple(sorted(set(given.branches)))
        asked_from = check.moment(given, "valid_from")
        until = check.moment(given, "valid_until")
        since, reason = self._since(check, asked_from, until), self._reason(check, request)
        check.done()
        found = Assignment(*self._key(request), *asked, since, until, branches=branches)
        return await self._step(
            request, caller, lambda view: lending.assign(view, found, caller.actor, reason)
        )

    async def DelegateRole(self, request: pb.DelegateRoleRequest, caller: Caller) -> bytes:
        """Lends a role."""
        check, now = self.room.checks(), microseconds()
        check.parent(request.parent)
        asked = self._asked(check, request, request, "")
        until = check.moment(request, "valid_until")
        if until is None or until > now + MAX_DAYS * _DAY:
            check.add("valid_until", f"is required, and at most {MAX_DAYS} days from now")
        since, reason = self._since(check, None, until), self._reason(check, request)
        check.done()
        found = Assignment(*self._key(request), *asked, since, until, caller.actor)
        return await self._step(
            request, caller, lambda view: lending.delegate(view, found, now, reason)
        )

    async def EndRoleAssignment(
        self, request: pb.EndRoleAssignmentRequest, caller: Caller
    ) -> bytes:
        """Takes a role away."""
        check = self.room.checks()
        key = check.key(request.name, "roleAssignments")
        check.request_id(request.request_id)
        reason = self._reason(check, request)
        check.done()
        return await self._step(request, caller, lambda view: lending.end(view, key, reason))

    async def ListRoleAssignments(
        self, request: pb.ListRoleAssignmentsRequest, caller: Caller
    ) -> pb.ListRoleAssignmentsResponse:
        """Assignments in order of their ids."""
        check = self.room.checks()
        check.parent(request.parent)
        size, (stripe, after) = page(check, request, 2)
        check.done()
        now = microseconds()
        found = [
            one
            for one in await self._every()
            if one.key > (stripe, after)
            and request.principal in ("", one.principal)
            and request.role in ("", one.role)
            and (request.show_ended or one.meets(now, None))
        ]
        shown = [convert.role_assignment(self.room.book.code, one) for one in found[:size]]
        response = pb.ListRoleAssignmentsResponse(role_assignments=shown)
        if len(found) > size:
            response.next_page_token = token(request, found[size - 1].key)
        return response

    async def GetAccess(self, request: pb.GetAccessRequest, caller: Caller) -> pb.Access:
        """Roles and methods of somebody; of the caller those by which this call is judged."""
        check = self.room.checks()
        check.parent(request.parent)
        check.done()
        principal = request.principal or caller.actor
        mine: dict[str, Reach] = {role: caller.reach.get(role) for role in caller.roles}
        if principal != caller.actor:
            mine = held(await self._every(), principal, microseconds())
        bounded = [
            pb.BoundedRole(role=role, branches=sorted(far))
            for role, far in sorted(mine.items())
            if far is not None
        ]
        methods = sorted(name for name, allowed in ALLOWED.items() if _may(name, allowed, mine))
        return pb.Access(principal=principal, roles=sorted(mine), methods=methods, bounded=bounded)

    async def ListRoleConflicts(
        self, request: pb.ListRoleConflictsRequest, caller: Caller
    ) -> pb.ListRoleConflictsResponse:
        """Who holds what excludes each other."""
        check, book = self.room.checks(), self.room.book.number
        check.parent(request.parent)
        check.done()
        async with self.room.database.reading() as connection:
            every = await roles.current(connection, book)
            rows = await stripes.read(connection, book)
            known = await policies.APPROVAL.versions(connection, book)
        policy, now = on_day(known, rows[0].business_date), microseconds()
        people = sorted({one.principal for one in every})
        return pb.ListRoleConflictsResponse(
            conflicts=[
                pb.HeldConflict(
                    principal=who, first=one.first, second=one.second, reason=one.reason
                )
                for who in people
                for one in policy.conflicts
                if {one.first, one.second} <= held(every, who, now).keys()
            ]
        )

    async def RevokeTokens(self, request: pb.RevokeTokensRequest, caller: Caller) -> bytes:
        """Ends tokens early."""
        check, room = self.room.checks(), self.room
        check.parent(request.parent)
        check.request_id(request.request_id)
        who = check.text(request.principal, "principal", required=True, most=200)
        token_id = check.text(request.token_id, "token_id", most=200)
        reason = self._reason(check, request)
        check.done()

        def answer(decision: Decision, stamp: Stamp) -> pb.TokenRevocation:
            return pb.TokenRevocation(
                principal=who,
                token_id=token_id,
                revoke_time=convert.moment(stamp.booked_at),
                actor=stamp.actor,
                reason=reason,
                event=f"books/{room.book.code}/events/{event_text(stamp.stripe, stamp.number)}",
            )

        done = await Ask(
            room,
            caller,
            "RevokeTokens",
            request,
            request.request_id,
            room.first,
            lambda view: revoke(view, who, token_id, reason),
            answer,
        ).run()
        if room.revoked:
            await room.revoked.refresh()
        return done

    async def _every(self) -> list[Assignment]:
        async with self.room.database.reading() as connection:
            return await roles.current(connection, self.room.book.number)

    def _asked(self, check: Checks, request: Any, given: Any, path: str) -> tuple[str, str]:
        """Who, and which role."""
        check.request_id(request.request_id)
        who = check.text(given.principal, f"{path}principal", required=True, most=200)
        if given.role not in ROLES:
            check.add(f"{path}role", f"must be one of {', '.join(ROLES)}")
        return who, given.role

    def _reason(self, check: Checks, request: Any) -> str:
        return check.text(request.reason, "reason", required=True)

    def _since(self, check: Checks, since: int | None, until: int | None) -> int:
        """The first moment, now unless it is said; the last one must come after it."""
        first = since if since is not None else microseconds()
        for name, moment in (("valid_from", since), ("valid_until", until)):
            if moment is not None and not 0 <= moment < LAST:
                check.add(name, "must lie between 1970 and 2199; leave it unset for no end")
        if until is not None and until <= first:
            check.add("valid_until", "must come after valid_from, which is now where it is unset")
        return first

    def _key(self, request: Any) -> tuple[int, int]:
        return self.room.first, new_key("role", self.room.book.code, request.request_id)

    async def _step(
        self, request: Any, caller: Caller, decide: Callable[[View], Decision]
    ) -> bytes:
        room = self.room

        def answer(decision: Decision, stamp: Stamp) -> pb.RoleAssignment:
            found = attributed(decision.result, stamp, decision.draft.reason)
            return convert.role_assignment(room.book.code, found)

        method = type(request).__name__.removesuffix("Request")
        asked = Ask(room, caller, method, request, request.request_id, room.first, decide, answer)
        done = await asked.run()
        if room.roles:
            await room.roles.refresh()
        return done


def _may(name: str, allowed: frozenset[str], mine: Mapping[str, Reach]) -> bool:
    """Whether roles let in to a method, those bounded to branches only where branches count."""
    by_branch = name in OPEN | LISTING | NAMING
    return any(role in allowed and (by_branch or far is None) for role, far in mine.items())
