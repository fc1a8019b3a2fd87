"""Collateral from its registration to its sale, with figures worked out by hand."""

from __future__ import annotations

import pytest

from loanledger import (
    FailedPrecondition,
    InvalidArgument,
    NotFound,
    date_of,
    decimal_,
    minor,
    money,
)
from loanledger.v1 import collateral_service_pb2 as co
from tests.server.desk import Desk
from tests.server.secured import client_events, cny, lent, registered, secured, status, worth


@pytest.fixture
def pledged(desk: Desk) -> tuple[Desk, str, str]:
    """A loan that is secured."""
    return secured(desk)


def test_a_description_is_kept_encrypted_and_read_back(desk: Desk) -> None:
    desk.publish()
    party = desk.party()
    made = registered(desk, party)
    assert made.description == "Blue van, plate 沪A 12345"
    read = desk.client.collateral.get_collateral(name=made.name, reason="it was towed")
    assert read == made
    assert (status(read), read.party, read.reference) == ("FREE", party, "V-1")
    assert minor(read.valuation.value) == 100_000
    for table in ("event", "collateral", "answer"):
        rows = str(desk.rows(f"select * from ledger.{table}"))
        assert "Blue van" not in rows, table
    desk.rows("delete from ledger.party_key")
    assert desk.client.collateral.get_collateral(name=made.name).description == ""


def test_valuations_are_all_kept_and_the_newest_counts(pledged: tuple[Desk, str, str]) -> None:
    desk, name, loan = pledged
    desk.go_to("2024-01-20")
    client = desk.client.collateral
    client.value_collateral(
        name=name, valuation=worth("900", "0.5", method="index"), reason="yearly"
    )
    listed = list(client.list_valuations.iterate(parent=name))
    assert [minor(one.value) for one in listed] == [100_000, 90_000]
    assert [one.method for one in listed] == ["appraisal", "index"]
    assert [one.valued_on for one in listed] == [date_of("2024-01-15"), date_of("2024-01-20")]
    assert listed[1].reason == "yearly"
    # 900.00 less one half; 1,200.00 and five nights' interest, 6.00 x 5 / 31, are owed.
    found = client.get_coverage(name=loan)
    assert minor(found.owed) == 120_000 + 97
    assert minor(found.covered) == 45_000
    assert minor(found.uncovered) == 120_097 - 45_000
    with pytest.raises(FailedPrecondition, match="after the business date"):
        client.value_collateral(name=name, valuation=worth("1", valued_on=date_of("2024-01-21")))


def test_loans_are_covered_by_rank(pledged: tuple[Desk, str, str]) -> None:
    desk, name, first = pledged
    client = desk.client.collateral
    party = desk.client.loans.get_loan(name=first).party
    second = lent(desk, "500", party)
    client.pledge_collateral(name=name, lien=co.Lien(loan=first, rank=1, limit=cny("400")))
    both = client.pledge_collateral(name=name, lien=co.Lien(loan=second, rank=2))
    assert [(lien.rank, lien.loan) for lien in both.liens] == [(1, first), (2, second)]
    # 1,000.00 less 30 % is 700.00: 400.00 for the first lien, 300.00 are left for the second.
    found = {loan: client.get_coverage(name=loan) for loan in (first, second)}
    assert [minor(found[loan].covered) for loan in (first, second)] == [40_000, 30_000]
    assert minor(found[second].shares[0].lending_value) == 70_000
    assert found[second].coverage.value == "0.6"
    assert found[second].loan_to_value.value == "0.5"
    more = registered(desk, party, "10.00").name
    client.pledge_collateral(name=more, lien=co.Lien(loan=second, rank=1))
    assert minor(client.get_coverage(name=second).covered) == 30_700
    nothing = client.get_coverage(name=lent(desk, "10", desk.party("Li Na")))
    assert (minor(nothing.covered), len(nothing.shares)) == (0, 0)


