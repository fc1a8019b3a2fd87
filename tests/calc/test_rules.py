"""Conditions are exact, always end, and never pass on what nobody knows; rulebooks by date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from google.protobuf import json_format
from hypothesis import given
from hypothesis import strategies as st

from ledger.calc.expressions import BadExpression, Kind, Unknown, Value, compiled
from ledger.calc.rule_checks import redeclared, violations
from ledger.calc.rules import Outcome, Rulebook, as_object, from_object
from ledger.lending.known_facts import KINDS
from ledger.lending.occasions import ratio_text
from ledger.store.stripes import Book
from loanledger.v1 import rule_service_pb2 as pb
from server.checks import Checks
from server.services.rulebooks import asked

FACTS = {"rate": Kind.NUMBER, "cap": Kind.NUMBER, "purpose": Kind.TEXT, "until": Kind.DATE}
FACTS |= {"known": Kind.TRUTH, "roles": Kind.TEXTS, "index": Kind.TABLE}
EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "rulebook.json"
METHODS = (
    *("OpenLoan", "ChangeRate", "ApproveLoan", "DisburseLoan", "RefundCredit", "RecordContact"),
    *("RefinanceLoan", "RedenominateLoan", "AssumeLoan", "RescheduleLoan", "ResetIndexRate"),
)
NUMBERS = st.decimals(-(10**9), 10**9, allow_nan=False, places=6)


def example() -> Rulebook:
    """The rulebook that ships."""
    check = Checks(Book(1, "main", "Test", "CNY", 4))
    found = asked(check, json_format.Parse(EXAMPLE.read_text(), pb.Rulebook()))
    check.done()
    return found


@given(NUMBERS, NUMBERS, NUMBERS)
def test_comparisons_are_those_of_exact_arithmetic(a: Decimal, b: Decimal, c: Decimal) -> None:
    told = compiled("rate * cap + 0.1 <= 4 * index['X']", FACTS)
    exact = Fraction(a) * Fraction(b) + Fraction(1, 10) <= 4 * Fraction(c)
    assert told.holds({"rate": a, "cap": b, "index": {"X": c}}) is exact


def test_a_tenth_and_two_tenths_are_three_tenths() -> None:
    facts: dict[str, Value] = {"rate": Decimal("0.1"), "cap": Decimal("0.2")}
    assert compiled("rate + cap == 0.3 and 0.1 + 0.2 == 0.3", FACTS).holds(facts)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("rate <= cap", {"rate": Decimal(1)}),
        ("purpose not in ['shares']", {}),
        ("purpose != 'shares'", {}),
        ("not (purpose == 'shares')", {}),
        ("known or rate > 1", {"known": True}),
        ("index['Y'] > 0", {"index": {"X": Decimal(1)}}),
        ("rate / 3 <= 1", {"rate": Decimal(1)}),
        ("rate / cap <= 1", {"rate": Decimal(1), "cap": Decimal(0)}),
        ("until >= d'2026-01-01'", {}),
        ("rate + 1 <= 1", {"rate": Decimal("1e999999")}),
        ("(purpose ?? 'a') == 'a' and purpose != 'b'", {}),
    ],
)
def test_what_is_not_known_or_not_exact_is_neither_true_nor_false(
    text: str, facts: dict[str, Value]
) -> None:
    with pytest.raises(Unknown):
        compiled(text, FACTS).holds(facts)


@pytest.mark.parametrize(
    ("text", "facts", "holds"),
    [
        ("(known ?? false) or rate >= 3", {"rate": Decimal(3)}, True),
        ("(known ?? true) and rate >= 3", {"rate": Decimal(3)}, True),
        ("purpose == null", {}, True),
        ("purpose == null or purpose == 'car'", {"purpose": "house"}, False),
        ("until >= d'2026-01-31'", {"until": date(2026, 1, 31)}, True),
        ("until >= d'2026-01-31'", {"until": date(2026, 1, 30)}, False),
        ("'finance' in roles", {"roles": ("auditor", "finance")}, True),
        ("known ? rate < 1 : rate < 2", {"known": False, "rate": Decimal("1.5")}, True),
        ("-rate < 0", {"rate": Decimal(1)}, True),
    ],
)
def test_a_condition_says_itself_what_holds_without_a_fact(
    text: str, facts: dict[str, Value], holds: bool
) -> None:
    assert compiled(text, FACTS).holds(facts) is holds


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "rate", "rate <=", "rate + 1", "unknown > 1", "rate > 'x'", "rate == 'x'"),
        *("9 ** 9 ** 9 == 1", "1 << 99999999 > 1", "purpose =~ '(a+)+$'", "purpose !~ 'a'"),
        *("$now > until", "$random() > 0", "$range(100000000) == 1", "purpose.length > 1"),
        *("[x for x in roles] == roles", "rate // 3 < 1", "rate % 3 < 1", "rate & 1 == 1"),
        *("1 / 3 < rate", "until - until > 1", "'a' in purpose", "known and rate", "not rate"),
        *("not " * 240 + "known", "known and " * 200 + "known", "known # true", "index > 1 # a"),
        *(
            "rate > nan",
            "rate < inf",
            "1e99 + 1e-99 == rate",
            "roles['a'] == 'b'",
            "purpose + 'x' == 'y'",
            "rate ?? 1",
        ),
    ],
)
def test_what_might_not_end_or_says_nothing_is_no_condition(text: str) -> None:
    with pytest.raises(BadExpression):
        compiled(text, FACTS)


def test_nested_deeply_it_is_read_or_refused() -> None:
    assert compiled("(" * 400 + "known" + ")" * 400, FACTS).holds({"known": True})


@pytest.mark.parametrize(
    ("day", "rate", "lpr", "outcome"),
    [  # the cap was 15.4 % when the first LPR under the new rule, 3.85 %, was in force
        ("2015-09-01", "0.24", None, Outcome.HELD),
        ("2020-08-19", "0.24", None, Outcome.HELD),
        ("2020-08-19", "0.2401", None, Outcome.BROKEN),
        ("2020-08-20", "0.24", "0.0385", Outcome.BROKEN),
        ("2020-08-20", "0.154", "0.0385", Outcome.HELD),
        ("2020-08-20", "0.1541", "0.0385", Outcome.BROKEN),
        ("2020-08-20", "0.1", None, Outcome.BROKEN),
    ],
)
def test_the_cap_on_rates_in_china_is_that_of_the_day(
    day: str, rate: str, lpr: str | None, outcome: Outcome
) -> None:
    book, on = example(), date.fromisoformat(day)
    [rule] = [one for one in book.of("OpenLoan", on) if one.code.startswith("usury_cn")]
    facts = {"jurisdiction": "CN", "highest_rate": rate, "index_at_opening.LPR-1Y": lpr}
    assert book.says(rule, facts, KINDS).outcome is outcome


def test_no_day_has_two_caps_or_none() -> None:
    book, day = example(), date(2015, 9, 1)
    while day < date(2026, 1, 1):
        found = [one for one in book.of("OpenLoan", day) if one.code.startswith("usury_cn")]
        assert len(found) == 1, day
        day += timedelta(days=1)


def test_the_example_is_sound_and_survives_its_stored_form() -> None:
    book = example()
    assert list(violations(book, METHODS, KINDS)) == []
    assert from_object(as_object(book), 0, book.effective_from, 0) == book
    sources = [rule.code for rule in book.rules if not rule.source]
    assert sources == []


def test_a_fact_may_not_take_the_name_of_one_that_the_ledger_knows() -> None:
    book = example()
    renamed = replace(book.declared[0], name="amount")
    [found] = violations(replace(book, declared=(*book.declared, renamed)), METHODS, KINDS)
    assert (found.field, found.description) == (
        "facts",
        "amount is the name of another fact already",
    )


@pytest.mark.parametrize(
    ("ratio", "text"),
    [
        (Fraction("0.06"), "0.06"),
        (Fraction(1, 3), "0.333333333333"),
        (Fraction(2, 3), "0.666666666667"),
        (Fraction(0), "0"),
        (Fraction(12), "12"),
        (Fraction(-1, 8), "-0.125"),
        (Fraction(1, 10**12), "0.000000000001"),
    ],
)
def test_a_ratio_is_told_as_a_decimal(ratio: Fraction, text: str) -> None:
    assert ratio_text(ratio) == text


def test_what_was_recorded_as_another_kind_of_fact_is_not_known() -> None:
    book = example()
    [rule] = [one for one in book.rules if one.code == "connected_party"]
    said = book.says(rule, {"connected": "yes", "party_exposure": "1", "capital": "1e99"}, KINDS)
    assert (said.outcome, said.unknown) == (Outcome.BROKEN, ("connected",))
    as_text = replace(book.declared[3], kind=Kind.TEXT)
    other = replace(book, declared=(*book.declared[:3], as_text, *book.declared[4:]))
    [found] = redeclared(other, [book])
    assert (found.field, "connected was a truth of a party" in found.description) == (
        "facts[3]",
        True,
    )
    assert list(redeclared(book, [book])) == []
