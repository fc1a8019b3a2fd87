"""What a forger does after an alteration, so that less of it can be seen."""

from __future__ import annotations

import asyncio

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from psycopg import AsyncConnection

from ledger.audit.canonical import canonical_bytes, leaf_hash
from ledger.audit.checkpoint import Checkpoint, sign
from ledger.audit.merkle import Frontier
from ledger.store import events, seals

_BOOK = 1
_OTHER_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))

#: Balances, turnover and counters made anew from the entries and events that are left.
REBOOKED = (
    "delete from ledger.balance",
    "insert into ledger.balance (stripe, account, currency, debit, credit)"
    " select stripe, account, currency, coalesce(sum(amount) filter (where side = 'D'), 0),"
    " coalesce(sum(amount) filter (where side = 'C'), 0) from ledger.entry group by 1, 2, 3",
    "delete from ledger.roll r where r.number > (select coalesce(max(number), 0)"
    " from ledger.event e where e.stripe = r.stripe)",
    "delete from ledger.turnover",
    "insert into ledger.turnover (stripe, number, account, currency, value_date, posting_date,"
    " debit, credit) select n.stripe, r.number, n.account, n.currency, n.value_date,"
    " n.posting_date, coalesce(sum(n.amount) filter (where n.side = 'D'), 0),"
    " coalesce(sum(n.amount) filter (where n.side = 'C'), 0) from ledger.entry n join (select"
    " stripe, max(number) as number from ledger.roll group by 1) r on r.stripe = n.stripe"
    " and n.number <= r.number group by 1, 2, 3, 4, 5, 6",
    "update ledger.stripe s set last_number = (select coalesce(max(number), 0)"
    " from ledger.event e where e.stripe = s.stripe)",
)


def rebook(connection: psycopg.Connection) -> None:
    """So that debits equal credits and every sum is that of its entries."""
    for statement in REBOOKED:
        connection.execute(statement.encode())


def reseal(connection: psycopg.Connection) -> None:
    """All leaf hashes, the whole tree and its nodes anew; the server signs it with its own key."""
    asyncio.run(_reseal(connection.info.dsn))


def sign_anew(connection: psycopg.Connection) -> None:
    """The stored checkpoints signed with a key of the forger's own."""
    rows = connection.execute("select size, root, note from ledger.checkpoint").fetchall()
    for size, root, note in rows:
        origin, name = note.split("\n")[0], note.split("\u2014 ")[1].split(" ")[0]
        forged = sign(Checkpoint(origin, size, root), name, _OTHER_KEY)
        connection.execute("update ledger.checkpoint set note = %s where size = %s", (forged, size))


async def _reseal(dsn: str) -> None:
    async with await AsyncConnection.connect(dsn, autocommit=True) as connection:
        await connection.execute("set session_replication_role = replica")
        cursor = await connection.execute(
            "select e.stripe, e.number from ledger.event e left join ledger.leaf l"
            " on l.stripe = e.stripe and l.number = e.number order by l.index, e.stripe, e.number"
        )
        keys = [(row[0], row[1]) for row in await cursor.fetchall()]
        found = await events.read(connection, "main", keys)
        leaves = [(*key, leaf_hash(canonical_bytes(found[key][0]))) for key in keys]
        for stripe, number, leaf in leaves:
            await connection.execute(
                "update ledger.event set leaf = %s where stripe = %s and number = %s",
                (leaf, stripe, number),
            )
        for table in ("leaf", "node", "checkpoint"):
            await connection.execute(f"delete from ledger.{table}".encode())
        await connection.execute("update ledger.stripe set sealed_number = 0")
        _, nodes = Frontier().extend([leaf for _, _, leaf in leaves])
        await seals.add_leaves(connection, _BOOK, 0, leaves)
        await seals.add_nodes(connection, _BOOK, nodes)
