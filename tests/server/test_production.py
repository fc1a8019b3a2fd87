"""A server as in production: TLS, certificates of clients, no reflection, and no secret told."""

from __future__ import annotations

import os
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import grpc
import psycopg
import pytest
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc
from psycopg.conninfo import make_conninfo

from loanledger import Client, LoanLedgerError, Unauthenticated
from loanledger.options import TlsConfig
from server.config import Config
from server.embedded import Embedded
from server.keys import ensure_key, token
from tests.book import Running, running_server
from tests.databases import database_of
from tests.server.provider import House

SECRET = "hunter2-do-not-tell"


@contextmanager
def secure(database: str, house: House, **more: Any) -> Iterator[Running]:
    """A server that is not in development."""
    cert, key = house.issue("server")
    given = {"insecure": False, "tls_cert": cert, "tls_key": key}
    with running_server(database, house.folder / "server", **given | more) as found:
        yield found


def calls(server: Running, house: House, who: str = "", actor: str = "users/ann") -> Client:
    """A client with a certificate of a name, or with none, and a token of an actor."""
    pair = [path.read_bytes() for path in house.issue(who)] if who else [None, None]
    tls = TlsConfig(house.file.read_bytes(), *pair, server_name="localhost")
    bearer = token(ensure_key(server.data / "token.key"), actor, ["finance"])
    made = Client(server.target, token=bearer, tls=tls, retries=0, timeout=10)
    server.clients.append(made)
    return made


def refused(client: Client) -> str:
    """The status of a call that gets no connection."""
    with pytest.raises(LoanLedgerError) as told:
        client.ledger.list_periods()
    return str(told.value.code.name)


def test_a_client_without_a_certificate_of_ours_gets_no_connection(
    database: str, tmp_path: Path
) -> None:
    house, others = House(tmp_path / "ca"), House(tmp_path / "others")
    with secure(database, house, tls_client_ca=house.file) as server:
        calls(server, house, "users/ann").ledger.list_periods()
        assert refused(calls(server, house)) == "UNAVAILABLE"
        pair = [path.read_bytes() for path in others.issue("users/ann")]
        tls = TlsConfig(house.file.read_bytes(), *pair, server_name="localhost")
        stranger = Client(server.target, token="x", tls=tls, retries=0, timeout=10)
        server.clients.append(stranger)
        assert refused(stranger) == "UNAVAILABLE"


def test_a_token_needs_its_owner_s_certificate_where_that_is_set(
    database: str, tmp_path: Path
) -> None:
    house = House(tmp_path / "ca")
    given = {"tls_client_ca": house.file, "tls_client_subject": "token"}
    with secure(database, house, **given) as server:
        calls(server, house, "users/ann").ledger.list_periods()
        with pytest.raises(Unauthenticated, match="not of the token's subject"):
            calls(server, house, "users/ben").ledger.list_periods()
    lacking = Config.model_validate({"tls_client_subject": "token"}).production_problems()
    assert "LOANLEDGER_TLS_CLIENT_CA is not set" in lacking


def test_tls_before_1_2_is_refused(database: str, tmp_path: Path) -> None:
    house = House(tmp_path / "ca")
    with secure(database, house) as server:
        versions = ssl.TLSVersion.TLSv1_1, ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3
        assert [_shakes_hands(server.port, version) for version in versions] == [False, True, True]


def _shakes_hands(port: int, version: ssl.TLSVersion) -> bool:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    context.set_alpn_protocols(["h2"])
    context.minimum_version = context.maximum_version = version
    with socket.create_connection(("127.0.0.1", port), timeout=10) as plain:
        try:
            with context.wrap_socket(plain) as secured:
                return secured.version() is not None
        except ssl.SSLError:
            return False


@pytest.mark.parametrize(
    ("settings", "told"),
    [({}, False), ({"reflection": True}, True), ({"insecure": True}, True)],
    ids=["production", "turned on", "development"],
)
def test_reflection_is_for_development(
    database: str, tmp_path: Path, settings: dict[str, bool], told: bool
) -> None:
    house = House(tmp_path / "ca")
    with secure(database, house, **settings) as server:
        credentials = grpc.ssl_channel_credentials(house.file.read_bytes())
        named = (("grpc.ssl_target_name_override", "localhost"),)
        with grpc.secure_channel(server.target, credentials, named) as channel:
            stub = reflection_pb2_grpc.ServerReflectionStub(channel)
            asked = reflection_pb2.ServerReflectionRequest(list_services="")
            answers = stub.ServerReflectionInfo(iter([asked]), timeout=10)
            status = answers.code() if told and list(answers) else _status(answers)
        assert status == (grpc.StatusCode.OK if told else grpc.StatusCode.UNIMPLEMENTED)


