"""Monitoring policies between contract and domain."""

from __future__ import annotations

from datetime import date

from ledger.calc.indicators import Threshold
from ledger.calc.monitoring import MAX_COUNT, MAX_DAYS, MAX_RULES, MonitoringPolicy, Rule
from loanledger.v1 import compliance_service_pb2 as pb
from server import convert
from server.checks import Checks


def asked(check: Checks, given: pb.MonitoringPolicy) -> MonitoringPolicy:
    """The policy of a request; its version is set when it is published."""
    effective = check.date(given, "effective_from", "policy.", required=True)
    for name in ("rules", "thresholds"):
        if len(getattr(given, name)) > MAX_RULES:
            check.add(f"policy.{name}", f"at most {MAX_RULES}")
    return MonitoringPolicy(
        tuple(_rule(check, one, f"policy.rules[{no}]") for no, one in enumerate(given.rules)),
        tuple(
            Threshold(
                check.text(one.indicator, f"policy.thresholds[{no}].indicator", required=True),
                one.amber,
                one.red,
            )
            for no, one in enumerate(given.thresholds)
        ),
        check.text(given.title, "policy.title", required=True, most=200),
        effective_from=effective or date.min,
    )


def _rule(check: Checks, given: pb.MonitoringRule, path: str) -> Rule:
    return Rule(
        check.text(given.scenario, f"{path}.scenario", required=True, most=40),
        check.amounts(given.amounts, f"{path}.amounts"),
        check.integer(given.within_days or 1, f"{path}.within_days", 1, MAX_DAYS),
        check.integer(given.count or 1, f"{path}.count", 1, MAX_COUNT),
    )


def policy_message(book: str, policy: MonitoringPolicy, booked_at: int = 0) -> pb.MonitoringPolicy:
    """A policy as the contract tells it; where there is none, one without a version."""
    told = pb.MonitoringPolicy(
        name=f"books/{book}/monitoringPolicies/{policy.version}",
        version=policy.version,
        title=policy.title,
        rules=[
            pb.MonitoringRule(
                scenario=rule.scenario,
                amounts=[convert.money(n, code) for code, n in rule.amounts.items()],
                within_days=rule.days,
                count=rule.count,
            )
            for rule in policy.rules
        ],
        thresholds=[
            pb.IndicatorThreshold(indicator=one.indicator, amber=one.amber, red=one.red)
            for one in policy.thresholds
        ],
    )
    if policy.version:
        told.effective_from.CopyFrom(convert.day(policy.effective_from))
        told.create_time.CopyFrom(convert.moment(booked_at or policy.booked_at))
    return told
