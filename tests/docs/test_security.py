"""The page about security claims what a test shows: each one that it names is there."""

from __future__ import annotations

import re

from tests.docs.tables import ROOT

TEXT = (ROOT / "docs/security.md").read_text(encoding="utf-8")
_TEST = re.compile(r"`(tests/[^`]+)`")
_CONTROL = re.compile(r"\bC([0-9]+)\b")


def section(title: str) -> str:
    return TEXT.split(f"## {title}\n")[1].split("\n## ")[0]


def rows(title: str) -> list[list[str]]:
    found = [
        line.strip("| ").split(" | ") for line in section(title).splitlines() if line[:2] == "| "
    ]
    return [row for row in found if not row[0].startswith("---")][1:]


def test_every_test_that_is_named_exists() -> None:
    named = set(_TEST.findall(TEXT))
    assert len(named) > 20
    assert [path for path in sorted(named) if not (ROOT / path).is_file()] == []


def test_every_control_names_a_test_and_every_one_that_is_referred_to_is_there() -> None:
    controls = rows("Controls")
    assert [row[0].split()[0] for row in controls] == [f"C{n}" for n in range(1, len(controls) + 1)]
    assert [row[0] for row in controls if not _TEST.search(row[2])] == []
    assert {int(number) for number in _CONTROL.findall(TEXT)} == set(range(1, len(controls) + 1))


def test_every_flow_of_the_diagram_is_looked_at_from_all_six_sides() -> None:
    drawn = sorted(set(re.findall(r'"(F[0-9]+) ', section("Data flows"))))
    found = rows("Data flows")
    assert [row[0].split()[0] for row in found] == drawn
    assert all(len(row) == 7 for row in found)


def test_every_risk_and_every_chapter_is_answered() -> None:
    risks = [row[0].split()[0] for row in rows("OWASP API Security Top 10, 2023")]
    assert risks == [f"API{number}" for number in range(1, 11)]
    chapters = [row[0].split()[0] for row in rows("OWASP ASVS 5.0")]
    assert chapters == [f"V{number}" for number in range(1, 18)]
