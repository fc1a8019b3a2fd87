"""All that the books hold of one person, table by table.

A test holds it to the schema: every table that tells of a party or a loan is here, or is left out
for a reason.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final, LiteralString

from ledger.calc.registers import CONFIDENTIAL
from ledger.names import SPAN, id_text
from ledger.store.parties import Key
from ledger.store.rows import Connection, fetch

#: Keys open what is told in clear, and say nothing of anybody.
LEFT_OUT: Final = frozenset({"party_key"})
_OF_PARTY: Final[LiteralString] = "t.stripe = %(stripe)s and t.party = %(party)s"
_OF_LOAN: Final[LiteralString] = (
    "(t.stripe, t.loan) in (select * from unnest(%(stripes)s::int[], %(loans)s::bigint[]))"
)
#: What is about the party, a loan or collateral of it, or names one of them.
_MENTIONED: Final[LiteralString] = "t.stripe = any(%(every)s) and t.{} like any(%(patterns)s)"
_ABOUT: Final[LiteralString] = (
    "(t.stripe = any(%(every)s) and t.subject = any(%(subjects)s))"
    f" or (t.loan is not null and {_OF_LOAN})"
    " or (t.stripe = any(%(every)s) and t.payload like any(%(patterns)s))"
)
_FACTS: Final[LiteralString] = (
    "(t.about = 'party' and t.stripe = %(stripe)s and t.subject = %(party)s) or (t.about = 'loan'"
    " and (t.stripe, t.subject) in (select * from unnest(%(stripes)s::int[], %(loans)s::bigint[])))"
)
#: Nobody may tell a person of a suspicion: alerts and cases stay out, and so do their events.
_OPEN: Final[LiteralString] = "t.kind <> all(%(confidential)s)"
_SPOKEN: Final[LiteralString] = (
    "not (t.kind like 'register_item_%%' and t.payload::jsonb ->> 'kind' = any(%(confidential)s))"
    " and coalesce(t.payload::jsonb #>> '{command,method}', '') <> all(%(silent)s)"
    " and coalesce(t.payload::jsonb ->> 'method', '') <> all(%(silent)s)"
    " and t.kind <> 'party_keys_rotated'"
)
#: The condition of each table.
TABLES: Final[Mapping[str, LiteralString]] = {
    "party": _OF_PARTY,
    "collateral": _OF_PARTY,
    "loan": _OF_LOAN,
    "event": f"({_ABOUT}) and {_SPOKEN}",
    "entry": _OF_LOAN,
    "accrual": _OF_LOAN,
    "accrual_brought": _OF_LOAN,
    "standing": _OF_LOAN,
    "lien": _OF_LOAN,
    "set_aside": _OF_LOAN,
    "delinquency_pause": _OF_LOAN,
    "delinquency": _OF_LOAN,
    "arrears": _OF_LOAN,
    "classification": _OF_LOAN,
    "quality": _OF_LOAN,
    "allowance": _OF_LOAN,
    "provided": _OF_LOAN,
    "pending_command": f"{_MENTIONED.replace('{}', 'content')}"
    " and t.content::jsonb ->> 'method' <> all(%(silent)s)",
    "fact": _FACTS,
    "contact": _OF_LOAN,
    "refusal": _MENTIONED.replace("{}", "subject"),
    "register_item": f"t.stripe = any(%(every)s) and t.party = %(id)s and {_OPEN}",
}
_TEXT: Final[Mapping[str, LiteralString]] = {
    name: f"select to_jsonb(t)::text from ledger.{name} t where {condition} order by 1"
    for name, condition in TABLES.items()
}
#: Loans that the party owes, or was opened one for or took one over that others owe now.
_LOANS: Final[LiteralString] = (
    "select l.stripe, l.loan from ledger.loan l where (l.stripe = %(stripe)s and l.party ="
    " %(party)s and l.party_stripe is null) or (l.party_stripe = %(stripe)s and l.party ="
    " %(party)s) union select e.stripe, e.loan from ledger.event e where e.loan is not null"
    " and e.stripe between %(stripe)s / 1000 * 1000 and %(stripe)s / 1000 * 1000 + 999"
    " and e.kind = any('{loan_opened,loan_assumed}') and e.payload like %(pattern)s order by 1, 2"
)


async def named(connection: Connection, party: Key, silent: Collection[str]) -> dict[str, Any]:
    """What the person's rows are found by: their loans and collateral, as parameters.

    `silent` are commands of which the person may not be told.
    """
    own = {"stripe": party[0], "party": party[1], "pattern": f"%{id_text(*party)}%"}
    loans = await fetch(connection, _LOANS, own)
    things = await fetch(
        connection,
        "select distinct stripe, collateral from ledger.collateral"
        " where stripe = %(stripe)s and party = %(party)s",
        own,
    )
    subjects = [
        f"parties/{id_text(*party)}",
        *(f"loans/{id_text(*row)}" for row in loans),
        *(f"collaterals/{id_text(*row)}" for row in things),
    ]
    return {
        **own,
        "id": id_text(*party),
        "confidential": sorted(CONFIDENTIAL),
        "silent": sorted(silent),
        "stripes": [row[0] for row in loans],
        "loans": [row[1] for row in loans],
        "every": sorted({party[0] // SPAN * SPAN, party[0], *(row[0] for row in loans)}),
        "subjects": subjects,
        "patterns": [f"%{subject.partition('/')[2]}%" for subject in subjects],
    }


async def rows(connection: Connection, table: str, found: Mapping[str, Any]) -> list[str]:
    """The person's rows of a table, each as a JSON object."""
    return [row[0] for row in await fetch(connection, _TEXT[table], found)]
