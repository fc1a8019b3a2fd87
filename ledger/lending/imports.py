"""Imports: a running loan of another system is opened here, and goes on from its position."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from ledger.book.chart import Part
from ledger.drafts import Changes
from ledger.errors import (
    AlreadyImported,
    CalendarUnknown,
    Finding,
    InvalidInput,
    LedgerError,
    NotFound,
    NotTied,
)
from ledger.lending.agreements import date_violations
from ledger.lending.calendars import dated
from ledger.lending.histories import OPENED, inputs, opening
from ledger.lending.loans import Asked, Key, happen
from ledger.lending.positions import begun, too_long, untied, untied_under
from ledger.loan.comparing import compared
from ledger.loan.events import Kind, LoanEvent
from ledger.loan.fold import applied
from ledger.loan.plain import plain
from ledger.loan.position import Position, position_object
from ledger.loan.state import State
from ledger.loan.terms import Terms
from ledger.loan.trail import Trail
from ledger.names import event_text, id_text
from ledger.record import Decision
from ledger.store.loans import LoanRecord
from ledger.view import View

#: How many days a cut-over may lie back: its accruals are posted night by night.
MAX_BACK = 366


@dataclass(frozen=True, slots=True)
class NewImport:
    """One position of a run: whose loan it becomes, under which product version (0: the latest).

    `wrong` is what reading it has found already, also where the party is below zero. By
    `tolerance` minor units a figure may differ from the `history`. A position need not keep the
    limits of its product: it was lent elsewhere.
    """

    party: Key
    loan: int
    product: str
    version: int
    currency: str
    reference: str
    day: date
    position: Position
    history: tuple[LoanEvent, ...] = ()
    tolerance: int = 0
    reason: str = ""
    wrong: tuple[Finding, ...] = ()

    @property
    def key(self) -> Key:
        """(stripe, key) of the loan."""
        return self.party[0], self.loan


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: the loan, what of it differs within the tolerance, and its components."""

    key: Key
    events: int
    owed: Mapping[Part, int]
    noted: tuple[Finding, ...] = field(default=())


def import_loan(view: View, asked: NewImport) -> Decision:
    """A loan opened and imported by two events of one command, or all that does not tie in it."""
    known = _known_before(view, asked)
    found, terms, version = [*asked.wrong, *_placed(view, asked)], None, 0
    try:
        business = view.stripes[asked.party[0]].business_date
        product = view.product(asked.product, asked.version, business)
        terms, version = product.terms, product.version
    except NotFound as error:
        found.append(Finding("product", error.message))
    found += too_long(terms, asked.position) if terms else ()
    if terms is None or any(each.field == "instalments" for each in found):
        raise NotTied([*found, *untied(asked.position, asked.history, asked.day)])
    asked = replace(asked, version=version)
    position = begun(terms, _with_dues(view, asked, terms, found))
    found += untied(position, asked.history, asked.day)
    if asked.currency != terms.currency:
        found.append(Finding("amount", f"the product's currency is {terms.currency}"))
    found += _under(terms, position, asked.day)
    if known and (known.product, known.version) != (asked.product, asked.version):
        before = f"{known.product}@{known.version}"
        found.append(Finding("product", f"the loan was opened with {before}"))
    if found:
        raise NotTied(found)
    differing = compared(terms, position, asked.history, asked.day) if asked.history else []
    if not all(each.within(asked.tolerance) for each in differing):
        raise NotTied(differing)
    return _decided(view, asked, position, (terms, known), tuple(differing))


def _placed(view: View, asked: NewImport) -> Iterator[Finding]:
    """The borrower must be known and the cut-over date be open."""
    stripe, party = asked.party
    if party >= 0 and asked.party not in view.parties:
        yield Finding("party", f"no party parties/{id_text(stripe, party)}")
    business = view.stripes[stripe].business_date
    first = business - timedelta(days=MAX_BACK)
    if not first <= asked.day <= business:
        text = f"must lie between {first} and the business date {business}"
        yield Finding("cut_over_date", text)


