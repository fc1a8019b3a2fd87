"""The history that the tests of the audit package export and tamper with."""

from __future__ import annotations

import pytest

from tests.audit.sample import Sample, build


@pytest.fixture(scope="session")
def sample() -> Sample:
    """Seven events in two stripes, the same for every test."""
    return build()
