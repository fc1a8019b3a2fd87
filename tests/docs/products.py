"""The cookbook of products, as a reader would try it: `python -m tests.docs.products` renews it.

A section has the terms as a JSON file, the commands that publish and quote them, and between
`<!-- schedule: code, rows, rates -->` and `<!-- end -->` what the quote says.
"""

from __future__ import annotations

import re
import shlex
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from google.protobuf import json_format
from google.type import money_pb2
from psycopg.conninfo import make_conninfo
from typer.testing import CliRunner

from loanledger.cli import app
from loanledger.money import amount, format_money, to_date
from loanledger.v1 import loan_service_pb2 as pb
from server.embedded import start
from server.migrate import migrate
from tests.book import Running, running_server
from tests.docs.contract import ROOT, table

PAGE = ROOT / "docs/products.md"
#: The business date of the page, on which all its loans start.
DAY = date(2025, 10, 15)
_JSON = re.compile(r"^```json\n(.*?)^```", re.MULTILINE | re.DOTALL)
_BASH = re.compile(r"^```bash\n(.*?)^```", re.MULTILINE | re.DOTALL)
_SHOWN = re.compile(r"<!-- schedule: ([a-z-]+), ([\d ]+), ([a-z_ ]*) -->\n(.*?)<!-- end -->", re.S)
_HEADER = ("no.", "due", "opening", "principal", "interest", "fee", "instalment", "closing")
_FEE = _HEADER.index("fee")


@dataclass(frozen=True, slots=True)
class Recipe:
    """One section: the file of the terms, the commands, and what is shown of the schedule."""

    code: str
    file: str
    commands: tuple[tuple[str, ...], ...]
    rows: tuple[int, ...]
    rates: tuple[str, ...]
    shown: str


def page() -> str:
    """The text of the cookbook."""
    return PAGE.read_text(encoding="utf-8")


def commands(text: str) -> Iterator[tuple[str, ...]]:
    """The calls of `loanledger` in the bash examples of a text, as arguments."""
    for block in _BASH.findall(text):
        for line in block.replace("\\\n", " ").splitlines():
            words = shlex.split(line, comments=True)
            if words and words[0] == "loanledger":
                yield tuple(words[1:])


def preparation() -> tuple[tuple[str, ...], ...]:
    """The commands before the first recipe: the indexes that products follow."""
    return tuple(commands(page().split("\n## ")[0]))


def recipes() -> list[Recipe]:
    """All sections that have terms."""
    found = []
    for section in page().split("\n## ")[1:]:
        files, shown = _JSON.findall(section), _SHOWN.search(section)
        if not files or not shown:
            continue
        rows = tuple(int(number) for number in shown[2].split())
        calls, rates = tuple(commands(section)), tuple(shown[3].split())
        found.append(Recipe(shown[1], files[0], calls, rows, rates, shown[4]))
    return found


def called(server: Running, folder: Path, words: Sequence[str]) -> str:
    """What a command answers, as JSON; file names are in the folder."""
    known = {path.name: str(path) for path in folder.glob("*.json")}
    settings = {"LOANLEDGER_TARGET": server.target, "LOANLEDGER_TOKEN": server.token()}
    arguments = ["--json", *(known.get(word, word) for word in words)]
    result = CliRunner().invoke(app, arguments, env=settings, prog_name="loanledger")
    if result.exit_code:
        raise RuntimeError(f"loanledger {' '.join(words)}: {result.stderr}")
    return result.stdout


def schedule_of(server: Running, folder: Path, recipe: Recipe) -> pb.Schedule:
    """Publishes the product as its section says, and quotes it."""
    (folder / f"{recipe.code}.json").write_text(recipe.file, encoding="utf-8")
    answer = ""
    for words in recipe.commands:
        answer = called(server, folder, words)
    return json_format.Parse(answer, pb.Schedule())


def rendered(plan: pb.Schedule, recipe: Recipe) -> str:
    """The rows that the page shows, the sums, and what the loan costs."""
    rows = [_row(row) for row in plan.instalments if row.number in recipe.rows]
    for place in range(len(recipe.rows) - 1, 0, -1):
        if recipe.rows[place] > recipe.rows[place - 1] + 1:
            rows.insert(place, ["…", *[""] * (len(_HEADER) - 1)])
    fees = sum(amount(row.fee) for row in plan.instalments)
    sums = [_text(part) for part in (plan.total_principal, plan.total_interest)]
    total = ["total", "", "", *sums, f"{fees:,}", _text(plan.total), ""]
    kept = [n for n in range(len(_HEADER)) if fees or n != _FEE]
    lines = [[row[n] for n in kept] for row in (*rows, total)]
    return table([_HEADER[n] for n in kept], lines) + _cost(plan.disclosure, recipe.rates)


def _row(row: pb.Instalment) -> list[str]:
    parts = (row.opening, row.principal, row.interest, row.fee, row.total, row.closing)
    down = " (down payment)" if row.kind == pb.INSTALMENT_KIND_DOWN_PAYMENT else ""
    return [f"{row.number}{down}", str(to_date(row.due)), *(_text(part) for part in parts)]


def _cost(found: pb.Disclosure, rates: Sequence[str]) -> str:
    parts = (("Received", found.received), ("paid", found.total_paid), ("cost", found.total_cost))
    text = ", ".join(f"{name} {_text(part)}" for name, part in parts)
    shown = "".join(f", `{name}` {_percent(getattr(found, name).value)} %" for name in rates)
    return f"\n{text}{shown}.\n"


def _percent(ratio: str) -> str:
    return f"{(Decimal(ratio) * 100).quantize(Decimal('0.01'), ROUND_HALF_UP)}"


def _text(found: money_pb2.Money) -> str:
    return format_money(found, currency=False)


def renew() -> None:
    """Writes the tables as the engine has them now."""
    text = page()
    with tempfile.TemporaryDirectory(prefix="loanledger-products-") as name:
        folder = Path(name)
        with start(folder / "data", fsync=False) as database:
            dsn = make_conninfo(database.dsn)
            migrate(dsn)
            with running_server(dsn, folder / "server", business_date=DAY) as server:
                for words in preparation():
                    called(server, folder, words)
                for recipe in recipes():
                    fresh = rendered(schedule_of(server, folder, recipe), recipe)
                    text = _SHOWN.sub(lambda m, r=recipe, f=fresh: _placed(m, r.code, f), text)
    PAGE.write_text(text, encoding="utf-8")


def _placed(found: re.Match[str], code: str, fresh: str) -> str:
    if found[1] != code:
        return found[0]
    marker = found[0].partition("\n")[0]
    return f"{marker}\n{fresh}<!-- end -->"


if __name__ == "__main__":
    renew()
