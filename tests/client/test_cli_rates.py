"""`loanledger rates`: short codes, rates in per cent, and both ends of a range."""

from __future__ import annotations

from loanledger import date_of, decimal_
from loanledger.v1 import common_pb2
from loanledger.v1 import loan_service_pb2 as ln
from loanledger.v1 import rate_service_pb2 as pb
from tests.client.conftest import Run
from tests.client.fake import Fake, in_turn

INDEX = "books/main/rateIndexes/LPR-5Y"
FIXING = pb.Fixing(index=INDEX, date=date_of("2024-02-20"), rate=decimal_("0.0395"))


def test_an_index_is_made_and_listed(fake: Fake, run: Run) -> None:
    index = pb.RateIndex(name=INDEX, code="LPR-5Y", title="Prime", valid_days=40)
    fake.answers["CreateRateIndex"] = in_turn(index)
    fake.answers["ListRateIndexes"] = in_turn(pb.ListRateIndexesResponse(indexes=[index]))
    assert run("rates", "create", "LPR-5Y", "Prime", "--valid-days", "40").exit_code == 0
    assert fake.asked[0].index == pb.RateIndex(code="LPR-5Y", title="Prime", valid_days=40)
    assert "LPR-5Y" in run("rates", "list").stdout


def test_a_fixing_is_published_in_per_cent_and_listed_by_day(fake: Fake, run: Run) -> None:
    fake.answers["PublishFixing"] = in_turn(FIXING)
    fake.answers["ListFixings"] = in_turn(pb.ListFixingsResponse(fixings=[FIXING]))
    options = ("--reason", "typed", "--request-id", "r1", "--dry-run")
    assert run("rates", "publish", "LPR-5Y", "2024-02-20", "3.95%", *options).exit_code == 0
    assert fake.asked[0] == pb.PublishFixingRequest(
        index=INDEX,
        date=date_of("2024-02-20"),
        rate=decimal_("0.0395"),
        reason="typed",
        request_id="r1",
        validate_only=True,
    )
    shown = run("rates", "fixings", "LPR-5Y", "--from", "2024-01-01", "--corrected")
    assert "0.0395" in shown.stdout
    assert fake.asked[1].dates == common_pb2.DateRange(start=date_of("2024-01-01"))
    assert fake.asked[1].show_corrected


def test_late_fixings_are_worked_in_with_a_reason(fake: Fake, run: Run) -> None:
    last = pb.ResetRatesResponse(loans_seen=3, resets=2, finished=True)
    fake.answers["ResetRates"] = in_turn([last])
    options = ("--since", "2024-01-01", "--reason", "late", "--request-id", "r1")
    shown = run("rates", "reset", "LPR-5Y", *options)
    assert shown.exit_code == 0
    assert "2 resets" in shown.stderr
    assert fake.asked[0] == pb.ResetRatesRequest(
        index=INDEX, since=date_of("2024-01-01"), reason="late", request_id="r1"
    )


def test_a_loan_may_leave_its_rate_to_the_product(fake: Fake, run: Run) -> None:
    fake.answers["OpenLoan"] = in_turn(ln.Loan())
    asked = ("loans", "open", "017-7", "CASH", "1000", "--instalments", "12")
    assert run(*asked, "--segment", "staff", "--score", "712").exit_code == 0
    assert not fake.asked[0].HasField("annual_rate")
    assert (fake.asked[0].segment, fake.asked[0].score) == ("staff", 712)
    assert run(*asked, "--rate", "6%").exit_code == 0
    assert not fake.asked[1].HasField("score")
