"""How a product allocates money, from messages and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ledger.book.chart import Part
from ledger.calc.allocation import Component, Excess, Mode, Order
from ledger.loan.events import PAYMENTS
from ledger.loan.terms import Override, Terms
from loanledger.v1 import common_pb2
from loanledger.v1 import loan_service_pb2 as ln
from loanledger.v1 import product_service_pb2 as pb
from server import convert
from server.checks import Checks

_ORDER = {common_pb2.Component.Value(f"COMPONENT_{c.name}"): c for c in Component}


def allocation_of(check: Checks, found: pb.Allocation) -> dict[str, Any]:
    """The fields of terms that an allocation sets, with every violated field noted."""
    path = "terms.allocation."
    return {
        "order": order_of(check, found.order, f"{path}order", required=True),
        "mode": _mode(check, found, "mode", required=True),
        "excess": _excess(check, found, path),
        "due_order": order_of(check, found.due_order, f"{path}due_order"),
        "advance_order": order_of(check, found.advance_order, f"{path}advance_order"),
        "advance_mode": _mode(check, found, "advance_mode"),
        "overrides": _overrides(check, found),
    }


def instruction_of(check: Checks, found: ln.PaymentInstruction) -> dict[str, Any]:
    """What a payer told, as the history keeps it; only what was told."""
    path, told = "instruction.", dict[str, Any]()
    order = order_of(check, found.order, f"{path}order")
    if order:
        told["order"] = [component.value for component in order]
    for field, kind, prefix in _CHOICES:
        name = check.option(found, field, kind, prefix, path, "")
        if name:
            told[field] = name
    return told


_CHOICES = (
    ("mode", pb.AllocationMode, "ALLOCATION_MODE_"),
    ("excess", pb.ExcessRule, "EXCESS_RULE_"),
)


def order_of(check: Checks, found: Sequence[int], path: str, *, required: bool = False) -> Order:
    """All four components once, or none where the order may be left out."""
    order = tuple(_ORDER[value] for value in found if value in _ORDER)
    if (found or required) and (len(found) != len(_ORDER) or set(order) != set(Component)):
        check.add(path, "must hold penalty, fee, interest and principal once each")
    return order


def _mode(check: Checks, found: pb.Allocation, field: str, *, required: bool = False) -> Mode:
    read = check.choice if required else check.option
    path, prefix = "terms.allocation.", "ALLOCATION_MODE_"
    return Mode(read(found, field, pb.AllocationMode, prefix, path, "by_instalment"))


def _excess(check: Checks, owner: pb.Allocation | pb.AllocationOverride, path: str) -> Excess:
    name = check.choice(owner, "excess", pb.ExcessRule, "EXCESS_RULE_", path, "credit_balance")
    return Excess(name)


def _overrides(check: Checks, allocation: pb.Allocation) -> Mapping[str, Override]:
    kinds, found = {kind.value for kind in PAYMENTS}, {}
    for kind, override in sorted(allocation.overrides.items()):
        path = f"terms.allocation.overrides[{kind[:40]}]"
        if kind not in kinds:
            check.add(path, f"is no kind of payment; kinds are {', '.join(sorted(kinds))}")
        order = order_of(check, override.order, f"{path}.order")
        found[kind] = Override(_excess(check, override, f"{path}."), order)
    return found


def order_message(order: Order) -> list[common_pb2.Component]:
    """An order of components as it stands in a message."""
    return [convert.COMPONENT[Part(component.value)] for component in order]


def allocation_message(terms: Terms) -> pb.Allocation:
    """The allocation of terms as a message."""
    return pb.Allocation(
        order=order_message(terms.order),
        mode=f"ALLOCATION_MODE_{terms.mode.name}",
        excess=f"EXCESS_RULE_{terms.excess.name}",
        due_order=order_message(terms.due_order),
        advance_order=order_message(terms.advance_order),
        advance_mode=f"ALLOCATION_MODE_{terms.advance_mode.name}",
        overrides={
            kind: pb.AllocationOverride(
                excess=f"EXCESS_RULE_{found.excess.name}", order=order_message(found.order)
            )
            for kind, found in terms.overrides.items()
        },
    )
