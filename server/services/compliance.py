"""ComplianceService: what is watched, cases, and the registers of the compliance programme."""

from __future__ import annotations

from dataclasses import replace

from ledger.calc.monitoring import on_day
from ledger.calc.registers import BY_COLLECTION, BY_HAND, CONFIDENTIAL, FORMS
from ledger.lending import monitoring
from ledger.lending import registers as lending
from ledger.lending.registers import Change
from ledger.names import id_text, new_key
from ledger.store import policies
from ledger.store.registers import Content, Item, Key
from loanledger.v1 import compliance_service_pb2 as pb
from server.checks import Checks
from server.security import Caller
from server.services.base import Ask
from server.services.cases import Cases
from server.services.documents import Published
from server.services.programme import Programme
from server.services.registers import common, facts, links, papers, with_note
from server.services.watching import asked, policy_message

#: Registers that are open to those who work in them.
_PLAIN = tuple(kind for kind in FORMS if kind not in CONFIDENTIAL)
_PUBLISHED = Published(
    policies.MONITORING, "monitoringPolicies", "monitoring policy", policy_message, on_day
)


class ComplianceService(Cases, Programme):
    """Policies and registers; cases, samples, indicators and self-tests are inherited."""

    async def PublishMonitoringPolicy(
        self, request: pb.PublishMonitoringPolicyRequest, caller: Caller
    ) -> bytes:
        """Publishes the next version."""
        check, room = self.room.checks(), self.room
        check.parent(request.parent)
        check.request_id(request.request_id)
        policy = asked(check, request.policy)
        reason = check.text(request.reason, "reason")
        check.done()
        return await Ask(
            room,
            caller,
            "PublishMonitoringPolicy",
            request,
            request.request_id,
            room.first,
            lambda view: monitoring.publish(view, room.first, policy, reason),
            lambda done, stamp: policy_message(room.book.code, done.result, stamp.booked_at),
        ).run()

    async def GetMonitoringPolicy(
        self, request: pb.GetMonitoringPolicyRequest, caller: Caller
    ) -> pb.MonitoringPolicy:
        """One version, or what is in force."""
        return await _PUBLISHED.one(self.room, request)

    async def ListMonitoringPolicies(
        self, request: pb.ListMonitoringPoliciesRequest, caller: Caller
    ) -> pb.ListMonitoringPoliciesResponse:
        """All versions, oldest first."""
        found, more = await _PUBLISHED.some(self.room, request)
        return pb.ListMonitoringPoliciesResponse(policies=found, next_page_token=more)

    async def OpenRegisterItem(self, request: pb.OpenRegisterItemRequest, caller: Caller) -> bytes:
        """A new item in the first stripe of the book."""
        check, room, given = self.room.checks(), self.room, request.item
        check.parent(request.parent)
        if given.kind not in BY_HAND:
            check.add("item.kind", f"must be one of {', '.join(BY_HAND)}")
        party = check.key(given.party, "parties", "item.party") if given.party else None
        content = Content(
            check.text(given.title, "item.title", required=True, most=200),
            check.text(given.owner, "item.owner", most=200),
            check.date(given, "due_date", "item."),
            id_text(*party) if party else "",
            facts(check, given.facts, "item.facts"),
            links(check, given.links, "item.links"),
            papers=papers(check, request.workpapers),
        )
        reason = common(check, request)
        check.done()
        key = new_key("register", room.book.code, request.request_id)
        item = Item(room.first, key, 1, given.kind, FORMS[given.kind].first, content)
        return await self._stepped(
            request,
            caller,
            item,
            lambda view, note: lending.opened(view, with_note(item, note), reason),
        )

    async def UpdateRegisterItem(
        self, request: pb.UpdateRegisterItemRequest, caller: Caller
    ) -> bytes:
        """A step of work on an item."""
        check = self.room.checks()
        key, collection = self._named(check, request.name)
        change = Change(
            state=check.text(request.state, "state", most=40) or None,
            title=check.text(request.title, "title", most=200) or None,
            owner=check.text(request.owner, "owner", most=200) or None,
            due=check.date(request, "due_date"),
            facts=facts(check, request.facts),
            links=links(check, request.links, "links"),
            papers=papers(check, request.workpapers),
        )
        reason = common(check, request)
        check.done()
        item = await self._item(key, collection)
        return await self._stepped(
            request,
            caller,
            item,
            lambda view, note: lending.changed(
                view,
                lending.find(view, key, collection),
                replace(change, **note._asdict()),
                reason,
            ),
        )

    async def GetRegisterItem(
        self, request: pb.GetRegisterItemRequest, caller: Caller
    ) -> pb.RegisterItem:
        """One item with its log."""
        check = self.room.checks()
        key, collection = self._named(check, request.name)
        check.done()
        return await self._shown(key, collection, caller)

    async def ListRegisterItems(
        self, request: pb.ListRegisterItemsRequest, caller: Caller
    ) -> pb.ListRegisterItemsResponse:
        """Items in order of their ids."""
        check = self.room.checks()
        if request.kind and request.kind not in _PLAIN:
            check.add("kind", f"must be one of {', '.join(_PLAIN)}, or unset")
        owner = check.text(request.owner, "owner", most=200)
        overdue = await self._today() if request.overdue else None
        kinds = [request.kind] if request.kind else list(_PLAIN)
        found, more = await self._listed(check, request, kinds, owner=owner, overdue=overdue)
        return pb.ListRegisterItemsResponse(items=found, next_page_token=more)

    def _named(self, check: Checks, name: str) -> tuple[Key, str]:
        """The key and the register of an item that is not confidential."""
        collection = name.split("/")[2] if name.count("/") == 3 else ""
        form = BY_COLLECTION.get(collection)
        if form is None or form.kind in CONFIDENTIAL:
            known = ", ".join(FORMS[kind].collection for kind in _PLAIN)
            check.add("name", f"must be books/{check.book.code}/{{register}}/{{id}} of {known}")
            return (0, 0), ""
        return check.key(name, collection), collection
