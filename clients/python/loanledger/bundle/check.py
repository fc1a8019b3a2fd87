"""Checks a bundle offline: its files against its manifest, and every cell against the history."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from ledger.audit.checkpoint import VerifierKey
from ledger.audit.export import Manifest, parse_manifest
from ledger.audit.findings import Report
from ledger.audit.kept import Roll
from ledger.audit.spread import Workers
from ledger.audit.stream import Item, items
from ledger.audit.timestamps import Authority
from ledger.audit.verify import verify_export
from ledger.errors import LedgerError
from loanledger.bundle.fill import described, fill, json_bytes
from loanledger.bundle.layout import (
    ADS,
    CATALOGUE,
    CHECKPOINT,
    CHECKPOINTS,
    CSV,
    FORMAT,
    HISTORY,
    MANIFEST,
    PARQUET,
    ROLL,
    SCHEMA,
    VERSION,
    Span,
    Spot,
    schema,
    spots,
)
from loanledger.bundle.make import listed
from loanledger.bundle.sinks import Complain, Sink, csv_check, parquet_check

#: Says what is wrong: file, place, problem.
Tell = Callable[[str, str, str], None]
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})?")
#: What a manifest has that does not follow from the history.
_MADE = frozenset({"files", "made_with"})


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong: the file, the place in it, and how."""

    file: str
    place: str
    problem: str


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome: what the export's own verification gave, and what was found in the bundle."""

    report: Report
    problems: tuple[Problem, ...]
    manifest: dict[str, Any]
    #: The latest moment that a time stamp proves, in microseconds since 1970; 0 without any.
    stamped: int = 0

    @property
    def ok(self) -> bool:
        """Nothing was found."""
        return self.report.ok and not self.problems


def check(
    folder: Path,
    verifier_key: str,
    checkpoint: str | None = None,
    previous: Sequence[str] = (),
    archives: Iterable[bytes] = (),
    earlier_keys: Sequence[str] = (),
    authority: Authority | None = None,
    workers: Workers | None = None,
) -> Checked:
    """Checks the bundle in a folder; the checkpoint is the bundle's own where none is given.

    `earlier_keys` may have signed what its list of checkpoints holds, beside the verifier key; with
    an authority their time stamps are checked. `workers` share the verification of a large history.
    ValueError where the folder is no bundle, MalformedNote where the key is no key.
    """
    manifest = _manifest(folder)
    problems: list[Problem] = []
    stamped = 0

    def complain(file: str, place: str, problem: str) -> None:
        problems.append(Problem(file, place, problem))

    _check_files(folder, manifest, complain)
    note = checkpoint or _text(folder / CHECKPOINT)
    report = verify_export(
        _lines(folder / HISTORY), note, verifier_key, previous, None, archives, workers
    )
    if (folder / HISTORY).exists():
        try:
            keys = [VerifierKey.parse(key) for key in (verifier_key, *earlier_keys)]
            with (folder / HISTORY).open("rb") as file:
                export = parse_manifest(next(file, b""))
            told = partial(complain, CHECKPOINTS)
            roll = Roll(_lines(folder / CHECKPOINTS), keys, export.origin, told, authority)
            _check_tables(folder, manifest, export, roll, complain)
            stamped = roll.moment
        except (LedgerError, ValueError) as error:
            complain(HISTORY, "", f"the tables cannot be computed from it: {error}")
    return Checked(report, tuple(problems), manifest, stamped)


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        found = json.loads((folder / MANIFEST).read_bytes())
    except json.JSONDecodeError as error:
        raise ValueError(f"{folder / MANIFEST} is not JSON: {error}") from None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise ValueError(f"{folder / MANIFEST} is no manifest of a bundle")
    if found.get("version") != VERSION:
        raise ValueError(f"{folder / MANIFEST}: version {found.get('version')} is not known here")
    files, position = found.get("files"), found.get("position")
    if not isinstance(files, list) or not all(map(_is_named, files)):
        raise ValueError(f"{folder / MANIFEST} has no list of files")
    if not isinstance(position, dict) or not all(_DAY.fullmatch(day) for day in _span(position)):
        raise ValueError(f"{folder / MANIFEST} has no position")
    if not isinstance(found.get("parameters"), dict) or _formats(found) - {CSV, PARQUET}:
        raise ValueError(f"{folder / MANIFEST} has no formats that are known")
    return found


def _is_named(file: object) -> bool:
    return isinstance(file, dict) and isinstance(file.get("name"), str)


def _span(position: dict[str, Any]) -> tuple[str, str]:
    return str(position.get("first_posting_date")), str(position.get("last_posting_date"))


def _formats(manifest: dict[str, Any]) -> set[str]:
    return set(map(str, manifest["parameters"].get("formats") or ()))


def _check_files(folder: Path, manifest: dict[str, Any], complain: Tell) -> None:
    promised = {str(file["name"]): file for file in manifest["files"]}
    present = {str(file["name"]): file for file in listed(folder)}
    for name in sorted(promised.keys() | present.keys()):
        if name not in present:
            complain(name, "", "it is missing")
        elif name not in promised:
            complain(name, "", "it is not in the manifest")
        elif promised[name] != present[name]:
            complain(name, "", "its digest or size is not the manifest's")
    if (folder / SCHEMA).exists() and (folder / SCHEMA).read_bytes() != json_bytes(schema()):
        complain(SCHEMA, "", "it is not the schema of this version")


def _check_tables(
    folder: Path, manifest: dict[str, Any], export: Manifest, roll: Roll, complain: Tell
) -> None:
    days, formats = _span(manifest["position"]), _formats(manifest)
    span = days if all(days) else None
    sinks = {
        spot: _sink(spot, folder, span, complain)
        for spot in spots(formats)
        if (folder / spot.name(span)).exists()
    }
    catalogue = _catalogue(folder)
    stream = _called(items(_lines(folder / HISTORY)), roll)
    done = fill(stream, export.book, sinks, lambda _: catalogue)
    due = described(export, formats, done, sinks) | {ROLL: roll.finish()}
    for name in sorted(due.keys() - _MADE):
        if manifest.get(name) != due[name]:
            complain(MANIFEST, name, f"it is {manifest.get(name)}, the history says {due[name]}")


def _called(stream: Iterable[Item], roll: Roll) -> Iterator[Item]:
    """The events, seen by the list of checkpoints as well."""
    for item in stream:
        roll.take(item.canonical, int(item.event["booked_at"]))
        yield item


def _catalogue(folder: Path) -> dict[str, dict[str, str]]:
    """The accounts of the catalogue by code; ValueError where the file has another shape."""
    found = json.loads(_text(folder / CATALOGUE) or '{"accounts": []}')
    told = found.get("accounts") if isinstance(found, dict) else None
    if not isinstance(told, list) or not all(isinstance(facts, dict) for facts in told):
        raise ValueError(f"{CATALOGUE} is no list of accounts")
    return {str(facts.get("code")): facts for facts in told}


def _sink(spot: Spot, folder: Path, span: Span, complain: Tell) -> Sink:
    name = spot.name(span)
    told: Complain = partial(complain, name)
    if spot.form == PARQUET:
        return parquet_check(spot.table, folder / name, told)
    return csv_check(spot.table, folder / name, "|" if spot.form == ADS else ",", told)


def _lines(path: Path) -> Iterator[bytes]:
    if path.exists():
        with path.open("rb") as file:
            yield from file


def _text(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""
