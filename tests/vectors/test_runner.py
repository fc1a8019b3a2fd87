"""The runner itself: what it must not let pass."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.vectors.conftest import OWN
from tests.vectors.runner import ADAPTERS, collected, different

NAMES = sorted({name for name, *_ in ADAPTERS})


def read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((OWN / f"{name}.json").read_text(encoding="utf-8"))
    return found


def lists(data: dict[str, Any]) -> Iterator[list[dict[str, Any]]]:
    yield from (value for value in data.values() if isinstance(value, list))


@pytest.mark.parametrize("name", NAMES)
def test_a_key_that_no_adapter_knows_fails_its_case(name: str, tmp_path: Path) -> None:
    data = read(name)
    for cases in lists(data):
        for case in cases:
            case["expected_surprise"] = 1
    (tmp_path / f"{name}.json").write_text(json.dumps(data), encoding="utf-8")
    for found, check in collected(tmp_path):
        if found.partition("-")[2] in different():
            continue
        with pytest.raises(AssertionError, match="does not know expected_surprise"):
            check()


@pytest.mark.parametrize("key", ["day_count", "fraction", "year_fraction"])
def test_a_changed_figure_fails_its_case(key: str, tmp_path: Path) -> None:
    data = read("day_count")
    for case in data["cases"]:
        case[f"expected_{key}"] = -1 if key == "day_count" else "-1"
    (tmp_path / "day_count.json").write_text(json.dumps(data), encoding="utf-8")
    for _, check in collected(tmp_path):
        with pytest.raises(AssertionError):
            check()


def test_every_figure_of_a_schedule_is_compared(tmp_path: Path) -> None:
    for column in range(7):
        data = read("schedules")
        for case in data["cases"]:
            case["rows"][-1][column] = -1
        (tmp_path / "schedules.json").write_text(json.dumps(data), encoding="utf-8")
        for _, check in collected(tmp_path):
            with pytest.raises(AssertionError):
                check()


def test_every_line_of_a_worked_entry_is_compared(tmp_path: Path) -> None:
    data = read("journals")
    for case in data["cases"]:
        for line in case["expected_lines"]:
            line["debit" if line["debit"] else "credit"] += 1
    (tmp_path / "journals.json").write_text(json.dumps(data), encoding="utf-8")
    for _, check in collected(tmp_path):
        with pytest.raises(AssertionError):
            check()


def test_no_case_of_a_file_is_passed_over() -> None:
    ran = {name for name, _ in collected(OWN)}
    for name, key, _ in ADAPTERS:
        assert {f"{name}-{case['id']}" for case in read(name)[key]} <= ran


def test_every_figure_of_a_credit_case_is_compared(tmp_path: Path) -> None:
    data = read("credit")
    for case in data["cases"]:
        case["expected"] = dict.fromkeys(case["expected"], "changed")
    (tmp_path / "credit.json").write_text(json.dumps(data), encoding="utf-8")
    for _, check in collected(tmp_path):
        with pytest.raises(AssertionError):
            check()


def test_files_that_are_missing_are_passed_over(tmp_path: Path) -> None:
    assert list(collected(tmp_path)) == []


def test_the_ids_of_cases_are_unique() -> None:
    names = [name for name, _ in collected(OWN)]
    assert len(names) == len(set(names))