def _status(answers: Any) -> grpc.StatusCode:
    with pytest.raises(grpc.RpcError) as error:
        list(answers)
    return error.value.code()


def serve(dsn: str, folder: Path, *, seconds: float = 0, **given: str) -> str:
    """All that a server of its own process says until it ends, or is ended after it served."""
    ensure_key(folder / "token.key")
    ensure_key(folder / "signing.key")
    settings = {"DSN": dsn, "PORT": "0", "INSECURE": "1", "STRIPES": "2", "LOG_LEVEL": "debug"}
    settings |= {"TOKEN_KEYS": f"{folder}/token.pub", "SIGNING_KEY": f"{folder}/signing.key"}
    process = subprocess.Popen(
        [sys.executable, "-m", "server", "serve"],
        env=os.environ | {f"LOANLEDGER_{k}": v for k, v in (settings | given).items() if v},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    with suppress(subprocess.TimeoutExpired):
        process.wait(seconds or 60)
    process.terminate()
    said, _ = process.communicate(timeout=60)
    return said.decode()


@pytest.fixture
def login(server_postgres: Embedded, template: str) -> Iterator[str]:
    """The DSN, with its password, of a login that has the server's rights."""
    with (
        database_of(server_postgres, template) as dsn,
        psycopg.connect(server_postgres.dsn, autocommit=True) as admin,
    ):
        admin.execute(f"create role keeper login password '{SECRET}'".encode())
        admin.execute("grant loanledger_app to keeper")
        try:
            yield make_conninfo(dsn, user="keeper", password=SECRET)
        finally:
            admin.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'keeper'"
            )
            admin.execute("drop role keeper")


def test_no_secret_is_told_when_a_server_starts_fails_or_is_refused(
    login: str, tmp_path: Path
) -> None:
    path = tmp_path / "dsn"
    path.write_text(login + "\n")
    good = serve(login, tmp_path, seconds=12)
    assert "serving book main" in good
    by_file = serve("", tmp_path, seconds=12, DSN_FILE=str(path))
    assert "serving book main" in by_file
    nowhere = make_conninfo(login, host="127.0.0.1", port="1")
    broken = f"host=/tmp password = {SECRET} '{SECRET}"
    url = f"postgresql://keeper:{SECRET}@127.0.0.1:1/x"
    others = {
        "no database there": serve(nowhere, tmp_path),
        "no database there, as a URL": serve(url, tmp_path),
        "no DSN at all": serve(broken, tmp_path),
        "of another login": serve(make_conninfo(login, user="nobody-such"), tmp_path),
        "nothing of it set": serve(login, tmp_path, INSECURE="", TOKEN_KEYS=""),
        "no such setting": serve(login, tmp_path, PROCESSES="many"),
        "no such file": serve("", tmp_path, DSN_FILE=f"{tmp_path}/none"),
        "several processes": serve(nowhere, tmp_path, PROCESSES="2"),
    }
    for what, said in {**others, "good": good, "by file": by_file}.items():
        assert SECRET not in said, what
        assert "Traceback" not in said, (what, said)
    for what, said in others.items():
        assert "loanledger-server: " in said, (what, said)
    assert SECRET not in repr(Config.model_validate({"dsn": login}))


def test_a_running_server_that_loses_its_database_tells_no_secret(
    login: str, server_postgres: Embedded, tmp_path: Path
) -> None:
    ensure_key(tmp_path / "token.key")
    ensure_key(tmp_path / "signing.key")
    log = tmp_path / "server.log"
    settings = {"DSN": login, "PORT": "0", "INSECURE": "1", "SEAL_SECONDS": "1", "STRIPES": "2"}
    settings |= {"TOKEN_KEYS": f"{tmp_path}/token.pub", "SIGNING_KEY": f"{tmp_path}/signing.key"}
    with log.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "server", "serve"],
            env=os.environ | {f"LOANLEDGER_{k}": v for k, v in settings.items()},
            stderr=file,
        )
    try:
        end = time.monotonic() + 60
        while "serving book" not in log.read_text() and time.monotonic() < end:
            time.sleep(0.2)
        with psycopg.connect(server_postgres.dsn, autocommit=True) as admin:
            admin.execute("alter role keeper nologin")
            admin.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'keeper'"
            )
            time.sleep(4)
            admin.execute("alter role keeper login")
    finally:
        process.terminate()
        process.wait(60)
    said = log.read_text()
    assert "seal_failed" in said or "not_read" in said, said
    assert SECRET not in said
