"""The result of a month goes to retained earnings, stripe by stripe, and back while it is open."""

from __future__ import annotations

from typing import Any

import pytest

from loanledger import FailedPrecondition, InvalidArgument, NotFound, date_of, minor
from loanledger.v1 import ledger_service_pb2 as lg
from tests.promises.soundness import require_sound
from tests.server.desk import BOOK, Desk, pair

JANUARY = f"{BOOK}/periods/2024-01"
OF_RESULT = ("6011", "6021", "6601")


def net(desk: Desk, day: str) -> dict[str, int]:
    """Debits less credits of accounts with a balance at the end of a posting date."""
    trial = desk.client.ledger.get_trial_balance(posting_date=date_of(day))
    assert trial.balanced
    return {line.account.rpartition("/")[2]: minor(line.net) for line in trial.lines}


def post(desk: Desk, debit: str, credit: str, amount: str, day: str) -> lg.Journal:
    return desk.client.ledger.post_journal(
        entries=pair(amount, debit=debit, credit=credit), posting_date=date_of(day)
    )


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """January with 3.10 of interest, 50.00 of fees and 12.30 of expense; then it is February."""
    desk.lent(desk.publish(), "1200")
    post(desk, "1001", "6021", "50.00", "2024-01-15")
    post(desk, "6601", "1001", "12.30", "2024-01-15")
    desk.go_to("2024-02-01")
    return desk


def transferred(found: lg.ResultTransfer) -> dict[str, int]:
    return {amount.currency_code: minor(amount) for amount in found.result}


def test_income_and_expense_go_to_retained_earnings_on_the_month_s_last_day(busy: Desk) -> None:
    # 17 nights of 1200 at 6 %, 31 days in the period: 6.00 x 17 / 31 = 3.29.
    before = net(busy, "2024-01-31")
    assert {code: before[code] for code in OF_RESULT} == {"6011": -329, "6021": -5000, "6601": 1230}
    found = busy.client.ledger.transfer_result(name=JANUARY, reason="result of January")
    assert transferred(found) == {"CNY": 329 + 5000 - 1230}
    assert (found.period, found.account) == (JANUARY, "4103")
    assert found.posting_date == date_of("2024-01-31")
    after = net(busy, "2024-01-31")
    assert [after.get(code, 0) for code in OF_RESULT] == [0, 0, 0]
    assert after["4103"] == -4099
    assert {code: n for code, n in before.items() if code[0] != "6"} == {
        code: n for code, n in after.items() if code[0] != "6" and code != "4103"
    }
    events = list(busy.client.audit.list_events.iterate(kind="result_transferred"))
    assert found.event in [event.name for event in events]
    assert {event.reason for event in events} == {"result of January"}
    assert {event.posting_date.month for event in events} == {1}
    assert busy.tied()
    require_sound(busy.server.dsn)


def test_done_again_it_moves_what_came_since_and_asked_again_it_answers_the_same(
    busy: Desk,
) -> None:
    ledger = busy.client.ledger
    first = ledger.transfer_result(name=JANUARY, request_id="january")
    assert ledger.transfer_result(name=JANUARY, request_id="january") == first
    with pytest.raises(FailedPrecondition, match="are zero as at 2024-01-31"):
        ledger.transfer_result(name=JANUARY)
    post(busy, "6601", "1001", "7.00", "2024-01-31")
    post(busy, "6601", "1001", "9.00", "2024-02-01")
    tried = ledger.transfer_result(name=JANUARY, validate_only=True)
    assert transferred(tried) == {"CNY": -700}
    assert net(busy, "2024-01-31")["4103"] == -4099
    assert transferred(ledger.transfer_result(name=JANUARY)) == {"CNY": -700}
    assert net(busy, "2024-01-31")["4103"] == -4099 + 700
    assert net(busy, "2024-02-01")["6601"] == 900


def test_a_transfer_comes_back_while_the_month_is_open(busy: Desk) -> None:
    ledger = busy.client.ledger
    before = net(busy, "2024-01-31")
    ledger.transfer_result(name=JANUARY)
    post(busy, "6601", "1001", "7.00", "2024-01-31")
    ledger.transfer_result(name=JANUARY)
    back = ledger.reverse_result_transfer(name=JANUARY, reason="an invoice is missing")
    assert transferred(back) == {"CNY": -(4099 - 700)}
    after = net(busy, "2024-01-31")
    assert after.pop("4103", 0) == 0
    assert after == before | {"6601": 1930, "1001": before["1001"] - 700}
    with pytest.raises(FailedPrecondition, match="no transfer of 2024-01 stands"):
        ledger.reverse_result_transfer(name=JANUARY, reason="again")
    assert transferred(ledger.transfer_result(name=JANUARY)) == {"CNY": 4099 - 700}
    assert busy.tied()
    require_sound(busy.server.dsn)


def test_a_closed_month_and_one_that_has_not_ended_keep_their_result(busy: Desk) -> None:
    ledger = busy.client.ledger
    with pytest.raises(FailedPrecondition, match="has not ended"):
        ledger.transfer_result(name=f"{BOOK}/periods/2024-02")
    ledger.transfer_result(name=JANUARY)
    ledger.close_period(name=JANUARY)
    for call, more in (
        (ledger.transfer_result, {}),
        (ledger.reverse_result_transfer, {"reason": "late"}),
    ):
        with pytest.raises(FailedPrecondition) as refused:
            call(name=JANUARY, **more)
        assert refused.value.reason == "PERIOD_CLOSED"


@pytest.mark.parametrize(
    ("asked", "error", "told"),
    [
        ({"account": "6011"}, FailedPrecondition, "no account of equity"),
        ({"account": "7777"}, NotFound, "account 7777"),
    ],
)
def test_only_an_account_of_equity_takes_the_result(
    busy: Desk, asked: dict[str, Any], error: type[Exception], told: str
) -> None:
    with pytest.raises(error, match=told):
        busy.client.ledger.transfer_result(name=JANUARY, **asked)


def test_every_violated_field_is_named(busy: Desk) -> None:
    with pytest.raises(InvalidArgument) as refused:
        busy.client.ledger.reverse_result_transfer(name=f"{BOOK}/periods/2024-13")
    assert {field for field, _ in refused.value.violations} == {"name", "reason"}
