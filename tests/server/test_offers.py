"""An approved loan that nobody draws is closed when its offer has ended."""

from __future__ import annotations

import pytest

from loanledger import FailedPrecondition, InvalidArgument
from loanledger.v1 import loan_service_pb2 as ln
from tests.promises.soundness import require_sound
from tests.server.desk import Desk


def test_an_offer_ends_after_its_days_and_is_told(desk: Desk) -> None:
    product = desk.publish(offer_days=10)
    kept, drawn = desk.approved(product, "1200"), desk.approved(product, "1200")
    endless = desk.approved(desk.publish("endless"), "1200")
    applied = desk.applied(product, "1200").name
    desk.go_to("2024-01-25")
    desk.client.loans.disburse_loan(name=drawn)
    statuses = {name: desk.client.loans.get_loan(name=name).status for name in (kept, drawn)}
    assert statuses == {kept: ln.LOAN_STATUS_APPROVED, drawn: ln.LOAN_STATUS_ACTIVE}
    # Approved on the 15th: the 25th is the tenth day, and the last.
    desk.go_to("2024-01-26")
    found = [desk.client.loans.get_loan(name=n).status for n in (kept, drawn, endless, applied)]
    assert found == [
        ln.LOAN_STATUS_CLOSED,
        ln.LOAN_STATUS_ACTIVE,
        ln.LOAN_STATUS_APPROVED,
        ln.LOAN_STATUS_APPLIED,
    ]
    [event] = desk.client.audit.list_events.iterate(kind="loan_closed")
    assert (event.actor, event.subject) == ("system:end-of-day", kept)
    assert event.reason == "the offer stood until 2024-01-25"
    steps = desk.client.end_of_day.list_end_of_day_steps().steps
    assert {step.step: step.items for step in steps}["expire_offers"] == 1
    with pytest.raises(FailedPrecondition):
        desk.client.loans.disburse_loan(name=kept)
    desk.go_to("2024-02-20")
    require_sound(desk.server.dsn)


def test_an_offer_may_stand_ten_years_at_most(desk: Desk) -> None:
    with pytest.raises(InvalidArgument) as refused:
        desk.publish(offer_days=3661)
    assert [field for field, _ in refused.value.violations] == ["terms.offer_days"]
