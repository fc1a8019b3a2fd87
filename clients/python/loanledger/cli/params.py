"""Options and arguments that several commands share."""

from __future__ import annotations

from typing import Annotated

import typer
from google.type import date_pb2, decimal_pb2

from loanledger.cli import inputs

_DATE = "YYYY-MM-DD"

Loan = Annotated[str, typer.Argument(help="A loan: its short id or full name.")]
Event = Annotated[str, typer.Argument(help="An event: 17-42 or its full name.")]
Amount = Annotated[str, typer.Argument(help='Such as 123.45, or "CNY 123.45".')]
SomeAmount = Annotated[
    str | None, typer.Option("--amount", help='Such as 123.45, or "CNY 123.45".')
]
Currency = Annotated[
    str, typer.Option(envvar="LOANLEDGER_CURRENCY", help="Of amounts given without one.")
]
Rate = Annotated[
    decimal_pb2.Decimal,
    typer.Option(parser=inputs.rate, metavar="RATE", help="A year: 0.06, or 6%."),
]
AgreedRate = Annotated[
    decimal_pb2.Decimal | None,
    typer.Option(
        "--rate",
        parser=inputs.rate,
        metavar="RATE",
        help="A year: 0.06, or 6%. Left out where the product sets it.",
    ),
]
Segment = Annotated[str | None, typer.Option(help="For products that have prices by segment.")]
Score = Annotated[int | None, typer.Option(help="For products that have prices by score.")]
Instalments = Annotated[int, typer.Option(min=1, help="How many instalments.")]
ValueDate = Annotated[
    date_pb2.Date | None,
    typer.Option(parser=inputs.day, metavar=_DATE, help="When it takes effect."),
]
PostingDate = Annotated[
    date_pb2.Date | None,
    typer.Option(parser=inputs.day, metavar=_DATE, help="The accounting day."),
]
Since = Annotated[
    date_pb2.Date | None,
    typer.Option("--from", parser=inputs.day, metavar=_DATE, help="First accounting day."),
]
Until = Annotated[
    date_pb2.Date | None,
    typer.Option("--to", parser=inputs.day, metavar=_DATE, help="Last accounting day."),
]
Day = Annotated[date_pb2.Date | None, typer.Option(parser=inputs.day, metavar=_DATE)]
Reference = Annotated[str | None, typer.Option(help="The caller's own number.")]
Modification = Annotated[
    bool, typer.Option("--modification", help="Book the change of its value as a gain or loss.")
]
FundsAccount = Annotated[
    str | None, typer.Option(help="Account of the money; the product's fund source by default.")
]
Reason = Annotated[str | None, typer.Option(help="Why; kept in the history.")]
Branch = Annotated[str | None, typer.Option(help="The branch that it belongs to.")]
NewBranch = Annotated[str, typer.Option("--branch", help="Where it belongs; '' for no branch.")]
Because = Annotated[str, typer.Option("--reason", help="Why; kept in the history.")]
RequestId = Annotated[
    str | None, typer.Option(help="Repeat with the same id to be sure that it is done once.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Check all and write nothing.")]
Limit = Annotated[int, typer.Option(min=0, help="At most so many rows; 0 means all.")]
