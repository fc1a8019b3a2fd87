"""History by day of days past due is what the schedule of each day says."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, given
from hypothesis import strategies as st

from loanledger import date_of, money, to_date
from tests.examples import examples
from tests.server.desk import Desk
from tests.server.test_delinquency import history

_STEPS = st.lists(
    st.tuples(
        st.integers(1, 25), st.sampled_from(("pay", "pause", "resume", "wait")), st.integers(1, 500)
    ),
    min_size=2,
    max_size=6,
)


@examples(
    10,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=_STEPS)
def test_the_history_of_each_day_is_what_the_schedule_of_that_day_says(
    desk: Desk, steps: list[tuple[int, str, int]]
) -> None:
    """Counted anew, day by day, from the schedule and a calendar of paused days."""
    status = desk.client.end_of_day.get_end_of_day()
    day = to_date(status.business_date)
    assert day
    code = f"p{day:%Y%m%d}"
    loan = desk.lent(desk.publish(code), "1200", n=4)
    paused: set[date] = set()
    wanted: dict[date, tuple[int, bool]] = {}
    for days, what, amount in steps:
        for _ in range(days):
            day += timedelta(1)
            desk.go_to(day.isoformat())
            wanted[day] = _counted(desk, loan, paused, day), day in paused
        if what == "pay" and desk.client.loans.get_loan(name=loan).status == 3:
            desk.client.loans.repay_loan(name=loan, amount=money(str(amount), "CNY"))
        elif what == "pause" and day not in paused:
            until = day + timedelta(amount % 40 + 1)
            desk.client.risk.pause_delinquency(
                loan=loan, cause="PAUSE_CAUSE_DISPUTE", until=_date(until), reason="dispute"
            )
            paused |= {day + timedelta(no) for no in range((until - day).days)}
        elif what == "resume" and day in paused:
            desk.client.risk.resume_delinquency(loan=loan, reason="over")
            paused = {one for one in paused if one < day}
    found = history(desk, loan)
    for one, (days, is_paused) in wanted.items():
        had = found.get(one, (0, "current", False))
        assert (had[0], had[2] and had[0] > 0) == (days, is_paused and days > 0), one


def _date(day: date) -> Any:
    return date_of(day.isoformat())


def _counted(desk: Desk, loan: str, paused: set[date], day: date) -> int:
    """Nights from the first instalment that is not settled, but for those that are paused."""
    for row in desk.client.loans.get_schedule(name=loan).instalments:
        due = to_date(row.due)
        assert due
        if due < day and not row.settled:
            nights = (due + timedelta(no) for no in range((day - due).days))
            return sum(night not in paused for night in nights)
    return 0
