"""Options that several of the audit's commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

_KEY = "The verifier key or a file with it"
_VARIABLE = "LOANLEDGER_VERIFIER_KEY"
CHECKPOINT = typer.Option(exists=True, dir_okay=False, help="A signed checkpoint kept earlier.")
Key = Annotated[str, typer.Option(envvar=_VARIABLE, help=f"{_KEY}.")]
KeyBeside = Annotated[
    str | None,
    typer.Option(envvar=_VARIABLE, help=f"{_KEY}; else the one beside the checkpoint."),
]
Previous = Annotated[
    list[Path] | None,
    typer.Option(exists=True, help="An earlier checkpoint, or a folder of them; may be repeated."),
]
Archive = Annotated[
    list[Path] | None,
    typer.Option(exists=True, dir_okay=False, help="A month of archived accrual lines."),
]
Processes = Annotated[
    int | None,
    typer.Option(min=1, help="To share the work; as many as cores, and 8 at most, if not given."),
]
TsaCertificate = Annotated[
    Path | None,
    typer.Option(
        exists=True, dir_okay=False, help="Check time stamps: the authority's root, PEM form."
    ),
]
