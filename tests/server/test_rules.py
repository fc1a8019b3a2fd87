"""Rules as data: asked at commands, on facts that the ledger knows and that people record."""

from __future__ import annotations

from typing import Any

from google.protobuf import timestamp_pb2

from loanledger import (
    date_of,
    decimal_,
    money,
    new_request_id,
)
from loanledger.v1 import approval_service_pb2 as ap
from loanledger.v1 import loan_service_pb2 as ln
from loanledger.v1 import rule_service_pb2 as pb
from tests.server.bad import cny
from tests.server.desk import BOOK, Desk
from tests.server.ruled import asked, example, publish, record, refused, rule, rulebook
from tests.server.test_approvals import waits
from tests.server.test_verification import verified


def timestamp(text: str) -> timestamp_pb2.Timestamp:
    """A moment from its text."""
    found = timestamp_pb2.Timestamp()
    found.FromJsonString(text)
    return found


def kinds(desk: Desk) -> list[str]:
    """What the history tells, in the order of stripes."""
    return [event.kind for event in desk.client.audit.list_events.iterate()]


def test_the_example_rulebook_is_published_and_read_back_as_it_was_given(desk: Desk) -> None:
    given = example()
    made = publish(desk, given)
    read = desk.client.rules.get_rulebook(name=f"{BOOK}/rulebooks/current")
    assert read == made
    assert made.version == 1
    made.ClearField("name"), made.ClearField("version"), made.ClearField("create_time")
    for one in (made, given):
        for each in one.rules:
            each.effect = pb.RULE_EFFECT_REFUSE
            each.methods.sort()
        for fact in one.facts:
            fact.roles.sort()
    assert made == given
    assert [one.version for one in desk.client.rules.list_rulebooks.iterate()] == [1]
    assert verified(desk)[1] == []


def test_a_usurious_price_is_stopped_before_contract_in_words_of_two_languages(desk: Desk) -> None:
    desk.index("LPR-1Y", d20240101="0.0345")
    publish(desk, example("usury_cn"))
    party, product = desk.party(), desk.publish()
    record(desk, party, jurisdiction="CN")
    desk.client.loans.open_loan(**asked(party, product, "0.138"))  # 4 x 3.45 %
    before = desk.written()
    usurious = asked(party, product, "0.1381", request_id=new_request_id())
    told = refused(desk.client.loans.open_loan, **usurious)
    assert "four times the one-year LPR of the day of the contract. (usury_cn)" in told.message
    assert told.facts["rules"] == "usury_cn"
    assert told.localized["zh-CN"].startswith(
        "根据 rulebooks/1 拒绝：年利率超过合同成立时一年期LPR"
    )
    # It is kept once, however often it is asked for again.
    refused(desk.client.loans.open_loan, **usurious)
    refused(desk.client.loans.open_loan, **usurious, validate_only=True)
    assert desk.written()[1:] == before[1:]
    assert desk.written()[0] == before[0] + 1
    [kept] = desk.client.rules.list_refusals.iterate()
    assert (kept.method, list(kept.broken)) == ("OpenLoan", ["usury_cn"])
    assert dict(kept.facts) == {
        "highest_rate": "0.1381",
        "index_at_opening.LPR-1Y": "0.0345",
        "jurisdiction": "CN",
    }
    assert kept.command_request_id == usurious["request_id"]
    # The one that was opened tells by which rule, and on which facts.
    [event] = desk.client.audit.list_events.iterate(kind="loan_opened")
    rules = event.payload["ruled"]
    assert (list(rules["held"]), rules["facts"]["highest_rate"]) == (["usury_cn"], "0.138")
    assert verified(desk)[1] == []


def test_a_price_that_rises_later_or_held_in_the_past_is_looked_at_too(desk: Desk) -> None:
    desk.index("LPR-1Y", d20240101="0.0345")
    party, product = desk.party(), desk.publish()
    loan = desk.lent(product, "1200", rate="0.1")
    publish(desk, example("usury_cn"))
    record(desk, party, jurisdiction="CN")
    record(desk, desk.client.loans.get_loan(name=loan).party, jurisdiction="CN")
    steps = [ln.RateStep(instalment=2, annual_rate=decimal_("0.6"))]
    told = refused(desk.client.loans.open_loan, **asked(party, product, "0.1", rate_steps=steps))
    assert told.facts["rules"] == "usury_cn"
    desk.go_to("2024-03-01")
    change = desk.client.loans.change_rate
    change(name=loan, annual_rate=decimal_("0.05"), reason="offer")
    backdated = {"value_date": date_of("2024-02-01"), "annual_rate": decimal_("0.6")}
    refused(change, name=loan, reason="late", **backdated)
    reschedule = desk.client.loans.reschedule_loan
    refused(reschedule, name=loan, annual_rate=decimal_("0.6"), reason="x")
    assert verified(desk)[1] == []


