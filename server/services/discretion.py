"""What nobody may learn who might tell a borrower: alerts, cases, and what waits about them."""

from __future__ import annotations

from ledger.audit.canonical import EventRecord
from ledger.calc.registers import CONFIDENTIAL
from ledger.lending.registers import KINDS
from server.security import DISCREET, Caller

#: Commands on alerts and cases that may wait for a second person.
COMMANDS = frozenset({"CloseCase"})


def hidden(caller: Caller, event: EventRecord) -> bool:
    """Whether an event is not there for a caller."""
    told = event.payload
    if event.kind in KINDS and told["kind"] in CONFIDENTIAL:
        return not caller.roles & DISCREET
    command = told.get("command")
    return isinstance(command, dict) and unseen(caller, command.get("method", ""))


def unseen(caller: Caller, method: str) -> bool:
    """Whether a command that waits is not there for a caller."""
    return method in COMMANDS and not caller.roles & DISCREET
