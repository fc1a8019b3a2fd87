"""Brings allowances to what the credit policy asks for, at the end of a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import orjson

from ledger.audit.canonical import leaf_hash
from ledger.audit.merkle import root
from ledger.book.journal import Journal
from ledger.calc.classification import month_end
from ledger.calc.policy import Method, Policy, When
from ledger.drafts import Draft
from ledger.end_of_day.turn import ACTOR, Turn
from ledger.errors import DEFECTS
from ledger.lending.provisions import entries, target
from ledger.store import allowances, catalogue
from ledger.store.allowances import Line, Target
from ledger.store.quality import quality_from
from ledger.store.records import decoded

PROVIDED = "provision_recorded"


async def provide(turn: Turn) -> Mapping[int, int]:
    """One event a stripe: what changed, posted on the day that ends, by the grades of that day."""
    policy = await turn.policy(turn.day)
    rules, done = policy.provisioning, Counter[int]()
    if rules.method is Method.NONE:
        return done
    if rules.when is When.MONTH_END and turn.day != month_end(turn.day):
        return done
    numbers = [(n, s.last_number + 1) for n, s in turn.batch.stripes.items()]
    if rules.method is Method.CATEGORY:
        rates = {category.value: rate for category, rate in rules.rates.items()}
        lines = await allowances.by_rate(turn.connection, numbers, turn.day, rates)
    else:
        targets = await _expected(turn, policy)
        lines = await allowances.as_given(turn.connection, numbers, turn.day, targets)
    turn.known = await catalogue.covering(
        turn.connection, turn.batch.book.number, turn.known, lines
    )
    by_stripe: dict[int, list[Line]] = {}
    for line in lines:
        by_stripe.setdefault(line.stripe, []).append(line)
    for stripe, own in by_stripe.items():
        _record(turn, stripe, own, policy)
        done[stripe] = len(own)
    return done


async def _expected(turn: Turn, policy: Policy) -> list[Target]:
    """Expected losses of all loans on the books, a group at a time."""
    found: list[Target] = []
    after = (-1, -1)
    while group := await allowances.exposed(turn.connection, turn.stripes, after):
        rows = [one.row for one in group]
        after = (rows[-1].stripe, rows[-1].loan)
        turn.known = await catalogue.covering(
            turn.connection, turn.batch.book.number, turn.known, rows
        )
        for one in group:
            try:
                record, kept = decoded(one.row, turn.known), quality_from(one.quality)
                found.append(target(one, record, kept, policy, turn.after))
            except DEFECTS as error:
                turn.failed[one.row.stripe, one.row.loan] = error
    return found


def _record(turn: Turn, stripe: int, own: list[Line], policy: Policy) -> None:
    lines = [orjson.dumps(allowances.line_of(line)) for line in own]
    posted = tuple(entries(own, turn.known.products))
    draft = Draft(
        kind=PROVIDED,
        subject=f"days/{turn.day.isoformat()}",
        payload={
            "lines": len(own),
            "method": policy.provisioning.method.value,
            "policy": policy.version,
        },
        journals=(Journal(turn.day, posted),) if posted else (),
        lines_root=root([leaf_hash(line) for line in lines]).hex(),
        reason="close of business",
    )
    turn.batch.add(stripe, draft, ACTOR, f"provide-{turn.day.isoformat()}")
