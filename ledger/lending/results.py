"""The result of a month or a year: income and expense go to retained earnings, and back again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial

from ledger.audit.canonical import EventRecord
from ledger.book.chart import AccountType
from ledger.book.journal import Entry, Journal
from ledger.drafts import Draft
from ledger.errors import AccountNotUsable, FailedPrecondition
from ledger.lending.journals import require_open
from ledger.lending.periods import month_of, require_ended
from ledger.names import SPAN
from ledger.record import Decision
from ledger.store import balances, events
from ledger.store.rows import Connection
from ledger.view import View

TRANSFERRED, REVERSED = "result_transferred", "result_transfer_reversed"
#: Retained earnings of the default chart.
DEFAULT_ACCOUNT = "4103"
_OF_RESULT = frozenset({AccountType.INCOME, AccountType.EXPENSE})


@dataclass(frozen=True, slots=True)
class Transferred:
    """What went to an account on the last day of a month: profit is positive, in minor units."""

    month: date
    posting_date: date
    account: str
    result: dict[str, int]


def transfer(view: View, month: date, account: str, reason: str) -> Decision:
    """Brings income and expense to zero as at the end of a month, stripe by stripe.

    Done again it moves what was posted into the month since. Run each month or each year.
    """
    start, end = month_of(month)
    _require_open(view, start, end)
    found = view.account(account)
    if found.type is not AccountType.EQUITY or found.control:
        raise AccountNotUsable(f"{account} is no account of equity", account=account)
    codes = [a.code for a in view.newest().accounts.values() if a.type in _OF_RESULT]
    load = partial(
        balances.by_stripe,
        book=view.book.number,
        accounts=codes,
        value_date=None,
        posting_date=end,
        known_at=None,
    )
    rows = [row for row in view.read(("result", end), load) if row[3] != row[4]]
    if not rows:
        raise FailedPrecondition(f"income and expense are zero as at {end}", posting_date=end)
    entries: dict[int, list[Entry]] = {}
    totals: dict[tuple[int, str], int] = {}
    for stripe, code, currency, debit, credit in rows:
        entries.setdefault(stripe, []).append(_entry(code, currency, credit - debit))
        totals[stripe, currency] = totals.get((stripe, currency), 0) + credit - debit
    result: dict[str, int] = {}
    for (stripe, currency), profit in totals.items():
        if profit:
            entries[stripe].append(_entry(account, currency, -profit))
        result[currency] = result.get(currency, 0) + profit
    done = Transferred(start, end, account, result)
    return _everywhere(
        view, done, [(stripe, TRANSFERRED, own, None) for stripe, own in entries.items()], reason
    )


def reverse(view: View, month: date, reason: str) -> Decision:
    """Undoes all transfers of a month that stand, while the month is open."""
    start, end = month_of(month)
    _require_open(view, start, end)
    subject = f"periods/{start:%Y-%m}"
    found = view.read(("transfers", subject), partial(_standing, view=view, subject=subject))
    if not found:
        raise FailedPrecondition(f"no transfer of {start:%Y-%m} stands")
    result: dict[str, int] = {}
    events_of, account = [], DEFAULT_ACCOUNT
    for record in found:
        account = record.payload["account"]
        entries = []
        for line in record.entries:
            mirrored = Entry(line.account, line.side, line.currency, line.amount).mirrored()
            entries.append(mirrored)
            if line.account == account:
                signed = -line.amount if line.side == "C" else line.amount
                result[line.currency] = result.get(line.currency, 0) + signed
        events_of.append((record.stripe, REVERSED, entries, record.number))
    return _everywhere(view, Transferred(start, end, account, result), events_of, reason)


async def _standing(connection: Connection, view: View, subject: str) -> list[EventRecord]:
    keys = await events.standing(connection, view.book.number, TRANSFERRED, subject)
    read = await events.read(connection, view.book.code, keys)
    return [read[key][0] for key in keys]


def _require_open(view: View, start: date, end: date) -> None:
    require_ended(view, start, end)
    for stripe in view.stripes.values():
        require_open(stripe, end)


def _entry(account: str, currency: str, amount: int) -> Entry:
    """A debit of a positive amount, a credit of a negative one."""
    return Entry(account, "D" if amount > 0 else "C", currency, abs(amount))


def _everywhere(
    view: View,
    done: Transferred,
    found: Iterable[tuple[int, str, list[Entry], int | None]],
    reason: str,
) -> Decision:
    """An event on each stripe; the first one, which answers, stands on the book's first stripe."""
    made = []
    for stripe, kind, entries, reverses in found:
        draft = Draft(
            kind=kind,
            subject=f"periods/{done.month:%Y-%m}",
            payload={"account": done.account},
            journals=(Journal(done.posting_date, tuple(entries)),) if entries else (),
            value_date=done.posting_date,
            posting_date=done.posting_date,
            reason=reason,
            reverses=reverses,
        )
        made.append(Decision(draft, result=done, stripe=stripe))
    first = view.book.number * SPAN
    if all(decision.stripe != first for decision in made):
        kind = made[0].draft.kind
        return _everywhere(view, done, [(first, kind, [], None), *found], reason)
    made.sort(key=lambda decision: decision.stripe != first)
    return Decision(made[0].draft, result=done, stripe=first, also=tuple(made[1:]))
