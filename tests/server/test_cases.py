"""Cases: from an alert to a report to the authority, and who may know."""

from __future__ import annotations

import psycopg
import pytest

from loanledger import (
    AlreadyExists,
    FailedPrecondition,
    InvalidArgument,
    NotFound,
    date_of,
    new_request_id,
)
from loanledger.v1 import approval_service_pb2 as ap
from loanledger.v1 import compliance_service_pb2 as pb
from tests.server.bad import cny
from tests.server.desk import Desk
from tests.server.monitored import EARLY, alerts, paid_off, watching
from tests.server.ruled import publish, refused, rulebook
from tests.server.ruled import rule as rules_of
from tests.server.test_approvals import ruled, waits


def test_a_suspicious_payoff_becomes_a_case_that_is_reported_to_the_authority(desk: Desk) -> None:
    compliance = watching(desk, EARLY)
    alert = paid_off(desk, compliance)
    assert (alert.state, alert.facts["scenario"]) == ("new", "early_payoff")
    assert [one.amount for one in alert.amounts] == [cny("2400.20")]
    kinds = [desk.client.audit.get_event(name=name).kind for name in alert.causes]
    assert kinds == ["disbursement_recorded", "payoff_recorded"]
    case = compliance.compliance.open_case(
        title="Payoff in cash the day after",
        owner="users/cho",
        due_date=date_of("2024-02-01"),
        alerts=[alert.name],
        note="Zhang Wei's cousin brought the cash",
        reason="from an alert",
    )
    assert (case.state, case.party, [*case.links]) == ("open", alert.party, [alert.name])
    assert [one.state for one in alerts(desk)] == ["in_case"]
    compliance.compliance.update_case(
        name=case.name,
        state="investigating",
        note="no source of funds was shown",
        workpapers=[pb.Workpaper(title="interview", sha256="ab" * 32)],
        reason="interview",
    )
    facts = {"authority": "FIU", "report_reference": "R-1", "reported_on": "2024-01-18"}
    done = compliance.compliance.close_case(
        name=case.name, outcome="reported", facts=facts, reason="suspicion stands"
    )
    assert (done.state, done.step) == ("reported", 3)
    told = compliance.compliance.get_suspicion_report(name=case.name)
    assert told.borrower_name == "Zhang Wei"
    assert [one.kind for one in told.transactions] == kinds
    assert [one.amount for one in told.transactions] == [cny("1200"), cny("1200.20")]
    hashes = [desk.client.audit.get_event(name=name).leaf_hash.hex() for name in alert.causes]
    assert [one.leaf_hash for one in told.transactions] == hashes
    assert "Zhang Wei's cousin" in told.text
    assert "payoff_recorded CNY 1200.20" in told.text
    assert [step.note for step in told.case.log][:2] == [
        "Zhang Wei's cousin brought the cash",
        "no source of funds was shown",
    ]
    for row in desk.rows("select payload || reason from ledger.event"):
        assert "cousin" not in row[0]
    with pytest.raises(FailedPrecondition, match="was ended as reported"):
        compliance.compliance.update_case(name=case.name, reason="more")
    assert desk.tied()


def test_nobody_but_compliance_and_auditors_learns_of_an_alert(desk: Desk) -> None:
    compliance = watching(desk, EARLY)
    alert = paid_off(desk, compliance)
    desk.client.audit.create_checkpoint()
    for role in ("channel", "credit_officer", "finance", "operator"):
        other = desk.role(role)
        with pytest.raises(NotFound):
            other.audit.get_inclusion_proof(name=alert.event)
        if role != "channel":
            with pytest.raises(NotFound):
                other.audit.get_event(name=alert.event)
    assert compliance.audit.get_event(name=alert.event).kind == "register_item_opened"
    auditor = desk.role("auditor")
    assert auditor.compliance.get_alert(name=alert.name).party == alert.party
    case = compliance.compliance.open_case(
        title="Payoff", owner="users/cho", alerts=[alert.name], note="cash", reason="alert"
    )
    told = auditor.compliance.get_suspicion_report(name=case.name)
    assert (told.borrower_name, told.case.log[0].note) == ("", "")
    assert len(told.transactions) == 2


def test_closing_a_case_waits_for_a_second_person_whom_only_compliance_sees(desk: Desk) -> None:
    ruled(desk, ap.ApprovalRule(method="CloseCase", roles=["compliance"]))
    compliance = desk.role("compliance")
    case = compliance.compliance.open_case(title="Tip", owner="users/cho", reason="a tip")
    name = waits(
        compliance.compliance.close_case, name=case.name, outcome="no_suspicion", reason="nothing"
    )
    finance, second = desk.role("finance"), desk.role("auditor", "compliance")
    with pytest.raises(NotFound):
        finance.approvals.get_pending_command(name=name)
    with pytest.raises(NotFound):
        finance.approvals.reject_pending_command(name=name, reason="no")
    assert list(finance.approvals.list_pending_commands.iterate()) == []
    (event,) = desk.client.audit.list_events.iterate(kind="approval_asked_for")
    with pytest.raises(NotFound):
        finance.audit.get_event(name=event.name)
    second.approvals.approve_pending_command(name=name, reason="read it")
    found = compliance.compliance.get_case(name=case.name)
    assert (found.state, len(found.log)) == ("no_suspicion", 2)


