"""The steps of a close of business, in order: a new one is a row here and a module beside."""

from __future__ import annotations

from ledger.end_of_day.accruing import accrue
from ledger.end_of_day.falling_due import fall_due
from ledger.end_of_day.resets import reset
from ledger.end_of_day.turn import Step

#: What is done while the business date still is the day that ends.
EVENING: tuple[Step, ...] = (Step("accrue", accrue),)
#: What is done once it is the day that begins. What they decide goes into the turn's batch.
MORNING: tuple[Step, ...] = (
    Step("fall_due", fall_due),
    Step("reset_rates", reset),
)
