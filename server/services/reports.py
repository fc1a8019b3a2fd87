"""ReportService: tie-out and delinquency; the trial balance is the ledger's own."""

from __future__ import annotations

from ledger.book.chart import CREDIT_SIDE
from ledger.calc.delinquency import BUCKETS, bucket
from ledger.lending.verification import owned
from ledger.names import SPAN
from ledger.store import balances, catalogue, loans, stripes
from loanledger.v1 import report_service_pb2 as pb
from server import convert
from server.security import Caller
from server.services.inquiry import Inquiry


class ReportService(Inquiry):
    """What finance reads; GetTrialBalance is inherited."""

    async def GetTieOut(self, request: pb.GetTieOutRequest, caller: Caller) -> pb.TieOut:
        """Each control account against the sum of its loans' components, in one snapshot."""
        check, book = self.room.checks(), self.room.book.number
        check.parent(request.parent)
        check.done()
        async with self.room.database.reading() as connection:
            sums = await loans.component_sums(connection, book * SPAN, book * SPAN + SPAN - 1)
            rows = await balances.now(connection, book)
            known = await catalogue.load(connection, book)
        lent = owned(sums, known)
        held = {(code, currency): debit - credit for code, currency, debit, credit in rows}
        response = pb.TieOut(tied=True)
        for code, currency in sorted(lent.keys() | held.keys()):
            control = known.accounts[code].control
            if control is None:
                continue
            sign = -1 if control in CREDIT_SIDE else 1
            ledger, loan_sum = sign * held.get((code, currency), 0), lent.get((code, currency), 0)
            response.lines.add(
                account=code,
                title=known.accounts[code].title,
                component=convert.COMPONENT[control],
                ledger=convert.money(ledger, currency),
                loans=convert.money(loan_sum, currency),
                difference=convert.money(ledger - loan_sum, currency),
            )
            response.tied = response.tied and ledger == loan_sum
        return response

    async def GetDelinquency(
        self, request: pb.GetDelinquencyRequest, caller: Caller
    ) -> pb.Delinquency:
        """Active loans by days past due."""
        check, book = self.room.checks(), self.room.book.number
        check.parent(request.parent)
        check.done()
        async with self.room.database.reading() as connection:
            rows = await loans.delinquency(connection, book)
            days = await stripes.read(connection, book)
        found: dict[tuple[str, str], list[int]] = {}
        for currency, late, count, principal, overdue in rows:
            sums = found.setdefault((currency, bucket(late)), [0, 0, 0])
            for index, figure in enumerate((count, principal, overdue if late else 0)):
                sums[index] += figure
        response = pb.Delinquency(business_date=convert.day(min(d.business_date for d in days)))
        for currency in sorted({key[0] for key in found}) or [self.room.book.currency]:
            for name, _, _ in BUCKETS:
                count, principal, overdue = found.get((currency, name), [0, 0, 0])
                response.buckets.add(
                    bucket=name,
                    loans=count,
                    principal=convert.money(principal, currency),
                    overdue=convert.money(overdue, currency),
                )
        return response
