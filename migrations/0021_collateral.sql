-- Collateral: each event of it is a version of its row, so its history and its valuations are kept; the newest one
-- holds. By liens a loan finds the collateral that secures it or once did.

create table ledger.collateral (
    stripe int not null,
    collateral bigint not null,
    number bigint not null,
    kind text not null,
    party bigint not null,
    reference text not null,
    status text not null,
    description bytea not null,
    booked_at bigint not null,
    actor text not null,
    reason text not null,
    state text not null,
    primary key (stripe, collateral, number)
);
create trigger collateral_append_only before update or delete or truncate on ledger.collateral
    for each statement execute function ledger.refuse_change();

create table ledger.lien (
    stripe int not null,
    loan bigint not null,
    collateral bigint not null,
    number bigint not null,
    primary key (stripe, loan, collateral, number)
);
create trigger lien_append_only before update or delete or truncate on ledger.lien
    for each statement execute function ledger.refuse_change();

do $$
declare item text;
begin
    foreach item in array array['collateral', 'lien'] loop
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
