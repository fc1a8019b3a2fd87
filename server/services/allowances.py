"""RiskService's reports on what is set aside for losses."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta
from fractions import Fraction

from ledger.calc.classification import Category
from ledger.calc.provision import ratios
from ledger.errors import InvalidInput, Violation
from ledger.lending import movements
from ledger.lending.movements import AccountMoves, GradeMoves
from ledger.money import Rounding, round_ratio
from ledger.names import event_text
from ledger.store import allowances, balances, catalogue, quality, stripes
from loanledger.v1 import risk_service_pb2 as pb
from server import convert
from server.pages import LAST_DAY, page, token
from server.security import Caller
from server.services.base import Room

_DAY = timedelta(days=1)
_PLACES = 10**6


class AllowanceReports:
    """Lines, movements, ratios."""

    room: Room

    async def ListAllowanceLines(
        self, request: pb.ListAllowanceLinesRequest, caller: Caller
    ) -> pb.ListAllowanceLinesResponse:
        """What changed a loan's allowance."""
        check, book = self.room.checks(), self.room.book.code
        key = check.key(request.parent, "loans", "parent")
        size, (after,) = page(check, request, 1, most=LAST_DAY)
        check.done()
        since = date.fromordinal(max(after, 1))
        async with self.room.database.reading() as connection:
            found = await allowances.of_loan(connection, *key, since, size + 1)
        response = pb.ListAllowanceLinesResponse(
            lines=[
                pb.AllowanceLine(
                    date=convert.day(line.day),
                    grade_before=line.grade_before,
                    grade=line.grade,
                    before=convert.money(line.before, line.currency),
                    amount=convert.money(line.amount, line.currency),
                    cause=line.cause,
                    event=f"books/{book}/events/{event_text(line.stripe, line.number)}",
                )
                for line in found[:size]
            ]
        )
        if len(found) > size:
            response.next_page_token = token(request, (found[size - 1].day.toordinal(),))
        return response

    async def GetAllowanceMovements(
        self, request: pb.GetAllowanceMovementsRequest, caller: Caller
    ) -> pb.AllowanceMovements:
        """The movement table, from lines and from the ledger, in one snapshot."""
        check, book = self.room.checks(), self.room.book.number
        check.parent(request.parent)
        ends = {
            name: check.day(getattr(request.dates, name), f"dates.{name}")
            for name in ("start", "end")
            if request.dates.HasField(name)
        }
        check.done()
        async with self.room.database.reading() as connection:
            days = await stripes.read(connection, book)
            last = ends.get("end") or min(row.business_date for row in days) - _DAY
            first = ends.get("start") or last.replace(day=1)
            if first > last:
                raise InvalidInput([Violation("dates.start", "must not lie after dates.end")])
            before = await allowances.moved(connection, book, None, first - _DAY)
            during = await allowances.moved(connection, book, first, last)
            known = await catalogue.load(connection, book)
            codes = movements.accounts(known)
            posted = await allowances.posted(connection, book, codes, first, last)
        found = movements.table(before, during, posted)
        return pb.AllowanceMovements(
            start=convert.day(first),
            end=convert.day(last),
            grades=[
                _grade(currency, grade, moves)
                for (currency, grade), moves in sorted(
                    found.grades.items(), key=lambda item: (item[0][0], _order(item[0][1]))
                )
            ],
            accounts=[
                _account(currency, moves, found.differences.get(currency, 0))
                for currency, moves in sorted(found.accounts.items())
            ],
            tied=not found.differences,
        )

    async def GetProvisionRatios(
        self, request: pb.GetProvisionRatiosRequest, caller: Caller
    ) -> pb.ProvisionRatios:
        """Ratios of the ledger's allowance, by currency."""
        check, book = self.room.checks(), self.room.book.number
        check.parent(request.parent)
        check.done()
        async with self.room.database.reading() as connection:
            known = await catalogue.load(connection, book)
            held = await balances.now(connection, book, movements.accounts(known))
            sums = await quality.sums(connection, book)
            days = await stripes.read(connection, book)
        today = min(row.business_date for row in days)
        found: dict[str, list[int]] = {}
        for _, currency, debit, credit in held:
            found.setdefault(currency, [0, 0, 0])[0] += credit - debit
        for currency, category, _, _, _, principal in sums:
            total = found.setdefault(currency, [0, 0, 0])
            total[1] += principal
            total[2] += principal if Category(category).non_performing else 0
        response = pb.ProvisionRatios(business_date=convert.day(today))
        for currency, (allowance, loans, bad) in sorted(found.items()):
            told = ratios(allowance, loans, bad)
            line = response.ratios.add(
                currency=currency,
                allowance=convert.money(allowance, currency),
                loans=convert.money(loans, currency),
                non_performing=convert.money(bad, currency),
                required=convert.money(told.required, currency),
                shortfall=convert.money(told.shortfall, currency),
            )
            if told.of_loans is not None:
                line.loan_provision_ratio.CopyFrom(convert.decimal(_rounded(told.of_loans)))
            if told.of_bad_loans is not None:
                line.coverage_ratio.CopyFrom(convert.decimal(_rounded(told.of_bad_loans)))
        return response


def _grade(currency: str, grade: str, moves: GradeMoves) -> pb.GradeMovement:
    told = pb.GradeMovement(currency=currency, grade=grade)
    for name in (*(item.name for item in fields(moves)), "closing"):
        getattr(told, name).CopyFrom(convert.money(getattr(moves, name), currency))
    return told


def _account(currency: str, moves: AccountMoves, difference: int) -> pb.AccountMovement:
    told = pb.AccountMovement(currency=currency, difference=convert.money(difference, currency))
    for name in (*(item.name for item in fields(moves)), "closing"):
        getattr(told, name).CopyFrom(convert.money(getattr(moves, name), currency))
    return told


def _order(grade: str) -> tuple[int, str]:
    names = [category.value for category in Category]
    return (names.index(grade) if grade in names else len(names)), grade


def _rounded(share: Fraction) -> Fraction:
    scaled = share * _PLACES
    return Fraction(round_ratio(scaled.numerator, scaled.denominator, Rounding.HALF_UP), _PLACES)
