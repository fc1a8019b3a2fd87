"""The steps of a close of business, in order: a new one is a row here and a module beside."""

from __future__ import annotations

from collections.abc import Mapping

from ledger.end_of_day.accruing import accrue
from ledger.end_of_day.ageing import age
from ledger.end_of_day.classifying import classify
from ledger.end_of_day.collecting import collect
from ledger.end_of_day.expiring import expire
from ledger.end_of_day.falling_due import fall_due
from ledger.end_of_day.monitoring import monitor
from ledger.end_of_day.provisioning import provide
from ledger.end_of_day.releasing import release
from ledger.end_of_day.reminding import remind
from ledger.end_of_day.resets import reset
from ledger.end_of_day.rolling import roll
from ledger.end_of_day.suspending import suspend
from ledger.end_of_day.turn import Step, Turn


async def write(turn: Turn) -> Mapping[int, int]:
    """Writes what the steps before decided; the events that this is."""
    await turn.flush()
    return turn.written


#: What is done while the business date still is the day that ends.
EVENING: tuple[Step, ...] = (Step("accrue", accrue), Step("provide", provide))
#: What is done once it is the day that begins. What they decide goes into the turn's batch.
MORNING: tuple[Step, ...] = (
    Step("fall_due", fall_due),
    Step("reset_rates", reset),
    Step("collect", collect),
    Step("expire_offers", expire),
    Step("age", age),
    Step("classify", classify),
    Step("suspend_interest", suspend),
    Step("write", write),
    Step("release", release),
    Step("remind", remind),
    Step("monitor", monitor),
    Step("roll", roll),
)
#: All their names, in order.
NAMES = tuple(step.name for step in (*EVENING, *MORNING))
