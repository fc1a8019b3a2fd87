"""Rulebooks before they hold: their cases, who records facts, and what they say of the past."""

from __future__ import annotations

import pytest

from loanledger import InvalidArgument, PermissionDenied, date_of
from loanledger.v1 import rule_service_pb2 as pb
from tests.server.bad import cny
from tests.server.desk import BOOK, Desk
from tests.server.ruled import asked, example, publish, record, rule, rulebook


def test_facts_are_recorded_as_they_are_declared_by_those_who_may(desk: Desk) -> None:
    publish(desk, example("sanctions", "purpose"))
    party = desk.party()
    officer, compliance = desk.role("credit_officer"), desk.role("compliance")
    with pytest.raises(PermissionDenied) as not_theirs:
        officer.rules.record_facts(name=party, facts={"sanctions": "clear"}, reason="screened")
    assert not_theirs.value.reason == "NOT_ENTITLED"
    compliance.rules.record_facts(name=party, facts={"sanctions": "clear"}, reason="screened")
    with pytest.raises(InvalidArgument) as wrong:
        compliance.rules.record_facts(
            name=party,
            facts={"sanctions": "maybe", "kyc_valid_until": "soon", "purpose": "car", "x": "y"},
            reason="screened",
        )
    told = [text for _, text in wrong.value.violations]
    assert [text.split(":")[0].split(" ")[0] for text in told] == [
        "kyc_valid_until",
        "purpose",
        "sanctions",
        "x",
    ]
    with pytest.raises(InvalidArgument):
        desk.client.loans.open_loan(**asked(party, desk.publish(), facts={"sanctions": "clear"}))


def test_a_rulebook_whose_cases_do_not_come_out_is_refused_with_all_that_is_wrong(
    desk: Desk,
) -> None:
    good, bad = {"annual_rate": "0.1"}, {"annual_rate": "0.3"}
    wrong = [
        rule("annual_rate <= 0.24", bad, good, code="swapped"),
        rule("annual_rate <= 0.24 and", good, bad, code="syntax"),
        rule("annual_rat <= 0.24", good, bad, code="unknown_fact"),
        rule("amount ** 2 < 5", good, bad, code="power"),
        rule("annual_rate < amount / 3", {"annual_rate": "0", "amount": "1"}, bad, code="exact"),
        rule("annual_rate <= 0.24", good, bad, code="method", methods=["GetLoan"]),
        rule("annual_rate <= 0.24", good, bad, code="method"),
        rule("annual_rate <= 0.24", good, bad, code="no_cases", cases=[]),
        rule("index > 1", good, bad, code="table"),
    ]
    with pytest.raises(InvalidArgument) as told:
        publish(desk, rulebook(*wrong))
    fields = [field for field, _ in told.value.violations]
    assert fields == [
        "rulebook.rules[0].cases[0]",
        "rulebook.rules[0].cases[1]",
        "rulebook.rules[1].must",
        "rulebook.rules[2].must",
        "rulebook.rules[3].must",
        "rulebook.rules[4].cases[0]",
        "rulebook.rules[5].methods",
        "rulebook.rules[6].code",
        "rulebook.rules[7].cases",
        "rulebook.rules[7].cases",
        "rulebook.rules[8].must",
    ]
    assert desk.client.rules.get_rulebook(name=f"{BOOK}/rulebooks/current").version == 0


