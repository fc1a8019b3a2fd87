"""PartyService: a name is read by who serves its bearer, and stands nowhere in clear."""

from __future__ import annotations

from hashlib import sha256

import pytest

from ledger.audit.verify import verify_export
from loanledger import AlreadyExists, FailedPrecondition, NotFound, PermissionDenied
from loanledger.v1 import party_service_pb2 as pa
from tests.server.desk import BOOK, Desk

NAME = "欧阳·䶮 Müller 🙂"


def exported(desk: Desk) -> bytes:
    return b"".join(part.chunk for part in desk.client.audit.export_history())


def create(desk: Desk, name: str = NAME, reference: str = "") -> pa.Party:
    party = pa.Party(kind="PARTY_KIND_PERSON", display_name=name, reference=reference)
    return desk.client.parties.create_party(party=party)


def test_a_party_is_read_as_it_was_created(desk: Desk) -> None:
    made = create(desk, reference="CIF-7")
    assert (made.display_name, made.reference, made.kind) == (NAME, "CIF-7", 1)
    assert desk.client.parties.get_party(name=made.name, reason="calls us") == made
    with pytest.raises(NotFound):
        desk.client.parties.get_party(name=f"{BOOK}/parties/000-000000000000")


def test_parties_are_found_by_reference_and_page_by_page(desk: Desk) -> None:
    for n in range(7):
        create(desk, f"Person {n}", f"R-{n % 2}")
    found = list(desk.client.parties.list_parties.iterate(page_size=2))
    assert {party.display_name for party in found} == {f"P*** {n}***" for n in range(7)}
    odd = list(desk.client.parties.list_parties.iterate(page_size=2, reference="R-1"))
    assert {party.display_name for party in odd} == {"P*** 1***", "P*** 3***", "P*** 5***"}


def test_a_name_is_normalised_so_that_it_is_found_as_it_is_read(desk: Desk) -> None:
    assert create(desk, "Mu\u0308ller").display_name == "Müller"


def test_the_same_request_again_creates_nobody(desk: Desk) -> None:
    party = pa.Party(kind="PARTY_KIND_ORGANISATION", display_name="ACME")
    first, again = (
        desk.client.parties.create_party(party=party, request_id="acme") for _ in range(2)
    )
    assert first == again
    assert len(desk.client.parties.list_parties().parties) == 1


def test_the_name_stands_in_no_row_of_the_database_in_clear(desk: Desk) -> None:
    create(desk, "Unmistakable")
    tables = desk.rows("select tablename from pg_tables where schemaname = 'ledger'")
    assert len(tables) > 10
    holding = [
        table
        for (table,) in tables
        if desk.rows(
            f"select from ledger.{table} t where t::text like '%%Unmistakable%%'"
            f" or t::text like '%%' || encode('Unmistakable', 'hex') || '%%' limit 1"
        )
    ]
    assert holding == []
    assert b"Unmistakable" not in exported(desk)


def test_an_erased_key_erases_the_name_and_breaks_no_proof(desk: Desk) -> None:
    made = create(desk)
    before = exported(desk)
    checkpoint = desk.client.audit.create_checkpoint()
    desk.rows("delete from ledger.party_key")
    assert desk.client.parties.get_party(name=made.name).display_name == ""
    assert desk.client.parties.list_parties().parties[0].display_name == ""
    assert exported(desk) == before
    report = verify_export(
        before.splitlines(keepends=True), checkpoint.note, checkpoint.verifier_key
    )
    assert (report.ok, report.findings) == (True, ())


def test_a_person_is_erased_once_nothing_is_owed_and_the_history_stays_verified(
    desk: Desk,
) -> None:
    loan = desk.lent(desk.publish(), "1200")
    name = desk.client.loans.get_loan(name=loan).party
    ask = {"name": name, "reason": "asked for it", "request_id": "erase-1"}
    with pytest.raises(FailedPrecondition, match="not repaid, closed or sold: loans/"):
        desk.client.parties.erase_party(**ask)
    with pytest.raises(PermissionDenied):
        desk.role("credit_officer").parties.erase_party(**ask)
    total = desk.client.loans.quote_payoff(name=loan).total
    desk.client.loans.pay_off_loan(name=loan, amount=total)
    before = exported(desk)
    gone = desk.client.parties.erase_party(**ask)
    assert (gone.display_name, gone.erased) == ("", True)
    assert desk.client.parties.erase_party(**ask) == gone
    assert desk.client.parties.get_party(name=name) == gone
    with pytest.raises(FailedPrecondition, match="erased before"):
        desk.client.parties.erase_party(name=name, reason="again")
    after, checkpoint = exported(desk), desk.client.audit.create_checkpoint()
    assert len(after.splitlines()) == len(before.splitlines()) + 1
    report = verify_export(
        after.splitlines(keepends=True), checkpoint.note, checkpoint.verifier_key
    )
    assert (report.ok, report.findings) == (True, ())


def test_a_retry_is_known_by_the_kept_name_and_nothing_else_tells_it(desk: Desk) -> None:
    parties = desk.client.parties
    party = pa.Party(kind="PARTY_KIND_PERSON", display_name="Wang Fang")
    made = parties.create_party(party=party, request_id="r-1")
    assert parties.create_party(party=party, request_id="r-1") == made
    other = pa.Party(kind="PARTY_KIND_PERSON", display_name="Wang Fan")
    with pytest.raises(AlreadyExists, match="for another name") as told:
        parties.create_party(party=other, request_id="r-1")
    assert told.value.reason == "REQUEST_ID_REUSED"
    ((digest,),) = desk.rows("select digest from ledger.answer where request_id = 'r-1'")
    for guess in (party, pa.Party(kind="PARTY_KIND_PERSON")):
        request = pa.CreatePartyRequest(parent="books/main", party=guess, request_id="r-1")
        same = sha256(request.SerializeToString(deterministic=True)).digest() == digest
        assert same == (guess.display_name == "")
    parties.erase_party(name=made.name, reason="asked for it")
    late = parties.create_party(party=party, request_id="r-1")
    assert (late.name, late.display_name, late.erased) == (made.name, "", True)
