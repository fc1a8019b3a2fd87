"""What nobody may learn who might tell a borrower: alerts, cases, and what leads to them."""

from __future__ import annotations

from ledger.audit.canonical import EventRecord
from ledger.calc.registers import CONFIDENTIAL
from ledger.lending.monitoring import PUBLISHED
from ledger.lending.registers import KINDS
from server.security import DISCREET, Caller

#: Commands that tell of alerts and cases: by what they are about, by what they would do (a person
#: is not erased while a case is open), or by what is watched for.
COMMANDS = frozenset({"CloseCase", "EraseParty", "GetSuspicionReport", "PublishMonitoringPolicy"})


def hidden(caller: Caller, event: EventRecord) -> bool:
    """Whether an event is not there for a caller."""
    if caller.roles & DISCREET:
        return False
    told = event.payload
    if event.kind == PUBLISHED or (event.kind in KINDS and told["kind"] in CONFIDENTIAL):
        return True
    command = told.get("command")
    inner = command.get("method", "") if isinstance(command, dict) else ""
    return not {inner, told.get("method", "")}.isdisjoint(COMMANDS)


def unseen(caller: Caller, method: str) -> bool:
    """Whether a command that waits is not there for a caller."""
    return method in COMMANDS and not caller.roles & DISCREET
