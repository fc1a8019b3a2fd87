"""Checkpoints leave the house by themselves; a place that is away is in nobody's way."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
import psycopg
import pytest
from moto.server import ThreadedMotoServer

from bench.stand import free_port
from ledger.audit.checkpoint import open_note
from loanledger import Client
from server.apart import apart
from server.config import Config
from server.errors import StartError
from server.stores import Differs, Folder, Objects, Store, StoreError, open_store
from tests.book import Running, running_server
from tests.server.desk import pair

BUCKET = "evidence"


@dataclass
class Cloud:
    """An S3 on a port; it keeps what it has while it is away."""

    port: int

    @contextmanager
    def up(self) -> Iterator[Cloud]:
        server = ThreadedMotoServer("127.0.0.1", self.port, verbose=False)
        server.start()
        self.client().create_bucket(Bucket=BUCKET)
        try:
            yield self
        finally:
            server.stop()

    def client(self) -> Any:
        return boto3.client("s3", endpoint_url=f"http://127.0.0.1:{self.port}")

    def names(self) -> set[str]:
        found = self.client().list_objects_v2(Bucket=BUCKET)
        return {each["Key"] for each in found.get("Contents", ())}

    def read(self, name: str) -> bytes:
        return self.client().get_object(Bucket=BUCKET, Key=name)["Body"].read()


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> Cloud:
    """Credentials and endpoint of an S3 that is not up yet."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    port = free_port()
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_ENDPOINT", f"http://127.0.0.1:{port}")
    return Cloud(port)


def sealed(client: Client) -> str:
    """The name of a new checkpoint."""
    client.ledger.post_journal(entries=pair("1"))
    return f"main/checkpoint-{client.audit.create_checkpoint().size}.txt"


