"""Positions that do not tie: every finding of every line at once, and nothing half done."""

from __future__ import annotations

import pytest

from loanledger import InvalidArgument, date_of, decimal_, minor
from loanledger.v1 import loan_service_pb2 as ln
from loanledger.v1 import product_service_pb2 as pr
from tests.server.bad import cny
from tests.server.desk import BOOK, Desk
from tests.server.importing import CUT, PRODUCT, fields, position, ready, row, run, states


@pytest.fixture
def old(desk: Desk) -> Desk:
    """The day of the cut-over."""
    return ready(desk)


def test_a_reference_stands_once_in_a_run_and_belongs_to_one_borrower(old: Desk) -> None:
    found = position(old)
    twice = run(old, found, found)
    assert states(twice) == ["IMPORTED", "REFUSED"]
    assert (fields(twice.results[1]), twice.ledger.loans, twice.tied) == (["reference"], 1, False)
    others = [position(old, party=old.party(f"Li {n}")) for n in range(6)]
    for other in others:
        (result,) = run(old, other).results
        assert (result.state, fields(result)) == (ln.IMPORT_STATE_REFUSED, ["reference"])


def test_a_reference_whose_import_was_undone_stays_with_its_borrower_and_product(
    old: Desk,
) -> None:
    found = position(old)
    done = run(old, found).results[0]
    old.client.loans.reverse_loan_event(event=done.event, reason="the wrong file")
    old.publish("other", amortization="AMORTIZATION_EQUAL_PRINCIPAL")
    moved = ln.Position()
    moved.CopyFrom(found)
    moved.product = f"{BOOK}/products/other"
    (refused,) = run(old, moved).results
    assert (refused.state, fields(refused)) == (ln.IMPORT_STATE_REFUSED, ["product"])
    elsewhere = [run(old, position(old, party=old.party(f"Li {n}"))) for n in range(8)]
    # In the stripe of the first borrower the loan is known; in another one it is a loan of its own.
    told = {tuple(fields(each.results[0])) for each in elsewhere}
    assert told <= {("party",), ("reference",), ()}
    assert sum(states(each) == ["IMPORTED"] for each in elsewhere) <= 1
    assert old.tied()


def test_each_line_fails_by_itself_with_all_that_is_wrong_in_it(old: Desk) -> None:
    bad = position(
        old,
        "",
        party="books/main/parties/000-000000000000",
        product="books/main/products/unheard",
        principal=cny("5000"),
        interest=cny("10"),
        start=date_of("2024-05-01"),
    )
    bad.schedule[2].due.CopyFrom(date_of("2024-05-01"))
    bad.schedule[3].principal_paid.CopyFrom(cny("1000.01"))
    response = run(old, bad, position(old, "A-2"))
    assert (states(response), response.tied) == (["REFUSED", "IMPORTED"], False)
    found = {each.field: each for each in response.results[0].findings}
    assert set(found) == {
        "reference", "party", "product", "principal", "interest", "start",
        "schedule[2].due", "schedule[3].principal_paid",
    }  # fmt: skip
    ties = found["principal"]
    assert [minor(m) for m in (ties.theirs, ties.ours, ties.difference)] == [
        500_000, 499_999, 1
    ]  # fmt: skip
    assert old.tied()


def test_amounts_finer_than_the_minor_unit_and_other_currencies_are_refused(old: Desk) -> None:
    fine = position(old, credit=cny("1"))
    fine.credit.nanos = 1_000_000
    euro = position(old, "A-2", penalty=cny("1"))
    euro.penalty.currency_code = "EUR"
    old.publish("euro", "EUR")
    foreign = position(old, "A-3", product="books/main/products/euro")
    response = run(old, fine, euro, foreign)
    assert states(response) == ["REFUSED"] * 3
    assert [fields(result) for result in response.results] == [
        ["credit"],
        ["penalty.currency_code"],
        ["amount"],
    ]


def test_nothing_is_imported_where_the_control_totals_are_not_met(old: Desk) -> None:
    totals = ln.PositionTotals(loans=2, principal=cny("12000"), interest=cny("116.65"))
    found = [position(old), position(old, "A-2")]
    before = old.written()
    response = run(old, *found, control_totals=totals)
    assert (states(response), response.tied) == (["IMPORTABLE", "IMPORTABLE"], False)
    (finding,) = response.findings
    assert (finding.field, minor(finding.difference)) == ("control_totals.interest", -1)
    assert old.written() == before
    totals = ln.PositionTotals(loans=3, principal=cny("12000"), interest=cny("116.66"))
    (finding,) = run(old, *found, control_totals=totals).findings
    assert finding.field == "control_totals.loans"
    totals.loans = 2
    done = run(old, *found, control_totals=totals)
    assert (states(done), done.tied) == (["IMPORTED", "IMPORTED"], True)


