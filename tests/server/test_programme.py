"""The compliance programme: obligations, audits, findings, complaints, losses, evidence."""

from __future__ import annotations

import hashlib
from typing import Any

import orjson
import pytest

from ledger.audit.sampling import draw_key
from loanledger import FailedPrecondition, InvalidArgument, NotFound, date_of, new_request_id
from loanledger.v1 import approval_service_pb2 as ap
from loanledger.v1 import compliance_service_pb2 as pb
from tests.server.bad import cny
from tests.server.desk import BOOK, Desk
from tests.server.test_approvals import ruled, waits

LATE = "2024-01-10"


def entered(desk: Desk, kind: str, *, note: str = "", **more: Any) -> pb.RegisterItem:
    """An item of a register; due in February unless it says otherwise."""
    facts = more.pop("facts", FACTS[kind])
    given = {"title": kind, "owner": "users/cho", "due_date": date_of("2024-02-15"), **more}
    item = pb.RegisterItem(kind=kind, facts=facts, **given)
    return desk.client.compliance.open_register_item(item=item, note=note, reason="found")


FACTS: dict[str, dict[str, str]] = {
    "obligation": {"source": "CRR art. 394", "every_months": "3"},
    "audit": {"scope": "repayments", "sample_size": "3", "seed": "2024-1"},
    "finding": {"severity": "high"},
    "complaint": {"channel": "phone", "subject": "charges", "received_on": "2024-01-12"},
    "risk_event": {
        "event_type": "external_fraud",
        "occurred_on": "2024-01-05",
        "discovered_on": "2024-01-10",
    },
}


def step(desk: Desk, item: pb.RegisterItem, **more: Any) -> pb.RegisterItem:
    return desk.client.compliance.update_register_item(name=item.name, reason="work", **more)


def test_an_obligation_that_was_performed_is_due_again_and_its_log_says_who(desk: Desk) -> None:
    duty = entered(desk, "obligation", due_date=date_of("2024-01-31"))
    paper = pb.Workpaper(title="receipt.pdf", sha256="0f" * 32)
    done = step(desk, duty, facts={"performed_on": "2024-01-15"}, workpapers=[paper])
    assert (done.state, done.due_date) == ("due", date_of("2024-04-30"))
    with pytest.raises(InvalidArgument, match="months from 1 to 120"):
        step(desk, duty, facts={"performed_on": "2024-01-15", "every_months": "often"})
    log = desk.client.compliance.get_register_item(name=duty.name).log
    assert [(one.step, one.actor) for one in log] == [(1, done.actor), (2, done.actor)]
    assert [*log[1].workpapers] == [paper]


def test_what_is_past_its_due_date_is_listed_until_it_ends(desk: Desk) -> None:
    entered(desk, "obligation")
    late = entered(desk, "finding", due_date=date_of(LATE))
    overdue = desk.client.compliance.list_register_items
    assert [one.name for one in overdue.iterate(overdue=True)] == [late.name]
    step(desk, late, state="accepted", note="the board accepts the risk")
    assert list(overdue.iterate(overdue=True)) == []


def test_a_finding_is_corrected_followed_up_and_only_then_closed(desk: Desk) -> None:
    audit = entered(desk, "audit")
    finding = entered(desk, "finding", links=[audit.name])
    with pytest.raises(InvalidArgument, match="from open it goes to in_correction, accepted"):
        step(desk, finding, state="closed")
    with pytest.raises(InvalidArgument, match="corrective_action"):
        step(desk, finding, state="in_correction")
    step(desk, finding, state="in_correction", facts={"corrective_action": "a second signature"})
    step(desk, finding, state="corrected")
    step(desk, finding, state="in_correction", note="not everywhere")
    step(desk, finding, state="corrected")
    followed = {"followed_up_on": "2024-01-15"}
    done = step(desk, finding, state="closed", facts=followed, note="seen in five branches")
    assert (done.state, [*done.links]) == ("closed", [audit.name])
    with pytest.raises(FailedPrecondition, match="was ended as closed"):
        step(desk, finding, note="more")


