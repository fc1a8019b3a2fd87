"""The licences of what the server runs with, as the packages themselves declare them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCKS = {name: ROOT / f"requirements/{name}.txt" for name in ("runtime", "dev")}
#: What a bank may link its own code with. The LGPL of psycopg asks that the library can be
#: exchanged, which it can, being a package; the MPL of a part of orjson covers its own files.
ALLOWED = frozenset(
    {
        "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "LGPL-3.0-only", "MIT", "MIT-0",
        "MPL-2.0", "PSF-2.0",
    }
)  # fmt: skip
#: Words that packages use where SPDX has a name.
_SPDX = {
    "MIT License": "MIT",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "3-Clause BSD License": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
}
_PINNED = re.compile(r"^([A-Za-z0-9_.-]+)==(\S+)(?: ; (.*?))? *\\?$", re.MULTILINE)
#: Only for another system than the one that it serves on.
_ELSEWHERE = "sys_platform == 'win32'"


def pinned(lock: Path) -> Iterator[tuple[str, str]]:
    """The packages of a lock that are installed here, with their versions."""
    for name, version, condition in _PINNED.findall(lock.read_text(encoding="utf-8")):
        if _ELSEWHERE not in condition:
            yield name, version


def declared(found: PackageMetadata) -> str:
    """An SPDX expression: the one of the package, or the names that its classifiers stand for."""
    given = found.get("License-Expression")
    if given:
        return given
    last = [text.rpartition(" :: ")[2] for text in found.get_all("Classifier", []) or []
            if text.startswith("License :: ")]  # fmt: skip
    words = [word for word in last if word != "OSI Approved"]
    if not words:
        words = [(found.get("License") or "unknown").splitlines()[0]]
    return " OR ".join(_SPDX.get(word, word) for word in words)


def allowed(expression: str) -> bool:
    """Whether every part of an expression that counts is on the list; of an OR one is enough."""
    flat = expression.replace("(", " ").replace(")", " ")
    needed = [part.split(" OR ") for part in flat.split(" AND ")]
    return all(any(one.strip() in ALLOWED for one in part) for part in needed)


def licences(lock: Path = LOCKS["runtime"]) -> dict[str, str]:
    """The declared licence of each package of a lock; "not installed" for one that is not here."""
    found = {}
    for name, _ in pinned(lock):
        try:
            found[name] = declared(metadata(name))
        except PackageNotFoundError:
            found[name] = "not installed"
    return found
