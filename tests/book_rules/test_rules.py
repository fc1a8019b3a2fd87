"""The posting rules: balanced whatever is posted, control accounts kept, worked entries met."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from ledger.book.chart import CONTROL_ROLE, DEFAULT_CHART, DEFAULT_ROLES, Part, Role
from ledger.book.journal import Entry, imbalances
from ledger.book.rules import RULES, entries_for

DATA = Path(__file__).resolve().parents[1] / "vectors" / "data" / "journals.json"
Amounts = Mapping[Part, int]


def _parts(asked: Mapping[str, int]) -> Amounts:
    return {Part(name): amount for name, amount in asked.items()}


def _with_surplus(asked: Mapping[str, int]) -> Amounts:
    """Cash beyond what is owed is held as the borrower's credit."""
    owed = {Part(name): amount for name, amount in asked.items() if name != "cash"}
    return {**owed, Part.CREDIT: asked["cash"] - sum(owed.values())}


#: Event of the worked entries to (movement, its amounts); what is missing belongs to later work.
SUPPORTED: Mapping[str, tuple[str, Callable[[Mapping[str, int]], Amounts]]] = {
    "accrual": ("accrual", _parts),
    "repayment": ("repayment", _parts),
    "overpayment": ("repayment", _with_surplus),
}
CASES = [
    case
    for case in json.loads(DATA.read_text(encoding="utf-8"))["cases"]
    if case["event"] in SUPPORTED
]
PAIRS = [(movement, part) for movement, parts in RULES.items() for part in parts]


def posted(movement: str, amounts: Amounts) -> list[Entry]:
    return list(entries_for(movement, amounts, {}, "CNY", 7))


def lines(entries: Iterable[Entry]) -> Counter[tuple[str, str]]:
    """The total of each account and side."""
    found: Counter[tuple[str, str]] = Counter()
    for entry in entries:
        found[entry.account, entry.side] += entry.amount
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_worked_entry_is_posted_line_by_line(case: dict[str, Any]) -> None:
    movement, amounts_of = SUPPORTED[case["event"]]
    expected: Counter[tuple[str, str]] = Counter()
    for line in case["expected_lines"]:
        expected[line["account"], "D"] += line["debit"]
        expected[line["account"], "C"] += line["credit"]
    assert lines(posted(movement, amounts_of(case["input"]))) == +expected


def test_every_supported_event_is_met_by_a_worked_entry() -> None:
    assert {case["event"] for case in CASES} == set(SUPPORTED)


@pytest.mark.parametrize(("movement", "part"), PAIRS)
def test_every_rule_balances_and_its_negative_is_its_mirror(movement: str, part: Part) -> None:
    entries = posted(movement, {part: 123})
    assert len(entries) >= 2
    assert all(entry.amount == 123 for entry in entries)
    assert not imbalances(entries)
    mirrored = posted(movement, {part: -123})
    assert lines(mirrored) == lines(entry.mirrored() for entry in entries)


@pytest.mark.parametrize(("movement", "part"), PAIRS)
def test_a_rule_names_loan_and_component_on_control_accounts_and_nowhere_else(
    movement: str, part: Part
) -> None:
    control = {account.code: account.control for account in DEFAULT_CHART if account.control}
    for entry in posted(movement, {part: 5}):
        owner = control.get(entry.account)
        assert (entry.loan, entry.component) == ((7, owner.value) if owner else (None, None))


def test_nothing_is_posted_for_a_zero() -> None:
    assert posted("repayment", {Part.PRINCIPAL: 0, Part.INTEREST: 0}) == []


def test_a_product_may_send_a_role_to_an_account_of_its_own() -> None:
    entries = list(
        entries_for("disbursement", {Part.PRINCIPAL: 9}, {Role.FUND_SOURCE: "2011"}, "EUR", 7)
    )
    assert lines(entries) == {("1303P", "D"): 9, ("2011", "C"): 9}


def test_every_role_has_an_account_of_the_default_chart_that_controls_its_component() -> None:
    chart = {account.code: account for account in DEFAULT_CHART}
    owners = {role: part for part, role in CONTROL_ROLE.items()}
    assert set(DEFAULT_ROLES) == set(Role)
    assert set(CONTROL_ROLE) == set(Part)
    for role, code in DEFAULT_ROLES.items():
        assert chart[code].control is owners.get(role)
    assert len(chart) == len(DEFAULT_CHART)
