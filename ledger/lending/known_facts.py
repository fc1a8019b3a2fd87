"""What rules may look at when a command is asked for: the facts of an occasion, by name, as text.

Amounts are decimals of their currency, rates decimals a year, dates ISO 8601. A fact that nobody
knows is None. All are as they would be once the command is done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from ledger.calc.delinquency import days_past_due
from ledger.calc.expressions import Kind
from ledger.calc.rules import About, Rulebook
from ledger.lending import disclosures, exposures
from ledger.lending.contact_facts import WEEK, of_contact, since_contact, within
from ledger.lending.disclosures import Disclosure
from ledger.lending.occasions import Occasion, highest_rate, ratio_text, recorded
from ledger.loan.events import Kind as EventKind
from ledger.loan.state import Status
from ledger.money import decimal_text
from ledger.names import id_text
from ledger.store import facts
from ledger.store.loans import Key, LoanRecord
from ledger.view import View

Tell = Callable[[View, Occasion], str | None]
Look = Callable[[View, Occasion, str], str | None]


@dataclass(frozen=True, slots=True)
class Known:
    """A fact that the ledger tells by itself."""

    kind: Kind
    title: str
    tell: Tell | None = None
    look: Look | None = None


def told(view: View, at: Occasion, book: Rulebook, names: set[str]) -> dict[str, str | None]:
    """The facts of these names, as `Rulebook.needs` gives them."""
    found: dict[str, str | None] = {}
    for name in sorted(names):
        table, dot, word = name.partition(".")
        known, declared = KNOWN.get(table), book.fact(name)
        if declared:
            found[name] = recorded(view, at, declared.about).get(name)
        elif dot and known and known.look:
            found[name] = known.look(view, at, word)
        elif known and known.tell:
            found[name] = known.tell(view, at)
    return found


def _amount(view: View, at: Occasion) -> str | None:
    if len(at.amounts) == 1:
        [(currency, amount)] = at.amounts.items()
        return decimal_text(amount, currency)
    state = at.loan.state if at.loan and not at.amounts else None
    if state and state.status in (Status.APPLIED, Status.APPROVED):
        return decimal_text(state.approved or state.agreement.amount, state.terms.currency)
    return None


def _currency(view: View, at: Occasion) -> str | None:
    if len(at.amounts) == 1:
        return next(iter(at.amounts))
    return at.loan.state.terms.currency if at.loan else None


def _of_loan(read: Callable[[LoanRecord, date], str | None]) -> Tell:
    return lambda view, at: read(at.loan, at.day) if at.loan else None


def _money(read: Callable[[LoanRecord], int]) -> Tell:
    return _of_loan(lambda loan, _: decimal_text(read(loan), loan.state.terms.currency))


def _cost(read: Callable[[Disclosure], Decimal | None]) -> Tell:
    """A rate that the loan's disclosure tells."""

    def tell(loan: LoanRecord, day: date) -> str | None:
        found = disclosures.as_agreed(loan.state, day)
        rate = read(found) if found else None
        return None if rate is None else format(rate, "f")

    return _of_loan(tell)


def _day_of(*kinds: str) -> Tell:
    """The value date of the last event of a kind; today for a loan that begins now."""

    def tell(view: View, at: Occasion) -> str | None:
        if at.loan is None:
            return None
        if not at.loan.last_number:
            return at.value_date.isoformat() if "loan_opened" in kinds else None
        history = view.history((at.loan.stripe, at.loan.loan))
        undone = {item[4] for item in history}
        days = [item[2] for item in history if item[1] in kinds and item[0] not in undone]
        return max(days).isoformat() if days else None

    return tell


def _days_since(tell: Tell) -> Tell:
    def days(view: View, at: Occasion) -> str | None:
        day = tell(view, at)
        return None if day is None else str((at.day - date.fromisoformat(day)).days)

    return days


def _exposure(view: View, at: Occasion, parties: tuple[Key, ...]) -> str | None:
    """What the loans of parties come to in the currency of the loan at hand, this one included."""
    if at.loan is None:
        return None
    load = partial(
        exposures.of_parties,
        book=view.book.number,
        known=view.catalogue,
        parties=parties,
        day=at.day,
        until=at.until,
    )
    rows = view.read(("exposure", parties, at.until), load)
    own, currency = (at.loan.stripe, at.loan.loan), at.loan.state.terms.currency
    amounts = {one.loan: one.amount for one in rows if one.currency == currency}
    loans = {**view.loans, **{(one.stripe, one.loan): one for one in at.changed}}
    for (
        key,
        loan,
    ) in loans.items():  # as the batch has left them so far, and the command leaves them
        mine = (loan.party_stripe, loan.party) in parties
        if mine and loan.state.terms.currency == currency and loan.state.approved:
            amounts[key] = exposures.exposure(loan.state, at.day)
    amounts[own] = exposures.exposure(at.loan.state, at.day)
    return decimal_text(sum(amounts.values()), currency)


def _party_exposure(view: View, at: Occasion) -> str | None:
    return _exposure(view, at, (at.borrower,)) if at.borrower else None


def _group_exposure(view: View, at: Occasion) -> str | None:
    """Of all parties whose fact `group` says the same; of one without a group, its own."""
    borrower = at.borrower
    if borrower is None:
        return None
    name = recorded(view, at, About.PARTY).get("group", "")
    if not name:
        return _party_exposure(view, at)
    load = partial(facts.group, book=view.book.number, value=name, until=at.until)
    members = view.read(("group", name, at.until), load)
    return _exposure(view, at, tuple(sorted({borrower, *members})))


