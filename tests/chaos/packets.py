"""Faults below TCP: packets lost, doubled, out of order or damaged, where a road can be made."""

from __future__ import annotations

import time
from collections.abc import Mapping

from tests.chaos.fault import Fault, Inject
from tests.chaos.link import Link
from tests.chaos.road import Weather
from tests.chaos.stage import Node, Stage


def _under(link: str, weather: Weather) -> Inject:
    """All connections of a link go anew, over the road, in that weather."""

    def inject(stage: Stage, node: Node, fault: Fault) -> None:
        if stage.road is None:
            return
        near, way = getattr(node, link), stage.road
        straight = near.target
        beyond = Link(straight, host=way.near)
        near.target = lambda: (way.far, beyond.port)
        near.cut()
        before, way.weather = way.harmed, weather
        time.sleep(fault.seconds(1, 3))
        way.weather, near.target = Weather(), straight
        near.cut()
        beyond.stop()
        stage.harmed += way.harmed - before

    return inject


LOSS = Weather(lost=0.1)
DISORDER = Weather(doubled=0.3, late=0.3)
DAMAGE = Weather(damaged=0.1)
KINDS: Mapping[str, Inject] = {
    "packets of callers lost": _under("door", LOSS),
    "packets of callers doubled and out of order": _under("door", DISORDER),
    "packets of callers damaged": _under("door", DAMAGE),
    "packets of the database lost": _under("cord", LOSS),
    "packets of the database doubled and out of order": _under("cord", DISORDER),
    "packets of the database damaged": _under("cord", DAMAGE),
}
