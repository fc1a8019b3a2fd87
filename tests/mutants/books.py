"""Bugs in money, books, the one door and loans."""

from __future__ import annotations

from tests.mutants.mutant import Mutant

_INPUT = ("tests/server/test_bad_input.py",)
_LEDGER = ("tests/server/test_ledger_service.py", "tests/server/test_bad_journals.py")
_CONCURRENT = ("tests/promises/test_concurrency.py",)
_FOLD = ("tests/promises/test_loan_fold.py", "tests/promises/test_loan_cash.py")
_BOOKS = ("tests/promises/test_books.py",)
_VECTORS = ("tests/vectors",)
_CHECK = ("tests/server/test_verification.py",)

MUTANTS = (
    # Money
    Mutant(
        "a tie is rounded down",
        "ledger/money.py",
        "found = (2 * numerator + denominator) // (2 * denominator)",
        "found = (2 * numerator + denominator - 1) // (2 * denominator)",
        ("tests/calc/test_accrual.py", "tests/calc/test_schedule.py", *_VECTORS),
    ),
    Mutant(
        "half even rounds half up",
        "ledger/money.py",
        "return found - 1 if tie and found % 2 else found",
        "return found",
        ("tests/calc", *_VECTORS),
    ),
    Mutant(
        "an amount finer than its currency is cut off",
        "ledger/money.py",
        "    if nanos % step:\n",
        "    if False:\n",
        _INPUT,
    ),
    Mutant(
        "units and nanos of different signs are taken",
        "ledger/money.py",
        "if units and nanos and (units > 0) != (nanos > 0):",
        "if False:",
        _INPUT,
    ),
    # Books
    Mutant(
        "a transfer of the result is undone on the side where it was done",
        "ledger/book/journal.py",
        'side = "C" if self.side == "D" else "D"',
        "side = self.side",
        ("tests/server/test_results.py",),
    ),
    Mutant(
        "a journal is balanced over all currencies together",
        "ledger/book/journal.py",
        "totals[entry.currency] = totals.get(entry.currency, 0) + signed",
        'totals["all"] = totals.get("all", 0) + signed',
        _LEDGER,
    ),
    Mutant(
        "balances are kept on the wrong side",
        "ledger/store/balances.py",
        "set debit = b.debit + excluded.debit, credit = b.credit + excluded.credit",
        "set debit = b.debit + excluded.credit, credit = b.credit + excluded.debit",
        _BOOKS,
    ),
    Mutant(
        "a balance is overwritten instead of added to",
        "ledger/store/balances.py",
        "set debit = b.debit + excluded.debit,",
        "set debit = excluded.debit,",
        _BOOKS,
    ),
    Mutant(
        "a trial balance of the past forgets what was posted since the last roll",
        "ledger/store/balances.py",
        "for account, currency, debit, credit in [*days, *(row[1:] for row in rows)]:",
        "for account, currency, debit, credit in days or [row[1:] for row in rows]:",
        ("tests/promises/test_known_at.py", *_CHECK),
    ),
    # The one door
    Mutant(
        "a request id that was answered is done again",
        "ledger/record.py",
        "first = given.get(key) or added.get(key)",
        "first = added.get(key)",
        _LEDGER,
    ),
    Mutant(
        "a request id twice in one batch is done twice",
        "ledger/record.py",
        "first = given.get(key) or added.get(key)",
        "first = given.get(key)",
        _LEDGER,
    ),
    Mutant(
        "a request id is good for another content",
        "ledger/store/answers.py",
        "if (first.caller, first.method, first.digest) == origin:",
        "if True:",
        _LEDGER,
    ),
    Mutant(
        "answers are not kept",
        "ledger/record.py",
        "answers.add(writes, fresh)\n        if batch.resumed:",
        "answers.add(writes, [])\n        if batch.resumed:",
        _LEDGER,
    ),
    Mutant(
        "a dry run is committed",
        "ledger/record.py",
        "await unit.finish(writes, commit=commit,",
        "await unit.finish(writes, commit=True,",
        ("tests/server/test_product_service.py",),
    ),
    Mutant(
        "a close reads every roll that a stripe ever had",
        "ledger/store/balances.py",
        "(select coalesce(max(d.day), '-infinity') from ledger.day_roll d\"\n"
        '        " where d.book = %(book)s) as since,',
        'coalesce((select max(d.day) from ledger.day_roll d"\n'
        "        \" where d.book = %(book)s), '-infinity') as since,",
        ("tests/server/test_age.py",),
    ),
    Mutant(
        "stripes are read without a lock",
        "ledger/store/stripes.py",
        "where stripe = any(%s::int[]) order by stripe for update",
        "where stripe = any(%s::int[]) order by stripe for key share",
        ("tests/server/test_held_stripes.py",),
    ),
    Mutant(
        "the clock of a stripe goes back with the machine's",
        "ledger/batch.py",
        "row.last_booked_at = max(self.now, row.last_booked_at)",
        "row.last_booked_at = self.now",
        ("tests/server/test_schema.py",),
    ),
    Mutant(
        "event numbers skip one",
        "ledger/batch.py",
        "row.last_number += 1",
        "row.last_number += 2",
        _BOOKS,
    ),
    Mutant(
        "the leaf does not cover who did it",
        "ledger/batch.py",
        "leaf_hash(event_bytes(record))",
        'leaf_hash(event_bytes(record | {"actor": ""}))',
        ("tests/server/test_audit_service.py",),
    ),
    Mutant(
        "a commit that the standby did not confirm is believed",
        "ledger/store/commits.py",
        "    if told:\n        raise Unconfirmed",
        "    if False:\n        raise Unconfirmed",
        ("tests/chaos/test_failover.py",),
    ),
    Mutant(
        "a former primary is believed",
        "server/primary.py",
        "if timeline < self._timeline:",
        "if False:",
        ("tests/server/test_primary.py",),
    ),
    # Loans
    Mutant(
        "money goes to the youngest instalment first",
        "ledger/calc/allocation.py",
        "ordered = sorted(instalments, key=lambda item: (item.due, item.no))",
        "ordered = sorted(instalments, key=lambda item: (item.due, item.no), reverse=True)",
        ("tests/calc/test_allocation.py",),
    ),
    Mutant(
        "money beyond what is due is lost",
        "ledger/calc/allocation.py",
        "return Allocation(tuple(parts), prepaid, left - prepaid)",
        "return Allocation(tuple(parts), prepaid, 0)",
        ("tests/calc/test_allocation.py",),
    ),
    Mutant(
        "overdue principal bears contract interest whatever the terms say",
        "ledger/loan/accruing.py",
        "return state.principal - unpaid_principal(state, day)",
        "return state.principal",
        (*_FOLD, "tests/loan", *_VECTORS),
    ),
    Mutant(
        "accrual of a suspended loan stays on the balance sheet",
        "ledger/loan/accruing.py",
        "return Part.SUSPENDED if state.stage is Stage.SUSPENDED else part",
        "return part",
        ("tests/server/test_suspending.py", *_FOLD),
    ),
    Mutant(
        "the bulk accrual counts one night too few",
        "ledger/store/accruals.py",
        'f" %(day)s::date - l.{line}_from, l.half_even), (select {of_any_size}"',
        'f" %(day)s::date - l.{line}_from - 1, l.half_even), (select {of_any_size}"',
        ("tests/ledger/test_accrual_lines.py", *_BOOKS),
    ),
    Mutant(
        "64 bits are taken for a line that they do not hold",
        "migrations/0035_nights.sql",
        "and 2 * base + denominator <= 4611686018427387904",
        "and 2 * base + denominator <= 9223372036854775807",
        ("tests/ledger/test_accrual_lines.py",),
    ),
    Mutant(
        "64 bits are taken for a day that they do not reach to",
        "migrations/0035_nights.sql",
        "days >= 16383 then null",
        "days > 16383 then null",
        ("tests/ledger/test_accrual_lines.py",),
    ),
    Mutant(
        "a line of 64 bits rounds ties away from zero where they go to even",
        "migrations/0035_nights.sql",
        "        when half_even then\n",
        "        when half_even and false then\n",
        ("tests/ledger/test_accrual_lines.py",),
    ),
    Mutant(
        "penalty interest of a night is proven before the interest",
        "ledger/store/accruals.py",
        'f" else {_OWN} || {_LATE_ONE} end',
        'f" else {_LATE_ONE} || {_OWN} end',
        ("tests/ledger/test_accrual_lines.py",),
    ),
    Mutant(
        "a night's lines name the event of the stripe beside",
        "ledger/store/accruals.py",
        "for stripe in range(first, last + 1))",
        "for stripe in range(first + 1, last + 2))",
        ("tests/server/test_end_of_day_service.py", *_BOOKS),
    ),
    Mutant(
        "a loan that changed amid a close is closed as it was before",
        "ledger/end_of_day/falling_due.py",
        "return key in turn.prepared and turn.prepared[key][0] == number",
        "return key in turn.prepared",
        ("tests/server/test_end_of_day_service.py",),
    ),
    Mutant(
        "a day is closed twice on a stripe",
        "ledger/end_of_day/close.py",
        "held = {n: s for n, s in locked.items() if s.business_date == ask.day}",
        "held = dict(locked)",
        ("tests/server/test_closing_again.py",),
    ),
)
