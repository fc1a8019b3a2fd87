"""AuditService: what was recorded is shown, proven, exported, and a changed copy is refused."""

from __future__ import annotations

import json
from hashlib import sha256

import orjson
import pytest

from ledger.audit.checkpoint import open_note
from ledger.audit.merkle import verify_consistency, verify_inclusion
from ledger.audit.verify import verify_export
from loanledger import FailedPrecondition, NotFound, date_of
from loanledger.cli.output import to_json
from loanledger.v1 import audit_service_pb2 as au
from tests.audit.verifiers import BOTH, Verifier
from tests.book import ROLES
from tests.server.bad import cny
from tests.server.desk import BOOK, Desk, pair


@pytest.fixture
def lived(desk: Desk) -> str:
    """A loan that has a history: paid, reversed, closed days."""
    name = desk.lent(desk.publish(), "1200")
    desk.go_to("2024-02-16")
    loans = desk.client.loans
    paid = loans.repay_loan(name=name, amount=cny("103.28"), value_date=date_of("2024-02-01"))
    loans.reverse_loan_event(event=paid.transaction.event, reason="bounced")
    desk.client.ledger.post_journal(entries=pair("5"), reference="=HYPERLINK(1)")
    return name


def exported(desk: Desk) -> list[bytes]:
    data = b"".join(part.chunk for part in desk.client.audit.export_history())
    return data.splitlines(keepends=True)


def test_an_event_s_leaf_is_the_hash_of_the_bytes_that_it_shows(desk: Desk, lived: str) -> None:
    events = list(desk.client.audit.list_events.iterate(page_size=50))
    assert len(events) == desk.written()[0]
    for event in events:
        assert event.leaf_hash == sha256(b"\x00" + event.canonical).digest()
        canonical = orjson.loads(event.canonical)
        assert (canonical["kind"], canonical["actor"]) == (event.kind, event.actor)
    assert desk.client.audit.get_event(name=events[-1].name) == events[-1]
    with pytest.raises(NotFound):
        desk.client.audit.get_event(name=f"{BOOK}/events/000-100000")


def test_events_are_found_by_kind_subject_actor_and_posting_date(desk: Desk, lived: str) -> None:
    audit = desk.client.audit

    def kinds(**asked: object) -> list[str]:
        return [event.kind for event in audit.list_events.iterate(page_size=2, **asked)]

    assert kinds(subject=lived) == [
        "loan_opened",
        "loan_approved",
        "disbursement_recorded",
        "loan_classified",
        "repayment_recorded",
        "loan_event_reversed",
    ]
    assert kinds(kind="loan_opened") == ["loan_opened"]
    assert len(kinds(actor="system:end-of-day", posting_date_end=date_of("2024-01-16"))) == 6
    assert set(kinds(posting_date_start=date_of("2024-02-16"))) == {
        "repayment_recorded",
        "loan_event_reversed",
        "journal_posted",
        "loans_aged",
        "loan_classified",
    }
    assert kinds(subject=f"{BOOK}/loans/%") == []


def test_every_event_is_proven_to_be_in_the_signed_tree(desk: Desk, lived: str) -> None:
    audit = desk.client.audit
    checkpoint = audit.create_checkpoint()
    note = open_note(checkpoint.note, checkpoint.verifier_key)
    assert (note.origin, note.size, note.root) == (
        "loanledger/main",
        checkpoint.size,
        checkpoint.root,
    )
    streamed = list(audit.stream_events())
    assert len(streamed) == checkpoint.size == desk.written()[0]
    for index, event in enumerate(streamed):
        proof = audit.get_inclusion_proof(name=event.name)
        assert (proof.index, proof.size, proof.root) == (index, checkpoint.size, checkpoint.root)
        leaf = sha256(b"\x00" + event.canonical).digest()
        assert verify_inclusion(leaf, index, proof.size, list(proof.path), checkpoint.root)
        assert not verify_inclusion(leaf, index ^ 1, proof.size, list(proof.path), proof.root)


