"""LoanService, imports: running loans of another system, each by itself, after a dry run."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from ledger.drafts import Stamp
from ledger.errors import AlreadyImported, Finding, LedgerError, NotFound, NotTied
from ledger.lending.imports import Imported, NewImport, import_loan
from ledger.names import event_text, id_text, new_key
from ledger.record import Decision, execute
from ledger.store import loans
from loanledger.v1 import loan_service_pb2 as pb
from server.checks import LAST, Checks
from server.clock import microseconds
from server.errors import status_of
from server.security import Caller
from server.services.base import Ask
from server.services.import_totals import (
    added,
    against_control,
    control_violations,
    finding_message,
    sums_of,
    totals_message,
)
from server.services.loan_commands import LoanCommands
from server.services.positions import Reading, position_of
from server.services.products import named

MAX_POSITIONS = 500
#: So many positions are tried under the locks of one dry run, so that nobody waits long for it.
DRY_RUN = 50
#: The key of a borrower whom the position does not name: no party has it.
NOBODY = -1
Outcome = bytes | LedgerError


@dataclass(frozen=True, slots=True)
class Run:
    """What all positions of a request share; `content` is the request without them."""

    day: date
    product: str
    version: int
    tolerance: int
    reason: str
    request_id: str
    content: pb.ImportLoansRequest


@dataclass(frozen=True, slots=True)
class Line:
    """One position of a run: as it was sent, and as the ledger is asked to import it."""

    message: pb.Position
    asked: NewImport


class LoanImports(LoanCommands):
    """One RPC that asks for many loans; each has its own outcome."""

    async def ImportLoans(
        self, request: pb.ImportLoansRequest, caller: Caller
    ) -> pb.ImportLoansResponse:
        """Brings loans over, or tells what would be done."""
        check = self.room.checks()
        run = _run_of(check, request)
        check.done()
        lines = await self._not_twice([self._line(run, each) for each in request.positions])
        currency = next((line.asked.currency for line in lines if line.asked.currency), "")
        lines = [_in_one(line, currency) for line in lines]
        sums = sums_of(line.asked.position.owed(run.day) for line in lines)
        findings = against_control(request, sums)
        dry = request.validate_only or bool(findings)
        asks = [
            self._ask_for(run, line, caller, place=place, dry=dry)
            for place, line in enumerate(lines)
        ]
        outcomes = await (self._tried(asks) if dry else self._done(asks))
        results = [
            self._result(line, outcome, dry=dry)
            for line, outcome in zip(lines, outcomes, strict=True)
        ]
        response = pb.ImportLoansResponse(
            results=results,
            positions=totals_message(sums, len(lines), currency),
            findings=[finding_message(each, currency) for each in findings],
        )
        if request.HasField("control_totals"):
            response.control_totals.CopyFrom(request.control_totals)
        held = [result.totals for result in results if result.HasField("totals")]
        response.ledger.CopyFrom(added(held, currency))
        refused = any(result.state == pb.IMPORT_STATE_REFUSED for result in results)
        response.tied = not refused and not findings and response.ledger == response.positions
        return response

    def _line(self, run: Run, found: pb.Position) -> Line:
        """A position with all that is wrong in it; it is asked for all the same, to find more."""
        check = self.room.checks()
        party = nobody = (self.room.first, NOBODY)
        try:
            party = check.key(found.party, "parties", "party")
        except NotFound as error:
            check.add("party", error.message)
        code, version = run.product, run.version
        if found.product or not code:
            code, version = named(check, found.product, "product")
        reference = check.text(found.reference, "reference", required=True, most=100)
        position, currency = position_of(check, found)
        asked = NewImport(
            party=party if party[0] else nobody,
            loan=new_key("import", self.room.book.code, reference),
            product=code,
            version=version,
            currency=currency,
            reference=reference,
            day=run.day,
            position=position,
            history=Reading(check, currency).history(found.history),
            tolerance=run.tolerance,
            reason=run.reason,
        )
        wrong = tuple(Finding(item.field, item.description) for item in check.violations)
        return Line(found, replace(asked, wrong=wrong))

    async def _not_twice(self, lines: Sequence[Line]) -> list[Line]:
        """The lines, with those marked whose reference another line or another borrower has."""
        room, seen, found = self.room, dict[str, int](), list[Line]()
        stripes = range(room.first, room.first + room.book.stripes)
        async with room.database.reading() as connection:
            keys = [line.asked.loan for line in lines]
            known = await loans.standing_at(connection, stripes, keys)
        for index, line in enumerate(lines):
            asked, marks = line.asked, list[Finding]()
            first = seen.setdefault(asked.reference, index)
            if first != index:
                text = f"stands twice in this run: positions[{first}] has it as well"
                marks.append(Finding("reference", text))
            stripe = known.get(asked.loan, asked.party[0])
            if stripe != asked.party[0]:
                other = f"loans/{id_text(stripe, asked.loan)}"
                text = f"was imported before for another borrower, as {other}"
                marks.append(Finding("reference", text))
            found.append(_marked(line, *marks))
        return found

    def _ask_for(self, run: Run, line: Line, caller: Caller, *, place: int, dry: bool) -> Ask:
        """One position as a command of its own, under a request id that follows from the run's.

        A dry run asks under another one: it tells what would be done now, not what was done. So
        does a line that is refused already: its reference may be that of another line.
        """
        asked, room, content = line.asked, self.room, pb.ImportLoansRequest()
        content.CopyFrom(run.content)
        content.positions.append(line.message)
        told = f"{run.request_id}\x00{asked.reference}" + (f"\x00{place}" if asked.wrong else "")
        digest = sha256(told.encode()).hexdigest()
        return Ask(
            room,
            caller,
            "ImportLoans",
            content,
            f"{'dry' if dry else 'import'}-{digest[:40]}",
            asked.party[0],
            lambda view: import_loan(view, asked),
            lambda decision, stamp: self._told(asked, decision, stamp),
            {"loan": asked.key, "party": asked.party, "fresh": not asked.version},
        )

    async def _done(self, asks: Sequence[Ask]) -> list[Outcome]:
        """Each by the lane of its stripe; one that fails stops no other. No room is told of all."""
        if asks:
            size = sum(ask.request.ByteSize() for ask in asks)
            self.room.lanes.require_room(asks[0].caller.actor, len(asks), size)
        flying = list[asyncio.Future[bytes] | LedgerError]()
        for ask in asks:
            try:
                flying.append(ask.submit(fits=True))
            except LedgerError as error:
                flying.append(error)
        found: list[Outcome] = []
        for each in flying:
            try:
                found.append(each if isinstance(each, LedgerError) else await each)
            except LedgerError as error:
                found.append(error)
        return found

    async def _tried(self, asks: Sequence[Ask]) -> list[Outcome]:
        """What would become of each, on a connection of its own and with nothing written."""
        room, found = self.room, list[Outcome]()
        connection = await room.database.connect()
        try:
            for start in range(0, len(asks), DRY_RUN):
                commands = [ask.command() for ask in asks[start : start + DRY_RUN]]
                outcomes, _ = await execute(
                    *(connection, room.book, room.shelf.known, commands, microseconds()),
                    commit=False,
                )
                found += outcomes
        finally:
            await connection.close()
        return found

    def _told(self, asked: NewImport, decision: Decision, stamp: Stamp) -> pb.ImportResult:
        """The answer that is kept with the request id."""
        done, book = decision.result, self.room.book.code
        assert isinstance(done, Imported)
        event = event_text(stamp.stripe, stamp.number + done.events - 1)
        return pb.ImportResult(
            reference=asked.reference,
            state=pb.IMPORT_STATE_IMPORTED,
            loan=f"books/{book}/loans/{id_text(*done.key)}",
            event=f"books/{book}/events/{event}",
            findings=[finding_message(each, asked.currency, tolerated=True) for each in done.noted],
            totals=totals_message(done.owed, 1, asked.currency),
        )

    def _result(self, line: Line, outcome: Outcome, *, dry: bool) -> pb.ImportResult:
        asked, book = line.asked, self.room.book.code
        if isinstance(outcome, bytes):
            result = pb.ImportResult.FromString(outcome)
            if dry:
                result.state = pb.IMPORT_STATE_IMPORTABLE
                result.ClearField("event")
            return result
        if isinstance(outcome, AlreadyImported):
            return pb.ImportResult(
                reference=asked.reference,
                state=pb.IMPORT_STATE_ALREADY_IMPORTED,
                loan=f"books/{book}/{outcome.facts['loan']}",
                event=f"books/{book}/{outcome.facts['event']}",
                totals=totals_message(asked.position.owed(asked.day), 1, asked.currency),
            )
        result = pb.ImportResult(reference=asked.reference, state=pb.IMPORT_STATE_REFUSED)
        if isinstance(outcome, NotTied):
            currency = asked.currency
            result.findings.extend(finding_message(each, currency) for each in outcome.findings)
        else:
            result.error.CopyFrom(status_of(outcome))
        return result


def _run_of(check: Checks, request: pb.ImportLoansRequest) -> Run:
    """What is told once for all positions, checked."""
    check.parent(request.parent)
    check.request_id(request.request_id)
    if not 1 <= len(request.positions) <= MAX_POSITIONS:
        check.add("positions", f"between 1 and {MAX_POSITIONS} positions a run")
    tolerance = 0
    if request.HasField("tolerance"):
        tolerance = check.money(request.tolerance, "tolerance", zero=True)[1]
    code, version = named(check, request.product, "product") if request.product else ("", 0)
    control_violations(check, request)
    reason = check.text(request.reason, "reason", required=True)
    day = check.date(request, "cut_over_date", required=True) or LAST
    content = pb.ImportLoansRequest(
        parent=request.parent,
        reason=request.reason,
        cut_over_date=request.cut_over_date,
        product=request.product,
        tolerance=request.tolerance,
    )
    return Run(day, code, version, tolerance, reason, request.request_id, content)


def _marked(line: Line, *found: Finding) -> Line:
    return replace(line, asked=replace(line.asked, wrong=(*line.asked.wrong, *found)))


def _in_one(line: Line, currency: str) -> Line:
    """The line, marked where it is in another currency than the first one: sums need one."""
    if line.asked.currency in ("", currency):
        return line
    return _marked(line, Finding("amount.currency_code", f"must be {currency}, as in this run"))
