"""make bench: prints a table of ratios and writes build/bench.json."""

from __future__ import annotations

import asyncio
import json
import os
import platform
import shutil
import time
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

import psycopg
import uvloop
from google.type import money_pb2
from rich.console import Console
from rich.table import Table

from bench import engine, loads
from bench.corrections import corrections
from bench.stand import Stand, stand, tpcb
from examples.rules import terms
from ledger.audit.verify import verify_export
from ledger.audit.workers import workers
from loanledger import AsyncClient, date_of, decimal_, to_date
from loanledger.v1 import ledger_service_pb2, party_service_pb2

FOLDER, RESULT = Path("build/bench"), Path("build/bench.json")
SECONDS = 8
ENGINE_SECONDS = 3
BATCHES = 120
LOANS, COPIES = 2000, 50
CLOSES = 5
PAIRS, ROUNDS = 50, 5


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure, as a ratio where there is something to hold it against."""

    name: str
    value: float
    unit: str
    ratio: float | None = None
    against: str = ""
    aim: str = ""


def main() -> None:
    """Runs all loads on one stand."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    console = Console()
    with stand(FOLDER) as found:
        console.print("TPC-B: scale 20, 8 clients, prepared …")
        base = tpcb(found.dsn, SECONDS)
        figures = [Figure("tpcb", base, "transactions/s"), *by_itself(console)]
        figures += uvloop.run(measure(found, base, console))
    table = Table("name", "value", "unit", "ratio", "against", "aim")
    for figure in figures:
        ratio = f"{figure.ratio:.2f}" if figure.ratio else ""
        value = f"{figure.value:,.0f}"
        table.add_row(figure.name, value, figure.unit, ratio, figure.against, figure.aim)
    python = platform.python_version()
    console.print(f"{os.cpu_count()} cores, {platform.machine()}, Python {python}")
    console.print(table)
    keys = ("name", "value", "unit", "ratio", "against")
    rows = [{key: asdict(figure)[key] for key in keys} for figure in figures]
    RESULT.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


def by_itself(console: Console) -> list[Figure]:
    """The engine without server and database."""
    console.print("quotes and a fold …")
    schedules = engine.quote_schedule(ENGINE_SECONDS)
    payoffs = engine.quote_payoff(ENGINE_SECONDS)
    folds = engine.fold_long(ENGINE_SECONDS)
    return [
        Figure("quote_schedule", schedules, "quotes/s", schedules / 500, "one in 2 ms", "≥ 1"),
        Figure("quote_payoff", payoffs, "quotes/s", payoffs / 500, "one in 2 ms", "≥ 1"),
        Figure("fold_500_events", folds, "folds/s", folds / 50, "one in 20 ms", "≥ 1"),
    ]


async def measure(found: Stand, base: float, console: Console) -> list[Figure]:
    """The loads in turn; nothing else runs meanwhile."""
    metadata = (("authorization", f"Bearer {found.token}"),)
    console.print("echo …")
    bare = await loads.echo(found.echo, metadata, SECONDS)
    console.print("post_unary …")
    unary = await loads.post_unary(found.ledger, metadata, SECONDS)
    console.print("post_batch …")
    batch = await loads.post_batch(found.ledger, metadata, BATCHES)
    console.print("post_stream …")
    stream = await loads.post_stream(found.ledger, metadata, BATCHES)
    console.print("post_hot_vs_spread …")
    hot, spread = await loads.hot_vs_spread(found.ledger, metadata, await pairs(found), ROUNDS)
    console.print("correction …")
    await publish(found)
    corrected = await corrections(found.ledger, found.token)
    console.print("repay_unary …")
    names = await open_loans(found)
    repay = await loads.repay_unary(found.ledger, metadata, names, SECONDS)
    console.print("accrue_bulk …")
    accrued = await accrue(found)
    console.print("audit_verify …")
    verified = await verify(found)
    echo, against = "bare unary echo", "TPC-B"
    return [
        Figure("echo", bare, "calls/s"),
        Figure("post_unary", unary, "journals/s", unary / bare, echo, "≥ 0.7"),
        Figure("post_batch", batch, "journals/s", batch / base, against, "≥ 7"),
        Figure("post_stream", stream, "journals/s", stream / base, against, "≥ 5"),
        Figure("post_hot_vs_spread", hot, "journals/s", hot / spread, "100 accounts", "≥ 0.95"),
        Figure("repay_unary", repay, "repayments/s", repay / bare, echo, "≥ 0.5"),
        Figure("correction", corrected, "corrections/s", corrected / 20, "one in 50 ms", "≥ 1"),
        Figure("accrue_bulk", accrued, "loans/s"),
        Figure("audit_verify", verified, "events/s", verified / 100_000, "100,000 events/s", "≥ 1"),
        Figure("server_memory", found.memory() / 2**20, "MiB at the end"),
    ]


