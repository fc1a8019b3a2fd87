"""RiskService: credit policies, days past due, and what follows from them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from ledger.calc.policy import DEFAULT, Policy, on_day
from ledger.lending import credit_policies
from ledger.store import delinquency, policies, stripes
from loanledger.v1 import risk_service_pb2 as pb
from server import convert
from server.checks import Checks
from server.pages import LAST_DAY, page, token
from server.security import Caller
from server.services.allowances import AllowanceReports
from server.services.arrears import ArrearsCommands
from server.services.base import Ask, Room
from server.services.credit_policies import asked, message
from server.services.credit_quality import QualityCommands
from server.services.documents import Published

_DAY = timedelta(days=1)
_PUBLISHED = Published(
    policies.CREDIT, "creditPolicies", "credit policy", message, on_day, (DEFAULT,)
)


class RiskService(ArrearsCommands, QualityCommands, AllowanceReports):
    """Publishing and reading; commands on loans are inherited."""

    def __init__(self, room: Room) -> None:
        self.room = room

    async def PublishCreditPolicy(
        self, request: pb.PublishCreditPolicyRequest, caller: Caller
    ) -> bytes:
        """Publishes the next version."""
        check, room = self.room.checks(), self.room
        check.parent(request.parent)
        check.request_id(request.request_id)
        policy = asked(check, request.policy)
        reason = check.text(request.reason, "reason")
        check.done()
        return await Ask(
            room,
            caller,
            "PublishCreditPolicy",
            request,
            request.request_id,
            room.first,
            lambda view: credit_policies.publish(view, room.first, policy, reason),
            lambda decision, stamp: message(room.book.code, decision.result, stamp.booked_at),
        ).run()

    async def GetCreditPolicy(
        self, request: pb.GetCreditPolicyRequest, caller: Caller
    ) -> pb.CreditPolicy:
        """One version, or what is in force."""
        return await _PUBLISHED.one(self.room, request)

    async def ListCreditPolicies(
        self, request: pb.ListCreditPoliciesRequest, caller: Caller
    ) -> pb.ListCreditPoliciesResponse:
        """All versions, oldest first."""
        found, more = await _PUBLISHED.some(self.room, request)
        return pb.ListCreditPoliciesResponse(policies=found, next_page_token=more)

    async def ListDelinquencySpans(
        self, request: pb.ListDelinquencySpansRequest, caller: Caller
    ) -> pb.ListDelinquencySpansResponse:
        """How a loan stood, as spans of days."""
        check = self.room.checks()
        stripe, loan = check.key(request.parent, "loans", "parent")
        ends = [_end(check, request, name) for name in ("start", "end")]
        size, (after,) = page(check, request, 1, most=LAST_DAY)
        check.done()
        async with self.room.database.reading() as connection:
            rows = await stripes.read(connection, self.room.book.number)
            today = next(row.business_date for row in rows if row.stripe == stripe)
            last = min(ends[1] or today, today)
            first = max(ends[0] or date.min, date.fromordinal(max(after, 1)))
            found = await delinquency.of_loan(connection, stripe, loan, first, last, size + 1)
        response = pb.ListDelinquencySpansResponse()
        for no, row in enumerate(found[:size]):
            begin = max(row.day, first)
            end = found[no + 1].day - _DAY if no + 1 < len(found) else last
            span = response.spans.add(
                first=convert.day(begin),
                last=convert.day(end),
                days_past_due=row.days_on(begin),
                paused=row.paused,
                bucket=row.bucket,
            )
            if row.since:
                span.since.CopyFrom(convert.day(row.since))
        if len(found) > size:
            response.next_page_token = token(request, (found[size].day.toordinal(),))
        return response

    async def GetDelinquencyBuckets(
        self, request: pb.GetDelinquencyBucketsRequest, caller: Caller
    ) -> pb.DelinquencyBuckets:
        """Loans by bucket."""
        check, book = self.room.checks(), self.room.book.number
        check.parent(request.parent)
        asked_day = check.date(request, "date")
        check.done()
        found, today = await self._policies()
        day = min(asked_day or today, today)
        policy = on_day(found, day)
        response = pb.DelinquencyBuckets(date=convert.day(day))
        async with self.room.database.reading() as connection:
            if day == today:
                for currency, bucket, loans, principal, overdue in sorted(
                    await delinquency.owed(connection, book), key=lambda row: _order(policy, row)
                ):
                    response.buckets.add(
                        bucket=bucket or "not past due",
                        currency=currency,
                        loans=loans,
                        principal=convert.money(principal, currency),
                        overdue=convert.money(overdue, currency),
                    )
                return response
            for currency, bucket, loans in sorted(
                await delinquency.buckets(connection, book, day),
                key=lambda row: _order(policy, row),
            ):
                response.buckets.add(bucket=bucket, currency=currency, loans=loans)
        return response

    async def _policies(self) -> tuple[list[Policy], date]:
        """All versions, and the business date."""
        async with self.room.database.reading() as connection:
            found = await policies.CREDIT.versions(connection, self.room.book.number)
            rows = await stripes.read(connection, self.room.book.number)
        return found, min(row.business_date for row in rows)


def _end(check: Checks, request: pb.ListDelinquencySpansRequest, name: str) -> date | None:
    if not request.dates.HasField(name):
        return None
    return check.day(getattr(request.dates, name), f"dates.{name}")


def _order(policy: Policy, row: Sequence[Any]) -> tuple[str, int, str]:
    """By currency and by the policy's order of buckets; a former policy's come last."""
    names = [name for name, _ in policy.buckets]
    place = names.index(row[1]) if row[1] in names else len(names)
    return str(row[0]), place if row[1] else -1, str(row[1])
