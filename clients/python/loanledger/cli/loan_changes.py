"""`loanledger loans`: changes of the contract, trouble, and the end by sale or refinancing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

import typer
from google.protobuf.message import Message
from google.type import date_pb2, decimal_pb2

from loanledger.cli import inputs, output
from loanledger.cli.command import Result, command
from loanledger.cli.loan_events import Fields, event
from loanledger.cli.params import (
    Amount,
    Because,
    Currency,
    Day,
    DryRun,
    Instalments,
    Loan,
    NewBranch,
    Rate,
    Reason,
    Reference,
    RequestId,
    SomeAmount,
)
from loanledger.cli.session import Session
from loanledger.v1 import loan_service_pb2 as pb
from loanledger.v1 import product_service_pb2 as products

_DATE = "YYYY-MM-DD"
On = Annotated[date_pb2.Date, typer.Option(parser=inputs.day, metavar=_DATE)]
Every = Annotated[str, typer.Option(help="Such as 2week, 1month or 1semi-month.")]
SomeRate = Annotated[
    decimal_pb2.Decimal | None,
    typer.Option("--rate", parser=inputs.rate, metavar="RATE", help="A year: 0.06, or 6%."),
]


def register(app: typer.Typer) -> None:
    """Adds these commands to the group."""
    for name, rpc, because, text in _PLAIN:
        event(app, name, rpc, because=because)(_nothing(text))
    for name, rpc, func in (
        ("change-limit", "change_limit", change_limit),
        ("change-rate", "change_rate", change_rate),
        ("reset-index-rate", "reset_index_rate", reset_index_rate),
        ("pause-interest", "pause_interest", pause_interest),
        ("change-due-date", "change_due_date", change_due_date),
        ("grant-holiday", "grant_payment_holiday", grant_holiday),
        ("reschedule", "reschedule_loan", reschedule),
        ("reage", "reage_loan", reage),
        ("sell", "sell_loan", sell),
    ):
        event(app, name, rpc)(func)
    event(app, "assume", "assume_loan", because=True)(assume)
    event(app, "move", "move_loan", because=True)(move)
    event(app, "flag-fraud", "flag_fraud", because=True)(flag_fraud)
    command(app, "refinance")(refinance)
    command(app, "redenominate")(redenominate)


#: Commands that have nothing of their own to tell.
_PLAIN = (
    ("reamortize", "reamortize_loan", False, "Spread arrears over the instalments to come."),
    ("capitalize", "capitalize_interest", False, "Make interest that is owed principal."),
    ("suspend-interest", "suspend_interest", False, "Keep interest as a memorandum, no income."),
    ("resume-interest", "resume_interest", False, "Recognise interest as income again."),
    ("charge-off", "charge_off_loan", True, "Take a loan off the balance sheet and collect it."),
    ("write-off", "write_off_loan", True, "Write off all that is owed; a memorandum stays."),
)


def _nothing(text: str) -> Any:
    def fields(s: Session) -> Fields:
        return {}

    fields.__doc__ = text
    return fields


def move(s: Session, *, branch: NewBranch) -> Fields:
    """Move a loan to another branch."""
    return {"branch": branch}


def change_limit(s: Session, *, amount: Amount, currency: Currency = "CNY") -> Fields:
    """Change what may be drawn; 0 gives up what is not drawn yet."""
    return {"limit": s.money(amount, currency)}


def change_rate(
    s: Session,
    *,
    rate: Rate,
    keep_instalment: Annotated[
        bool, typer.Option("--keep-instalment", help="The last one takes the difference.")
    ] = False,
) -> Fields:
    """Change the annual rate from the value date on."""
    return {"annual_rate": rate, "keep_instalment": keep_instalment}


def reset_index_rate(
    s: Session,
    *,
    rate: Rate,
    index: Annotated[str, typer.Option(help="Such as LPR-1Y.")],
    fixing_date: On,
) -> Fields:
    """Set the annual rate that follows from a fixing of an index."""
    return {"annual_rate": rate, "index": index, "fixing_date": fixing_date}


def pause_interest(s: Session, *, until: On) -> Fields:
    """Let no interest accrue from the value date until a day."""
    return {"until": until}


def change_due_date(s: Session, *, from_due: On, to_due: On) -> Fields:
    """Move one due date and all later ones along with it."""
    return {"from_due": from_due, "to_due": to_due}


def grant_holiday(
    s: Session,
    *,
    instalments: Instalments,
    interest_free: Annotated[bool, typer.Option("--interest-free", help="Bears none.")] = False,
    extend: Annotated[bool, typer.Option("--extend", help="The term grows by as many.")] = False,
) -> Fields:
    """Leave out the next instalments."""
    return {"instalments": instalments, "interest_free": interest_free, "extend": extend}


def reschedule(
    s: Session,
    *,
    extra: Annotated[int, typer.Option(min=0, help="So many instalments more.")] = 0,
    from_due: Day = None,
    to_due: Day = None,
    rate: SomeRate = None,
) -> Fields:
    """Change term, due dates or rate, planned once."""
    return {
        "extra_instalments": extra,
        "from_due": from_due,
        "to_due": to_due,
        "annual_rate": rate,
    }


def reage(s: Session, *, start: On, instalments: Instalments, every: Every = "1month") -> Fields:
    """Spread all principal that is owed over new instalments."""
    count = every.rstrip("abcdefghijklmnopqrstuvwxyz-")
    if not count.isdigit():
        raise ValueError(f"{every!r} is no frequency such as 2week")
    unit = inputs.enum_of("FREQUENCY_UNIT", every[len(count) :])
    frequency = products.Frequency(unit=unit, every=int(count))
    return {"start": start, "frequency": frequency, "instalments": instalments}


def sell(
    s: Session,
    price: Amount,
    *,
    buyer: Annotated[str, typer.Option(help="Who buys it.")],
    recourse: Annotated[bool, typer.Option("--recourse", help="It stays on the books.")] = False,
    currency: Currency = "CNY",
) -> Fields:
    """Sell a loan, with recourse or without."""
    return {"price": s.money(price, currency), "buyer": buyer, "recourse": recourse}


def assume(s: Session, party: Annotated[str, typer.Argument(help="The new borrower.")]) -> Fields:
    """Let another borrower take the loan over."""
    return {"party": s.name("parties", party)}


def flag_fraud(
    s: Session, *, clear: Annotated[bool, typer.Option("--clear", help="Take it away.")] = False
) -> Fields:
    """Mark a loan as fraudulent, or take the mark away."""
    return {"value": not clear}


def refinance(
    s: Session,
    loan: Loan,
    into: Annotated[str, typer.Argument(help="The approved loan that settles it.")],
    *,
    amount: SomeAmount = None,
    currency: Currency = "CNY",
    reference: Reference = None,
    reason: Reason = None,
    request_id: RequestId = None,
    dry_run: DryRun = False,
) -> Result:
    """Settle a loan by an approved loan of the same borrower."""
    answer = s.client.loans.refinance_loan(
        name=s.name("loans", loan),
        into=s.name("loans", into),
        amount=s.some_money(amount, currency),
        reference=reference,
        reason=reason,
        request_id=request_id,
        validate_only=dry_run,
    )
    halves = (("settlement", answer.settlement), ("disbursement", answer.disbursement))
    return _both(answer, halves)


def redenominate(
    s: Session,
    loan: Loan,
    product: Annotated[str, typer.Argument(help="CODE or CODE@VERSION, in the new currency.")],
    *,
    rate: Annotated[
        decimal_pb2.Decimal,
        typer.Option(parser=inputs.rate, metavar="RATE", help="New currency for one of the old."),
    ],
    reason: Because,
    reference: Reference = None,
    request_id: RequestId = None,
    dry_run: DryRun = False,
) -> Result:
    """Let a loan go on in another currency, as a new loan."""
    answer = s.client.loans.redenominate_loan(
        name=s.name("loans", loan),
        product=s.product(product),
        exchange_rate=rate,
        reference=reference,
        reason=reason,
        request_id=request_id,
        validate_only=dry_run,
    )
    halves = (("departure", answer.departure), ("continuation", answer.continuation))
    return _both(answer, halves)


def _both(answer: Message, halves: Iterable[tuple[str, pb.LoanCommandResponse]]) -> Result:
    """What one command did to two loans."""
    return Result(
        answer,
        tuple(
            view
            for title, half in halves
            for view in (output.record(title, half.transaction), output.record("loan", half.loan))
        ),
    )
