"""One loan's line of a bulk event, proven without the others: both verifiers, honest and forged."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ledger.audit.canonical import leaf_hash, line_bytes
from ledger.audit.merkle import path_among
from tests.audit.sample import BULK, build
from tests.audit.test_forged import inclusion
from tests.audit.verifiers import BOTH, SECOND, Verifier

SAMPLE = build()
BULKS = next(n for n, event in enumerate(SAMPLE.events) if event.lines_root)
LEAVES = [leaf_hash(line_bytes(*line)) for line in BULK]
both = pytest.mark.parametrize("verifier", BOTH, ids=lambda verifier: verifier.name)
Line = dict[str, Any]


def text(data: bytes) -> str:
    return b64encode(data).decode()


def line(index: int) -> Line:
    return {
        "canonical": text(line_bytes(*BULK[index])),
        "index": str(index),
        "size": str(len(BULK)),
        "path": [text(each) for each in path_among(LEAVES, index)],
    }


def proof(*lines: Line, of: int = BULKS) -> dict[str, Any]:
    return inclusion(SAMPLE, of, 7) | {"lines": [*lines]}


@both
def test_each_line_is_proven(verifier: Verifier) -> None:
    for index in range(len(BULK)):
        assert verifier.proof(proof(line(index)), SAMPLE.key, []) == []
    assert verifier.proof(proof(*map(line, range(len(BULK)))), SAMPLE.key, []) == []


FORGED: dict[str, Callable[[], dict[str, Any]]] = {
    "another amount": lambda: proof(line(1) | {"canonical": text(line_bytes("L2", "interest", 9))}),
    "another loan's line": lambda: proof(line(1) | {"canonical": line(0)["canonical"]}),
    "another place": lambda: proof(line(1) | {"index": "0"}),
    "another size": lambda: proof(line(1) | {"size": "2"}),
    "no path": lambda: proof(line(1) | {"path": []}),
    "a hash too many": lambda: proof(line(1) | {"path": [*line(1)["path"], text(bytes(32))]}),
    "a short hash": lambda: proof(line(1) | {"path": [text(bytes(31)), *line(1)["path"][1:]]}),
    "the second of two": lambda: proof(line(0), line(1) | {"index": "2"}),
    "of an event without lines": lambda: proof(line(1), of=0),
    "white space": lambda: proof(line(1) | {"canonical": text(b'["L2", "interest", 137]')}),
}


@both
@pytest.mark.parametrize("name", FORGED)
def test_a_forged_line_is_refused(verifier: Verifier, name: str) -> None:
    assert verifier.proof(FORGED[name](), SAMPLE.key, [])


def test_a_statement_s_list_of_proofs_is_read(tmp_path: Path) -> None:
    file, told = tmp_path / "proofs.json", list[str]()
    file.write_text(json.dumps([proof(line(0)), proof(line(2))]), "utf-8")
    shown = SECOND.verify(str(file), SAMPLE.key, [], lambda *found: told.append(str(found)))
    assert told == []
    assert shown.count("its line") == 2
    file.write_text(json.dumps([proof(line(0)), proof(line(2), of=0)]), "utf-8")
    SECOND.verify(str(file), SAMPLE.key, [], lambda *found: told.append(str(found)))
    assert len(told) == 1
