"""Expected credit losses by stage: computed once more here, from nothing but the contract."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from math import floor
from typing import Any

from loanledger import decimal_, minor, money
from loanledger.v1 import risk_service_pb2 as pb
from tests.promises.soundness import require_sound
from tests.server.desk import Desk
from tests.server.test_classification import mark
from tests.server.test_delinquency import published
from tests.server.test_provisioning import by_category, kept, lines, moves, table

PD = (Fraction(2, 100), Fraction(3, 100), Fraction(5, 100))
LGD = Fraction(45, 100)
#: Weight, factor of defaults, factor of losses.
SCENARIOS = (
    (Fraction(5, 10), Fraction(1), Fraction(1)),
    (Fraction(3, 10), Fraction(15, 10), Fraction(12, 10)),
    (Fraction(2, 10), Fraction(1, 2), Fraction(9, 10)),
)


def text(share: Fraction) -> Any:
    return decimal_(str(Decimal(share.numerator) / Decimal(share.denominator)))


def expected(frequency: str = "DAILY", **more: Any) -> pb.Provisioning:
    scenarios = [
        pb.LossScenario(
            name=str(no), weight=text(w), default_factor=text(pd), loss_factor=text(lgd)
        )
        for no, (w, pd, lgd) in enumerate(SCENARIOS)
    ]
    return pb.Provisioning(
        method="PROVISIONING_METHOD_EXPECTED_LOSS",
        frequency=f"PROVISIONING_FREQUENCY_{frequency}",
        curves=[pb.DefaultCurve(defaults=[text(share) for share in PD])],
        loss_given_default=text(LGD),
        scenarios=scenarios,
        **more,
    )


def rounded(exact: Fraction) -> int:
    return floor(exact + Fraction(1, 2))


def effective(monthly: Fraction) -> Fraction:
    """(1 + i)^12 - 1 to ten places."""
    with localcontext() as context:
        context.prec = 50
        rate = (1 + Decimal(monthly.numerator) / Decimal(monthly.denominator)) ** 12 - 1
        return Fraction(rate.quantize(Decimal("1e-10"), ROUND_HALF_UP))


def mean(years: list[tuple[int, Fraction]], rate: Fraction) -> int:
    """The weighted loss of (exposure, part of a year) pairs."""
    total = Fraction(0)
    for weight, defaults, losses in SCENARIOS:
        exact = sum(
            (
                amount * PD[min(no, 2)] * defaults * part * LGD * losses / (1 + rate) ** (no + 1)
                for no, (amount, part) in enumerate(years)
            ),
            Fraction(0),
        )
        total += weight * rounded(exact)
    return rounded(total)


RATE = effective(Fraction(6, 1200))


def bullet(desk: Desk, n: int) -> str:
    product = desk.publish("bullet", amortization="AMORTIZATION_SINGLE_REPAYMENT")
    return desk.lent(product, "100000", n=n)


def owed(desk: Desk, loan: str) -> int:
    """Principal and interest on the books."""
    found = desk.client.loans.get_loan(name=loan).balance
    return minor(found.principal) + minor(found.interest)


def test_stage_one_is_the_loss_of_twelve_months(desk: Desk) -> None:
    published(desk, "2024-01-16", regimes=["CREDIT_REGIME_IFRS9"], provisioning=expected())
    long, short = bullet(desk, 30), desk.lent("books/main/products/bullet", "100000", n=6)
    desk.go_to("2024-01-17")
    # The evening of the 16th; the short loan ends 180 days later, on 15 July, of 366.
    whole = mean([(owed(desk, long), Fraction(1))], RATE)
    part = Fraction((date(2024, 7, 15) - date(2024, 1, 17)).days, 366)
    assert lines(desk, long) == [("2024-01-16", "stage_1", 0, "stage_1", whole, "provision")]
    assert lines(desk, short)[0][4] == mean([(owed(desk, short), part)], RATE)
    assert desk.balances()["1304-S1"] == -kept(desk)
    # 0.45 x 2 % of 1,000.xx, discounted, weighted: by hand about 945.
    assert 900_00 < whole < 1000_00


def test_stage_two_is_the_loss_of_the_whole_life_and_a_transfer(desk: Desk) -> None:
    published(desk, "2024-01-16", regimes=["CREDIT_REGIME_IFRS9"], provisioning=expected())
    loan = bullet(desk, 30)
    desk.go_to("2024-01-17")
    first = kept(desk)
    mark(desk, loan, increased_risk=True)
    desk.go_to("2024-01-18")
    # From 18 January 2024 to 15 July 2026: two years and 178 of 365 days.
    last = Fraction((date(2026, 7, 15) - date(2026, 1, 18)).days, 365)
    years = [(owed(desk, loan), Fraction(1)), (100_000_00, Fraction(1)), (100_000_00, last)]
    assert lines(desk, loan)[-1][1:5] == ("stage_1", first, "stage_2", mean(years, RATE))
    found = desk.balances()
    assert "1304-S1" not in found
    assert "1304" not in found
    assert found["1304-S2"] == -kept(desk)
    rows = {row.grade: moves(row) for row in table(desk, "2024-01-17", "2024-01-17").grades}
    assert rows == {
        "stage_1": {"opening": first, "transferred": -first},
        "stage_2": {
            "transferred": first,
            "increased": mean(years, RATE) - first,
            "closing": mean(years, RATE),
        },
    }
    require_sound(desk.server.dsn)


def test_an_annuity_owes_less_each_year(desk: Desk) -> None:
    published(desk, "2024-01-16", regimes=["CREDIT_REGIME_IFRS9"], provisioning=expected())
    loan = desk.lent(desk.publish(), "100000", n=24)
    desk.go_to("2024-01-16")
    mark(desk, loan, increased_risk=True)
    desk.go_to("2024-01-17")
    rows = desk.client.loans.get_schedule(name=loan).instalments
    # What is left after the twelve instalments to 15 January 2025 begins the second year.
    left = 100_000_00 - sum(minor(row.principal) for row in rows[:12])
    part = Fraction((date(2026, 1, 15) - date(2025, 1, 17)).days, 365)
    assert kept(desk) == mean([(owed(desk, loan), Fraction(1)), (left, part)], RATE)


def test_stage_three_loses_what_no_collateral_covers(desk: Desk) -> None:
    rules = expected(haircut=decimal_("0.3"))
    published(desk, "2024-01-16", regimes=["CREDIT_REGIME_IFRS9"], provisioning=rules)
    loan = bullet(desk, 30)
    desk.go_to("2024-01-16")
    desk.client.risk.set_credit_marks(
        loan=loan,
        marks=pb.CreditMarks(credit_impaired=True),
        collateral=money("50000", "CNY"),
        reason="default elsewhere",
    )
    desk.go_to("2024-01-17")
    bare = owed(desk, loan) - 35_000_00
    total = sum(
        (weight * rounded(bare * LGD * losses) for weight, _, losses in SCENARIOS), Fraction(0)
    )
    assert lines(desk, loan) == [
        ("2024-01-16", "stage_3", 0, "stage_3", rounded(total), "provision")
    ]
    assert desk.balances()["1304-S3"] == -rounded(total)
    desk.client.loans.write_off_loan(name=loan, reason="lost")
    desk.go_to("2024-01-18")
    assert lines(desk, loan)[-1][3:] == ("stage_3", 0, "written_off")
    assert "1304-S3" not in desk.balances()
    assert table(desk, "2024-01-16", "2024-01-17").accounts[0].closing == money("0", "CNY")


def test_the_nearest_curve_counts(desk: Desk) -> None:
    rules = expected()
    rules.curves.add(defaults=[decimal_("0.5")], bucket="1-30")
    rules.curves.add(defaults=[decimal_("0.1")], product="plain")
    published(desk, "2024-01-16", regimes=["CREDIT_REGIME_IFRS9"], provisioning=rules)
    plain, other = desk.lent(desk.publish(), "1000", n=1), desk.lent(desk.publish("b"), "1000", n=1)
    desk.go_to("2024-02-17")
    amounts = [lines(desk, loan)[-1][4] for loan in (plain, other)]
    assert amounts[0] * 4 < amounts[1] < amounts[0] * 6


def test_a_change_of_method_moves_what_was_set_aside(desk: Desk) -> None:
    regimes = ["CREDIT_REGIME_IFRS9", "CREDIT_REGIME_FIVE_CATEGORY"]
    published(desk, "2024-01-16", regimes=regimes, provisioning=by_category())
    loan = bullet(desk, 30)
    desk.go_to("2024-01-17")
    assert desk.balances()["1304"] == -1000_00
    published(desk, "2024-01-18", regimes=regimes, provisioning=expected())
    desk.go_to("2024-01-19")
    assert lines(desk, loan)[-1][:4] == ("2024-01-18", "pass", 1000_00, "stage_1")
    found = desk.balances()
    assert "1304" not in found
    assert found["1304-S1"] == -kept(desk)


def test_a_loan_that_is_set_aside_keeps_its_allowance(desk: Desk) -> None:
    published(desk, "2024-01-16", regimes=["CREDIT_REGIME_IFRS9"], provisioning=expected())
    loan = bullet(desk, 30)
    desk.go_to("2024-01-17")
    before = kept(desk)
    desk.rows("update ledger.loan set state = '{'")
    desk.go_to("2024-01-19")
    assert desk.client.end_of_day.get_end_of_day().loans_set_aside == 1
    assert kept(desk) == before == -desk.balances()["1304-S1"]
    desk.client.end_of_day.resume_loan(name=loan, reason="damaged row")
    desk.go_to("2024-01-20")
    assert lines(desk, loan)[-1][0] == "2024-01-19"
