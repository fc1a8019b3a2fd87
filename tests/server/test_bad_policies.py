"""Credit policies and commands on credit quality that must be refused, with every field."""

from __future__ import annotations

from typing import Any

import pytest
from google.protobuf import json_format

from loanledger import date_of, decimal_, money
from loanledger.v1 import risk_service_pb2 as pb
from tests.docs.test_docs import DOCS, fenced
from tests.server.bad import Bad, Stock, asked, judge


def _policy(told: str, fields: str, **given: Any) -> Bad:
    policy = pb.CreditPolicy(**{"title": "X", "effective_from": date_of("2030-01-01")} | given)
    return Bad(
        told, lambda stock: asked(pb.PublishCreditPolicyRequest, policy=policy), fields=fields
    )


def _pause(told: str, fields: str, **given: Any) -> Bad:
    plain = {"cause": "PAUSE_CAUSE_DISPUTE", "until": date_of("2030-01-01"), "reason": "x"}
    return Bad(
        told,
        lambda stock: asked(pb.PauseDelinquencyRequest, **{"loan": stock.active} | plain | given),
        fields=fields,
    )


_HALF = pb.LossScenario(name="half", weight=decimal_("0.5"))
BAD = [
    _policy(
        "no title and no day", "policy.effective_from policy.title", title="", effective_from=None
    ),
    _policy(
        "buckets that begin late", "policy.buckets", buckets=[pb.BucketRule(name="a", first_day=1)]
    ),
    _policy(
        "buckets of one name",
        "policy.buckets",
        buckets=[pb.BucketRule(name="a"), pb.BucketRule(name="a", first_day=9)],
    ),
    _policy("a bucket without name", "policy.buckets[0].name", buckets=[pb.BucketRule()]),
    _policy(
        "two tolerances of a currency",
        "policy.tolerances[1]",
        tolerances=[money("1", "CNY"), money("2", "CNY")],
    ),
    _policy(
        "days below zero", "policy.tolerance_days policy.cure_days", tolerance_days=-1, cure_days=-1
    ),
    _policy(
        "a suspension without its regime",
        "policy.suspension",
        suspension="INTEREST_SUSPENSION_STAGE_3",
    ),
    _policy(
        "rates for some categories",
        "policy.provisioning.rates",
        provisioning=pb.Provisioning(
            method="PROVISIONING_METHOD_CATEGORY",
            rates=[pb.CategoryRate(category="CREDIT_CATEGORY_LOSS", rate=decimal_("1"))],
        ),
    ),
    _policy(
        "expected losses of nothing",
        "policy.provisioning.method policy.provisioning.curves policy.provisioning.scenarios",
        provisioning=pb.Provisioning(method="PROVISIONING_METHOD_EXPECTED_LOSS", scenarios=[_HALF]),
    ),
    _policy(
        "a curve beyond certainty and of no bucket",
        "policy.provisioning.curves[0].defaults policy.provisioning.curves[0].bucket",
        provisioning=pb.Provisioning(
            curves=[pb.DefaultCurve(defaults=[decimal_("0.6"), decimal_("0.6")], bucket="x")]
        ),
    ),
    _pause("no cause, day or reason", "cause until reason", cause=None, until=None, reason=""),
]


@pytest.mark.parametrize("which", [0, 1])
def test_the_policies_of_the_documentation_are_accepted(stock: Stock, which: int) -> None:
    policy = json_format.Parse(fenced(DOCS / "risk.md", "json")[which], pb.CreditPolicy())
    told = stock.desk.client.risk.publish_credit_policy(policy=policy, validate_only=True)
    assert (told.title, told.effective_from) == (policy.title, date_of("2026-12-01"))
    assert len(told.provisioning.curves) == len(policy.provisioning.curves)


@pytest.mark.parametrize("bad", BAD, ids=str)
def test_bad_input_is_refused_with_every_field(stock: Stock, bad: Bad) -> None:
    judge(stock, bad)
