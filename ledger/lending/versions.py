"""The next version of what holds from a day on: for commands that are judged as they come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from ledger.calc.authority import ApprovalPolicy
from ledger.calc.rules import Rulebook
from ledger.errors import DateNotOpen

V = TypeVar("V", ApprovalPolicy, Rulebook)


def numbered(asked: V, known: Sequence[V], business: date, noun: str) -> V:
    """The version after those that are known; it begins today at the earliest."""
    first = max([business, *(one.effective_from for one in known)])
    if asked.effective_from < first:
        raise DateNotOpen(
            f"the {noun} may begin on {first} at the earliest: the business date is {business},"
            " and no version begins before an older one",
            effective_from=asked.effective_from,
            earliest=first,
        )
    return replace(asked, version=len(known) + 1)
