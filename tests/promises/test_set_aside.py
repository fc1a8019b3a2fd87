"""A loan that was set aside and resumed is, to the minor unit, one that never was."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, given
from hypothesis import strategies as st

from ledger.loan.codec import state_text
from ledger.names import parse_id
from loanledger import FailedPrecondition, InvalidArgument
from tests.examples import examples
from tests.promises.cases import Life, lives
from tests.promises.intents import Intent, intents
from tests.promises.soundness import require_sound
from tests.promises.teller import Teller
from tests.promises.test_books import publishable
from tests.server.desk import Desk

_STEPS = st.lists(st.tuples(intents(), st.integers(0, 40), st.integers(0, 40)), max_size=3)
_FEW = examples(
    12,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
_BOOKED = (
    "select value_date, component, sum(amount) from (select stripe, loan, value_date, component,"
    " case side when 'D' then amount else -amount end as amount from ledger.entry"
    " union all select stripe, loan, day, component, amount"
    " from ledger.accrual) x where stripe = %s and loan = %s and component is not null"
    " group by 1, 2 having sum(amount) <> 0 order by 1, 2"
)


@_FEW
@given(lives(most=0), _STEPS, st.integers(1, 70), _STEPS)
def test_a_loan_that_catches_up_is_the_one_that_was_never_set_aside(
    desk: Desk,
    life: Life,
    before: list[tuple[Intent, int, int]],
    missed: int,
    after: list[tuple[Intent, int, int]],
) -> None:
    teller = Teller(desk)
    for _ in range(2):
        teller.lend(publishable(life))
    for step in before:
        _both(teller, *step)
    _damage(desk, teller)
    teller.close(missed)
    listed = desk.client.end_of_day.list_set_aside_loans().loans
    assert [one.loan for one in listed] == teller.names[:1]
    assert desk.tied()
    teller.require_verified()
    desk.client.end_of_day.resume_loan(name=teller.names[0])
    _require_same(desk, teller)
    for step in after:
        _both(teller, *step)
    _require_same(desk, teller)
    assert desk.tied()
    teller.require_verified()
    require_sound(desk.server.dsn)


def _both(teller: Teller, intent: Intent, back: int, days: int) -> None:
    """The same on the loan and on its twin; both take it, or neither."""
    refused = []
    for loan in range(2):
        with suppress(FailedPrecondition, InvalidArgument):
            teller.happen(loan, intent, back)
            continue
        refused.append(loan)
    assert refused in ([], [0, 1])
    if days:
        teller.close(days)


def _damage(desk: Desk, teller: Teller) -> None:
    """Somebody writes nonsense, and the next day looks at it."""
    desk.rows(
        "update ledger.loan set state = 'nonsense', next_date = %s where stripe = %s and loan = %s",
        teller.business + timedelta(days=1),
        *_key(teller.names[0]),
    )


def _key(name: str) -> tuple[int, int]:
    key = parse_id(name.rpartition("/")[2], 1)
    assert key
    return key


def _require_same(desk: Desk, teller: Teller) -> None:
    found = [_told(teller, name) for name in teller.names]
    assert found[0] == found[1]
    assert desk.rows(_BOOKED, *_key(teller.names[0])) == desk.rows(_BOOKED, *_key(teller.names[1]))


def _told(teller: Teller, name: str) -> dict[str, Any]:
    """The state without the numbers of its own events."""
    found: dict[str, Any] = json.loads(state_text(teller.state(name)))
    found["charges"] = [{**charge, "event": 0} for charge in found.get("charges", [])]
    return found
