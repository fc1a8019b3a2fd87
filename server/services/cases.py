"""Alerts and cases: seen by compliance, read by auditors, and by nobody who might tell."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ledger.lending import registers as lending
from ledger.lending.registers import Change
from ledger.names import id_text, new_key
from ledger.store.registers import Content, Item, Key
from loanledger.v1 import compliance_service_pb2 as pb
from server.checks import Checks
from server.security import Caller
from server.services.registers import Registers, common, facts, papers, with_note
from server.services.suspicion import report


class Cases(Registers):
    """From an alert to a report."""

    async def ListAlerts(
        self, request: pb.ListAlertsRequest, caller: Caller
    ) -> pb.ListAlertsResponse:
        """Alerts in order of their ids."""
        check = self.room.checks()
        party = self._about(check, request.party)
        found, more = await self._listed(check, request, ["alert"], party=party)
        return pb.ListAlertsResponse(alerts=found, next_page_token=more)

    async def GetAlert(self, request: pb.GetAlertRequest, caller: Caller) -> pb.RegisterItem:
        """One alert."""
        return await self._one(request, caller, "alerts")

    async def DismissAlert(self, request: pb.DismissAlertRequest, caller: Caller) -> bytes:
        """It is nothing."""
        check = self.room.checks()
        key = check.key(request.name, "alerts")
        reason = common(check, request)
        check.done()
        item = await self._item(key, "alerts")

        return await self._stepped(
            request,
            caller,
            item,
            lambda view, note: lending.changed(
                view,
                lending.find(view, key, "alerts"),
                Change(state="dismissed", **note._asdict()),
                reason,
            ),
        )

    async def OpenCase(self, request: pb.OpenCaseRequest, caller: Caller) -> bytes:
        """A case, with the alerts that it is about."""
        check, room = self.room.checks(), self.room
        check.parent(request.parent)
        alerts = self._alerts(check, request)
        party = self._about(check, request.party)
        owner = check.text(request.owner, "owner", most=200)
        due = check.date(request, "due_date")
        title = check.text(request.title, "title", required=True, most=200)
        reason = common(check, request)
        check.done()
        if alerts and not party:
            party = (await self._item(alerts[0], "alerts")).content.party
        key = new_key("register", room.book.code, request.request_id)
        content = Content(title, owner, due, party)
        case = Item(room.first, key, 1, "case", "open", content)

        return await self._stepped(
            request,
            caller,
            case,
            lambda view, note: lending.open_case(view, with_note(case, note), alerts, reason),
            locks={stripe for stripe, _ in alerts},
        )

    async def UpdateCase(self, request: pb.UpdateCaseRequest, caller: Caller) -> bytes:
        """A step of the investigation."""
        check = self.room.checks()
        key = check.key(request.name, "cases")
        alerts = self._alerts(check, request)
        change = Change(
            state=check.text(request.state, "state", most=40) or None,
            owner=check.text(request.owner, "owner", most=200) or None,
            due=check.date(request, "due_date"),
            facts=facts(check, request.facts),
            papers=papers(check, request.workpapers),
        )
        if change.state not in (None, "investigating"):
            check.add("state", "must be investigating, or unset; CloseCase ends a case")
        reason = common(check, request)
        check.done()
        item = await self._item(key, "cases")

        return await self._stepped(
            request,
            caller,
            item,
            lambda view, note: lending.change_case(
                view,
                lending.find(view, key, "cases"),
                replace(change, **note._asdict()),
                alerts,
                reason,
            ),
            locks={stripe for stripe, _ in alerts},
        )

    async def CloseCase(self, request: pb.CloseCaseRequest, caller: Caller) -> bytes:
        """How it ends."""
        check = self.room.checks()
        key = check.key(request.name, "cases")
        if request.outcome not in ("no_suspicion", "reported"):
            check.add("outcome", "must be no_suspicion or reported")
        change = Change(state=request.outcome, facts=facts(check, request.facts))
        reason = common(check, request)
        check.done()
        item = await self._item(key, "cases")

        return await self._stepped(
            request,
            caller,
            item,
            lambda view, _: lending.changed(view, lending.find(view, key, "cases"), change, reason),
        )

    async def GetCase(self, request: pb.GetCaseRequest, caller: Caller) -> pb.RegisterItem:
        """One case with its log."""
        return await self._one(request, caller, "cases")

    async def ListCases(self, request: pb.ListCasesRequest, caller: Caller) -> pb.ListCasesResponse:
        """Cases in order of their ids."""
        check = self.room.checks()
        owner = check.text(request.owner, "owner", most=200)
        overdue = await self._today() if request.overdue else None
        found, more = await self._listed(check, request, ["case"], owner=owner, overdue=overdue)
        return pb.ListCasesResponse(cases=found, next_page_token=more)

    async def GetSuspicionReport(
        self, request: pb.GetSuspicionReportRequest, caller: Caller
    ) -> pb.SuspicionReport:
        """A case as the authority gets it."""
        check = self.room.checks()
        key = check.key(request.name, "cases")
        check.done()
        case = await self._shown(key, "cases", caller)
        item = await self._item(key, "cases")
        return await report(self.room, caller, request, item, case)

    async def _one(self, request: Any, caller: Caller, collection: str) -> pb.RegisterItem:
        check = self.room.checks()
        key = check.key(request.name, collection)
        check.done()
        return await self._shown(key, collection, caller)

    def _alerts(self, check: Checks, request: Any) -> list[Key]:
        if len(request.alerts) > 100:
            check.add("alerts", "at most 100 a step")
        return [
            check.key(name, "alerts", f"alerts[{no}]")
            for no, name in enumerate(request.alerts[:100])
        ]

    def _about(self, check: Checks, party: str) -> str:
        """The id of a borrower, nothing for none."""
        return id_text(*check.key(party, "parties", "party")) if party else ""