@pytest.mark.parametrize("role", ROLES)
def test_a_proof_shows_an_event_s_bytes_to_those_only_who_may_read_it(
    desk: Desk, role: str
) -> None:
    loan = desk.lent(desk.publish(), "1200")
    checkpoint = desk.client.audit.create_checkpoint()
    events = list(desk.client.audit.stream_events())
    for event in (events[0], next(one for one in events if loan.endswith(one.subject))):
        proof = desk.role(role).audit.get_inclusion_proof(name=event.name)
        assert proof.canonical == (event.canonical if role != "channel" else b"")
        path = list(proof.path)
        assert verify_inclusion(proof.leaf_hash, proof.index, proof.size, path, checkpoint.root)


def test_a_later_tree_is_proven_to_append_to_every_earlier_one(desk: Desk) -> None:
    audit, found = desk.client.audit, []
    for _ in range(12):
        desk.client.ledger.post_journal(entries=pair("1"))
        found.append(audit.create_checkpoint())
    assert [c.size for c in found] == list(range(found[0].size, found[0].size + 12))
    for old in found:
        for new in found[found.index(old) :]:
            proof = audit.get_consistency_proof(old_size=old.size, new_size=new.size)
            path = list(proof.path)
            assert verify_consistency(old.size, old.root, new.size, new.root, path)
            assert old is new or not verify_consistency(
                old.size, new.root, new.size, new.root, path
            )
        assert audit.get_checkpoint(size=old.size) == old
    assert audit.get_checkpoint() == found[-1]
    assert audit.create_checkpoint() == found[-1]
    event = audit.list_events(kind="journal_posted").events[-1].name
    with pytest.raises(FailedPrecondition):
        audit.get_inclusion_proof(name=event, size=found[0].size)


@pytest.mark.parametrize("verifier", BOTH, ids=lambda verifier: verifier.name)
def test_proofs_as_json_can_be_checked_with_the_key_only(desk: Desk, verifier: Verifier) -> None:
    audit = desk.client.audit
    desk.client.ledger.post_journal(entries=pair("1"))
    old = audit.create_checkpoint()
    desk.client.ledger.post_journal(entries=pair("2"))
    new = audit.create_checkpoint()
    event = audit.list_events(kind="journal_posted").events[0].name
    for proof in (
        audit.get_inclusion_proof(name=event),
        audit.get_inclusion_proof(name=event, size=new.size),
        audit.get_consistency_proof(old_size=old.size, new_size=new.size),
    ):
        shown = json.loads(to_json(proof))
        assert verifier.proof(shown, new.verifier_key, [old.note, new.note]) == []
        assert verifier.proof(shown, new.verifier_key, []) == []
        assert verifier.proof(shown | {"path": []}, new.verifier_key, [])


def test_every_checkpoint_is_listed_in_order_of_size(desk: Desk) -> None:
    audit = desk.client.audit
    assert list(audit.list_checkpoints.iterate()) == []
    made = []
    for _ in range(5):
        desk.client.ledger.post_journal(entries=pair("1"))
        made.append(audit.create_checkpoint())
    assert list(audit.list_checkpoints.iterate(page_size=2)) == made
    assert len(audit.list_checkpoints(page_size=2).checkpoints) == 2
    assert audit.list_checkpoints(page_size=5).next_page_token == ""
    times = [one.create_time.ToMicroseconds() for one in made]
    assert times == sorted(times)
    events = {event.name: event for event in audit.list_events.iterate()}
    assert times[-1] >= max(event.create_time.ToMicroseconds() for event in events.values())


