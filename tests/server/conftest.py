"""The desk: a fresh book for each test, or one for the tests of a module that only look."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.server.desk import Desk, serving


@pytest.fixture
def desk(database: str) -> Iterator[Desk]:
    """A server on a book of its own."""
    with serving(database) as found:
        yield found
