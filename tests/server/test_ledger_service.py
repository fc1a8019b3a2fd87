"""LedgerService: the chart, journals and their mirrors, batches, streams, filters, balances."""

from __future__ import annotations

import gc

import pytest
from google.protobuf import timestamp_pb2

from ledger.book.chart import DEFAULT_CHART
from loanledger import (
    AlreadyExists,
    FailedPrecondition,
    InvalidArgument,
    NotFound,
    date_of,
    minor,
    new_request_id,
)
from loanledger.errors import from_status
from loanledger.v1 import common_pb2
from loanledger.v1 import ledger_service_pb2 as lg
from tests.server.desk import BOOK, Desk, leg, pair


def nets(desk: Desk, **asked: object) -> dict[tuple[str, str], int]:
    """Debits less credits by account and currency."""
    found = desk.client.ledger.list_balances(**asked).balances
    return {(b.account, b.net.currency_code): minor(b.net) for b in found if minor(b.net)}


def sides(journal: lg.Journal) -> list[tuple[str, int, int]]:
    return [(entry.account, entry.side, minor(entry.amount)) for entry in journal.entries]


def item(amount: str, **fields: object) -> lg.PostJournalRequest:
    """One item of a batch."""
    given = {"request_id": new_request_id(), "entries": pair(amount)}
    return lg.PostJournalRequest(**given | fields)


def test_the_default_chart_is_there_and_grows(desk: Desk) -> None:
    ledger = desk.client.ledger
    chart = list(ledger.list_accounts.iterate(page_size=7))
    assert len(chart) == len(DEFAULT_CHART)
    assert [account.code for account in chart] == sorted(account.code for account in chart)
    loans = ledger.get_account(name=f"{BOOK}/accounts/1303P")
    assert (loans.type, loans.control) == (1, common_pb2.COMPONENT_PRINCIPAL)
    assert loans.title_zh == "贷款——本金"
    asked = lg.Account(code="1002", title="Bank", title_zh="银行存款", type="ACCOUNT_TYPE_ASSET")
    made = ledger.create_account(account=asked, reason="a second bank")
    assert (made.name, made.title_zh) == (f"{BOOK}/accounts/1002", "银行存款")
    assert ledger.get_account(name=made.name) == made
    assert len(ledger.list_accounts().accounts) == len(DEFAULT_CHART) + 1
    with pytest.raises(AlreadyExists):
        ledger.create_account(account=asked)
    ledger.post_journal(entries=pair("1", debit="1002"))
    assert nets(desk, accounts=["1002"]) == {("1002", "CNY"): 100}


def test_a_journal_is_posted_read_and_mirrored_once(desk: Desk) -> None:
    ledger = desk.client.ledger
    made = ledger.post_journal(
        entries=[leg("1001", "D", "7"), leg("6601", "D", "3"), leg("4001", "C", "10")],
        reference="R-1",
        reason="capital",
    )
    assert (made.kind, made.actor) == ("journal_posted", "dev:channel")
    assert made.value_date == made.posting_date == date_of("2024-01-15")
    assert ledger.get_journal(name=made.name) == made
    desk.go_to("2024-01-17")
    back = ledger.reverse_journal(name=made.name, reason="typed twice")
    assert sides(back) == [("1001", 2, 700), ("6601", 2, 300), ("4001", 1, 1000)]
    assert (back.value_date, back.posting_date) == (date_of("2024-01-15"), date_of("2024-01-17"))
    assert (back.reverses, back.corrects) == (made.name, made.event)
    assert ledger.get_journal(name=back.name) == back
    assert nets(desk) == {}
    for name in (made.name, back.name):
        with pytest.raises(FailedPrecondition) as caught:
            ledger.reverse_journal(name=name, reason="again")
        assert caught.value.reason == "ALREADY_REVERSED"


def test_a_journal_may_balance_in_several_currencies(desk: Desk) -> None:
    given = [*pair("5", "EUR"), *pair("6", "JPY"), *pair("7.001", "KWD")]
    desk.client.ledger.post_journal(entries=given)
    assert nets(desk, accounts=["1001"]) == {
        ("1001", "EUR"): 500,
        ("1001", "JPY"): 6,
        ("1001", "KWD"): 7001,
    }


