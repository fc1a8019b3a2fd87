"""How loans are classified: at once when they get worse, by rule when they get better."""

from __future__ import annotations

from typing import Any

import pytest

from loanledger import (
    InvalidArgument,
    date_of,
    decimal_,
    money,
    to_date,
)
from loanledger.v1 import party_service_pb2
from loanledger.v1 import risk_service_pb2 as pb
from tests.server.desk import BOOK, Desk
from tests.server.test_delinquency import published


def grades(desk: Desk, loan: str) -> list[tuple[str, str, int, bool]]:
    """(day, category, stage, non-accrual) in the order that the loan got them."""
    found = desk.client.risk.list_classifications.iterate(parent=loan, page_size=2)
    return [
        (
            str(to_date(one.date)),
            pb.CreditCategory.Name(one.category).removeprefix("CREDIT_CATEGORY_").lower(),
            one.stage,
            one.nonaccrual,
        )
        for one in found
    ]


def category(desk: Desk, loan: str) -> str:
    found = desk.client.risk.get_credit_quality(loan=loan).category
    return pb.CreditCategory.Name(found).removeprefix("CREDIT_CATEGORY_").lower()


def mark(desk: Desk, loan: str, **marks: Any) -> pb.CreditQuality:
    return desk.client.risk.set_credit_marks(
        loan=loan, marks=pb.CreditMarks(**marks), reason="committee"
    )


def settle(desk: Desk, loan: str) -> None:
    """Pays all that is overdue."""
    desk.client.loans.repay_loan(
        name=loan, amount=desk.client.loans.get_loan(name=loan).overdue, reason="late"
    )


def other(desk: Desk, party: str, amount: str, n: int = 24) -> str:
    """Another loan of a party."""
    loan = desk.client.loans.open_loan(
        party=party,
        product=f"{BOOK}/products/plain",
        amount=money(amount, "CNY"),
        annual_rate=decimal_("0.06"),
        instalments=n,
    ).name
    desk.client.loans.approve_loan(name=loan)
    desk.client.loans.disburse_loan(name=loan)
    return loan


def company(desk: Desk) -> str:
    party = party_service_pb2.Party(kind="PARTY_KIND_ORGANISATION", display_name="Steel Works")
    return desk.client.parties.create_party(party=party).name


def test_the_five_categories_follow_the_days_past_due(desk: Desk) -> None:
    loan = desk.lent(desk.publish(), "1200", n=3)
    desk.go_to("2025-02-11")
    # Due on 15 February 2024: more than 0, 90, 270 and 360 days.
    assert grades(desk, loan) == [
        ("2024-02-16", "special_mention", 1, False),
        ("2024-05-16", "substandard", 1, False),
        ("2024-11-12", "doubtful", 1, False),
        ("2025-02-10", "loss", 1, False),
    ]
    events = list(desk.client.audit.list_events.iterate(kind="loan_classified"))
    first = events[0].payload["details"]
    assert (first["before"]["category"], first["after"]["category"]) == ("pass", "special_mention")
    assert (first["days_past_due"], first["policy"]) == (1, 0)
    report = desk.client.risk.get_quality_report()
    assert [(s.category, s.loans, s.principal.units) for s in report.sums] == [(5, 1, 1200)]
    desk.client.loans.write_off_loan(name=loan, reason="lost")
    assert not desk.client.risk.get_quality_report().sums
    assert not list(desk.client.ledger.verify_ledger())[-1].differences


def test_a_performing_loan_is_good_again_once_it_is_paid(desk: Desk) -> None:
    loan = desk.lent(desk.publish(), "1200", n=12)
    desk.go_to("2024-02-20")
    settle(desk, loan)
    desk.go_to("2024-02-22")
    assert grades(desk, loan)[1:] == [("2024-02-21", "pass", 1, False)]
    assert desk.rows("select count(*) from ledger.quality where watched") == [(0,)]


def test_a_bad_loan_gets_better_after_two_periods_and_six_months_without_arrears(
    desk: Desk,
) -> None:
    loan = desk.lent(desk.publish(), "2400", n=36)
    desk.go_to("2024-05-20")
    assert category(desk, loan) == "substandard"
    settle(desk, loan)
    desk.go_to("2024-05-21")
    for month in range(6, 13):
        desk.go_to(f"2024-{month:02d}-15")
        due = desk.client.loans.quote_payoff(name=loan)
        assert due.total.units
        desk.client.loans.repay_loan(name=loan, amount=money("80", "CNY"))
    desk.go_to("2024-12-20")
    # Paid since 21 May: six months later it is special mention, and the day after that pass.
    assert grades(desk, loan)[2:] == [
        ("2024-11-21", "special_mention", 1, False),
        ("2024-11-22", "pass", 1, False),
    ]


