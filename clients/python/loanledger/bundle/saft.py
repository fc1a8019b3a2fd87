"""The general ledger of an export as a Standard Audit File for Tax (OECD SAF-T 2.00).

Header, accounts and general ledger entries of one currency. Two passes over the file, as the totals
stand before the entries; memory grows with accounts and months only.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, Final, TextIO
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from ledger.audit.ads import MANUAL
from ledger.audit.history import event_name
from ledger.audit.stream import BrokenExport, Item, items
from ledger.audit.tables import ACCOUNTS, BALANCES, Row, moment
from ledger.audit.tabulate import Tabulator, money_text

NAMESPACE: Final = "urn:OECD:StandardAuditFile-Taxation/2.00"
#: What XML 1.0 cannot hold.
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: Lengths of the schema's text types.
_CODE, _SHORT, _MIDDLE, _NAME, _LONG = 9, 18, 35, 70, 256
_TYPES = {"asset": "Asset", "liability": "Liability", "income": "Sale", "expense": "Expense"}


@dataclass(frozen=True, slots=True)
class Company:
    """Whose books they are: what the header must have and no ledger knows."""

    name: str
    registration_number: str
    country: str
    city: str
    postal_code: str
    first_name: str
    last_name: str
    telephone: str


@dataclass(frozen=True, slots=True)
class Selection:
    """One currency, and months of posting, YYYY-MM, both included."""

    currency: str
    first: str
    last: str

    def takes(self, event: dict[str, Any]) -> bool:
        """Whether the event is posted in these months."""
        return self.first <= str(event["posting_date"])[:7] <= self.last


@dataclass(slots=True)
class Figures:
    """What the first pass counts: accounts and balances of the currency, totals of the months."""

    accounts: dict[str, Row]
    openings: dict[str, int]
    closings: dict[str, int]
    entries: int = 0
    debit: int = 0
    credit: int = 0
    left_out: int = 0


def write(history: Path, out: TextIO, company: Company, created: str, chosen: Selection) -> Figures:
    """Writes the file; BrokenExport where the history is no whole export."""
    figures = _counted(history, chosen)
    xml = _Xml(out)
    with xml.tag("AuditFile", xmlns=NAMESPACE):
        with xml.tag("Header"):
            _header(xml, company, created, chosen, figures)
        with xml.tag("MasterFiles"), xml.tag("GeneralLedgerAccounts"):
            for code, account in sorted(figures.accounts.items()):
                _account(xml, code, account, chosen.currency, figures)
        with xml.tag("GeneralLedgerEntries"):
            xml.leaf("NumberOfEntries", str(figures.entries))
            xml.leaf("TotalDebit", money_text(figures.debit, chosen.currency))
            xml.leaf("TotalCredit", money_text(figures.credit, chosen.currency))
            with xml.tag("Journal"):
                xml.leaf("JournalID", "GL")
                xml.leaf("Description", "General ledger")
                xml.leaf("Type", "GL")
                for item in _items(history):
                    _transactions(xml, item, chosen)
    return figures


def _counted(history: Path, chosen: Selection) -> Figures:
    found = Figures({}, {}, {})

    def emit(table: str, row: Row) -> None:
        if table == ACCOUNTS.name:
            found.accounts[str(row[0])] = row
        elif table == BALANCES.name and row[1] == chosen.currency:
            code, month = str(row[0]), str(row[2])
            if month <= chosen.last:
                found.closings[code] = int(row[6] or 0)
            if month < chosen.first:
                found.openings[code] = int(row[6] or 0)

    tabulator = Tabulator(emit)
    for item in _items(history):
        tabulator.add(item)
        if chosen.takes(item.event):
            ours = [e for e in item.event["entries"] if e[4] == chosen.currency]
            found.left_out += len(item.event["entries"]) - len(ours)
            found.entries += len(ours)
            found.debit += sum(entry[5] for entry in ours if entry[3] == "D")
            found.credit += sum(entry[5] for entry in ours if entry[3] == "C")
    tabulator.finish({})
    found.accounts = {code: row for code, row in found.accounts.items() if code in found.closings}
    if not found.accounts:
        raise BrokenExport(f"no entry in {chosen.currency} up to {chosen.last}")
    return found


def _header(xml: _Xml, company: Company, created: str, chosen: Selection, figures: Figures) -> None:
    xml.leaf("AuditFileVersion", "2.00")
    xml.leaf("AuditFileCountry", company.country)
    xml.leaf("AuditFileDateCreated", created)
    xml.leaf("SoftwareCompanyName", "loanledger", _NAME)
    xml.leaf("SoftwareID", "loanledger", _LONG)
    xml.leaf("SoftwareVersion", version("loanledger"), _SHORT)
    with xml.tag("Company"):
        xml.leaf("RegistrationNumber", company.registration_number, _MIDDLE)
        xml.leaf("Name", company.name, _NAME)
        with xml.tag("Address"):
            xml.leaf("City", company.city, _MIDDLE)
            xml.leaf("PostalCode", company.postal_code, _SHORT)
            xml.leaf("Country", company.country)
        with xml.tag("Contact"):
            with xml.tag("ContactPerson"):
                xml.leaf("FirstName", company.first_name, _MIDDLE)
                xml.leaf("LastName", company.last_name, _NAME)
            xml.leaf("Telephone", company.telephone, _SHORT)
    xml.leaf("DefaultCurrencyCode", chosen.currency)
    with xml.tag("SelectionCriteria"):
        xml.leaf("SelectionStartDate", f"{chosen.first}-01")
        year, month = map(int, chosen.last.split("-"))
        xml.leaf("SelectionEndDate", f"{chosen.last}-{monthrange(year, month)[1]:02d}")
    words = f"entries in {chosen.currency} only; left out in other currencies: {figures.left_out}"
    xml.leaf("HeaderComment", words, _LONG)
    xml.leaf("TaxAccountingBasis", "Accounting", _SHORT)


def _account(xml: _Xml, code: str, account: Row, currency: str, figures: Figures) -> None:
    with xml.tag("Account"):
        xml.leaf("AccountID", code, _NAME)
        xml.leaf("AccountDescription", str(account[1] or code), _LONG)
        xml.leaf(
            "AccountType", _TYPES.get(str(account[3]), str(account[3]).title() or "Other"), _SHORT
        )
        balances = (figures.openings.get(code, 0), figures.closings[code])
        for name, balance in zip(("Opening", "Closing"), balances, strict=True):
            side = "Credit" if balance < 0 else "Debit"
            xml.leaf(f"{name}{side}Balance", money_text(abs(balance), currency))


def _transactions(xml: _Xml, item: Item, chosen: Selection) -> None:
    event = item.event
    if not chosen.takes(event):
        return
    name = event_name(event["stripe"], event["number"])
    ours = [(n, e) for n, e in enumerate(event["entries"], 1) if e[4] == chosen.currency]
    for journal, lines in groupby(sorted(ours, key=_journal), _journal):
        posted, words = event["posting_date"], ": ".join(filter(None, _words(event)))
        with xml.tag("Transaction"):
            xml.leaf("TransactionID", f"{name}-{journal}", _NAME)
            xml.leaf("Period", str(int(posted[5:7])))
            xml.leaf("PeriodYear", posted[:4])
            xml.leaf("TransactionDate", event["value_date"])
            xml.leaf("SourceID", event["actor"], _MIDDLE)
            xml.leaf("TransactionType", "manual" if event["kind"] in MANUAL else "automatic")
            xml.leaf("Description", words, _LONG)
            xml.leaf("SystemEntryDate", f"{moment(event['booked_at']):%Y-%m-%d}")
            xml.leaf("GLPostingDate", posted)
            xml.leaf("SystemID", name, _SHORT)
            for number, entry in lines:
                _line(xml, number, entry, words)


def _line(xml: _Xml, number: int, entry: list[Any], words: str) -> None:
    _, value, account, side, currency, amount, loan, component, _ = entry
    with xml.tag("Line"):
        xml.leaf("RecordID", str(number))
        xml.leaf("AccountID", account, _NAME)
        xml.leaf("ValueDate", value)
        if loan is not None:
            xml.leaf("SourceDocumentID", f"loan {loan}", _MIDDLE)
        xml.leaf("Description", component or words, _LONG)
        with xml.tag("DebitAmount" if side == "D" else "CreditAmount"):
            xml.leaf("Amount", money_text(amount, currency))


def _journal(line: tuple[int, list[Any]]) -> int:
    return int(line[1][0])


_words: Callable[[dict[str, Any]], tuple[str, ...]] = itemgetter("kind", "reason", "reference")


def _items(history: Path) -> Iterator[Item]:
    with history.open("rb") as file:
        yield from items(file)


class _Xml:
    """Elements one after the other."""

    def __init__(self, out: Any) -> None:
        self._xml = XMLGenerator(out, encoding="utf-8", short_empty_elements=True)
        self._xml.startDocument()

    @contextmanager
    def tag(self, name: str, **attributes: str) -> Iterator[None]:
        """An element with what the block writes."""
        self._xml.startElement(name, AttributesImpl(attributes))
        yield
        self._xml.endElement(name)
        self._xml.ignorableWhitespace("\n")

    def leaf(self, name: str, text: str, most: int | None = None) -> None:
        """An element with a text, cut to the length that its type allows."""
        with self.tag(name):
            self._xml.characters(_UNFIT.sub("\N{REPLACEMENT CHARACTER}", text)[:most])
