"""Classifies loans at the start of a day: those past due, those watched, and who owes them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache

from ledger.calc.periods import Frequency
from ledger.calc.policy import Policy
from ledger.calc.quality import Facts, Quality, assessed, floor, pulls
from ledger.end_of_day.turn import ACTOR, Turn
from ledger.errors import DEFECTS
from ledger.lending.quality import CLASSIFIED, facts_of, rated
from ledger.names import id_text
from ledger.store import catalogue, quality
from ledger.store.loans import Key
from ledger.store.quality import Candidate


async def classify(turn: Turn) -> Mapping[int, int]:
    """Records an event for each loan of which anything changed; the others cost a look."""
    day, policy = turn.after, await turn.policy(turn.after)
    await turn.flush()
    found = await quality.candidates(turn.connection, turn.stripes, day)
    turn.known = await catalogue.covering(
        turn.connection, turn.batch.book.number, turn.known, found
    )
    known = list(_judged(turn, found, policy))
    pulled = _pulled(known)
    done: Counter[int] = Counter()

    @cache
    def judged(state: str, facts: Facts, is_pulled: bool) -> tuple[Quality, Quality]:
        """Loans that stand alike are judged once."""
        before = quality.quality_from(state)
        return before, assessed(replace(before, pulled=is_pulled), facts, policy)

    for one, facts in known:
        debtor = (one.key[0], one.debtor, one.currency)
        before, after = judged(one.state, facts, debtor in pulled)
        if after != before:
            _record(turn, one.key, before, after, facts, policy)
            done[one.key[0]] += 1
    return done


def _judged(
    turn: Turn, found: Iterable[Candidate], policy: Policy
) -> Iterator[tuple[Candidate, Facts]]:
    """The facts of each loan; one of which nothing can be said is set aside."""

    @cache
    def facts(days: int, since: date | None, every: Frequency, retail: bool) -> Facts:
        return facts_of(turn.after, days, since, every, policy, retail=retail)

    readable = cache(quality.quality_from)
    for one in found:
        try:
            readable(one.state)
            every = turn.known.products[one.product, one.version].terms.frequency
        except DEFECTS as error:
            turn.failed[one.key] = error
            continue
        yield one, facts(one.days, one.since, every, one.retail)


def _pulled(found: Iterable[tuple[Candidate, Facts]]) -> set[tuple[int, Key, str]]:
    """Debtors, by stripe and currency, so much of whose debt is non-performing that all of it is.

    A loan counts by what the rules say of it alone, so that none keeps another down for ever.
    """
    sums: dict[tuple[int, Key, str], list[int]] = {}
    day = date.min
    for one, facts in found:
        if not one.retail:
            alone, day = floor(quality.quality_from(one.state), facts, pulled=False), facts.day
            total = sums.setdefault((one.key[0], one.debtor, one.currency), [0, 0])
            total[0] += one.principal if alone.non_performing else 0
            total[1] += one.principal
    return {key for key, (bad, owed) in sums.items() if pulls(bad, owed, day)}


def _record(
    turn: Turn, key: Key, before: Quality, after: Quality, facts: Facts, policy: Policy
) -> None:
    told = {
        "days_past_due": facts.days,
        "policy": policy.version,
        "pulled": after.pulled,
        "since": facts.since.isoformat() if facts.since else "",
    }
    decision = rated(CLASSIFIED, key, before, after, facts.day, told, "close of business")
    name = f"classify-{facts.day.isoformat()}-{id_text(*key)}"
    turn.batch.change(turn.batch.add(key[0], decision.draft, ACTOR, name), decision.changes)
