"""loanledger-server: serve, dev, migrate, archive, backup, restore, healthcheck, token."""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import grpc
import typer
from grpc_health.v1 import health_pb2, health_pb2_grpc
from psycopg import OperationalError
from psycopg.errors import InsufficientPrivilege, UndefinedTable
from pydantic import ValidationError

from ledger.store.rows import DAMAGED
from server import dev as development
from server.app import App, Part
from server.archive import ArchiveError, Ask, Done
from server.archive import archive as archive_months
from server.backup import BackupError
from server.backup import backup as take_backup
from server.config import Config
from server.embedded import EmbeddedError
from server.errors import StartError
from server.keys import ensure_key
from server.keys import token as make_token
from server.logs import configure
from server.migrate import MigrationError
from server.migrate import migrate as run_migrations
from server.probe import probe
from server.restore import Ask as Restoring
from server.restore import restore as restore_backup
from server.roles import Assigned, give_role
from server.rotation import Rotation, rotate
from server.running import run
from server.workers import READY, run_workers

cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


def _config() -> Config:
    try:
        return Config()
    except ValidationError as error:
        raise StartError("; ".join(map(_problem, error.errors()))) from None


def _problem(found: Any) -> str:
    """One setting that is no good, in words that do not repeat it."""
    name = f"{found['loc'][0]}: ".upper() if found["loc"] else ""
    return f"LOANLEDGER_{name}{found['msg'].removeprefix('Value error, ')}"


