"""First schedules of another loan system, to the cent, by our engine under named conventions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from tests.vectors import fineract_schedules as fineract
from tests.vectors.conftest import OWN

DATA = json.loads((OWN / "fineract.json").read_text(encoding="utf-8"))
CASES = list(fineract.cases(DATA))


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_the_first_schedule_is_that_of_the_case(case: Mapping[str, Any]) -> None:
    assert fineract.computed(case) == fineract.expected(case)


def test_the_cases_cover_both_engines_and_every_kind_of_interest() -> None:
    terms = [case["terms"] for case in CASES]
    assert len(terms) == 49
    assert {one["schedule_engine"] for one in terms} == {"cumulative", "progressive"}
    assert {one["interest_method"] for one in terms} == {"flat", "declining_balance"}
