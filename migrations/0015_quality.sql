-- How loans are classified: a row for each change, and a cache of what each loan is now.

create table ledger.classification (
    stripe int not null,
    loan bigint not null,
    number bigint not null,
    day date not null,
    category text not null,
    stage int not null,
    nonaccrual boolean not null,
    primary key (stripe, loan, number)
);

-- `watched` are loans that a day may change by itself, `suspended` those whose interest a close stopped, `assessed` is an
-- allowance that people set. `state` is what the last event of the loan's quality says.
create table ledger.quality (
    stripe int not null,
    loan bigint not null,
    number bigint not null,
    category text not null,
    stage int not null,
    nonaccrual boolean not null,
    watched boolean not null,
    suspended boolean not null,
    assessed bigint,
    state text not null,
    primary key (stripe, loan)
) with (fillfactor = 70);
create index quality_watched on ledger.quality (stripe, loan) where watched;

do $$
declare item text;
begin
    foreach item in array array['classification', 'quality'] loop
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
create trigger classification_append_only before update or delete or truncate on ledger.classification
    for each statement execute function ledger.refuse_change();
grant update on ledger.quality to loanledger_app;