def test_a_rulebook_tried_on_the_past_says_what_it_said_when_it_was_in_force(desk: Desk) -> None:
    index = desk.index("LPR-1Y", d20240101="0.0345")
    note = example("usury_cn", "kyc", "purpose", "large_exposure", "disclosure", "cooling_off")
    for one in note.rules:
        one.effect = pb.RULE_EFFECT_NOTE
    publish(desk, note)
    product = desk.publish()
    record(desk, BOOK, capital="40000")
    one, other = desk.party(), desk.party("Li Na")
    record(desk, one, jurisdiction="CN", kyc_valid_until="2024-01-20", group="zhang")
    for rate, day in (("0.13", "2024-01-16"), ("0.14", "2024-01-19"), ("0.13", "2024-01-24")):
        for party in (one, other):
            more = {"facts": {"purpose": "car"}} if rate == "0.13" else {}
            name = desk.client.loans.open_loan(
                **asked(party, product, rate, amount=cny("3000"), **more)
            ).name
            if party == one:
                record(desk, name, disclosed_irr="0.2")
            desk.client.loans.approve_loan(name=name)
            desk.client.loans.disburse_loan(name=name)
            desk.client.loans.repay_loan(name=name, amount=cny("700"))
        record(desk, one, kyc_valid_until="2024-01-22")
        desk.go_to(day)
    desk.fix(index, "2024-01-22", "0.0300")
    record(desk, other, group="zhang", jurisdiction="CN", kyc_valid_until="2030-01-01")
    live = {
        event.name: event.payload["ruled"]
        for event in desk.client.audit.list_events.iterate()
        if "ruled" in event.payload
    }
    days = {"start_date": date_of("2024-01-01"), "end_date": date_of("2024-12-31")}
    *_, last = tried = list(desk.client.rules.try_rulebook(rulebook=note, limit=1000, **days))
    assert last.done
    assert (last.events, last.unreadable) == (len(live), 0)
    found = {event.event: event for told in tried for event in told.found}
    assert set(found) == {name for name, rules in live.items() if rules["broken"]}
    assert 3 < len(found) < len(live)
    for name, event in found.items():
        rules = live[name]
        assert list(event.broken) == list(rules["broken"]), name
        assert dict(event.facts) == dict(rules["facts"]), name
    few = list(desk.client.rules.try_rulebook(rulebook=note, limit=1, **days))
    assert sum(len(told.found) for told in few) == 1
    assert few[-1].broken == last.broken


def test_of_two_loans_rules_see_the_one_that_goes_on_now_and_when_they_are_tried(
    desk: Desk,
) -> None:
    low = {"annual_rate": "0.05", "amount": "1", "party_exposure": "1"}
    must = "annual_rate <= 0.05 and amount > 0 and party_exposure > 0"
    cap = rule(must, low, low | {"annual_rate": "0.06"}, methods=["RefinanceLoan"])
    cap.effect = pb.RULE_EFFECT_NOTE
    found = rulebook(cap)
    publish(desk, found)
    product = desk.publish()
    old = desk.lent(product, "1200", rate="0.04")
    party = desk.client.loans.get_loan(name=old).party
    for rate in ("0.06", "0.05"):
        wanted = asked(party, product, rate, amount=cny("2000"))
        new = desk.client.loans.open_loan(**wanted).name
        desk.client.loans.approve_loan(name=new)
        desk.client.loans.refinance_loan(name=old, into=new, reason="better terms")
        old = new
    live = {
        event.name: event.payload["ruled"]
        for event in desk.client.audit.list_events.iterate(kind="loan_refinanced")
    }
    assert [list(told["broken"]) for told in live.values()] == [["rule"], []]
    assert [told["facts"]["party_exposure"] for told in live.values()] == ["2000.00", "2000.00"]
    days = {"start_date": date_of("2024-01-01"), "end_date": date_of("2024-12-31")}
    tried = list(desk.client.rules.try_rulebook(rulebook=found, **days))
    [event] = [event for told in tried for event in told.found]
    assert dict(event.facts) == dict(live[event.event]["facts"])
    assert (tried[-1].events, tried[-1].broken) == (2, 1)


def test_every_fact_that_the_ledger_knows_has_a_kind_and_a_title(desk: Desk) -> None:
    known = desk.client.rules.list_known_facts().facts
    assert {"apr", "index", "party_exposure", "contact_hour"} <= {one.name for one in known}
    assert all(one.title and one.kind for one in known)
