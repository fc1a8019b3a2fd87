"""The key that signs checkpoints is changed with an overlap; each side of it can be verified."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.audit.checkpoint import BadSignature, VerifierKey, open_note
from ledger.audit.merkle import verify_consistency
from ledger.audit.verify import verify_export
from loanledger.v1 import audit_service_pb2 as pb
from server.keys import ensure_key
from tests.book import Running, running_server
from tests.server.desk import pair


def _vkey(path: Path) -> str:
    return VerifierKey.of("loanledger", ensure_key(path)).text()


def _taken(server: Running) -> pb.Checkpoint:
    with server.client() as client:
        client.ledger.post_journal(entries=pair("1.00"))
        return client.audit.create_checkpoint()


def test_keys_change_with_an_overlap(database: str, tmp_path: Path) -> None:
    old, new = tmp_path / "old.key", tmp_path / "new.key"
    old_key, new_key = _vkey(old), _vkey(new)
    with running_server(database, tmp_path / "data", signing_key=old) as server:
        first = _taken(server)
    assert first.verifier_key == old_key
    with running_server(
        database, tmp_path / "data", signing_key=new, signing_key_before=old
    ) as server:
        with server.client() as client:
            again = client.audit.create_checkpoint()
        assert (again.size, again.root) == (first.size, first.root)
        for key in (old_key, new_key):
            assert open_note(again.note, key).root == first.root
        both = _taken(server)
    assert both.verifier_key == new_key
    assert open_note(both.note, old_key) == open_note(both.note, new_key)
    with running_server(database, tmp_path / "data", signing_key=new) as server:
        last = _taken(server)
        with pytest.raises(BadSignature):
            open_note(last.note, old_key)
        with server.client() as client:
            proof = client.audit.get_consistency_proof(old_size=first.size, new_size=last.size)
            export = b"".join(part.chunk for part in client.audit.export_history())
    assert verify_consistency(first.size, first.root, last.size, last.root, list(proof.path))
    report = verify_export(export.splitlines(keepends=True), both.note, new_key)
    assert report.findings == ()
