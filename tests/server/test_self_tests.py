"""Controls that test themselves, and what is kept as evidence of them."""

from __future__ import annotations

from itertools import count

import pytest

from loanledger import new_request_id
from tests.server.desk import BOOK, Desk, serving
from tests.server.test_verification import verified


def test_a_self_test_that_passes_is_kept_with_the_position_that_it_saw(desk: Desk) -> None:
    desk.lent(desk.publish(), "1200")
    asked = {"reason": "monthly", "request_id": new_request_id()}
    found = desk.client.compliance.run_self_test(**asked)
    assert desk.client.compliance.run_self_test(**asked) == found
    assert (found.state, found.facts["differences"]) == ("passed", "0")
    assert found.facts["loans"] == "1 of 1"
    point = desk.client.audit.get_checkpoint(size=int(found.facts["sealed_size"]))
    assert found.facts["root"] == point.root.hex()
    kept = desk.client.compliance.list_register_items.iterate(kind="self_test")
    assert [one.name for one in kept] == [found.name]


def test_a_self_test_that_fails_keeps_what_differs(desk: Desk) -> None:
    desk.lent(desk.publish(), "1200")
    desk.rows("update ledger.balance set debit = debit + 100 where account = '1303P'")
    found = desk.client.compliance.run_self_test(reason="monthly")
    assert found.state == "failed"
    assert int(found.facts["differences"]) > 0
    note = desk.client.compliance.get_register_item(name=found.name).log[0].note
    assert "accounts/1303P" in note


def test_evidence_of_controls_says_who_changed_what_in_order_of_time(desk: Desk) -> None:
    desk.publish()
    for role in ("auditor", "operator"):
        given = {"principal": "users/ann", "role": role}
        desk.client.access.assign_role(assignment=given, reason="hired")
    every = list(desk.client.compliance.list_control_evidence.iterate(page_size=2))
    seen = [(one.category, one.kind) for one in every if one.category != "schema"]
    assert seen == [
        ("configuration", "product_published"),
        ("role", "role_assigned"),
        ("privileged_access", "role_assigned"),
    ]
    assert [one.kind for one in every if one.category == "schema"][-1] >= "0032"
    times = [one.create_time.ToMicroseconds() for one in every]
    assert times == sorted(times)
    only = desk.client.compliance.list_control_evidence.iterate(category="role")
    assert [one.reason for one in only] == ["hired"]


def test_a_self_test_whose_time_is_over_did_not_look_at_everything_and_says_so(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.lent(desk.publish(), "1200")
    ticks = count(0, 40)
    monkeypatch.setattr("server.services.programme.monotonic", lambda: next(ticks))
    found = desk.client.compliance.run_self_test(max_seconds=60, reason="monthly")
    assert (found.state, found.facts["loans"]) == ("unfinished", "0 of 1")
    assert found.facts["stripes"] != "3 of 3"


def test_a_schema_that_moved_on_since_the_book_was_opened_is_in_its_history_once(
    database: str,
) -> None:
    with serving(database) as desk:
        assert not list(desk.client.audit.list_events.iterate(kind="schema_changed"))
        desk.rows("insert into ledger.schema_change (revision, login) values ('9001', 'migrator')")
    for _ in range(2):
        with serving(database) as desk:
            [event] = desk.client.audit.list_events.iterate(kind="schema_changed")
            assert (event.subject, event.actor) == (f"{BOOK}/schema/9001", "system:start")
            assert event.payload["login"] == "migrator"
            listed = desk.client.compliance.list_control_evidence.iterate(category="schema")
            assert [one.subject.rpartition("/")[2] for one in listed].count("9001") == 1
            assert verified(desk)[1] == []
