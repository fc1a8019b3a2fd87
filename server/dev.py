"""A server to try things on: everything in one folder, ready tokens, and what to do next."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from rich.console import Console

from server.app import App
from server.config import Config
from server.keys import ensure_key, token
from server.logs import configure
from server.running import run

ROLES = ("channel", "credit_officer", "finance", "auditor")
#: The first business day of the demo book.
BUSINESS_DATE = date(2023, 1, 2)


def config_for(port: int, data: Path, lender: str, **more: object) -> Config:
    """Settings of a development server whose keys stand in its data folder."""
    data.mkdir(parents=True, exist_ok=True)
    ensure_key(data / "token.key")
    ensure_key(data / "signing.key")
    settings: dict[str, object] = {
        "port": port,
        "data": data,
        "lender": lender,
        "insecure": True,
        "token_keys": data / "token.pub",
        "signing_key": data / "signing.key",
        "currency": "EUR",
        "book": "main",
        "business_date": BUSINESS_DATE,
        "log_level": "warning",
    }
    return Config.model_validate(settings | more)


def role_token(data: Path, role: str, *roles: str) -> str:
    """A token of the development key for one actor a role."""
    return token(ensure_key(data / "token.key"), f"dev:{role}", [role, *roles])


def run_dev(port: int, data: Path, lender: str, empty: bool) -> None:
    """Serves until Ctrl-C."""
    config = config_for(port, data, lender)
    configure(config.log_level)
    console = Console()

    async def ready(app: App) -> None:
        if not empty:
            from examples.book import fill_if_empty  # noqa: PLC0415 a bare server needs no demo

            everything = role_token(data, "demo", *ROLES, "operator")
            await fill_if_empty(f"127.0.0.1:{app.port}", everything)
        _welcome(console, config, app.port)

    run(config, ready)
    console.print("stopped; the data stay in", str(data))


def _welcome(console: Console, config: Config, port: int) -> None:
    console.rule(f"{config.lender} on localhost:{port}")
    console.print("Tokens of four roles, valid a week:", style="bold")
    for role in ROLES:
        print(f"# {role}\nexport LOANLEDGER_TOKEN={role_token(config.data, role)}")
    console.print("Next, in another terminal:", style="bold")
    for line in (
        f"export LOANLEDGER_TARGET=localhost:{port}    # and one of the tokens above",
        ".venv/bin/loanledger loans list             # any role",
        ".venv/bin/loanledger reports tie-out        # finance, auditor, credit officer",
        ".venv/bin/loanledger audit checkpoint       # auditor, finance",
    ):
        print(f"  {line}")
    console.print("Ctrl-C stops the server and the database; the data stay.")
