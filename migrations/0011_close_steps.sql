-- What each step of a day's close did on each stripe: written in the transaction that did it, never changed.

create table ledger.close_step (
    stripe int not null,
    day date not null,
    step text not null,
    items bigint not null,
    micros bigint not null,
    primary key (stripe, day, step)
);
create trigger close_step_append_only before update or delete or truncate on ledger.close_step
    for each statement execute function ledger.refuse_change();
alter table ledger.close_step owner to loanledger_owner;
grant select, insert on ledger.close_step to loanledger_app;
grant select on ledger.close_step to loanledger_auditor;
alter table ledger.close_step enable row level security;
create policy app on ledger.close_step to loanledger_app using (true) with check (true);
create policy auditor on ledger.close_step for select to loanledger_auditor
    using ((select ledger.may_read(stripe / 1000)));
