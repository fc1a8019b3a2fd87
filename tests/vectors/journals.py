"""journals.json: worked entries, line by line, from the real posting rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from ledger.book.chart import DEFAULT_CHART, AccountType, Part, Role
from ledger.book.rules import entries_for
from tests.vectors.case import Case
from tests.vectors.journal_amounts import MADE, Amounts, taken
from tests.vectors.journal_names import EVENTS, MIRRORED, PROFILES

Step = tuple[str, Amounts]
Lines = Counter[tuple[str, str, str]]

MEMO = frozenset(a.code for a in DEFAULT_CHART if a.type is AccountType.MEMO)


def check(case: Case) -> None:
    event, rule = case.need("event"), case.need("rule")
    assert isinstance(rule, str)
    expected = _expected(case.parts("expected_lines"))
    steps = _steps(event, case.part("input"), {account for account, _, _ in expected})
    found = _posted(steps, PROFILES.get(event, "allowance"), expected, event in MIRRORED)
    if found != expected:
        assert _one_sided(expected), (found, expected)
        assert _net(found) == _net(expected)


def _expected(parts: Sequence[Case]) -> Lines:
    found: Lines = Counter()
    for part in parts:
        account, currency = _code(part.need("account")), part.take("currency", "CNY")
        found[account, "D", currency] += part.need("debit")
        found[account, "C", currency] += part.need("credit")
    return +found


def _code(account: str) -> str:
    """Positions are named by their currency; the loan's account in a currency by a suffix."""
    if account.lower().startswith(("position", "fx")):
        return "3002"
    head, _, tail = account.rpartition("-")
    return head if tail in {"USD", "CNY", "EUR"} else account


def _posted(steps: Sequence[Step], profile: str, expected: Lines, mirrored: bool) -> Lines:
    """All steps as one journal: what stands on both sides of cash or a result is one line."""
    found: Lines = Counter()
    sign = -1 if mirrored else 1
    for movement, amounts in steps:
        signed = {part: sign * amount for part, amount in amounts.items()}
        currency = "USD" if movement.startswith("redenomination") else "CNY"
        for entry in entries_for(movement, signed, _accounts(expected), currency, 7, profile):
            if entry.account not in MEMO or any(code == entry.account for code, _, _ in expected):
                found[entry.account, entry.side, entry.currency] += entry.amount
    return found


def _accounts(expected: Lines) -> Mapping[Role, str]:
    """A lender that pays through deposits, or revalues on the account of the loan itself."""
    codes = {account for account, _, _ in expected}
    found = {Role.LOAN_REVALUATION: "1303P", Role.INTEREST_REVALUATION: "1132"}
    return found | ({Role.FUND_SOURCE: "2011"} if "2011" in codes and "1001" not in codes else {})


def _one_sided(lines: Lines) -> bool:
    return len({(account, currency) for account, _, currency in lines}) == len(lines)


def _net(lines: Lines) -> dict[tuple[str, str], int]:
    found: Counter[tuple[str, str]] = Counter()
    for (account, side, currency), amount in lines.items():
        found[account, currency] += amount if side == "D" else -amount
    return {key: amount for key, amount in found.items() if amount}


def _steps(event: str, given: Case, codes: set[str]) -> list[Step]:
    assert event in EVENTS, f"the adapter does not know the event {event}"
    steps: list[Step] = []
    for movement in EVENTS[event]:
        names = (f"{event}/{movement}", event, movement)
        make = next((MADE[name] for name in names if name in MADE), taken)
        amounts = make(given, movement, event)
        if "1303I" in codes and "1303P" not in codes and Part.PRINCIPAL in amounts:
            amounts[Part.IMPAIRED] = amounts.pop(Part.PRINCIPAL)
        steps.append((movement, amounts))
    return steps
