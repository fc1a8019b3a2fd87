"""Registers as tables: every state can be reached and left, and every need can be met."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.calc.indicators import Version, values
from ledger.calc.registers import FORMS, Form, Step, next_due, violations

NEEDS = {"owner", "due_date", "note"}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_a_register_says_only_what_it_knows(form: Form) -> None:
    assert {later for found in form.moves.values() for later in found} <= form.moves.keys()
    assert form.needs.keys() <= form.moves.keys()
    wanted = {name for found in form.needs.values() for name in found}
    assert wanted <= NEEDS | form.facts.keys()


@pytest.mark.parametrize("form", [f for f in FORMS.values() if f.kind != "self_test"])
def test_every_state_is_reached_from_the_first_one_and_leads_to_an_end(form: Form) -> None:
    reached = {form.first}
    for _ in form.moves:
        reached |= {later for state in reached for later in form.moves[state]}
    assert reached == form.moves.keys()
    ending = set(form.ends)
    for _ in form.moves:
        ending |= {state for state, later in form.moves.items() if ending & set(later)}
    assert ending == form.moves.keys()


@given(st.sampled_from(sorted(FORMS)), st.data())
def test_a_step_is_allowed_exactly_where_the_table_has_it(kind: str, data: st.DataObject) -> None:
    form = FORMS[kind]
    before, after = (data.draw(st.sampled_from(sorted(form.moves))) for _ in range(2))
    step = Step(before, after, "users/ann", date(2026, 1, 1), {}, noted=True)
    wrong = {one.field for one in violations(form, step)}
    assert ("state" in wrong) == (after != before and after not in form.moves[before])


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)), st.integers(0, 400))
def test_a_due_date_comes_back_on_its_day_or_at_the_end_of_a_shorter_month(
    due: date, months: int
) -> None:
    found = next_due(due, months)
    assert (found.year - due.year) * 12 + found.month - due.month == months
    assert found.day == due.day or (found + timedelta(days=1)).day == 1
    assert found.day <= due.day


def test_what_was_overdue_is_told_as_it_stood_at_the_end_of_the_month() -> None:
    due, item = date(2026, 1, 10), (0, 1)
    versions = [
        Version(item, 1, "finding", "open", date(2026, 1, 1), due),
        Version(item, 2, "finding", "accepted", date(2026, 2, 3), due),
    ]
    months = [(date(2026, 1, 1), date(2026, 1, 31)), (date(2026, 2, 1), date(2026, 2, 28))]
    assert [values(versions, *month)["findings_overdue"] for month in months] == [1, 0]
    assert values(versions, date(2026, 1, 1), due)["findings_overdue"] == 0


def test_a_state_that_is_reached_counts_once() -> None:
    item = (0, 1)
    days = [date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 3)]
    states = ["open", "reported", "reported"]
    versions = [
        Version(item, step, "case", state, day)
        for step, (state, day) in enumerate(zip(states, days, strict=True), start=1)
    ]
    assert values(versions, days[0], date(2026, 1, 31))["cases_reported"] == 1
