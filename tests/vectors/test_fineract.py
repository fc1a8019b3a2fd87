"""First schedules of another loan system, to the cent, by our engine under named conventions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from tests.vectors import fineract
from tests.vectors.conftest import OWN

DATA = json.loads((OWN / "fineract.json").read_text(encoding="utf-8"))
CASES = list(fineract.cases(DATA))


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_the_first_schedule_is_that_of_the_case(case: Mapping[str, Any]) -> None:
    assert fineract.computed(case) == fineract.expected(fineract.first_checkpoint(case))


@pytest.mark.parametrize("name", ["fn-rate-uc2", "fn-pause-s1"])
def test_a_new_rate_and_a_pause_within_a_period_change_it_and_what_follows(name: str) -> None:
    case = named(name)
    assert fineract.changed(case) == fineract.expected(case["checkpoints"][-1])


@pytest.mark.parametrize("name", ["fn-emi-3-multi_disb", "fn-emi-8-multidisb"])
def test_a_second_tranche_is_planned_into_the_rows_that_are_left(name: str) -> None:
    case = named(name)
    assert fineract.in_tranches(case) == fineract.expected(case["checkpoints"][-1])


def named(prefix: str) -> Mapping[str, Any]:
    return next(case for case in CASES if case["id"].startswith(prefix))


def test_the_cases_cover_both_engines_and_every_kind_of_interest() -> None:
    terms = [case["terms"] for case in CASES]
    assert len(terms) == 49
    assert {one["schedule_engine"] for one in terms} == {"cumulative", "progressive"}
    assert {one["interest_method"] for one in terms} == {"flat", "declining_balance"}
