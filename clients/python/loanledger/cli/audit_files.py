"""Files and keys that the audit's commands read and write."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from ledger.audit.timestamps import Authority, available


def key_text(given: str) -> str:
    """The verifier key, given as its text or as a file with it."""
    path = Path(given)
    is_text = "+" in given and not path.exists()
    return given.strip() if is_text else path.read_text("utf-8").strip()


def file_lines(path: Path) -> Iterator[bytes]:
    """The lines of a file, one after the other."""
    with path.open("rb") as file:
        yield from file


def archived(given: list[Path] | None) -> Iterator[bytes]:
    """The lines of all archive files."""
    return chain.from_iterable(map(file_lines, given or ()))


def notes(given: Iterable[Path] | None) -> list[str]:
    """The checkpoints of files and folders; ValueError for a folder without any."""
    return [path.read_text("utf-8") for each in given or () for path in note_files(each)]


def note_files(path: Path) -> list[Path]:
    """The file, or the checkpoints of a folder as a witness or the server leaves them."""
    if not path.is_dir():
        return [path]
    found = sorted(path.glob("checkpoint-*.txt"), key=lambda each: (len(each.name), each.name))
    if not found:
        raise ValueError(f"{path} has no files checkpoint-<size>.txt")
    return found


def authority(certificate: Path | None) -> Authority | None:
    """Whose time stamps to believe; ValueError where the package or the certificate is missing."""
    if certificate is None:
        return None
    if not available():
        raise ValueError("time stamps need rfc3161-client: pip install 'loanledger[timestamps]'")
    return Authority.parse(certificate.read_bytes())


def stamp_file(checkpoint: Path) -> Path:
    """Where the time stamp over a checkpoint's file lies."""
    return checkpoint.with_suffix(".tsr")


def write_checkpoint(path: Path, note: str, stamp: bytes) -> None:
    """Writes a signed note, and its time stamp beside it where there is one."""
    write(path, note.encode())
    if stamp:
        write(stamp_file(path), stamp)


def write(path: Path, data: bytes) -> None:
    """Writes a file that is there whole or not at all."""
    part = path.with_name(path.name + ".part")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
