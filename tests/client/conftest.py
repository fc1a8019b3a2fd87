"""A fake server, and a client of it, for each test."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from typer.testing import CliRunner

from loanledger import Client
from loanledger.cli import app
from tests.client.fake import Fake, serving

Run = Callable[..., Any]


@pytest.fixture
def fake() -> Iterator[Fake]:
    """A server that answers as told."""
    with serving() as started:
        yield started


@pytest.fixture
def client(fake: Fake) -> Iterator[Client]:
    """A client of the fake."""
    with Client(fake.target, token="t0ken", timeout=5) as made:
        yield made


@pytest.fixture
def run(fake: Fake) -> Run:
    """Runs the command against the fake."""

    def invoke(*args: str, **environment: str) -> Any:
        names = [name for name in os.environ if name.startswith("LOANLEDGER_")]
        settings = {**dict.fromkeys(names), "LOANLEDGER_TARGET": fake.target, **environment}
        return CliRunner().invoke(app, args, env=settings, prog_name="loanledger")

    return invoke
