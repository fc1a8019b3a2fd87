-- Compliance: monitoring policies, and one table for all registers (alerts, cases, obligations, compliance audits, findings,
-- complaints, operational-risk events, self-tests). Each step of an item is a version of its row, the newest holds. An item has one
-- first step, so that the same cause raises one alert. Besides: accounts of operational losses, and when the schema was changed.

create table ledger.monitoring_policy (
    book int not null references ledger.book,
    version int not null,
    effective_from date not null,
    policy text not null,
    booked_at bigint not null,
    primary key (book, version)
);

create table ledger.register_item (
    stripe int not null,
    item bigint not null,
    step int not null check (step > 0),
    kind text not null,
    state text not null,
    party text not null,
    content text not null,
    number bigint not null,
    booked_at bigint not null,
    actor text not null,
    reason text not null,
    primary key (stripe, item, step)
);
create index register_item_party on ledger.register_item (stripe, party) where party <> '';

do $$
declare
    item record;
    mine text;
begin
    for item in
        select * from (values ('monitoring_policy', 'book'), ('register_item', 'stripe / 1000')) as t (name, book)
    loop
        mine := format('(case when %s = (select coalesce(nullif(current_setting(''loanledger.book'', true), '''')::int, '
            'ledger.only_book())) then 1 end) is not null', item.book);
        execute format(
            'create trigger %I before update or delete or truncate on ledger.%I '
            'for each statement execute function ledger.refuse_change()',
            item.name || '_append_only', item.name);
        execute format('alter table ledger.%I owner to loanledger_owner', item.name);
        execute format('grant select, insert on ledger.%I to loanledger_app', item.name);
        execute format('grant select on ledger.%I to loanledger_auditor', item.name);
        execute format('alter table ledger.%I enable row level security', item.name);
        execute format('create policy app on ledger.%I to loanledger_app using (%s) with check (%s)', item.name, mine, mine);
        execute format(
            'create policy auditor on ledger.%I for select to loanledger_auditor '
            'using ((select ledger.may_read(%s)))', item.name, item.book);
    end loop;
end $$;

-- Written by the migrations themselves, from this revision on.
create table ledger.schema_change (
    revision text primary key,
    changed_at timestamptz not null default now(),
    login text not null default session_user
);
create trigger schema_change_append_only before update or delete or truncate on ledger.schema_change
    for each statement execute function ledger.refuse_change();
alter table ledger.schema_change owner to loanledger_owner;
grant select on ledger.schema_change to loanledger_app, loanledger_auditor;

-- For books opened before; an account of the same code that finance made before stays as it is.
insert into ledger.account (book, code, title, title_zh, type, control)
select b.book, a.code, a.title, a.title_zh, a.type, null
from ledger.book b
cross join (values
    ('2245', 'Provisions for operational risk', '预计负债——操作风险', 'liability'),
    ('6302', 'Recoveries of operational losses', '营业外收入——操作风险损失收回', 'income'),
    ('6713', 'Operational losses', '营业外支出——操作风险损失', 'expense')
) as a (code, title, title_zh, type)
on conflict (book, code) do nothing;

-- Evidence of general IT controls is asked for by kind; ledger/store/controls.py has the same list.
create index event_control on ledger.event (stripe, number)
    where kind in ('account_created', 'approval_policy_published', 'calendar_published',
        'credit_policy_published', 'loan_resumed', 'loan_set_aside',
        'monitoring_policy_published', 'party_erased', 'party_keys_rotated',
        'period_reopened', 'personal_data_exported', 'product_published',
        'rate_index_created', 'result_transfer_reversed', 'role_assigned',
        'role_delegated', 'role_ended', 'rulebook_published', 'schema_changed', 'tokens_revoked');
