"""`loanledger audit journal-tests`: what of a history an auditor should look at, offline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, tzinfo
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer

from ledger.audit.journal_tests import JournalTests, Outcome, Settings
from ledger.audit.posted import Posted
from ledger.audit.stream import items
from ledger.errors import LedgerError
from ledger.money import decimal_text
from loanledger.cli import output
from loanledger.cli.command import Result, command
from loanledger.cli.inputs import money_of
from loanledger.cli.params import Currency
from loanledger.cli.session import Session
from loanledger.money import minor

_DEFAULTS = Settings(UTC)


def register(app: typer.Typer) -> None:
    """Adds the command to the group of the audit."""
    command(app, "journal-tests")(journal_tests)


def journal_tests(
    s: Session,
    history: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="From `export`.")],
    *,
    authority_limit: Annotated[
        list[str] | None,
        typer.Option(help='Such as 50000, or "CNY 50000"; once for each currency.'),
    ] = None,
    currency: Currency = "CNY",
    near: Annotated[int, typer.Option(min=1, max=99, help="Per cent that are just below.")] = 10,
    time_zone: Annotated[str, typer.Option(help="Where people work, as Asia/Shanghai.")] = "UTC",
    working_hours: Annotated[str, typer.Option(help="From and until, in full hours.")] = "8-20",
    round_to: Annotated[
        int, typer.Option(min=1, help="Multiples of so many units of a currency are round.")
    ] = _DEFAULTS.round_to,
    backdated: Annotated[
        int, typer.Option(min=0, help="More days than this are backdated.")
    ] = _DEFAULTS.backdated_days,
    seldom: Annotated[
        int, typer.Option(min=1, help="So many events or fewer are seldom.")
    ] = _DEFAULTS.seldom,
    reversals: Annotated[
        int, typer.Option(min=0, help="More reversals by one actor than this are many.")
    ] = _DEFAULTS.reversals,
    limit: Annotated[
        int, typer.Option(min=0, help="Events listed for a test; all are counted.")
    ] = _DEFAULTS.listed,
) -> Result:
    """Test the journal entries of an export that people made (ISA 240): who, when, how much, where.

    Verify the export first. What is found is a reason to look, not a fault.
    """
    del s
    amounts = [money_of(text, currency) for text in authority_limit or ()]
    tests = JournalTests(
        Settings(
            zone=_zone(time_zone),
            hours=_hours(working_hours),
            limits={amount.currency_code: minor(amount) for amount in amounts},
            near_percent=near,
            round_to=round_to,
            backdated_days=backdated,
            seldom=seldom,
            reversals=reversals,
            listed=limit,
        )
    )
    events = 0
    try:
        with history.open("rb") as file:
            for item in items(file):
                tests.add(item.event)
                events += 1
    except LedgerError as error:
        raise ValueError(error.message) from None
    found = tests.outcomes()
    data = {
        "events": events,
        "tested": tests.tested,
        "tests": [_object(outcome) for outcome in found],
    }
    return Result(data, tuple(_views(data, found)))


def _zone(text: str) -> tzinfo:
    """A zone by its name; UTC also on a machine that has no zones."""
    try:
        return UTC if text == "UTC" else ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError(f"{text!r} is no time zone such as Asia/Shanghai") from None


def _hours(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{1,2})-(\d{1,2})", text)
    start, end = (int(found[1]), int(found[2])) if found else (0, 0)
    if not 0 <= start < end <= 24:
        raise ValueError(f"{text!r} are no hours such as 8-20")
    return start, end


def _object(outcome: Outcome) -> dict[str, Any]:
    return {
        "test": outcome.name,
        "finds": outcome.meaning,
        "ran": outcome.ran,
        "count": outcome.count,
        "amounts": {code: str(total) for code, total in sorted(outcome.amounts.items())},
        "events": [
            {
                "event": posted.name,
                "kind": posted.kind,
                "actor": posted.actor,
                "posting_date": posted.posting_date.isoformat(),
                "booked": posted.booked.isoformat(),
                "amounts": {code: str(total) for code, total in posted.amounts.items()},
                "why": note,
            }
            for posted, note in outcome.events
        ],
    }


def _views(data: dict[str, Any], found: list[Outcome]) -> Iterator[Any]:
    yield f"{data['events']:,} events, {data['tested']:,} of them posted by people"
    columns = [("test", False), ("finds", False), ("events", True), ("amount", True)]
    rows = (
        (o.name, o.meaning, f"{o.count:,}" if o.ran else "not run", _money(o.amounts))
        for o in found
    )
    yield output.grid("tests", columns, rows)
    headers = ("event", "kind", "actor", "posting date", "amount", "why")
    for outcome in found:
        if outcome.events:
            more = outcome.count - len(outcome.events)
            title = f"{outcome.name}, {more:,} more" if more else outcome.name
            lines = (_cells(posted, note) for posted, note in outcome.events)
            yield output.grid(title, [(name, name == "amount") for name in headers], lines)


def _cells(posted: Posted, note: str) -> tuple[str, ...]:
    day, amount = posted.posting_date.isoformat(), _money(posted.amounts)
    return posted.name, posted.kind, posted.actor, day, amount, note


def _money(amounts: Mapping[str, int]) -> str:
    return ", ".join(f"{code} {decimal_text(n, code)}" for code, n in sorted(amounts.items()))
