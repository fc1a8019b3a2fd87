"""A desk on a fresh book, for promises that need the whole server."""

from __future__ import annotations

import pytest

from tests.book import Running
from tests.server.desk import Desk


@pytest.fixture
def desk(server: Running) -> Desk:
    """A server on a book of its own, with short verbs."""
    return Desk(server, server.client(timeout=120))
