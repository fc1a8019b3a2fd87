"""make demo: a thousand real loans over thirty months, the books at the end, and the proof."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import grpc
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from examples import show
from examples.book import Book
from examples.rules import DISBURSEMENT_DAYS, FIRST_DAY
from ledger.audit.verify import verify_export
from loanledger import AsyncClient, LoanLedgerError
from server.keys import ensure_key, token

LOANS, DAYS, STRIPES = 1000, 912, 8
FOLDER = Path("build/demo")
ROLES = ["channel", "credit_officer", "finance", "auditor", "operator"]


def main() -> int:
    """Runs the demo; 0 when every promise held."""
    console = Console(width=max(Console().width, 110))
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    bearer = token(ensure_key(FOLDER / "token.key"), "demo", ROLES)
    ensure_key(FOLDER / "signing.key")
    try:
        with server(console) as target:
            asyncio.run(tour(console, target, bearer))
        prove(console)
    except (show.Broken, LoanLedgerError) as error:
        console.print(f"demo failed: {error}", style="bold red")
        return 1
    console.print("All promises held. Export, checkpoint and key stay in", f"{FOLDER}/.")
    return 0


@contextmanager
def server(console: Console) -> Iterator[str]:
    """A server process of its own with an embedded database, stopped at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {
        "PORT": port,
        "DATA": FOLDER / "data",
        "LENDER": "Hansa Consumer Credit",
        "CURRENCY": "EUR",
        "STRIPES": STRIPES,
        "BUSINESS_DATE": FIRST_DAY,
        "INSECURE": 1,
        "TOKEN_KEYS": FOLDER / "token.pub",
        "SIGNING_KEY": FOLDER / "signing.key",
        "LOG_LEVEL": "warning",
    }
    environment = os.environ | {f"LOANLEDGER_{key}": str(value) for key, value in settings.items()}
    process = subprocess.Popen([sys.executable, "-m", "server", "serve"], env=environment)
    try:
        target = f"127.0.0.1:{port}"
        channel = grpc.insecure_channel(target)
        deadline = time.monotonic() + 120
        while True:
            try:
                grpc.channel_ready_future(channel).result(timeout=1)
                break
            except grpc.FutureTimeoutError:
                if process.poll() is not None or time.monotonic() > deadline:
                    raise show.Broken("the server did not start") from None
        channel.close()
        console.print(f"server with an embedded PostgreSQL on {target}")
        yield target
    finally:
        process.terminate()
        process.wait(60)


async def tour(console: Console, target: str, bearer: str) -> None:
    """Drives the book, then shows it."""
    async with AsyncClient(target, token=bearer, timeout=60) as client:
        book = Book(client, LOANS, DISBURSEMENT_DAYS)
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        begun = time.monotonic()
        with Progress(*columns, console=console) as progress:
            task = progress.add_task("business days", total=DAYS)
            await book.run(DAYS, lambda day: progress.update(task, advance=1, description=str(day)))
        show.processed(console, book.done, time.monotonic() - begun)
        await show.trial_balance(console, client)
        await show.tie_out(console, client)
        await show.delinquency(console, client)
        late = next(loan for loan in book.loans if loan.written_off and loan.case.recovers)
        await show.statement(console, client, late.name)
        checkpoint = await client.audit.create_checkpoint()
        console.print("Signed checkpoint, to be kept outside the bank", style="bold")
        console.print(checkpoint.note.strip(), highlight=False)
        (FOLDER / "checkpoint.txt").write_text(checkpoint.note, encoding="utf-8")
        (FOLDER / "verifier.key").write_text(checkpoint.verifier_key + "\n", encoding="utf-8")
        with (FOLDER / "history.jsonl").open("wb") as file:
            async for part in client.audit.export_history():
                file.write(part.chunk)


def prove(console: Console) -> None:
    """Verifies the export with the server gone, then shows that a tampered copy is refused."""
    checkpoint = (FOLDER / "checkpoint.txt").read_text(encoding="utf-8")
    key = (FOLDER / "verifier.key").read_text(encoding="utf-8").strip()
    begun = time.monotonic()
    with (FOLDER / "history.jsonl").open("rb") as file:
        report = verify_export(file, checkpoint, key)
    seconds = time.monotonic() - begun
    console.print(
        f"Export verified offline, with the server stopped: {report.events:,} events,"
        f" {report.entries:,} entries in {seconds:.1f} s, {len(report.findings)} findings",
        style="bold green" if report.ok else "bold red",
    )
    if not report.ok:
        raise show.Broken(report.findings[0].problem)
    lines = (FOLDER / "history.jsonl").read_bytes().splitlines(keepends=True)
    target = max(i for i, line in enumerate(lines) if b'"kind":"repayment_recorded"' in line)
    lines[target] = lines[target].replace(b'"EUR",', b'"EUR",1', 2)
    tampered = verify_export(lines, checkpoint, key)
    console.print("A copy with one repayment made larger, balanced as before, is refused:")
    for finding in tampered.findings[:3]:
        console.print(f"  event {finding.event or '-'}: {finding.problem}", style="red")
    if tampered.ok or not any(finding.event for finding in tampered.findings):
        raise show.Broken("a tampered export was not refused")


if __name__ == "__main__":
    sys.exit(main())
