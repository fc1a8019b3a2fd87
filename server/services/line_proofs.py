"""One loan's lines of an event that concerns many loans at once, and their proofs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ledger.audit.canonical import EventRecord, encode, leaf_hash
from ledger.audit.merkle import path_among
from ledger.errors import FailedPrecondition
from ledger.names import event_text, id_text
from ledger.store import accruals, allowances, delinquency
from ledger.store.rows import Connection
from loanledger.v1 import audit_service_pb2 as pb

Lines = dict[tuple[int, int], list[tuple[str, str, int]]]


async def bulk_lines(connection: Connection, bulk: Sequence[tuple[int, int, date]]) -> Lines:
    """The lines under bulk events, given as (stripe, number, day), of whatever kind they are."""
    found: Lines = {}
    for kept in (accruals, delinquency, allowances) if bulk else ():
        found |= await kept.lines_of(connection, bulk)
    return found


async def line_proofs(
    connection: Connection, record: EventRecord, loan: tuple[int, int]
) -> list[pb.LineProof]:
    """A loan's lines with their paths to the event's root; none where the event has none of it."""
    if not record.lines_root:
        return []
    key = record.stripe, record.number
    day = date.fromisoformat(record.value_date)
    lines = (await bulk_lines(connection, [(*key, day)])).get(key)
    if lines is None:
        raise FailedPrecondition(
            f"the lines of event {event_text(*key)} are archived: ask for the file of its month"
        )
    texts = [encode(list(line)) for line in lines]
    leaves = [leaf_hash(text) for text in texts]
    return [
        pb.LineProof(canonical=texts[n], index=n, size=len(leaves), path=path_among(leaves, n))
        for n, line in enumerate(lines)
        if line[0] == id_text(*loan)
    ]
