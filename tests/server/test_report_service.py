"""ReportService: what finance reads agrees with the loans and with the ledger."""

from __future__ import annotations

from loanledger import date_of, minor
from loanledger.v1 import report_service_pb2 as rp
from tests.server.bad import cny
from tests.server.desk import Desk, pair


def buckets(desk: Desk) -> dict[str, tuple[int, int, int]]:
    """(loans, principal, overdue) of each bucket that holds any."""
    found = desk.client.reports.get_delinquency().buckets
    rows = {b.bucket: (b.loans, minor(b.principal), minor(b.overdue)) for b in found}
    assert list(rows) == ["current", "1-30", "31-60", "61-90", "91-180", "181+"]
    return {name: row for name, row in rows.items() if row[0]}


def tied(desk: Desk) -> dict[str, tuple[int, int]]:
    found = desk.client.reports.get_tie_out()
    assert found.tied
    assert all(minor(line.difference) == 0 for line in found.lines)
    return {line.account: (minor(line.ledger), minor(line.loans)) for line in found.lines}


def test_control_accounts_tie_to_their_loans(desk: Desk) -> None:
    product = desk.publish()
    names = [desk.lent(product, amount) for amount in ("1200", "12000")]
    desk.go_to("2024-02-15")
    desk.client.loans.repay_loan(name=names[0], amount=cny("150"))
    desk.client.loans.charge_loan(name=names[1], amount=cny("9"))
    desk.client.loans.write_off_loan(name=desk.lent(product, "5"), reason="lost")
    assert tied(desk) == {
        "1303P": (110272 + 1200000, 110272 + 1200000),
        "1132": (6000, 6000),
        "1133": (900, 900),
        "1134": (0, 0),
        "2242": (4672, 4672),
        "9001": (500, 500),
    }


def test_an_entry_behind_the_loans_back_unties_the_book(desk: Desk) -> None:
    desk.lent(desk.publish(), "1200")
    assert desk.client.reports.get_tie_out().tied
    desk.rows("update ledger.balance set debit = debit + 1 where account = '1303P' and debit > 0")
    found = desk.client.reports.get_tie_out()
    assert not found.tied
    wrong = [
        (line.account, minor(line.difference)) for line in found.lines if line.difference.nanos
    ]
    assert wrong == [("1303P", 1)]
    assert not desk.client.reports.get_trial_balance().balanced


def test_loans_move_through_the_buckets_by_days_past_due(desk: Desk) -> None:
    product = desk.publish()
    good, bad = desk.lent(product, "1200"), desk.lent(product, "1200")
    desk.go_to("2024-02-15")
    desk.client.loans.repay_loan(name=good, amount=cny("103.28"))
    assert buckets(desk) == {"current": (2, 230272, 0)}
    for day, name, overdue, good_left in (
        ("2024-02-16", "1-30", 10328, 110272),
        ("2024-03-14", "1-30", 10328, 110272),
        ("2024-03-16", "1-30", 2 * 10328, 100495),
        ("2024-03-17", "31-60", 2 * 10328, 100495),
    ):
        if day == "2024-03-16":  # held since the 14th, applied on the 15th
            desk.client.loans.repay_loan(name=good, amount=cny("103.28"))
        desk.go_to(day)
        assert buckets(desk) == {"current": (1, good_left, 0), name: (1, 120000, overdue)}
        loan = desk.client.loans.get_loan(name=bad)
        assert minor(loan.overdue) == overdue
    assert loan.days_past_due == 31


def test_an_empty_book_ties_and_balances(desk: Desk) -> None:
    assert desk.client.reports.get_tie_out() == rp.TieOut(tied=True)
    trial = desk.client.reports.get_trial_balance()
    assert (trial.balanced, list(trial.lines)) == (True, [])
    assert desk.client.reports.get_delinquency().business_date == date_of("2024-01-15")
    assert buckets(desk) == {}


def test_the_trial_balance_of_reports_is_the_ledger_s(desk: Desk) -> None:
    desk.client.ledger.post_journal(entries=pair("5"))
    ours = desk.client.reports.get_trial_balance()
    assert ours == desk.client.ledger.get_trial_balance()
    assert [minor(line.net) for line in ours.lines] == [500, -500]
