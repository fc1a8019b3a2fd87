"""Rulebooks for tests: the example that ships, and small ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from google.protobuf import json_format

from loanledger import FailedPrecondition, date_of, decimal_
from loanledger.v1 import rule_service_pb2 as pb
from tests.server.bad import cny
from tests.server.desk import Desk

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "rulebook.json"
HELD, BROKEN = pb.RULE_OUTCOME_HELD, pb.RULE_OUTCOME_BROKEN


def example(*codes: str) -> pb.Rulebook:
    """The example's rules with these codes, or all; its facts and tables as they are."""
    found = json_format.Parse(EXAMPLE.read_text(), pb.Rulebook())
    rules = [rule for rule in found.rules if not codes or rule.code in codes]
    del found.rules[:]
    found.rules.extend(rules)
    return found


def rule(must: str, held: dict[str, str], broken: dict[str, str], **more: Any) -> pb.Rule:
    """A rule with its two cases."""
    plain: dict[str, Any] = {
        "code": "rule",
        "methods": ["OpenLoan"],
        "text": "That may not be.",
        "text_zh": "不允许。",
        "cases": [
            pb.RuleCase(title="held", facts=held, expected=HELD),
            pb.RuleCase(title="broken", facts=broken, expected=BROKEN),
        ],
    }
    return pb.Rule(must=must, **plain | more)


def rulebook(*rules: pb.Rule, day: str = "2024-01-15", **more: Any) -> pb.Rulebook:
    """A rulebook of these rules."""
    return pb.Rulebook(title="Rules", effective_from=date_of(day), rules=rules, **more)


def publish(desk: Desk, found: pb.Rulebook) -> pb.Rulebook:
    """Publishes it."""
    return desk.client.rules.publish_rulebook(rulebook=found, reason="board of May")


def record(desk: Desk, name: str, **facts: str) -> None:
    """Records facts of a party, a loan or the book."""
    desk.client.rules.record_facts(name=name, facts=facts, reason="seen")


def refused(call: Any, **asked: Any) -> FailedPrecondition:
    """What is told of a command that rules refuse."""
    with pytest.raises(FailedPrecondition) as told:
        call(**asked)
    assert told.value.reason == "RULE_BROKEN"
    return told.value


def asked(party: str, product: str, rate: str = "0.06", **more: Any) -> dict[str, Any]:
    """An application."""
    plain = {"amount": cny("1200"), "annual_rate": decimal_(rate), "instalments": 12}
    return plain | {"party": party, "product": product} | more