def test_an_item_says_all_that_is_wrong_in_it_at_once(desk: Desk) -> None:
    item = pb.RegisterItem(
        kind="finding",
        title="Unsigned",
        facts={"severity": "awful", "colour": "red"},
        links=[f"{BOOK}/complianceAudits/000-000000000000"],
    )
    paper = pb.Workpaper(title="photo", sha256="12")
    with pytest.raises(InvalidArgument) as told:
        desk.client.compliance.open_register_item(item=item, workpapers=[paper], reason="found")
    assert {field for field, _ in told.value.violations} == {
        "facts[severity]",
        "facts[colour]",
        "owner",
        "due_date",
        "links[0]",
        "workpapers[0].sha256",
    }


def test_a_complaint_keeps_what_the_borrower_said_under_the_borrower_s_key(desk: Desk) -> None:
    party = desk.party()
    item = entered(desk, "complaint", party=party, note="Zhang Wei was charged twice")
    officer, finance = desk.role("credit_officer").compliance, desk.role("finance").compliance
    assert officer.get_register_item(name=item.name).log[0].note == "Zhang Wei was charged twice"
    assert finance.get_register_item(name=item.name).log[0].note == ""
    told = desk.rows(
        "select payload from ledger.event union all select content from ledger.register_item"
    )
    assert not [row for row in told if "Zhang" in row[0]]
    step(desk, item, state="upheld", facts={"answered_on": "2024-01-15"})


def test_a_dry_run_of_a_step_says_what_would_be_and_writes_nothing(desk: Desk) -> None:
    finding, before = entered(desk, "finding", party=desk.party()), desk.written()
    facts = {"corrective_action": "a second signature"}
    asked = {"state": "in_correction", "facts": facts, "note": "agreed", "validate_only": True}
    told = step(desk, finding, **asked)
    assert (told.state, told.step) == ("in_correction", 2)
    assert desk.written() == before
    assert desk.client.compliance.get_register_item(name=finding.name).step == 1


def test_alerts_and_cases_are_no_items_of_the_open_registers(desk: Desk) -> None:
    case = desk.client.compliance.open_case(title="A tip", owner="users/cho", reason="a tip")
    with pytest.raises(InvalidArgument, match="name"):
        desk.client.compliance.get_register_item(name=case.name)
    with pytest.raises(InvalidArgument, match="there is no item"):
        entered(desk, "finding", links=[case.name])
    fake = case.name.replace("/cases/", "/findings/")
    with pytest.raises(NotFound):
        desk.client.compliance.get_register_item(name=fake)
    assert list(desk.client.compliance.list_register_items.iterate()) == []


def test_the_sample_of_an_audit_can_be_drawn_again_from_an_export(desk: Desk) -> None:
    loan = desk.lent(desk.publish(), "1200")
    for _ in range(6):
        desk.client.loans.repay_loan(name=loan, amount=cny("1"))
    facts = {**FACTS["audit"], "event_kind": "repayment_recorded"}
    audit = entered(desk, "audit", facts=facts)
    asked = {"name": audit.name, "reason": "fieldwork", "request_id": new_request_id()}
    drawn = desk.client.compliance.draw_audit_sample(**asked)
    desk.client.loans.repay_loan(name=loan, amount=cny("1"))
    assert desk.client.compliance.draw_audit_sample(**asked) == drawn
    lines = b"".join(part.chunk for part in desk.client.audit.export_history()).splitlines()
    told = [orjson.loads(line) for line in lines]
    events = [one for one in told if "kind" in one][: int(drawn.facts["sealed_size"])]
    mine = [one for one in events if one["kind"] == "repayment_recorded"]
    order = sorted(mine, key=lambda one: draw_key("2024-1", f"{one['stripe']}-{one['number']}"))
    names = [f"{one['stripe'] % 1000:03d}-{one['number']}" for one in order[:3]]
    assert [name.rpartition("/")[2] for name in drawn.causes] == names
    assert drawn.facts["sample_hash"] == hashlib.sha256("\n".join(names).encode()).hexdigest()
    with pytest.raises(FailedPrecondition, match="was drawn before"):
        desk.client.compliance.draw_audit_sample(name=audit.name, reason="a nicer one")


