"""Monitoring: what the close of business finds, and what it leaves alone."""

from __future__ import annotations

import pytest

from loanledger import (
    FailedPrecondition,
    InvalidArgument,
    date_of,
    money,
)
from loanledger.v1 import compliance_service_pb2 as pb
from loanledger.v1 import party_service_pb2
from tests.server.bad import cny
from tests.server.desk import BOOK, Desk, decimal_
from tests.server.monitored import EARLY, alerts, paid_off, pay, watching


def test_the_same_cause_raises_one_alert_however_often_the_day_is_closed(desk: Desk) -> None:
    compliance = watching(desk, EARLY)
    alert = paid_off(desk, compliance)
    desk.go_to("2024-01-22")
    assert [one.name for one in alerts(desk)] == [alert.name]


def test_what_is_reversed_before_the_close_raises_no_alert(desk: Desk) -> None:
    watching(desk, EARLY)
    loan = desk.lent(desk.publish(), "1200")
    done = desk.client.loans.pay_off_loan(name=loan, amount=cny("1200"))
    desk.client.loans.reverse_loan_event(event=done.transaction.event, reason="wrong loan")
    desk.go_to("2024-01-17")
    assert alerts(desk) == []


def test_payments_below_a_threshold_that_together_reach_it_are_one_alert(desk: Desk) -> None:
    rule = pb.MonitoringRule(scenario="structuring", amounts=[cny("1000")], within_days=10, count=3)
    watching(desk, rule)
    loan = desk.lent(desk.publish(), "12000")
    for day, amount in (("2024-01-17", "400"), ("2024-01-18", "400"), ("2024-01-19", "100")):
        pay(desk, loan, amount)
        desk.go_to(day)
    assert alerts(desk) == []
    pay(desk, loan, "150")
    pay(desk, loan, "1000")  # the threshold itself is no structuring
    desk.go_to("2024-01-20")
    (alert,) = alerts(desk)
    assert [one.amount for one in alert.amounts] == [cny("1050")]
    pay(desk, loan, "500")
    desk.go_to("2024-01-21")
    assert len(alerts(desk)) == 1


def test_a_repayment_by_somebody_else_is_an_alert_from_an_amount_on(desk: Desk) -> None:
    watching(desk, pb.MonitoringRule(scenario="third_party_repayment", amounts=[cny("500")]))
    loan, payer = desk.lent(desk.publish(), "12000"), desk.party("Li Na")
    pay(desk, loan, "499.99", payer=payer)
    pay(desk, loan, "600")
    desk.go_to("2024-01-17")
    assert alerts(desk) == []
    pay(desk, loan, "500", payer=payer)
    desk.go_to("2024-01-18")
    (alert,) = alerts(desk)
    assert alert.facts["scenario"] == "third_party_repayment"


def test_money_that_comes_back_again_and_again_is_an_alert(desk: Desk) -> None:
    watching(desk, pb.MonitoringRule(scenario="repeated_refunds", within_days=5, count=2))
    loan = desk.lent(desk.publish(), "12000")
    for day in ("2024-01-17", "2024-01-18"):
        assert alerts(desk) == []
        desk.client.loans.record_refund(
            name=loan, amount=cny("10"), source="REFUND_SOURCE_MERCHANT"
        )
        desk.go_to(day)
    (alert,) = alerts(desk)
    assert len(alert.causes) == 2


def test_money_that_goes_round_between_loans_of_one_borrower_is_an_alert(desk: Desk) -> None:
    rule = pb.MonitoringRule(
        scenario="round_tripping", amounts=[cny("1000")], within_days=10, count=2
    )
    watching(desk, rule)
    product, party = desk.publish(), desk.party()
    for day in ("2024-01-17", "2024-01-18"):
        loan = desk.client.loans.open_loan(
            party=party,
            product=product,
            amount=money("1200", "CNY"),
            annual_rate=decimal_("0.06"),
            instalments=12,
        ).name
        desk.client.loans.approve_loan(name=loan)
        desk.client.loans.disburse_loan(name=loan)
        pay(desk, loan, "1100")
        desk.go_to(day)
    (alert,) = alerts(desk, party=party)
    assert len(alert.causes) == 4
    assert alerts(desk, party=desk.party("Li Na")) == []


def test_an_officer_who_waives_again_and_again_is_an_alert_with_their_name(desk: Desk) -> None:
    watching(desk, pb.MonitoringRule(scenario="officer_overrides", within_days=9, count=2))
    loan, officer = desk.lent(desk.publish(), "12000"), desk.role("credit_officer")
    for _ in range(2):
        charge = desk.client.loans.charge_loan(name=loan, amount=cny("5")).transaction.event
        officer.loans.waive_charge(name=loan, charge=charge, reason="goodwill")
    desk.go_to("2024-01-17")
    (alert,) = alerts(desk)
    assert alert.facts["actor"] == "dev:credit_officer"


def test_a_policy_says_all_that_is_wrong_in_it_at_once(desk: Desk) -> None:
    policy = pb.MonitoringPolicy(
        title="Wrong",
        effective_from=date_of("2024-01-16"),
        rules=[
            pb.MonitoringRule(scenario="gossip"),
            pb.MonitoringRule(scenario="structuring"),
        ],
        thresholds=[pb.IndicatorThreshold(indicator="mood", amber=2, red=1)],
    )
    with pytest.raises(InvalidArgument) as told:
        desk.client.compliance.publish_monitoring_policy(policy=policy)
    assert {field for field, _ in told.value.violations} == {
        "policy.rules[0].scenario",
        "policy.rules[1].amounts",
        "policy.thresholds[0].indicator",
        "policy.thresholds[0].red",
    }


def test_a_policy_begins_after_today_and_holds_until_the_next_one(desk: Desk) -> None:
    publish = desk.client.compliance.publish_monitoring_policy
    policy = pb.MonitoringPolicy(title="First", effective_from=date_of("2024-01-15"), rules=[EARLY])
    with pytest.raises(FailedPrecondition, match="after the business date 2024-01-15"):
        publish(policy=policy)
    watching(desk, EARLY)
    current = desk.client.compliance.get_monitoring_policy
    assert current(name=f"{BOOK}/monitoringPolicies/current").version == 1
    policy.effective_from.CopyFrom(date_of("2024-01-18"))
    assert publish(policy=policy).version == 2
    assert current(name=f"{BOOK}/monitoringPolicies/current").version == 1
    names = [one.version for one in desk.client.compliance.list_monitoring_policies.iterate()]
    assert names == [1, 2]


def test_organisations_are_watched_as_well(desk: Desk) -> None:
    watching(desk, EARLY)
    party = party_service_pb2.Party(kind="PARTY_KIND_ORGANISATION", display_name="Ltd")
    name = desk.client.parties.create_party(party=party).name
    loan = desk.client.loans.open_loan(
        party=name,
        product=desk.publish(),
        amount=money("1200", "CNY"),
        annual_rate=decimal_("0.06"),
        instalments=12,
    ).name
    desk.client.loans.approve_loan(name=loan)
    desk.client.loans.disburse_loan(name=loan)
    desk.client.loans.pay_off_loan(name=loan, amount=cny("1200"))
    desk.go_to("2024-01-17")
    assert [one.party for one in alerts(desk)] == [name]
