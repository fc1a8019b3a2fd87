"""Rows beside the history against the events that made them: each alteration has its figure."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from loanledger.v1 import ledger_service_pb2 as lg
from loanledger.v1 import risk_service_pb2
from server.embedded import Embedded
from tests.databases import database_of
from tests.ledger.test_database_rules import risky
from tests.server.desk import Desk, lived_in, pair, serving
from tests.server.secured import registered
from tests.server.test_verification import tamper, verified


@pytest.fixture(scope="module")
def whole(server_postgres: Embedded, template: str) -> Iterator[str]:
    """The database of a book with a row of each kind."""
    with lived_in(server_postgres, template, _fill) as dsn:
        yield dsn


@pytest.fixture
def filled(server_postgres: Embedded, whole: str) -> Iterator[Desk]:
    """A copy of that book."""
    with database_of(server_postgres, whole) as dsn, serving(dsn) as desk:
        yield desk


def _fill(desk: Desk) -> None:
    loan = desk.lent(desk.publish(), "1200")
    pledge = registered(desk, desk.client.loans.get_loan(name=loan).party)
    desk.client.collateral.pledge_collateral(name=pledge.name, lien={"loan": loan, "rank": 1})
    desk.lent("books/main/products/plain", "700")
    desk.client.loans.set_standing_instruction(name=loan, funds_account="2011")
    marks = risk_service_pb2.CreditMarks(credit_impaired=True)
    desk.client.risk.set_credit_marks(loan=loan, marks=marks, reason="news")
    desk.approved("books/main/products/plain", "500")
    risky(desk, loan)
    desk.index(d20240115="0.0345")
    desk.calendar(closed=("2024-05-02",))
    account = lg.Account(code="1002.1", title="Bank", type="ACCOUNT_TYPE_ASSET")
    desk.client.ledger.create_account(account=account)
    desk.client.ledger.post_journal(entries=pair("5"), request_id="first")
    desk.client.ledger.post_journal(entries=pair("5"), request_id="other")
    desk.go_to("2024-02-02")
    desk.client.ledger.close_period(name="books/main/periods/2024-01")
    desk.go_to("2024-03-01")
    desk.client.audit.create_checkpoint()


def test_rows_as_the_events_made_them_are_not_told(filled: Desk) -> None:
    assert verified(filled)[1] == []


@pytest.mark.parametrize(
    ("table", "change", "resource", "figure"),
    [
        ("account", "update {} set title = 'X' where code = '1002.1'", "accounts/1002.1", "title"),
        ("account", "update {} set type = 'memo' where code = '1002.1'", "accounts/1002.1", "type"),
        (
            "account",
            "update {} set title_zh = 'X' where code = '1001'",
            "accounts/1001",
            "title_zh",
        ),
        ("account", "delete from {} where code = '1002.1'", "accounts/1002.1", "row"),
        ("product", "update {} set title = 'X'", "products/plain/versions/1", "title"),
        ("product", "update {} set effective_from = '2024-01-01'", "", "effective_from"),
        ("rate_index", "update {} set valid_days = 1", "rateIndexes/LPR-1Y", "valid_days"),
        ("fixing", "update {} set rate = '1/7'", "events/000-", "rate"),
        ("fixing", "delete from {}", "events/000-", "row"),
        ("calendar", "update {} set closed = ''", "calendars/OURS/versions/1", "closed"),
        ("credit_policy", "update {} set effective_from = '2025-01-01'", "creditPolicies/1", ""),
        ("approval_policy", "update {} set policy = replace(policy, 'Fraud', 'X')", "", "rules"),
        ("approval_policy", "delete from {}", "approvalPolicies", ""),
        ("stripe", "update {} set approval_policy = 0", "approvalPolicies", "versions"),
        (
            "rulebook",
            "update {} set policy = replace(policy, '< 7', '< 8')",
            "rulebooks/1",
            "rules",
        ),
        ("rulebook", "delete from {}", "rulebooks", ""),
        ("stripe", "update {} set rulebook = 0", "rulebooks", "versions"),
        ("fact", "update {} set value = 'x'", "events/0", "facts"),
        ("fact", "delete from {}", "events/0", "facts"),
        ("contact", "update {} set purpose = 'x'", "events/0", "contact"),
        ("refusal", "update {} set actor = 'x'", "events/0", "refusal"),
        ("refusal", "delete from {}", "events/0", "refusal"),
        ("pending_command", "update {} set actor = 'x'", "events/0", "pending command"),
        ("delinquency_pause", "update {} set until = until + 9", "events/0", "pause"),
        ("delinquency_pause", "delete from {}", "events/0", "pause"),
        ("standing", "update {} set active = false", "events/0", "standing instruction"),
        ("lien", "delete from {}", "events/0", "lien"),
        ("classification", "update {} set stage = 3", "events/0", "grade"),
        ("quality", "update {} set stage = 3", "loans/0", "quality"),
        ("quality", "update {} set state = '{{}}'", "loans/0", "quality"),
        ("quality", "delete from {}", "loans/0", "quality"),
        ("arrears", "update {} set days = days + 1", "loans/0", "arrears"),
        ("arrears", "delete from {}", "loans/0", "arrears"),
        ("provided", "update {} set amount = amount + 1", "loans/0", "allowance"),
        ("provided", "delete from {}", "loans/0", "allowance"),
        ("collateral", "update {} set state = replace(state, '100000', '99000')", "", "state"),
        ("collateral", "update {} set status = 'free'", "collaterals/0", "status"),
        ("collateral", "delete from {}", "collaterals/0", ""),
        ("pending_command", "delete from {}", "events/0", "pending command"),
        ("book", "update {} set lender = 'X'", "book", "lender"),
        ("party", "update {} set reference = 'X'", "parties/", "reference"),
        ("party", "update {} set kind = 'X'", "parties/", "kind"),
        ("party_key", "update {} set key = sha256('x')", "parties/", "key"),
        ("stripe", "update {} set closed_through = '2023-12-31'", "periods/2023-12", ""),
        ("stripe", "update {} set business_date = '2024-02-28'", "days/2024-02-28", ""),
        ("loan", "delete from {} where status = 'approved'", "loans/", "loan"),
        ("leaf", "update {} set hash = sha256('x') where index = 3", "events/", "leaf hash"),
        ("leaf", "delete from {} where index = 3", "tree", "size"),
        ("node", "update {} set hash = sha256('x') where index = 0 and level = 1", "tree/1-0", ""),
        ("checkpoint", "update {} set root = sha256('x')", "checkpoints/", "root"),
        ("answer", "delete from {} where request_id = 'first'", "events/", "answer to its request"),
        ("answer", "update {} set caller = 'x' where request_id = 'first'", "events/", ""),
        ("answer", "update {} set method = 'Other'", "events/", "method"),
        ("answer", r"update {} set response = '\xff'", "events/", "response"),
    ],
)
def test_an_altered_row_is_told_with_its_resource(
    filled: Desk, table: str, change: str, resource: str, figure: str
) -> None:
    tamper(filled, table, change.format(f"ledger.{table}"))
    _, found = verified(filled)
    assert any(
        one.resource.startswith(f"books/main/{resource}") and figure in one.figure for one in found
    ), found


def test_the_answer_of_another_request_is_told(filled: Desk) -> None:
    tamper(
        filled,
        "answer",
        "update ledger.answer a set response = (select response from ledger.answer b"
        " where b.request_id = 'other') where request_id = 'first'",
    )
    _, found = verified(filled)
    assert {"answer to first: journal", "answer to first: texts"} <= {one.figure for one in found}


def test_a_party_erased_by_an_event_is_no_difference_and_one_erased_without_is(
    filled: Desk,
) -> None:
    filled.client.parties.erase_party(name=filled.party("Zhao Qi"), reason="asked for it")
    assert verified(filled)[1] == []
    filled.rows(
        "delete from ledger.party_key where ctid = (select ctid from ledger.party_key limit 1)"
    )
    (found,) = verified(filled)[1]
    assert (found.figure, found.stored, found.computed) == ("key", "not there", "there")