def test_after_the_facts_have_changed_the_same_request_is_done(desk: Desk) -> None:
    publish(desk, example("kyc"))
    party, product = desk.party(), desk.publish()
    wanted = asked(party, product, request_id=new_request_id())
    told = refused(desk.client.loans.open_loan, **wanted)
    assert "not known: kyc_valid_until" in told.message
    record(desk, party, kyc_valid_until="2024-01-14")
    assert "not known" not in refused(desk.client.loans.open_loan, **wanted).message
    record(desk, party, kyc_valid_until="2024-01-20")
    opened = desk.client.loans.open_loan(**wanted)
    assert desk.client.loans.open_loan(**wanted) == opened
    assert kinds(desk).count("command_refused") == 2
    desk.client.loans.approve_loan(name=opened.name)
    desk.go_to("2024-01-21")
    refused(desk.client.loans.disburse_loan, name=opened.name)
    versions = desk.client.rules.list_fact_versions(parent=party).versions
    assert [one.value for one in versions] == ["2024-01-20", "2024-01-14"]
    assert desk.client.rules.get_facts(name=party).facts == {"kyc_valid_until": "2024-01-20"}
    record(desk, party, kyc_valid_until="")
    assert dict(desk.client.rules.get_facts(name=party).facts) == {}
    assert verified(desk)[1] == []


def test_a_rule_that_changes_overnight_stops_what_was_approved_the_evening_before(
    desk: Desk,
) -> None:
    policy = ap.ApprovalPolicy(
        title="Limits",
        effective_from=date_of("2024-01-15"),
        rules=[ap.ApprovalRule(method="DisburseLoan", roles=["finance"])],
    )
    desk.client.approvals.publish_approval_policy(policy=policy, reason="board")
    loan = desk.approved(desk.publish(), "1200", rate="0.1")
    cap = {"since": date_of("2024-01-16"), "methods": ["DisburseLoan"]}
    low, high = {"annual_rate": "0.08"}, {"annual_rate": "0.09"}
    publish(desk, rulebook(rule("annual_rate <= 0.08", low, high, **cap)))
    first = waits(desk.role("credit_officer").loans.disburse_loan, name=loan)
    second = waits(desk.role("credit_officer").loans.disburse_loan, name=loan)
    approve = desk.role("finance").approvals.approve_pending_command
    shown = desk.client.approvals.get_pending_command(name=first)
    assert not shown.preview.refusal
    desk.go_to("2024-01-16")
    shown = desk.client.approvals.get_pending_command(name=first)
    assert "That may not be. (rule)" in shown.preview.refusal
    refused(approve, name=first, reason="seen")
    refused(approve, name=second, reason="seen")
    assert desk.client.loans.get_loan(name=loan).status == ln.LOAN_STATUS_APPROVED
    assert verified(desk)[1] == []


def test_a_rule_that_only_notes_lets_the_command_pass_and_tells_of_it(desk: Desk) -> None:
    note = pb.RULE_EFFECT_NOTE
    low, high = {"amount": "1000"}, {"amount": "1001"}
    publish(desk, rulebook(rule("amount <= 1000", low, high, effect=note)))
    desk.applied(desk.publish(), "1200")
    [event] = desk.client.audit.list_events.iterate(kind="loan_opened")
    assert list(event.payload["ruled"]["broken"]) == ["rule"]
    assert verified(desk)[1] == []


def test_a_command_that_breaks_several_rules_hears_of_all(desk: Desk) -> None:
    publish(desk, example("purpose", "sanctions", "large_exposure"))
    party, product = desk.party(), desk.publish()
    told = refused(desk.client.loans.open_loan, **asked(party, product))
    assert told.facts["rules"] == "purpose, sanctions, large_exposure"
    record(desk, party, sanctions="clear")
    record(desk, BOOK, capital="12000")
    told = refused(
        desk.client.loans.open_loan, **asked(party, product, facts={"purpose": "securities"})
    )
    assert told.facts["rules"] == "purpose"
    loan = desk.client.loans.open_loan(**asked(party, product, facts={"purpose": "car"}))
    assert desk.client.rules.get_facts(name=loan.name).facts == {"purpose": "car"}
    assert verified(desk)[1] == []


def test_exposures_count_what_a_borrower_and_its_group_owe_and_may_still_draw(desk: Desk) -> None:
    publish(desk, example("large_exposure"))
    record(desk, BOOK, capital="100000")
    product = desk.publish()
    ours, sister, other = desk.party(), desk.party("Li Na"), desk.party("Wang Fang")
    opened = desk.client.loans.open_loan
    granted = opened(**asked(ours, product, amount=cny("6000"))).name
    desk.client.loans.approve_loan(name=granted)
    refused(opened, **asked(ours, product, amount=cny("4000.01")))
    # Nobody else is bound by it, and applications are not granted yet.
    opened(**asked(ours, product, amount=cny("4000")))
    second = opened(**asked(ours, product, amount=cny("3000"))).name
    assert opened(**asked(sister, product, amount=cny("9000.01"))).name
    record(desk, ours, group="zhang")
    record(desk, sister, group="zhang")
    refused(opened, **asked(sister, product, amount=cny("9000.01")))
    assert opened(**asked(sister, product, amount=cny("9000"))).name
    assert opened(**asked(other, product, amount=cny("9000.01"))).name
    # Paid out, the loan counts with what is left of it.
    desk.client.loans.disburse_loan(name=granted)
    desk.client.loans.repay_loan(name=granted, amount=cny("2000"))
    record(desk, sister, group="")
    desk.client.loans.approve_loan(name=second)
    assert verified(desk)[1] == []


