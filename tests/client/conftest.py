"""A fake server, and a client of it, for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from loanledger import Client
from tests.client.fake import Fake, serving


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
