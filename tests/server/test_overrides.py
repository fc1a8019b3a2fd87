"""Grades that people set: proposed by one, approved by another, and only ever stricter."""

from __future__ import annotations

from typing import Any

import pytest

from loanledger import Client, FailedPrecondition, NotFound, date_of, decimal_, to_date
from loanledger.v1 import risk_service_pb2 as pb
from tests.server.bad import Bad, Stock, asked, judge
from tests.server.desk import Desk
from tests.server.test_classification import category, settle
from tests.server.test_delinquency import published


def two_officers(desk: Desk) -> tuple[Client, Client]:
    """Two people who may approve: an actor is named by its first role."""
    return desk.role("credit_officer"), desk.role("operator", "credit_officer")


def test_an_override_needs_two_people_and_is_only_ever_stricter(desk: Desk) -> None:
    first, second = two_officers(desk)
    loan = desk.lent(desk.publish(), "1200", n=24)
    desk.go_to("2024-02-20")
    doubtful = pb.ClassificationOverride(
        category="CREDIT_CATEGORY_DOUBTFUL", until=date_of("2024-02-25")
    )
    proposal = first.risk.propose_classification(loan=loan, override=doubtful, reason="fraud?")
    assert category(desk, loan) == "special_mention"
    with pytest.raises(FailedPrecondition) as own:
        first.risk.approve_classification(loan=loan, proposal=proposal.event, reason="me")
    assert own.value.reason == "OWN_PROPOSAL"
    done = second.risk.approve_classification(loan=loan, proposal=proposal.event, reason="agreed")
    assert (done.category, done.override) == (pb.CREDIT_CATEGORY_DOUBTFUL, doubtful)
    with pytest.raises(FailedPrecondition) as twice:
        second.risk.approve_classification(loan=loan, proposal=proposal.event, reason="again")
    assert twice.value.reason == "PROPOSAL_DECIDED"
    with pytest.raises(FailedPrecondition) as mild:
        first.risk.propose_classification(
            loan=loan,
            override=pb.ClassificationOverride(category="CREDIT_CATEGORY_PASS"),
            reason="a friend",
        )
    assert mild.value.reason == "GRADE_TOO_MILD"
    settle(desk, loan)
    desk.go_to("2024-02-26")
    # The override has ended; what it left is non-performing and gets better by rule.
    found = desk.client.risk.get_credit_quality(loan=loan)
    assert not found.HasField("override")
    assert (found.category, str(to_date(found.paid_since))) == (4, "2024-02-21")
    (approved,) = desk.client.audit.list_events.iterate(kind="classification_approved")
    assert (approved.actor, approved.reason) == ("dev:operator", "agreed")
    assert approved.payload["details"]["proposed_by"] == "dev:credit_officer"


def test_the_end_of_an_override_is_approved_as_well(desk: Desk) -> None:
    first, second = two_officers(desk)
    published(desk, "2024-01-16", regimes=["CREDIT_REGIME_IFRS9"])
    loan = desk.lent(desk.publish(), "1200")
    desk.go_to("2024-01-17")
    with pytest.raises(FailedPrecondition):
        first.risk.propose_classification(loan=loan, reason="none holds")
    up = pb.ClassificationOverride(stage=3)
    for override, stage in ((up, 3), (None, 1)):
        event = first.risk.propose_classification(loan=loan, override=override, reason="x").event
        done = second.risk.approve_classification(loan=loan, proposal=event, reason="y")
        assert done.stage == stage
    with pytest.raises(NotFound):
        second.risk.approve_classification(
            loan=loan, proposal=f"{loan[:11]}events/{loan[17:20]}-1", reason="y"
        )


def _bad(title: str, kind: Any, fields: str, **given: Any) -> Bad:
    plain = {"reason": "x"} | given
    return Bad(title, lambda stock: asked(kind, **{"loan": stock.active} | plain), fields=fields)


BAD = [
    _bad(
        "marks without a reason, and a loss of no impaired loan",
        pb.SetCreditMarksRequest,
        "marks.loss_to_book reason",
        marks=pb.CreditMarks(loss_to_book=decimal_("0.5")),
        reason="",
    ),
    _bad(
        "a share above one",
        pb.SetCreditMarksRequest,
        "marks.all_banks_share",
        marks=pb.CreditMarks(all_banks_share=decimal_("1.5")),
    ),
    _bad("no first repayment", pb.RecordRestructuringRequest, "first_repayment"),
    _bad(
        "an override of nothing",
        pb.ProposeClassificationRequest,
        "override",
        override=pb.ClassificationOverride(),
    ),
    _bad(
        "a stage that there is not",
        pb.ProposeClassificationRequest,
        "override.stage",
        override=pb.ClassificationOverride(stage=1),
    ),
    _bad("no proposal", pb.ApproveClassificationRequest, "proposal"),
]


@pytest.mark.parametrize("bad", BAD, ids=str)
def test_bad_input_is_refused_with_every_field(stock: Stock, bad: Bad) -> None:
    judge(stock, bad)