async def pairs(found: Stand) -> list[loads.Pair]:
    """Fifty pairs of accounts of their own."""
    async with AsyncClient(found.ledger, token=found.token, timeout=60) as client:
        for number in range(2 * PAIRS):
            account = ledger_service_pb2.Account(
                code=f"9.{number:03d}", title=f"Spread {number}", type="ACCOUNT_TYPE_ASSET"
            )
            await client.ledger.create_account(account=account)
    return [(f"9.{n:03d}", f"9.{n + PAIRS:03d}") for n in range(PAIRS)]


async def publish(found: Stand) -> None:
    """The product of all loans."""
    async with AsyncClient(found.ledger, token=found.token, timeout=60) as client:
        await client.products.publish_product(code="auto", title="Car loan", terms=terms("auto"))


async def open_loans(found: Stand) -> list[str]:
    """Loans of one product, disbursed; a party each."""
    async with AsyncClient(found.ledger, token=found.token, timeout=60) as client:
        limit = asyncio.Semaphore(loads.CALLERS)

        async def one(number: int) -> str:
            async with limit:
                party = await client.parties.create_party(
                    party=party_service_pb2.Party(
                        kind="PARTY_KIND_PERSON", display_name=f"Borrower {number}"
                    )
                )
                loan = await client.loans.open_loan(
                    party=party.name,
                    product="books/main/products/auto",
                    amount=money_pb2.Money(currency_code="EUR", units=12_000),
                    annual_rate=decimal_("0.069"),
                    instalments=36,
                )
                await client.loans.approve_loan(name=loan.name)
                await client.loans.disburse_loan(name=loan.name)
                return loan.name

        return list(await asyncio.gather(*(one(n) for n in range(LOANS))))


async def accrue(found: Stand) -> float:
    """Closes some days of a book whose loans were multiplied by SQL; loans accrued a second."""
    with psycopg.connect(found.dsn, autocommit=True) as connection:
        columns = [
            row[0]
            for row in connection.execute(
                "select column_name from information_schema.columns where table_schema = 'ledger'"
                " and table_name = 'loan' and is_generated = 'NEVER'"
                " and column_name not in ('stripe', 'loan')"
                " order by ordinal_position"
            )
        ]
        listed = ", ".join(columns)
        connection.execute(
            f"insert into ledger.loan (stripe, loan, {listed})"  # noqa: S608 names of columns
            f" select stripe, loan / {COPIES} + n, {listed} from ledger.loan,"
            f" generate_series(1, {COPIES}) as n on conflict do nothing".encode()
        )
        connection.execute("vacuum analyze ledger.loan")
    total, begun = 0, time.perf_counter()
    async with AsyncClient(found.ledger, token=found.token, timeout=600) as client:
        today = to_date((await client.end_of_day.get_end_of_day()).business_date)
        if today is None:
            raise RuntimeError("the book has no business date")
        last = date_of((today + timedelta(days=CLOSES - 1)).isoformat())
        async for progress in client.end_of_day.run_end_of_day(business_date=last):
            if progress.finished:
                total += progress.loans_accrued
    return total / (time.perf_counter() - begun)


async def verify(found: Stand) -> float:
    """Events a second of verifying the whole export offline, on all cores."""
    path = FOLDER / "history.jsonl"
    async with AsyncClient(found.ledger, token=found.token, timeout=600) as client:
        checkpoint = await client.audit.create_checkpoint()
        with path.open("wb") as file:
            async for part in client.audit.export_history():
                file.write(part.chunk)
    begun = time.perf_counter()
    with path.open("rb") as file, workers() as sharing:
        report = verify_export(file, checkpoint.note, checkpoint.verifier_key, workers=sharing)
    if not report.ok:
        raise RuntimeError(str(report.findings[:3]))
    return report.events / (time.perf_counter() - begun)


if __name__ == "__main__":
    main()
