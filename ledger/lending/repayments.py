"""Repayments by whom and as they are told: another payer, another order than the product's."""

from __future__ import annotations

from dataclasses import replace

from ledger.calc.allocation import Excess
from ledger.errors import InvalidInput, Violation
from ledger.lending.loans import Asked, Key, happen
from ledger.names import id_text
from ledger.record import Decision
from ledger.view import View


def repay(view: View, key: Key, asked: Asked, payer: Key | None) -> Decision:
    """A repayment; who paid is kept where it was not the borrower."""
    record, told = view.loan(key), asked.details.get("instruction", {})
    excess = told.get("excess", Excess.REDUCE_INSTALMENT)
    if record.state.terms.revolving and excess != Excess.REDUCE_INSTALMENT:
        text = "must be EXCESS_RULE_REDUCE_INSTALMENT for a revolving loan"
        raise InvalidInput([Violation("instruction.excess", text)])
    if payer is None or payer == (record.party_stripe, record.party):
        return happen(view, key, asked)
    view.party(payer)
    return happen(view, key, replace(asked, details={**asked.details, "payer": id_text(*payer)}))
