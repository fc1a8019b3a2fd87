"""`loanledger loans`: money that comes in or goes back, and charges."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from loanledger.cli import inputs
from loanledger.cli.loan_events import Fields, Named, event
from loanledger.cli.params import Amount, Currency, Day
from loanledger.cli.session import Session


def register(app: typer.Typer) -> None:
    """Adds these commands to the group."""
    for name, rpc, because, text in _PLAIN:
        event(app, name, rpc, because=because)(_money(text))
    event(app, "repay", "repay_loan")(repay)
    event(app, "record-refund", "record_refund")(record_refund)
    event(app, "chargeback", "record_chargeback")(chargeback)
    event(app, "charge", "charge_loan")(charge)
    event(app, "adjust-charge", "adjust_charge")(adjust_charge)
    event(app, "waive-charge", "waive_charge", because=True)(waive_charge)


#: Commands that take an amount and nothing else of their own.
_PLAIN = (
    ("payoff", "pay_off_loan", False, "Pay all that is owed; see payoff-quote."),
    ("recover", "record_recovery", False, "Record money after a write-off."),
    ("down-payment", "record_down_payment", False, "Record the borrower's own share."),
    ("goodwill", "record_goodwill_credit", True, "Give something in the borrower's favour."),
    ("write-down", "write_down_loan", True, "Give up a part of what is owed."),
    ("buy-back", "buy_back_loan", False, "Pay back what was received with recourse."),
)


def _money(text: str) -> Any:
    def fields(s: Session, amount: Amount, *, currency: Currency = "CNY") -> Fields:
        return {"amount": s.money(amount, currency)}

    fields.__doc__ = text
    return fields


def repay(
    s: Session,
    amount: Amount,
    *,
    currency: Currency = "CNY",
    payer: Annotated[str | None, typer.Option(help="Who paid, if not the borrower.")] = None,
    order: Annotated[
        str | None,
        typer.Option(help="Such as principal,interest,fee,penalty."),
    ] = None,
    mode: Annotated[str | None, typer.Option(help="by-instalment or by-component.")] = None,
    excess: Annotated[
        str | None, typer.Option(help="For money beyond what is due, such as reduce-term.")
    ] = None,
) -> Fields:
    """Record a repayment; by the product's allocation unless the payer told otherwise."""
    named = [inputs.enum_of("COMPONENT", part.strip()) for part in (order or "").split(",") if part]
    told = {
        "order": named,
        "mode": inputs.enum_of("ALLOCATION_MODE", mode),
        "excess": inputs.enum_of("EXCESS_RULE", excess),
    }
    return {
        "amount": s.money(amount, currency),
        "instruction": {name: value for name, value in told.items() if value} or None,
        "payer": s.name("parties", payer) if payer else None,
    }


def record_refund(
    s: Session,
    amount: Amount,
    *,
    source: Annotated[str, typer.Option(help="merchant, or payout for its receiver.")],
    currency: Currency = "CNY",
) -> Fields:
    """Record money that the merchant or the payout's receiver sends back."""
    kind = inputs.enum_of("REFUND_SOURCE", source)
    return {"amount": s.money(amount, currency), "source": kind}


def chargeback(
    s: Session, repayment: Named, amount: Amount, *, currency: Currency = "CNY"
) -> Fields:
    """Record that the payer's bank took a repayment back, or a part of it."""
    return {"repayment": s.name("events", repayment), "amount": s.money(amount, currency)}


def charge(
    s: Session,
    amount: Amount,
    *,
    penalty: Annotated[bool, typer.Option("--penalty", help="A penalty, not a fee.")] = False,
    due: Day = None,
    currency: Currency = "CNY",
) -> Fields:
    """Charge a fee or a penalty, due at once or on a later day."""
    part = "COMPONENT_PENALTY" if penalty else None
    return {"amount": s.money(amount, currency), "part": part, "due_date": due}


def adjust_charge(
    s: Session, charged: Named, amount: Amount, *, currency: Currency = "CNY"
) -> Fields:
    """Give a charge back, or a part of it."""
    return {"charge": s.name("events", charged), "amount": s.money(amount, currency)}


def waive_charge(s: Session, charged: Named) -> Fields:
    """Forgive what is still open of a charge."""
    return {"charge": s.name("events", charged)}
