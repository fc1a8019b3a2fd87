"""A small book with a real history, and what an auditor took away while it was honest."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import orjson
import psycopg
from psycopg.conninfo import make_conninfo

from loanledger import decimal_
from loanledger.v1 import audit_service_pb2 as au
from loanledger.v1 import ledger_service_pb2 as lg
from loanledger.v1 import loan_service_pb2
from server.embedded import Embedded
from server.migrate import migrate
from tests.book import running_server
from tests.ledger.test_database_rules import risky
from tests.server.bad import cny
from tests.server.desk import Desk, allocation, pair

BACKUP, HONEST = "backup", "honest"


@dataclass(frozen=True)
class Kept:
    """A checkpoint and an export, outside the bank: leaf hashes, and events' names by leaf."""

    checkpoint: au.Checkpoint
    hashes: list[bytes]
    names: list[str]


@contextmanager
def desk_on(dsn: str, folder: Path) -> Iterator[Desk]:
    """A real server on a database; the keys are those of the folder, each time the same."""
    with running_server(dsn, folder) as server:
        yield Desk(server, server.client(timeout=120, retries=0))


def made(postgres: Embedded, folder: Path) -> Kept:
    """Two databases: the honest book, and a backup of it from the middle of its history."""
    with psycopg.connect(postgres.dsn, autocommit=True) as connection:
        connection.execute(f"create database {BACKUP}".encode())
        dsn = make_conninfo(postgres.dsn, dbname=BACKUP)
        migrate(dsn)
        with desk_on(dsn, folder) as desk:
            _begin(desk)
        connection.execute(f"create database {HONEST} template {BACKUP}".encode())
    with desk_on(make_conninfo(postgres.dsn, dbname=HONEST), folder) as desk:
        _go_on(desk)
        return _kept(desk)


def _begin(desk: Desk) -> None:
    """Products, catalogues, loans and their first month."""
    client = desk.client
    plain = desk.publish("plain", late_fee=cny("5"), penalty_rate=decimal_("0.12"))
    cash = desk.publish("cash", profile="cash")
    line = desk.publish(
        "line", amortization="AMORTIZATION_REVOLVING", allocation=allocation("REDUCE_INSTALMENT")
    )
    desk.index(d20240115="0.0345")
    desk.calendar()
    account = lg.Account(code="1002.1", title="Bank", type="ACCOUNT_TYPE_ASSET")
    client.ledger.create_account(account=account, reason="a second bank")
    loans = [desk.lent(product, "1200") for product in (plain, plain, plain, cash, line)]
    desk.approved(plain, "700")
    risky(desk, loans[0])
    desk.go_to("2024-02-16")
    for loan, amount in zip(loans, ("103.28", "90", "300", "50", "20"), strict=True):
        client.loans.repay_loan(name=loan, amount=cny(amount), reference="bank")
    for amount in ("12.34", "5.00", "7.77"):
        client.ledger.post_journal(entries=pair(amount), reason="petty cash")
    client.ledger.close_period(name="books/main/periods/2024-01")
    client.audit.create_checkpoint()


def _go_on(desk: Desk) -> None:
    """A reversal, a second month, its closing, and new business."""
    client = desk.client
    paid = client.audit.list_events(kind="repayment_recorded").events[0]
    client.loans.reverse_loan_event(event=paid.name, reason="bounced")
    desk.go_to("2024-03-05")
    client.ledger.close_period(name="books/main/periods/2024-02")
    for loan in client.loans.list_loans.iterate():
        if loan.status == loan_service_pb2.LOAN_STATUS_ACTIVE:
            client.loans.repay_loan(name=loan.name, amount=cny("40"))
    desk.lent("books/main/products/plain", "900")
    client.ledger.post_journal(entries=pair("3.21"), reason="petty cash")
    desk.go_to("2024-03-08")
    client.ledger.post_journal(entries=pair("1.11"), reason="petty cash")


def _kept(desk: Desk) -> Kept:
    checkpoint = desk.client.audit.create_checkpoint()
    lines = b"".join(part.chunk for part in desk.client.audit.export_history()).splitlines()
    events = [orjson.loads(line) for line in lines if line.startswith(b'{"actor":')]
    text = b"".join(
        b64decode(orjson.loads(line)["leaves"]) for line in lines if line.startswith(b'{"leaves":')
    )
    hashes = [text[i : i + 32] for i in range(0, len(text), 32)]
    return Kept(checkpoint, hashes, [f"{e['stripe']}-{e['number']}" for e in events])
