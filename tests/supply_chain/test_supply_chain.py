"""What can be held of the supply chain without a network, and that its absence is no pass."""

from __future__ import annotations

import json
import re

import pytest

from tests.supply_chain.__main__ import FOUND, UNKNOWN, judged
from tests.supply_chain.licences import LOCKS, allowed, licences, pinned


def test_every_package_of_the_server_has_an_allowed_licence() -> None:
    assert {name: text for name, text in licences().items() if not allowed(text)} == {}


@pytest.mark.parametrize(
    ("expression", "fits"),
    [
        ("MIT", True),
        ("GPL-3.0-only", False),
        ("GPL-3.0-only OR MIT", True),
        ("MPL-2.0 AND (Apache-2.0 OR MIT)", True),
        ("MIT AND AGPL-3.0-only", False),
        ("unknown", False),
        ("not installed", False),
    ],
)
def test_an_expression_fits_where_each_of_its_parts_does(expression: str, fits: bool) -> None:
    assert allowed(expression) == fits


@pytest.mark.parametrize("name", sorted(LOCKS))
def test_every_package_of_a_lock_has_its_hashes(name: str) -> None:
    text = LOCKS[name].read_text(encoding="utf-8")
    assert len(list(pinned(LOCKS[name]))) > 20
    blocks = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)
    assert all("--hash=sha256:" in block for block in blocks if block.strip())


def test_advisories_that_cannot_be_asked_for_are_no_pass() -> None:
    package = {"name": "x", "version": "1", "vulns": []}
    weak = package | {"vulns": [{"id": "PYSEC-1"}]}
    skipped = {"name": "y", "skip_reason": "not found"}

    def code(*packages: dict[str, object]) -> int:
        return judged("runtime", json.dumps({"dependencies": packages}), "")

    assert judged("runtime", "", "ConnectionError: no route") == UNKNOWN
    assert code() == code(package, skipped) == UNKNOWN
    assert code(weak) == code(weak, skipped) == FOUND
    assert code(package) == 0
