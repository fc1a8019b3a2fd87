"""Statuses become typed errors with reason, facts and violations."""

import grpc
import pytest
from google.rpc import error_details_pb2

import loanledger
from loanledger import Client, FailedPrecondition, Internal, InvalidArgument, LoanLedgerError
from loanledger.errors import from_status
from tests.client.fake import Fake, in_turn, info, retry_after, status

CLASSES = [
    ("INVALID_ARGUMENT", "InvalidArgument"),
    ("FAILED_PRECONDITION", "FailedPrecondition"),
    ("NOT_FOUND", "NotFound"),
    ("ALREADY_EXISTS", "AlreadyExists"),
    ("PERMISSION_DENIED", "PermissionDenied"),
    ("UNAUTHENTICATED", "Unauthenticated"),
    ("ABORTED", "Aborted"),
    ("RESOURCE_EXHAUSTED", "ResourceExhausted"),
    ("UNAVAILABLE", "Unavailable"),
    ("DEADLINE_EXCEEDED", "DeadlineExceeded"),
    ("INTERNAL", "Internal"),
    ("DATA_LOSS", "DataLoss"),
    ("UNKNOWN", "Internal"),
    ("UNIMPLEMENTED", "Unimplemented"),
]


@pytest.mark.parametrize(("code", "name"), CLASSES)
def test_each_status_has_its_class(fake: Fake, code: str, name: str) -> None:
    fake.answers["GetLoan"] = in_turn(status(grpc.StatusCode[code], "no"))
    with Client(fake.target, retries=0) as client, pytest.raises(LoanLedgerError) as caught:
        client.loans.get_loan(name="books/main/loans/x")
    assert type(caught.value) is getattr(loanledger, name)
    assert caught.value.reason == code
    assert "no" in caught.value.message


def test_reason_and_facts_come_from_the_details(fake: Fake, client: Client) -> None:
    refusal = status(
        grpc.StatusCode.FAILED_PRECONDITION,
        "the loan is closed",
        info("LOAN_STATUS", loan="17-1", status="closed"),
    )
    fake.answers["RepayLoan"] = in_turn(refusal)
    with pytest.raises(FailedPrecondition) as caught:
        client.loans.repay_loan(name="books/main/loans/17-1", request_id="r1")
    error = caught.value
    assert error.reason == "LOAN_STATUS"
    assert error.facts == {"loan": "17-1", "status": "closed"}
    assert error.request_id == "r1"
    assert str(error) == "the loan is closed (LOAN_STATUS)"


def test_every_violated_field_has_its_line(fake: Fake, client: Client) -> None:
    bad = error_details_pb2.BadRequest()
    bad.field_violations.add(field="amount", description="must be positive")
    bad.field_violations.add(field="value_date", description="is in the future")
    refusal = status(
        grpc.StatusCode.INVALID_ARGUMENT, "the request is not valid", info("INVALID_INPUT"), bad
    )
    fake.answers["RepayLoan"] = in_turn(refusal)
    with pytest.raises(InvalidArgument) as caught:
        client.loans.repay_loan(name="x")
    assert caught.value.violations == [
        ("amount", "must be positive"),
        ("value_date", "is in the future"),
    ]
    assert str(caught.value).splitlines() == [
        "the request is not valid (INVALID_INPUT)",
        "  amount: must be positive",
        "  value_date: is in the future",
    ]


def test_details_of_another_domain_are_not_taken_for_ours() -> None:
    foreign = error_details_pb2.ErrorInfo(reason="PROXY", domain="elsewhere", metadata={"a": "b"})
    error = from_status(status(grpc.StatusCode.INTERNAL, "oops", foreign))
    assert isinstance(error, Internal)
    assert (error.reason, error.facts) == ("INTERNAL", {})


def test_the_retry_hint_is_read_in_seconds() -> None:
    error = from_status(status(grpc.StatusCode.ABORTED, "busy", retry_after(0.25)))
    assert error.retry_after == 0.25


def test_an_item_of_a_batch_fails_with_the_same_types() -> None:
    error = from_status(status(grpc.StatusCode.NOT_FOUND, "no account 9", info("NOT_FOUND")))
    assert isinstance(error, loanledger.NotFound)
