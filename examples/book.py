"""Drives the demo's book through the public client: one business day after another."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import ClassVar

from google.type import date_pb2
from rich.progress import Progress as RichProgress

from examples.rules import (
    CURRENCY,
    FIRST_DAY,
    PRODUCTS,
    RECOVERY_DAYS,
    WRITE_OFF_DAYS,
    Case,
    cases,
    terms,
)
from loanledger import AsyncClient, date_of, decimal_, minor, to_date
from loanledger.money import of_minor
from loanledger.v1 import loan_service_pb2, party_service_pb2

CALLS = 64
_DAY = timedelta(days=1)
Progress = Callable[[date], None]
Action = tuple["Loan", str]


@dataclass(slots=True)
class Loan:
    """A demo loan on its way: its name, its case, and its instalments once it is disbursed."""

    case: Case
    name: str = ""
    rows: list[loan_service_pb2.Instalment] = field(default_factory=list)
    written_off: int = 0


def day_of(value: date_pb2.Date) -> date:
    """A date that the server always sets."""
    found = to_date(value)
    if found is None:
        raise ValueError("the date is not set")
    return found


class Book:
    """The agenda of a book: what happens on which day."""

    def __init__(self, client: AsyncClient, count: int, span: int, prefix: str = "demo") -> None:
        self.client, self.prefix = client, prefix
        self.loans = [Loan(case) for case in cases(count, span)]
        self.agenda: dict[date, list[Action]] = {}
        self.done: Counter[str] = Counter()
        self._limit = asyncio.Semaphore(CALLS)
        for loan in self.loans:
            self._plan(loan.case.disbursed, loan, "open")

    async def publish(self) -> None:
        """Publishes the products."""
        for code, (title, *_) in PRODUCTS.items():
            await self.client.products.publish_product(
                code=code, title=title, terms=terms(code), request_id=f"{self.prefix}-{code}"
            )
            self.done["products published"] += 1

    async def run(self, days: int, progress: Progress) -> None:
        """Serves and closes so many business days."""
        await self.publish()
        day = FIRST_DAY
        for _ in range(days):
            await self._serve(day)
            async for _ in self.client.end_of_day.run_end_of_day(business_date=date_of(day)):
                pass
            self.done["business days closed"] += 1
            progress(day)
            day += _DAY

    def _plan(self, day: date, loan: Loan, action: str) -> None:
        self.agenda.setdefault(day, []).append((loan, action))

    async def _serve(self, day: date) -> None:
        """All actions of a day; those of one loan one after the other, loans side by side."""
        by_loan: dict[int, list[Action]] = {}
        for loan, action in self.agenda.pop(day, []):
            by_loan.setdefault(loan.case.row, []).append((loan, action))
        await asyncio.gather(*(self._in_turn(day, actions) for actions in by_loan.values()))

    async def _in_turn(self, day: date, actions: list[Action]) -> None:
        async with self._limit:
            for loan, action in actions:
                await self._act[action](self, day, loan)

    def _id(self, loan: Loan, what: str) -> str:
        return f"{self.prefix}-{loan.case.row}-{what}"

    async def _open(self, day: date, loan: Loan) -> None:
        """Party, application, approval, disbursement; then the agenda of its instalments."""
        case, client = loan.case, self.client
        party = await client.parties.create_party(
            party=party_service_pb2.Party(
                kind="PARTY_KIND_PERSON",
                display_name=f"Borrower {case.row + 1}",
                reference=f"row-{case.row + 1}",
            ),
            request_id=self._id(loan, "party"),
        )
        opened = await client.loans.open_loan(
            party=party.name,
            product=f"books/{client.options.book}/products/{case.product}",
            amount=of_minor(case.amount * 100, CURRENCY),
            annual_rate=decimal_(PRODUCTS[case.product][3]),
            instalments=case.instalments,
            reference=f"row-{case.row + 1}",
            request_id=self._id(loan, "open"),
        )
        loan.name = opened.name
        await client.loans.approve_loan(
            name=loan.name, request_id=self._id(loan, "approve"), reason="scored and approved"
        )
        await client.loans.disburse_loan(name=loan.name, request_id=self._id(loan, "disburse"))
        schedule = await client.loans.get_schedule(name=loan.name)
        loan.rows = list(schedule.instalments)
        self.done.update({"parties": 1, "loans opened and disbursed": 1})
        for row in loan.rows:
            due = day_of(row.due)
            if row.number >= case.stops_at or (len(loan.rows) == 1 and not case.good):
                self._plan(due + timedelta(days=WRITE_OFF_DAYS), loan, "write_off")
                return
            for paid_on, what in case.payments(due):
                self._plan(max(paid_on, day + _DAY), loan, what)

    async def _repay(self, day: date, loan: Loan, amount: int, what: str) -> None:
        if amount <= 0:
            return
        await self.client.loans.repay_loan(
            name=loan.name,
            amount=of_minor(amount, CURRENCY),
            request_id=self._id(loan, f"{day}-{what}"),
        )
        self.done["repayments"] += 1

    def _row(self, loan: Loan, day: date) -> loan_service_pb2.Instalment:
        return next((row for row in loan.rows if day_of(row.due) >= day), loan.rows[-1])

    async def _all(self, day: date, loan: Loan) -> None:
        await self._repay(day, loan, minor(self._row(loan, day).total), "all")

    async def _half(self, day: date, loan: Loan) -> None:
        await self._repay(day, loan, minor(self._row(loan, day).total) // 2, "half")

    async def _owed(self, day: date, loan: Loan) -> None:
        """What is overdue with its penalties: the late borrower asks first, as an app would."""
        found = await self.client.loans.get_loan(name=loan.name)
        owed = minor(found.overdue) + minor(found.balance.penalty) + minor(found.balance.fee)
        await self._repay(day, loan, owed, "owed")

    async def _write_off(self, day: date, loan: Loan) -> None:
        answer = await self.client.loans.write_off_loan(
            name=loan.name,
            request_id=self._id(loan, "write-off"),
            reason=f"{WRITE_OFF_DAYS} days past due, no contact",
        )
        loan.written_off = minor(answer.transaction.allocation.written_off)
        self.done["loans written off"] += 1
        if loan.case.recovers:
            self._plan(day + timedelta(days=RECOVERY_DAYS), loan, "recover")

    async def _recover(self, day: date, loan: Loan) -> None:
        await self.client.loans.record_recovery(
            name=loan.name,
            amount=of_minor(loan.written_off * 3 // 10, CURRENCY),
            request_id=self._id(loan, "recovery"),
        )
        self.done["recoveries"] += 1

    _act: ClassVar[dict[str, Callable[[Book, date, Loan], Awaitable[None]]]] = {
        "open": _open,
        "all": _all,
        "half": _half,
        "owed": _owed,
        "write_off": _write_off,
        "recover": _recover,
    }


async def fill_if_empty(target: str, token: str, loans: int = 150, days: int = 366) -> bool:
    """Gives a new book a year of the demo's loans; a book that has loans is left as it is."""
    async with AsyncClient(target, token=token, timeout=60) as client:
        if (await client.loans.list_loans(page_size=1)).loans:
            return False
        with RichProgress() as shown:
            task = shown.add_task("filling the demo book", total=days)
            book = Book(client, loans, days * 2 // 3)
            await book.run(days, lambda day: shown.update(task, advance=1))
    return True
