"""Alterations of what stands beside the history: balances, loans, answers, catalogue, the tree."""

from __future__ import annotations

from collections.abc import Mapping

from tests.tampering.forging import reseal, sign_anew
from tests.tampering.kind import ANSWER, ANSWERS, LOAN, LOANS, Kind, beside

_BALANCES = "select stripe, account, currency from ledger.balance where debit <> credit"
_BALANCE = "where stripe = %(stripe)s and account = %(account)s and currency = %(currency)s"
_STRIPES = "select stripe from ledger.stripe"
_STRIPE = "where stripe = %(stripe)s"
_TERMS = """update ledger.product set terms = replace(terms, '"max_rate":"1"', '"max_rate":"2"')"""

OF_ROWS: Mapping[str, Kind] = {
    "balance: changed": beside(
        f"update ledger.balance set debit = debit + 100 {_BALANCE}", _BALANCES
    ),
    "balance: changed on both sides": beside(
        f"update ledger.balance set debit = debit + 100, credit = credit + 100 {_BALANCE}",
        _BALANCES,
    ),
    "balance: row deleted": beside(f"delete from ledger.balance {_BALANCE}", _BALANCES),
    "balances: all deleted": beside("truncate ledger.balance"),
    "turnover: changed": beside(
        "update ledger.turnover set debit = debit + 100 where (stripe, number, account) in"
        " (select stripe, number, account from ledger.turnover limit 1)"
    ),
    "turnover: deleted": beside("delete from ledger.turnover where account = '1001'"),
    "roll: deleted": beside(
        f"delete from ledger.roll {_STRIPE} and number = (select max(number) from ledger.roll"
        f" {_STRIPE})",
        _STRIPES,
    ),
    "loan: principal changed": beside(
        f"update ledger.loan set principal = principal - 100 {LOAN}", LOANS
    ),
    "loan: state changed": beside(
        "update ledger.loan set"
        f""" state = regexp_replace(state, '"credit":[0-9]+', '"credit":7') {LOAN}""",
        LOANS,
    ),
    "loan: status changed": beside(f"update ledger.loan set status = 'repaid' {LOAN}", LOANS),
    "loan: given to another borrower": beside(
        f"update ledger.loan set party = party + 1 {LOAN}", LOANS
    ),
    "loan: in another branch": beside(f"update ledger.loan set branch = '021' {LOAN}", LOANS),
    "loan: row deleted": beside(f"delete from ledger.loan {LOAN}", LOANS),
    "loan: row of an approved loan deleted": beside(
        "delete from ledger.loan where status = 'approved'"
    ),
    "account: renamed": beside("update ledger.account set title = 'Cash' where code = '1002.1'"),
    "account: retyped": beside("update ledger.account set type = 'expense' where code = '1002.1'"),
    "account: no longer a control account": beside(
        "update ledger.account set control = null where code = '1303P'"
    ),
    "account: deleted": beside("delete from ledger.account where code = '1002.1'"),
    "account: made up": beside(
        "insert into ledger.account (book, code, title, title_zh, type)"
        " values (1, '1999', 'Secret', '', 'asset')"
    ),
    "product: terms changed": beside(_TERMS),
    "product: version deleted": beside("delete from ledger.product where code = 'cash'"),
    "product: retitled": beside("update ledger.product set title = 'Other' where code = 'plain'"),
    "rate index: changed": beside("update ledger.rate_index set valid_days = 400"),
    "fixing: changed": beside("update ledger.fixing set rate = '1/100'"),
    "fixing: deleted": beside("delete from ledger.fixing"),
    "calendar: changed": beside("update ledger.calendar set last_year = last_year + 1"),
    "credit policy: changed": beside(
        "update ledger.credit_policy set policy = replace(policy, '1/10', '1/100')"
    ),
    "credit policy: begins earlier": beside(
        "update ledger.credit_policy set effective_from = effective_from - 1"
    ),
    "approval policy: a rule taken out": beside(
        "update ledger.approval_policy set policy = replace(policy, 'FlagFraud', 'SellLoan')"
    ),
    "approval policy: deleted": beside("delete from ledger.approval_policy"),
    "approval policy: hidden from a stripe": beside("update ledger.stripe set approval_policy = 0"),
    "pending command: made to have been approved": beside(
        "update ledger.pending_command set state = 'executed'"
    ),
    "pending command: another caller": beside(
        "update ledger.pending_command set actor = 'dev:other'"
    ),
    "role: another one": beside("update ledger.role_assignment set role = 'finance'"),
    "role: for ever": beside("update ledger.role_assignment set valid_until = 9e15"),
    "role: bounded to another branch": beside(
        "update ledger.role_assignment set branches = '{021}'"
    ),
    "role: made up": beside(
        "insert into ledger.role_assignment select stripe, 7, 7, 'users/me', role, 0, null, '',"
        " false, 0, 'users/me', '', '{}' from ledger.role_assignment limit 1"
    ),
    "role: deleted": beside("delete from ledger.role_assignment"),
    "monitoring policy: begins earlier": beside(
        "update ledger.monitoring_policy set effective_from = effective_from - 1"
    ),
    "register item: closed quietly": beside("update ledger.register_item set state = 'met'"),
    "register item: another note": beside(
        "update ledger.register_item set content = replace(content, 'on time', 'late')"
    ),
    "register item: about nobody": beside("update ledger.register_item set party = 'x'"),
    "register item: of another hour": beside(
        "update ledger.register_item set booked_at = booked_at - 1"
    ),
    "register item: made up": beside(
        "insert into ledger.register_item select stripe, item, 9, kind, state, party, content,"
        " 9, 0, actor, reason from ledger.register_item limit 1"
    ),
    "register item: deleted": beside("delete from ledger.register_item"),
    "pending command: deleted": beside("delete from ledger.pending_command"),
    "rulebook: a limit raised": beside(
        "update ledger.rulebook set policy = replace(policy, '< 7', '< 70')"
    ),
    "rulebook: deleted": beside("delete from ledger.rulebook"),
    "rulebook: hidden from a stripe": beside("update ledger.stripe set rulebook = 0"),
    "fact: changed": beside("update ledger.fact set value = 'business'"),
    "fact: deleted": beside("delete from ledger.fact"),
    "fact: made up": beside(
        "insert into ledger.fact select stripe, about, subject, 'connected', 7, 'false', 0, actor,"
        " reason from ledger.fact limit 1"
    ),
    "contact: another hour": beside(
        "update ledger.contact set local_time = replace(local_time, 'T', 'T1')"
    ),
    "contact: deleted": beside("delete from ledger.contact"),
    "refusal: of another rule": beside(
        "update ledger.refusal set content = replace(content, 'contact_hours', 'purpose')"
    ),
    "refusal: deleted": beside("delete from ledger.refusal"),
    "book: another currency": beside("update ledger.book set currency = 'EUR', lender = 'Other'"),
    "party: reference changed": beside("update ledger.party set reference = 'other'"),
    "party: name changed": beside(
        "update ledger.party p set display_name = (select q.display_name from ledger.party q"
        " where q.party <> p.party order by q.stripe, q.party limit 1) where (stripe, party) ="
        " (select stripe, party from ledger.party order by stripe desc, party desc limit 1)"
    ),
    "party: in another branch": beside("update ledger.party set branch = '021'"),
    "party: deleted": beside(
        "delete from ledger.party where (stripe, party) in (select stripe, party"
        " from ledger.party limit 1)"
    ),
    "party: keys swapped": beside(
        "update ledger.party_key k set key = (select o.key from ledger.party_key o"
        " where o.party <> k.party order by o.stripe, o.party limit 1) where (stripe, party) ="
        " (select stripe, party from ledger.party_key order by stripe desc, party desc limit 1)"
    ),
    "party: key deleted without a word": beside(
        "delete from ledger.party_key where (stripe, party) in (select stripe, party"
        " from ledger.party_key limit 1)"
    ),
    "stripe: last number raised": beside(
        f"update ledger.stripe set last_number = last_number + 5 {_STRIPE}", _STRIPES
    ),
    "stripe: last number lowered": beside(
        f"update ledger.stripe set last_number = last_number - 1 {_STRIPE}", _STRIPES
    ),
    "stripe: business date moved forward": beside(
        f"update ledger.stripe set business_date = business_date + 1 {_STRIPE}", _STRIPES
    ),
    "stripe: business date moved back": beside(
        f"update ledger.stripe set business_date = business_date - 1 {_STRIPE}", _STRIPES
    ),
    "period: reopened quietly": beside("update ledger.stripe set closed_through = '2024-01-31'"),
    "period: closed quietly": beside("update ledger.stripe set closed_through = '2024-03-31'"),
    "answer: another amount": beside(
        "update ledger.answer set response = (select b.response from ledger.answer b"
        " where b.method = answer.method and b.request_id <> answer.request_id limit 1)"
        f" {ANSWER}",
        ANSWERS,
    ),
    "answer: of another caller": beside(
        f"update ledger.answer set caller = 'dev:other' {ANSWER}", ANSWERS
    ),
    "answer: of another event": beside(
        f"update ledger.answer set number = number - 1 {ANSWER}", ANSWERS
    ),
    "answer: deleted": beside(f"delete from ledger.answer {ANSWER}", ANSWERS),
    "answer: made up": beside(
        "insert into ledger.answer select stripe, 'made-up', caller, method, digest, number,"
        f" response from ledger.answer {ANSWER}",
        ANSWERS,
    ),
    "tree: two leaves swapped": beside(
        "update ledger.leaf set index = -index - 1 where index in (11, 12);"
        "update ledger.leaf set index = case index when -12 then 12 else 11 end where index < 0",
        by="export",
    ),
    "tree: a leaf's hash changed": beside(
        "update ledger.leaf set hash = sha256('x') where index = 13"
    ),
    "tree: a leaf deleted": beside("delete from ledger.leaf where index = 13"),
    "tree: a node changed": beside(
        "update ledger.node set hash = sha256('x') where level = 2 and index = 1"
    ),
    "tree: the order changed, all sealed anew": beside(
        "update ledger.leaf set index = -index - 1 where index in (11, 12);"
        "update ledger.leaf set index = case index when -12 then 12 else 11 end where index < 0",
        "select 1",
        reseal,
        by="export",
    ),
    "checkpoint: removed": beside("delete from ledger.checkpoint", by="checkpoint"),
    "checkpoint: root changed": beside(
        "update ledger.checkpoint set root = sha256('x')", by="checkpoint"
    ),
    "checkpoint: signed with another key": beside(
        "select 1", "select 1", sign_anew, by="checkpoint"
    ),
}
