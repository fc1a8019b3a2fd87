"""Tables that are read off the contract: its comments are the words of the documentation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from ledger.book.rules import RULES
from ledger.calc.conventions import CONVENTIONS
from ledger.loan.events import PAYMENTS
from loanledger.v1 import loan_service_pb2, product_service_pb2
from server.security import ALLOWED

ROOT = Path(__file__).resolve().parents[2]
PROTOS = ROOT / "proto/loanledger/v1"
#: Fields that all commands on a loan have; the guide tells of them once.
SHARED = {"name", "request_id", "reason", "value_date", "reference", "validate_only"}
_COMMENTED = re.compile(
    r"((?:^ *//[^\n]*\n)*)^ *(?:rpc )?([\w.<>, ]+?)(?: = \d+;|\()", re.MULTILINE
)


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [header, ["---"] * len(header), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def block(proto: str, kind: str, name: str) -> str:
    """The text of a message, an enum or a service."""
    text = (PROTOS / f"{proto}.proto").read_text(encoding="utf-8")
    return text.split(f"\n{kind} {name} {{\n", 1)[1].split("\n}\n", 1)[0] + "\n"


def comments(text: str) -> Iterator[tuple[str, str]]:
    """(name, the comment above it) of each member."""
    for found in _COMMENTED.finditer(text):
        words = " ".join(line.strip(" /") for line in found[1].splitlines())
        yield found[2].split()[-1], words


def commands() -> str:
    """Each command on a loan: what it does, what it needs beside the shared fields, and who may."""
    told = dict(comments(block("loan_service", "service", "LoanService")))
    rows = []
    for method in loan_service_pb2.DESCRIPTOR.services_by_name["LoanService"].methods:
        fields = method.input_type.fields_by_name
        if "request_id" not in fields:
            continue
        own = [name for name in fields if name not in SHARED]
        roles = ", ".join(sorted(ALLOWED[f"LoanService/{method.name}"]))
        named = ", ".join(f"`{name}`" for name in own)
        rows.append((f"`{method.name}`", told.get(method.name, ""), named, roles))
    return table(("RPC", "what", "fields of its own", "roles"), rows)


def choices(enum: str) -> Callable[[], str]:
    """The values of an enum of products with their meanings."""

    def made() -> str:
        told = dict(comments(block("product_service", "enum", enum)))
        values = product_service_pb2.DESCRIPTOR.enum_types_by_name[enum].values
        prefix = values[0].name.removesuffix("UNSPECIFIED")
        rows = [
            (value.name.removeprefix(prefix), told.get(value.name, ""))
            for value in values
            if value.number
        ]
        return table(("value", "meaning"), rows)

    return made


def fields(message: str) -> Callable[[], str]:
    """The fields of a message of products with their meanings."""

    def made() -> str:
        told = dict(comments(block("product_service", "message", message)))
        names = product_service_pb2.DESCRIPTOR.message_types_by_name[message].fields_by_name
        return table(("field", "meaning"), [(f"`{name}`", told.get(name, "")) for name in names])

    return made


def names() -> str:
    """What is chosen by a name: profiles, conventions, kinds of payment."""
    rows = [
        ("`profile`", ", ".join(f"`{name}`" for name in RULES)),
        ("`conventions`", ", ".join(f"`{name}`" for name in CONVENTIONS)),
        ("`allocation.overrides`", ", ".join(f"`{kind.value}`" for kind in PAYMENTS)),
    ]
    return table(("term", "names"), rows)


CONTRACT: Mapping[str, Callable[[], str]] = {
    "loan-commands": commands,
    "amortization": choices("Amortization"),
    "interest-basis": choices("InterestBasis"),
    "settlement": choices("Settlement"),
    "shape": fields("Shape"),
    "fee-rule": fields("FeeRule"),
    "term-names": names,
}