def test_a_stream_goes_on_from_an_index_and_filters(desk: Desk, lived: str) -> None:
    audit = desk.client.audit
    size = audit.create_checkpoint().size
    everything = [event.name for event in audit.stream_events()]
    assert [event.name for event in audit.stream_events(start_index=40)] == everything[40:]
    assert list(audit.stream_events(start_index=size)) == []
    assert len(list(audit.stream_events(subject=lived))) == 6
    assert {e.kind for e in audit.stream_events(kind="day_closed")} == {"day_closed"}


def test_the_export_verifies_offline_and_says_what_it_holds(desk: Desk, lived: str) -> None:
    lines = exported(desk)
    checkpoint = desk.client.audit.get_checkpoint()
    report = verify_export(lines, checkpoint.note, checkpoint.verifier_key)
    assert (report.ok, report.findings) == (True, ())
    assert (report.events, report.entries) == desk.written()[:2]
    assert (report.book, report.root, report.proven) == (
        "main",
        checkpoint.root,
        (checkpoint.size,),
    )
    assert orjson.loads(lines[0])["created_by"] == "dev:channel"


def test_an_export_continues_a_checkpoint_that_was_handed_out_before(desk: Desk) -> None:
    desk.lent(desk.publish(), "1200")
    before = desk.client.audit.create_checkpoint()
    desk.go_to("2024-01-20")
    lines, now = exported(desk), desk.client.audit.get_checkpoint()
    report = verify_export(lines, now.note, now.verifier_key, [before.note])
    assert report.ok
    assert report.proven == (before.size, now.size)


def _tampered(lines: list[bytes], old: bytes, new: bytes) -> tuple[list[bytes], str]:
    """The export with one event changed, and that event's name."""
    index = next(n for n, line in enumerate(lines) if old in line)
    event = orjson.loads(lines[index])
    changed = [*lines[:index], lines[index].replace(old, new), *lines[index + 1 :]]
    return changed, f"{event['stripe']}-{event['number']}"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"bounced"', b'"courtesy"'),
        (b'"disbursement_recorded"', b'"repayment_recorded"'),
        (b"120000", b"120001"),
        (b"=HYPERLINK(1)", b"=HYPERLINK(2)"),
    ],
)
def test_a_changed_event_is_named(desk: Desk, lived: str, old: bytes, new: bytes) -> None:
    lines, checkpoint = exported(desk), desk.client.audit.get_checkpoint()
    changed, name = _tampered(lines, old, new)
    report = verify_export(changed, checkpoint.note, checkpoint.verifier_key)
    assert not report.ok
    assert name in {finding.event for finding in report.findings}


@pytest.mark.parametrize("cut", [1, 5, -1, -2, -3])
def test_an_export_that_lacks_a_line_is_refused(desk: Desk, lived: str, cut: int) -> None:
    lines, checkpoint = exported(desk), desk.client.audit.get_checkpoint()
    del lines[cut]
    assert not verify_export(lines, checkpoint.note, checkpoint.verifier_key).ok


def test_a_row_changed_behind_the_server_s_back_is_found_and_named(desk: Desk, lived: str) -> None:
    before = desk.client.audit.create_checkpoint()
    number = "(select min(number) from ledger.event where kind = 'repayment_recorded')"
    desk.rows("alter table ledger.event disable trigger event_append_only")
    desk.rows(
        f"update ledger.event set reason = 'x' where number = {number}"
        " and kind = 'repayment_recorded'"
    )
    event = desk.client.audit.list_events(kind="repayment_recorded").events[0]
    report = verify_export(exported(desk), before.note, before.verifier_key)
    assert not report.ok
    stripe_and_number = event.name.rsplit("/", 1)[1]
    assert f"1{stripe_and_number}" in {finding.event for finding in report.findings}


def test_the_names_of_an_empty_book_s_history_are_its_opening(desk: Desk) -> None:
    events = desk.client.audit.list_events().events
    assert [event.kind for event in events] == ["book_opened"]
    assert isinstance(events[0], au.Event)
    with pytest.raises(NotFound):
        desk.client.audit.get_checkpoint()
