"""A desk that is watched, and something to be seen there."""

from __future__ import annotations

from typing import Any

from loanledger import Client, date_of
from loanledger.v1 import compliance_service_pb2 as pb
from tests.server.bad import cny
from tests.server.desk import Desk

EARLY = pb.MonitoringRule(scenario="early_payoff", within_days=30)


def watching(desk: Desk, *rules: pb.MonitoringRule, day: str = "2024-01-16") -> Client:
    """Publishes what is watched, and goes to that day; compliance's own client."""
    policy = pb.MonitoringPolicy(title="Watched", effective_from=date_of(day), rules=rules)
    desk.client.compliance.publish_monitoring_policy(policy=policy, reason="risk analysis")
    desk.go_to(day)
    return desk.role("compliance")


def alerts(desk: Desk, **only: Any) -> list[pb.RegisterItem]:
    return list(desk.client.compliance.list_alerts.iterate(**only))


def paid_off(desk: Desk, _: Client) -> pb.RegisterItem:
    """The alert about a loan that is paid off the day after it was paid out."""
    loan = desk.lent(desk.publish(), "1200")
    desk.go_to("2024-01-17")
    desk.client.loans.pay_off_loan(name=loan, amount=cny("1200.20"), reference="cash")
    desk.go_to("2024-01-18")
    (alert,) = alerts(desk)
    return alert


def pay(desk: Desk, loan: str, amount: str, **more: Any) -> None:
    desk.client.loans.repay_loan(name=loan, amount=cny(amount), **more)