def test_each_item_of_a_batch_has_its_own_outcome(desk: Desk) -> None:
    requests = [
        item("1"),
        item("2", entries=[leg("1001", "D", "2"), leg("4001", "C", "1")]),
        item("3", entries=pair("3", debit="7777")),
        item("4", entries=pair("4", debit="1303P")),
        item("5", posting_date=date_of("2024-01-16")),
        item("6"),
        item("7", request_id=""),
        item("8", parent="books/other"),
        item("9", validate_only=True),
    ]
    requests[6].request_id = "a b"
    results = desk.client.ledger.batch_post_journals(requests=requests).results
    reasons = [from_status(r.error).reason if r.HasField("error") else "" for r in results]
    assert reasons == [
        "",
        "INVALID_INPUT",
        "NOT_FOUND",
        "ACCOUNT_NOT_USABLE",
        "DATE_NOT_OPEN",
        "",
        "INVALID_INPUT",
        "NOT_FOUND",
        "INVALID_INPUT",
    ]
    assert nets(desk) == {("1001", "CNY"): 700, ("4001", "CNY"): -700}
    posted = desk.client.ledger.get_journal(name=results[5].journal)
    assert minor(posted.entries[0].amount) == 600


def test_a_batch_of_a_thousand_is_taken_and_again_gives_the_same_names(desk: Desk) -> None:
    requests = [item("1") for _ in range(1000)]
    first = desk.client.ledger.batch_post_journals(requests=requests)
    assert len({result.journal for result in first.results}) == 1000
    assert desk.client.ledger.batch_post_journals(requests=requests) == first
    assert nets(desk, accounts=["1001"]) == {("1001", "CNY"): 100_000}


def test_the_same_item_twice_in_one_batch_posts_once(desk: Desk) -> None:
    same = item("1")
    other = item("2", request_id=same.request_id)
    found = desk.client.ledger.batch_post_journals(requests=[same, same, other]).results
    assert found[0].journal == found[1].journal
    assert from_status(found[2].error).reason == "REQUEST_ID_REUSED"
    assert nets(desk, accounts=["1001"]) == {("1001", "CNY"): 100}


def test_a_stream_answers_its_batches_in_order(desk: Desk) -> None:
    batches = [
        lg.BatchPostJournalsRequest(requests=[item(str(n), reference=f"S-{n}")] * 1)
        for n in range(1, 21)
    ]
    answers = list(desk.client.ledger.stream_post_journals(batches))
    references = [
        desk.client.ledger.get_journal(name=answer.results[0].journal).reference
        for answer in answers
    ]
    assert references == [f"S-{n}" for n in range(1, 21)]
    assert nets(desk, accounts=["1001"]) == {("1001", "CNY"): 21_000}