def test_a_debtors_bad_loan_pulls_a_companys_other_loans_but_not_a_persons(desk: Desk) -> None:
    desk.publish()
    firm, person = company(desk), desk.party()
    pairs = [(other(desk, who, "1000"), other(desk, who, "8000", n=120)) for who in (firm, person)]
    for day in ("2024-02-15", "2024-03-15", "2024-04-15", "2024-05-15"):
        desk.go_to(day)
        for _, good in pairs:
            desk.client.loans.repay_loan(name=good, amount=money("100", "CNY"))
    desk.go_to("2024-05-18")
    # 1,000.00 of 9,000.00 and less is more than a tenth.
    assert [category(desk, loan) for loan in pairs[0]] == ["substandard", "substandard"]
    assert [category(desk, loan) for loan in pairs[1]] == ["substandard", "pass"]
    pulled = desk.client.risk.get_credit_quality(loan=pairs[0][1])
    assert pulled.pulled_by_debtor
    assert grades(desk, pairs[0][1]) == [("2024-05-16", "substandard", 1, False)]


def test_what_is_known_makes_a_loan_worse_at_once_and_better_by_rule(desk: Desk) -> None:
    loan = desk.lent(desk.publish(), "1200")
    half = {"credit_impaired": True, "loss_to_book": decimal_("0.5")}
    assert mark(desk, loan, **half).category == pb.CREDIT_CATEGORY_DOUBTFUL
    desk.go_to("2024-01-20")
    mark(desk, loan, credit_impaired=True)
    # Doubtful to substandard needs no more than that it is deserved.
    assert category(desk, loan) == "substandard"
    mark(desk, loan)
    desk.go_to("2024-02-01")
    assert category(desk, loan) == "substandard"
    assert grades(desk, loan)[-1][0] == "2024-01-20"
    assert mark(desk, loan, liquidation=True).category == pb.CREDIT_CATEGORY_LOSS


def test_stages_and_nonaccrual_follow_a_policy_that_asks_for_them(desk: Desk) -> None:
    regimes = ["CREDIT_REGIME_IFRS9", "CREDIT_REGIME_US"]
    published(desk, "2024-01-16", regimes=regimes, cure_days=30)
    loan = desk.lent(desk.publish(), "1200", n=24)
    desk.go_to("2024-05-17")
    # Due on 15 February: 31 days on 17 March, 90 days on 15 May.
    assert grades(desk, loan) == [
        ("2024-03-17", "pass", 2, False),
        ("2024-05-15", "pass", 3, True),
    ]
    settle(desk, loan)
    for month in (6, 7):
        desk.go_to(f"2024-{month:02d}-15")
        desk.client.loans.repay_loan(name=loan, amount=money("60", "CNY"))
    desk.go_to("2024-07-20")
    # Deserved since 18 May: a stage each thirty days, and interest after thirty.
    assert grades(desk, loan)[2:] == [
        ("2024-06-17", "pass", 2, False),
        ("2024-07-17", "pass", 1, False),
    ]


def test_a_watch_list_is_a_significant_increase_in_risk(desk: Desk) -> None:
    published(desk, "2024-01-16", regimes=["CREDIT_REGIME_IFRS9"])
    loan = desk.lent(desk.publish(), "1200")
    desk.go_to("2024-01-17")
    assert mark(desk, loan, increased_risk=True).stage == 2
    assert mark(desk, loan).stage == 1


def test_a_restructured_loan_is_observed_for_a_year(desk: Desk) -> None:
    loan = desk.lent(desk.publish(), "1200", n=36)
    begun = desk.client.risk.record_restructuring(
        loan=loan, first_repayment=date_of("2024-02-15"), reason="debtor in trouble"
    )
    assert begun.category == pb.CREDIT_CATEGORY_SPECIAL_MENTION
    desk.go_to("2024-02-15")
    desk.client.loans.repay_loan(name=loan, amount=money("36.51", "CNY"))
    desk.go_to("2024-03-18")
    found = desk.client.risk.get_credit_quality(loan=loan)
    # The payment of 15 March is missed: the observation begins there anew.
    assert found.observed_since == date_of("2024-03-15")
    settle(desk, loan)
    again = desk.client.risk.record_restructuring(
        loan=loan, first_repayment=date_of("2024-04-15"), reason="once more"
    )
    assert again.category == pb.CREDIT_CATEGORY_SUBSTANDARD


def test_what_is_kept_of_a_loan_is_what_its_history_says(desk: Desk) -> None:
    loan = desk.lent(desk.publish(), "1200", n=24)
    mark(desk, loan, increased_risk=True)
    desk.go_to("2024-02-20")
    settle(desk, loan)
    desk.go_to("2024-02-22")
    kept = desk.rows("select state::json, number from ledger.quality")
    told = desk.rows(
        "select payload::json #> '{details,quality}', number from ledger.event"
        " where payload::json #> '{details,quality}' is not null order by number desc limit 1"
    )
    assert kept == told


def test_collateral_is_in_the_loans_currency(desk: Desk) -> None:
    loan = desk.lent(desk.publish(), "1200")
    kept = desk.client.risk.set_credit_marks(loan=loan, collateral=money("9", "CNY"), reason="car")
    assert kept.collateral == money("9", "CNY")
    with pytest.raises(InvalidArgument) as caught:
        desk.client.risk.set_credit_marks(loan=loan, collateral=money("9", "EUR"), reason="car")
    assert [field for field, _ in caught.value.violations] == ["collateral.currency_code"]
