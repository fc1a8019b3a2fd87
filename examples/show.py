"""What finance and an auditor want to see, as tables."""

from __future__ import annotations

from collections import Counter

from rich.console import Console
from rich.table import Table

from loanledger import AsyncClient, format_money, minor, to_date
from loanledger.v1 import loan_service_pb2

OWED = ("principal", "interest", "fee", "penalty", "credit")


class Broken(Exception):
    """A promise did not hold: the demo ends with an error."""


def figures(title: str, *columns: str) -> Table:
    """A table whose first column is text and whose others are figures."""
    table = Table(title=title, title_justify="left", title_style="bold")
    for index, column in enumerate(columns):
        table.add_column(column, justify="left" if index == 0 else "right")
    return table


def processed(console: Console, done: Counter[str], seconds: float) -> None:
    """What was done and how fast."""
    table = figures("Processed", "what", "count", "a second")
    for what, count in done.items():
        table.add_row(what, f"{count:,}", f"{count / seconds:,.0f}")
    console.print(table)


async def trial_balance(console: Console, client: AsyncClient) -> None:
    """Each account's balance on its side; the totals must agree."""
    found = await client.reports.get_trial_balance()
    table = figures("Trial balance", "account", "debit", "credit")
    for line in found.lines:
        net = minor(line.net)
        text = format_money(line.net, currency=False).lstrip("-")
        account = f"{line.account}  {line.title}"
        table.add_row(account, text if net > 0 else "", text if net < 0 else "")
    table.add_section()
    for debit, credit in zip(found.debit, found.credit, strict=True):
        table.add_row(
            f"total {debit.currency_code}",
            *(format_money(x, currency=False) for x in (debit, credit)),
        )
    console.print(table)
    if not found.balanced:
        raise Broken("the trial balance does not balance")


async def tie_out(console: Console, client: AsyncClient) -> None:
    """Each control account against its loans."""
    found = await client.reports.get_tie_out()
    table = figures(
        "Tie-out: control accounts against their loans", "account", "ledger", "loans", "difference"
    )
    for line in found.lines:
        sums = (line.ledger, line.loans, line.difference)
        table.add_row(
            f"{line.account}  {line.title}", *(format_money(x, currency=False) for x in sums)
        )
    console.print(table)
    if not found.tied:
        raise Broken("a control account does not tie to its loans")


async def delinquency(console: Console, client: AsyncClient) -> None:
    """Active loans by days past due."""
    found = await client.reports.get_delinquency()
    day = to_date(found.business_date)
    table = figures(f"Delinquency on {day}", "days past due", "loans", "principal", "overdue")
    for line in found.buckets:
        sums = (format_money(x, currency=False) for x in (line.principal, line.overdue))
        table.add_row(line.bucket, f"{line.loans:,}", *sums)
    console.print(table)


async def statement(console: Console, client: AsyncClient, name: str) -> None:
    """One borrower's statement, its last lines."""
    found = await client.loans.get_statement(name=name)
    status = loan_service_pb2.LoanStatus.Name(found.loan.status).removeprefix("LOAN_STATUS_")
    title = f"Statement of {name} ({status.lower()}, the last 14 of {len(found.lines)} lines)"
    table = figures(title, "value date", "kind", *OWED, "balance")
    table.columns[1].justify = "left"
    for line in found.lines[-14:]:
        moved = (format_money(getattr(line.movement, part), currency=False) for part in OWED)
        balance = format_money(line.balance, currency=False)
        table.add_row(str(to_date(line.value_date)), line.kind, *moved, balance)
    console.print(table)
    balances = (getattr(found.loan.balance, part) for part in OWED)
    owed = sum(sign * minor(x) for sign, x in zip((1, 1, 1, 1, -1), balances, strict=True))
    if owed != minor(found.closing_balance):
        raise Broken("the statement does not end at the loan's balance")
