"""Makes a bundle from the lines of an export: one pass, in bounded memory."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack
from hashlib import file_digest
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

from ledger.audit.export import parse_manifest
from ledger.audit.kept import Kept
from ledger.audit.stream import items
from ledger.audit.tabulate import Facts
from loanledger.bundle.fill import Catalogue, described, fill, json_bytes
from loanledger.bundle.layout import (
    ADS,
    CATALOGUE,
    CHECKPOINT,
    CHECKPOINTS,
    HISTORY,
    KEY,
    MANIFEST,
    PARQUET,
    ROLL,
    SCHEMA,
    Spot,
    schema,
    spots,
)
from loanledger.bundle.sinks import CsvFile, ParquetFile, Sink


def make(
    lines: Iterable[bytes],
    folder: Path,
    formats: Collection[str],
    verifier_key: str,
    catalogue: Catalogue,
    checkpoints: Iterable[Kept],
) -> dict[str, Any]:
    """Writes the bundle of an export; its manifest. The folder appears when it is complete.

    `checkpoints` are those up to the export's size, in order of size.
    BrokenExport or NotCanonical where the lines are no whole export.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ValueError(f"{folder} is there already and not empty")
    part = folder.with_name(folder.name + ".part")
    with ExitStack() as undo:
        shutil.rmtree(part, ignore_errors=True)
        undo.callback(shutil.rmtree, part, ignore_errors=True)
        manifest = _written(iter(lines), part, formats, verifier_key, catalogue)
        manifest[ROLL] = _listed_checkpoints(part / CHECKPOINTS, checkpoints)
        manifest["files"] = listed(part)
        (part / MANIFEST).write_bytes(json_bytes(manifest))
        part.replace(folder)
        undo.pop_all()
    return manifest


def listed(folder: Path) -> list[dict[str, Any]]:
    """Every file of a bundle but its manifest, with size and digest."""
    found = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if name != MANIFEST:
            with path.open("rb") as file:
                digest = file_digest(file, "sha256").hexdigest()
            found.append({"name": name, "bytes": path.stat().st_size, "sha256": digest})
    return found


def _written(
    lines: Iterator[bytes],
    part: Path,
    formats: Collection[str],
    verifier_key: str,
    catalogue: Catalogue,
) -> dict[str, Any]:
    for form in (*formats, ADS):
        (part / form).mkdir(parents=True)
    first = next(lines, b"")
    export = parse_manifest(first)
    told: dict[str, Facts] = {}

    def kept(codes: list[str]) -> Mapping[str, Facts]:
        told.update(catalogue(codes))
        return told

    sinks = {spot: _sink(spot, part) for spot in spots(formats)}
    with (part / HISTORY).open("wb") as file:
        stream = items(_copied(chain((first,), lines), file))
        done = fill(stream, export.book, sinks, kept)
    for spot in sinks:
        (part / spot.name()).replace(part / spot.name(done.span))
    manifest = described(export, formats, done, sinks)
    (part / SCHEMA).write_bytes(json_bytes(schema()))
    (part / CATALOGUE).write_bytes(
        json_bytes({"accounts": [dict(told[code]) for code in sorted(told)]})
    )
    (part / CHECKPOINT).write_bytes(export.checkpoint.encode())
    (part / KEY).write_bytes(verifier_key.encode() + b"\n")
    return manifest


def _listed_checkpoints(path: Path, checkpoints: Iterable[Kept]) -> dict[str, Any]:
    """Writes the list of checkpoints; what it holds, in figures."""
    first = last = count = stamped = 0
    with path.open("wb") as file:
        for kept in checkpoints:
            file.write(kept.line())
            first, last, count = first or kept.size, kept.size, count + 1
            stamped += bool(kept.timestamp)
    return {"count": count, "first": first, "last": last, "timestamps": stamped}


def _sink(spot: Spot, folder: Path) -> Sink:
    path = folder / spot.name()
    if spot.form == PARQUET:
        return ParquetFile(spot.table, path)
    return CsvFile(spot.table, path, "|" if spot.form == ADS else ",")


def _copied(lines: Iterable[bytes], file: BinaryIO) -> Iterator[bytes]:
    for line in lines:
        file.write(line)
        yield line
