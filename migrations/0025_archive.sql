-- Archived months of accrual lines: what left the database for files, and the sums that stay. Only the owner
-- writes these tables and drops a month's table.

create table ledger.accrual_archive (
    book int not null references ledger.book,
    since date not null,
    until date not null,
    lines bigint not null,
    sha256 text not null,
    actor text not null,
    reason text not null,
    primary key (book, until)
);
create trigger accrual_archive_append_only before update or delete or truncate on ledger.accrual_archive
    for each statement execute function ledger.refuse_change();

-- Per loan and component the sum of all archived lines, brought forward; `day` is the last archived one of the loan's last
-- archived month, `number` the event of its last line.
create table ledger.accrual_brought (
    stripe int not null,
    loan bigint not null,
    component text not null,
    day date not null,
    amount bigint not null,
    number bigint not null,
    primary key (stripe, loan, component)
);

do $$
declare item record;
begin
    for item in select * from (values ('accrual_archive', 'book'), ('accrual_brought', 'stripe / 1000')) as t (name, book)
    loop
        execute format('alter table ledger.%I owner to loanledger_owner', item.name);
        execute format('grant select on ledger.%I to loanledger_app, loanledger_auditor', item.name);
        execute format('alter table ledger.%I enable row level security', item.name);
        execute format('create policy app on ledger.%I for select to loanledger_app using (true)', item.name);
        execute format(
            'create policy auditor on ledger.%I for select to loanledger_auditor '
            'using ((select ledger.may_read(%s)))', item.name, item.book);
    end loop;
end $$;

-- Drops the table of a month; it runs with the rights of who calls it, and only the owner may drop the table.
create function ledger.end_month(asked text) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    execute format('alter table ledger.accrual detach partition ledger.%I', asked);
    execute format('drop table ledger.%I', asked);
    delete from ledger.accrual_month where name = asked;
end $$;
alter function ledger.end_month(text) owner to loanledger_owner;
revoke all on function ledger.end_month(text) from public;
