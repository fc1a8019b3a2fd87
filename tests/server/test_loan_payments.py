"""Money in a borrower's favour, money that goes back, and charges; and the books tie."""

from __future__ import annotations

import pytest

from loanledger import AlreadyExists, FailedPrecondition, InvalidArgument, NotFound, date_of
from loanledger.v1 import common_pb2
from loanledger.v1 import loan_service_pb2 as ln
from tests.server.bad import cny
from tests.server.desk import BOOK, Desk, parts


def test_refunds_goodwill_and_a_down_payment_pay_the_loan_each_from_its_own_account(
    desk: Desk,
) -> None:
    name, loans = desk.lent(desk.publish(), "1200"), desk.client.loans
    desk.go_to("2024-02-15")
    for source in ("MERCHANT", "PAYOUT"):
        done = loans.record_refund(name=name, source=f"REFUND_SOURCE_{source}", amount=cny("20"))
        assert done.transaction.kind == f"{source.lower()}_refund_recorded"
        assert sum(parts(done.transaction.allocation).values()) == 2000
    given = loans.record_goodwill_credit(name=name, amount=cny("5"), reason="we were late")
    assert given.transaction.kind == "goodwill_credit_recorded"
    down = loans.record_down_payment(name=name, amount=cny("30"), reference="till 4")
    assert (down.transaction.kind, down.transaction.reference) == (
        "down_payment_recorded",
        "till 4",
    )
    assert parts(down.loan.balance)["principal"] == 120000 - 7500 + 600
    assert desk.tied()


def test_a_repayment_is_charged_back_in_parts_and_never_by_more_than_it_was(desk: Desk) -> None:
    name, loans = desk.lent(desk.publish(), "1200"), desk.client.loans
    desk.go_to("2024-02-15")
    paid = loans.repay_loan(name=name, amount=cny("103.28"))
    event = paid.transaction.event
    first = loans.record_chargeback(
        name=name, repayment=event, amount=cny("50"), reference="R-01", request_id="back"
    )
    again = loans.record_chargeback(
        name=name, repayment=event, amount=cny("50"), reference="R-01", request_id="back"
    )
    assert first == again
    with pytest.raises(AlreadyExists):
        loans.record_chargeback(name=name, repayment=event, amount=cny("51"), request_id="back")
    assert first.transaction.details["allocation"] == {"interest": 600, "principal": 9728}
    with pytest.raises(FailedPrecondition, match=r"53\.28 is left") as caught:
        loans.record_chargeback(name=name, repayment=event, amount=cny("53.29"))
    assert caught.value.reason == "AMOUNT_EXCEEDED"
    last = loans.record_chargeback(name=name, repayment=event, amount=cny("53.28"))
    assert parts(last.loan.balance)["principal"] == 120000 + 600
    with pytest.raises(FailedPrecondition, match="charged back by event"):
        loans.reverse_loan_event(event=event, reason="typed twice")
    with pytest.raises(FailedPrecondition, match="not one of"):
        loans.record_chargeback(name=name, repayment=last.transaction.event, amount=cny("1"))
    assert desk.tied()
    for each in (last, first):
        loans.reverse_loan_event(event=each.transaction.event, reason="the bank erred")
    loans.reverse_loan_event(event=event, reason="typed twice")
    with pytest.raises(NotFound, match="no standing event"):
        loans.record_chargeback(name=name, repayment=event, amount=cny("1"))
    assert desk.tied()


def test_a_chargeback_does_not_come_before_its_repayment(desk: Desk) -> None:
    name, loans = desk.lent(desk.publish(), "1200"), desk.client.loans
    desk.go_to("2024-02-15")
    event = loans.repay_loan(name=name, amount=cny("100")).transaction.event
    with pytest.raises(FailedPrecondition, match="2024-02-15") as caught:
        loans.record_chargeback(
            name=name, repayment=event, amount=cny("1"), value_date=date_of("2024-02-14")
        )
    assert caught.value.reason == "DATE_NOT_OPEN"


