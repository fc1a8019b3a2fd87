"""`loanledger reports`: what finance reads."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from google.type.money_pb2 import Money
from rich.table import Table

from loanledger.cli import output
from loanledger.cli.command import Result, command, group
from loanledger.cli.params import PostingDate
from loanledger.cli.session import Session
from loanledger.money import amount, format_money
from loanledger.v1 import ledger_service_pb2, report_service_pb2

app = group("Reports.")
TIE_OUT = ("account", "title", "component", "ledger", "loans", "difference")


def trial_balance_of(balances: ledger_service_pb2.TrialBalance) -> Result:
    """The lines, their net, and totals for each currency; fails when debits are not credits."""
    problem = "" if balances.balanced else "the book does not balance"
    return Result(balances, (_trial_balance(balances),), problem)


def _trial_balance(balances: ledger_service_pb2.TrialBalance) -> Table:
    """Lines and their sums; the last rows are the debit and the credit balances."""
    paths = ("account", "title", "type", "debit", "credit", "net")
    rows = output.table("trial balance", ledger_service_pb2.Balance, balances.lines, paths)
    rows.add_section()
    for currency, sums in _sums(balances).items():
        cells = [f"{currency} {figure:,f}" for figure in sums]
        rows.add_row("movements", "", "", *cells, style="bold")
    credits_ = {total.currency_code: total for total in balances.credit}
    for debit in balances.debit:
        sides = (debit, credits_.get(debit.currency_code, Money()))
        rows.add_row("balances", "", "", *map(format_money, sides), "", style="bold")
    return rows


def _sums(balances: ledger_service_pb2.TrialBalance) -> dict[str, list[Decimal]]:
    sums: defaultdict[str, list[Decimal]] = defaultdict(lambda: [Decimal(0)] * 3)
    for line in balances.lines:
        figures = [amount(figure) for figure in (line.debit, line.credit, line.net)]
        total = sums[line.debit.currency_code]
        sums[line.debit.currency_code] = [a + b for a, b in zip(total, figures, strict=True)]
    return dict(sorted(sums.items()))


@command(app, "trial-balance")
def trial_balance(s: Session, *, posting_date: PostingDate = None) -> Result:
    """All accounts with their debits, credits and net; fails if it does not balance."""
    return trial_balance_of(s.client.reports.get_trial_balance(posting_date=posting_date))


@command(app, "tie-out")
def tie_out(s: Session) -> Result:
    """Each control account against the sum of its loans; fails on a difference."""
    answer = s.client.reports.get_tie_out()
    view = output.table("tie-out", report_service_pb2.TieOutLine, answer.lines, TIE_OUT)
    problem = "" if answer.tied else _differences(answer)
    return Result(answer, (view,), problem)


def _differences(answer: report_service_pb2.TieOut) -> str:
    accounts = [line.account for line in answer.lines if amount(line.difference)]
    return f"ledger and loans differ: {', '.join(accounts) or 'see the report'}"


@command(app, "delinquency")
def delinquency(s: Session) -> Result:
    """Loans and amounts by days past due."""
    answer = s.client.reports.get_delinquency()
    title = f"delinquency on {output.text_of(answer.business_date)}"
    paths = ("bucket", "loans", "principal", "overdue")
    view = output.table(title, report_service_pb2.DelinquencyBucket, answer.buckets, paths)
    return Result(answer, (view,))
