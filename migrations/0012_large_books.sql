-- What a large book needs: accrual lines by month, each loan's id beside its key, and the turnover of accounts.

create function ledger.id_text(stripe int, key bigint) returns text language sql immutable strict parallel safe as $$
    select lpad((stripe % 1000)::text, 3, '0') || '-'
        || substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (key >> 55 & 31)::int + 1, 1)
        || substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (key >> 50 & 31)::int + 1, 1)
        || substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (key >> 45 & 31)::int + 1, 1)
        || substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (key >> 40 & 31)::int + 1, 1)
        || substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (key >> 35 & 31)::int + 1, 1)
        || substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (key >> 30 & 31)::int + 1, 1)
        || substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (key >> 25 & 31)::int + 1, 1)
        || substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (key >> 20 & 31)::int + 1, 1)
        || substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (key >> 15 & 31)::int + 1, 1)
        || substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (key >> 10 & 31)::int + 1, 1)
        || substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (key >> 5 & 31)::int + 1, 1)
        || substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (key & 31)::int + 1, 1)
$$;
alter function ledger.id_text(int, bigint) owner to loanledger_owner;
alter table ledger.loan add column id text not null generated always as (ledger.id_text(stripe, loan)) stored;

-- Accrual lines are most of a book. A month is a table of its own, so that what a night writes stays close together
-- and an old month can be taken out. The lines of a loan are found by its days, so that each night fills one index only,
-- at its end.
alter table ledger.accrual rename to accrual_before;
alter table ledger.accrual_before rename constraint accrual_pkey to accrual_before_pkey;
drop index ledger.accrual_loan;
drop policy app on ledger.accrual_before;
drop policy auditor on ledger.accrual_before;
drop trigger accrual_append_only on ledger.accrual_before;
revoke all on ledger.accrual_before from loanledger_app, loanledger_auditor;

create table ledger.accrual (
    stripe int not null,
    day date not null,
    loan bigint not null,
    component text not null,
    amount bigint not null,
    number bigint not null,
    primary key (stripe, day, loan, component)
) partition by range (day);
create trigger accrual_append_only before update or delete or truncate on ledger.accrual
    for each statement execute function ledger.refuse_change();
alter table ledger.accrual owner to loanledger_owner;
grant select, insert on ledger.accrual to loanledger_app;
grant select on ledger.accrual to loanledger_auditor;
alter table ledger.accrual enable row level security;
create policy app on ledger.accrual to loanledger_app using (true) with check (true);
create policy auditor on ledger.accrual for select to loanledger_auditor
    using ((select ledger.may_read(stripe / 1000)));

-- The months that there are, and from when to when (exclusive) their tables hold lines.
create table ledger.accrual_month (
    name text primary key,
    since date not null unique,
    until date not null
);
alter table ledger.accrual_month owner to loanledger_owner;
grant select on ledger.accrual_month to loanledger_app, loanledger_auditor;

-- Nobody has rights on a month's own table but the owner: all go through the table above.
do $$
declare
    last date;
    until date;
begin
    select max(day) into last from ledger.accrual_before;
    if last is null then
        drop table ledger.accrual_before;
        return;
    end if;
    until := (date_trunc('month', last) + interval '1 month')::date;
    alter table ledger.accrual_before disable row level security;
    execute format(
        'alter table ledger.accrual attach partition ledger.accrual_before for values from (minvalue) to (%L)', until);
    create trigger accrual_append_only before update or delete or truncate on ledger.accrual_before
        for each statement execute function ledger.refuse_change();
    insert into ledger.accrual_month values ('accrual_before', '-infinity', until);
end $$;

-- Makes the table of a day's month; whoever closes the month's first night calls it before.
create function ledger.begin_month(asked date) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    first date := date_trunc('month', asked)::date;
    next date := (date_trunc('month', asked) + interval '1 month')::date;
    name text := 'accrual_' || to_char(asked, 'YYYY_MM');
begin
    if exists (select from ledger.accrual_month m where asked >= m.since and asked < m.until) then
        return;
    end if;
    lock table ledger.accrual_month in share row exclusive mode;
    if exists (select from ledger.accrual_month m where asked >= m.since and asked < m.until) then
        return;
    end if;
    execute format('create table ledger.%I (like ledger.accrual including all)', name);
    execute format(
        'create trigger accrual_append_only before update or delete or truncate on ledger.%I '
        'for each statement execute function ledger.refuse_change()', name);
    execute format(
        'alter table ledger.accrual attach partition ledger.%I for values from (%L) to (%L)', name, first, next);
    insert into ledger.accrual_month values (name, first, next);
end $$;
alter function ledger.begin_month(date) owner to loanledger_owner;
revoke all on function ledger.begin_month(date) from public;
grant execute on function ledger.begin_month(date) to loanledger_app;
-- A server of the version before closes nights, and does not call the function: two months are ready for it.
select ledger.begin_month(business_date), ledger.begin_month((business_date + interval '1 month')::date)
from ledger.stripe group by business_date;

-- Turnover: what each day's close found posted since the one before, by account and dates. Balances of the past are
-- sums of these rows and of the few entries since a roll, however large the book is.
create table ledger.roll (
    stripe int not null,
    number bigint not null,
    day date not null,
    booked_at bigint not null,
    primary key (stripe, number)
);
create table ledger.turnover (
    stripe int not null,
    number bigint not null,
    account text not null,
    currency text not null,
    value_date date not null,
    posting_date date not null,
    debit numeric not null,
    credit numeric not null,
    primary key (stripe, number, account, currency, value_date, posting_date)
);
do $$
declare item text;
begin
    foreach item in array array['roll', 'turnover'] loop
        execute format(
            'create trigger %I before update or delete or truncate on ledger.%I '
            'for each statement execute function ledger.refuse_change()', item || '_append_only', item);
        execute format('alter table ledger.%I owner to loanledger_owner', item);
        execute format('grant select, insert on ledger.%I to loanledger_app', item);
        execute format('grant select on ledger.%I to loanledger_auditor', item);
        execute format('alter table ledger.%I enable row level security', item);
        execute format('create policy app on ledger.%I to loanledger_app using (true) with check (true)', item);
        execute format(
            'create policy auditor on ledger.%I for select to loanledger_auditor '
            'using ((select ledger.may_read(stripe / 1000)))', item);
    end loop;
end $$;