def test_a_charge_of_a_later_day_becomes_income_on_that_day(desk: Desk) -> None:
    name, loans = desk.lent(desk.publish(), "1200"), desk.client.loans
    later = loans.charge_loan(
        name=name,
        amount=cny("12"),
        part=common_pb2.COMPONENT_PENALTY,
        due_date=date_of("2024-01-20"),
    )
    assert parts(later.loan.balance) == {"principal": 120000}
    [charge] = later.loan.charges
    assert (charge.event, charge.part) == (later.transaction.event, common_pb2.COMPONENT_PENALTY)
    desk.go_to("2024-01-20")
    assert parts(loans.get_loan(name=name).balance)["penalty"] == 1200
    assert desk.tied()


def test_a_charge_is_adjusted_or_waived_by_naming_its_event(desk: Desk) -> None:
    name, loans = desk.lent(desk.publish(), "1200"), desk.client.loans
    charges = [loans.charge_loan(name=name, amount=cny("25")).transaction.event for _ in range(2)]
    adjusted = loans.adjust_charge(name=name, charge=charges[0], amount=cny("10"))
    assert parts(adjusted.transaction.allocation) == {"fee": 1000}
    with pytest.raises(FailedPrecondition, match=r"25\.00"):
        loans.adjust_charge(name=name, charge=charges[1], amount=cny("25.01"))
    with pytest.raises(FailedPrecondition, match=r"15\.00 may still be given back"):
        loans.adjust_charge(name=name, charge=charges[0], amount=cny("15.01"))
    waived = loans.waive_charge(name=name, charge=charges[1], reason="goodwill")
    assert parts(waived.transaction.allocation) == {"fee": 2500}
    assert waived.transaction.details["charge"] == int(charges[1].rpartition("-")[2])
    with pytest.raises(NotFound, match="no charge of event"):
        loans.waive_charge(name=name, charge=waived.transaction.event, reason="goodwill")
    assert parts(waived.loan.balance) == {"principal": 120000, "fee": 1500}
    shown = loans.list_transactions(parent=name).transactions[-1]
    assert shown == waived.transaction
    assert desk.tied()


def test_a_dry_run_of_a_chargeback_answers_like_the_act_and_leaves_nothing(desk: Desk) -> None:
    name, loans = desk.lent(desk.publish(), "1200"), desk.client.loans
    event = loans.repay_loan(name=name, amount=cny("10")).transaction.event
    before = desk.written()
    dry = loans.record_chargeback(name=name, repayment=event, amount=cny("10"), validate_only=True)
    assert desk.written() == before
    wet = loans.record_chargeback(name=name, repayment=event, amount=cny("10"))
    assert dry.loan.balance == wet.loan.balance
    assert wet.loan.status == ln.LOAN_STATUS_ACTIVE


def test_a_third_party_pays_and_tells_what_for(desk: Desk) -> None:
    name, loans = desk.lent(desk.publish(), "1200", rate="0.12"), desk.client.loans
    desk.go_to("2024-02-15")
    payer, told = desk.party("Aunt Li"), ln.PaymentInstruction()
    told.order.extend(
        ["COMPONENT_PRINCIPAL", "COMPONENT_INTEREST", "COMPONENT_FEE", "COMPONENT_PENALTY"]
    )
    done = loans.repay_loan(name=name, amount=cny("50"), payer=payer, instruction=told)
    assert parts(done.transaction.allocation) == {"principal": 5000}
    [event] = desk.client.audit.list_events.iterate(kind="repayment_recorded")
    details = dict(event.payload["details"])
    assert payer.endswith(details["payer"])
    assert list(details["instruction"]["order"]) == ["principal", "interest", "fee", "penalty"]
    assert desk.tied()


def test_an_instruction_that_cannot_be_followed_names_its_fields(desk: Desk) -> None:
    name, written = desk.lent(desk.publish(), "1200"), desk.written()
    told = ln.PaymentInstruction(order=["COMPONENT_FEE"], mode=9, excess=9)
    with pytest.raises(InvalidArgument) as caught:
        desk.client.loans.repay_loan(
            name=name, amount=cny("1"), instruction=told, payer=f"{BOOK}/loans/1"
        )
    fields = {field for field, _ in caught.value.violations}
    assert fields == {"instruction.order", "instruction.mode", "instruction.excess", "payer"}
    nobody = f"{BOOK}/parties/001-0000000000AA"
    with pytest.raises(NotFound, match="party"):
        desk.client.loans.repay_loan(name=name, amount=cny("1"), payer=nobody)
    assert desk.written()[0] == written[0]