def history(last: str = "20") -> list[ln.PositionEvent]:
    """Paid on its days until March; in April 20.00 came."""
    days = ["2023-11-15", "2023-12-15", "2024-01-15", "2024-02-15", "2024-03-15"]
    return [
        ln.PositionEvent(
            kind="disbursement_recorded", value_date=date_of("2023-10-15"), amount=cny("12000")
        ),
        *(
            ln.PositionEvent(
                kind="repayment_recorded", value_date=date_of(day), amount=cny(f"{1120 - 10 * n}")
            )
            for n, day in enumerate(days)
        ),
        ln.PositionEvent(
            kind="repayment_recorded", value_date=date_of("2024-04-16"), amount=cny(last)
        ),
    ]


def with_history(desk: Desk, last: str = "20", **more: object) -> ln.Position:
    """7,000.00 open: after five of twelve instalments, of which the sixth is due."""
    plain: dict[str, object] = {
        "principal": cny("7000"),
        "interest": cny("60.00"),
        "schedule": [
            row(6, "2024-04-15", "70.00", interest_paid=cny("20.00")),
            *(row(n + 2, f"2024-{n:02}-15", f"{11 - n}0.00") for n in range(5, 11)),
        ],
        "history": history(last),
    }
    return position(desk, **plain | more)


def test_a_history_that_comes_to_the_position_is_kept_with_it(old: Desk) -> None:
    response = run(old, with_history(old))
    assert (states(response), fields(response.results[0])) == (["IMPORTED"], [])
    event = old.client.audit.get_event(name=response.results[0].event)
    assert len(event.payload["details"]["history"]) == 7
    assert old.tied()


def test_a_difference_is_told_figure_by_figure_and_decides_unless_it_is_tolerated(
    old: Desk,
) -> None:
    found = with_history(old, "20.03")
    refused = run(old, found).results[0]
    assert refused.state == ln.IMPORT_STATE_REFUSED
    assert [
        (each.field, minor(each.theirs), minor(each.ours), minor(each.difference))
        for each in refused.findings
    ] == [("interest", 6_000, 5_997, 3), ("schedule[2024-04-15].interest", 5_000, 4_997, 3)]
    assert states(run(old, found, tolerance=cny("0.02"))) == ["REFUSED"]
    noted = run(old, found, tolerance=cny("0.03"))
    assert (states(noted), noted.tied) == (["IMPORTED"], True)
    assert [each.tolerated for each in noted.results[0].findings] == [True, True]
    # What is imported is the stated position; the difference stands in the event.
    assert minor(old.client.loans.get_loan(name=noted.results[0].loan).balance.interest) == 6_000
    event = old.client.audit.get_event(name=noted.results[0].event)
    assert len(event.payload["details"]["differences"]) == 2
    assert states(run(old, found, tolerance=cny("0.03"))) == ["ALREADY_IMPORTED"]


def test_a_history_is_read_with_every_field_that_its_kinds_need(old: Desk) -> None:
    wrong = with_history(old)
    wrong.history[1].kind = "loan_sold"
    wrong.history[2].ClearField("amount")
    wrong.history[3].annual_rate.CopyFrom(decimal_("0.1"))
    wrong.history[4].value_date.CopyFrom(date_of("2024-01-01"))
    wrong.history[6].value_date.CopyFrom(date_of(CUT))
    (result,) = run(old, wrong).results
    assert set(fields(result)) >= {
        "history[1].kind",
        "history[2].amount",
        "history[3].annual_rate",
    }
    assert any(field.endswith("value_date") for field in fields(result))


def test_a_whole_run_is_refused_for_what_concerns_all_of_it(old: Desk) -> None:
    empty = ln.ImportLoansRequest(parent="books/main", request_id="x y", product=PRODUCT)
    empty.tolerance.CopyFrom(cny("-1"))
    empty.control_totals.fee.currency_code = "???"
    with pytest.raises(InvalidArgument) as caught:
        old.client.loans.import_loans(empty)
    assert {field for field, _ in caught.value.violations} == {
        "request_id",
        "positions",
        "tolerance",
        "control_totals.fee.currency_code",
        "reason",
        "cut_over_date",
    }
    future = run(old, position(old), cut_over_date=date_of("2024-04-21"))
    assert "cut_over_date" in fields(future.results[0])
    long_ago = run(old, position(old), cut_over_date=date_of("2023-04-19"))
    assert "cut_over_date" in fields(long_ago.results[0])


def test_a_commitment_fee_beyond_what_was_agreed_is_refused_and_no_day_waits_for_it(
    desk: Desk,
) -> None:
    """It would be charged on the next due date, by a close of the day that nothing may stop."""
    fee = pr.FeeRule(name="undrawn", when="FEE_WHEN_COMMITMENT", percent=decimal_("0.0036"))
    old = ready(desk, fees=[fee])
    asked = ("-0.01", "12000", "9" * 60)
    least, most, plenty = (position(old, f"A-{x}", commitment_exact=x) for x in asked)
    response = run(old, least, most, plenty)
    assert states(response) == ["REFUSED", "IMPORTED", "REFUSED"]
    assert [fields(response.results[n]) for n in (0, 2)] == [["commitment_exact"]] * 2
    old.go_to("2024-05-16")
    assert old.tied()
