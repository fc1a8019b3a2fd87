"""Random commands against a real server, and what the teller remembers of its answers."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from google.protobuf.message import Message
from psycopg import AsyncConnection

from ledger.loan.events import Kind
from ledger.loan.state import State
from ledger.names import parse_id
from ledger.store import catalogue, loans
from ledger.store.catalogue import Product
from ledger.store.records import decoded
from loanledger import AlreadyExists, date_of, decimal_, to_date
from loanledger.money import of_minor
from loanledger.v1 import ledger_service_pb2 as lg
from loanledger.v1 import loan_service_pb2 as ln
from server.services.products import message
from tests.promises.cases import Life
from tests.promises.intents import Intent
from tests.server.desk import Desk, pair

_CALLS: Mapping[Kind, tuple[str, type[Message]]] = {
    Kind.DISBURSED: ("disburse_loan", ln.DisburseLoanRequest),
    Kind.REPAID: ("repay_loan", ln.RepayLoanRequest),
    Kind.PAID_OFF: ("pay_off_loan", ln.PayOffLoanRequest),
    Kind.CHARGED: ("charge_loan", ln.ChargeLoanRequest),
    Kind.WAIVED: ("waive_loan", ln.WaiveLoanRequest),
    Kind.REFUNDED: ("refund_credit", ln.RefundCreditRequest),
    Kind.WRITTEN_OFF: ("write_off_loan", ln.WriteOffLoanRequest),
    Kind.RECOVERED: ("record_recovery", ln.RecordRecoveryRequest),
}

#: Examples share a book, so each teller has request ids of its own.
_TELLERS = count()


@dataclass
class Teller:
    """Serves a few loans; `done` holds (call, request, answer), `seen` what reports said."""

    desk: Desk
    names: list[str] = field(default_factory=list)
    done: list[tuple[Any, Message, Message]] = field(default_factory=list)
    seen: list[tuple[lg.ListBalancesRequest, lg.ListBalancesResponse]] = field(default_factory=list)
    number: int = 0
    teller: int = field(default_factory=lambda: next(_TELLERS))

    @property
    def business(self) -> date:
        """The business date of the book."""
        found = to_date(self.desk.client.end_of_day.get_end_of_day().business_date)
        assert found is not None
        return found

    def lend(self, life: Life) -> None:
        """Opens, approves and pays out a loan of a product of its own."""
        client, terms, agreement = self.desk.client, life.terms, life.agreement
        code = f"p{self._next()}"
        published = message("main", Product(code, 1, "Any", terms, 1)).terms
        product = client.products.publish_product(code=code, title="Any", terms=published).name
        stub = agreement.first_due and self.business + (agreement.first_due - life.start)
        request = ln.OpenLoanRequest(
            request_id=self._id(),
            party=self.desk.party(),
            product=product,
            amount=of_minor(agreement.amount, terms.currency),
            annual_rate=decimal_(str(agreement.rate.numerator / agreement.rate.denominator)),
            instalments=agreement.instalments,
            first_due=date_of(stub) if stub else None,
        )
        name = self._do(client.loans.open_loan, request).name
        client.loans.approve_loan(name=name)
        self.names.append(name)
        self.happen(len(self.names) - 1, life.intents[1], 0)

    def happen(self, loan: int, intent: Intent, back: int) -> None:
        """An intent on a loan, its value date some days back."""
        name = self.names[loan % len(self.names)]
        state, business = self.state(name), self.business
        call, kind = _CALLS[intent.kind]
        money = intent.event(state, 0, business).amounts
        given = {part: of_minor(minor, state.terms.currency) for part, minor in money.items()}
        fields: dict[str, Any] = {"name": name, "request_id": self._id(), "reason": "r", **given}
        if back and "value_date" in kind.DESCRIPTOR.fields_by_name:
            fields["value_date"] = date_of(business - timedelta(days=back))
        self._do(getattr(self.desk.client.loans, call), kind(**fields))

    def reverse(self, loan: int, which: int) -> None:
        """Undoes one of a loan's events that stands."""
        name = self.names[loan % len(self.names)]
        booked = self.desk.client.loans.list_transactions(parent=name).transactions
        standing = [t.event for t in booked[2:] if not t.reverses and not t.reversed_by]
        if standing:
            event = standing[-1 - which % len(standing)]
            request = ln.ReverseLoanEventRequest(event=event, request_id=self._id(), reason="error")
            self._do(self.desk.client.loans.reverse_loan_event, request)

    def journal(self, units: int) -> None:
        """A manual journal."""
        request = lg.PostJournalRequest(request_id=self._id(), entries=pair(str(units + 1)))
        self._do(self.desk.client.ledger.post_journal, request)

    def again(self, which: int) -> None:
        """An earlier request once more: the same answer; with other content: refused."""
        call, request, answer = self.done[which % len(self.done)]
        assert call(request) == answer
        other: Any = type(request)()
        other.CopyFrom(request)
        other.reason = "something else"
        with pytest.raises(AlreadyExists) as refused:
            call(other)
        assert refused.value.reason == "REQUEST_ID_REUSED"

    def close(self, count: int) -> None:
        """Closes business dates."""
        last = self.business + timedelta(days=count - 1)
        list(self.desk.client.end_of_day.run_end_of_day(business_date=date_of(last)))

    def look(self, back: int) -> None:
        """Asks what is known now about a value date, to ask again later."""
        request = lg.ListBalancesRequest(value_date=date_of(self.business - timedelta(days=back)))
        request.known_at.GetCurrentTime()
        self.seen.append((request, self.desk.client.ledger.list_balances(request)))

    def require_remembered(self) -> None:
        """Promise 4: whatever was told is told again."""
        for request, answer in self.seen:
            assert self.desk.client.ledger.list_balances(request) == answer

    def require_verified(self) -> None:
        """Promises 2 and 6 as the server checks them: nothing differs, and all was looked at."""
        steps = list(self.desk.client.ledger.verify_ledger())
        assert [one for step in steps for one in step.found] == []
        last = steps[-1]
        assert (last.finished, last.loans_done, last.differences) == (True, last.loans, 0)

    def state(self, name: str) -> State:
        """The cached fold of a loan."""
        return asyncio.run(_state(self.desk.server.dsn, name))

    def _do(self, call: Any, request: Message) -> Any:
        answer = call(request)
        self.done.append((call, request, answer))
        return answer

    def _id(self) -> str:
        return f"t-{self.teller}-{self._next()}"

    def _next(self) -> int:
        self.number += 1
        return self.number


async def _state(dsn: str, name: str) -> State:
    key = parse_id(name.rpartition("/")[2], 1)
    assert key is not None
    async with await AsyncConnection.connect(dsn, autocommit=True) as connection:
        known = await catalogue.load(connection, 1)
        return decoded((await loans.read(connection, [key]))[key], known).state
