"""An authority over HTTP stamps checkpoints; whatever it does, nothing waits for it."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bench.stand import free_port
from ledger.audit.timestamps import Authority
from loanledger import Client
from loanledger.cli import app
from loanledger.v1 import audit_service_pb2 as pb
from server.errors import StartError
from tests.authority import Authority as Tsa
from tests.authority import serving as stamping
from tests.book import Running, running_server
from tests.server.desk import pair
from tests.server.test_handout import soon


@contextmanager
def serving(dsn: str, folder: Path, url: str, tsa: Tsa, **more: Any) -> Iterator[Running]:
    (folder / "root.pem").write_bytes(tsa.pem)
    settings = {
        "seal_seconds": 1,
        "timestamp_url": url,
        "timestamp_certificate": folder / "root.pem",
        "timestamp_seconds": 1,
    }
    with running_server(dsn, folder / "data", **settings | more) as server:
        yield server


def sealed(client: Client) -> pb.Checkpoint:
    client.ledger.post_journal(entries=pair("1"))
    return client.audit.create_checkpoint()


def stamped(client: Client, size: int) -> bytes:
    return client.audit.get_checkpoint(size=size).timestamp


def run(server: Running, *arguments: str) -> Any:
    settings = {
        "LOANLEDGER_TARGET": server.target,
        "LOANLEDGER_TOKEN": server.token("auditor"),
    }
    return CliRunner().invoke(app, arguments, env=settings)


def test_the_newest_checkpoint_is_stamped_kept_handed_out_and_verified(
    database: str, tmp_path: Path
) -> None:
    tsa, folder, root = Tsa(), tmp_path / "folder", str(tmp_path / "root.pem")
    with (
        stamping(tsa) as url,
        serving(database, tmp_path, url, tsa, checkpoint_to=str(folder)) as server,
    ):
        client = server.client()
        size = sealed(client).size
        soon(lambda: bool(stamped(client, size)))
        found = client.audit.get_checkpoint(size=size)
        assert Authority.parse(tsa.pem).moment(found.note, found.timestamp)
        assert [one.timestamp for one in client.audit.list_checkpoints.iterate()][-1]
        file = folder / f"main/checkpoint-{size}.tsr"
        soon(file.exists)
        assert file.read_bytes() == found.timestamp
        made = run(server, "audit", "bundle", str(tmp_path / "bundle"), "--as-of", str(size))
        assert made.exit_code == 0, made.stderr
        key = (tmp_path / "bundle/checkpoint.txt.vkey").read_text("utf-8").strip()
        ask = ("--key", key, "--tsa-certificate", root)
        shown = run(server, "audit", "verify-bundle", str(tmp_path / "bundle"), *ask, "--json")
        assert shown.exit_code == 0, shown.stdout
        assert json.loads(shown.stdout)["time_stamped"].startswith("20")
        kept = str(folder / f"main/checkpoint-{size}.txt")
        shown = run(server, "audit", "check", "--checkpoint", kept, *ask)
        assert (shown.exit_code, "time-stamped: checkpoint-" in shown.stdout) == (0, True)
        asked = tsa.asked
        time.sleep(1.5)
        assert tsa.asked == asked, "a stamped checkpoint is not asked about again"


def test_an_authority_that_is_away_holds_nothing_up_and_is_asked_again(
    database: str, tmp_path: Path
) -> None:
    tsa, port = Tsa(), free_port()
    with serving(database, tmp_path, f"http://127.0.0.1:{port}/", tsa) as server:
        client = server.client()
        time.sleep(1.2)
        begun = time.monotonic()
        size = [sealed(client).size for _ in range(5)][-1]
        assert time.monotonic() - begun < 5
        assert stamped(client, size) == b""
        with stamping(tsa, port):
            soon(lambda: bool(stamped(client, size)))


@pytest.mark.parametrize("fault", ["another authority", "a clock behind", "another imprint", "no"])
def test_a_stamp_that_does_not_hold_is_not_kept(database: str, tmp_path: Path, fault: str) -> None:
    tsa = Tsa()
    if fault == "a clock behind":
        tsa.shift = timedelta(minutes=-5)
    elif fault == "another imprint":
        tsa.changes = {"digest": bytes(32)}
    elif fault == "no":
        tsa.rejects = True
    believed = Tsa("Other") if fault == "another authority" else tsa
    with stamping(tsa) as url, serving(database, tmp_path, url, believed) as server:
        client = server.client()
        size = sealed(client).size
        soon(lambda: tsa.asked > 2)
        assert stamped(client, size) == b""
        tsa.shift, tsa.changes, tsa.rejects = timedelta(), {}, False
        if believed is tsa:
            soon(lambda: bool(stamped(client, size)))


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"timestamp_url": "ftp://x"}, "no URL of http"),
        ({"timestamp_certificate": None}, "TIMESTAMP_CERTIFICATE is not set"),
        ({"timestamp_certificate": Path("/dev/null")}, "TIMESTAMP_CERTIFICATE: "),
        ({"timestamp_certificate": Path("/nowhere/x")}, "No such file"),
    ],
)
def test_settings_that_are_no_good_are_told_at_the_start(
    database: str, tmp_path: Path, settings: dict[str, Any], words: str
) -> None:
    with (
        pytest.raises(StartError, match=words),
        serving(database, tmp_path, "http://127.0.0.1:9/", Tsa(), **settings),
    ):
        pass
