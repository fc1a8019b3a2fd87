"""From files of cases to checks: which adapter reads which list of which file."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from ledger.errors import LedgerError
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

TRUTH = Path(__file__).resolve().parents[2] / "docs" / "truth.md"
#: (file, list in the file, adapter)
ADAPTERS: tuple[tuple[str, str, Callable[[Case], None]], ...]
ADAPTERS = (
    ("day_count", "cases", day_count.check),
    ("business_days", "roll_cases", business_days.check_roll),
    ("business_days", "schedule_cases", business_days.check_dates),
    ("schedules", "cases", schedules.check),
    ("allocation", "cases", allocation.check),
    ("journals", "cases", journals.check),
    ("fineract", "cases", fineract.check),
    ("apr", "cases", apr.check),
    ("credit", "cases", credit.check),
)


def collected(folder: Path) -> Iterator[tuple[str, Callable[[], None]]]:
    """The name and the check of each case in a folder; files that are missing are passed over."""
    for name, key, check in ADAPTERS:
        path = folder / f"{name}.json"
        if not path.exists():
            continue
        for raw in json.loads(path.read_text(encoding="utf-8")).get(key, ()):
            yield f"{name}-{raw['id']}", partial(_run, check, raw)


def different() -> frozenset[str]:
    """The ids of the cases that docs/truth.md lists as different, each with its reason."""
    text = TRUTH.read_text(encoding="utf-8").partition("## Cases that we hold to be different")[2]
    return frozenset(re.findall(r"^\| ([A-Za-z]+-[^ |]+) \|", text, re.MULTILINE))


def differs(check: Callable[[], None]) -> None:
    """A listed case must differ: one that agrees has to leave the list."""
    try:
        check()
    except (AssertionError, LedgerError):
        return
    raise AssertionError("docs/truth.md lists this case as different, but it agrees")


def _run(check: Callable[[Case], None], raw: Mapping[str, Any]) -> None:
    case = Case(raw)
    check(case)
    case.nothing_is_left()
