"""A kind of alteration: what is altered, as statements of the database's superuser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import psycopg

Forge = Callable[[psycopg.Connection], None]

#: Where an alteration may strike; %(stripe)s, %(number)s and more columns are in its statements.
ENTRIES = "select stripe, number, min(line) as line from ledger.entry group by 1, 2"
PAIRS = f"{ENTRIES} having count(*) = 2"
MANUAL = "select stripe, number from ledger.event where kind = 'journal_posted'"
PAID = (
    "select stripe, number, loan from ledger.event where kind = 'repayment_recorded'"
    " and number not in (select reverses from ledger.event r"
    " where r.stripe = event.stripe and reverses is not null)"
)
ANY = "select stripe, number from ledger.event"
INSIDE = (
    "select e.stripe, e.number from ledger.event e join ledger.stripe s using (stripe)"
    " where e.number between 2 and s.last_number - 1"
)
LOANS = "select stripe, loan, last_number from ledger.loan where status = 'active'"
LINES = "select stripe, number, loan, day, component from ledger.accrual where amount <> 0"
ANSWERS = "select stripe, number, request_id from ledger.answer where method = 'RepayLoan'"
AT = "where stripe = %(stripe)s and number = %(number)s"
LOAN = "where stripe = %(stripe)s and loan = %(loan)s"
LINE = f"{LOAN} and day = %(day)s and component = %(component)s"
ANSWER = "where stripe = %(stripe)s and request_id = %(request_id)s"


@dataclass(frozen=True)
class Kind:
    """One alteration: whom it may strike, its statements, and what the forger does afterwards.

    `by` is the check that must find it, `names` that this names the event that was struck.
    """

    victims: str
    statements: tuple[str, ...]
    after: tuple[Forge, ...] = ()
    by: str = "export"
    names: bool = False


def event(statement: str, victims: str = ANY, *after: Forge) -> Kind:
    """An alteration of an event, or of what belongs to it."""
    return Kind(victims, tuple(statement.split(";")), after, names=True)


def beside(
    statement: str, victims: str = "select 1", *after: Forge, by: str = "full check"
) -> Kind:
    """An alteration of a row beside the history."""
    return Kind(victims, tuple(statement.split(";")), after, by)
