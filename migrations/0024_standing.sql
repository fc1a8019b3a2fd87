-- Standing instructions: each event is a version, the newest of a loan holds.

create table ledger.standing (
    stripe int not null,
    loan bigint not null,
    number bigint not null,
    funds text not null,
    most bigint check (most > 0),
    active boolean not null,
    primary key (stripe, loan, number)
);
create trigger standing_append_only before update or delete or truncate on ledger.standing
    for each statement execute function ledger.refuse_change();
alter table ledger.standing owner to loanledger_owner;
grant select, insert on ledger.standing to loanledger_app;
grant select on ledger.standing to loanledger_auditor;
alter table ledger.standing enable row level security;
create policy app on ledger.standing to loanledger_app using (true) with check (true);
create policy auditor on ledger.standing for select to loanledger_auditor
    using ((select ledger.may_read(stripe / 1000)));