def test_an_alert_is_dismissed_with_a_note_and_then_goes_into_no_case(desk: Desk) -> None:
    compliance = watching(desk, EARLY)
    alert = paid_off(desk, compliance)
    with pytest.raises(InvalidArgument, match="note: is required for one that is dismissed"):
        compliance.compliance.dismiss_alert(name=alert.name, reason="fine")
    asked = {
        "name": alert.name,
        "note": "an inheritance",
        "reason": "fine",
        "request_id": new_request_id(),
    }
    done = compliance.compliance.dismiss_alert(**asked)
    assert compliance.compliance.dismiss_alert(**asked) == done
    with pytest.raises(AlreadyExists, match="another note"):
        compliance.compliance.dismiss_alert(**{**asked, "note": "a lottery"})
    bare = {"title": "A tip", "owner": "users/cho", "party": alert.party, "reason": "a tip"}
    bare["request_id"] = new_request_id()
    compliance.compliance.open_case(**bare)
    with pytest.raises(AlreadyExists, match="another note"):
        compliance.compliance.open_case(**bare, note="added later")
    assert [s.note for s in compliance.compliance.get_alert(name=alert.name).log] == [
        "",
        "an inheritance",
    ]
    with pytest.raises(FailedPrecondition, match="was ended as dismissed"):
        compliance.compliance.open_case(
            title="Late", owner="users/cho", alerts=[alert.name], reason="after all"
        )


def test_notes_about_a_borrower_are_gone_with_the_borrower_s_key(desk: Desk) -> None:
    compliance = watching(desk, EARLY)
    alert = paid_off(desk, compliance)
    with pytest.raises(FailedPrecondition, match="compliance still works on"):
        compliance.parties.erase_party(name=alert.party, reason="asked for")
    compliance.compliance.dismiss_alert(name=alert.name, note="Zhang Wei is rich", reason="fine")
    compliance.parties.erase_party(name=alert.party, reason="asked for")
    log = compliance.compliance.get_alert(name=alert.name).log
    assert [step.note for step in log] == ["", ""]
    with pytest.raises(FailedPrecondition, match="erased"):
        compliance.compliance.open_case(
            title="Late", owner="users/cho", party=alert.party, note="more", reason="late"
        )


def test_a_case_takes_alerts_about_one_borrower_only(desk: Desk) -> None:
    compliance = watching(desk, EARLY)
    product = desk.publish()
    for _ in range(2):
        desk.client.loans.pay_off_loan(name=desk.lent(product, "1200"), amount=cny("1200"))
    desk.go_to("2024-01-17")
    first, second = alerts(desk)
    names = [first.name, second.name]
    with pytest.raises(FailedPrecondition, match="about another borrower"):
        compliance.compliance.open_case(
            title="Both", owner="users/cho", alerts=names, reason="together"
        )
    assert {one.state for one in alerts(desk)} == {"new"}


def test_the_database_itself_takes_the_first_step_of_an_alert_once(desk: Desk) -> None:
    paid_off(desk, watching(desk, EARLY))
    with pytest.raises(psycopg.errors.UniqueViolation):
        desk.rows("insert into ledger.register_item select * from ledger.register_item")


def test_the_full_book_check_finds_nothing_wrong_with_alerts_and_cases(desk: Desk) -> None:
    compliance = watching(desk, EARLY)
    alert = paid_off(desk, compliance)
    compliance.compliance.open_case(
        title="Payoff", owner="users/cho", alerts=[alert.name], note="cash", reason="alert"
    )
    found = [d for step in desk.client.ledger.verify_ledger() for d in step.found]
    assert found == []


def test_no_event_and_no_waiting_command_tells_of_a_suspicion_by_what_it_leaves(desk: Desk) -> None:
    compliance = watching(desk, EARLY)
    alert = paid_off(desk, compliance)
    rule = ap.ApprovalRule(method="EraseParty", roles=["compliance", "finance"])
    ruled(desk, rule, day="2024-01-18")
    case = compliance.compliance.open_case(
        title="Odd", owner="users/cho", alerts=[alert.name], reason="from an alert"
    )
    compliance.compliance.get_suspicion_report(name=case.name)
    must = {"broken": {"actor": "x"}, "held": {"actor": "y"}}
    publish(
        desk,
        rulebook(
            rules_of("actor == 'y'", must["held"], must["broken"], methods=["CloseCase"]),
            day="2024-01-18",
        ),
    )
    refused(compliance.compliance.close_case, name=case.name, outcome="no_suspicion", reason="-")
    kinds = ("personal_data_read", "command_refused", "monitoring_policy_published")
    for kind in kinds:
        [event] = desk.client.audit.list_events.iterate(kind=kind)
        assert desk.role("auditor").audit.get_event(name=event.name).kind == kind
        for role in ("credit_officer", "finance", "operator"):
            with pytest.raises(NotFound):
                desk.role(role).audit.get_event(name=event.name)
    other = desk.party("Li Na")
    pending = waits(compliance.parties.erase_party, name=other, reason="asked for it")
    for role in ("channel", "finance", "operator"):
        with pytest.raises(NotFound):
            desk.role(role).approvals.get_pending_command(name=pending)
    assert compliance.approvals.get_pending_command(name=pending).method == "EraseParty"
