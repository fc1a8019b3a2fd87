"""The two verifiers behind one face: the product's, and that in examples/ which shares no code."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ledger.audit import merkle, proofs
from ledger.audit.checkpoint import MalformedNote
from ledger.audit.verify import verify_export

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
Findings = list[tuple[str, str]]


def beside(name: str) -> Any:
    """A module of examples/ as a script there imports it."""
    sys.path.insert(0, str(EXAMPLES))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(str(EXAMPLES))


SECOND = beside("verify_export")


@dataclass(frozen=True)
class Verifier:
    """What both can do; findings are (event, problem)."""

    name: str
    export: Callable[[Sequence[bytes], str, Sequence[str]], Findings]
    proof: Callable[[Mapping[str, Any] | None, str, Sequence[str]], Findings]
    included: Callable[..., bool]
    consistent: Callable[..., bool]


def _product_export(lines: Sequence[bytes], key: str, notes: Sequence[str]) -> Findings:
    try:
        report = verify_export(lines, notes[0], key, notes[1:])
    except MalformedNote as error:
        return [("", str(error))]
    return [(found.event, found.problem) for found in report.findings]


def _product_proof(proof: Mapping[str, Any] | None, key: str, notes: Sequence[str]) -> Findings:
    try:
        found = proofs.check(proof, notes, key).findings
    except MalformedNote as error:
        return [("", str(error))]
    return [(one.event, one.problem) for one in found]


def second(verify: Callable[[Callable[[str, str], None]], object]) -> Findings:
    """As its `main` does it: what cannot be read is a finding."""
    found: Findings = []
    try:
        verify(lambda event, problem: found.append((event, problem)))
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        found.append(("", f"it cannot be read: {error!r}"))
    return found


def _second_export(lines: Sequence[bytes], key: str, notes: Sequence[str]) -> Findings:
    first, *rest = lines
    return second(lambda tell: SECOND.verify_export(first, rest, key, notes, tell))


def _second_proof(proof: Mapping[str, Any] | None, key: str, notes: Sequence[str]) -> Findings:
    if proof is None:
        return second(lambda tell: SECOND.opened(notes, key, tell))
    return second(lambda tell: SECOND.verify_proof(proof, key, notes, tell))


BOTH = (
    Verifier(
        "product",
        _product_export,
        _product_proof,
        merkle.verify_inclusion,
        merkle.verify_consistency,
    ),
    Verifier("second", _second_export, _second_proof, SECOND.included, SECOND.consistent),
)
