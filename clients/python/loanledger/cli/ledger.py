"""`loanledger ledger`: chart of accounts, journals, balances and periods."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from loanledger.cli import inputs, journals, output, progress, reports
from loanledger.cli.command import Result, command, group
from loanledger.cli.pages import gather
from loanledger.cli.params import (
    Because,
    Currency,
    DryRun,
    Limit,
    PostingDate,
    Reason,
    Reference,
    RequestId,
    Since,
    Until,
    ValueDate,
)
from loanledger.cli.session import Session
from loanledger.errors import from_status
from loanledger.money import amount
from loanledger.v1 import common_pb2
from loanledger.v1 import ledger_service_pb2 as pb

app = group("The double-entry ledger.")
BATCH = 500
Sides = Annotated[list[str], typer.Option(help="ACCOUNT=AMOUNT; give it again for more lines.")]
OfAccount = Annotated[str | None, typer.Option(help="An account code.")]
OfLoan = Annotated[str | None, typer.Option(help="A loan: its short id or full name.")]


@command(app, "accounts")
def accounts(s: Session, *, limit: Limit = 0) -> Result:
    """The chart of accounts."""
    found = gather(s.client.ledger.list_accounts, pb.ListAccountsRequest(), limit)
    paths = ("code", "title", "title_zh", "type", "control")
    return Result(found, (output.table("accounts", pb.Account, found.accounts, paths),))


@command(app, "create-account")
def create_account(
    s: Session,
    code: Annotated[str, typer.Argument(help="Such as 1001.")],
    title: Annotated[str, typer.Argument()],
    *,
    kind: Annotated[
        str, typer.Option("--type", help="asset, liability, equity, income, expense or memo.")
    ],
    title_zh: Annotated[str | None, typer.Option(help="The title in Chinese.")] = None,
    reason: Reason = None,
    request_id: RequestId = None,
) -> Result:
    """Add an account to the chart."""
    account = s.client.ledger.create_account(
        account=pb.Account(
            code=code, title=title, title_zh=title_zh, type=inputs.enum_of("ACCOUNT_TYPE", kind)
        ),
        reason=reason,
        request_id=request_id,
    )
    return Result(account, (output.record("account", account),))


@command(app, "post")
def post(
    s: Session,
    *,
    debit: Sides,
    credit: Sides,
    currency: Currency = "CNY",
    value_date: ValueDate = None,
    posting_date: PostingDate = None,
    reference: Reference = None,
    reason: Reason = None,
    request_id: RequestId = None,
    dry_run: DryRun = False,
) -> Result:
    """Post a manual journal: --debit 1001=100.00 --credit 6011=100.00."""
    return _journal(
        s.client.ledger.post_journal(
            entries=inputs.entries(debit, credit, currency),
            value_date=value_date,
            posting_date=posting_date,
            reference=reference,
            reason=reason,
            request_id=request_id,
            validate_only=dry_run,
        )
    )


@command(app, "post-file")
def post_file(
    s: Session,
    file: Annotated[Path, typer.Argument(help="CSV or JSONL of journals.", dir_okay=False)],
    *,
    currency: Currency = "CNY",
    request_id: Annotated[
        str | None, typer.Option(help="The ids of the journals follow from it.")
    ] = None,
    reason: Reason = None,
) -> Result:
    """Post the journals of a file; the same file posted again is not posted twice."""
    requests = journals.read(file, currency, request_id)
    for request in requests:
        request.reason = request.reason or reason or ""
    posted, failures = _post_all(s, requests)
    for failure in failures:
        output.note(failure)
    data = {"journals": posted, "failed": len(failures)}
    view = output.grid("", [("posted", True), ("failed", True)], [_counts(posted, failures)])
    return Result(data, (view,), f"{len(failures)} journals failed" if failures else "")


def _counts(posted: list[str], failures: list[str]) -> tuple[str, str]:
    return f"{len(posted):,}", f"{len(failures):,}"


def _post_all(s: Session, requests: list[pb.PostJournalRequest]) -> tuple[list[str], list[str]]:
    posted: list[str] = []
    failures: list[str] = []
    with progress.bar("journals") as shown:
        task = shown.add_task("posting", total=len(requests), things=0)
        for batch in journals.batches(requests, BATCH):
            answer = s.client.ledger.batch_post_journals(requests=batch)
            for request, result in zip(batch, answer.results, strict=True):
                if result.WhichOneof("outcome") == "journal":
                    posted.append(result.journal)
                else:
                    at = len(posted) + len(failures) + 1
                    text = str(from_status(result.error))
                    failures.append(journals.failure_line(at, request, text))
            shown.update(task, advance=len(batch), things=len(posted))
    return posted, failures


@command(app, "reverse")
def reverse(
    s: Session,
    journal: Annotated[str, typer.Argument(help="A manual journal: short id or full name.")],
    *,
    reason: Because,
    posting_date: PostingDate = None,
    request_id: RequestId = None,
) -> Result:
    """Post the mirror image of a manual journal."""
    return _journal(
        s.client.ledger.reverse_journal(
            name=s.name("journals", journal),
            reason=reason,
            posting_date=posting_date,
            request_id=request_id,
        )
    )


@command(app, "journals")
def list_journals(
    s: Session,
    *,
    account: OfAccount = None,
    loan: OfLoan = None,
    since: Since = None,
    until: Until = None,
    reference: Reference = None,
    limit: Limit = 100,
) -> Result:
    """List journals with their entries."""
    request = pb.ListJournalsRequest(
        account=account,
        loan=s.optional("loans", loan),
        posting_date=common_pb2.DateRange(start=since, end=until),
        reference=reference,
    )
    found = gather(s.client.ledger.list_journals, request, limit)
    rows = [
        (_journal_cells(journal, number), entry)
        for journal in found.journals
        for number, entry in enumerate(journal.entries)
    ]
    headers = ("journal", "value date", "posting date", "kind", "reference", "account")
    return Result(found, (_sides("journals", headers, rows),))


def _journal_cells(journal: pb.Journal, number: int) -> tuple[str, ...]:
    if number:
        return ("", "", "", "", "")
    values = (journal.name, journal.value_date, journal.posting_date, journal.kind)
    return (*map(output.text_of, values), journal.reference)


@command(app, "entries")
def entries(
    s: Session,
    *,
    account: OfAccount = None,
    loan: OfLoan = None,
    since: Since = None,
    until: Until = None,
    reference: Reference = None,
    limit: Limit = 100,
) -> Result:
    """List entries, such as the sheet of an account."""
    request = pb.ListEntriesRequest(
        account=account,
        loan=s.optional("loans", loan),
        posting_date=common_pb2.DateRange(start=since, end=until),
        reference=reference,
    )
    found = gather(s.client.ledger.list_entries, request, limit)
    rows = [(_entry_cells(posted), posted.entry) for posted in found.entries]
    headers = ("journal", "value date", "posting date", "kind", "loan", "account")
    return Result(found, (_sides("entries", headers, rows),))


def _entry_cells(posted: pb.PostedEntry) -> tuple[str, ...]:
    values = (posted.journal, posted.value_date, posted.posting_date, posted.kind)
    return (*map(output.text_of, values), output.text_of(posted.entry.loan))


@command(app, "balances")
def balances(
    s: Session,
    codes: Annotated[list[str] | None, typer.Argument(help="Account codes; all if none.")] = None,
    *,
    value_date: ValueDate = None,
    posting_date: PostingDate = None,
) -> Result:
    """Balances now, or at the end of a day."""
    found = s.client.ledger.list_balances(
        accounts=codes, value_date=value_date, posting_date=posting_date
    )
    paths = ("account", "title", "type", "debit", "credit", "net")
    return Result(found, (output.table("balances", pb.Balance, found.balances, paths),))


@command(app, "trial-balance")
def trial_balance(s: Session, *, posting_date: PostingDate = None) -> Result:
    """All accounts with their debits, credits and net; fails if it does not balance."""
    return reports.trial_balance_of(s.client.ledger.get_trial_balance(posting_date=posting_date))


def _journal(journal: pb.Journal) -> Result:
    rows = [(("",), entry) for entry in journal.entries]
    facts = pb.Journal()
    facts.CopyFrom(journal)
    facts.ClearField("entries")
    return Result(journal, (output.record("journal", facts), _sides("", ("", "account"), rows)))


def _sides(
    title: str, headers: tuple[str, ...], rows: Iterable[tuple[tuple[str, ...], pb.Entry]]
) -> Table:
    """Entries with debits and credits apart, and their totals."""
    lines = []
    sums: defaultdict[str, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for cells, entry in rows:
        right = entry.side == common_pb2.SIDE_CREDIT
        pair = (None, entry.amount) if right else (entry.amount, None)
        lines.append(((*cells, entry.account), *pair))
        sums[entry.amount.currency_code][right] += amount(entry.amount)
    totals = [(currency, debit, credit) for currency, (debit, credit) in sorted(sums.items())]
    return output.debit_credit(title, headers, lines, totals)
