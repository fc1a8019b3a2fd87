"""`loanledger audit witness`: keeps checkpoints outside the bank, and believes no other history."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from ledger.audit.checkpoint import BadSignature, MalformedNote, open_note
from ledger.audit.witness import NotWitnessed, accepted, cosigned, cosigner
from loanledger.cli.audit_files import key_text, write
from loanledger.cli.audit_options import Key
from loanledger.cli.command import Result, command
from loanledger.cli.session import Session
from loanledger.errors import NotFound

LATEST = "latest.txt"


def register(app: typer.Typer) -> None:
    """Adds the command to the group of the audit."""
    command(app, "witness")(witness)


def witness(
    s: Session,
    folder: Annotated[Path, typer.Argument(file_okay=False, help="Where checkpoints are kept.")],
    *,
    key: Key,
    sign: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="Ed25519 private key (PEM) to cosign with."),
    ] = None,
    name: Annotated[str, typer.Option(help="The witness's name, as in its cosignatures.")] = "",
) -> Result:
    """Take the newest checkpoint, keep it if it goes on from the last one, and cosign it.

    Run it again and again, from a place that the bank does not command. What does not go on from
    what was seen before is kept as evidence, and the command fails.
    """
    folder.mkdir(parents=True, exist_ok=True)
    latest = folder / LATEST
    kept = latest.read_text("utf-8") if latest.exists() else None
    try:
        offered, path = _offered(s, kept, key_text(key))
        found = accepted(kept, offered, path, key_text(key))
    except (BadSignature, MalformedNote) as error:
        return Result({"ok": False}, (), f"the checkpoint is refused: {error}")
    except NotWitnessed as error:
        evidence = folder / f"refused-{time.time_ns()}.txt"
        write(evidence, offered.encode())
        return Result({"ok": False, "evidence": str(evidence)}, (), f"{error}; kept as {evidence}")
    data = {"ok": True, "size": found.size, "root": found.root.hex()}
    line = f"checkpoint of {found.size:,} events kept; it goes on from the last one"
    if sign is not None:
        if not name:
            raise ValueError("give --name: who cosigns")
        private = _private_key(sign)
        offered = cosigned(offered, name, private, int(time.time()))
        data["witness_key"] = cosigner(name, private).text()
        line += f", cosigned by {name}"
    write(folder / f"checkpoint-{found.size}.txt", offered.encode())
    write(latest, offered.encode())
    return Result(data, (line, *([f"witness key: {data['witness_key']}"] if sign else [])))


def _offered(s: Session, kept: str | None, key: str) -> tuple[str, list[bytes]]:
    """The newest checkpoint, and the proof that it goes on from the kept one."""
    offered = s.client.audit.get_checkpoint().note
    if kept is None:
        return offered, []
    old, new = open_note(kept, key).size, open_note(offered, key).size
    if not 0 < old < new:
        return offered, []
    try:
        proof = s.client.audit.get_consistency_proof(old_size=old, new_size=new)
    except NotFound:
        return offered, []
    return offered, list(proof.path)


def _private_key(path: Path) -> Ed25519PrivateKey:
    try:
        found = load_pem_private_key(path.read_bytes(), None)
    except (ValueError, TypeError) as error:
        raise ValueError(f"{path} is no private key in PEM form: {error}") from None
    if not isinstance(found, Ed25519PrivateKey):
        raise ValueError(f"{path} is not an Ed25519 private key")
    return found
