"""Some kinds of alterations in each check; make tamper tries them all."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from server.embedded import Embedded
from tests.tampering.run import BY, NAMES, RESTORED, Bench, bench

#: Every so many of them, and those that are worth a look each time.
SOME = (
    *NAMES[::9],
    "event: an answered repayment made larger, all made to fit",
    "answer: another amount",
    RESTORED,
)


@pytest.fixture(scope="module")
def tried(server_postgres: Embedded) -> Iterator[Bench]:
    """The honest book."""
    with bench(server_postgres, seed=7) as found:
        yield found


def test_nothing_is_found_in_the_honest_book(tried: Bench) -> None:
    told = tried.honest()
    assert told.by == {}


@pytest.mark.parametrize("name", SOME)
def test_an_alteration_is_found_and_its_event_named(tried: Bench, name: str) -> None:
    told, struck = tried.altered(name)
    assert BY[name] in told.by
    assert told.first(struck) == struck or not struck
