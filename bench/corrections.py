"""Backdated corrections through gRPC: the first repayment of loans that are two years old."""

from __future__ import annotations

import asyncio
import time
from datetime import date, timedelta

from google.type import money_pb2

from ledger.calc.periods import Frequency, Unit, shifted
from loanledger import AsyncClient, date_of, decimal_, to_date
from loanledger.v1 import party_service_pb2

LOANS, MONTHS, TERM = 20, 24, 36
PAID = money_pb2.Money(currency_code="EUR", units=370)
CORRECTED = money_pb2.Money(currency_code="EUR", units=365)


async def corrections(target: str, token: str) -> float:
    """Corrections a second by one caller: the repayment undone, and booked anew 24 months ago."""
    async with AsyncClient(target, token=token, timeout=600) as client:
        start = to_date((await client.end_of_day.get_end_of_day()).business_date)
        if start is None:
            raise RuntimeError("the book has no business date")
        names = [await _lent(client, number) for number in range(LOANS)]
        dues = [shifted(start, month, Frequency(Unit.MONTH, 1)) for month in range(1, MONTHS + 2)]
        first = await _repaid(client, names, dues[0])
        for due in dues[1:]:
            await _repaid(client, names, due)
        calls, begun = 0, time.perf_counter()
        for name, event in zip(names, first, strict=True):
            await client.loans.reverse_loan_event(event=event, reason="wrong amount")
            await client.loans.repay_loan(
                name=name, amount=CORRECTED, value_date=date_of(dues[0].isoformat())
            )
            calls += 2
        return calls / (time.perf_counter() - begun)


async def _lent(client: AsyncClient, number: int) -> str:
    party = await client.parties.create_party(
        party=party_service_pb2.Party(kind="PARTY_KIND_PERSON", display_name=f"Borrower {number}")
    )
    loan = await client.loans.open_loan(
        party=party.name,
        product="books/main/products/auto",
        amount=money_pb2.Money(currency_code="EUR", units=12_000),
        annual_rate=decimal_("0.069"),
        instalments=TERM,
    )
    await client.loans.approve_loan(name=loan.name)
    await client.loans.disburse_loan(name=loan.name)
    return loan.name


async def _repaid(client: AsyncClient, names: list[str], due: date) -> list[str]:
    """Closes the days before a due date and pays on it; the events of the repayments."""
    last = date_of((due - timedelta(days=1)).isoformat())
    async for _ in client.end_of_day.run_end_of_day(business_date=last):
        pass
    answers = [client.loans.repay_loan(name=name, amount=PAID) for name in names]
    return [answer.transaction.event for answer in await asyncio.gather(*answers)]