def test_collateral_is_released_when_its_loan_is_settled(pledged: tuple[Desk, str, str]) -> None:
    desk, name, loan = pledged
    client = desk.client.collateral
    with pytest.raises(FailedPrecondition, match="release its security early"):
        client.release_collateral(name=name, loan=loan)
    desk.client.loans.pay_off_loan(name=loan, amount=cny("1200"))
    assert status(client.get_collateral(name=name)) == "PLEDGED"
    desk.go_to("2024-01-16")
    free = client.get_collateral(name=name)
    assert (status(free), list(free.liens)) == ("FREE", [])
    [event] = client_events(desk, "collateral_released")
    assert (event.actor, event.reason) == ("system:end-of-day", "the loan is settled")
    desk.go_to("2024-01-18")
    assert len(client_events(desk, "collateral_released")) == 1
    assert desk.client.end_of_day.list_end_of_day_steps(business_date=date_of("2024-01-15")).steps


def test_an_officer_releases_early_with_a_reason(pledged: tuple[Desk, str, str]) -> None:
    desk, name, loan = pledged
    client = desk.client.collateral
    free = client.release_collateral(name=name, loan=loan, early=True, reason="other security")
    assert status(free) == "FREE"
    with pytest.raises(FailedPrecondition, match="does not secure"):
        client.release_collateral(name=name, loan=loan, early=True, reason="again")


def test_only_loans_of_the_borrower_are_secured(desk: Desk) -> None:
    desk.publish()
    desk.publish("euro", "EUR")
    party, client = desk.party(), desk.client.collateral
    name = registered(desk, party).name
    stripe = party.rpartition("/")[2][:3]
    others = (desk.party(f"Other {n}") for n in range(60))
    neighbour = next(p for p in others if p.rpartition("/")[2][:3] == stripe)
    with pytest.raises(FailedPrecondition, match="the same borrower"):
        client.pledge_collateral(name=name, lien=co.Lien(loan=lent(desk, "5", neighbour), rank=1))
    euro = desk.client.loans.open_loan(
        party=party,
        product="books/main/products/euro",
        amount=money("5", "EUR"),
        annual_rate=decimal_("0.06"),
        instalments=12,
    )
    with pytest.raises(FailedPrecondition, match="valued in CNY, the loan is in EUR"):
        client.pledge_collateral(name=name, lien=co.Lien(loan=euro.name, rank=1))


def test_every_violated_field_is_named(desk: Desk) -> None:
    client = desk.client.collateral
    with pytest.raises(InvalidArgument) as refused:
        client.register_collateral(
            party="nobody", valuation=co.Valuation(value=cny("-1"), haircut=decimal_("1.5"))
        )
    assert {field for field, _ in refused.value.violations} == {
        *("party", "kind", "description"),
        *("valuation.method", "valuation.haircut", "valuation.value"),
    }
    with pytest.raises(NotFound):
        client.get_collateral(name="books/main/collaterals/000-000000000000")


def test_the_same_request_is_answered_the_same_and_lists_tell_by_status(
    pledged: tuple[Desk, str, str],
) -> None:
    desk, name, loan = pledged
    client = desk.client.collateral
    lien = co.Lien(loan=loan, rank=2)
    first = client.pledge_collateral(name=name, lien=lien, request_id="lien-1")
    assert client.pledge_collateral(name=name, lien=lien, request_id="lien-1") == first
    party = first.party
    registered(desk, party)
    registered(desk, desk.party("Li Na"))
    listed = {
        (wanted, whose): len(list(client.list_collaterals.iterate(status=wanted, party=whose)))
        for wanted in ("COLLATERAL_STATUS_FREE", "COLLATERAL_STATUS_PLEDGED", None)
        for whose in (party, "")
    }
    assert listed == {
        ("COLLATERAL_STATUS_FREE", party): 1,
        ("COLLATERAL_STATUS_FREE", ""): 2,
        ("COLLATERAL_STATUS_PLEDGED", party): 1,
        ("COLLATERAL_STATUS_PLEDGED", ""): 1,
        (None, party): 2,
        (None, ""): 3,
    }