def _index(view: View, at: Occasion, word: str) -> str | None:
    found = view.fixing(word, at.value_date)
    return ratio_text(found.rate) if found else None


def _index_at_opening(view: View, at: Occasion, word: str) -> str | None:
    day = _day_of("loan_opened")(view, at)
    found = view.fixing(word, date.fromisoformat(day)) if day else None
    return ratio_text(found.rate) if found else None


_OPENED, _APPROVED, _DISBURSED = map(
    _day_of, ("loan_opened", EventKind.APPROVED, EventKind.DISBURSED)
)
_N, _T, _D = Kind.NUMBER, Kind.TEXT, Kind.DATE
KNOWN: Mapping[str, Known] = {
    "method": Known(_T, "The command, such as OpenLoan", lambda _, at: at.method),
    "actor": Known(_T, "Who asks", lambda _, at: at.actor),
    "roles": Known(
        Kind.TEXTS,
        "The roles of who asks",
        lambda _, at: None if at.roles is None else ",".join(sorted(at.roles)),
    ),
    "business_date": Known(_D, "The book's business date", lambda _, at: at.day.isoformat()),
    "value_date": Known(_D, "The value date", lambda _, at: at.value_date.isoformat()),
    "days_backdated": Known(
        _N,
        "Days from the value date to the business date",
        lambda _, at: str((at.day - at.value_date).days),
    ),
    "amount": Known(
        _N,
        "What the largest journal moves; without one, the amount applied for or approved",
        _amount,
    ),
    "currency": Known(_T, "The currency of the amount, else of the loan", _currency),
    "product": Known(_T, "The loan's product, by its code", _of_loan(lambda one, _: one.product)),
    "branch": Known(_T, "The loan's branch", _of_loan(lambda one, _: one.branch or None)),
    "loan_status": Known(_T, "Its status", _of_loan(lambda one, _: one.state.status.value)),
    "loan_amount": Known(
        _N,
        "The amount approved, or applied for",
        _money(lambda one: one.state.approved or one.state.agreement.amount),
    ),
    "principal": Known(_N, "Principal outstanding", _money(lambda one: one.state.principal)),
    "instalments": Known(
        _N, "How many were agreed", _of_loan(lambda one, _: str(one.state.agreement.instalments))
    ),
    "annual_rate": Known(
        _N, "The yearly rate in force", _of_loan(lambda one, d: ratio_text(one.state.rate_on(d)))
    ),
    "highest_rate": Known(
        _N,
        "The highest yearly rate from the value date on, rates of later instalments included",
        lambda _, at: ratio_text(highest_rate(at)) if at.loan else None,
    ),
    "penalty_rate": Known(
        _N,
        "The yearly rate on what is overdue",
        _of_loan(lambda one, d: ratio_text(one.state.penalty_rate_on(d))),
    ),
    "apr": Known(_N, "APR by Regulation Z, as agreed", _cost(lambda one: one.regz_apr)),
    "aprc": Known(_N, "APRC by the EU directive", _cost(lambda one: one.eu_aprc)),
    "irr": Known(_N, "Yearly simple rate of all costs (IRR)", _cost(lambda d: d.annualised_irr)),
    "effective_rate": Known(_N, "The same compounded", _cost(lambda one: one.effective)),
    "days_past_due": Known(
        _N,
        "Days since the oldest unpaid due date",
        _of_loan(lambda one, d: str(days_past_due(one.state.oldest_due(d), d))),
    ),
    "opened_on": Known(_D, "When it was applied for", _OPENED),
    "approved_on": Known(_D, "When it was approved", _APPROVED),
    "days_since_approval": Known(_N, "Days since then", _days_since(_APPROVED)),
    "disbursed_on": Known(_D, "When it was paid out last", _DISBURSED),
    "days_since_disbursement": Known(_N, "Days since then", _days_since(_DISBURSED)),
    "party": Known(
        _T, "The borrower's id", lambda _, at: id_text(*at.borrower) if at.borrower else None
    ),
    "party_exposure": Known(
        _N,
        "What all loans of the borrower in this currency owe and may draw, this one included",
        _party_exposure,
    ),
    "group_exposure": Known(
        _N, "The same of all parties with the same fact `group`", _group_exposure
    ),
    "index": Known(Kind.TABLE, "Fixings in force on the value date, by rate index", look=_index),
    "index_at_opening": Known(
        Kind.TABLE, "Fixings when the loan was applied for", look=_index_at_opening
    ),
    "days_since_contact": Known(
        Kind.TABLE, "Days since the last contact, by purpose", look=since_contact
    ),
    "contact_channel": Known(_T, "How (RecordContact)", of_contact(lambda one: one.channel)),
    "contact_purpose": Known(_T, "What for (RecordContact)", of_contact(lambda one: one.purpose)),
    "contact_hour": Known(
        _N,
        "The hour on the borrower's clock, 0 to 23 (RecordContact)",
        of_contact(lambda one: str(int(one.local[11:13]))),
    ),
    "contact_weekday": Known(
        _N,
        "1 for Monday to 7 for Sunday there (RecordContact)",
        of_contact(lambda one: str(date.fromisoformat(one.local[:10]).isoweekday())),
    ),
    "contacts_in_a_day": Known(
        _N, "Contacts of its purpose since 24 hours before (RecordContact)", within(WEEK // 7)
    ),
    "contacts_in_7_days": Known(
        _N, "Contacts of its purpose since 7 days before (RecordContact)", within(WEEK)
    ),
}
#: The kinds of all of them, as conditions are read with.
KINDS: Mapping[str, Kind] = {name: one.kind for name, one in KNOWN.items()}
