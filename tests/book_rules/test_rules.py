"""The posting rules: balanced whatever is posted, control accounts kept, mirrors exact."""

from __future__ import annotations

import pytest

from ledger.book.chart import (
    CONTROLLED,
    CREDIT_SIDE,
    DEFAULT_CHART,
    DEFAULT_ROLES,
    Part,
    Role,
)
from ledger.book.journal import imbalances
from ledger.book.rules import RULES, control_roles, entries_for
from tests.book_rules.lines import lines, posted

RULED = [
    (profile, movement, part)
    for profile, movements in RULES.items()
    for movement, parts in movements.items()
    for part in parts
]
MOVEMENTS = [(profile, movement) for profile, movements in RULES.items() for movement in movements]
#: What no loan keeps: its accounts are finance's as well.
FIGURES = set(Part) - set(control_roles())


@pytest.mark.parametrize(("profile", "movement", "part"), RULED)
def test_every_rule_balances_and_its_negative_is_its_mirror(
    profile: str, movement: str, part: Part
) -> None:
    entries = posted(movement, {part: 123}, profile)
    assert len(entries) >= 2
    assert all(entry.amount == 123 for entry in entries)
    assert not imbalances(entries)
    mirrored = posted(movement, {part: -123}, profile)
    assert lines(mirrored) == lines(entry.mirrored() for entry in entries)


@pytest.mark.parametrize(("profile", "movement", "part"), RULED)
def test_a_rule_names_loan_and_component_on_control_accounts_and_nowhere_else(
    profile: str, movement: str, part: Part
) -> None:
    control = {account.code: account.control for account in DEFAULT_CHART if account.control}
    for entry in posted(movement, {part: 5}, profile):
        owner = control.get(entry.account)
        assert (entry.loan, entry.component) == ((7, owner.value) if owner else (None, None))


@pytest.mark.parametrize(("profile", "movement"), MOVEMENTS)
def test_undoing_a_whole_movement_returns_the_trial_balance(profile: str, movement: str) -> None:
    amounts = {part: 1000 + 7 * n for n, part in enumerate(RULES[profile][movement])}
    there = posted(movement, amounts, profile)
    back = posted(movement, {part: -amount for part, amount in amounts.items()}, profile)
    assert not imbalances(there)
    assert all(entry.amount > 0 for entry in there)
    assert lines(back) == lines(entry.mirrored() for entry in there)


@pytest.mark.parametrize(("profile", "movement", "part"), RULED)
def test_a_component_moves_only_on_the_control_account_of_its_profile(
    profile: str, movement: str, part: Part
) -> None:
    own = {DEFAULT_ROLES[role] for role in control_roles(profile).values()}
    assert {e.account for e in posted(movement, {part: 5}, profile) if e.component} <= own


@pytest.mark.parametrize(("profile", "movement", "part"), RULED)
def test_memo_accounts_move_only_against_memo_accounts(
    profile: str, movement: str, part: Part
) -> None:
    memo = {account.code for account in DEFAULT_CHART if account.type.value == "memo"}
    entries = [e for e in posted(movement, {part: 5}, profile) if e.account in memo]
    assert not imbalances(entries)


def test_nothing_is_posted_for_a_zero() -> None:
    assert posted("repayment", {Part.PRINCIPAL: 0, Part.INTEREST: 0}) == []


def test_a_product_may_send_a_role_to_an_account_of_its_own() -> None:
    entries = list(
        entries_for("disbursement", {Part.PRINCIPAL: 9}, {Role.FUND_SOURCE: "2011"}, "EUR", 7)
    )
    assert lines(entries) == {("1303P", "D"): 9, ("2011", "C"): 9}


def test_lines_of_one_side_are_not_drawn_together() -> None:
    parts = (Part.PRINCIPAL, Part.INTEREST, Part.FEE)
    entries = posted("repayment", dict.fromkeys(parts, 5))
    assert [(e.account, e.side) for e in entries] == [
        ("1001", "D"),
        ("1303P", "C"),
        ("1001", "D"),
        ("1132", "C"),
        ("1001", "D"),
        ("1133", "C"),
    ]


def test_a_debit_stands_before_its_credit_in_a_mirror_too() -> None:
    entries = posted("accrual", {Part.INTEREST: -5})
    assert [(e.account, e.side) for e in entries] == [("6011", "D"), ("1132", "C")]


def test_every_role_has_an_account_of_the_default_chart_that_controls_its_component() -> None:
    chart = {account.code: account for account in DEFAULT_CHART}
    assert set(DEFAULT_ROLES) == set(Role)
    for role, code in DEFAULT_ROLES.items():
        assert chart[code].control is CONTROLLED.get(role)
    assert len(chart) == len(DEFAULT_CHART)
    assert list(chart) == sorted(chart)


@pytest.mark.parametrize("profile", RULES)
def test_every_component_has_one_control_account_in_each_profile(profile: str) -> None:
    roles = control_roles(profile)
    assert set(roles) == set(Part) - FIGURES
    assert len(set(roles.values())) == len(roles)
    assert set(roles) >= CREDIT_SIDE


@pytest.mark.parametrize("profile", RULES)
def test_every_profile_has_a_rule_for_every_movement_of_the_default(profile: str) -> None:
    assert RULES[profile].keys() == RULES["allowance"].keys()
