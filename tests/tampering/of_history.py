"""Alterations of the history itself: entries, events, accrual lines."""

from __future__ import annotations

from collections.abc import Mapping

from tests.tampering.forging import rebook, reseal
from tests.tampering.kind import (
    ANY,
    AT,
    ENTRIES,
    INSIDE,
    LINE,
    LINES,
    MANUAL,
    PAID,
    PAIRS,
    Kind,
    beside,
    event,
)

_COPY = (
    "insert into ledger.event (stripe, number, kind, subject, loan, value_date, posting_date,"
    " booked_at, actor, reason, request_id, reference, payload, leaf) select stripe, {number},"
    " kind, subject, loan, value_date, posting_date, booked_at, actor, reason, 'made-up',"
    " reference, payload, leaf from ledger.event"
    " where stripe = %(stripe)s and number = %(number)s + {by}"
)
_UP = (
    "update ledger.{table} set number = -number - 1 where stripe = %(stripe)s"
    " and number >= %(number)s;"
    "update ledger.{table} set number = -number where stripe = %(stripe)s and number < 0"
)
_DOWN = _UP.replace("- 1 where", "+ 1 where").replace(">=", ">")
_MOVED = ("event", "entry", "accrual")
_SHIFTED_UP = ";".join(_UP.format(table=table) for table in _MOVED)
_SHIFTED_DOWN = ";".join(_DOWN.format(table=table) for table in _MOVED)
_SWAP = (
    "update ledger.{table} set {column} = case {column} when %(number)s then -1"
    " when %(number)s + 1 then -2 else {column} end where stripe = %(stripe)s;"
    "update ledger.{table} set {column} = case {column} when -1 then %(number)s + 1"
    " when -2 then %(number)s else {column} end where stripe = %(stripe)s"
)

