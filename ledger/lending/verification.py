"""The full-book check: each loan is folded anew from its history and compared with what is kept.

Promises 2 and 6 of the design: control accounts equal the loans, and the same engine makes a
posting, a day's end and a replay.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import orjson

from ledger.book.chart import CREDIT_SIDE, DEFAULT_ROLES, Part
from ledger.book.rules import control_roles
from ledger.errors import DEFECTS
from ledger.lending.histories import BESIDE, by_history, inputs
from ledger.loan.codec import state_from, state_text
from ledger.loan.fold import fold
from ledger.loan.state import State
from ledger.loan.terms import Terms
from ledger.money import EXPONENTS, decimal_text
from ledger.names import SPAN, event_text, id_text
from ledger.store.catalogue import Catalogue
from ledger.store.loans import ROW_COLUMNS, StoredLoan, row_of
from ledger.store.records import record_of
from ledger.store.verification import Mismatch
from ledger.view import History

#: Figures that come from elsewhere, or are compared by themselves.
_APART = frozenset({"stripe", "loan", "reference", "booked_at", "state"})
_PARTS = frozenset(part.value for part in Part)
Booked = Mapping[tuple[str, str | None, str | None], int]
Sums = Iterable[tuple[str, int, str, Mapping[Part, int]]]


@dataclass(frozen=True, slots=True)
class Difference:
    """Two figures that are not equal: what is kept, and what the history comes to.

    `resource` is a loan, an event or an account; figures are text, amounts with their currency.
    """

    stripe: int
    resource: str
    figure: str
    stored: str
    computed: str
    account: str = ""
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """All that the ledger keeps of a loan: its row, its figures, its history and its books."""

    row: StoredLoan
    figures: tuple[Any, ...]
    history: History
    booked: Booked


def of_loan(kept: Kept, known: Catalogue, business: date, book: int) -> Iterator[Difference]:
    """Where a loan's state, figures and books are not what its history comes to.

    Of a loan that is set aside only the books are compared, as at the start of its day.
    """
    row, told = kept.row, _Of(kept.row)
    try:
        row = by_history(row, kept.history, book)
        terms = known.products[row.product, row.version].terms
        opened, events = inputs(kept.history, terms)
        day = date.fromisoformat(row.set_aside[0]) if row.set_aside else business
        state, _ = fold(opened, events, day)
        last = max(item[0] for item in kept.history if item[1] not in BESIDE)
        figures = row_of(record_of(replace(row, last_number=last), state))
    except DEFECTS as error:
        yield told("history", "", f"{type(error).__name__}: {error}")
        return
    yield from _of_books(told, kept.booked, state, day)
    if not row.set_aside:
        yield from _of_state(told, row.state, state)
        for name, stored, computed in zip(ROW_COLUMNS, kept.figures, figures, strict=True):
            if stored != computed and name not in _APART:
                yield told(name, _text(stored), _text(computed))


def of_stripe(stripe: int, found: Iterable[Mismatch]) -> Iterator[Difference]:
    """What does not agree in a stripe, whatever its loans say."""
    for one in found:
        resource = f"accounts/{one.account}" if one.account else ""
        if one.number is not None:
            resource = f"events/{event_text(stripe, one.number)}"
        yield Difference(
            stripe % SPAN,
            resource,
            one.figure,
            _amount(one.stored, one.currency),
            _amount(one.computed, one.currency),
            one.account or "",
        )


def owned(sums: Sums, known: Catalogue) -> dict[tuple[str, str], int]:
    """What loans hold on each (control account, currency), from their sums by component.

    Loans of a product version that is gone hold nothing: their control accounts do not tie then.
    """
    found: dict[tuple[str, str], int] = {}
    for product, version, currency, components in sums:
        if (product, version) not in known.products:
            continue
        terms = known.products[product, version].terms
        for part, amount in components.items():
            key = (control_account(terms, part), currency)
            found[key] = found.get(key, 0) + amount
    return found


def of_control_accounts(
    stripe: int, sums: Sums, rows: Sequence[tuple[str, str, int, int]], known: Catalogue
) -> Iterator[Difference]:
    """Control accounts of a stripe that are not the sum of its loans, evaluated by their lines."""
    loans = owned(sums, known)
    held = {(code, currency): debit - credit for code, currency, debit, credit in rows}
    for code, currency in sorted(loans.keys() | held.keys()):
        account = known.accounts.get(code)
        if account is None or account.control is None:
            continue
        sign = -1 if account.control in CREDIT_SIDE else 1
        ledger, total = sign * held.get((code, currency), 0), loans.get((code, currency), 0)
        if ledger != total:
            yield Difference(
                stripe % SPAN,
                f"accounts/{code}",
                "sum of loans",
                _amount(ledger, currency),
                _amount(total, currency),
                code,
                account.control,
            )


def control_account(terms: Terms, part: Part) -> str:
    """The account that keeps a component of a product's loans."""
    role = control_roles(terms.profile)[part]
    return terms.accounts.get(role) or DEFAULT_ROLES[role]


@dataclass(frozen=True, slots=True)
class _Of:
    """Makes the differences of one loan."""

    row: StoredLoan

    def __call__(self, figure: str, stored: str, computed: str, **more: Any) -> Difference:
        name = f"loans/{id_text(self.row.stripe, self.row.loan)}"
        return Difference(self.row.stripe % SPAN, name, figure, stored, computed, **more)


def _of_books(told: _Of, booked: Booked, state: State, day: date) -> Iterator[Difference]:
    """Entries and accrual lines by component and account, against the balances of the fold."""
    terms, currency = state.terms, state.terms.currency
    held: dict[tuple[str, str, str], int] = {}
    for (name, account, unit), amount in booked.items():
        part = Part(name) if name in _PARTS else None
        kept = part is not None and part in control_roles(terms.profile)
        own = control_account(terms, part) if part and kept else ""
        key = (name, account or own, unit or currency)
        held[key] = held.get(key, 0) + (-amount if part in CREDIT_SIDE else amount)
    should = {
        (part.value, control_account(terms, part), currency): amount
        for part, amount in state.balances(day).items()
    }
    for key in sorted(held.keys() | should.keys()):
        name, account, unit = key
        ledger, folded = held.get(key, 0), should.get(key, 0)
        if ledger != folded:
            yield told(
                "balance",
                _amount(ledger, unit),
                _amount(folded, unit),
                account=account,
                part=Part(name) if name in _PARTS else None,
            )


def _of_state(told: _Of, text: str, state: State) -> Iterator[Difference]:
    """The stored state, field by field."""
    try:
        stored = state_from(text, state.terms)
    except DEFECTS as error:
        yield told("state", f"cannot be read: {type(error).__name__}", "can be folded")
        return
    if stored == state:
        return
    kept, folded = (orjson.loads(state_text(one)) for one in (stored, state))
    for name in sorted(kept.keys() | folded.keys()):
        if kept.get(name) != folded.get(name):
            yield told(f"state.{name}", _text(kept.get(name)), _text(folded.get(name)))


def _amount(minor: int | None, currency: str | None) -> str:
    if minor is None:
        return ""
    known = currency if currency in EXPONENTS else None
    return f"{known} {decimal_text(minor, known)}" if known else str(minor)


def _text(value: Any) -> str:
    """A value of a state or a row, short enough for a line."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, date):
        return value.isoformat()
    return orjson.dumps(value).decode()[:200]
