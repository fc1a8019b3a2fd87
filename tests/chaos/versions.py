"""The version before: a rolling upgrade under load, and servers of both versions on one book.

Its code comes from the history: what stood before the newest migration was written.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tarfile
import time
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from server.migrate import FOLDER
from tests.chaos.fault import Fault, Inject
from tests.chaos.stage import Node, Stage, imports

ROOT = FOLDER.parent
SECONDS = 120


def _git(*words: str) -> bytes:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, check=False)
    return b"" if done.returncode else done.stdout


def before(folder: Path, back: int = 1) -> Path | None:
    """The code before the newest migrations, so many of them; None where the history is not there.

    It is put into the folder.
    """
    revision = sorted(path.name[:4] for path in FOLDER.glob("[0-9]*.sql"))[-back]
    added = ("log", "-1", "--diff-filter=A", "--format=%H", "--", f"migrations/{revision}_*.sql")
    commit = _git(*added).decode().strip()
    parts = ("server", "ledger", "migrations", "clients/python", "pyproject.toml")
    packed = _git("archive", f"{commit}^", *parts) if commit else b""
    if not packed:
        return None
    with tarfile.open(fileobj=BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")
    return folder


def migrate(dsn: str, code: Path | None = None) -> None:
    """`loanledger-server migrate` of one version, as the operator runs it."""
    done = subprocess.run(
        [sys.executable, "-m", "server", "migrate"],
        cwd=code or ROOT,
        env={**os.environ, **imports(code), "LOANLEDGER_DSN": dsn},
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    if done.returncode:
        raise AssertionError(f"the migration failed: {done.stdout[-1500:]}{done.stderr[-1500:]}")


def _replaced(node: Node, code: Path | None) -> None:
    """Told to end, and another version in its place."""
    node.end(signal.SIGTERM)
    node.code = code
    node.start()


def _upgrade(stage: Stage, node: Node, fault: Fault) -> None:
    """The schema is migrated while old servers serve; then one after the other is replaced."""
    time.sleep(fault.seconds(0.5, 1))
    migrate(stage.dsn)
    for each in stage.nodes:
        time.sleep(fault.seconds(0.5, 1))
        _replaced(each, None)


def _back(stage: Stage, node: Node, fault: Fault) -> None:
    """One server is of the version before for a while, beside one of the present one."""
    _replaced(node, stage.before)
    time.sleep(fault.seconds(1, 3))
    _replaced(node, None)


#: Comes first in each book, which is opened by servers of the version before.
UPGRADE = "version upgraded: database under load, servers one by one"
KINDS: Mapping[str, Inject] = {
    UPGRADE: _upgrade,
    "server of the version before": _back,
}
