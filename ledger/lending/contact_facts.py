"""What rules may look at of contacts with borrowers: the one at hand, and those before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from ledger.lending.occasions import Occasion
from ledger.store import facts
from ledger.store.facts import Contact
from ledger.view import View

WEEK = 7 * 86_400_000_000
#: How many of a loan's last contacts are looked at.
MAX_CONTACTS = 1000


def _contacts(view: View, at: Occasion) -> list[Contact]:
    if at.loan is None:
        return []
    key = (at.loan.stripe, at.loan.loan)
    load = partial(facts.contacts, loan=key, limit=MAX_CONTACTS, until=at.until)
    found = view.read(("contacts", key, at.until), load)
    found = [*view.told.get(("contacted", key), []), *found]
    this = at.contact.number if at.contact else 0
    return [one for one in found if not this or one.number < this]


def since_contact(view: View, at: Occasion, word: str) -> str | None:
    """Since it was made, or recorded if that was later: nobody makes one up for a month ago."""
    found = (one for one in _contacts(view, at) if one.purpose == word)
    days = [max(date.fromisoformat(c.local[:10]), c.recorded_on or date.min) for c in found]
    return str((at.day - max(days)).days) if days else None


def within(span: int) -> Callable[[View, Occasion], str | None]:
    """How many of its purpose there were since so many microseconds before this one."""

    def tell(view: View, at: Occasion) -> str | None:
        if at.contact is None:
            return None
        first, purpose = at.contact.moment - span, at.contact.purpose
        found = (one for one in _contacts(view, at) if one.purpose == purpose)
        return str(sum(first < one.moment for one in found))

    return tell


def of_contact(read: Callable[[Contact], str]) -> Callable[[View, Occasion], str | None]:
    """What the contact at hand says."""

    return lambda view, at: read(at.contact) if at.contact else None
