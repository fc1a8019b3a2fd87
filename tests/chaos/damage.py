"""A stopped database whose files are damaged, and what must be the same or refused after."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import psycopg
from google.protobuf.message import Message

from loanledger import Client, LoanLedgerError, money
from server.cluster import at_work
from tests.server.desk import pair

PAGE = 8192
#: What a damaged file is called here, and what it is for the database.
RELATIONS = ("event", "entry", "balance", "event_pkey", "loan", "answer")
#: An answer, or the status of the refusal.
Answer = bytes | str


def files(data: Path) -> Mapping[str, Path]:
    """Where a running database keeps its relations."""
    dsn = at_work(data / "postgres")
    assert dsn
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("checkpoint")
        rows = connection.execute(
            "select name, pg_relation_filepath(('ledger.' || name)::regclass)"
            " from unnest(%s::text[]) as name",
            (list(RELATIONS),),
        ).fetchall()
    return {name: Path(path) for name, path in rows}


def flip(path: Path, chance: random.Random) -> None:
    """Turns one bit of a file."""
    content = bytearray(path.read_bytes())
    place = chance.randrange(len(content))
    content[place] ^= 1 << chance.randrange(8)
    path.write_bytes(content)


def tear(path: Path, old: bytes) -> bool:
    """Leaves a page half written: its first half new, its second half as it was before."""
    content, half = bytearray(path.read_bytes()), PAGE // 2
    for begin in range(0, min(len(content), len(old)), PAGE):
        middle, end = begin + half, begin + PAGE
        if content[begin:middle] != old[begin:middle] and content[middle:end] != old[middle:end]:
            content[middle:end] = old[middle:end]
            path.write_bytes(content)
            return True
    return False


def reads(client: Client) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Everything that can be asked of the book, by name; the names come from what is read."""
    reports, ledger, loans, audit = client.reports, client.ledger, client.loans, client.audit
    yield "balances", ledger.list_balances
    yield "trial balance", reports.get_trial_balance
    yield "tie-out", reports.get_tie_out
    yield "journals", lambda: list(ledger.list_journals.iterate())
    yield "entries", lambda: list(ledger.list_entries.iterate())
    yield "loans", lambda: list(loans.list_loans.iterate())
    yield "events", lambda: list(audit.list_events.iterate())
    yield "stream", lambda: list(audit.stream_events())
    yield "export", lambda: b"".join(part.chunk for part in audit.export_history())


def of_each(
    client: Client, loans: list[str], events: list[str]
) -> Iterator[tuple[str, Callable[[], Any]]]:
    """The questions about one loan or one event."""
    for name in loans:
        yield f"{name}", lambda name=name: client.loans.get_loan(name=name)
        yield (
            f"{name} transactions",
            lambda name=name: list(client.loans.list_transactions.iterate(parent=name)),
        )
    for name in events:
        yield name, lambda name=name: client.audit.get_event(name=name)


def answers(client: Client, loans: list[str], events: list[str]) -> dict[str, Answer]:
    """What is answered to each question."""
    asked = (*reads(client), *of_each(client, loans, events))
    return {name: answer(question) for name, question in asked}


def answer(question: Callable[[], Any]) -> Answer:
    """An answer as bytes, or the status and reason of its refusal."""
    try:
        found = question()
    except LoanLedgerError as error:
        return f"{error.code.name} {error.reason}"
    if isinstance(found, bytes):
        return found
    parts = found if isinstance(found, list) else [found]
    return b"".join(_bytes(part) for part in parts)


def _bytes(message: Message) -> bytes:
    return message.SerializeToString(deterministic=True)


def commands(client: Client, loans: list[str]) -> dict[str, Answer]:
    """What becomes of postings, and of a close."""
    found = {
        f"journal {n}": answer(
            lambda n=n: client.ledger.post_journal(entries=pair("1"), request_id=f"after-{n}")
        )
        for n in range(6)
    }
    found |= {
        f"repay {name}": answer(
            lambda name=name: client.loans.repay_loan(name=name, amount=money("5", "CNY"))
        )
        for name in loans
    }
    return found | {"close": answer(lambda: list(client.end_of_day.run_end_of_day()))}
