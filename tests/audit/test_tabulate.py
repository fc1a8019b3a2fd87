"""The rows of a bundle are those of the history: balances roll on, users and accounts are found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from ledger.audit import ads, tables
from ledger.audit.ads import AuditDataStandard
from ledger.audit.canonical import Entry, EventRecord
from ledger.audit.stream import items
from ledger.audit.tables import TABLES, Row
from ledger.audit.tabulate import Tabulator, month_after
from tests.audit.sample import Sample

ACCOUNT = {"code": "1001", "control": "", "title": "Cash", "title_zh": "现金", "type": "asset"}
OTHER = {"code": "6011", "control": "", "title": "Interest", "title_zh": "", "type": "income"}


def event(number: int, day: str, *entries: Entry, **more: Any) -> EventRecord:
    plain = {"kind": "journal_posted", "value_date": day, "posting_date": day, "payload": {}}
    return Sample(()).event(number, entries=entries, **plain | more)


def pair(amount: int, debit: str = "1001", credit: str = "6011") -> tuple[Entry, Entry]:
    return (
        Entry(1, "2026-01-31", debit, "D", "CNY", amount),
        Entry(1, "2026-01-31", credit, "C", "CNY", amount),
    )


def tabulated(
    *events: EventRecord, catalogue: Mapping[str, Any] | None = None
) -> tuple[Tabulator, dict[str, list[dict[str, Any]]]]:
    """The totals, and the rows of each table as objects."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)

    def emit(name: str, row: Row) -> None:
        table = (TABLES | ads.FILES)[name]
        found[name].append(dict(zip((column.name for column in table.columns), row, strict=True)))

    standard = AuditDataStandard("main", emit)

    def both(name: str, row: Row) -> None:
        emit(name, row)
        standard.take(name, row)

    done = Tabulator(both)
    for item in items(Sample(events).export()):
        done.add(item)
    done.finish(catalogue or {})
    standard.finish()
    return done, found


LIFE = (
    event(1, "2025-11-30", kind="book_opened", payload={"accounts": [ACCOUNT]}),
    event(2, "2025-11-30", *pair(500)),
    event(3, "2026-01-31", *pair(123_45), approvals=("users/bob",)),
    event(4, "2026-01-31", *pair(45, "6011", "1001"), kind="journal_reversed", reverses=3),
)


def test_balances_roll_from_month_to_month() -> None:
    done, found = tabulated(*LIFE)
    cash = [row for row in found["balances"] if row["account"] == "1001"]
    assert [
        (row["period"], row["opening"], row["debit"], row["credit"], row["closing"], row["entries"])
        for row in cash
    ] == [
        ("2025-11", "0.00", "5.00", "0.00", "5.00", 1),
        ("2025-12", "5.00", "0.00", "0.00", "5.00", 0),
        ("2026-01", "5.00", "123.45", "0.45", "128.00", 2),
    ]
    last = [row["closing_minor"] for row in found["balances"] if row["period"] == "2026-01"]
    assert sum(last) == 0
    assert done.debit == done.credit == {"CNY": 12890}
    assert done.span == ("2025-11-30", "2026-01-31")


def test_accounts_come_from_the_history_and_else_from_the_catalogue() -> None:
    done, found = tabulated(*LIFE, catalogue={"6011": OTHER, "1001": OTHER})
    assert done.undeclared() == ["6011"]
    sources = [(row["account"], row["title"], row["source"]) for row in found["accounts"]]
    assert sources == [("1001", "Cash", "history"), ("6011", "Interest", "catalogue")]
    assert [row["declared_by"] for row in found["accounts"]] == ["7-1", None]


def test_users_are_counted_by_role_and_kind() -> None:
    _, found = tabulated(*LIFE)
    assert [(row["user"], row["role"], row["kind"], row["events"]) for row in found["users"]] == [
        ("users/ann", "actor", "book_opened", 1),
        ("users/ann", "actor", "journal_posted", 2),
        ("users/ann", "actor", "journal_reversed", 1),
        ("users/bob", "approver", "journal_posted", 1),
    ]
    posted = found["users"][1]
    assert (posted["first_event"], posted["last_event"]) == ("7-2", "7-3")


def test_an_entry_names_its_event_its_cause_and_its_amount_both_ways() -> None:
    entry = Entry(2, "2026-01-30", "1001", "D", "JPY", 7, "L1", "interest", 1)
    other = Entry(2, "2026-01-30", "6011", "C", "JPY", 7)
    _, found = tabulated(event(1, "2026-01-31"), event(2, "2026-01-31", entry, other))
    row = found["entries"][0]
    assert (row["event"], row["journal"], row["line"], row["cause"]) == ("7-2", 2, 1, "7-1")
    assert (row["amount_minor"], row["amount"], row["loan"]) == (7, "7", "L1")


def test_the_files_of_the_audit_data_standards_tie_to_the_tables() -> None:
    _, found = tabulated(*LIFE)
    detail = found["GL_Detail"]
    assert len(detail) == len(found["entries"])
    assert (
        detail[-1]
        | {
            "Journal_ID": "7-4-1",
            "Journal_ID_Line_Number": "2",
            "Source": "journal_reversed",
            "Effective_Date": "20260131",
            "Fiscal_Year": "2026",
            "Period": "01",
            "GL_Account_Number": "1001",
            "Amount": "0.45",
            "Amount_Credit_Debit_Indicator": "C",
            "Amount_Currency": "CNY",
            "Entered_By": "users/ann",
            "Reversal_Indicator": "1",
            "Reversal_Journal_ID": "7-3",
        }
        == detail[-1]
    )
    assert detail[2]["Approved_By"] == "users/bob"
    balances = [(row["closing"], row["opening"]) for row in found["balances"]]
    ends = [(row["Amount_Ending"], row["Amount_Beginning"]) for row in found["Trial_Balance"]]
    assert ends == balances
    assert {row["Balance_As_Of_Date"] for row in found["Trial_Balance"]} == {
        "20251130",
        "20251231",
        "20260131",
    }
    assert [row["Account_Type"] for row in found["Chart_Of_Accounts"]] == ["Assets", ""]
    assert [
        (row["Source"], row["System_Manual_Identifier"]) for row in found["Source_Listing"]
    ] == [
        ("journal_posted", "Manual"),
        ("journal_reversed", "Manual"),
    ]


def test_every_column_has_a_kind_and_a_meaning() -> None:
    kinds = {tables.TEXT, tables.JSON, tables.INTEGER, tables.DECIMAL, tables.DATE}
    kinds.add(tables.TIMESTAMP)
    for table in TABLES.values():
        assert table.meaning
        assert all(column.meaning for column in table.columns)
        assert {column.kind for column in table.columns} <= kinds


def test_months_follow_each_other() -> None:
    assert [month_after("2025-11"), month_after("2025-12")] == ["2025-12", "2026-01"]
