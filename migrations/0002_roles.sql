-- Least privilege. Roles are cluster-wide and may exist already. The owner and the group roles cannot log in;
-- logins are granted one of them by the operator.

do $$
declare role text;
begin
    foreach role in array array[
        'loanledger_owner', 'loanledger_migrator', 'loanledger_app', 'loanledger_auditor'
    ] loop
        if not exists (select from pg_roles where rolname = role) then
            begin
                execute format('create role %I nologin', role);
            exception when duplicate_object or unique_violation then
                null;  -- another database of the cluster was migrated at the same moment
            end;
        end if;
    end loop;
end $$;

grant loanledger_owner to loanledger_migrator;
-- A login that may create roles and is no superuser acts for the owner of what it just made.
do $$
begin
    if not (select rolsuper from pg_roles where rolname = current_user) then
        execute format('grant loanledger_owner to %I', current_user);
    end if;
end $$;
-- Any login of the migrator role can run the next migration.
grant select, insert, update, delete on loanledger_migration to loanledger_migrator;

create table ledger.auditor_login (
    login text not null,
    book int not null references ledger.book,
    primary key (login, book)
);

alter schema ledger owner to loanledger_owner;
do $$
declare item record;
begin
    for item in select tablename from pg_tables where schemaname = 'ledger' loop
        execute format('alter table ledger.%I owner to loanledger_owner', item.tablename);
    end loop;
end $$;

grant usage on schema ledger to loanledger_app, loanledger_auditor;
grant select, insert on all tables in schema ledger to loanledger_app;
grant update on ledger.stripe, ledger.balance, ledger.loan, ledger.tree to loanledger_app;
grant delete on ledger.party_key to loanledger_app;
revoke insert on ledger.auditor_login from loanledger_app;
grant select on
    ledger.book, ledger.stripe, ledger.account, ledger.product, ledger.event, ledger.entry,
    ledger.accrual, ledger.balance, ledger.loan, ledger.leaf, ledger.node, ledger.checkpoint
    to loanledger_auditor;

create function ledger.may_read(asked int) returns boolean
language sql stable security definer set search_path = ledger, pg_temp as $$
    select exists (
        select from ledger.auditor_login a where a.login = session_user and a.book = asked)
$$;
alter function ledger.may_read(int) owner to loanledger_owner;

do $$
declare
    item record;
begin
    for item in
        select t.name, t.book from (values
            ('event', 'stripe / 1000'), ('entry', 'stripe / 1000'), ('accrual', 'stripe / 1000'),
            ('balance', 'stripe / 1000'), ('loan', 'stripe / 1000'), ('stripe', 'book'),
            ('book', 'book'), ('account', 'book'), ('product', 'book'), ('leaf', 'book'),
            ('node', 'book'), ('checkpoint', 'book')) as t (name, book)
    loop
        execute format('alter table ledger.%I enable row level security', item.name);
        execute format(
            'create policy app on ledger.%I to loanledger_app using (true) with check (true)',
            item.name);
        execute format(
            'create policy auditor on ledger.%I for select to loanledger_auditor '
            'using ((select ledger.may_read(%s)))', item.name, item.book);
    end loop;
end $$;
