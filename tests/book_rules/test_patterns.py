"""Each double-entry pattern of a loan is posted line by line, whatever the accounting profile."""

from __future__ import annotations

import pytest

from ledger.book.chart import Part, Role
from ledger.book.journal import Entry, imbalances
from ledger.book.rules import entries_for
from tests.book_rules.lines import Amounts, lines, posted, printed
from tests.book_rules.patterns import OTHERS, PATTERNS, Steps

DEPOSITS = {Role.FUND_SOURCE: "2011"}


def amounts_of(text: str) -> Amounts:
    """`principal=100 interest=5` as amounts."""
    pairs = (word.split("=") for word in text.split())
    return {Part(name): int(amount.replace("_", "")) for name, amount in pairs}


def entries_of(steps: Steps, profile: str) -> list[Entry]:
    return [e for movement, text in steps for e in posted(movement, amounts_of(text), profile)]


@pytest.mark.parametrize("section", PATTERNS)
def test_a_pattern_is_posted_line_by_line(section: str) -> None:
    steps, expected = PATTERNS[section]
    assert lines(entries_of(steps, "allowance")) == printed(expected)


@pytest.mark.parametrize("section", OTHERS)
def test_a_pattern_of_another_profile_is_posted_line_by_line(section: str) -> None:
    profile, steps, expected = OTHERS[section]
    assert lines(entries_of(steps, profile)) == printed(expected)


def test_a_fee_is_taken_out_of_what_the_borrower_gets_on_deposit() -> None:
    entries = posted("disbursement", amounts_of("principal=100 adjustment=15"), accounts=DEPOSITS)
    assert lines(entries) == printed("D 1303P 100, C 2011 85, C 1303A 15")


def test_the_result_of_a_sale_is_one_line() -> None:
    text = "cash=880_000 allowance=50_000 principal=1_000_000 interest=4_000"
    results = [e for e in posted("sale", amounts_of(text)) if e.account == "6111"]
    assert [(e.side, e.amount) for e in results] == [("D", 74_000)]


def test_each_currency_balances_by_itself_through_the_exchange_position() -> None:
    lent = list(entries_for("redenomination_in", {Part.PRINCIPAL: 1000}, {}, "USD", 7))
    paid = list(entries_for("fx_settlement", {Part.CASH: 7100}, {}, "CNY", 7))
    assert lines(lent) == printed("D 1303P 1_000, C 3002 1_000")
    assert lines(paid) == printed("D 3002 7_100, C 1001 7_100")
    assert not imbalances([*lent, *paid])


def test_a_lender_may_revalue_on_the_account_of_the_loan() -> None:
    own = {Role.LOAN_REVALUATION: "1303P"}
    entries = posted("revaluation", {Part.PRINCIPAL: 70}, accounts=own)
    assert lines(entries) == printed("D 1303P 70, C 6061 70")


def test_a_whole_life_on_the_cash_basis_earns_what_was_paid_and_leaves_no_memo() -> None:
    steps = (
        ("disbursement", "principal=1_000"),
        ("accrual", "interest=50 penalty=4"),
        ("charge", "fee=10"),
        ("repayment", "principal=1_000 interest=30 fee=10 penalty=4"),
        ("waiver", "interest=20"),
    )
    found = lines(entries_of(steps, "cash"))
    nets = {a: found[a, "D"] - found[a, "C"] for a, _ in found}
    assert {a: net for a, net in nets.items() if net} == {
        "1001": 44,
        "6011": -30,
        "6021": -10,
        "6051": -4,
    }


def test_both_bases_hold_the_same_components() -> None:
    steps = (
        ("disbursement", "principal=1_000"),
        ("accrual", "interest=50"),
        ("charge", "fee=10"),
        ("repayment", "principal=100 interest=30"),
    )
    held = [
        lines(e for e in _by_component(entries_of(steps, profile)))
        for profile in ("allowance", "cash", "direct")
    ]
    assert held[0] == held[1] == held[2]


def _by_component(entries: list[Entry]) -> list[Entry]:
    return [
        Entry(e.component, e.side, e.currency, e.amount) for e in entries if e.component is not None
    ]
