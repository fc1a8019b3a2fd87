"""The posting rules: balanced whatever is posted, control accounts kept, mirrors exact."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ledger.book.chart import (
    CONTROLLED,
    CREDIT_SIDE,
    DEFAULT_CHART,
    DEFAULT_ROLES,
    Account,
    AccountType,
    Part,
    Role,
)
from ledger.book.journal import imbalances
from ledger.book.rules import RULES, control_roles, entries_for
from tests.book_rules.lines import lines, posted

MOVEMENTS = [(profile, movement) for profile, movements in RULES.items() for movement in movements]
MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
#: What no loan keeps: its accounts are finance's as well.
FIGURES = set(Part) - set(control_roles())


@pytest.mark.parametrize(("profile", "movement"), MOVEMENTS)
def test_every_rule_balances_and_its_negative_is_its_mirror(profile: str, movement: str) -> None:
    for part in RULES[profile][movement]:
        entries = posted(movement, {part: 123}, profile)
        assert len(entries) >= 2
        assert all(entry.amount == 123 for entry in entries)
        assert not imbalances(entries)
        mirrored = posted(movement, {part: -123}, profile)
        assert lines(mirrored) == lines(entry.mirrored() for entry in entries)


@pytest.mark.parametrize(("profile", "movement"), MOVEMENTS)
def test_a_rule_names_loan_and_component_on_control_accounts_and_nowhere_else(
    profile: str, movement: str
) -> None:
    control = {account.code: account.control for account in DEFAULT_CHART if account.control}
    own = {DEFAULT_ROLES[role] for role in control_roles(profile).values()}
    for part in RULES[profile][movement]:
        for entry in posted(movement, {part: 5}, profile):
            owner = control.get(entry.account)
            assert (entry.loan, entry.component) == ((7, owner.value) if owner else (None, None))
            assert not owner or entry.account in own


@pytest.mark.parametrize(("profile", "movement"), MOVEMENTS)
def test_undoing_a_whole_movement_returns_the_trial_balance(profile: str, movement: str) -> None:
    amounts = {part: 1000 + 7 * n for n, part in enumerate(RULES[profile][movement])}
    there = posted(movement, amounts, profile)
    back = posted(movement, {part: -amount for part, amount in amounts.items()}, profile)
    assert not imbalances(there)
    assert all(entry.amount > 0 for entry in there)
    assert lines(back) == lines(entry.mirrored() for entry in there)


@pytest.mark.parametrize(("profile", "movement"), MOVEMENTS)
def test_memo_accounts_move_only_against_memo_accounts(profile: str, movement: str) -> None:
    memo = {account.code for account in DEFAULT_CHART if account.type is AccountType.MEMO}
    for part in RULES[profile][movement]:
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


def test_books_opened_before_get_the_accounts_that_the_chart_came_to_have() -> None:
    script = (MIGRATIONS / "0003_accounts.sql").read_text(encoding="utf-8")
    chart = {account.code: account for account in DEFAULT_CHART}
    added = re.findall(r"^    \('([^']+)', '([^']+)', '([^']+)', '(\w+)', (\S+)\)", script, re.M)
    assert len(added) == 28
    for code, title, title_zh, kind, control in added:
        owner = None if control == "null" else Part(control.strip("'"))
        assert Account(code, title, title_zh, AccountType(kind), owner) == chart[code]


@pytest.mark.parametrize("profile", RULES)
def test_every_profile_has_a_rule_for_every_movement_of_the_default(profile: str) -> None:
    assert RULES[profile].keys() == RULES["allowance"].keys()
