"""Months of accrual lines leave the database for files: sums, statements and proofs stay sound."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

import orjson
import pytest

from loanledger import FailedPrecondition, date_of, minor, to_date
from loanledger.v1 import common_pb2
from loanledger.v1 import ledger_service_pb2 as lg
from loanledger.v1 import report_service_pb2 as rp
from tests.server.archived import FILES, Old
from tests.server.bad import cny
from tests.server.desk import Desk

KNOWN = "STATEMENT_VIEW_AS_NOW_KNOWN"


def trial(desk: Desk) -> tuple[lg.TrialBalance, rp.TieOut]:
    reports = desk.client.reports
    return reports.get_trial_balance(), reports.get_tie_out()


def test_archived_months_leave_the_database_and_the_books_stay_as_they_were(old: Old) -> None:
    desk, before = old.desk, trial(old.desk)
    sums = "select stripe, loan, component, sum(amount) from {} group by 1, 2, 3 order by 1, 2, 3"
    lines = sums.format("ledger.accrual where day < '2024-03-01'")
    archived = desk.rows(lines)
    assert {row[2] for row in archived} == {"interest", "penalty"}
    assert old.archive() == FILES
    assert trial(desk) == before
    assert desk.tied()
    assert old.differences() == []
    assert desk.rows(sums.format("ledger.accrual_brought")) == archived
    assert desk.rows("select min(day), max(day) from ledger.accrual") == [
        (date(2024, 3, 1), date(2024, 3, 19))
    ]
    names = "select name from ledger.accrual_month order by 1"
    assert [name for (name,) in desk.rows(names)] == ["accrual_2024_03"]
    desk.go_to("2024-04-03")
    assert desk.tied()
    assert old.differences() == []


def test_what_was_archived_is_an_event_with_the_digest_of_its_file(old: Old) -> None:
    old.archive()
    events = old.desk.client.audit.list_events(kind="accruals_archived").events
    assert [orjson.loads(event.canonical)["payload"] for event in events] == [
        {
            "lines": sum(len(orjson.loads(line)["lines"]) for line in old.lines(name)),
            "sha256": sha256((old.folder / name).read_bytes()).hexdigest(),
            "since": since,
            "until": name[-16:-6],
        }
        for name, since in zip(FILES, ("2024-01-01", "2024-02-01"), strict=True)
    ]
    assert {(event.actor, event.reason) for event in events} == {("finance:ann", "retention")}


def test_an_export_verifies_without_the_archived_lines_and_with_them(old: Old) -> None:
    whole = [line for line in old.export() if line.startswith(b'{"lines":')]
    old.archive()
    export, files = old.export(), old.lines()
    assert set(files) < set(whole)
    assert not set(files) & set(export)
    nights = old.nights("2024-02-29")
    for given, unshown in (
        ([], nights),
        (files, 0),
        (old.lines(FILES[0]), nights - old.nights("2024-01-31")),
    ):
        report = old.verified(given, export)
        assert (report.findings, report.archived) == ((), unshown)


def test_a_forged_archive_is_found_and_its_event_named(old: Old) -> None:
    old.archive()
    export, files = old.export(), old.lines()
    content = orjson.loads(files[0])
    name = "{}-{}".format(*content["of"])
    content["lines"][0][2] += 1
    forged = orjson.dumps(content) + b"\n"
    report = old.verified([forged, *files[1:]], export)
    assert [(found.event, found.problem) for found in report.findings] == [
        (name, "its archived lines do not have the root that it recorded")
    ]
    stray = orjson.dumps({"lines": content["lines"], "of": [1000, 1]}) + b"\n"
    assert {found.event for found in old.verified([*files, stray], export).findings} == {"1000-1"}
    assert not old.verified([forged, *files], export).ok
    for damaged in (b"no line\n", b'{"lines":null,"of":[1000,1]}\n', b'{"lines":[],"of":7}\n'):
        assert not old.verified([damaged], export).ok


def test_only_nights_that_the_history_declares_archived_may_lack_their_lines(old: Old) -> None:
    old.archive("2024-02-01")
    export = old.export()
    index, name = next(
        (n, orjson.loads(line)["of"])
        for n, line in enumerate(export)
        if line.startswith(b'{"lines":[[') and b'"interest"' in line
    )
    lacking = orjson.dumps({"lines": None, "of": name}) + b"\n"
    report = old.verified([], [*export[:index], lacking, *export[index + 1 :]])
    told = {(found.event, found.problem) for found in report.findings}
    problem = "its per-loan lines are missing, and no later event says they are archived"
    assert ("{}-{}".format(*name), problem) in told


def test_altered_sums_of_archived_lines_are_named(old: Old) -> None:
    old.archive()
    old.desk.rows("update ledger.accrual_brought set amount = amount + 1")
    assert set(old.differences()) == {
        "archived accrual of interest",
        "archived accrual of penalty",
        "balance",
    }


def test_a_statement_as_booked_begins_at_the_first_kept_day(old: Old) -> None:
    loans = old.desk.client.loans
    march = common_pb2.DateRange(start=date_of("2024-03-01"))
    part, known = (
        loans.get_statement(name=old.loan, posting_date=march),
        loans.get_statement(name=old.loan, view=KNOWN),
    )
    assert not part.HasField("archived_before")
    old.archive()
    told = loans.get_statement(name=old.loan)
    assert to_date(told.archived_before) == date(2024, 3, 1)
    told.ClearField("archived_before")
    assert told == part
    assert minor(told.opening_balance) > 120000
    assert loans.get_statement(name=old.loan, view=KNOWN) == known
    for asked in (
        common_pb2.DateRange(start=date_of("2024-02-29")),
        common_pb2.DateRange(end=date_of("2024-02-29")),
    ):
        with pytest.raises(FailedPrecondition, match="before 2024-03-01 are archived") as refused:
            loans.get_statement(name=old.loan, posting_date=asked)
        assert refused.value.reason == "DATE_NOT_OPEN"
    fresh = old.desk.lent("books/main/products/strict", "300")
    assert not loans.get_statement(name=fresh).HasField("archived_before")


def test_a_correction_of_an_archived_month_is_posted_in_the_open_one(old: Old) -> None:
    old.archive()
    loans = old.desk.client.loans
    paid = loans.repay_loan(name=old.loan, amount=cny("200"), value_date=date_of("2024-02-03"))
    assert to_date(paid.transaction.posting_date) == date(2024, 3, 20)
    old.desk.go_to("2024-03-25")
    loans.reverse_loan_event(event=paid.transaction.event, reason="bounced")
    assert old.desk.tied()
    assert old.differences() == []
