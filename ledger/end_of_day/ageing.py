"""Ages loans: what is past due at the start of the new day, and for how many days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import orjson

from ledger.audit.canonical import leaf_hash
from ledger.audit.merkle import root
from ledger.drafts import Draft
from ledger.end_of_day.turn import ACTOR, Turn
from ledger.store import delinquency

AGED = "loans_aged"


async def age(turn: Turn) -> Mapping[int, int]:
    """Appends a row for each loan whose standing changed; one event a stripe has their root."""
    await turn.flush()
    policy = await turn.policy(turn.after)
    numbers = [(n, s.last_number + 1) for n, s in turn.batch.stripes.items()]
    rows = await delinquency.age(turn.connection, numbers, policy, turn.after)
    lines: dict[int, list[bytes]] = {}
    for row in rows:
        lines.setdefault(row.stripe, []).append(orjson.dumps(delinquency.line_of(row)))
    for stripe, own in lines.items():
        draft = Draft(
            kind=AGED,
            subject=f"days/{turn.after.isoformat()}",
            payload={"lines": len(own), "policy": policy.version},
            lines_root=root([leaf_hash(line) for line in own]).hex(),
            reason="close of business",
        )
        turn.batch.add(stripe, draft, ACTOR, f"age-{turn.after.isoformat()}")
    return Counter(row.stripe for row in rows)