def test_the_borrower_is_told_the_rate_of_all_costs_before_the_contract(desk: Desk) -> None:
    publish(desk, example("disclosure", "cooling_off"))
    product, party = desk.publish(), desk.party()
    loan = desk.client.loans.open_loan(**asked(party, product, "0.0600")).name
    approve, disburse = desk.client.loans.approve_loan, desk.client.loans.disburse_loan
    assert "not known: disclosed_irr" in refused(approve, name=loan).message
    record(desk, loan, disclosed_irr="0.05")
    refused(approve, name=loan)
    record(desk, loan, disclosed_irr="0.0601")
    approve(name=loan)
    desk.go_to("2024-01-17")
    refused(disburse, name=loan)
    desk.go_to("2024-01-18")
    disburse(name=loan)
    hasty = desk.client.loans.open_loan(
        **asked(party, product, "0.06", facts={"disclosed_irr": "0.0601"})
    ).name
    approve(name=hasty)
    refused(disburse, name=hasty)
    record(desk, hasty, cooling_off_waived="true")
    disburse(name=hasty)
    assert verified(desk)[1] == []


def test_collection_keeps_the_hours_of_the_borrower_s_own_clock_and_a_weekly_number(
    desk: Desk,
) -> None:
    publish(desk, example("contact_hours", "contact_frequency"))
    loan = desk.lent(desk.publish(), "1200")
    contact = desk.client.rules.record_contact

    def call(moment: str, zone: str = "Asia/Shanghai", **more: Any) -> dict[str, Any]:
        plain = {"loan": loan, "channel": "call", "purpose": "collection", "time_zone": zone}
        return plain | {"contact_time": timestamp(moment)} | more

    made = contact(**call("2024-03-04T00:00:00Z"))
    assert made.local_time == "2024-03-04T08:00"
    refused(contact, **call("2024-03-04T00:00:00Z", "Europe/London"))
    refused(contact, **call("2024-03-03T23:59:00Z"))
    refused(contact, **call("2024-03-04T13:00:00Z"))
    contact(**call("2024-03-04T13:00:00Z", purpose="service"))
    contact(**call("2024-03-04T03:00:00Z"))
    for day in range(5, 10):
        contact(**call(f"2024-03-{day:02}T02:00:00Z"))
    told = refused(contact, **call("2024-03-10T02:00:00Z"))
    assert "seven times in seven days" in told.message
    refused(contact, **call("2024-03-10T02:00:00Z", validate_only=True))
    refused(contact, **call("2024-03-02T02:00:00Z"))  # as if it had been before the others
    contact(**call("2024-03-11T02:00:00Z"))
    shown = desk.client.rules.list_contacts(parent=loan).contacts
    assert [one.purpose for one in shown].count("collection") == 8
    assert shown[-1] == made
    assert verified(desk)[1] == []


def test_a_change_of_the_rate_is_announced_before(desk: Desk) -> None:
    publish(desk, example("notice_of_change"))
    loan = desk.lent(desk.publish(), "1200")
    change = {"name": loan, "annual_rate": decimal_("0.05"), "reason": "offer"}
    refused(desk.client.loans.change_rate, **change)
    desk.client.rules.record_contact(
        loan=loan,
        channel="letter",
        purpose="rate_notice",
        contact_time=timestamp("2024-01-15T08:00:00Z"),
    )
    desk.go_to("2024-02-13")
    refused(desk.client.loans.change_rate, **change)
    other = desk.lent("books/main/products/plain", "1200")
    desk.client.rules.record_contact(
        loan=other,
        channel="letter",
        purpose="rate_notice",
        contact_time=timestamp("2024-01-02T08:00:00Z"),
    )
    refused(desk.client.loans.change_rate, **change | {"name": other})
    desk.go_to("2024-02-14")
    desk.client.loans.change_rate(**change)


def test_money_of_another_currency_is_no_exposure_of_this_one(desk: Desk) -> None:
    publish(desk, example("large_exposure"))
    record(desk, BOOK, capital="20000")
    party, yen = desk.party(), desk.publish("yen", "JPY")
    foreign = asked(party, yen, amount=money("2000", "JPY"))
    desk.client.loans.approve_loan(name=desk.client.loans.open_loan(**foreign).name)
    desk.client.loans.open_loan(**asked(party, desk.publish(), amount=cny("2000")))
