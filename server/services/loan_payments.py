"""LoanService, money: what comes in for a loan or goes back, and what is charged to it."""

from __future__ import annotations

from ledger.lending.chargebacks import charge_back
from ledger.lending.repayments import repay
from ledger.loan.events import Kind
from loanledger.v1 import common_pb2
from loanledger.v1 import loan_service_pb2 as pb
from server.security import Caller
from server.services.allocation import instruction_of
from server.services.loan_commands import (
    LoanCommands,
    Wish,
    amount_of,
    own_event,
    text_date,
    with_,
)

_SOURCES = {
    pb.REFUND_SOURCE_MERCHANT: Kind.MERCHANT_REFUNDED,
    pb.REFUND_SOURCE_PAYOUT: Kind.PAYOUT_REFUNDED,
}
_CHARGED = {
    common_pb2.COMPONENT_UNSPECIFIED: {},
    common_pb2.COMPONENT_FEE: {"part": "fee"},
    common_pb2.COMPONENT_PENALTY: {"part": "penalty"},
}


class LoanPayments(LoanCommands):
    """Each RPC is one event."""

    async def RepayLoan(self, request: pb.RepayLoanRequest, caller: Caller) -> bytes:
        """Receives money for a loan."""
        check = self.room.checks()
        told = instruction_of(check, request.instruction)
        payer = check.key(request.payer, "parties", "payer") if request.payer else None
        wish = Wish(
            Kind.REPAID,
            amount_of(check, request, "amount"),
            {"instruction": told} if told else {},
            decide=with_(repay, payer),
            loads={"party": payer} if payer else {},
        )
        return await self._ask(check, request, caller, wish)

    async def PayOffLoan(self, request: pb.PayOffLoanRequest, caller: Caller) -> bytes:
        """Settles all that is owed."""
        return await self._happen(request, caller, Kind.PAID_OFF)

    async def RecordDownPayment(
        self, request: pb.RecordDownPaymentRequest, caller: Caller
    ) -> bytes:
        """Receives the borrower's own share."""
        return await self._happen(request, caller, Kind.DOWN_PAID)

    async def RecordRefund(self, request: pb.RecordRefundRequest, caller: Caller) -> bytes:
        """Receives money back from the merchant or from the receiver of the payout."""
        check = self.room.checks()
        kind = _SOURCES.get(request.source)
        if kind is None:
            check.add("source", "must be REFUND_SOURCE_MERCHANT or REFUND_SOURCE_PAYOUT")
        return await self._happen(request, caller, kind or Kind.REPAID, check=check)

    async def RecordGoodwillCredit(
        self, request: pb.RecordGoodwillCreditRequest, caller: Caller
    ) -> bytes:
        """Gives something in the borrower's favour."""
        return await self._happen(request, caller, Kind.GOODWILL_CREDITED, reason_required=True)

    async def RecordChargeback(self, request: pb.RecordChargebackRequest, caller: Caller) -> bytes:
        """A repayment is owed again, since the payer's bank took it back."""
        check = self.room.checks()
        decide = with_(charge_back, own_event(check, request, "repayment"))
        amounts = amount_of(check, request, "amount")
        wish = Wish(Kind.CHARGED_BACK, amounts, decide=decide)
        return await self._ask(check, request, caller, wish)

    async def RecordRecovery(self, request: pb.RecordRecoveryRequest, caller: Caller) -> bytes:
        """Receives money on a loan that was written off."""
        return await self._happen(request, caller, Kind.RECOVERED)

    async def RefundCredit(self, request: pb.RefundCreditRequest, caller: Caller) -> bytes:
        """Pays held credit back."""
        return await self._happen(request, caller, Kind.REFUNDED, amount_required=False)

    async def ChargeLoan(self, request: pb.ChargeLoanRequest, caller: Caller) -> bytes:
        """Charges a fee or a penalty."""
        check = self.room.checks()
        details = dict(_CHARGED.get(request.part, {}))
        if request.part not in _CHARGED:
            check.add("part", "must be COMPONENT_FEE or COMPONENT_PENALTY")
        due = text_date(check, request, "due_date")
        details |= {"due": due["due_date"]} if due else {}
        return await self._happen(request, caller, Kind.CHARGED, details, check)

    async def AdjustCharge(self, request: pb.AdjustChargeRequest, caller: Caller) -> bytes:
        """Gives a charge back, or a part of it."""
        check = self.room.checks()
        details = {"charge": own_event(check, request, "charge")}
        return await self._happen(request, caller, Kind.CHARGE_ADJUSTED, details, check)

    async def WaiveCharge(self, request: pb.WaiveChargeRequest, caller: Caller) -> bytes:
        """Forgives what is open of one charge."""
        check = self.room.checks()
        details = {"charge": own_event(check, request, "charge")}
        return await self._happen(
            request, caller, Kind.CHARGE_WAIVED, details, check, reason_required=True
        )

    async def WaiveLoan(self, request: pb.WaiveLoanRequest, caller: Caller) -> bytes:
        """Forgives interest, fees or penalties."""
        check = self.room.checks()
        amounts, currencies = {}, set()
        for part in ("interest", "fee", "penalty"):
            currency, minor = check.amount(request, part, required=False)
            if minor:
                amounts[part] = minor
                currencies.add(currency)
        if not amounts:
            check.add("interest", "at least one of interest, fee and penalty is required")
        if len(currencies) > 1:
            check.add("interest", "all amounts must have the loan's currency")
        asked = (amounts, next(iter(currencies), ""))
        wish = Wish(Kind.WAIVED, asked, reason_required=True)
        return await self._ask(check, request, caller, wish)