def test_a_stream_of_broken_batches_ends_at_the_first_and_leaves_nothing_in_the_log(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    good, broken = lg.BatchPostJournalsRequest(requests=[item("1")]), lg.BatchPostJournalsRequest()
    for _ in range(5):
        with pytest.raises(InvalidArgument):
            list(desk.client.ledger.stream_post_journals([good, broken, broken, broken]))
    gc.collect()
    desk.client.ledger.list_periods()
    assert "never retrieved" not in caplog.text
    assert nets(desk, accounts=["1001"]) == {("1001", "CNY"): 100}


def test_journals_and_entries_are_found_page_by_page(desk: Desk) -> None:
    ledger = desk.client.ledger
    desk.go_to("2024-01-20")
    for n in range(1, 11):
        ledger.post_journal(
            entries=pair(str(n), debit="6601" if n % 2 else "1001"),
            reference=f"R-{n}",
            value_date=date_of(f"2024-01-{n:02}") if n > 5 else None,
        )

    def references(**asked: object) -> set[int]:
        found = list(ledger.list_journals.iterate(page_size=3, **asked))
        assert len({journal.name for journal in found}) == len(found)
        return {int(journal.reference[2:]) for journal in found}

    dates = common_pb2.DateRange(start=date_of("2024-01-06"), end=date_of("2024-01-09"))
    assert references() == set(range(1, 11))
    assert references(account="6601") == {1, 3, 5, 7, 9}
    assert references(reference="R-4") == {4}
    assert references(value_date=dates) == {6, 7, 8, 9}
    assert references(value_date=dates, account="1001") == {6, 8}
    assert references(posting_date=dates) == set()
    entries = list(ledger.list_entries.iterate(page_size=3, account="4001"))
    assert sorted(minor(e.entry.amount) for e in entries) == [n * 100 for n in range(1, 11)]
    first = ledger.list_journals(page_size=3)
    assert ledger.list_journals(page_size=3) == first
    assert references(reference="%") == set()
    assert references(account="' or ''='") == set()


def test_a_loan_s_journals_and_entries_name_it(desk: Desk) -> None:
    name = desk.lent(desk.publish(), "1200")
    desk.lent(f"{BOOK}/products/plain", "5")
    journals = desk.client.ledger.list_journals(loan=name).journals
    assert [sides(journal) for journal in journals] == [
        [("1303P", 1, 120000), ("1001", 2, 120000)],
    ]
    entries = desk.client.ledger.list_entries(loan=name, account="1303P").entries
    assert [(e.entry.loan, e.entry.component) for e in entries] == [(name, 1)]


def test_balances_are_asked_by_value_date_by_posting_date_and_as_they_were_known(
    desk: Desk,
) -> None:
    ledger = desk.client.ledger
    ledger.post_journal(entries=pair("1"))
    desk.go_to("2024-01-20")
    second = ledger.post_journal(entries=pair("2"), value_date=date_of("2024-01-10"))
    ledger.post_journal(entries=pair("4"))
    cash = ("1001", "CNY")
    assert nets(desk)[cash] == 700
    assert nets(desk, value_date=date_of("2024-01-09")) == {}
    assert nets(desk, value_date=date_of("2024-01-10"))[cash] == 200
    assert nets(desk, value_date=date_of("2024-01-15"))[cash] == 300
    assert nets(desk, posting_date=date_of("2024-01-15"))[cash] == 100
    assert nets(desk, known_at=second.create_time)[cash] == 300
    assert nets(desk, known_at=timestamp_pb2.Timestamp(seconds=0)) == {}
    both = {"known_at": second.create_time, "value_date": date_of("2024-01-10")}
    assert nets(desk, **both)[cash] == 200
    ledger.post_journal(entries=pair("8"), value_date=date_of("2024-01-10"))
    assert nets(desk, **both)[cash] == 200


def test_the_trial_balance_agrees_now_and_at_any_close(desk: Desk) -> None:
    ledger = desk.client.ledger
    desk.lent(desk.publish(), "1200")
    ledger.post_journal(entries=pair("5", "EUR"))
    desk.go_to("2024-01-20")
    ledger.post_journal(entries=pair("7"))
    now = ledger.get_trial_balance()
    # Cash is in credit, so loans and their interest stand alone: 1200 x 0.5 % x 5/31 = 0.9677.
    assert [(t.currency_code, minor(t)) for t in now.debit] == [("CNY", 120097), ("EUR", 500)]
    assert (now.balanced, list(now.debit)) == (True, list(now.credit))
    first = ledger.get_trial_balance(posting_date=date_of("2024-01-15"))
    assert (first.balanced, minor(first.debit[0])) == (True, 120019)
    assert ledger.get_trial_balance(posting_date=date_of("2024-01-14")).lines == []


def test_months_close_in_order_and_the_last_one_opens_again(desk: Desk) -> None:
    ledger = desk.client.ledger
    desk.go_to("2024-03-05")
    names = [f"{BOOK}/periods/2024-0{n}" for n in (1, 2, 3)]
    with pytest.raises(FailedPrecondition, match="2024-01 is next"):
        ledger.close_period(name=names[1])
    for name in names[:2]:
        assert ledger.close_period(name=name).state == lg.PERIOD_STATE_CLOSED
    with pytest.raises(FailedPrecondition, match="has not ended"):
        ledger.close_period(name=names[2])
    with pytest.raises(FailedPrecondition) as caught:
        ledger.post_journal(entries=pair("1"), posting_date=date_of("2024-02-29"))
    assert caught.value.reason == "PERIOD_CLOSED"
    backdated = ledger.post_journal(entries=pair("1"), value_date=date_of("2024-02-29"))
    assert backdated.posting_date == date_of("2024-03-05")
    with pytest.raises(FailedPrecondition):
        ledger.reopen_period(name=names[0], reason="audit")
    reopened = ledger.reopen_period(name=names[1], reason="audit")
    assert reopened.state == lg.PERIOD_STATE_OPEN
    assert ledger.post_journal(entries=pair("1"), posting_date=date_of("2024-02-29")).name
    found = ledger.list_periods()
    assert [(p.name, p.state) for p in found.periods] == list(zip(names, (2, 1, 1), strict=True))
    assert (found.periods[1].start, found.periods[1].end) == (
        date_of("2024-02-01"),
        date_of("2024-02-29"),
    )
    assert found.business_date == date_of("2024-03-05")


def test_a_journal_that_is_not_there_is_not_found(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.client.ledger.reverse_journal(name=f"{BOOK}/journals/000-1-1", reason="none")
    with pytest.raises(NotFound):
        desk.client.ledger.get_journal(name=f"{BOOK}/journals/000-1-1")
