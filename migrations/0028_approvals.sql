-- Four eyes: versions of the approval policy of a book, and the commands that wait for somebody else. Each event of a
-- pending command is a version of its row, the newest holds. A stripe tells under its lock how many versions there are.

create table ledger.approval_policy (
    book int not null references ledger.book,
    version int not null,
    effective_from date not null,
    policy text not null,
    booked_at bigint not null,
    primary key (book, version)
);

create table ledger.pending_command (
    stripe int not null,
    pending bigint not null,
    number bigint not null,
    state text not null check (state in ('waiting', 'executed', 'rejected', 'withdrawn')),
    booked_at bigint not null,
    actor text not null,
    reason text not null,
    content text not null,
    primary key (stripe, pending, number)
);

alter table ledger.stripe add column approval_policy int not null default 0;

do $$
declare item record;
begin
    for item in
        select * from (values ('approval_policy', 'book'), ('pending_command', 'stripe / 1000')) as t (name, book)
    loop
        execute format(
            'create trigger %I before update or delete or truncate on ledger.%I '
            'for each statement execute function ledger.refuse_change()',
            item.name || '_append_only', item.name);
        execute format('alter table ledger.%I owner to loanledger_owner', item.name);
        execute format('grant select, insert on ledger.%I to loanledger_app', item.name);
        execute format('grant select on ledger.%I to loanledger_auditor', item.name);
        execute format('alter table ledger.%I enable row level security', item.name);
        execute format('create policy app on ledger.%I to loanledger_app using (true) with check (true)', item.name);
        execute format(
            'create policy auditor on ledger.%I for select to loanledger_auditor '
            'using ((select ledger.may_read(%s)))', item.name, item.book);
    end loop;
end $$;
