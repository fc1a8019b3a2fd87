"""What a pending command would do now: its decision is made, shown, and thrown away."""

from __future__ import annotations

from typing import Any

from google.protobuf.message import Message

from ledger.audit.canonical import Entry
from ledger.errors import LedgerError
from ledger.names import id_text
from ledger.record import Decision
from ledger.store.approvals import Pending
from ledger.view import View
from loanledger.v1 import approval_service_pb2 as pb
from loanledger.v1 import ledger_service_pb2, loan_service_pb2
from server import convert
from server.security import Caller
from server.services.base import Ask, Room, executed
from server.services.pending import changes, request_of

_NOBODY = Caller("", frozenset(), 0)


async def preview(room: Room, found: Pending) -> pb.Preview:
    """The answer, the entries and the changes of its loan; or why it could not be done."""
    method, request = room.methods[found.content.method], request_of(room, found)
    before = await _loan(room, request)
    decided: list[Decision] = []

    async def carry(asked: Ask) -> bytes:
        command = asked.unguarded()

        def decide(view: View) -> Decision:
            decided[:] = [command.decide(view)]
            return decided[0]

        return await executed(room, command._replace(decide=decide), commit=False)

    try:
        roles = frozenset(found.content.caller_roles)
        answer = await method.call(request, Caller(found.content.actor, roles, 0, carry))
    except LedgerError as error:
        return pb.Preview(refusal=f"{error.message} ({error.reason})")
    told = pb.Preview(entries=_entries(room, found.stripe, decided[0]))
    message = method.answer.FromString(answer)
    told.answer.Pack(message)
    after = getattr(message, "loan", None)
    if before and isinstance(after, loan_service_pb2.Loan):
        told.changes.extend(changes(before, after))
    return told


async def _loan(room: Room, request: Any) -> Message | None:
    """The loan that a command is about, as it is now."""
    prefix = f"books/{room.book.code}/loans/"
    names = [getattr(request, field, "") for field in ("name", "loan")]
    name = next((n for n in names if isinstance(n, str) and n.startswith(prefix)), None)
    if not name:
        return None
    reading = loan_service_pb2.GetLoanRequest(name=name)
    loan: loan_service_pb2.Loan = await room.methods["GetLoan"].call(reading, _NOBODY)
    loan.ClearField("disclosure")
    return loan


def _entries(room: Room, stripe: int, decision: Decision) -> list[ledger_service_pb2.Entry]:
    """All lines that a decision would post."""
    return [
        convert.line(
            room.book.code,
            Entry(
                number,
                "",
                *(entry.account, entry.side, entry.currency, entry.amount),
                None if entry.loan is None else id_text(one.stripe or stripe, entry.loan),
                entry.component,
                None,
            ),
        )
        for one in (decision, *decision.also)
        for number, journal in enumerate(one.draft.journals)
        for entry in journal.entries
    ]
