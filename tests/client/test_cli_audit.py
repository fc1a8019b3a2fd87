"""Checkpoints, exports and offline verification from the command."""

import json
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import grpc
import pytest

from loanledger.v1 import audit_service_pb2
from tests.audit.sample import build
from tests.audit.test_forged import fork, inclusion
from tests.authority import Authority as Tsa
from tests.client.conftest import Run
from tests.client.fake import Fake, fail, in_turn, status


def test_a_checkpoint_is_written_with_its_key_beside_it(
    fake: Fake, run: Run, tmp_path: Path
) -> None:
    answer = audit_service_pb2.Checkpoint(size=1, note="note\n", verifier_key="name+00+key")
    fake.answers["CreateCheckpoint"] = in_turn(answer)
    file = tmp_path / "checkpoint"
    assert run("audit", "checkpoint", "-o", str(file)).exit_code == 0
    assert file.read_text("utf-8") == "note\n"
    assert (tmp_path / "checkpoint.vkey").read_text("utf-8") == "name+00+key\n"


def test_every_checkpoint_goes_to_a_folder_that_later_checks_take(
    fake: Fake, run: Run, history: tuple[str, ...], tmp_path: Path
) -> None:
    sample, folder = build(), str(tmp_path / "all")
    kept = [audit_service_pb2.Checkpoint(size=n, note=sample.note(n)) for n in (2, 3, 7)]
    answer = audit_service_pb2.ListCheckpointsResponse(checkpoints=kept)
    fake.answers["ListCheckpoints"] = in_turn(answer)
    assert run("audit", "checkpoints", "--out", folder).exit_code == 0
    assert {path.name for path in Path(folder).iterdir()} == {
        *(f"checkpoint-{size}.txt" for size in (2, 3, 7))
    }
    key = ("--key", sample.key)
    report = json.loads(run(*history, *key, "--previous", folder, "--json").stdout)
    assert report["proven"] == [2, 3, 7]
    assert "3 checkpoints" in run("audit", "check", "--checkpoint", folder, *key).stdout
    (tmp_path / "all/checkpoint-3.txt").write_text(fork(sample, 1).note(3), "utf-8")
    assert run(*history, *key, "--previous", folder).exit_code == 1
    (tmp_path / "none").mkdir()
    shown = run(*history, *key, "--previous", str(tmp_path / "none"))
    assert (shown.exit_code, "has no files checkpoint" in shown.stderr) == (2, True)


def test_time_stamps_beside_checkpoints_are_checked(run: Run, tmp_path: Path) -> None:
    sample, tsa = build(), Tsa()
    note, when = sample.note(), datetime(2026, 4, 1, tzinfo=UTC)
    (tmp_path / "root.pem").write_bytes(tsa.pem)
    (tmp_path / "kept.txt").write_text(note, "utf-8")
    asked = ("audit", "check", "--checkpoint", str(tmp_path / "kept.txt"), "--key", sample.key)
    believed = ("--tsa-certificate", str(tmp_path / "root.pem"))
    assert run(*asked).exit_code == 0
    without = run(*asked, *believed)
    assert (without.exit_code, "no checkpoint has a time stamp" in without.stdout) == (1, True)
    (tmp_path / "kept.tsr").write_bytes(tsa.response(sha256(note.encode()).digest(), moment=when))
    shown = run(*asked, *believed)
    assert "time-stamped: kept.txt at 2026-04-01T00:00:00+00:00" in shown.stdout
    (tmp_path / "kept.tsr").write_bytes(tsa.response(bytes(32), moment=when))
    forged = run(*asked, *believed)
    assert (forged.exit_code, "kept.tsr: the time stamp is refused" in forged.stdout) == (1, True)
    (tmp_path / "root.pem").write_text("no certificate", "utf-8")
    assert run(*asked, *believed).exit_code == 2


def test_an_export_that_breaks_off_leaves_no_file(fake: Fake, run: Run, tmp_path: Path) -> None:
    def broken(_: Any, context: grpc.ServicerContext) -> Any:
        yield audit_service_pb2.ExportHistoryResponse(chunk=b"one\n")
        fail(context, status(grpc.StatusCode.UNAVAILABLE, "gone"))

    fake.answers["ExportHistory"] = broken
    file = tmp_path / "history"
    assert run("audit", "export", str(file)).exit_code == 1
    assert not file.exists()
    fake.answers["ExportHistory"] = lambda *_: iter(
        [audit_service_pb2.ExportHistoryResponse(chunk=c) for c in (b"one\n", b"two\n")]
    )
    assert run("audit", "export", str(file)).exit_code == 0
    assert file.read_bytes() == b"one\ntwo\n"


