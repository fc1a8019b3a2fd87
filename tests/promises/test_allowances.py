"""On every day allowances are what the policy makes of the loans, and what the ledger holds."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from fractions import Fraction
from math import floor

from hypothesis import HealthCheck, Phase, given
from hypothesis import strategies as st

from ledger.names import parse_id
from loanledger import FailedPrecondition, minor, money, to_date
from loanledger.v1 import loan_service_pb2 as ln
from loanledger.v1 import risk_service_pb2 as pb
from tests.examples import examples
from tests.promises.soundness import require_sound
from tests.server.desk import Desk
from tests.server.test_delinquency import published
from tests.server.test_provisioning import by_category

RATES = (Fraction(1, 100), Fraction(2, 100), Fraction(25, 100), Fraction(1, 2), Fraction(1))
_STEP = st.tuples(
    st.sampled_from(("pay", "write_off", "pay_off", "impair", "charge_off", "draw", "none")),
    st.integers(0, 3),
    st.integers(1, 900),
    st.integers(1, 20),
)


@examples(
    8,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(_STEP, min_size=3, max_size=7))
def test_allowances_tie_on_every_day(desk: Desk, steps: list[tuple[str, int, int, int]]) -> None:
    now = to_date(desk.client.end_of_day.get_end_of_day().business_date)
    assert now
    begin = now + timedelta(1)
    if not desk.client.risk.list_credit_policies().policies:
        published(desk, begin.isoformat(), provisioning=by_category())
    product = desk.publish(f"p{now:%Y%m%d}")
    names = [desk.lent(product, amount, n=6) for amount in ("1200", "777.77", "5000", "0.99")]
    desk.go_to((begin + timedelta(1)).isoformat())
    _require_tied(desk)
    for what, which, amount, days in steps:
        with suppress(FailedPrecondition):
            _happen(desk, what, names[which], amount)
        for _ in range(days):
            day = to_date(desk.client.end_of_day.get_end_of_day().business_date)
            assert day
            wanted = _wanted(desk)
            desk.go_to((day + timedelta(1)).isoformat())
            _require_tied(desk)
            # The evening takes loans and grades as the day left them.
            held = desk.rows("select stripe, loan, amount from ledger.provided order by 1, 2")
            assert held == wanted
    require_sound(desk.server.dsn)


def _happen(desk: Desk, what: str, loan: str, amount: int) -> None:
    loans = desk.client.loans
    if what == "pay":
        loans.repay_loan(name=loan, amount=money(str(amount), "CNY"))
    elif what == "write_off":
        loans.write_off_loan(name=loan, reason="lost")
    elif what == "charge_off":
        loans.charge_off_loan(name=loan, reason="late")
    elif what == "pay_off":
        loans.pay_off_loan(name=loan, amount=loans.quote_payoff(name=loan).total)
    elif what == "impair":
        desk.client.risk.set_credit_marks(
            loan=loan, marks=pb.CreditMarks(credit_impaired=amount % 2 == 0), reason="news"
        )


def _wanted(desk: Desk) -> list[tuple[int, int, int]]:
    """What the policy makes of each loan on the books, asked of the loans themselves."""
    found = []
    for loan in desk.client.loans.list_loans.iterate(status=ln.LOAN_STATUS_ACTIVE):
        if loan.stage in (ln.LOAN_STAGE_PERFORMING, ln.LOAN_STAGE_SUSPENDED):
            grade = desk.client.risk.get_credit_quality(loan=loan.name).category
            exact = minor(loan.balance.principal) * RATES[grade - 1]
            amount = floor(exact + Fraction(1, 2))
            if amount:
                found.append((*_key(loan.name), amount))
    return sorted(found)


def _key(name: str) -> tuple[int, int]:
    key = parse_id(name.rpartition("/")[2], 1)
    assert key
    return key


def _require_tied(desk: Desk) -> None:
    (kept,) = desk.rows("select coalesce(sum(amount), 0)::bigint from ledger.provided")
    (lines,) = desk.rows("select coalesce(sum(amount - before), 0)::bigint from ledger.allowance")
    # Suspended interest of earlier years and the like would stand beside it: there is none here.
    assert kept[0] == lines[0] == -desk.balances().get("1304", 0)
    assert desk.client.risk.get_allowance_movements().tied
