"""What scenarios find obeys laws, whatever moves: no event counts twice, and only news is told."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ledger.calc.monitoring import (
    DISBURSED,
    OVERRIDES,
    PAID,
    PAID_OFF,
    REFUNDED,
    SCENARIOS,
    Hit,
    MonitoringPolicy,
    Movement,
    Rule,
    detect,
)

FIRST = date(2026, 1, 1)
KINDS = sorted(PAID | REFUNDED | OVERRIDES | {DISBURSED, PAID_OFF})


@st.composite
def lives(draw: st.DrawFn) -> list[Movement]:
    """Movements of one borrower in order of number and day."""
    found: list[Movement] = []
    day = FIRST
    for number in range(1, draw(st.integers(1, 25)) + 1):
        day += timedelta(days=draw(st.integers(0, 3)))
        found.append(
            Movement(
                number,
                draw(st.sampled_from(KINDS)),
                draw(st.integers(1, 2)),
                day,
                draw(st.integers(1, 1000)),
                draw(st.sampled_from(["EUR", "CNY"])),
                draw(st.sampled_from(["ann", "bob"])),
                draw(st.sampled_from(["", "000-PAYER"])),
            )
        )
    return found


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    amounts = draw(st.dictionaries(st.sampled_from(["EUR", "CNY"]), st.integers(1, 2000)))
    scenario = draw(st.sampled_from(sorted(SCENARIOS)))
    if scenario == "structuring":
        amounts = amounts or {"EUR": 500}
    return Rule(scenario, amounts, draw(st.integers(1, 20)), draw(st.integers(1, 4)))


def day_by_day(rule: Rule, life: list[Movement]) -> list[tuple[date, Hit]]:
    """What a close of each day finds that is run once a day."""
    policy, found, known = MonitoringPolicy((rule,)), list[tuple[date, Hit]](), set[int]()
    for day in sorted({one.day for one in life}):
        seen = [one for one in life if one.day <= day]
        fresh = {one.number for one in seen if one.day == day}
        for hit in detect(policy, seen, fresh, {rule.scenario: set(known)}, day):
            known |= set(hit.numbers)
            found.append((day, hit))
    return found


@given(rules(), lives())
def test_an_event_counts_in_one_alert_of_a_scenario_at_most(
    rule: Rule, life: list[Movement]
) -> None:
    numbers = [number for _, hit in day_by_day(rule, life) for number in hit.numbers]
    assert len(numbers) == len(set(numbers))


@given(rules(), lives())
def test_an_alert_ends_with_an_event_of_its_day_and_begins_within_its_time(
    rule: Rule, life: list[Movement]
) -> None:
    for day, hit in day_by_day(rule, life):
        assert hit.movements[-1].day == day
        assert all(day - one.day < timedelta(days=rule.days) for one in hit.movements)
        assert list(hit.numbers) == sorted(hit.numbers)


@given(rules(), lives())
def test_a_day_that_was_looked_at_tells_nothing_when_it_is_looked_at_again(
    rule: Rule, life: list[Movement]
) -> None:
    policy, last = MonitoringPolicy((rule,)), life[-1].day
    fresh = {one.number for one in life if one.day == last}
    first = list(detect(policy, life, fresh, {}, last))
    known = {rule.scenario: {number for hit in first for number in hit.numbers}}
    assert list(detect(policy, life, fresh, known, last)) == []
    assert list(detect(policy, life, set(), {}, last)) == []


@given(lives(), st.integers(2, 2000))
def test_structured_payments_stay_below_the_threshold_and_reach_it_together(
    life: list[Movement], least: int
) -> None:
    rule = Rule("structuring", {"EUR": least}, 20, 2)
    for _, hit in day_by_day(rule, life):
        assert {one.kind for one in hit.movements} <= PAID
        assert all(one.amount < least for one in hit.movements)
        assert hit.amounts["EUR"] >= least
        assert len(hit.movements) >= 2
