"""Stored loans with their states, whose terms come from their product versions."""

from __future__ import annotations

from ledger.errors import LoanSetAside
from ledger.loan.codec import state_from
from ledger.loan.state import State
from ledger.names import id_text
from ledger.store.catalogue import Catalogue
from ledger.store.loans import LoanRecord, StoredLoan


def decoded(row: StoredLoan, known: Catalogue) -> LoanRecord:
    """A stored loan with its state; one that is set aside is refused, since its state is not."""
    if row.set_aside:
        raise refusal(row)
    terms = known.products[row.product, row.version].terms
    return record_of(row, state_from(row.state, terms))


def record_of(row: StoredLoan, state: State) -> LoanRecord:
    """A stored loan with a state that was worked out anew."""
    return LoanRecord(
        row.stripe,
        row.loan,
        row.party_stripe,
        row.party,
        row.product,
        row.version,
        row.reference,
        row.booked_at,
        row.last_number,
        state,
        row.branch,
    )


def refusal(row: StoredLoan) -> LoanSetAside:
    """What is answered for a loan that is set aside: why, and what to do."""
    assert row.set_aside
    since, reason = row.set_aside
    name = f"loans/{id_text(row.stripe, row.loan)}"
    return LoanSetAside(
        f"{name} is set aside since {since}: {reason}. Nothing can be booked on it until an"
        " operator resumes it (ResumeLoan, `loanledger eod resume`); then try again",
        loan=name,
        since=since,
        why=reason,
    )
