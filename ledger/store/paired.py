"""Rows beside the history that have one event each, and rows that repeat the last of others.

Statements of the full-book check: (resource, figure, stored, computed) where the two differ, for
the stripe of the one parameter. Texts are compared, so that nothing is left out of what they say.
"""

from __future__ import annotations

from typing import Final, LiteralString

EVENT: Final[LiteralString] = "'events/' || lpad((stripe %% 1000)::text, 3, '0') || '-' || number"


def _paired(figure: LiteralString, events: LiteralString, rows: LiteralString) -> LiteralString:
    """Events and rows of one kind by number; both are (number, text)."""
    return (
        f"select {EVENT}, '{figure}', stored, told from (select %(stripe)s::int as stripe,"
        " number, coalesce(r.text, '') as stored, coalesce(e.text, '') as told"
        f" from (select number, concat_ws(' ', {events} and stripe = %(stripe)s) e full join"
        f" (select number, concat_ws(' ', {rows} where stripe = %(stripe)s) r using (number)) c"
        " where stored <> told order by number"
    )


#: Rows that an event made, each by itself.
PAIRED: Final[tuple[LiteralString, ...]] = (
    _paired(
        "pending command",
        "case kind when 'approval_asked_for' then 'waiting' when 'approval_rejected' then"
        " 'rejected' when 'approval_withdrawn' then 'withdrawn' when 'approval_granted' then case"
        " when payload::jsonb -> 'approvals' = payload::jsonb -> 'needed' then 'executed'"
        " else 'waiting' end end, actor, reason, payload::jsonb -> 'command') as text"
        " from ledger.event where kind = any('{approval_asked_for,approval_rejected,"
        "approval_withdrawn,approval_granted}')",
        "state, actor, reason, jsonb_build_object('actor', content::jsonb -> 'actor', 'method',"
        " content::jsonb -> 'method', 'request_id', content::jsonb -> 'request_id')) as text"
        " from ledger.pending_command",
    ),
    _paired(
        "role",
        "actor, reason, jsonb_strip_nulls(payload::jsonb - 'role' - 'ruled'),"
        " payload::jsonb -> 'role') as text from ledger.event"
        " where kind = any('{role_assigned,role_delegated,role_ended}')",
        "actor, reason, jsonb_strip_nulls(jsonb_build_object('branches', case when branches <> '{}'"
        " then to_jsonb(branches) end, 'delegated_by', delegated_by, 'ended', ended, 'principal',"
        " principal, 'since', valid_from, 'until', valid_until)), to_jsonb(role)) as text"
        " from ledger.role_assignment",
    ),
    _paired(
        "facts",
        "actor, reason, payload::jsonb -> 'facts') as text from ledger.event"
        " where kind = any('{facts_recorded,loan_opened}') and payload like '%%\"facts\":{%%'"
        " and payload::jsonb -> 'facts' is not null",
        "actor, reason, facts) as text from (select stripe, number, min(actor) as actor,"
        " min(reason) as reason, jsonb_object_agg(name, value) as facts from ledger.fact"
        " group by stripe, number) f",
    ),
    _paired(
        "contact",
        "loan, actor, reason, payload::jsonb -> 'contact') as text from ledger.event"
        " where kind = 'contact_recorded'",
        "loan, actor, reason, jsonb_build_object('channel', channel, 'local_time', local_time,"
        " 'moment', contacted_at, 'purpose', purpose)) as text from ledger.contact",
    ),
    _paired(
        "refusal",
        "actor, payload::jsonb) as text from ledger.event where kind = 'command_refused'",
        "actor, content::jsonb) as text from ledger.refusal",
    ),
    _paired(
        "register item",
        "split_part(subject, '/', 2), payload::jsonb #>> '{content,party}', actor, reason,"
        " booked_at, payload::jsonb - 'ruled') as text from ledger.event"
        " where kind = any('{register_item_opened,register_item_changed}')",
        "ledger.id_text(stripe, item), party, actor, reason, booked_at, jsonb_build_object("
        "'content', content::jsonb, 'kind', kind, 'state', state, 'step', step)) as text"
        " from ledger.register_item",
    ),
    _paired(
        "standing instruction",
        "loan, payload::jsonb #>> '{details,funds}', payload::jsonb #>> '{amounts,most}',"
        " kind = 'standing_instruction_set') as text from ledger.event"
        " where kind = any('{standing_instruction_set,standing_instruction_ended}')",
        "loan, funds, most, active) as text from ledger.standing",
    ),
    _paired(
        "pause of days past due",
        "loan, payload::jsonb #>> '{details,first}', payload::jsonb #>> '{details,until}',"
        " payload::jsonb #>> '{details,cause}') as text from ledger.event"
        " where kind = any('{delinquency_paused,delinquency_resumed}')",
        "loan, first, until, cause) as text from ledger.delinquency_pause",
    ),
    _paired(
        "grade",
        "loan, value_date, payload::jsonb #> '{details,after}') as text from ledger.event"
        " where payload like '%%\"quality\"%%' and payload::jsonb #> '{details,after}'"
        " <> payload::jsonb #> '{details,before}'",
        "loan, day, jsonb_build_object('category', category, 'nonaccrual', nonaccrual, 'stage',"
        " stage)) as text from ledger.classification",
    ),
    _paired(
        "lien",
        "payload::jsonb ->> 'loan', subject) as text from ledger.event"
        " where kind = 'collateral_pledged'",
        "(select l.id from ledger.loan l where l.stripe = n.stripe and l.loan = n.loan), (select"
        " e.subject from ledger.event e where e.stripe = n.stripe and e.number = (select"
        " min(c.number) from ledger.collateral c where c.stripe = n.stripe"
        " and c.collateral = n.collateral))) as text from ledger.lien n",
    ),
)


