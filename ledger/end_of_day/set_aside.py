"""Sets loans aside that a close of business cannot bring forward, so that all others close."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from ledger.batch import Batch
from ledger.drafts import Draft
from ledger.end_of_day.turn import ACTOR
from ledger.errors import LedgerError
from ledger.lending.postings import Advanced
from ledger.names import id_text
from ledger.store import set_aside
from ledger.store.accruals import Accrued
from ledger.store.catalogue import Catalogue
from ledger.store.loans import Key
from ledger.store.rows import REFUSALS, Connection
from ledger.store.set_aside import SetAside

#: The first words of what went wrong: the log has the rest.
MAX_REASON = 300
#: Loans that could not be closed, each with what it raised.
Failures = Mapping[Key, BaseException]


class Unclosed(Exception):
    """A close found loans that fail: it is undone, and begun again without them."""

    def __init__(self, found: Failures) -> None:
        super().__init__(f"{len(found)} loans fail")
        self.found = found


async def put_aside(
    connection: Connection, batch: Batch, failed: Failures, day: date
) -> list[SetAside]:
    """Sets loans aside as at the start of a day that is about to close: rows and events."""
    found = []
    for (stripe, loan), error in sorted(failed.items(), key=lambda item: item[0]):
        name, reason = id_text(stripe, loan), told(error)
        draft = Draft(
            kind="loan_set_aside",
            subject=f"loans/{name}",
            payload={"amounts": {}, "details": {"since": day.isoformat()}},
            loan=loan,
            value_date=day,
            reason=reason,
        )
        stamp = batch.add(stripe, draft, ACTOR, f"set-aside-{day.isoformat()}-{name}")
        found.append(SetAside(stripe, loan, day, stamp.number, reason))
    if found:
        await set_aside.add(connection, found)
    return found


def told(error: BaseException) -> str:
    """What went wrong, in words that fit a line."""
    kind = error.reason if isinstance(error, LedgerError) else type(error).__name__
    text = f"{kind}: {error}"
    return "".join(c if c.isprintable() else " " for c in text)[:MAX_REASON]


async def require_known(
    connection: Connection, wanted: Sequence[int], sums: Iterable[Accrued], known: Catalogue
) -> None:
    """Refuses accruals of product versions that nobody published: a damaged row names them."""
    unknown = {(s.product, s.version) for s in sums} - known.products.keys()
    if unknown:
        keys = await set_aside.of_products(connection, wanted, sorted(unknown))
        raise Unclosed({key: LookupError("no such product version") for key in keys})


async def damaged(
    connection: Connection, wanted: Sequence[int], day: date, error: BaseException
) -> Failures:
    """Loans whose lines the database could not evaluate when a close failed with an error."""
    return dict.fromkeys(await set_aside.damaged(connection, wanted, day), error)


async def require_writable(
    connection: Connection, batch: Batch, advanced: Iterable[Advanced], name: str
) -> None:
    """Tries each loan's rows by themselves, as the database refused those of all together."""
    failed: dict[Key, BaseException] = {}
    for one in advanced:
        row = replace(batch.stripes[one.record.stripe])
        alone = Batch(batch.book, {row.stripe: row}, batch.now)
        one.added(alone, ACTOR, name)
        try:
            async with connection.transaction(force_rollback=True):
                await alone.writes().run(connection)
        except REFUSALS as error:
            failed[one.record.stripe, one.record.loan] = error
    if failed:
        raise Unclosed(failed)
