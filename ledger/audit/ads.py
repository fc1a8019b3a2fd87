"""The general ledger files of the AICPA's Audit Data Standards, from the rows of a bundle.

Field names are those of the General Ledger Standard as of July 2015. A field for which the ledger
has no figure is empty; `docs/auditor.md` says where the files depart from the standard.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from typing import Final

import orjson

from ledger.audit.tables import (
    ACCOUNTS,
    BALANCES,
    DECIMAL,
    ENTRIES,
    EVENTS,
    TEXT,
    Column,
    Row,
    Table,
    Value,
    moment,
)

#: Kinds of event that people enter as journals; all others are made by the lending rules.
MANUAL: Final = frozenset({"journal_posted", "journal_reversed"})


def _table(name: str, meaning: str, fields: str) -> Table:
    columns = (
        Column(field, DECIMAL if field in _AMOUNTS else TEXT, "", null=True)
        for field in fields.split()
    )
    return Table(name, meaning, tuple(columns))


#: Where an entry's amount stands after its currency.
_AMOUNT = 1
_AMOUNTS = frozenset({"Amount", "Amount_Beginning", "Amount_Ending"})
GL_DETAIL: Final = _table(
    "GL_Detail",
    "one entry of a journal",
    "Journal_ID Journal_ID_Line_Number JE_Header_Description JE_Line_Description Source"
    " Business_Unit_Code Effective_Date Fiscal_Year Period GL_Account_Number Amount"
    " Amount_Credit_Debit_Indicator Amount_Currency Reporting_Amount Reporting_Amount_Currency"
    " Local_Amount Local_Amount_Currency Entered_By Entered_Date Entered_Time Approved_By"
    " Approved_Date Last_Modified_By Last_Modified_Date Reversal_Indicator Reversal_Journal_ID",
)
CHART: Final = _table(
    "Chart_Of_Accounts",
    "one account",
    "GL_Account_Number GL_Account_Name FS_Caption Account_Type Account_Subtype"
    " GL_Account_Description Parent_GL_Account_Number",
)
TRIAL_BALANCE: Final = _table(
    "Trial_Balance",
    "one account, currency and month",
    "GL_Account_Number Business_Unit_Code Fiscal_Year Period Balance_As_Of_Date Amount_Beginning"
    " Amount_Ending Amount_Currency Amount_Beginning_Reporting Amount_Ending_Reporting"
    " Amount_Reporting_Currency Amount_Beginning_Local Amount_Ending_Local Amount_Local_Currency",
)
SOURCES: Final = _table(
    "Source_Listing",
    "one kind of event that posts",
    "Source Source_Description ERP_Subledger_Module System_Manual_Identifier"
    " Business_Process_Major Business_Process_Minor",
)
FILES: Final[Mapping[str, Table]] = {
    table.name: table for table in (GL_DETAIL, CHART, TRIAL_BALANCE, SOURCES)
}
_TYPES = {
    "asset": "Assets",
    "liability": "Liabilities",
    "equity": "Equity",
    "income": "Revenue",
    "expense": "Expenses",
    "memo": "Memorandum",
}


class AuditDataStandard:
    """Takes the rows of a bundle as they come and emits those of the standard's files."""

    def __init__(self, book: str, emit: Callable[[str, Row], None]) -> None:
        self._book, self._emit = book, emit
        self._event: dict[str, Value] = {}
        self._sources = set[str]()

    def take(self, table: str, row: Row) -> None:
        """A row of the bundle's table of that name."""
        if table == EVENTS.name:
            self._event = _named(EVENTS, row)
            self._event["approvals"] = ";".join(orjson.loads(str(self._event["approvals"])))
        elif table == ENTRIES.name:
            self._emit(GL_DETAIL.name, self._detail(row))
        elif table == ACCOUNTS.name:
            account = _named(ACCOUNTS, row)
            kind = str(account["type"])
            caption = (account["account"], account["title"], None, _TYPES.get(kind, kind))
            self._emit(CHART.name, (*caption, None, account["title_zh"], None))
        elif table == BALANCES.name:
            self._emit(TRIAL_BALANCE.name, self._balance(_named(BALANCES, row)))

    def finish(self) -> None:
        """Emits the sources, which only the end knows."""
        for source in sorted(self._sources):
            manual = "Manual" if source in MANUAL else "System"
            row = (source, source.replace("_", " "), "loanledger", manual, None, None)
            self._emit(SOURCES.name, row)

    def _detail(self, row: Row) -> Row:
        name, _, journal, line, _, day, booked, kind, actor, account, side, currency, *rest = row
        event, source, posted, at = self._event, str(kind), str(day), moment(int(booked or 0))
        self._sources.add(source)
        return (
            *(f"{name}-{journal}", str(line), event["reason"], event["reference"], source),
            *(self._book, posted.replace("-", ""), posted[:4], posted[5:7], account),
            *(rest[_AMOUNT], side, currency, None, None, None, None, actor),
            *(f"{at:%Y%m%d}", f"{at:%H%M%S}", event["approvals"], None, None, None),
            *("1" if event["reverses"] else None, event["reverses"]),
        )

    def _balance(self, balance: dict[str, Value]) -> Row:
        period = str(balance["period"])
        year, month = period[:4], period[5:]
        ended = f"{year}{month}{monthrange(int(year), int(month))[1]}"
        return (
            *(balance["account"], self._book, year, month, ended),
            *(balance["opening"], balance["closing"], balance["currency"]),
            *[None] * 6,
        )


def _named(table: Table, row: Row) -> dict[str, Value]:
    return dict(zip((column.name for column in table.columns), row, strict=True))
