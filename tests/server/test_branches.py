"""Branches: who is bounded to some does and sees nothing of others; who is not pays nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from ledger.batch import Batch
from ledger.drafts import Changes, Draft
from ledger.store.parties import PartyRecord
from ledger.store.stripes import Book, Stripe
from loanledger import (
    Client,
    FailedPrecondition,
    InvalidArgument,
    NotFound,
    PermissionDenied,
    date_of,
    decimal_,
    money,
)
from loanledger.v1 import approval_service_pb2 as ap
from loanledger.v1 import loan_service_pb2 as ln
from loanledger.v1 import party_service_pb2 as pa
from server.security import ALLOWED, LISTING, NAMING, OPEN
from tests.authz.tokens import signed
from tests.server.desk import BOOK, Desk, pair
from tests.server.ruled import example, publish
from tests.server.secured import registered
from tests.server.test_approvals import ruled, waits

EAST, WEST = "021-EAST", "010-WEST"


def bounded(desk: Desk, *roles: str, branches: list[str] | None = None, **claims: Any) -> Client:
    """Somebody whose token bounds them to branches, the east one unless said otherwise."""
    token = signed(desk.server.data, *roles, branches=branches or [EAST], sub="users/eve", **claims)
    made = Client(desk.server.target, token=token, retries=0)
    desk.server.clients.append(made)
    return made


def borrower(client: Client, branch: str = "", name: str = "Zhang Wei") -> str:
    party = pa.Party(kind="PARTY_KIND_PERSON", display_name=name, branch=branch)
    return client.parties.create_party(party=party).name


def opened(client: Client, party: str, **more: Any) -> ln.Loan:
    return client.loans.open_loan(
        party=party,
        product=f"{BOOK}/products/plain",
        amount=money("1200", "CNY"),
        annual_rate=decimal_("0.06"),
        instalments=12,
        **more,
    )


def paid_out(desk: Desk, branch: str) -> str:
    name = opened(desk.client, borrower(desk.client, branch)).name
    desk.client.loans.approve_loan(name=name)
    desk.client.loans.disburse_loan(name=name)
    return name


@pytest.fixture
def shop(desk: Desk) -> Desk:
    desk.publish()
    return desk


def verified(desk: Desk) -> bool:
    last = list(desk.client.ledger.verify_ledger())[-1]
    return last.finished and not last.differences


def test_a_loan_belongs_to_its_borrower_s_branch_unless_it_says_another(shop: Desk) -> None:
    party = borrower(shop.client, EAST)
    assert shop.client.parties.get_party(name=party).branch == EAST
    assert opened(shop.client, party).branch == EAST
    other = opened(shop.client, party, branch=WEST)
    assert shop.client.loans.get_loan(name=other.name).branch == WEST
    assert opened(shop.client, borrower(shop.client)).branch == ""
    with pytest.raises(InvalidArgument) as told:
        opened(shop.client, party, branch="a b")
    assert [field for field, _ in told.value.violations] == ["branch"]
    assert verified(shop)


def test_others_loans_and_parties_are_not_found_by_who_is_bounded(shop: Desk) -> None:
    ours, theirs = paid_out(shop, EAST), paid_out(shop, WEST)
    nobody_s = paid_out(shop, "")
    east = bounded(shop, "channel", "credit_officer")
    assert east.loans.get_loan(name=ours).name == ours
    assert east.loans.repay_loan(name=ours, amount=money("10", "CNY")).loan.name == ours
    before = shop.written()
    for loan in (theirs, nobody_s):
        party = shop.client.loans.get_loan(name=loan).party
        for call in (
            lambda loan=loan: east.loans.get_loan(name=loan),
            lambda loan=loan: east.loans.repay_loan(name=loan, amount=money("10", "CNY")),
            lambda loan=loan: east.loans.list_transactions(parent=loan),
            lambda loan=loan: east.loans.refinance_loan(name=ours, into=loan, reason="x"),
            lambda party=party: east.parties.get_party(name=party),
            lambda party=party: opened(east, party),
            lambda party=party: opened(east, party, branch=EAST),
            lambda party=party: east.loans.list_loans(party=party),
            lambda party=party: registered(Desk(shop.server, east), party),
            lambda loan=loan: east.risk.get_credit_quality(loan=loan),
            lambda loan=loan: east.rules.list_contacts(parent=loan),
            lambda party=party: east.rules.get_facts(name=party),
        ):
            with pytest.raises(NotFound):
                call()
    assert shop.written() == before


def test_lists_hold_the_own_branches_only_page_by_page(shop: Desk) -> None:
    branches = (EAST, WEST, "", EAST, WEST, EAST, "030-NORTH")
    loans = {opened(shop.client, borrower(shop.client, one)).name: one for one in branches}
    for mine in ([EAST], [EAST, WEST], ["999"]):
        some = bounded(shop, "channel", branches=mine)
        due = {name for name, branch in loans.items() if branch in mine}
        assert {loan.name for loan in some.loans.list_loans.iterate(page_size=2)} == due
        applied = some.loans.list_loans.iterate(page_size=2, status="LOAN_STATUS_APPLIED")
        assert {loan.name for loan in applied} == due
        people = list(some.parties.list_parties.iterate(page_size=2))
        assert len(people) == len(due)
        assert {party.branch for party in people} <= set(mine)
    assert len(list(shop.client.loans.list_loans.iterate(page_size=2))) == len(loans)


def test_who_is_bounded_names_a_branch_of_theirs_for_what_is_new(shop: Desk) -> None:
    east = bounded(shop, "channel", branches=[EAST, "022"])
    for branch in ("", WEST):
        with pytest.raises(InvalidArgument, match=f"{EAST}, 022") as told:
            borrower(east, branch)
        assert [field for field, _ in told.value.violations] == ["party.branch"]
    party = borrower(east, EAST)
    with pytest.raises(InvalidArgument, match="must be a branch of your roles"):
        opened(east, party, branch=WEST)
    assert opened(east, party, branch="022").branch == "022"


def test_what_is_of_the_whole_book_is_not_for_roles_of_a_branch(shop: Desk) -> None:
    loan = paid_out(shop, EAST)
    event = next(iter(shop.client.loans.list_transactions(parent=loan).transactions)).event
    journal = shop.client.ledger.post_journal(entries=pair("5"))
    east = bounded(
        shop, "channel", "credit_officer", "finance", "auditor", "operator", "compliance"
    )
    for call in (
        lambda: east.ledger.get_journal(name=journal.name),
        east.ledger.list_entries,
        lambda: list(east.audit.export_history()),
        lambda: list(east.ledger.stream_post_journals(iter([]))),
        lambda: list(east.end_of_day.run_end_of_day(business_date=date_of("2024-01-15"))),
        east.reports.get_trial_balance,
        lambda: east.loans.move_loan(name=loan, branch=WEST, reason="x"),
        east.collateral.list_collaterals,
    ):
        with pytest.raises(PermissionDenied, match="bounded to branches") as told:
            call()
        assert told.value.reason == "NOT_ENTITLED"
    assert east.audit.get_event(name=event).name == event
    with pytest.raises(NotFound):
        east.audit.get_event(name=journal.event)
    assert east.products.list_products().products
    access = east.access.get_access()
    assert {(one.role, *one.branches) for one in access.bounded} >= {("finance", EAST)}
    assert "LedgerService/PostJournal" not in access.methods
    assert "LoanService/RepayLoan" in access.methods


def test_a_loan_and_a_party_are_moved_by_commands_that_the_history_keeps(shop: Desk) -> None:
    loan = paid_out(shop, EAST)
    party = shop.client.loans.get_loan(name=loan).party
    east, west = bounded(shop, "channel"), bounded(shop, "channel", branches=[WEST])
    move = {"name": loan, "branch": WEST, "reason": "closed", "request_id": "move-1"}
    moved = shop.client.loans.move_loan(**move)
    assert (moved.loan.branch, moved.transaction.kind) == (WEST, "loan_moved")
    assert shop.client.loans.move_loan(**move) == moved
    assert west.loans.get_loan(name=loan).branch == WEST
    with pytest.raises(NotFound):
        east.loans.get_loan(name=loan)
    assert east.parties.get_party(name=party).branch == EAST
    gone = shop.client.parties.move_party(name=party, branch="", reason="closed")
    assert gone.branch == ""
    for again in (
        lambda: shop.client.loans.move_loan(name=loan, branch=WEST, reason="x"),
        lambda: shop.client.parties.move_party(name=party, branch="", reason="x"),
    ):
        with pytest.raises(FailedPrecondition, match="already"):
            again()
    with pytest.raises(InvalidArgument) as told:
        shop.client.loans.move_loan(name=loan, branch="!")
    assert {field for field, _ in told.value.violations} == {"branch", "reason"}
    with pytest.raises(PermissionDenied):
        shop.role("credit_officer").loans.move_loan(name=loan, branch=EAST, reason="x")
    kinds = [one.kind for one in shop.client.loans.list_transactions(parent=loan).transactions]
    assert kinds[-1] == "loan_moved"
    shop.client.loans.repay_loan(name=loan, amount=money("10", "CNY"))
    shop.go_to("2024-02-17")
    assert shop.client.loans.get_loan(name=loan).branch == WEST
    assert verified(shop)


def test_a_loan_that_another_one_settles_keeps_its_branch_in_the_new_currency(shop: Desk) -> None:
    shop.publish("euro", "EUR")
    loan = paid_out(shop, WEST)
    new = shop.client.loans.redenominate_loan(
        name=loan, product=f"{BOOK}/products/euro", exchange_rate=decimal_("0.125"), reason="agreed"
    )
    assert {one.loan.branch for one in (new.departure, new.continuation)} == {WEST}
    assert verified(shop)


def test_a_pair_of_loans_is_undone_by_who_goes_to_both(shop: Desk) -> None:
    old = paid_out(shop, EAST)
    party = shop.client.loans.get_loan(name=old).party
    new = opened(shop.client, party, branch=WEST).name
    shop.client.loans.approve_loan(name=new)
    asked = {"name": old, "into": new, "amount": money("1200", "CNY"), "reason": "agreed"}
    with pytest.raises(NotFound):
        bounded(shop, "credit_officer").loans.refinance_loan(**asked)
    done = shop.client.loans.refinance_loan(**asked)
    event = done.settlement.transaction.event
    with pytest.raises(NotFound):
        bounded(shop, "credit_officer").loans.reverse_loan_event(event=event, reason="mistake")
    both = bounded(shop, "credit_officer", branches=[EAST, WEST])
    assert both.loans.reverse_loan_event(event=event, reason="mistake").loan.branch == EAST


def test_a_party_that_is_new_and_moved_in_one_batch_is_written_once() -> None:
    day = date(2024, 1, 15)
    rows = {1000: Stripe(1000, 0, 0, day, day, day, 0, 0)}
    batch = Batch(Book(1, "main", "Lender", "CNY", 1), rows, 0)
    new, old = (PartyRecord(1000, n, "person", b"x", "", 0, b"k", EAST) for n in (1, 2))
    stamp = batch.add(1000, Draft("party_created", "parties/1", {}), "me", "r-1")
    batch.change(stamp, Changes(party=new))
    for party in (new, old):
        batch.change(stamp, Changes(moved=replace(party, branch=WEST)))
    parts = dict(batch.writes().parts)
    inserted = next(columns for text, columns in parts.items() if "into ledger.party (" in text)
    moved = next(columns for text, columns in parts.items() if "update ledger.party p" in text)
    assert (inserted[1], inserted[-1]) == ("{1}", f'{{"{WEST}"}}')
    assert moved == ["{1000}", "{2}", f'{{"{WEST}"}}']


def test_every_rpc_that_roles_of_a_branch_may_call_is_one_of_three_kinds() -> None:
    assert ALLOWED.keys() >= OPEN | LISTING | NAMING
    assert not OPEN & LISTING
    assert not NAMING & (OPEN | LISTING)


def test_a_free_text_that_names_a_loan_of_the_branch_opens_nothing_of_the_book(shop: Desk) -> None:
    ours, east = paid_out(shop, EAST), bounded(shop, "finance", "credit_officer")
    publish(shop, example("large_exposure"))
    for reason in ("mine", ours):
        with pytest.raises(PermissionDenied):
            east.rules.record_facts(name=BOOK, facts={"capital": "9"}, reason=reason)
        with pytest.raises(PermissionDenied):
            east.ledger.post_journal(entries=pair("5"), reference=reason, reason=reason)
    rule = ap.ApprovalRule(method="PostJournal", roles=["finance"])
    ruled(shop, rule)
    waiting = waits(shop.role("finance").ledger.post_journal, entries=pair("5"), reference=ours)
    with pytest.raises(NotFound):
        east.approvals.get_pending_command(name=waiting)