OF_HISTORY: Mapping[str, Kind] = {
    # entries
    "entry: amount changed": event(
        f"update ledger.entry set amount = amount + 1 {AT} and line = %(line)s", ENTRIES
    ),
    "entry: amount changed on both sides": event(
        f"update ledger.entry set amount = amount + 100 {AT}", PAIRS
    ),
    "entry: amount changed on both sides, balances made to agree": event(
        f"update ledger.entry set amount = amount + 100 {AT}", PAIRS, rebook
    ),
    "entry: account changed": event(
        f"update ledger.entry set account = '1002.1' {AT} and line = %(line)s", ENTRIES
    ),
    "entry: account changed, balances made to agree": event(
        f"update ledger.entry set account = '1002.1' {AT} and line = %(line)s", ENTRIES, rebook
    ),
    "entry: sides swapped": event(
        f"update ledger.entry set side = case side when 'D' then 'C' else 'D' end {AT}", PAIRS
    ),
    "entry: deleted": event(f"delete from ledger.entry {AT} and line = %(line)s", ENTRIES),
    "entry: journal deleted, balances made to agree": event(
        f"delete from ledger.entry {AT}", MANUAL, rebook
    ),
    "entry: inserted": event(
        "insert into ledger.entry (stripe, number, line, journal, account, side, currency, amount,"
        " value_date, posting_date) select stripe, number, 90 + n, 90, '1001',"
        " (array['D', 'C'])[n]::\"char\", 'CNY', 500, value_date, posting_date"
        f" from ledger.event, generate_series(1, 2) n {AT}",
        ANY,
        rebook,
    ),
    "entry: two swapped": event(
        f"update ledger.entry set line = 3 - line + 100 {AT};"
        f"update ledger.entry set line = line - 100 {AT}",
        f"{ENTRIES} having count(*) = 2 and max(line) = 2",
    ),
    "entry: backdated": event(
        f"update ledger.entry set value_date = value_date - 30 {AT}", ENTRIES
    ),
    "entry: of another loan": event(
        "update ledger.entry set loan = (select min(loan) from ledger.loan l"
        f" where l.stripe = entry.stripe and l.loan <> entry.loan) {AT} and loan is not null",
        "select e.stripe, e.number from ledger.event e where e.kind = 'repayment_recorded' and"
        " (select count(*) from ledger.loan l where l.stripe = e.stripe) > 1",
    ),
    # events
    "event: payload changed": event(
        f"update ledger.event set payload = replace(payload, '{{', '{{\"x\":1,') {AT}",
        f"{ANY} where payload <> '{{}}'",
    ),
    "event: actor changed": event(f"update ledger.event set actor = 'dev:other' {AT}"),
    "event: reason changed": event(f"update ledger.event set reason = 'as agreed' {AT}"),
    "event: kind changed": event(f"update ledger.event set kind = 'journal_reversed' {AT}", MANUAL),
    "event: subject changed": event(f"update ledger.event set subject = 'journals/x' {AT}", MANUAL),
    "event: booked earlier": event(f"update ledger.event set booked_at = booked_at - 1 {AT}"),
    "event: backdated": event(
        f"update ledger.event set value_date = value_date - 1 {AT};"
        f"update ledger.entry set value_date = value_date - 1 {AT}",
        MANUAL,
        rebook,
    ),
    "event: approved by another": event(f"update ledger.event set approvals = '{{dev:boss}}' {AT}"),
    "event: reversal forgotten": event(
        f"update ledger.event set reverses = null {AT}", f"{ANY} where reverses is not null"
    ),
    "event: leaf hash made to fit": event(
        f"update ledger.event set reason = 'as agreed' {AT}", ANY, reseal
    ),
    "event: deleted": event(
        f"delete from ledger.event {AT}; delete from ledger.entry {AT}", INSIDE, rebook
    ),
    "event: deleted, those after it renumbered": event(
        f"delete from ledger.event {AT};delete from ledger.entry {AT};{_SHIFTED_DOWN}",
        MANUAL,
        rebook,
    ),
    "event: deleted, renumbered and sealed anew": event(
        f"delete from ledger.event {AT};delete from ledger.entry {AT};"
        f"delete from ledger.leaf {AT};{_SHIFTED_DOWN};{_DOWN.format(table='leaf')}",
        MANUAL,
        rebook,
        reseal,
    ),
    "event: inserted, those after it renumbered": event(
        f"{_SHIFTED_UP};{_COPY.format(number='number - 1', by=1)}", INSIDE, rebook
    ),
    "event: inserted at the end of a stripe": beside(
        _COPY.format(
            number="(select last_number + 1 from ledger.stripe s where s.stripe = event.stripe)",
            by=0,
        ),
        MANUAL,
        rebook,
        by="export",
    ),
    "event: two renumbered": event(
        ";".join(_SWAP.format(table=table, column="number") for table in ("event", "entry")),
        f"{MANUAL} and exists (select from ledger.event n where n.stripe = event.stripe"
        " and n.number = event.number + 1)",
    ),
    "event: an answered repayment made larger, all made to fit": event(
        f"update ledger.entry set amount = amount + 100 {AT};"
        f"""update ledger.event set payload = replace(payload, '"amount":', '"amount":1') {AT}""",
        PAID,
        rebook,
        reseal,
    ),
    "accrual line: amount changed": event(
        f"update ledger.accrual set amount = amount + 1 {LINE}", LINES
    ),
    "accrual line: deleted": event(f"delete from ledger.accrual {LINE}", LINES),
    "accrual line: given to another loan": event(
        f"update ledger.accrual set loan = loan + 1 {LINE}", LINES
    ),
    "history: tail cut, books made to agree": beside(
        "delete from ledger.event e using ledger.stripe s where s.stripe = e.stripe"
        " and e.number > s.last_number - 3;"
        "delete from ledger.entry n where not exists (select from ledger.event e"
        " where e.stripe = n.stripe and e.number = n.number);"
        "delete from ledger.answer a where not exists (select from ledger.event e"
        " where e.stripe = a.stripe and e.number = a.number);"
        "delete from ledger.accrual a where not exists (select from ledger.event e"
        " where e.stripe = a.stripe and e.number = a.number)",
        "select 1",
        rebook,
        reseal,
        by="export",
    ),
    "table truncated: entries": beside("truncate ledger.entry", by="export"),
    "table truncated: accrual lines": beside("truncate ledger.accrual", by="export"),
    "table truncated: answers": beside("truncate ledger.answer"),
}
