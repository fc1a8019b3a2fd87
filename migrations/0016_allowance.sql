-- What is set aside for losses: a line for each change of a loan's allowance, and the allowances that there are now.

create table ledger.allowance (
    stripe int not null,
    loan bigint not null,
    day date not null,
    number bigint not null,
    product text not null,
    version int not null,
    currency text not null,
    grade_before text not null,
    grade text not null,
    before bigint not null,
    amount bigint not null check (amount >= 0),
    cause text not null check (cause in ('provision', 'written_off', 'derecognised')),
    primary key (stripe, loan, day)
);
create index allowance_event on ledger.allowance (stripe, number);
create index allowance_day on ledger.allowance (stripe, day);

create table ledger.provided (
    stripe int not null,
    loan bigint not null,
    product text not null,
    version int not null,
    currency text not null,
    grade text not null,
    amount bigint not null check (amount > 0),
    primary key (stripe, loan)
) with (fillfactor = 70);

do $$
declare item text;
begin
    foreach item in array array['allowance', 'provided'] loop
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
create trigger allowance_append_only before update or delete or truncate on ledger.allowance
    for each statement execute function ledger.refuse_change();
grant update, delete on ledger.provided to loanledger_app;
