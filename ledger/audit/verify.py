"""Verifies a history export offline: it trusts the verifier key and the checkpoints, nothing else.

One pass, in memory that does not grow with the history but for the numbers of reversed events, and
the nights whose lines are archived.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ledger.audit.canonical import NotCanonical
from ledger.audit.checkpoint import (
    BadSignature,
    Checkpoint,
    MalformedNote,
    VerifierKey,
    open_note,
)
from ledger.audit.export import Manifest, parse_manifest
from ledger.audit.findings import Findings, Report
from ledger.audit.merkle import root
from ledger.audit.proofs import SPLIT_VIEW, split_views
from ledger.audit.reader import Reader
from ledger.audit.spread import Workers, read_all

_NO_MANIFEST = Manifest(book="", origin="", size=0, created_by="", checkpoint="")


def verify_export(
    lines: Iterable[bytes],
    checkpoint_text: str | None,
    verifier_key: str,
    previous: Sequence[str] = (),
    hashes: Sequence[bytes] | None = None,
    archives: Iterable[bytes] = (),
    workers: Workers | None = None,
) -> Report:
    """Checks every line, each given with its newline; MalformedNote only when the key is no key.

    `checkpoint_text` and `previous` are notes handed out earlier; without any, the note inside the
    export counts. `hashes` are leaf hashes obtained earlier: they name a changed event
    even where the export's own list of leaf hashes was changed with it. `archives` are the lines of
    archive files, in any order: they are checked where the export has the archived lines no more.
    `workers` share the work of a large export; the report is the same, whatever becomes of them.
    """
    findings = Findings()
    key = VerifierKey.parse(verifier_key)
    source = iter(lines)
    first = next(source, b"")
    manifest = _manifest(first, findings)
    notes = (manifest.checkpoint, checkpoint_text, *previous)
    checkpoints = _checkpoints([note for note in notes if note], key, manifest, findings)
    reader = Reader(manifest, frozenset(c.size for c in checkpoints), findings, hashes)
    for line in archives:
        reader.read_archive(line)
    reader.totals.add_line(first)
    read_all(source, reader, workers)
    reader.finish()
    proven = _proven(reader, checkpoints)
    return Report(
        book=manifest.book,
        events=reader.count,
        entries=reader.totals.entries,
        root=reader.computed.frontier.root(),
        proven=proven,
        findings=tuple(findings.listed),
        unlisted=findings.unlisted,
        archived=reader.archived,
    )


def _manifest(line: bytes, findings: Findings) -> Manifest:
    try:
        manifest = parse_manifest(line)
    except NotCanonical as error:
        findings.add("", None, error.message)
        return _NO_MANIFEST
    if manifest.filters:
        findings.add("", None, "the export is filtered: its events cannot make up the tree")
    return manifest


def _checkpoints(
    notes: Sequence[str], key: VerifierKey, manifest: Manifest, findings: Findings
) -> list[Checkpoint]:
    opened: list[Checkpoint] = []
    for note in notes:
        try:
            checkpoint = open_note(note, key)
        except (MalformedNote, BadSignature) as error:
            findings.add("", None, f"a checkpoint is refused: {error.message}")
            continue
        if checkpoint.origin != manifest.origin:
            findings.add("", None, f"a checkpoint is of another log: {checkpoint.origin}")
        elif checkpoint not in opened:
            opened.append(checkpoint)
    for text in split_views(opened):
        findings.add("", None, text)
    if not opened:
        findings.add("", None, "there is no signed checkpoint to compare with")
    return sorted(opened, key=lambda checkpoint: checkpoint.size)


def _proven(reader: Reader, checkpoints: Sequence[Checkpoint]) -> tuple[int, ...]:
    """The sizes whose signed root is that of the events; each other one becomes a finding."""
    add, proven = reader.findings.add, list[int]()
    for checkpoint in checkpoints:
        size = checkpoint.size
        if size > reader.count:
            add("", None, f"the export ends at {reader.count}, its checkpoint covers {size} events")
        elif reader.computed.roots[size] == checkpoint.root:
            proven.append(size)
        else:
            first = max((n for n in proven if n < size), default=0)
            add("", None, f"{_mismatch(reader, checkpoint)} (in leaves {first} to {size - 1})")
    for size in {checkpoint.size for checkpoint in checkpoints} - {*proven}:
        if size < max(proven, default=0):
            text = f"{SPLIT_VIEW} this history, and another one of its first {size} events"
            add("", None, text)
    covered = max((checkpoint.size for checkpoint in checkpoints), default=reader.count)
    if covered < reader.count:
        add("", covered, f"events from leaf {covered} on are covered by no checkpoint")
    return tuple(proven)


def _mismatch(reader: Reader, checkpoint: Checkpoint) -> str:
    size = checkpoint.size
    text = f"the root of the first {size} events is not the signed one"
    if reader.hashes is not None and root(reader.hashes[:size]) == checkpoint.root:
        return f"{text}; that of the given leaf hashes is"
    if reader.listed.roots.get(size) == checkpoint.root:
        return f"{text}; that of the listed leaf hashes is"
    return f"{text}, and the listed leaf hashes do not make it up either"
