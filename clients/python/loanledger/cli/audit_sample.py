"""`loanledger audit sample`: a sample of an export's events, offline and repeatable by its seed."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from ledger.audit.sampling import (
    Drawn,
    Filter,
    NotSampled,
    Population,
    Unit,
    allocated,
    interval_of,
    measured,
    monetary_unit_sample,
    random_sample,
    start_of,
    stratified_sample,
)
from ledger.audit.stream import items
from ledger.errors import LedgerError
from ledger.money import EXPONENTS, decimal_text
from loanledger.bundle.cells import shielded
from loanledger.cli import output
from loanledger.cli.command import Result, command
from loanledger.cli.inputs import money_of
from loanledger.cli.params import Since, Until
from loanledger.cli.session import Session
from loanledger.money import minor, to_date

COLUMNS = ("event", "kind", "actor", "value_date", "posting_date", "amount", "band", "hits")


class Method(StrEnum):
    """How units are drawn."""

    RANDOM = "random"
    STRATIFIED = "stratified"
    MONETARY_UNIT = "monetary-unit"


class Side(StrEnum):
    """The side of entries whose amounts count."""

    DEBIT = "debit"
    CREDIT = "credit"


@dataclass(frozen=True, slots=True)
class _Sample:
    drawn: Sequence[Drawn]
    facts: dict[str, Any]


def register(app: typer.Typer) -> None:
    """Adds the command to the group of the audit."""
    command(app, "sample")(sample)


def sample(
    s: Session,
    history: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="From `export`.")],
    *,
    method: Annotated[Method, typer.Option(help="How events are drawn.")],
    size: Annotated[int, typer.Option(min=1, help="How many.")],
    seed: Annotated[str, typer.Option(help="Any text; the same one draws the same sample.")],
    currency: Annotated[str | None, typer.Option(help="Needed where there are several.")] = None,
    side: Annotated[Side, typer.Option(help="Whose amounts count.")] = Side.DEBIT,
    account: Annotated[str | None, typer.Option(help="Only amounts on this account.")] = None,
    kind: Annotated[str | None, typer.Option(help="Only events of this kind.")] = None,
    since: Since = None,
    until: Until = None,
    bands: Annotated[
        str | None,
        typer.Option(help="Where strata begin, as 1000,10000; powers of ten if none."),
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--csv", dir_okay=False, help="Write the sample here too.")
    ] = None,
) -> Result:
    """Draw a sample of events from an export: random, stratified by amount, or by monetary units.

    Verify the export first. The population's counts and totals tie to its control line.
    """
    del s
    first, last = to_date(since) if since else None, to_date(until) if until else None
    try:
        code = currency or _only_currency(history)
        wanted = Filter(
            *(code, "D" if side is Side.DEBIT else "C", account, kind),
            *(day.isoformat() if day else None for day in (first, last)),
        )
        edges = _edges(bands, code) if method is Method.STRATIFIED else ()
        facts, population = _measured(history, wanted, edges)
        found = _drawn(history, wanted, method, size, seed, population)
    except LedgerError as error:
        raise ValueError(error.message) from None
    data = {
        "method": method.value,
        "seed": seed,
        "size": size,
        "filter": asdict(wanted),
        **facts,
        **found.facts,
        "sample": [_row(drawn, code) for drawn in found.drawn],
        "sample_total": str(sum(drawn.unit.amount for drawn in found.drawn)),
    }
    if file is not None:
        _write(file, data["sample"])
    return Result(data, tuple(_views(data, code)))


def _units(history: Path, wanted: Filter) -> Iterator[Unit]:
    for event in _events(history):
        unit = wanted.unit(event)
        if unit is not None:
            yield unit


def _events(history: Path) -> Iterator[dict[str, Any]]:
    with history.open("rb") as file:
        for item in items(file):
            yield item.event


def _only_currency(history: Path) -> str:
    found = {entry[4] for event in _events(history) for entry in event["entries"]}
    if len(found) != 1:
        raise NotSampled(f"give --currency, one of {', '.join(sorted(found)) or 'none'}")
    return str(found.pop())


def _edges(bands: str | None, currency: str) -> list[int]:
    if currency not in EXPONENTS:
        raise ValueError(f"{currency!r} is no currency that is known")
    if bands is None:
        return [10 ** (EXPONENTS[currency] + power) for power in range(2, 13)]
    return [minor(money_of(edge, currency)) for edge in bands.split(",")]


def _measured(
    history: Path, wanted: Filter, edges: Sequence[int]
) -> tuple[dict[str, Any], Population]:
    """The population, and what of the whole history it is."""
    events = total = 0
    every = Filter(wanted.currency, wanted.side)

    def counted() -> Iterator[Unit]:
        nonlocal events, total
        for event in _events(history):
            whole, unit = every.unit(event), wanted.unit(event)
            events += 1
            total += whole.amount if whole else 0
            if unit is not None:
                yield unit

    population = measured(counted(), edges)
    if not population.count:
        raise NotSampled("no event fits: the population is empty")
    facts = {
        "history": {"events": events, "total": str(total)},
        "population": {"units": population.count, "total": str(population.total)},
        "left_out": {
            "events": events - population.count,
            "total": str(total - population.total),
        },
    }
    return facts, population


def _drawn(
    history: Path, wanted: Filter, method: Method, size: int, seed: str, population: Population
) -> _Sample:
    units = _units(history, wanted)
    if method is Method.RANDOM:
        return _Sample(random_sample(units, size, seed), {})
    if method is Method.STRATIFIED:
        allocated(population, size)
        strata = [
            {
                "band": band,
                "from": str(stratum.low),
                "below": None if stratum.high is None else str(stratum.high),
                "units": stratum.count,
                "total": str(stratum.total),
                "size": stratum.size,
            }
            for band, stratum in enumerate(population.bands)
            if stratum.count
        ]
        return _Sample(stratified_sample(units, population, seed), {"bands": strata})
    interval = interval_of(population.total, size)
    start = start_of(seed, interval)
    drawn = monetary_unit_sample(units, interval, start)
    facts = {
        "interval": str(interval),
        "start": str(start),
        "selections": sum(len(found.hits) for found in drawn),
        "certain": sum(found.unit.amount >= interval for found in drawn),
    }
    return _Sample(drawn, facts)


def _row(drawn: Drawn, currency: str) -> dict[str, Any]:
    unit = drawn.unit
    return {
        "event": unit.name,
        "kind": unit.kind,
        "actor": unit.actor,
        "value_date": unit.value_date,
        "posting_date": unit.posting_date,
        "amount": decimal_text(unit.amount, currency),
        "amount_minor": unit.amount,
        "band": drawn.band,
        "hits": [str(hit) for hit in drawn.hits],
    }


def _write(file: Path, rows: Sequence[dict[str, Any]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(COLUMNS)
        writer.writerows([shielded(cell) for cell in _cells(row)] for row in rows)


def _cells(row: dict[str, Any]) -> list[str]:
    shown = {**row, "band": "" if row["band"] is None else row["band"]}
    shown["hits"] = " ".join(row["hits"])
    return [str(shown[name]) for name in COLUMNS]


def _views(data: dict[str, Any], currency: str) -> Iterator[Any]:
    def money(minor_text: str) -> str:
        return f"{currency} {decimal_text(int(minor_text), currency)}"

    counts = [
        (name.replace("_", " "), f"{next(iter(data[name].values())):,}", money(data[name]["total"]))
        for name in ("history", "population", "left_out")
    ]
    counts.append(("sample", f"{len(data['sample']):,}", money(data["sample_total"])))
    yield output.grid("", [("of", False), ("events", True), ("total", True)], counts)
    if "interval" in data:
        lines = [("interval", money(data["interval"])), ("start", money(data["start"]))]
        lines += [(name, f"{data[name]:,}") for name in ("selections", "certain")]
        yield output.facts("", lines)
    if "bands" in data:
        columns = [(name, True) for name in ("band", "from", "below", "units", "total", "size")]
        rows = (
            [
                *(str(band["band"]), money(band["from"])),
                money(band["below"]) if band["below"] else "",
                *(f"{band['units']:,}", money(band["total"]), str(band["size"])),
            ]
            for band in data["bands"]
        )
        yield output.grid("bands", columns, rows)
    columns = [(name, name == "amount") for name in COLUMNS]
    yield output.grid("sample", columns, map(_cells, data["sample"]))