def _known_before(view: View, asked: NewImport) -> LoanRecord | None:
    """The loan of an earlier import, if that was undone since; one that stands is not doubled."""
    record = view.loans.get(asked.key)
    if record is None:
        return None
    name = f"loans/{id_text(*asked.key)}"
    _, events = inputs(view.history(asked.key), record.state.terms)
    standing = next((event for event in events if event.kind is Kind.IMPORTED), None)
    party = next(item[3]["party"] for item in view.history(asked.key) if item[1] == OPENED)
    if standing is None:
        if party != id_text(*asked.party):
            text = f"{name} was opened under this reference for another borrower"
            raise NotTied([Finding("party", text)])
        return record
    terms = record.state.terms
    if asked.wrong or any(too_long(terms, asked.position)):
        raise NotTied([*asked.wrong, *too_long(terms, asked.position)])
    position = begun(terms, _with_dues(view, asked, terms, []))
    facts = {"loan": name, "event": f"events/{event_text(asked.key[0], standing.number)}"}
    stated = dict(standing.details)
    stated.pop("differences", None)
    same = (
        (standing.value_date, stated) == (asked.day, _details(position, asked.history, ()))
        and party == id_text(*asked.party)
        and (record.product, asked.version or record.version) == (asked.product, record.version)
    )
    if same:
        raise AlreadyImported(f"{asked.reference} was imported before as {name}", **facts)
    raise NotTied([Finding("reference", f"was imported before with another position, as {name}")])


def _with_dues(view: View, asked: NewImport, terms: Terms, found: list[Finding]) -> Position:
    """The position with the due dates that the product's calendar gave it, where none are told.

    A schedule that came along tells them, so that the calendar need not know them.
    """
    position = asked.position
    wrong = position.start > asked.day or any(date_violations(position.agreement, position.start))
    if not terms.calendar or wrong:
        return position
    try:
        agreed = dated(view.newest(), terms, position.agreement, position.start)
    except CalendarUnknown as error:
        found += [] if position.rows else [Finding("due_dates", error.message)]
        return position
    return replace(position, agreement=agreed)


def _under(terms: Terms, position: Position, day: date) -> list[Finding]:
    """What does not go together with the product, or makes a plan that cannot be."""
    try:
        found = untied_under(terms, position, day)
    except InvalidInput as error:
        found = [Finding(item.field, item.description) for item in error.violations]
    return found


def _details(
    position: Position, history: tuple[LoanEvent, ...], noted: tuple[Finding, ...]
) -> dict[str, Any]:
    """What the event keeps: the position as stated, and the history that came with it."""
    told = [
        {
            "kind": event.kind.value,
            "value_date": event.value_date.isoformat(),
            "amounts": dict(event.amounts),
            **({"details": dict(event.details)} if event.details else {}),
        }
        for event in history
    ]
    return {
        **position_object(position),
        **({"history": told} if told else {}),
        **({"differences": [plain(each) for each in noted]} if noted else {}),
    }


def _decided(
    view: View,
    asked: NewImport,
    position: Position,
    under: tuple[Terms, LoanRecord | None],
    noted: tuple[Finding, ...],
) -> Decision:
    terms, known = under
    fresh = known or _record(view, asked, State(terms, position.agreement, asked.day))
    wish = Asked(
        Kind.IMPORTED,
        {"amount": position.principal},
        asked.currency,
        asked.day,
        asked.reference,
        asked.reason,
        _details(position, asked.history, noted),
    )
    try:
        done = happen(view, asked.key, wish, ahead=0 if known else 1, fresh=fresh)
        owed = _owed(fresh.state, wish, asked.day)
    except LedgerError as error:
        raise NotTied([Finding("reference" if known else "schedule", error.message)]) from error
    if known:
        return done._replace(result=Imported(asked.key, 1, owed, noted))
    result = Imported(asked.key, 2, owed, noted)
    opened = opening(fresh, asked.reason, asked.day)
    return Decision(opened, Changes(loan=fresh), result, also=(done,))


def _record(view: View, asked: NewImport, state: State) -> LoanRecord:
    stripe, party = asked.party
    return LoanRecord(
        stripe,
        asked.loan,
        stripe,
        party,
        asked.product,
        asked.version,
        asked.reference,
        0,
        0,
        state,
        view.party(asked.party).branch,
    )


def _owed(fresh: State, wish: Asked, day: date) -> dict[Part, int]:
    """The components of the loan as the ledger has it at the cut-over, for the run's totals."""
    event = LoanEvent(0, wish.kind, day, wish.amounts, wish.details)
    state = applied(replace(fresh, as_of=min(fresh.as_of, day)), event, Trail())
    return {
        **state.owed(day),
        Part.CREDIT: state.credit,
        Part.WRITTEN_OFF: state.written_off,
        Part.ADJUSTMENT: state.adjustment,
    }
