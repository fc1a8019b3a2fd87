"""What a call must hold to get anywhere, so that not all of them are stopped at the door."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

from google.protobuf.message import Message

from loanledger import date_of, decimal_
from loanledger.v1 import access_service_pb2 as ac
from loanledger.v1 import approval_service_pb2 as ap
from loanledger.v1 import calendar_service_pb2 as ca
from loanledger.v1 import ledger_service_pb2 as lg
from loanledger.v1 import party_service_pb2 as pa
from loanledger.v1 import rate_service_pb2 as ra
from tests.fuzz.values import PERSON
from tests.server.desk import pair, product_terms
from tests.server.secured import worth

#: Fields that are there in nearly every call; the others are mostly left out of a sound one.
MOSTLY = frozenset((
    "account", "amount", "annual_rate", "assignment", "calendar", "cause", "code", "date",
    "description", "display_name", "entries", "event", "fixing_date", "from_due", "index",
    "instalments", "kind", "lien", "limit", "loan", "marks", "name", "parent", "party", "policy",
    "price", "principal", "proceeds", "product", "rate", "reason", "request_id", "requests",
    "role", "terms", "title", "to_due", "until", "valid_days", "valid_until", "valuation",
    "value",
))  # fmt: skip
#: By the name of a message: one in which nothing is wrong.
WHOLE: Mapping[str, Callable[[], Message]] = {
    "loanledger.v1.Terms": product_terms,
    "loanledger.v1.Calendar": lambda: ca.Calendar(code="OURS", title="Ours", base="TARGET"),
    "loanledger.v1.RateIndex": lambda: ra.RateIndex(code="FRESH", title="Fresh", valid_days=40),
    "loanledger.v1.Party": lambda: pa.Party(kind="PARTY_KIND_PERSON", display_name=PERSON),
    "loanledger.v1.Valuation": lambda: worth("1000.00"),
    "loanledger.v1.RoleAssignment": lambda: ac.RoleAssignment(
        principal="users/ann", role="auditor"
    ),
    "loanledger.v1.ApprovalPolicy": lambda: ap.ApprovalPolicy(
        title="Four eyes",
        effective_from=date_of("2024-03-20"),
        rules=[ap.ApprovalRule(method="WriteOffLoan")],
    ),
    "google.type.Decimal": lambda: decimal_("0.06"),
}


def entries(chance: Random) -> list[lg.Entry]:
    """Two legs that balance."""
    return pair(chance.choice(("1", "5", "1200")))
