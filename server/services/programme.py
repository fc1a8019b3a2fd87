"""The compliance programme: samples of audits, operational losses, indicators, self-tests."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from datetime import date, timedelta
from time import monotonic
from typing import Any

from ledger.audit.checkpoint import MalformedNote, open_note
from ledger.audit.controls import CATEGORIES
from ledger.audit.sampling import Drawn, random_sample
from ledger.book.chart import DEFAULT_ROLES, Role
from ledger.calc.indicators import INDICATORS, OF_SUSPICION, judged, values
from ledger.calc.monitoring import on_day
from ledger.calc.registers import next_due
from ledger.lending import audit_samples, registers, risk_events
from ledger.lending.audit_samples import Sample
from ledger.names import new_key
from ledger.store import answers, controls, indicators, policies, populations
from ledger.store.registers import Content, Item, Key
from ledger.store.rows import ask
from loanledger.v1 import compliance_service_pb2 as pb
from loanledger.v1 import ledger_service_pb2
from server import convert
from server.checks import Checks
from server.pages import page, token
from server.security import DISCREET, Caller
from server.services.registers import MAX_NOTE, Registers, common
from server.services.verification import FullCheck

MAX_MONTHS, SECONDS, MAX_SECONDS, SHOWN = 36, 60, 3600, 50
_DAY = timedelta(days=1)
_LOSS_ACCOUNTS = [
    DEFAULT_ROLES[role] for role in (Role.OPERATIONAL_LOSS, Role.OPERATIONAL_RECOVERY)
]
#: The end of the year 9999 in microseconds.
_FOREVER = 253_402_300_800_000_000


class Programme(Registers):
    """What needs more than the step of an item."""

    async def DrawAuditSample(self, request: pb.DrawAuditSampleRequest, caller: Caller) -> bytes:
        """The events with the lowest places in the order of the seed."""
        check = self.room.checks()
        key = check.key(request.name, "complianceAudits")
        reason = common(check, request)
        check.done()
        audit = await self._item(key, "complianceAudits")
        wanted = audit_samples.asked(audit)
        sample = Sample((), 0, wanted)
        if not await self._answered(key, request.request_id):
            sample = await self._drawn(wanted)
        return await self._stepped(
            request, caller, audit, lambda view, _: audit_samples.keep(view, key, sample, reason)
        )

    async def _drawn(self, wanted: tuple[str, ...]) -> Sample:
        kind, first, last, size, seed = wanted
        sealed = await self.room.sealer.seal()
        book, drawn = self.room.book.number, list[Drawn]()
        for begin in range(0, sealed.size, populations.CHUNK):
            end = min(begin + populations.CHUNK, sealed.size)
            async with self.room.database.reading() as connection:
                found = await populations.units(connection, book, begin, end, kind, (first, last))
            drawn = random_sample([*(one.unit for one in drawn), *found], int(size), seed)
        keys = tuple(populations.key_of(one.unit, book) for one in drawn)
        return Sample(keys, sealed.size, wanted)

    async def BookRiskAmount(self, request: pb.BookRiskAmountRequest, caller: Caller) -> bytes:
        """A journal of an operational-risk event."""
        check = self.room.checks()
        key = check.key(request.name, "riskEvents")
        if request.kind not in risk_events.MOVEMENTS:
            check.add("kind", f"must be one of {', '.join(risk_events.MOVEMENTS)}")
        money = check.amount(request, "amount")
        funds = check.text(request.funds_account, "funds_account", most=20)
        reason = common(check, request)
        check.done()
        item = await self._item(key, "riskEvents")
        return await self._stepped(
            request,
            caller,
            item,
            lambda view, _: risk_events.book_amount(view, key, request.kind, money, funds, reason),
        )

    async def GetRiskIndicators(
        self, request: pb.GetRiskIndicatorsRequest, caller: Caller
    ) -> pb.RiskIndicators:
        """Figures by month, computed from what the ledger holds."""
        check, book = self.room.checks(), self.room.book
        check.parent(request.parent)
        today = await self._today()
        last = (check.date(request, "last_month") or today).replace(day=1)
        first = (check.date(request, "first_month") or last).replace(day=1)
        count = (last.year - first.year) * 12 + last.month - first.month + 1
        if not 0 < count <= MAX_MONTHS:
            check.add("first_month", f"must not be after last_month, at most {MAX_MONTHS} months")
        check.done()
        told, known_to_all = pb.RiskIndicators(), set(INDICATORS) - OF_SUSPICION
        shown = sorted(INDICATORS if caller.roles & DISCREET else known_to_all)
        async with self.room.database.reading() as connection:
            versions = await indicators.versions(connection, book.number)
            known = await policies.MONITORING.versions(connection, book.number)
            policy = on_day(known, today)
            told.policy_version = policy.version
            for month in (next_due(first, n) for n in range(count)):
                until = min(next_due(month, 1) - _DAY, max(today, month))
                found = await asyncio.to_thread(values, versions, month, until)
                found["net_operational_loss"] = await indicators.net_debits(
                    connection, book.number, _LOSS_ACCOUNTS, book.currency, month, until
                )
                readings = [judged(name, found[name], policy.thresholds) for name in shown]
                told.months.add(
                    month=convert.day(month),
                    indicators=[
                        pb.RiskIndicator(indicator=r.indicator, value=r.value, level=r.level)
                        for r in readings
                    ],
                )
        return told

    async def RunSelfTest(self, request: pb.RunSelfTestRequest, caller: Caller) -> bytes:
        """The full-book check, kept as evidence."""
        check, room = self.room.checks(), self.room
        check.parent(request.parent)
        seconds = check.integer(request.max_seconds or SECONDS, "max_seconds", 1, MAX_SECONDS)
        reason = common(check, request)
        check.done()
        key = (room.first, new_key("register", room.book.code, request.request_id))
        item = Item(*key, 1, "self_test", "unfinished", Content("Full-book check"))
        if not await self._answered(key, request.request_id):
            item = await self._tested(key, seconds, await self._today())
        return await self._stepped(
            request, caller, item, lambda view, _: registers.opened(view, item, reason)
        )

    async def _tested(self, key: Key, seconds: int, today: date) -> Item:
        """Runs the check until it ends or its time is over."""
        room, begun = self.room, monotonic()
        sealed, lines = await room.sealer.seal(), list[str]()
        async with room.database.reading() as connection:
            revision = await controls.schema(connection)
        failed = set[str]()
        try:
            open_note(sealed.note, room.sealer.verifier_key)
        except MalformedNote as error:
            lines.append(f"checkpoint: {error}")
            failed.add("checkpoint")
        told = ledger_service_pb2.VerifyLedgerProgress()
        async with aclosing(FullCheck(room.database, room.book, SHOWN).run()) as steps:
            async for told in steps:
                lines += map(_line, told.found)
                failed |= {one.figure.partition(" ")[0] for one in told.found}
                if monotonic() - begun > seconds:
                    break
        state = "failed" if lines or told.differences else "passed"
        if state == "passed" and not told.finished:
            state = "unfinished"
        facts = {
            "business_date": today.isoformat(),
            "differences": str(told.differences + ("checkpoint" in failed)),
            "failed_checks": ", ".join(sorted(failed))[:200],
            "loans": f"{told.loans_done} of {told.loans}",
            "milliseconds": str(int((monotonic() - begun) * 1000)),
            "root": sealed.root.hex(),
            "schema": revision,
            "sealed_size": str(sealed.size),
            "stripes": f"{told.stripes_done} of {told.stripes}",
        }
        kept = {name: text for name, text in facts.items() if text}
        content = Content("Full-book check", facts=kept, note="\n".join(lines)[:MAX_NOTE])
        return Item(*key, 1, "self_test", state, content)

    async def ListControlEvidence(
        self, request: pb.ListControlEvidenceRequest, caller: Caller
    ) -> pb.ListControlEvidenceResponse:
        """In order of time."""
        check, book = self.room.checks(), self.room.book
        check.parent(request.parent)
        if request.category and request.category not in CATEGORIES:
            check.add("category", f"must be one of {', '.join(CATEGORIES)}, or unset")
        size, (offset,) = page(check, request, 1)
        since, until = _span(check, request)
        check.done()
        async with self.room.database.reading() as connection:
            found = await controls.evidence(connection, book.number, since, until)
        kept = [one for one in found if request.category in ("", one.category)]
        offset = max(offset, 0)
        response = pb.ListControlEvidenceResponse(
            evidence=[
                pb.ControlEvidence(
                    category=one.category,
                    create_time=convert.moment(one.at),
                    kind=one.kind,
                    subject=f"books/{book.code}/{one.subject}" if one.event else one.subject,
                    actor=one.actor,
                    approvals=one.approvals,
                    reason=one.reason,
                    event=f"books/{book.code}/events/{one.event}" if one.event else "",
                )
                for one in kept[offset : offset + size]
            ]
        )
        if offset + size < len(kept):
            response.next_page_token = token(request, (offset + size,))
        return response

    async def _answered(self, key: Key, request_id: str) -> bool:
        """Whether a request was answered before: its answer needs no work again."""
        wanted = [(key[0], request_id)]
        async with self.room.database.reading() as connection:
            found = await ask(connection, answers.finding(wanted))
        return bool(found)


def _span(check: Checks, request: Any) -> tuple[int, int]:
    """From one moment to before another; without an end where unset."""
    since, until = check.moment(request, "start_time"), check.moment(request, "end_time")
    if since is not None and until is not None and until <= since:
        check.add("end_time", "must come after start_time")
    return since or 0, _FOREVER if until is None else until


def _line(one: ledger_service_pb2.LedgerDifference) -> str:
    """A difference in a line."""
    where = one.resource or f"stripe {one.stripe}"
    return f"{where} {one.figure}: {one.stored} instead of {one.computed}"
