"""The bundle from the command: made from the server's stream, and checked without a server."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from loanledger.v1 import audit_service_pb2 as pb
from loanledger.v1 import ledger_service_pb2 as lg
from tests.audit.sample import Sample, build
from tests.client.conftest import Run
from tests.client.fake import Fake, in_turn


@pytest.fixture
def served(fake: Fake) -> Fake:
    """A server with the sample's history; its chunks end where they like."""
    data = b"".join(build().export())

    def export(*_: Any) -> Iterator[pb.ExportHistoryResponse]:
        for start in range(0, len(data), 1000):
            yield pb.ExportHistoryResponse(chunk=data[start : start + 1000])

    def checkpoint(request: Any, _: Any) -> pb.Checkpoint:
        size = getattr(request, "size", 0) or 7
        return pb.Checkpoint(size=size, note=build().note(size), verifier_key=build().key)

    account = lg.Account(
        code="1001", title="Cash", title_zh="现金", type=lg.ACCOUNT_TYPE_ASSET, name="n"
    )
    fake.answers["ExportHistory"] = export
    kept = [pb.Checkpoint(size=size, note=build().note(size)) for size in (2, 3, 7, 9)]
    listed = pb.ListCheckpointsResponse(checkpoints=kept)
    fake.answers["CreateCheckpoint"] = fake.answers["GetCheckpoint"] = checkpoint
    fake.answers["ListCheckpoints"] = in_turn(listed)
    fake.answers["ListAccounts"] = in_turn(lg.ListAccountsResponse(accounts=[account]))
    return fake


def test_a_bundle_is_made_and_verified(served: Fake, run: Run, tmp_path: Path) -> None:
    folder = str(tmp_path / "bundle")
    shown = run("audit", "bundle", folder)
    assert shown.exit_code == 0, shown.stderr
    assert "7 events, 12 entries" in shown.stdout
    accounts = (tmp_path / "bundle/csv/accounts.csv").read_text("utf-8").splitlines()
    assert accounts[1:] == ["1001,Cash,现金,asset,,catalogue,", "1311,,,,,none,"]
    asked = len(served.asked)
    checked = run("audit", "verify-bundle", folder)
    assert (checked.exit_code, "nothing altered" in checked.stdout) == (0, True)
    assert "the key is the bundle's own" in checked.stderr
    key = ("--key", build().key)
    report = json.loads(run("audit", "verify-bundle", folder, *key, "--json").stdout)
    assert (report["ok"], report["proven"], len(served.asked)) == (True, [7], asked)


def test_an_earlier_position_gives_what_was_made_then(
    served: Fake, run: Run, tmp_path: Path
) -> None:
    first = Sample(build().events[:3]).export(checkpoint=build().note(3))
    assert run("audit", "bundle", str(tmp_path / "now"), "--as-of", "3").exit_code == 0
    assert (tmp_path / "now/history.jsonl").read_bytes() == b"".join(first)
    options = ("--format", "csv", "--as-of", "9")
    shown = run("audit", "bundle", str(tmp_path / "later"), *options)
    assert (shown.exit_code, "has 7 events, not 9" in shown.stderr) == (1, True)
    assert not (tmp_path / "later").exists()


def test_a_changed_cell_is_named(served: Fake, run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "bundle"
    assert run("audit", "bundle", str(folder), "--format", "csv").exit_code == 0
    path = folder / "csv/events.csv"
    path.write_text(path.read_text("utf-8").replace("客户要求", "客户没有"), "utf-8")
    shown = run("audit", "verify-bundle", str(folder), "--key", build().key)
    assert shown.exit_code == 1
    assert "reason is '客户没有', the history says '客户要求'" in " ".join(shown.stdout.split())


def test_what_is_no_key_or_no_bundle_is_wrong_usage(run: Run, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("{}", "utf-8")
    assert run("audit", "verify-bundle", str(tmp_path), "--key", build().key).exit_code == 2


def test_parquet_without_its_package_says_what_to_do(
    served: Fake, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("loanledger.bundle.parquet.available", lambda: False)
    shown = run("audit", "bundle", str(tmp_path / "bundle"))
    assert (shown.exit_code, "loanledger[bundle]" in shown.stderr) == (2, True)
    assert run("audit", "bundle", str(tmp_path / "b"), "--format", "csv").exit_code == 0


def test_kept_checkpoints_and_archives_are_checked_too(
    served: Fake, run: Run, tmp_path: Path
) -> None:
    folder, sample = str(tmp_path / "bundle"), build()
    assert run("audit", "bundle", folder, "--format", "csv").exit_code == 0
    (tmp_path / "old").write_text(sample.note(3), "utf-8")
    (tmp_path / "new").write_text(sample.note(), "utf-8")
    (tmp_path / "archive").write_bytes(sample.export()[6].replace(b"[8,2]", b"[8,9]"))
    kept = ("--checkpoint", str(tmp_path / "new"), "--previous", str(tmp_path / "old"))
    asked = ("audit", "verify-bundle", folder, "--key", sample.key, *kept)
    assert json.loads(run(*asked, "--json").stdout)["proven"] == [3, 7]
    shown = run(*asked, "--archive", str(tmp_path / "archive"))
    assert (shown.exit_code, "8-9" in shown.stdout) == (1, True)
