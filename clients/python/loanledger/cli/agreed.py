"""What a loan or a quote may agree on beside amount, rate and term, as people type it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from google.type import date_pb2

from loanledger.cli import inputs
from loanledger.v1 import loan_service_pb2 as pb
from loanledger.v1 import product_service_pb2 as products

Bent = Annotated[Path | None, typer.Option(help="JSON file of a Shape: balloon, graces and so on.")]
FixedInstalment = Annotated[
    str | None, typer.Option(help='What is paid each time: 120, or "CNY 120".')
]
RateSteps = Annotated[
    list[str] | None, typer.Option(help="13=7%: another rate from that instalment on.")
]
DueDates = Annotated[
    list[str] | None, typer.Option(help="A due date, YYYY-MM-DD; once for each instalment.")
]


def shape_of(path: Path | None) -> products.Shape | None:
    """The shape in a file."""
    return inputs.message_file(path, products.Shape) if path else None


def rate_steps_of(texts: list[str] | None) -> list[pb.RateStep]:
    """`13=7%` and the like as rate steps."""
    return [_step(text) for text in texts or ()]


def _step(text: str) -> pb.RateStep:
    instalment, equals, rate = text.partition("=")
    if not equals or not instalment.isdigit():
        raise ValueError(f"{text!r} is no rate step such as 13=7%")
    return pb.RateStep(instalment=int(instalment), annual_rate=inputs.rate(rate))


def dates_of(texts: list[str] | None) -> list[date_pb2.Date]:
    """ISO dates."""
    return [inputs.day(text) for text in texts or ()]
