"""`loanledger audit saf-t`: the general ledger of an export as a Standard Audit File for Tax."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, fields
from pathlib import Path
from typing import Annotated

import typer
from google.type import date_pb2

from ledger.errors import LedgerError
from loanledger.bundle.saft import Company, Selection, write
from loanledger.cli import inputs
from loanledger.cli.command import Result, command
from loanledger.cli.params import Currency
from loanledger.cli.session import Session
from loanledger.money import to_date

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


def register(app: typer.Typer) -> None:
    """Adds the command to the group of the audit."""
    command(app, "saf-t")(saf_t)


def saf_t(
    s: Session,
    history: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="From `export`.")],
    file: Annotated[Path, typer.Argument(dir_okay=False, help="The XML file to write.")],
    *,
    company: Annotated[
        Path, typer.Option(exists=True, dir_okay=False, help="JSON: name, address, contact.")
    ],
    created: Annotated[
        date_pb2.Date,
        typer.Option(parser=inputs.day, metavar="YYYY-MM-DD", help="Date of the file."),
    ],
    first: Annotated[str, typer.Option("--from", metavar="YYYY-MM", help="First month.")],
    last: Annotated[str, typer.Option("--to", metavar="YYYY-MM", help="Last month.")],
    currency: Currency = "CNY",
) -> Result:
    """Write accounts and entries of some months, in one currency, as OECD SAF-T 2.00."""
    del s
    for month in (first, last):
        if not _MONTH.fullmatch(month):
            raise ValueError(f"{month!r} is no month such as 2025-01")
    day = to_date(created)
    assert day is not None
    part = file.with_name(file.name + ".part")
    chosen = Selection(currency, first, last)
    try:
        with part.open("w", encoding="utf-8", newline="\n") as out:
            done = write(history, out, _company(company), day.isoformat(), chosen)
        part.replace(file)
    except LedgerError as error:
        raise ValueError(error.message) from None
    finally:
        part.unlink(missing_ok=True)
    data = {
        "file": str(file),
        **asdict(chosen),
        "accounts": len(done.accounts),
        "entries": done.entries,
        "debit": str(done.debit),
        "credit": str(done.credit),
        "left_out": done.left_out,
    }
    text = f"{done.entries:,} entries of {len(done.accounts)} accounts to {file}"
    more = f"; {done.left_out:,} entries in other currencies left out" if done.left_out else ""
    return Result(data, (text + more,))


def _company(path: Path) -> Company:
    names = {field.name for field in fields(Company)}
    found = json.loads(path.read_bytes())
    if not isinstance(found, dict) or found.keys() != names:
        raise ValueError(f"{path}: give {', '.join(sorted(names))}, and nothing else")
    return Company(**{name: str(value) for name, value in found.items()})
