"""How a command on a loan is read and asked for: one path for every kind of event."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from google.protobuf.message import Message

from ledger.drafts import Stamp
from ledger.lending import loans
from ledger.lending.loans import Asked
from ledger.loan.events import Kind
from ledger.record import Decision
from ledger.view import View
from server import convert
from server.checks import Checks
from server.security import Caller
from server.services.base import Ask, Key
from server.services.loan_reading import LoanReading

#: An amount of nothing that is asked for: the loan's default, or none.
NONE: tuple[dict[str, int], str] = ({}, "")
Decide = Callable[[View, Key, Asked], Decision]


@dataclass(frozen=True, slots=True)
class Wish:
    """What an RPC asks of a loan beside the fields that all have.

    `money` is the field of the main amount, `decide` makes the event, `loads` is what it needs.
    """

    kind: Kind
    amounts: tuple[Mapping[str, int], str] = NONE
    details: Mapping[str, Any] = field(default_factory=dict)
    reason_required: bool = False
    money: str = "amount"
    decide: Decide = loans.happen
    loads: Mapping[str, Key] = field(default_factory=dict)


class LoanCommands(LoanReading):
    """Commands that become one event of one loan."""

    async def _happen(
        self,
        request: Any,
        caller: Caller,
        kind: Kind,
        details: Mapping[str, Any] | None = None,
        check: Checks | None = None,
        *,
        amount_required: bool = True,
        reason_required: bool = False,
    ) -> bytes:
        """A command with one amount, or none where the message has no such field."""
        check = check or self.room.checks()
        amounts = NONE
        if "amount" in request.DESCRIPTOR.fields_by_name:
            amounts = amount_of(check, request, "amount", required=amount_required)
        wish = Wish(kind, amounts, details or {}, reason_required)
        return await self._ask(check, request, caller, wish)

    async def _ask(self, check: Checks, request: Any, caller: Caller, wish: Wish) -> bytes:
        room = self.room
        key = check.key(request.name, "loans")
        asked = self._asked(check, request, wish)
        check.done()
        return await self._decided(
            request,
            caller,
            key[0],
            lambda view: wish.decide(view, key, asked),
            lambda d, stamp: convert.command_response(room.book.code, d.result, stamp),
            {"loan": key, **wish.loads},
        )

    async def _decided(
        self,
        request: Any,
        caller: Caller,
        stripe: int,
        decide: Callable[[View], Decision],
        answer: Callable[[Decision, Stamp], Message],
        loads: dict[str, Any],
    ) -> bytes:
        """A command that was read: decided in a stripe with what it loads, and answered."""
        name = type(request).__name__.removesuffix("Request")
        return await Ask(
            self.room, caller, name, request, request.request_id, stripe, decide, answer, loads
        ).run()

    def _asked(self, check: Checks, request: Any, wish: Wish) -> Asked:
        """The fields that commands share, checked; no value date means the business date."""
        fields = request.DESCRIPTOR.fields_by_name
        check.request_id(request.request_id)
        day: date | None = check.date(request, "value_date") if "value_date" in fields else None
        reference = request.reference if "reference" in fields else ""
        funds = request.funds_account if "funds_account" in fields else ""
        account = check.text(funds, "funds_account", most=20)
        return Asked(
            wish.kind,
            wish.amounts[0],
            wish.amounts[1],
            day,
            check.text(reference, "reference", most=200),
            check.text(request.reason, "reason", required=wish.reason_required),
            {**wish.details, **_told(request, account)},
            wish.money,
        )


def _told(request: Any, account: str) -> dict[str, Any]:
    """Options of how an event is booked, where they are asked for."""
    modified = getattr(request, "modification", False)
    return {
        **({"funds": account} if account else {}),
        **({"modification": True} if modified else {}),
    }


def amount_of(
    check: Checks, request: Any, field: str, *, required: bool = True
) -> tuple[dict[str, int], str]:
    """The main amount in minor units, and its currency."""
    currency, minor = check.amount(request, field, required=required)
    return {"amount": minor}, currency


def own_event(check: Checks, request: Any, field: str) -> int:
    """The number of an event that must belong to the loan."""
    stripe, number = check.event(getattr(request, field), field)
    key = check.key(request.name, "loans") if number else (stripe, 0)
    if stripe != key[0]:
        check.add(field, "must be an event of this loan")
    return number


def text_date(check: Checks, request: Any, field: str, *, required: bool = False) -> dict[str, str]:
    """A date as the history keeps it, under the field's name; nothing where it is unset."""
    found = check.date(request, field, required=required)
    return {field: found.isoformat()} if found else {}


def text_rate(check: Checks, request: Any, field: str = "annual_rate") -> dict[str, str]:
    """A required annual rate as the history keeps it."""
    return {"rate": str(check.rate(getattr(request, field), field))}


def with_(decide: Callable[..., Decision], *more: Any) -> Decide:
    """A use case with what it needs beside the loan and the event."""
    return partial(_called, decide, more)


def _called(
    decide: Callable[..., Decision], more: tuple[Any, ...], view: View, key: Key, asked: Asked
) -> Decision:
    return decide(view, key, asked, *more)
