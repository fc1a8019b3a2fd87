"""Assumptions: another borrower takes a loan over; the loan keeps its name and its stripe."""

from __future__ import annotations

from dataclasses import replace

from ledger.drafts import Changes
from ledger.errors import FailedPrecondition
from ledger.lending.histories import borrower
from ledger.lending.loans import Asked, Done, Key, happen
from ledger.names import id_text
from ledger.record import Decision
from ledger.view import View


def assume(view: View, key: Key, asked: Asked, party: Key) -> Decision:
    """The loan with its new borrower; a backdated assumption gives way to a later one."""
    view.party(party)
    record = view.loan(key)
    if party == (record.party_stripe, record.party):
        raise FailedPrecondition("this borrower owes the loan already")
    history = view.history(key)
    decision = happen(view, key, replace(asked, details={"party": id_text(*party)}))
    draft, done = decision.draft, decision.result
    assert isinstance(done, Done)
    assert draft.value_date
    number = view.stripes[key[0]].last_number + 1
    new = (number, draft.kind, draft.value_date, dict(draft.payload), None)
    stripe, owner = borrower([*history, new], view.book.number)
    changed = replace(done.loan, party_stripe=stripe, party=owner)
    return Decision(draft, Changes(loan=changed), replace(done, loan=changed))
