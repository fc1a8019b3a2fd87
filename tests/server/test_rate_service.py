"""RateIndexService: fixings are history, a correction is a later one, and both can be asked for."""

from __future__ import annotations

from typing import Any

import pytest

from loanledger import (
    AlreadyExists,
    FailedPrecondition,
    InvalidArgument,
    NotFound,
    date_of,
    decimal_,
    to_date,
)
from loanledger.v1 import common_pb2
from loanledger.v1 import rate_service_pb2 as rt
from tests.server.bad import Bad, Stock, asked, day, judge
from tests.server.desk import BOOK, Desk

INDEX = f"{BOOK}/rateIndexes/LPR-1Y"


def listed(desk: Desk, **asking: Any) -> list[tuple[str, str]]:
    fixings = desk.client.rates.list_fixings.iterate(index=INDEX, **asking)
    return [(str(to_date(f.date)), f.rate.value) for f in fixings]


def test_an_index_is_read_as_it_was_made_and_listed_by_code(desk: Desk) -> None:
    names = [desk.index(code) for code in ("SOFR", "LPR-1Y", "EURIBOR-3M")]
    made = desk.client.rates.get_rate_index(name=names[1])
    assert (made.name, made.code, made.valid_days) == (INDEX, "LPR-1Y", 40)
    found = list(desk.client.rates.list_rate_indexes.iterate(page_size=2))
    assert [index.code for index in found] == ["EURIBOR-3M", "LPR-1Y", "SOFR"]
    with pytest.raises(AlreadyExists):
        desk.index("SOFR")
    with pytest.raises(NotFound):
        desk.client.rates.get_rate_index(name=f"{BOOK}/rateIndexes/NONE")


def test_fixings_are_paged_by_day_whatever_order_they_came_in(desk: Desk) -> None:
    desk.index(d20240115="0.0345", d20231120="0.035", d20231220="-0.0055")
    every = [("2023-11-20", "0.035"), ("2023-12-20", "-0.0055"), ("2024-01-15", "0.0345")]
    assert listed(desk, page_size=1) == every
    within = common_pb2.DateRange(start=date_of("2023-12-01"), end=date_of("2023-12-31"))
    assert listed(desk, dates=within) == every[1:2]


def test_a_correction_counts_and_what_was_known_before_it_can_still_be_asked(desk: Desk) -> None:
    desk.index()
    first = desk.fix(INDEX, "2024-01-15", "0.0354")
    second = desk.fix(INDEX, "2024-01-15", "0.0345", reason="figures swapped")
    assert second.create_time.ToNanoseconds() > first.create_time.ToNanoseconds()
    assert listed(desk) == [("2024-01-15", "0.0345")]
    assert listed(desk, known_at=first.create_time) == [("2024-01-15", "0.0354")]
    both = desk.client.rates.list_fixings(index=INDEX, show_corrected=True).fixings
    assert [(f.rate.value, f.corrected) for f in both] == [("0.0354", True), ("0.0345", False)]
    assert [f.event for f in both] == [first.event, second.event]


def test_the_history_tells_what_a_correction_corrects(desk: Desk) -> None:
    desk.index()
    first = desk.fix(INDEX, "2024-01-15", "0.0354")
    desk.fix(INDEX, "2024-01-15", "0.0345", reason="figures swapped")
    events = list(desk.client.audit.list_events.iterate(kind="fixing_published"))
    assert [event.subject for event in events] == [INDEX, INDEX]
    assert "corrects" not in events[0].payload
    assert f"{BOOK}/events/{events[1].payload['corrects']}" == first.event
    assert (events[1].payload["rate"], events[1].reason) == ("69/2000", "figures swapped")


def test_a_correction_says_why_and_changes_something(desk: Desk) -> None:
    desk.index(d20240115="0.0345")
    with pytest.raises(InvalidArgument) as unsaid:
        desk.fix(INDEX, "2024-01-15", "0.0354")
    assert [field for field, _ in unsaid.value.violations] == ["reason"]
    with pytest.raises(AlreadyExists):
        desk.fix(INDEX, "2024-01-15", "0.0345", reason="again")


def test_a_fixing_asked_for_twice_with_one_request_id_is_one(desk: Desk) -> None:
    desk.index()
    answers = [desk.fix(INDEX, "2024-01-15", "0.0345", request_id="once") for _ in range(2)]
    assert answers[0] == answers[1]
    assert len(listed(desk, show_corrected=True)) == 1


def test_a_dry_run_publishes_no_fixing(desk: Desk) -> None:
    desk.index()
    before = desk.written()
    desk.fix(INDEX, "2024-01-15", "0.0345", validate_only=True)
    assert (desk.written(), listed(desk)) == (before, [])


def test_a_fixing_of_tomorrow_or_of_no_index_is_refused(desk: Desk) -> None:
    desk.index()
    with pytest.raises(FailedPrecondition) as caught:
        desk.fix(INDEX, "2024-01-16", "0.0345")
    assert caught.value.reason == "DATE_NOT_OPEN"
    with pytest.raises(NotFound):
        desk.client.rates.list_fixings(index=f"{BOOK}/rateIndexes/NONE")
    with pytest.raises(NotFound):
        desk.fix(f"{BOOK}/rateIndexes/NONE", "2024-01-15", "0.0345")


def _index(told: str, fields: str, **given: Any) -> Bad:
    index = rt.RateIndex(**{"code": "X", "title": "X", "valid_days": 1} | given)
    return Bad(told, lambda stock: asked(rt.CreateRateIndexRequest, index=index), fields=fields)


def _fixing(title: str, fields: str, **given: Any) -> Bad:
    plain = {"index": INDEX, "date": day("2024-01-15"), "rate": decimal_("0.03")}
    return Bad(title, lambda stock: asked(rt.PublishFixingRequest, **plain | given), fields=fields)


BAD = [
    _index("a code in small letters", "index.code", code="lpr"),
    _index("a code with a slash", "index.code", code="A/B"),
    _index("no days", "index.valid_days", valid_days=0),
    _index("too many days", "index.valid_days", valid_days=401),
    _index("nothing", "index.code index.title index.valid_days", code="", title="", valid_days=-1),
    _index("a title with a control character", "index.title", title="a\x00"),
    _fixing("no index", "index", index=""),
    _fixing("no day", "date", date=None),
    _fixing("no rate", "rate", rate=None),
    _fixing("a rate in words", "rate", rate={"value": "NaN"}),
    _fixing("a rate of minus two", "rate", rate=decimal_("-2")),
    _fixing("a rate of eleven", "rate", rate=decimal_("11")),
]


@pytest.mark.parametrize("bad", BAD, ids=str)
def test_bad_input_is_refused_with_every_field(stock: Stock, bad: Bad) -> None:
    judge(stock, bad)