@pytest.fixture
def history(tmp_path: Path) -> tuple[str, ...]:
    """The arguments that verify a small export offline."""
    sample = build()
    (tmp_path / "history").write_bytes(b"".join(sample.export()))
    (tmp_path / "note").write_text(sample.note(), "utf-8")
    (tmp_path / "earlier").write_text(sample.note(3), "utf-8")
    (tmp_path / "key").write_text(sample.key + "\n", "utf-8")
    return ("audit", "verify", str(tmp_path / "history"), "--checkpoint", str(tmp_path / "note"))


def test_an_export_is_verified_without_a_server(
    fake: Fake, run: Run, history: tuple[str, ...], tmp_path: Path
) -> None:
    previous = ("--previous", str(tmp_path / "earlier"))
    shown = run(*history, "--key", str(tmp_path / "key"), *previous, "--json")
    assert shown.exit_code == 0
    report = json.loads(shown.stdout)
    assert (report["ok"], report["events"], report["proven"]) == (True, 7, [3, 7])
    assert run(*history, "--key", build().key).exit_code == 0
    assert fake.asked == []


@pytest.mark.parametrize("processes", ["1", "2", "64"])
def test_any_number_of_processes_verifies(
    run: Run, history: tuple[str, ...], processes: str
) -> None:
    key = ("--key", build().key)
    assert run(*history, *key, "--processes", processes).exit_code == 0
    assert run(*history, *key, "--processes", "0").exit_code == 2


def test_archived_lines_are_verified_with_the_export(
    run: Run, history: tuple[str, ...], tmp_path: Path
) -> None:
    lines, key = build().export(), ("--key", build().key)
    own, others = tmp_path / "own", tmp_path / "others"
    own.write_bytes(lines[6])
    others.write_bytes(lines[6].replace(b"[8,2]", b"[8,9]"))
    assert run(*history, *key, "--archive", str(own)).exit_code == 0
    shown = run(*history, *key, "--archive", str(own), "--archive", str(others))
    assert (shown.exit_code, "8-9" in shown.stdout) == (1, True)


def test_the_key_may_lie_beside_the_checkpoint(
    run: Run, history: tuple[str, ...], tmp_path: Path
) -> None:
    without = run(*history)
    assert (without.exit_code, "give --key" in without.stderr) == (2, True)
    (tmp_path / "note.vkey").write_text(build().key, "utf-8")
    assert run(*history).exit_code == 0


def test_a_changed_event_is_named(run: Run, history: tuple[str, ...], tmp_path: Path) -> None:
    sample = build()
    lines = sample.tampered(sample.export(), 2, reason="another")
    (tmp_path / "history").write_bytes(b"".join(lines))
    shown = run(*history, "--key", sample.key)
    assert shown.exit_code == 1
    assert "7-2" in shown.stdout
    assert "finding" in shown.stderr


def test_a_key_that_is_no_key_is_wrong_usage(run: Run, history: tuple[str, ...]) -> None:
    shown = run(*history, "--key", "no+key")
    assert (shown.exit_code, "verifier key" in shown.stderr) == (2, True)


def test_proofs_and_checkpoints_are_checked_without_a_server(
    fake: Fake, run: Run, tmp_path: Path
) -> None:
    sample = build()
    (tmp_path / "proof").write_text(json.dumps(inclusion(sample, 3, 7)), "utf-8")
    (tmp_path / "kept").write_text(sample.note(3), "utf-8")
    (tmp_path / "shown").write_text(fork(sample, 1).note(3), "utf-8")
    (tmp_path / "key").write_text(sample.key + "\n", "utf-8")
    asked = ("audit", "check", "--key", str(tmp_path / "key"))
    kept, shown = (("--checkpoint", str(tmp_path / name)) for name in ("kept", "shown"))
    good = run(*asked, str(tmp_path / "proof"), *kept, "--json")
    assert (good.exit_code, json.loads(good.stdout)["shown"]) == (0, "event 7-3 is leaf 3 of 7")
    split = run(*asked, *kept, *shown)
    assert (split.exit_code, "split view, evidence" in split.stdout) == (1, True)
    assert run("audit", "check", "--key", sample.key, *kept).exit_code == 0
    (tmp_path / "proof").write_text("[]", "utf-8")
    assert run(*asked, str(tmp_path / "proof")).exit_code == 2
    assert run("audit", "check", "--key", "no+key").exit_code == 2
    assert fake.asked == []