def _moment(text: str) -> datetime:
    """A moment as ISO 8601 writes it; in UTC unless it says otherwise."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


@cli.command()
def serve() -> None:
    """Serve the book that the environment describes (see docs/operator.md)."""
    config = _config()
    problems = config.production_problems()
    if problems:
        raise StartError("; ".join(problems) + "; or set LOANLEDGER_INSECURE=1 for development")
    configure(config.log_level)

    if config.processes > 1:
        run_workers(config, lambda port: _announce(config, port))
        return

    async def ready(app: App) -> None:
        _announce(config, app.port)

    run(config, ready)


def _announce(config: Config, port: int) -> None:
    print(f"serving book {config.book} on {config.host}:{port}", file=sys.stderr, flush=True)


@cli.command(hidden=True)
def worker(number: int, ready_file: int) -> None:
    """Serve as one process of several; their parent starts it."""
    config = _config()
    configure(config.log_level, worker=number)

    async def ready(app: App) -> None:
        os.write(ready_file, READY)
        os.close(ready_file)

    run(config, ready, Part(number))


@cli.command()
def dev(
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 50051,
    data: Annotated[Path, typer.Option(help="Folder that keeps everything.")] = Path(".loanledger"),
    lender: Annotated[str, typer.Option(help="Name of the lender.")] = "Hansa Consumer Credit",
    empty: Annotated[bool, typer.Option(help="Start without the demo book.")] = False,
) -> None:
    """Run a server with an embedded database, a demo book and ready tokens."""
    development.run_dev(port, data, lender, empty)


@cli.command()
def migrate() -> None:
    """Bring the database of LOANLEDGER_DSN to the present schema."""
    configure(_config().log_level)
    run_migrations(_dsn())


def _dsn() -> str:
    dsn = _config().dsn.get_secret_value()
    if not dsn:
        raise StartError("LOANLEDGER_DSN is not set")
    return dsn


@cli.command()
def archive(
    folder: Annotated[
        Path, typer.Argument(exists=True, file_okay=False, help="Where the files go; keep them.")
    ],
    before: Annotated[
        datetime, typer.Option(formats=["%Y-%m-%d"], help="Months that end before this day.")
    ],
    reason: Annotated[str, typer.Option(help="Why; it goes into the history.")],
    actor: Annotated[str, typer.Option(help="Who; the same.")] = "system:archive",
) -> None:
    """Bring accrual lines of old months into files and drop them (see docs/operator.md)."""
    ask = Ask(folder, before.date(), actor, reason)
    asyncio.run(archive_months(_dsn(), ask, _tell_archived))


def _tell_archived(done: Done) -> None:
    found = done.archive
    days = f"{found.since} to {found.until}"
    print(f"{done.path}: {found.lines:,} lines of {days}, sha256 {found.sha256}", flush=True)


@cli.command()
def assign_role(
    principal: Annotated[str, typer.Argument(help="The subject of their tokens: users/ann.")],
    role: Annotated[str, typer.Argument(help="Such as compliance.")],
    reason: Annotated[str, typer.Option(help="Why; it goes into the history.")],
    actor: Annotated[str, typer.Option(help="Who gives it; the same.")] = "system:assign-role",
) -> None:
    """Give the first roles, or one that nobody can give any more (see docs/control.md)."""
    config = _config()
    _dsn()
    print(asyncio.run(give_role(config, Assigned(principal, role, actor, reason))), flush=True)


@cli.command()
def rotate_party_keys(
    reason: Annotated[str, typer.Option(help="Why; it goes into the history.")],
    actor: Annotated[str, typer.Option(help="Who; the same.")] = "system:rotate-party-keys",
    *,
    renew: Annotated[bool, typer.Option("--renew", help="Give each party a new key too.")] = False,
) -> None:
    """Wrap the keys of parties by the newest key of LOANLEDGER_PARTY_KEYS (see docs/control.md)."""
    config = _config()
    _dsn()
    count = asyncio.run(rotate(config, Rotation(actor, reason, renew)))
    print(f"{count:,} keys of parties", flush=True)


@cli.command()
def backup(
    folder: Annotated[Path, typer.Argument(help="Where it goes; a folder that is not there yet.")],
) -> None:
    """Copy the whole database, with a checkpoint of each book (see docs/operator.md)."""
    config = _config()
    configure(config.log_level)
    print(take_backup(config, folder))


@cli.command()
def restore(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="The backup.")],
    into: Annotated[Path, typer.Argument(file_okay=False, help="A new or empty data folder.")],
    wal: Annotated[
        Path | None, typer.Option(exists=True, file_okay=False, help="The archived log to replay.")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option(parser=_moment, help="Up to when, such as 2024-01-15T12:00Z.")
    ] = None,
    checkpoint: Annotated[
        list[Path] | None, typer.Option(exists=True, help="A checkpoint that must hold.")
    ] = None,
    key: Annotated[str, typer.Option(help="The verifier key, or a file with it.")] = "",
) -> None:
    """Make a database of a backup and check it against the checkpoints that are kept."""
    print(restore_backup(Restoring(folder, into, wal, until, tuple(checkpoint or ()), key)))


@cli.command()
def healthcheck(target: str = "") -> None:
    """Ask the server of this environment for its health; exit 1 unless it serves."""
    config = _config()
    target = target or f"127.0.0.1:{config.port}"
    with probe(config, target) as channel:
        stub = health_pb2_grpc.HealthStub(channel)
        try:
            answer = stub.Check(health_pb2.HealthCheckRequest(), timeout=5)
        except grpc.RpcError as error:
            raise StartError(f"{target}: {error.code().name}") from error
    if answer.status != health_pb2.HealthCheckResponse.SERVING:
        raise StartError(f"{target} does not serve")


@cli.command()
def token(
    key: Annotated[Path, typer.Option(help="Ed25519 private key, made if missing.")],
    actor: str,
    roles: list[str],
) -> None:
    """Print a bearer token for an actor with roles, signed by a key file."""
    config = _config()
    issued = (config.token_issuer, config.token_audience)
    print(make_token(ensure_key(key), actor, roles, *issued))


def main() -> None:
    """Runs a command; what goes wrong at the start is one clear line."""
    try:
        cli()
    except (StartError, MigrationError, EmbeddedError, ArchiveError, BackupError) as error:
        raise SystemExit(f"loanledger-server: {error}") from None
    except (OperationalError, InsufficientPrivilege, UndefinedTable, *DAMAGED) as error:
        raise SystemExit(f"loanledger-server: database: {str(error).splitlines()[0]}") from None
    except OSError as error:
        raise SystemExit(f"loanledger-server: {error}") from None


if __name__ == "__main__":
    main()
