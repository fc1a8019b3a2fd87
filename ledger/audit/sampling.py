"""Samples of an export's events for an auditor: random, stratified, monetary-unit (ISA 530).

All chance comes from SHA-256 over a seed, so that any language draws the same sample again;
`docs/audit-format.md` gives the algorithms. Units come in leaf order.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from heapq import heappush, heappushpop
from typing import Any

from ledger.audit.history import event_name
from ledger.errors import LedgerError


class NotSampled(LedgerError):
    """The population or the request does not allow the sample."""

    reason = "NOT_SAMPLED"


@dataclass(frozen=True, slots=True, order=True)
class Unit:
    """What may be drawn: an event, and its amount in minor units on the side that is sampled."""

    name: str
    kind: str
    actor: str
    value_date: str
    posting_date: str
    amount: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """A unit of the sample; `hits` are the monetary units that drew it, `band` is its stratum."""

    unit: Unit
    band: int | None = None
    hits: tuple[int, ...] = ()


@dataclass(slots=True)
class Band:
    """A stratum: amounts from `low` up to, but not with, `high`; None is without end."""

    low: int
    high: int | None
    count: int = 0
    total: int = 0
    size: int = 0


@dataclass(frozen=True, slots=True)
class Filter:
    """Which events are the population, and which of their entries make up the amount."""

    currency: str
    side: str = "D"
    account: str | None = None
    kind: str | None = None
    first: str | None = None
    last: str | None = None

    def unit(self, event: dict[str, Any]) -> Unit | None:
        """The event as a unit, or None where it does not belong or has no such amount."""
        day = event["posting_date"]
        if (self.kind or event["kind"]) != event["kind"]:
            return None
        if not (self.first or day) <= day <= (self.last or day):
            return None
        amount = sum(
            entry[5]
            for entry in event["entries"]
            if entry[3] == self.side
            and entry[4] == self.currency
            and (self.account or entry[2]) == entry[2]
        )
        if not amount:
            return None
        name = event_name(event["stripe"], event["number"])
        words = (event["kind"], event["actor"], event["value_date"], day)
        return Unit(name, *words, amount)


@dataclass(slots=True)
class Population:
    """What was counted: how many units, their total, and those of each band."""

    count: int = 0
    total: int = 0
    bands: list[Band] = field(default_factory=list)


def draw_key(seed: str, name: str) -> bytes:
    """The place of a unit in the random order of a seed: SHA-256(seed, newline, name)."""
    return sha256(f"{seed}\n{name}".encode()).digest()


def random_sample(units: Iterable[Unit], size: int, seed: str) -> list[Drawn]:
    """The `size` units whose keys are lowest, in order of their keys: without replacement."""
    pick = _Lowest(size, seed)
    for unit in units:
        pick.offer(unit)
    return [Drawn(unit) for unit in pick.taken()]


def measured(units: Iterable[Unit], edges: Sequence[int] = ()) -> Population:
    """Counts the population, and its bands between the edges."""
    bounds = [0, *sorted(set(edges))]
    found = Population(
        bands=[Band(*ends) for ends in zip(bounds, [*bounds[1:], None], strict=True)]
    )
    for unit in units:
        band = found.bands[_band_of(bounds, unit)]
        for counted in (found, band):
            counted.count += 1
            counted.total += unit.amount
    return found


def allocated(population: Population, size: int) -> None:
    """Shares the sample out among the bands by their totals: largest remainders, one each at least.

    No band gets more than it has; what it leaves goes to the others.
    """
    bands = [band for band in population.bands if band.count]
    if size < len(bands):
        raise NotSampled(f"{len(bands)} bands have units: the size must be {len(bands)} at least")
    for band in bands:
        band.size = 1
    left = min(size, population.count) - len(bands)
    while left:
        free = [band for band in bands if band.size < band.count]
        total = sum(band.total for band in free)
        given = [left * band.total // total for band in free]
        order = sorted(range(len(free)), key=lambda n: -(left * free[n].total % total))
        for at in order[: left - sum(given)]:
            given[at] += 1
        for band, more in zip(free, given, strict=True):
            taken = min(more, band.count - band.size)
            band.size += taken
            left -= taken


def stratified_sample(units: Iterable[Unit], population: Population, seed: str) -> list[Drawn]:
    """From each band its `size` of random units, band by band."""
    bounds = [band.low for band in population.bands]
    picks = [_Lowest(band.size, seed) for band in population.bands]
    for unit in units:
        picks[_band_of(bounds, unit)].offer(unit)
    return [Drawn(unit, band) for band, pick in enumerate(picks) for unit in pick.taken()]


def interval_of(total: int, size: int) -> int:
    """The sampling interval: total divided by size, rounded up."""
    return -(-total // size)


def start_of(seed: str, interval: int) -> int:
    """The random start from 1 to the interval: 1 + SHA-256(seed) as a number, modulo it."""
    return 1 + int.from_bytes(sha256(seed.encode()).digest(), "big") % interval


def monetary_unit_sample(units: Iterable[Unit], interval: int, start: int) -> list[Drawn]:
    """Fixed-interval selection: the units that hold monetary units start, start + interval, …

    Units lie end to end in their order. One as large as the interval is drawn in any case; one that
    several selections hit is drawn once.
    """
    drawn, end, due = list[Drawn](), 0, start
    for unit in units:
        end += unit.amount
        hits = range(due, end + 1, interval)
        if hits:
            drawn.append(Drawn(unit, hits=tuple(hits)))
            due = hits[-1] + interval
    return drawn


class _Lowest:
    """Keeps the units with the lowest keys of those that it is offered."""

    def __init__(self, size: int, seed: str) -> None:
        self._size, self._seed = size, seed
        self._kept: list[tuple[int, Unit]] = []

    def offer(self, unit: Unit) -> None:
        place = (-int.from_bytes(draw_key(self._seed, unit.name), "big"), unit)
        if len(self._kept) < self._size:
            heappush(self._kept, place)
        elif self._size:
            heappushpop(self._kept, place)

    def taken(self) -> list[Unit]:
        return [unit for _, unit in sorted(self._kept, reverse=True)]


def _band_of(bounds: Sequence[int], unit: Unit) -> int:
    return bisect_right(bounds, unit.amount) - 1
