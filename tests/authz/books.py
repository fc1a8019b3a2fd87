"""Two books in one database, three servers on them, and somebody for each way to have a role."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from google.protobuf.timestamp_pb2 import Timestamp

from loanledger import Client, LoanLedgerError, date_of, decimal_, money
from loanledger.v1 import access_service_pb2 as ac
from loanledger.v1 import approval_service_pb2 as ap
from loanledger.v1 import calendar_service_pb2 as ca
from loanledger.v1 import compliance_service_pb2 as co
from loanledger.v1 import rate_service_pb2 as ra
from tests.authz.tokens import signed
from tests.book import ROLES
from tests.server.desk import Desk, pair, product_terms, serving
from tests.server.secured import registered

#: Ways to have a role that the book gives, and whether it counts.
WAYS: Mapping[str, bool] = {"held": True, "ended": False, "not begun": False, "over": False}
OURS = ca.Calendar(code="OURS", title="Ours", base="TARGET")
#: The branch of borrower and loan.
HERE = "HERE"
#: Seconds until a role is over, and then until each process has noticed.
_SOON, _NOTICED = 3, 1.2


@dataclass(frozen=True)
class Books:
    """The servers of two books, names of things in both, and the server whose book gives roles."""

    main: Desk
    other: Desk
    strict: Desk
    own: Mapping[str, str]
    theirs: Mapping[str, str]


@contextmanager
def two_books(dsn: str) -> Iterator[Books]:
    """On a migrated database; the book that gives roles is the first one."""
    with (
        serving(dsn) as main,
        serving(dsn, book="other") as other,
        serving(dsn, roles_from="book") as strict,
    ):
        over = _give_roles(main)
        own = furnished(main, main.client, "main")
        theirs = furnished(other, other.client.with_options(book="other"), "other")
        time.sleep(max(over - time.time(), 0) + _NOTICED)
        yield Books(main, other, strict, own, theirs)


def furnished(desk: Desk, client: Client, code: str) -> dict[str, str]:
    """Names of one thing of each kind in a book."""
    book, here = f"books/{code}", Desk(desk.server, client)
    client.products.publish_product(code="plain", title="Plain", terms=product_terms())
    product, party = f"{book}/products/plain", here.party(branch=HERE)
    loan = _lent(client, product, party)
    journal = client.ledger.post_journal(entries=pair("5"))
    client.rates.create_rate_index(index=ra.RateIndex(code="LPR", title="LPR", valid_days=40))
    client.calendars.publish_calendar(calendar=OURS)
    given = ac.RoleAssignment(principal="users/somebody", role="auditor")
    access = client.access.assign_role(assignment=given, reason="hired")
    return {
        "books": book,
        "accounts": f"{book}/accounts/1001",
        "periods": f"{book}/periods/2024-01",
        "products": product,
        "parties": party,
        "loans": loan,
        "journals": journal.name,
        "events": client.loans.list_transactions(parent=loan).transactions[0].event,
        "rateIndexes": f"{book}/rateIndexes/LPR",
        "calendars": f"{book}/calendars/OURS",
        "collaterals": registered(here, party).name,
        "creditPolicies": f"{book}/creditPolicies/1",
        "approvalPolicies": f"{book}/approvalPolicies/1",
        "rulebooks": f"{book}/rulebooks/1",
        "pendingCommands": _pending(client, loan) if code == "other" else _absent(book),
        "roleAssignments": access.name,
        "monitoringPolicies": f"{book}/monitoringPolicies/1",
        "alerts": f"{book}/alerts/000-000000000000",
        **_registered(client),
    }


def _registered(client: Client) -> dict[str, str]:
    """A case, and something in the registers."""
    items = {
        "obligations": co.RegisterItem(kind="obligation", facts={"source": "law"}),
        "complianceAudits": co.RegisterItem(
            kind="audit", facts={"scope": "all", "sample_size": "2", "seed": "1"}
        ),
        "riskEvents": co.RegisterItem(
            kind="risk_event",
            facts={
                "event_type": "external_fraud",
                "occurred_on": "2024-01-02",
                "discovered_on": "2024-01-03",
            },
        ),
    }
    found = {
        "cases": client.compliance.open_case(title="A tip", owner="users/cho", reason="a tip").name
    }
    for collection, item in items.items():
        item.title, item.owner = collection, "users/cho"
        item.due_date.CopyFrom(date_of("2024-02-15"))
        found[collection] = client.compliance.open_register_item(item=item, reason="plan").name
    return found


def _absent(book: str) -> str:
    return f"{book}/pendingCommands/000-000000000000"


def _lent(client: Client, product: str, party: str) -> str:
    loan = client.loans.open_loan(
        party=party,
        product=product,
        amount=money("1200", "CNY"),
        annual_rate=decimal_("0.06"),
        instalments=12,
    )
    client.loans.approve_loan(name=loan.name)
    client.loans.disburse_loan(name=loan.name)
    return loan.name


def _pending(client: Client, loan: str) -> str:
    """A write-off that waits for a second person."""
    policy = ap.ApprovalPolicy(
        title="Four eyes",
        effective_from=date_of("2024-01-15"),
        rules=[ap.ApprovalRule(method="WriteOffLoan")],
    )
    client.approvals.publish_approval_policy(policy=policy, reason="resolution")
    try:
        client.loans.write_off_loan(name=loan, reason="lost")
    except LoanLedgerError as waits:
        return waits.facts["pending_command"]
    raise AssertionError("nothing waits")


def _give_roles(desk: Desk) -> float:
    """Each role to one person for each way to have it; when those end that are for a time."""
    token = signed(desk.server.data, "compliance", sub="users/cho")
    client = Client(desk.server.target, token=token, retries=0)
    desk.server.clients.append(client)
    now = time.time()
    for role in ROLES:
        for way in WAYS:
            more = {
                "not begun": {"valid_from": _moment(now + 86_400)},
                "over": {"valid_until": _moment(now + _SOON)},
            }.get(way, {})
            given = ac.RoleAssignment(principal=principal(way, role), role=role, **more)
            made = client.access.assign_role(assignment=given, reason="to try it")
            if way == "ended":
                client.access.end_role_assignment(name=made.name, reason="left")
    return now + _SOON


def _moment(seconds: float) -> Timestamp:
    return Timestamp(seconds=int(seconds))


def principal(way: str, role: str) -> str:
    """Who has a role in a way."""
    return f"users/{way.replace(' ', '-')}-{role}"