def _cached(
    figure: LiteralString, told: LiteralString, rows: LiteralString, from_: LiteralString
) -> LiteralString:
    """A row a loan against the last of its lines; both are (loan, text)."""
    return (
        f"select 'loans/' || coalesce(l.id, c.loan::text), '{figure}', stored, told from (select"
        " loan, coalesce(r.text, '') as stored, coalesce(e.text, '') as told"
        f" from (select loan, text from (select distinct on (loan) loan, {told}"
        f" from {from_} desc) x where text <> '') e full join (select loan, {rows}"
        " where stripe = %(stripe)s) r using (loan)) c left join ledger.loan l"
        " on l.stripe = %(stripe)s and l.loan = c.loan where stored <> told order by 1"
    )


#: A loan of which nothing was said.
_PLAIN: LiteralString = """'{} {"stage": 1, "category": "pass", "nonaccrual": false}'"""
#: What a loan is now, as the last line about it says.
CACHED: Final[tuple[LiteralString, ...]] = (
    _cached(
        "arrears",
        "case when since is null then '' else concat_ws(' ', day, since, days, paused, bucket) end"
        " as text",
        "concat_ws(' ', day, since, days, paused, bucket) as text from ledger.arrears",
        "ledger.delinquency where stripe = %(stripe)s order by loan, day",
    ),
    _cached(
        "allowance",
        "case when amount = 0 then '' else concat_ws(' ', product, version, currency, grade,"
        " amount) end as text",
        "concat_ws(' ', product, version, currency, grade, amount) as text from ledger.provided",
        "ledger.allowance where stripe = %(stripe)s order by loan, day",
    ),
    _cached(
        "quality",
        # Whether a close stopped its interest is said by events of another kind, also of a loan
        # of which nothing else was ever said.
        "nullif(concat_ws(' ', (payload::jsonb #> '{details,quality}') - 'suspended',"
        f" payload::jsonb #> '{{details,after}}'), {_PLAIN}) as text",
        "nullif(concat_ws(' ', state::jsonb - 'suspended', jsonb_build_object('category', category,"
        f" 'nonaccrual', nonaccrual, 'stage', stage)), {_PLAIN}) as text from ledger.quality",
        "ledger.event where stripe = %(stripe)s and payload like '%%\"quality\"%%'"
        " and payload::jsonb #> '{details,quality}' is not null order by loan, number",
    ),
)
