"""A progress bar on stderr with rate and remaining time; silent where nobody watches."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from loanledger.cli import output


class Rate(ProgressColumn):
    """Things a second, of the task's field `things`, since the task began."""

    def __init__(self, unit: str) -> None:
        super().__init__()
        self._unit = unit

    def render(self, task: Task) -> Text:
        """`12,345 loans/s`."""
        done, seconds = task.fields.get("things", 0), task.elapsed or 0
        rate = int(done / seconds) if seconds else 0
        return Text(f"{rate:,} {self._unit}/s")


@contextmanager
def bar(unit: str) -> Iterator[Progress]:
    """A progress display for as long as the block runs."""
    columns = (
        *(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Rate(unit)),
        *(TimeElapsedColumn(), TimeRemainingColumn()),
    )
    with Progress(*columns, console=output.console(sys.stderr), transient=True) as progress:
        yield progress
