"""Personal data: masked, read in clear for a reason that is recorded, and handed out as a whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from google.protobuf import timestamp_pb2
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from ledger.lending.personal import masked
from ledger.store.subjects import LEFT_OUT, TABLES
from loanledger import FailedPrecondition, NotFound, PermissionDenied, date_of, money
from loanledger.cli import app
from tests.book import ROLES
from tests.server.desk import Desk
from tests.server.ruled import example, publish, record, refused
from tests.server.secured import secured
from tests.server.test_approvals import WRITE_OFF, ruled, waits

NAME = "欧阳·䶮 Müller"


def reads(desk: Desk) -> list[Any]:
    return list(desk.client.audit.list_events.iterate(kind="personal_data_read"))


def verified(desk: Desk) -> bool:
    last = list(desk.client.ledger.verify_ledger())[-1]
    return last.finished and not last.differences


@given(st.text(min_size=1, max_size=40))
def test_a_mask_tells_no_more_than_first_letters(name: str) -> None:
    shown = masked(name)
    assert masked(name.upper()) == masked(name).upper() or not name.isascii()
    assert shown.split() == [f"{word[0]}***" for word in name.split()]


@pytest.mark.parametrize("role", ROLES)
def test_without_a_reason_nobody_sees_a_name_and_nothing_is_recorded(desk: Desk, role: str) -> None:
    party, before = desk.party(NAME), len(reads(desk))
    seen = desk.role(role).parties.get_party(name=party)
    assert (seen.display_name, seen.masked) == ("欧*** M***", True)
    (listed,) = desk.role(role).parties.list_parties().parties
    assert listed == seen
    assert len(reads(desk)) == before


@pytest.mark.parametrize("role", ROLES)
def test_with_a_reason_those_who_serve_customers_see_it_and_it_is_recorded(
    desk: Desk, role: str
) -> None:
    party = desk.party(NAME)
    parties = desk.role(role).parties
    if role not in ("channel", "credit_officer"):
        with pytest.raises(PermissionDenied, match="without a reason it is masked") as told:
            parties.get_party(name=party, reason="curious")
        assert told.value.reason == "NOT_ENTITLED"
        assert reads(desk) == []
        return
    seen = parties.get_party(name=party, reason="calls us")
    assert (seen.display_name, seen.masked) == (NAME, False)
    (event,) = reads(desk)
    assert party.endswith(event.subject)
    assert (event.actor, event.reason) == (f"dev:{role}", "calls us")
    assert [*event.payload["fields"]] == ["display_name"]
    parties.get_party(name=party, reason="calls us")
    assert len(reads(desk)) == 2
    assert NAME not in str(desk.rows("select * from ledger.answer"))
    assert verified(desk)


def test_a_description_of_collateral_is_masked_as_a_name_is(desk: Desk) -> None:
    desk, name, _ = secured(desk)
    collateral = desk.client.collateral
    assert collateral.get_collateral(name=name).description == "B*** v*** p*** 沪*** 1***"
    (listed,) = collateral.list_collaterals().collaterals
    assert listed.masked
    with pytest.raises(PermissionDenied):
        desk.role("finance").collateral.get_collateral(name=name, reason="curious")
    seen = desk.role("credit_officer").collateral.get_collateral(name=name, reason="towed")
    assert seen.description == "Blue van, plate 沪A 12345"
    (event,) = reads(desk)
    assert name.endswith(event.subject)
    assert verified(desk)


def test_nothing_is_read_of_who_was_erased_or_is_not_there(desk: Desk) -> None:
    party = desk.party(NAME)
    desk.client.parties.erase_party(name=party, reason="asked for it")
    seen = desk.client.parties.get_party(name=party, reason="calls us")
    assert (seen.display_name, seen.erased, seen.masked) == ("", True, False)
    with pytest.raises(NotFound):
        desk.client.parties.get_party(name=f"{party[:-3]}000", reason="calls us")
    assert reads(desk) == []


def exported(desk: Desk, party: str, **more: Any) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    ask = {"name": party, "reason": "asked for it", **more}
    for each in desk.role("compliance").parties.export_party(**ask):
        found.setdefault(each.table, []).append(json.loads(each.row))
    return found


def test_a_person_gets_all_that_the_books_hold_of_them_and_of_nobody_else(desk: Desk) -> None:
    desk, _, loan = secured(desk)
    other = desk.lent("books/main/products/plain", "777")
    party = desk.client.loans.get_loan(name=loan).party
    desk.client.parties.get_party(name=party, reason="calls us")
    desk.client.loans.set_standing_instruction(name=loan, funds_account="1001")
    desk.client.risk.pause_delinquency(
        loan=loan, cause="PAUSE_CAUSE_DISPUTE", until=date_of("2024-01-20"), reason="dispute"
    )
    desk.go_to("2024-02-17")
    desk.client.loans.repay_loan(name=loan, amount=money("10", "CNY"))
    new = desk.party("Li Na")
    desk.client.loans.assume_loan(name=loan, party=new, reason="sold the shop")
    found = exported(desk, party)
    assert found["party"][0]["display_name"] == "Zhang Wei"
    assert found["collateral"][0]["description"] == "Blue van, plate 沪A 12345"
    kinds = [row["kind"] for row in found["event"]]
    assert {"party_created", "loan_opened", "repayment_recorded", "loan_assumed"} <= set(kinds)
    assert {"personal_data_read", "personal_data_exported", "collateral_pledged"} <= set(kinds)
    created = next(row for row in found["event"] if row["kind"] == "party_created")
    assert created["payload"]["display_name"] == "Zhang Wei"
    assert {"loan", "entry", "accrual", "standing", "lien", "delinquency_pause"} <= found.keys()
    text = json.dumps(found)
    assert "Li Na" not in text
    for name in (other, desk.client.loans.get_loan(name=other).party):
        assert name.rpartition("/")[2] not in text
    assert desk.client.loans.get_loan(name=loan).party == new
    assert {"party", "loan", "event"} <= exported(desk, new).keys()
    assert verified(desk)


def test_an_export_tells_what_rules_and_registers_know_but_never_of_a_suspicion(
    desk: Desk,
) -> None:
    loan = desk.lent(desk.publish(), "1200")
    publish(desk, example("contact_hours", "sanctions"))
    party = desk.client.loans.get_loan(name=loan).party
    record(desk, party, sanctions="clear")
    night = timestamp_pb2.Timestamp(seconds=86_400)
    refused(
        desk.client.rules.record_contact,
        loan=loan,
        channel="call",
        purpose="collection",
        contact_time=night,
    )
    desk.client.rules.record_contact(loan=loan, channel="letter", purpose="rate_notice")
    compliance = desk.role("compliance").compliance
    said = "The customer says that nobody answers."
    complaint = {"kind": "complaint", "title": "Slow", "owner": "users/ann", "party": party}
    facts = {"channel": "letter", "received_on": "2024-01-15", "subject": "conduct"}
    compliance.open_register_item(
        item=complaint | {"facts": facts, "due_date": date_of("2024-02-15")},
        note=said,
        reason="letter",
    )
    case = compliance.open_case(
        party=party, title="Odd", owner="users/cho", note="They may know.", reason="a hint"
    )
    compliance.get_suspicion_report(name=case.name)
    found = exported(desk, party)
    assert [row["name"] for row in found["fact"]] == ["sanctions"]
    assert [row["purpose"] for row in found["contact"]] == ["rate_notice"]
    assert len(found["refusal"]) == 1
    assert [row["content"]["note"] for row in found["register_item"]] == [said]
    text = json.dumps(found)
    assert case.name.rpartition("/")[2] not in text
    assert "suspicion" not in text.lower()
    assert "They may know" not in text
    assert "personal_data_read" not in {row["kind"] for row in found["event"]}


def test_a_command_about_a_person_that_waits_is_told(desk: Desk) -> None:
    loan = desk.lent(desk.publish(), "1200")
    ruled(desk, WRITE_OFF)
    waits(lambda: desk.client.loans.write_off_loan(name=loan, reason="lost"))
    (told,) = exported(desk, desk.client.loans.get_loan(name=loan).party)["pending_command"]
    assert (told["state"], told["content"]["method"]) == ("waiting", "WriteOffLoan")


def test_an_export_knows_every_table_that_tells_of_a_party_or_a_loan(desk: Desk) -> None:
    telling = desk.rows(
        "select distinct c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid"
        " where c.relnamespace = 'ledger'::regnamespace and c.relkind in ('r', 'p')"
        " and not c.relispartition and a.attname in ('party', 'loan') and not a.attisdropped"
    )
    assert {name for (name,) in telling} <= TABLES.keys() | LEFT_OUT


def test_an_export_is_one_event_for_compliance_only_and_of_an_erased_person_has_no_name(
    desk: Desk,
) -> None:
    party = desk.party(NAME)
    first = exported(desk, party, request_id="e-1")
    assert exported(desk, party, request_id="e-1") == first
    assert len(list(desk.client.audit.list_events.iterate(kind="personal_data_exported"))) == 1
    with pytest.raises(PermissionDenied):
        list(desk.role("credit_officer").parties.export_party(name=party, reason="curious"))
    with pytest.raises(NotFound):
        exported(desk, f"{party[:-3]}000")
    desk.client.parties.erase_party(name=party, reason="asked for it")
    assert exported(desk, party)["party"][0]["display_name"] == ""
    with pytest.raises(FailedPrecondition, match="erased before"):
        desk.client.parties.erase_party(name=party, reason="again")


def test_the_command_writes_the_export_to_a_file(desk: Desk, tmp_path: Path) -> None:
    party, file = desk.party(NAME), tmp_path / "person.json"
    parts = {"TARGET": desk.server.target, "TOKEN": desk.server.token("compliance")}
    settings = {f"LOANLEDGER_{name}": value for name, value in parts.items()}
    asked = ["parties", "export", party, "-o", str(file), "--reason", "asked for it"]
    done = CliRunner().invoke(app, asked, env=settings)
    assert "rows" in done.output, done.output
    found = json.loads(file.read_text(encoding="utf-8"))
    assert found["tables"]["party"][0]["display_name"] == NAME
