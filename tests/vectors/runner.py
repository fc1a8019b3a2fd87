"""From files of cases to checks: which adapter reads which list of which file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from tests.vectors import (
    allocation,
    apr,
    business_days,
    credit,
    day_count,
    fineract,
    journals,
    schedules,
)
from tests.vectors.case import Case


def _every_case(raw: Mapping[str, Any]) -> bool:
    return True


#: (file, list in the file, adapter, which cases of the list to run)
ADAPTERS: tuple[tuple[str, str, Callable[[Case], None], Callable[[Mapping[str, Any]], bool]], ...]
ADAPTERS = (
    ("day_count", "cases", day_count.check, _every_case),
    ("business_days", "roll_cases", business_days.check_roll, _every_case),
    ("business_days", "schedule_cases", business_days.check_dates, _every_case),
    ("schedules", "cases", schedules.check, _every_case),
    ("allocation", "cases", allocation.check, _every_case),
    ("journals", "cases", journals.check, _every_case),
    ("fineract", "cases", fineract.check, _every_case),
    ("apr", "cases", apr.check, _every_case),
    ("credit", "cases", credit.check, _every_case),
)


def collected(folder: Path) -> Iterator[tuple[str, Callable[[], None]]]:
    """The name and the check of each case in a folder; files that are missing are passed over."""
    for name, key, check, wanted in ADAPTERS:
        path = folder / f"{name}.json"
        if not path.exists():
            continue
        for raw in json.loads(path.read_text(encoding="utf-8")).get(key, ()):
            if wanted(raw):
                yield f"{name}-{raw['id']}", partial(_run, check, raw)


def _run(check: Callable[[Case], None], raw: Mapping[str, Any]) -> None:
    case = Case(raw)
    check(case)
    case.nothing_is_left()