def test_an_operational_loss_is_booked_and_what_comes_back_lessens_it(desk: Desk) -> None:
    event = entered(desk, "risk_event")

    def book(kind: str, amount: str, **more: Any) -> pb.RegisterItem:
        return desk.client.compliance.book_risk_amount(
            name=event.name, kind=kind, amount=cny(amount), reason="booked", **more
        )

    book("provision", "300")
    assert desk.balances() == {"6713": 30000, "2245": -30000}
    book("provision_used", "250")
    book("loss", "100", funds_account="2011")
    with pytest.raises(FailedPrecondition, match=r"CNY 350\.00 at most"):
        book("recovery", "350.01")
    with pytest.raises(FailedPrecondition, match=r"provision used in all may be CNY 300\.00"):
        book("provision_used", "50.01")
    done = book("recovery", "350")
    assert {one.name: one.amount for one in done.amounts} == {
        "loss": cny("100"),
        "provision": cny("300"),
        "provision_used": cny("250"),
        "recovery": cny("350"),
    }
    assert desk.balances() == {
        "1001": 10000,
        "2011": -10000,
        "2245": -5000,
        "6302": -35000,
        "6713": 40000,
    }
    assert desk.tied()
    with pytest.raises(InvalidArgument, match="funds_account"):
        book("loss", "1", funds_account="1303P")
    readings = desk.client.compliance.get_risk_indicators().months[0].indicators
    figures = {one.indicator: one.value for one in readings}
    assert figures["net_operational_loss"] == 5000
    assert figures["operational_risk_events"] == 1


def test_a_large_operational_loss_waits_for_a_second_person(desk: Desk) -> None:
    ruled(desk, ap.ApprovalRule(method="BookRiskAmount", above=[cny("100")]))
    event, finance = entered(desk, "risk_event"), desk.role("finance")
    book = finance.compliance.book_risk_amount
    book(name=event.name, kind="loss", amount=cny("100"), reason="small")
    large = {"name": event.name, "kind": "loss", "amount": cny("100.01"), "reason": "large"}
    name = waits(book, **large, request_id=new_request_id())
    assert desk.balances()["6713"] == 10000
    desk.role("compliance").approvals.approve_pending_command(name=name, reason="seen")
    assert desk.balances()["6713"] == 20001


def test_an_indicator_is_green_amber_or_red_by_the_policy_month_by_month(desk: Desk) -> None:
    levels = pb.IndicatorThreshold(indicator="complaints_received", amber=1, red=2)
    overdue = pb.IndicatorThreshold(indicator="findings_overdue", amber=1, red=2)
    policy = pb.MonitoringPolicy(
        title="Levels", effective_from=date_of("2024-01-16"), thresholds=[levels, overdue]
    )
    desk.client.compliance.publish_monitoring_policy(policy=policy)
    late = entered(desk, "finding", due_date=date_of("2024-01-20"))
    desk.go_to("2024-01-16")
    entered(desk, "complaint")
    desk.go_to("2024-02-02")
    entered(desk, "complaint")
    entered(desk, "complaint")
    step(desk, late, state="accepted", note="no")
    told = desk.client.compliance.get_risk_indicators(
        first_month=date_of("2023-12-31"), last_month=date_of("2024-02-01")
    )
    found = [
        {one.indicator: (one.value, one.level) for one in month.indicators} for month in told.months
    ]
    complaints = [month["complaints_received"] for month in found]
    assert complaints == [(0, "green"), (1, "amber"), (2, "red")]
    assert [month["findings_overdue"][0] for month in found] == [0, 1, 0]
    assert found[0]["alerts_raised"] == (0, "")
    seen = desk.role("finance").compliance.get_risk_indicators().months[0].indicators
    assert "complaints_received" in {one.indicator for one in seen}
    assert not {"alerts_raised", "cases_reported"} & {one.indicator for one in seen}
    with pytest.raises(InvalidArgument, match="36 months"):
        desk.client.compliance.get_risk_indicators(first_month=date_of("2020-01-01"))
