"""Rolls balances: what was posted since the last close, summed by account and dates."""

from __future__ import annotations

from collections.abc import Mapping

from ledger.end_of_day.turn import Turn
from ledger.store import balances


async def roll(turn: Turn) -> Mapping[int, int]:
    """Sums the postings of the day on the rows that the steps before wrote."""
    return await balances.roll(turn.connection, turn.stripes, turn.day)
