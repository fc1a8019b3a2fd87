"""Reminds of due dates, as events that whoever writes to borrowers reads from the history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta

from ledger.drafts import Draft
from ledger.end_of_day.turn import ACTOR, Turn
from ledger.errors import DEFECTS
from ledger.loan.state import State
from ledger.names import id_text
from ledger.store import reminders
from ledger.store.loans import StoredLoan
from ledger.store.records import decoded
from ledger.store.reminders import Wanted

KIND = "reminder_due"


async def remind(turn: Turn) -> Mapping[int, int]:
    """Looks at the rows that the steps before wrote: at due dates to come, and at unpaid ones."""
    ahead: list[Wanted] = []
    late: list[Wanted] = []
    for (code, version), product in turn.known.products.items():
        for days in product.terms.reminder_days:
            wanted = (code, version, turn.after - timedelta(days=days))
            (ahead if days < 0 else late).append(wanted)
    done: Counter[int] = Counter()
    for stored, told in (
        (await reminders.ahead(turn.connection, turn.stripes, ahead), _to_come),
        (await reminders.late(turn.connection, turn.stripes, late), _unpaid),
    ):
        for row in stored:
            try:
                draft = told(decoded(row, turn.known).state, row, turn.after)
            except DEFECTS as error:
                turn.failed[row.stripe, row.loan] = error
                continue
            if draft:
                day = draft.payload["details"]["due"]
                name = f"remind-{turn.after}-{id_text(row.stripe, row.loan)}-{day}"
                turn.batch.add(row.stripe, draft, ACTOR, name)
                done[row.stripe] += 1
    await turn.flush()
    return done


def _to_come(state: State, row: StoredLoan, today: date) -> Draft | None:
    """What the next due date will ask for."""
    due = state.next_due
    amount = sum(one.unpaid for one in state.rows if one.due == due)
    return _reminder(row, today, due, amount)


def _unpaid(state: State, row: StoredLoan, today: date) -> Draft | None:
    """All instalments and fees that are due, since the oldest one."""
    amount = sum(one.unpaid for one in state.due_rows(today)) + state.fee
    return _reminder(row, today, state.oldest_due(today), amount)


def _reminder(row: StoredLoan, today: date, due: date | None, amount: int) -> Draft | None:
    if due is None or amount <= 0:
        return None
    return Draft(
        kind=KIND,
        subject=f"loans/{id_text(row.stripe, row.loan)}",
        payload={
            "amounts": {"amount": amount},
            "details": {"days": (today - due).days, "due": due.isoformat()},
        },
        loan=row.loan,
        value_date=today,
        reason="close of business",
    )
