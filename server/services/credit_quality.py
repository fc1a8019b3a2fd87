"""RiskService's commands and questions about how a loan is classified."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from google.protobuf.message import Message

from ledger.calc.classification import Category
from ledger.calc.quality import Marks, Override, Quality
from ledger.drafts import Stamp
from ledger.errors import NotFound
from ledger.lending import quality as lending
from ledger.names import event_text, id_text
from ledger.record import Decision
from ledger.store import loans, quality, stripes
from ledger.view import View
from loanledger.v1 import risk_service_pb2 as pb
from server import convert
from server.checks import Checks
from server.pages import page, token
from server.security import Caller
from server.services.base import Ask, Key, Room
from server.services.credit_policies import CATEGORY

_FLAGS = (
    *("credit_impaired", "debt_evasion", "liquidation", "increased_risk", "doubtful_payment"),
    *("well_secured", "in_collection", "technical"),
)


class QualityCommands:
    """Marks, restructurings, overrides; and what they made of a loan."""

    room: Room

    async def SetCreditMarks(self, request: pb.SetCreditMarksRequest, caller: Caller) -> bytes:
        """Says what is known."""
        check, given = self.room.checks(), request.marks
        key = check.key(request.loan, "loans", "loan")
        marks = Marks(
            **{name: getattr(given, name) for name in _FLAGS},
            loss_to_book=_share(check, given, "loss_to_book"),
            all_banks_share=_share(check, given, "all_banks_share"),
        )
        if marks.loss_to_book and not marks.credit_impaired:
            check.add("marks.loss_to_book", "is of a loan that is credit-impaired")
        collateral = check.amount(request, "collateral", required=False)
        reason = self._common(check, request)
        check.done()
        return await self._command(
            request, caller, key, lambda view: lending.mark(view, key, marks, collateral, reason)
        )

    async def AssessAllowance(self, request: pb.AssessAllowanceRequest, caller: Caller) -> bytes:
        """Sets an allowance by itself."""
        check = self.room.checks()
        key = check.key(request.loan, "loans", "loan")
        currency, amount = "", None
        if request.HasField("amount"):
            currency, amount = check.money(request.amount, "amount", zero=True)
        reason = self._common(check, request)
        check.done()
        asked = (currency, "amount")
        return await self._command(
            request, caller, key, lambda view: lending.assess(view, key, amount, asked, reason)
        )

    async def RecordRestructuring(
        self, request: pb.RecordRestructuringRequest, caller: Caller
    ) -> bytes:
        """Begins an observation."""
        check = self.room.checks()
        key = check.key(request.loan, "loans", "loan")
        first = check.date(request, "first_repayment", required=True)
        reason = self._common(check, request)
        check.done()
        assert first
        return await self._command(
            request, caller, key, lambda view: lending.restructure(view, key, first, reason)
        )

    async def ProposeClassification(
        self, request: pb.ProposeClassificationRequest, caller: Caller
    ) -> bytes:
        """Proposes a stricter grade."""
        check, room = self.room.checks(), self.room
        key = check.key(request.loan, "loans", "loan")
        override = _asked(check, request.override) if request.HasField("override") else None
        reason = self._common(check, request)
        check.done()

        def answer(decision: Decision, stamp: Stamp) -> pb.ClassificationProposal:
            return pb.ClassificationProposal(
                event=f"books/{room.book.code}/events/{event_text(stamp.stripe, stamp.number)}",
                loan=request.loan,
                override=request.override if request.HasField("override") else None,
                actor=stamp.actor,
            )

        return await Ask(
            room,
            caller,
            "ProposeClassification",
            request,
            request.request_id,
            key[0],
            lambda view: lending.propose(view, key, override, caller.actor, reason),
            answer,
            {"loan": key, "party": await self._party(key)},
        ).run()

    async def ApproveClassification(
        self, request: pb.ApproveClassificationRequest, caller: Caller
    ) -> bytes:
        """Sets what was proposed."""
        check = self.room.checks()
        key = check.key(request.loan, "loans", "loan")
        stripe, number = check.event(request.proposal, "proposal")
        if stripe and key[0] and stripe != key[0]:
            check.add("proposal", "must be an event of the loan")
        reason = self._common(check, request)
        check.done()
        return await self._command(
            request,
            caller,
            key,
            lambda view: lending.approve(view, key, number, caller.actor, reason),
        )

    async def GetCreditQuality(
        self, request: pb.GetCreditQualityRequest, caller: Caller
    ) -> pb.CreditQuality:
        """How a loan is classified."""
        check = self.room.checks()
        key = check.key(request.loan, "loans", "loan")
        check.done()
        async with self.room.database.reading() as connection:
            rows = await loans.read(connection, [key])
            if key not in rows:
                raise NotFound(f"no loan {request.loan}", resource=request.loan)
            found = await quality.read(connection, *key)
            (record,) = await self.room.decoded(connection, [rows[key]])
        return self._message(key, found, record.state.terms.currency)

    async def ListClassifications(
        self, request: pb.ListClassificationsRequest, caller: Caller
    ) -> pb.ListClassificationsResponse:
        """Grades of a loan."""
        check, book = self.room.checks(), self.room.book.code
        key = check.key(request.parent, "loans", "parent")
        size, (after,) = page(check, request, 1)
        check.done()
        async with self.room.database.reading() as connection:
            found = await quality.of_loan(connection, *key, after, size + 1)
        response = pb.ListClassificationsResponse(
            classifications=[
                pb.Classification(
                    date=convert.day(one.day),
                    category=CATEGORY[Category(one.category)],
                    stage=one.stage,
                    nonaccrual=one.nonaccrual,
                    event=f"books/{book}/events/{event_text(key[0], one.number)}",
                )
                for one in found[:size]
            ]
        )
        if len(found) > size:
            response.next_page_token = token(request, (found[size - 1].number,))
        return response

    async def GetQualityReport(
        self, request: pb.GetQualityReportRequest, caller: Caller
    ) -> pb.QualityReport:
        """Loans by grade."""
        check, book = self.room.checks(), self.room.book.number
        check.parent(request.parent)
        check.done()
        async with self.room.database.reading() as connection:
            rows = await quality.sums(connection, book)
            days = await stripes.read(connection, book)
        return pb.QualityReport(
            business_date=convert.day(min(row.business_date for row in days)),
            sums=[
                pb.QualitySum(
                    currency=currency,
                    category=CATEGORY[Category(category)],
                    stage=stage,
                    nonaccrual=nonaccrual,
                    loans=count,
                    principal=convert.money(principal, currency),
                )
                for currency, category, stage, nonaccrual, count, principal in sorted(
                    rows, key=lambda row: (row[0], Category(row[1]).rank, *row[2:])
                )
            ],
        )

    def _common(self, check: Checks, request: Message) -> str:
        """Request id and reason, which each command has."""
        check.request_id(request.request_id)  # type: ignore[attr-defined] # each has it
        return check.text(request.reason, "reason", required=True)  # type: ignore[attr-defined]

    async def _party(self, key: Key) -> Key | None:
        """Who owes a loan: whether it is a person decides some rules."""
        async with self.room.database.reading() as connection:
            row = (await loans.read(connection, [key])).get(key)
        return (row.party_stripe, row.party) if row else None

    async def _command(
        self, request: Message, caller: Caller, key: Key, decide: Callable[[View], Decision]
    ) -> bytes:
        def answer(decision: Decision, stamp: Stamp) -> pb.CreditQuality:
            found = decision.result
            message = self._message(key, found.quality, found.currency)
            message.event = (
                f"books/{self.room.book.code}/events/{event_text(stamp.stripe, stamp.number)}"
            )
            return message

        return await Ask(
            self.room,
            caller,
            type(request).__name__.removesuffix("Request"),
            request,
            request.request_id,  # type: ignore[attr-defined] # each has it
            key[0],
            decide,
            answer,
            {"loan": key, "party": await self._party(key)},
        ).run()

    def _message(self, key: Key, found: Quality, currency: str) -> pb.CreditQuality:
        marks = found.marks
        told = pb.CreditQuality(
            loan=f"books/{self.room.book.code}/loans/{id_text(*key)}",
            category=CATEGORY[found.category],
            stage=found.stage,
            nonaccrual=found.nonaccrual,
            marks=pb.CreditMarks(**{name: getattr(marks, name) for name in _FLAGS}),
            pulled_by_debtor=found.pulled,
            suspended_by_policy=found.suspended,
        )
        for name in ("loss_to_book", "all_banks_share"):
            if getattr(marks, name):
                getattr(told.marks, name).CopyFrom(convert.decimal(getattr(marks, name)))
        if found.collateral:
            told.collateral.CopyFrom(convert.money(found.collateral, currency))
        if found.assessed is not None:
            told.assessed_allowance.CopyFrom(convert.money(found.assessed, currency))
        if found.override:
            told.override.CopyFrom(_override(found.override))
        days = {
            "better_category_since": found.category_since,
            "better_stage_since": found.stage_since,
            "paid_since": found.paid_since,
            "observed_since": found.observed,
        }
        for name, day in days.items():
            if day:
                getattr(told, name).CopyFrom(convert.day(day))
        return told


def _share(check: Checks, given: pb.CreditMarks, name: str) -> Fraction:
    return (
        check.rate(getattr(given, name), f"marks.{name}", 1)
        if given.HasField(name)
        else (Fraction(0))
    )


def _asked(check: Checks, given: pb.ClassificationOverride) -> Override:
    category = check.option(
        given, "category", pb.CreditCategory, "CREDIT_CATEGORY_", "override.", ""
    )
    if given.stage not in (0, 2, 3):
        check.add("override.stage", "must be 2 or 3, or 0 for none")
    if not category and not given.stage:
        check.add("override", "must have a category or a stage")
    until: date | None = check.date(given, "until", "override.")
    return Override(Category(category) if category else None, given.stage or None, until)


def _override(found: Override) -> pb.ClassificationOverride:
    told = pb.ClassificationOverride(
        category=CATEGORY[found.category] if found.category else None, stage=found.stage or 0
    )
    if found.until:
        told.until.CopyFrom(convert.day(found.until))
    return told