def soon(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


@contextmanager
def serving(dsn: str, folder: Path, *places: str) -> Iterator[Running]:
    to = " ".join(places)
    with running_server(dsn, folder / "data", seal_seconds=1, checkpoint_to=to) as server:
        yield server


def test_a_folder_and_a_bucket_get_every_checkpoint(
    database: str, tmp_path: Path, cloud: Cloud
) -> None:
    folder = tmp_path / "handed out"
    url = folder.as_uri()
    with cloud.up(), serving(database, tmp_path, url, f"s3://{BUCKET}/books") as server:
        client = server.client()
        names = {sealed(client) for _ in range(3)}
        soon(lambda: all((folder / name).exists() for name in names))
        soon(lambda: {f"books/{name}" for name in names} <= cloud.names())
        for one in client.audit.list_checkpoints.iterate():
            name = f"main/checkpoint-{one.size}.txt"
            assert (folder / name).read_text("utf-8") == one.note
            assert cloud.read(f"books/{name}").decode() == one.note
            assert open_note(one.note, one.verifier_key).size == one.size
        assert not [path for path in folder.rglob("*") if path.name.endswith(".part")]


def test_a_store_that_is_away_holds_nothing_up_and_catches_up(
    database: str, tmp_path: Path, cloud: Cloud, capfd: pytest.CaptureFixture[str]
) -> None:
    with serving(database, tmp_path, f"s3://{BUCKET}", str(tmp_path / "folder")) as server:
        client = server.client()
        first = sealed(client)
        soon((tmp_path / "folder" / first).exists)
        begun = time.monotonic()
        names = {first, *(sealed(client) for _ in range(5))}
        assert time.monotonic() - begun < 5
        with cloud.up():
            soon(lambda: names <= cloud.names())
            last = sealed(client)
            soon(lambda: last in cloud.names())


def test_what_was_sealed_at_the_end_is_handed_out_before_the_server_is_gone(
    database: str, tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    with running_server(database, tmp_path / "data", checkpoint_to=str(folder)) as server:
        client = server.client()
        client.ledger.post_journal(entries=pair("1"))
        events = len(list(client.audit.list_events.iterate()))
    assert (folder / f"main/checkpoint-{events}.txt").exists()


def test_the_next_start_fills_what_is_missing(database: str, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    with serving(database, tmp_path) as server:
        names = [sealed(server.client()) for _ in range(4)]
    kept = folder / names[2]
    kept.parent.mkdir(parents=True)
    kept.write_text("mine", "utf-8")
    with serving(database, tmp_path, str(folder)) as server:
        soon(lambda: all((folder / name).exists() for name in names))
        sealed(server.client())
    assert kept.read_text("utf-8") == "mine"


def test_a_checkpoint_that_a_slower_sealer_kept_later_is_handed_out_too(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.handout.CHUNK", 2)
    monkeypatch.setattr("server.handout.LOOK_BACK", 4)
    with serving(database, tmp_path, str(tmp_path / "folder")) as server:
        client = server.client()
        names = [sealed(client) for _ in range(6)]
        client.ledger.post_journal(entries=pair("1"))
        names.append(sealed(client))
        soon((tmp_path / "folder" / names[-1]).exists)
        size = client.audit.get_checkpoint().size - 1
        late = tmp_path / f"folder/main/checkpoint-{size}.txt"
        if not late.exists():
            with psycopg.connect(database, autocommit=True) as connection:
                connection.execute(
                    "insert into ledger.checkpoint (book, size, root, note)"
                    " values (1, %s, '', 'late')",
                    (size,),
                )
        soon(late.exists)
        names += [sealed(client) for _ in range(6)]
        soon(lambda: all((tmp_path / "folder" / name).exists() for name in names))


async def _never_overwritten(store: Store) -> None:
    await store.put("main/checkpoint-1.txt", b"one")
    await store.put("main/checkpoint-1.txt", b"one")
    with pytest.raises(Differs):
        await store.put("main/checkpoint-1.txt", b"two")
    await store.put("main/checkpoint-2.txt", b"two")
    names = {"main/checkpoint-1.txt", "main/checkpoint-2.txt"}
    assert await store.names("main") == names
    assert await store.names("other") == set()


async def test_a_folder_never_overwrites(tmp_path: Path) -> None:
    await _never_overwritten(open_store(str(tmp_path / "new/folder")))
    assert (tmp_path / "new/folder/main/checkpoint-1.txt").read_bytes() == b"one"
    (tmp_path / "file").write_text("", "utf-8")
    blocked = Folder(tmp_path / "file")
    with pytest.raises(StoreError):
        await blocked.put("main/checkpoint-1.txt", b"one")
    with pytest.raises(StoreError):
        await blocked.names("main")


async def test_a_bucket_never_overwrites(cloud: Cloud) -> None:
    store = open_store(f"s3://{BUCKET}/ledger")
    assert isinstance(store, Objects)
    with cloud.up():
        await _never_overwritten(store)
        assert cloud.read("ledger/main/checkpoint-1.txt") == b"one"
    with pytest.raises(StoreError):
        await store.put("main/checkpoint-3.txt", b"three")
    with pytest.raises(StoreError):
        await store.names("main")


def test_nothing_waits_for_a_place_that_hangs() -> None:
    ends = threading.Event()

    async def begun() -> None:
        hanging = asyncio.create_task(apart(lambda: ends.wait(30)))
        await asyncio.sleep(0.05)
        hanging.cancel()

    since = time.monotonic()
    asyncio.run(begun())
    assert time.monotonic() - since < 5
    ends.set()


@pytest.mark.parametrize(
    "place", ["ftp://host/folder", "s3://", "https://bucket/x", "file://host/x"]
)
def test_a_place_that_nobody_can_write_to_is_refused_at_the_start(
    database: str, tmp_path: Path, place: str
) -> None:
    with (
        pytest.raises(StartError, match="LOANLEDGER_CHECKPOINT_TO"),
        running_server(database, tmp_path, checkpoint_to=place),
    ):
        pass
    assert Config(checkpoint_to=place).checkpoint_to == place
