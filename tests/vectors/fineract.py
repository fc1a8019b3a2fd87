"""fineract.json: whole lives of loans, folded by our engine, compared at each checkpoint."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from ledger.loan.events import Kind
from ledger.loan.projecting import reprojected
from tests.vectors import fineract_books as books
from tests.vectors import fineract_view as view
from tests.vectors.case import Case
from tests.vectors.fineract_events import enter
from tests.vectors.fineract_life import Life
from tests.vectors.fineract_terms import agreement_of, minor, terms_of

#: What tells where a scenario comes from and what kind it is.
ABOUT = (
    "feature",
    "scenario",
    "tags",
    "first_schedule_recomputed_independently",
    "replayed_end_to_end_independently",
    "known_quirk",
    "upstream_disabled",
)


def check(case: Case) -> None:
    for name in ABOUT:
        case.take(name)
    terms = case.part("terms")
    down = terms.take("down_payment")
    life = Life(terms_of(terms), agreement_of(terms))
    allocation = case.need("terms").get("allocation", {"kind": ""})
    life.always_visible = allocation["kind"] != "advanced_payment_allocation"
    if "overdue_charge" in terms:
        percent = re.search(r"([0-9.]+)%", terms.need("overdue_charge"))
        assert percent
        life.settings["overdue charge"] = str(Fraction(percent[1]) / 100)
    life.asked = minor(terms.need("principal"))
    life.submitted = terms.day_or_none("submitted_on")
    if down and down["paid_automatically_at_disbursement"]:
        life.settings["down payment"] = "automatic"
    events, checkpoints = case.parts("events"), case.parts("checkpoints")
    entered = 0
    for point in sorted(checkpoints, key=lambda one: one.need("after_event")):
        while entered < len(events) and events[entered].need("seq") <= point.need("after_event"):
            enter(life, events[entered])
            entered += 1
        _check_point(life, point)
    for event in events[entered:]:
        enter(life, event)


def _check_point(life: Life, point: Case) -> None:
    life.business = point.day_or_none("business_date") or life.business
    if "schedule" in point and not any(e.kind is Kind.DISBURSED for e in life.standing):
        life = life.imagined()
    state, trail = life.folded()
    state = reprojected(state, life.business)
    rows = view.schedule(life, state, trail)
    if "schedule" in point:
        point.take("schedule_rows_expected")
        _same(point.need("schedule"), rows, ("due", "kind", "principal", "balance"))
    if "schedule_totals" in point:
        assert _shared(point.need("schedule_totals"), view.totals(rows))
    if "transactions" in point:
        found = view.transactions(life, trail) + [view.accrual(item) for item in life.accruals]
        _same(point.need("transactions"), found, ("date", "type", "amount", "principal"))
    for item in point.take("reverted", ()):
        assert [r for r in life.reverted if (r["type"], r["date"]) == (item["type"], item["date"])]
    if "status" in point:
        assert view.status(state) == point.need("status")
    outstanding = view.totals(rows)["outstanding"]
    if "outstanding" in point:
        assert outstanding == point.need("outstanding")
    if "overpaid" in point:
        assert view.amount(state.credit) == point.need("overpaid")
    if "all_instalments_met" in point:
        met = all(row["outstanding"] == "0.00" for row in rows if row["kind"] == "instalment")
        assert met == (point.need("all_instalments_met") in (True, "true"))
    for block in point.take("journal_entries", ()):
        found = books.blocks(life, trail)
        assert books.expected(block) in found, (block, found)
    if "charges" in point:
        printed = [view.printed_charge(row) for row in point.need("charges")]
        _same(printed, view.charges(life, state), ("due_as_of", "ispenalty", "due"))


def _same(
    expected: Sequence[Mapping[str, Any]], found: Sequence[Mapping[str, Any]], keys: Sequence[str]
) -> None:
    """The same rows, whatever the order of those with equal dates; only printed columns count."""
    kinds = {row.get("kind", "") for row in expected}
    found = [row for row in found if row.get("kind", "") in kinds]

    def place(row: Mapping[str, Any]) -> tuple[str, ...]:
        return tuple(str(row.get(key, "")) for key in keys)

    ours = sorted(found, key=place)
    theirs = sorted(expected, key=place)
    assert len(ours) == len(theirs), (ours, theirs)
    for one, other in zip(theirs, ours, strict=True):
        assert _shared(one, other)


def _shared(expected: Mapping[str, Any], found: Mapping[str, Any]) -> bool:
    """Whether every printed figure is ours."""
    wrong = {
        name: (figure, found.get(name))
        for name, figure in expected.items()
        if found.get(name) != figure
    }
    assert not wrong, f"expected and ours in {dict(expected)}: {wrong}"
    return True
