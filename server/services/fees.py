"""Fee rules of a product, from messages and back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from ledger.lending.products import MAX_INSTALMENTS
from ledger.loan.fees import Collection, FeeRule, Income, Tier, When
from loanledger.v1 import product_service_pb2 as pb
from server import convert
from server.checks import Checks

MAX_FEES = 20
MAX_TIERS = 20
MAX_SHARE = 10
MAX_GRACE = 365
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}\Z")


def fees_of(check: Checks, found: Iterable[pb.FeeRule], currency: str) -> tuple[FeeRule, ...]:
    """Fee rules with every violated field noted."""
    fees = tuple(_fee(check, fee, f"terms.fees[{n}]", currency) for n, fee in enumerate(found))
    if len(fees) > MAX_FEES:
        check.add("terms.fees", f"at most {MAX_FEES} fees")
    if len({fee.name for fee in fees}) < len(fees):
        check.add("terms.fees", "each fee must have a name of its own")
    return fees


def _fee(check: Checks, fee: pb.FeeRule, path: str, currency: str) -> FeeRule:
    if not _NAME.fullmatch(fee.name):
        check.add(f"{path}.name", "lower-case letters, digits and _, at most 40, letter first")
    if len(fee.tiers) > MAX_TIERS:
        check.add(f"{path}.tiers", f"at most {MAX_TIERS} tiers")
    return FeeRule(
        name=fee.name,
        when=When(check.choice(fee, "when", pb.FeeWhen, "FEE_WHEN_", f"{path}.", "late")),
        fixed=_money(check, fee, "fixed", path, currency),
        percent=_share(check, fee, "percent", path),
        tiers=tuple(
            Tier(
                _money(check, tier, "upto", f"{path}.tiers[{n}]", currency),
                _money(check, tier, "fixed", f"{path}.tiers[{n}]", currency),
                _share(check, tier, "percent", f"{path}.tiers[{n}]"),
            )
            for n, tier in enumerate(fee.tiers)
        ),
        least=_money(check, fee, "least", path, currency),
        most=_money(check, fee, "most", path, currency),
        tax=_share(check, fee, "tax", path),
        collection=Collection(
            check.option(
                fee, "collection", pb.FeeCollection, "FEE_COLLECTION_", f"{path}.", "charged"
            )
        ),
        income=Income(
            check.option(fee, "income", pb.FeeIncome, "FEE_INCOME_", f"{path}.", "at_once")
        ),
        grace=check.integer(fee.grace_days, f"{path}.grace_days", 0, MAX_GRACE),
        penalty=fee.penalty,
        first=_instalment(check, fee, "first_instalment", path),
        last=_instalment(check, fee, "last_instalment", path),
    )


def _instalment(check: Checks, fee: pb.FeeRule, field: str, path: str) -> int:
    return check.integer(getattr(fee, field), f"{path}.{field}", 0, MAX_INSTALMENTS)


def _money(check: Checks, owner: Any, field: str, path: str, currency: str) -> int:
    if not owner.HasField(field):
        return 0
    return check.money(getattr(owner, field), f"{path}.{field}", zero=True, currency=currency)[1]


def _share(check: Checks, owner: Any, field: str, path: str) -> Fraction:
    if not owner.HasField(field):
        return Fraction(0)
    return check.rate(getattr(owner, field), f"{path}.{field}", MAX_SHARE)


def fee_message(fee: FeeRule, currency: str) -> pb.FeeRule:
    """A fee rule as a message; what is nothing stays unset."""
    message = pb.FeeRule(
        name=fee.name,
        when=f"FEE_WHEN_{fee.when.name}",
        collection=f"FEE_COLLECTION_{fee.collection.name}",
        income=f"FEE_INCOME_{fee.income.name}",
        grace_days=fee.grace,
        penalty=fee.penalty,
        first_instalment=fee.first,
        last_instalment=fee.last,
    )
    _filled(message, fee, ("fixed", "least", "most"), ("percent", "tax"), currency)
    for tier in fee.tiers:
        _filled(message.tiers.add(), tier, ("upto", "fixed"), ("percent",), currency)
    return message


def _filled(
    message: Any, found: Any, amounts: Iterable[str], shares: Iterable[str], currency: str
) -> None:
    for name in amounts:
        if getattr(found, name):
            getattr(message, name).CopyFrom(convert.money(getattr(found, name), currency))
    for name in shares:
        if getattr(found, name):
            getattr(message, name).CopyFrom(convert.decimal(getattr(found, name)))
